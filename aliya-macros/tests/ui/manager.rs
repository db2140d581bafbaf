//! Mistakes in `#[manager]` itself.

use aliya_macros::manager;

struct Bag;

#[manager(name = "bag", port = 8082)]
struct NoImpl;

#[manager(name = "bag", port = 8082)]
impl Clone for Bag {
    fn clone(&self) -> Self {
        Bag
    }
}

struct Generic<T>(T);

#[manager(name = "bag", port = 8082)]
impl<T> Generic<T> {}

#[manager]
impl Bag {}

#[manager(name = "bag")]
impl Bag {}

#[manager(nmae = "bag", port = 8082)]
impl Bag {}

#[manager(name = "bag", port = 70000, schema = CREATE)]
impl Bag {}

#[manager(name = bag, port = "8082", schema = [CREATE, "CREATE TABLE"])]
impl Bag {}

#[manager(name = "bag", port = 0, port = 8082, schema)]
impl Bag {}

fn main() {}
