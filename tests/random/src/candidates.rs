//! Requests that may run at once, and which managers make a group. The program of games tries each
//! alone, makes batches of those that do something, and looks for a serial order that explains the outcome.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::Result;
use serde_json::{Value, json};
use xtask::generate::ir::{Function, FunctionId, Game, ManagerId, Runs, Step, StepKind, Ty};
use xtask::random::Random;

use crate::requests::{FIRST, args, caller, resolved};

/// How many requests there are of a function; on a server, where all takes longer, half as many.
const EACH: usize = 2;
/// How many there are of one that trades with other groups.
const EACH_THAT_TRADES: usize = 4;
/// Of a hundred games that trade, and of a hundred others, so many run on a server, too.
const ON_SERVERS: [usize; 2] = [50, 6];
/// When they come: all allowances begin anew.
const NOW: i64 = FIRST + 60 * 86_400_000;

/// The requests for a game that lies in a folder, as JSON: a list of shapes.
pub fn of_game(root: &Path, seed: u64) -> Result<String> {
    let game = &resolved(root);
    let random = &mut Random::new(seed.wrapping_mul(31).wrapping_add(7));
    let whole = vec![names(game)];
    let apart = split(game, random);
    let mut shapes = vec![shape(game, &whole, 1, random)];
    if apart.len() > 1 {
        shapes.push(shape(game, &apart, 1, random));
    }
    let trades = callable(game, &apart, true).iter().any(Callable::trades);
    let (groups, share) = match trades {
        true => (&apart, ON_SERVERS[0]),
        false => (&whole, ON_SERVERS[1]),
    };
    if random.chance(share) {
        shapes.push(shape(game, groups, 2, random));
    }
    Ok(Value::from(shapes).to_string())
}

fn names(game: &Game) -> Vec<String> {
    game.managers.iter().map(|it| it.name.clone()).collect()
}

/// The managers in groups: each alone, or all in two halves.
fn split(game: &Game, random: &mut Random) -> Vec<Vec<String>> {
    let names = names(game);
    if random.chance(60) {
        return names.into_iter().map(|name| vec![name]).collect();
    }
    let mut halves = [Vec::new(), Vec::new()];
    for name in names {
        let less = usize::from(halves[0].len() > halves[1].len());
        let at = if random.chance(50) { less } else { 1 - less };
        halves[at].push(name);
    }
    halves.into_iter().filter(|half| !half.is_empty()).collect()
}

/// A shape: its groups, how many processes host each, and requests for it. Two share a server's database.
fn shape(game: &Game, groups: &[Vec<String>], hosts: usize, random: &mut Random) -> Value {
    let mut requests = Vec::new();
    for it in callable(game, groups, hosts > 1) {
        let each = if it.trades() { EACH_THAT_TRADES } else { EACH } / hosts;
        requests.extend((0..each).map(|_| request(game, &it, random)));
    }
    let seed = random.below(1 << 30);
    json!({ "groups": groups, "hosts": hosts, "now": NOW, "seed": seed, "requests": requests })
}

/// A function that may be asked for, and what counts here of what it does.
struct Callable<'g> {
    manager: &'g str,
    function: &'g Function,
    leaves: bool,
    is_random: bool,
}

impl Callable<'_> {
    /// Whether it may take from other groups, or give.
    fn trades(&self) -> bool {
        self.leaves && self.function.writes
    }
}

/// The functions that may run at once. What only reads over several groups is promised nothing; and
/// numbers that a server's database gives away have gaps, which no serial order explains.
fn callable<'g>(game: &'g Game, groups: &[Vec<String>], on_server: bool) -> Vec<Callable<'g>> {
    let group = |id: ManagerId| {
        let name = &game.managers[id.0].name;
        groups.iter().position(|group| group.contains(name))
    };
    let mut all = Vec::new();
    for (at, manager) in game.managers.iter().enumerate() {
        for (place, function) in manager.functions.iter().enumerate() {
            let runs_itself = matches!(function.runs, Some(Runs::After(_) | Runs::PlayerCreated));
            let home = ManagerId(at);
            let with_all = closure(game, FunctionId(home, place));
            let reaches: BTreeSet<_> = with_all.iter().map(|id| id.0).collect();
            let leaves = reaches.iter().any(|id| group(*id) != group(home));
            let numbers = with_all.iter().any(|id| gives_numbers(game, *id));
            if runs_itself || leaves && !function.writes || on_server && numbers {
                continue;
            }
            all.push(Callable {
                manager: &manager.name,
                function,
                leaves,
                is_random: with_all.iter().any(|id| is_random(of(game, *id))),
            });
        }
    }
    all
}

fn request(game: &Game, of: &Callable<'_>, random: &mut Random) -> Value {
    json!({
        "manager": of.manager, "function": of.function.name,
        "caller": caller(of.function, random), "data": args(game, &of.function.args, random),
        // Numbers are thrown anew by each group.
        "is_random": of.is_random,
    })
}

fn of(game: &Game, id: FunctionId) -> &Function {
    &game.managers[id.0.0].functions[id.1]
}

/// A function, and all that it calls, and what takes that back.
fn closure(game: &Game, id: FunctionId) -> BTreeSet<FunctionId> {
    let (mut all, mut left) = (BTreeSet::new(), vec![id]);
    while let Some(id) = left.pop() {
        if !all.insert(id) {
            continue;
        }
        let function = of(game, id);
        left.extend(function.undone_by);
        let parts = [Some(function), function.followed_by.as_deref()];
        for part in parts.into_iter().flatten() {
            each_step(&part.steps, &mut |step| {
                if let StepKind::Call { function, .. } = &step.kind {
                    left.push(*function);
                }
            });
        }
    }
    all
}

fn each_step(steps: &[Step], see: &mut dyn FnMut(&Step)) {
    for step in steps {
        see(step);
        match &step.kind {
            StepKind::If {
                then, otherwise, ..
            } => {
                each_step(then, see);
                each_step(otherwise, see);
            }
            StepKind::For { steps, .. } => each_step(steps, see),
            _ => {}
        }
    }
}

/// Whether it makes rows that the database numbers.
fn gives_numbers(game: &Game, id: FunctionId) -> bool {
    let mut gives = false;
    each_step(&of(game, id).steps, &mut |step| {
        if let StepKind::Insert { table, .. } | StepKind::InsertEach { table, .. } = &step.kind {
            let table = &game.managers[table.0.0].tables[table.1];
            gives |= table.key.iter().any(|at| table.columns[*at].ty == Ty::Id);
        }
    });
    gives
}

/// Whether it throws anything, by the names of the steps and expressions that do.
fn is_random(function: &Function) -> bool {
    let text = format!("{:?}{:?}", function.steps, function.followed_by);
    ["Draw(", "Builtin(Random", "Builtin(Chance"]
        .iter()
        .any(|it| text.contains(it))
}
