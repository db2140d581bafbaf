//! Hashes of what functions mean. A server holds what was not finished, when it stopped, against them: a
//! function that means something else cannot go on with what it had begun.
//!
//! A hash is of the Rust that a function becomes, taken by itself: so neither comments, docs, names of
//! files nor the places of expressions are in it, nor what stands beside the function.

mod definitions;
mod meaning;

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

use self::definitions::Definitions;
use crate::generate::ir::{Function, FunctionId, Game, ManagerId, Step, StepKind};
use crate::generate::parallel;

/// The hash of each function, in 16 hexadecimal digits.
pub(super) type Declarations = BTreeMap<FunctionId, String>;

/// How many bytes of a hash are written down.
const HASH_BYTES: usize = 8;

type Hash = [u8; 32];

/// The hash of what each function means, with all that it calls, and all that takes any of it back.
pub(super) fn all(game: &Game) -> Declarations {
    let definitions = Definitions::of(game);
    let managers: Vec<_> = (0..game.managers.len()).map(ManagerId).collect();
    let own = parallel::map(
        &managers,
        || (),
        |(), &id| meaning::of_manager(game, &definitions, id),
    );
    let own: BTreeMap<FunctionId, Hash> = own.into_iter().flatten().collect();
    let mut wholes = BTreeMap::new();
    for &id in own.keys() {
        with_calls(game, &own, id, &mut wholes);
    }
    let hashes = wholes.iter().map(|(id, whole)| {
        // Where a function stands among others is no part of what it means.
        let undos: BTreeSet<_> = whole.undos.iter().map(|undo| wholes[undo].hash).collect();
        let undos = undos.iter().map(|hash| hash.as_slice());
        let hash = hash_of(std::iter::once(whole.hash.as_slice()).chain(undos));
        (*id, hexadecimal(&hash))
    });
    hashes.collect()
}

/// A function with all that it calls.
struct Whole {
    hash: Hash,
    /// The functions that take it back, or something that it calls.
    undos: BTreeSet<FunctionId>,
}

/// Adds a function to `wholes`, and whatever it calls before it. Functions do not call each other in a
/// circle.
fn with_calls(
    game: &Game,
    own: &BTreeMap<FunctionId, Hash>,
    id: FunctionId,
    wholes: &mut BTreeMap<FunctionId, Whole>,
) {
    let mut waiting = vec![id];
    while let Some(&at) = waiting.last() {
        let function = game.the_function(at);
        let called = called_by(function);
        let before = waiting.len();
        waiting.extend(called.iter().filter(|id| !wholes.contains_key(id)));
        if waiting.len() > before {
            continue;
        }
        waiting.pop();
        let mut undos: BTreeSet<_> = function.undone_by.into_iter().collect();
        called.iter().for_each(|id| undos.extend(&wholes[id].undos));
        let of_called = called.iter().map(|id| wholes[id].hash.as_slice());
        let hash = hash_of(std::iter::once(own[&at].as_slice()).chain(of_called));
        wholes.insert(at, Whole { hash, undos });
    }
}

/// The functions that its steps call, in their order, and those that follow it.
fn called_by(function: &Function) -> Vec<FunctionId> {
    fn calls(steps: &[Step], found: &mut Vec<FunctionId>) {
        for step in steps {
            match &step.kind {
                StepKind::Call { function, .. } => found.push(*function),
                StepKind::If {
                    then, otherwise, ..
                } => {
                    calls(then, found);
                    calls(otherwise, found);
                }
                StepKind::For { steps, .. } => calls(steps, found),
                _ => {}
            }
        }
    }
    let mut found = Vec::new();
    calls(&function.steps, &mut found);
    if let Some(followers) = &function.followed_by {
        calls(&followers.steps, &mut found);
    }
    found
}

/// The hash of some parts, each told from the next.
fn hash_of<'p>(parts: impl IntoIterator<Item = &'p [u8]>) -> Hash {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.len().to_be_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}

fn hexadecimal(hash: &Hash) -> String {
    let bytes = hash.iter().take(HASH_BYTES);
    bytes.map(|byte| format!("{byte:02x}")).collect()
}
