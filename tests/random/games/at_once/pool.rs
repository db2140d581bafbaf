//! The requests of a shape: which do something, and batches of them.

use std::sync::Arc;

use serde_json::Value;
use xtask::random::Random;

use super::batch::Asked;
use super::world::{Played, World};
use super::{Judged, alone};

/// The requests of a shape, tried alone.
pub struct Pool {
    all: Vec<Tried>,
    /// Whether each request has a key: in one group, only some.
    is_apart: bool,
    random: Random,
}

/// A request, and what it does alone.
struct Tried {
    asked: Asked,
    /// Whether it makes calls that may write.
    trades: bool,
    /// Whether it changes rows.
    changes: bool,
}

impl Pool {
    /// Tries the requests of `shape`; those that leave their group in `whole`, too, if that is there.
    /// An error is what differs.
    pub async fn tried(
        played: Played,
        shape: &Value,
        world: &Arc<World>,
        whole: Option<&Arc<World>>,
        judged: &mut Judged,
    ) -> Result<Self, String> {
        let now = shape["now"].as_i64().expect("a time");
        world.put_back().await;
        let before = world.rows(now).await;
        let mut all = Vec::new();
        for request in shape["requests"].as_array().expect("requests") {
            let asked = Asked::read(played.game, now, request);
            let seen = alone::run(world, &asked).await;
            if let Some(stuck) = seen.stuck()? {
                eprintln!("{stuck}");
                continue;
            }
            let home = &world.managers[world.wire.group_of(asked.function.manager)];
            let leaves = asked.managers().any(|it| !home.contains(&it));
            if let (Some(whole), true) = (whole, leaves) {
                let in_one = alone::run(whole, &asked).await;
                if alone::is_comparable(&asked, world, &in_one, &seen) {
                    judged.alone += 1;
                    if let Some(differs) = alone::differs(&in_one, &seen) {
                        return Err(format!("{asked:#?}\n{differs}"));
                    }
                }
            }
            all.push(Tried {
                asked,
                trades: seen.calls.iter().any(|it| it.request.key.is_some()),
                changes: seen.rows != before,
            });
        }
        let seed = shape["seed"].as_u64().expect("a seed");
        Ok(Self {
            all,
            is_apart: world.managers.len() > 1,
            random: Random::new(seed),
        })
    }

    /// Whether some of its requests call other groups.
    pub fn trades(&self) -> bool {
        self.all.iter().any(|it| it.trades)
    }

    /// A few requests: one that does something, that again, others of its function, and others that
    /// may meet it.
    pub fn batch(&mut self) -> Vec<Asked> {
        let (all, random) = (&self.all, &mut self.random);
        let Some(first) = any(all, random, &|it| it.trades)
            .or_else(|| any(all, random, &|it| it.changes))
            .or_else(|| any(all, random, &|_| true))
        else {
            return Vec::new();
        };
        let of_first = |it: &Tried| std::ptr::eq(it.asked.function, first.asked.function);
        let meets = |it: &Tried| {
            let mut managers = it.asked.managers();
            managers.any(|it| first.asked.managers().any(|its| its == it))
        };
        let does = |it: &Tried| it.trades || it.changes;
        let mut batch = vec![first];
        for _ in 0..random.between(2, 4) {
            let next = match random.below(8) {
                0..3 => None,
                3..5 => any(all, random, &|it| of_first(it) && does(it)),
                5..7 => any(all, random, &|it| meets(it) && does(it)),
                _ => any(all, random, &meets),
            };
            batch.push(next.unwrap_or(first));
        }
        let batch = batch.iter().enumerate().map(|(place, it)| {
            let mut asked = it.asked.at(place);
            if !self.is_apart && random.chance(50) {
                asked.key = None;
            } else if random.chance(20) {
                asked.times = 2;
            }
            asked
        });
        batch.collect()
    }
}

/// Any of the requests that are liked.
fn any<'a>(
    all: &'a [Tried],
    random: &mut Random,
    likes: &dyn Fn(&Tried) -> bool,
) -> Option<&'a Tried> {
    let liked: Vec<_> = all.iter().filter(|it| likes(it)).collect();
    (!liked.is_empty()).then(|| *random.pick(&liked))
}
