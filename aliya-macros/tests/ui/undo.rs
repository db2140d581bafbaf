//! Functions under `#[manager]` that are undone by what is not there.

use aliya_macros::manager;

struct Cx<'c>(&'c ());
struct Returned;
struct Args;
struct Stop;
struct Bag;

#[manager(name = "bag", port = 8082)]
impl Bag {
    #[function(access = Internal, writes, fails, undone_by = "add_suply")]
    async fn spend_supply(_: &mut Cx<'_>, _: &Args) -> Result<Returned, Stop> {
        Err(Stop)
    }

    #[function(access = Internal, writes, undone_by = "spend")]
    async fn add_supply(_: &mut Cx<'_>, _: &Args) -> Result<Returned, Stop> {
        Err(Stop)
    }
}

fn main() {}
