//! Mistakes in the functions under `#[manager]`.

use aliya_macros::manager;

struct Cx<'c>(&'c ());
struct Returned;
struct Args;
struct Reply;
struct Stop;
struct Bag;

#[manager(name = "bag", port = 8082)]
impl Bag {
    async fn no_attribute(_: &mut Cx<'_>, _: &Args) -> Result<Returned, Stop> {
        Err(Stop)
    }

    #[function]
    async fn no_access(_: &mut Cx<'_>, _: &Args) -> Result<Returned, Stop> {
        Err(Stop)
    }

    #[function(access = Interal)]
    async fn misspelt(_: &mut Cx<'_>, _: &Args) -> Result<Returned, Stop> {
        Err(Stop)
    }

    #[function(access = "Internal")]
    async fn no_ident(_: &mut Cx<'_>, _: &Args) -> Result<Returned, Stop> {
        Err(Stop)
    }

    #[function(acces = Internal)]
    async fn misspelt_key(_: &mut Cx<'_>, _: &Args) -> Result<Returned, Stop> {
        Err(Stop)
    }

    #[function(name = wrong, access = Player, access = Admin, writes = true, reaches = "bag")]
    async fn wrong_values(_: &mut Cx<'_>, _: &Args) -> Result<Returned, Stop> {
        Err(Stop)
    }

    #[function(access = Player, fails = 1, undone_by = self, declaration = 0x1234)]
    async fn wrong_facts(_: &mut Cx<'_>, _: &Args) -> Result<Returned, Stop> {
        Err(Stop)
    }

    #[function(access = Player, reaches = [bag], outcomes = [1, "2", 2.5])]
    async fn wrong_items(_: &mut Cx<'_>, _: &Args) -> Result<Returned, Stop> {
        Err(Stop)
    }

    #[function(access = Player)]
    #[function(writes)]
    async fn two_attributes(_: &mut Cx<'_>, _: &Args) -> Result<Returned, Stop> {
        Err(Stop)
    }

    #[function(access = Player)]
    fn no_future(_: &mut Cx<'_>, _: &Args) -> Result<Returned, Stop> {
        Err(Stop)
    }

    #[function(access = Player)]
    async fn generic<T>(_: &mut Cx<'_>, _: &T) -> Result<Returned, Stop> {
        Err(Stop)
    }

    #[function(access = Player)]
    async fn no_args(_: &mut Cx<'_>) -> Result<Returned, Stop> {
        Err(Stop)
    }

    #[function(access = Player)]
    async fn with_self(&self, _: &mut Cx<'_>, _: &Args) -> Result<Returned, Stop> {
        Err(Stop)
    }

    #[function(access = Player)]
    async fn shared_cx(_: &Cx<'_>, _: &Args) -> Result<Returned, Stop> {
        Err(Stop)
    }

    #[function(access = Player)]
    async fn owned_args(_: &mut Cx<'_>, _: Args) -> Result<Returned, Stop> {
        Err(Stop)
    }

    #[function(access = Player)]
    async fn mutable_args(_: &mut Cx<'_>, _: &mut Args) -> Result<Returned, Stop> {
        Err(Stop)
    }

    #[function(access = Player)]
    async fn no_reply(_: &mut Cx<'_>, _: &Args) {}

    #[function(access = Player)]
    async fn bare_reply(_: &mut Cx<'_>, _: &Args) -> Result<Reply, Stop> {
        Err(Stop)
    }
}

fn main() {}
