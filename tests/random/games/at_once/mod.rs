//! The functions of a game at once: batches of a few requests, several tasks, and a judge.
//!
//! There are three shapes: all managers in one group; some groups, each over a database of its own,
//! that call each other; and, on a server, two processes for each group over one database, of which
//! any gets a request or call. Some requests and calls are sent twice under one key.
//!
//! **The judge is a serial order.** What a group did is a set of events: each request that it was
//! sent, each call of another group, and each of these that was taken back. Some order of them, one
//! after the other from the same rows with the same time and the same dice, must end each with the
//! reply that was seen, and lead to the rows that were seen. An event that kept nothing, a declared
//! error or a fault, is one of them. In one group that is all there is: a serial order of the requests.
//!
//! **Over several groups** each has an order of its own, as nothing more is promised: what A pays in one
//! group and gets in another may stand before B there and after B here. So the functions of a group are
//! run again without the others, and their calls are answered as they were when they ran at once. A call
//! must then be the same, args and player, and those that count (which succeeded, and were not taken back)
//! must be just those that were made: a take twice is one effect too many in the rows of its group, a give
//! that got lost is one too few, and a take that stays though its caller failed is found before
//! anything is run. A key has one reply.
//!
//! What is not judged: functions that write nothing and read over several groups are not run, since
//! their reads may be of different times; what a function was told by such a one counts as it was told.
//! One that fails as a take ended in a fault must have kept nothing, and that is all, as what led to the
//! take is not read again then. Where a give or an undo faults by declaration, and so never ends, a
//! batch tells nothing; these are counted. Rows that the database numbers are left out on servers,
//! where numbers have gaps; on SQLite they are compared as they are.
//!
//! The orders say nothing about whether a function does apart what it does in one group. So each is
//! run alone in both, too ([`alone`]). And [`broken`] breaks the rules, to see that it is found.

mod alone;
mod batch;
mod broken;
mod calls;
mod events;
mod order;
mod pool;
mod tables;
mod wire;
mod world;

use std::path::Path;
use std::sync::Arc;

use aliya_runtime::call::Act;
use serde_json::Value;

use self::batch::Asked;
use self::broken::Broken;
pub use self::broken::find_all;
use self::pool::Pool;
pub use self::world::Played;
use self::world::World;

/// How many batches there are of a shape; and of one whose groups call each other.
const BATCHES: usize = 2;
const TRADING: usize = 6;

/// How much was judged.
#[derive(Clone, Copy, Debug, Default)]
pub struct Judged {
    /// Batches, and the requests in them.
    pub batches: usize,
    pub requests: usize,
    /// Calls of other groups: takes, those that nothing takes back, gives, and undos.
    pub takes: usize,
    pub last_takes: usize,
    pub gives: usize,
    pub undos: usize,
    /// Functions that began anew.
    pub anew: usize,
    /// Functions that were run alone, too.
    pub alone: usize,
    /// Batches that told nothing, as something never ended.
    pub stuck: usize,
}

impl Judged {
    /// Adds that of another game.
    pub fn add(&mut self, other: Self) {
        self.batches += other.batches;
        self.requests += other.requests;
        self.takes += other.takes;
        self.last_takes += other.last_takes;
        self.gives += other.gives;
        self.undos += other.undos;
        self.anew += other.anew;
        self.alone += other.alone;
        self.stuck += other.stuck;
    }

    /// What the games had too little of to show anything, if they did.
    pub fn lacking(&self) -> Option<&'static str> {
        let enough = [
            ("batches", self.batches > 0),
            ("batches that end", self.stuck * 5 <= self.batches),
            ("takes", self.takes > 0),
            ("gives", self.gives > 0),
        ];
        enough
            .into_iter()
            .find(|(_, is_so)| !is_so)
            .map(|(what, _)| what)
    }
}

/// Runs batches of a game that lies in a folder: in the shapes for a server, or in all others. An error
/// is what is wrong.
pub async fn judge(played: Played, folder: &Path, on_server: bool) -> Result<Judged, String> {
    let mut judged = Judged::default();
    let shapes = std::fs::read(folder.join("candidates.json")).expect("requests");
    let shapes: Vec<Value> = serde_json::from_slice(&shapes).expect("a list of shapes");
    let mut whole = None;
    for shape in shapes.iter().filter(|it| (it["hosts"] == 2) == on_server) {
        let world = Arc::new(World::start(played, shape, folder).await);
        let mut pool = Pool::tried(played, shape, &world, whole.as_ref(), &mut judged).await?;
        let batches = if pool.trades() { TRADING } else { BATCHES };
        for _ in 0..batches {
            let batch = pool.batch();
            at_once(&world, &batch, &mut judged)
                .await
                .map_err(|wrong| format!("{batch:#?}\n{wrong}"))?;
        }
        match (&whole, on_server) {
            (None, false) => whole = Some(world),
            _ => world.end().await,
        }
    }
    if let Some(whole) = whole {
        whole.end().await;
    }
    Ok(judged)
}

/// Runs a batch, and looks for a serial order.
async fn at_once(world: &Arc<World>, batch: &[Asked], judged: &mut Judged) -> Result<(), String> {
    world.put_back().await;
    world.wire.carries(Broken::Nothing);
    let seen = batch::at_once(world, batch).await;
    judged.batches += 1;
    judged.requests += batch.len();
    if let Some(stuck) = seen.stuck()? {
        eprintln!("{stuck}");
        judged.stuck += 1;
        return Ok(());
    }
    judged.anew += seen.ops.values().filter(|(_, epoch)| *epoch > 0).count();
    for call in seen.calls.iter().filter(|it| it.request.key.is_some()) {
        let counted = match (call.act, call.function.undone_by) {
            (Act::Call, Some(_)) => &mut judged.takes,
            (Act::Call, None) => &mut judged.last_takes,
            (Act::Give, _) => &mut judged.gives,
            (Act::Undo, _) => &mut judged.undos,
        };
        *counted += 1;
    }
    match order::wrong(world, batch, &seen).await {
        Some(wrong) => Err(wrong),
        None => Ok(()),
    }
}
