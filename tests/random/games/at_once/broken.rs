//! Ways between groups that break a rule, for the judge to find.

use std::path::Path;
use std::sync::Arc;

use aliya_runtime::call::{Act, PeerCall};
use aliya_runtime::{Answer, Stop};
use serde_json::{Value, json};

use super::batch::{Asked, Seen, at_once};
use super::calls::Call;
use super::order;
use super::world::{Played, World};

/// How often nothing is broken.
const ROUNDS: usize = 5;

/// When the requests come.
const NOW: i64 = 1_800_000_000_000;

/// What is broken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Broken {
    /// Nothing.
    #[default]
    Nothing,
    /// Each call that may fail arrives once more under a key that nobody knows.
    FreshKeys,
    /// A give does not arrive where one like it has, and is answered like that one.
    LostGives,
    /// What is to be taken back stays.
    KeptTakes,
}

impl Broken {
    /// All that breaks something.
    pub const ALL: [Self; 3] = [Self::FreshKeys, Self::LostGives, Self::KeptTakes];

    /// The answer of a call that does not arrive.
    pub fn answers(self, call: &PeerCall<'_>, before: &[Call]) -> Option<Result<Answer, Stop>> {
        match (self, call.act) {
            (Self::LostGives, Act::Give) => {
                let mut like = before.iter().filter(|it| {
                    std::ptr::eq(it.function, call.function)
                        && it.request.caller == call.request.caller
                });
                like.find(|it| it.answer.is_ok())
                    .map(|it| it.answer.clone())
            }
            (Self::KeptTakes, Act::Undo) => Some(Ok(Answer {
                status: 0,
                message: "success".into(),
                data: "{}".to_owned(),
            })),
            _ => None,
        }
    }
}

/// Breaks each rule in a game that has what it takes, and asserts that it is found; and that nothing
/// is found where none is broken.
pub async fn find_all(played: Played, folder: &Path, hosts: usize) {
    let folder = &folder.join(format!("broken{hosts}"));
    std::fs::create_dir_all(folder).expect("makes the folder");
    let paid = ["ann", "bob"].map(|player| request("bank.work", player, json!({ "hours": 5 })));
    std::fs::write(folder.join("requests.json"), json!(paid).to_string()).expect("writes");
    let batch = |requests: &[Value]| -> Vec<Asked> {
        let requests = requests.iter().enumerate();
        requests
            .map(|(at, request)| Asked::read(played.game, NOW, request).at(at))
            .collect()
    };
    let upgrade = |player| request("forge.upgrade", player, json!({}));
    let work = request("bank.work", "ann", json!({ "hours": 3 }));
    let meeting = batch(&[upgrade("ann"), upgrade("bob"), upgrade("ann"), work.clone()]);
    // The last one fails when it has taken.
    let thrice = batch(&[upgrade("ann"), upgrade("ann"), upgrade("ann")]);
    let works = batch(&[work.clone(), work]);
    // On a server, all takes longer.
    let (rounds, shapes) = if hosts > 1 {
        (ROUNDS / 2, 1)
    } else {
        (ROUNDS, 2)
    };
    let apart = json!({ "hosts": hosts, "groups": [["bank"], ["forge"], ["log"]] });
    let whole = json!({ "hosts": hosts, "groups": [["bank", "forge", "log"]] });
    for (is_apart, shape) in [(true, apart), (false, whole)].into_iter().take(shapes) {
        let world = Arc::new(World::start(played, &shape, folder).await);
        let mut anew = 0;
        for _ in 0..rounds {
            for batch in [&meeting, &thrice, &works] {
                let (seen, found) = run(&world, Broken::Nothing, batch).await;
                assert_eq!(found, None, "nothing is broken");
                anew += seen.ops.values().filter(|(_, epoch)| *epoch > 0).count();
            }
        }
        assert_eq!(
            anew > 0,
            is_apart,
            "some function finds other rows at its commit"
        );
        for batch in [&meeting[..2], &works] {
            let found = lost_update(&world, batch).await;
            assert!(found.is_some(), "{is_apart}: {batch:?}");
        }
        for broken in Broken::ALL {
            let (_, found) = run(&world, broken, &thrice).await;
            assert_eq!(found.is_some(), is_apart, "{broken:?}: {found:?}");
        }
        world.end().await;
    }
}

fn request(function: &str, caller: &str, data: Value) -> Value {
    let (manager, function) = function.split_once('.').expect("a manager");
    json!({
        "manager": manager, "function": function, "data": data, "caller": caller, "now": NOW,
    })
}

async fn run(world: &Arc<World>, broken: Broken, batch: &[Asked]) -> (Seen, Option<String>) {
    world.put_back().await;
    world.wire.carries(broken);
    let seen = at_once(world, batch).await;
    assert_eq!(seen.stuck(), Ok(None), "{broken:?}");
    let found = order::wrong(world, batch, &seen).await;
    (seen, found)
}

/// What is found where each of the requests reads what was there before all of them, and the last one
/// writes over what the others wrote.
async fn lost_update(world: &Arc<World>, batch: &[Asked]) -> Option<String> {
    let mut all: Option<Seen> = None;
    for asked in batch {
        world.put_back().await;
        world.wire.carries(Broken::Nothing);
        let mut seen = at_once(world, std::slice::from_ref(asked)).await;
        if let Some(before) = all {
            seen.ends.splice(0..0, before.ends);
            seen.calls.splice(0..0, before.calls);
            seen.ops.extend(before.ops);
        }
        all = Some(seen);
    }
    order::wrong(world, batch, &all?).await
}
