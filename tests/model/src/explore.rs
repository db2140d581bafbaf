//! The search: every state that can be reached, nearest first, so that a broken promise is told by a shortest trace.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fmt;
use std::hash::{BuildHasherDefault, Hasher};

use crate::Variant;
use crate::check::{Violation, check};
use crate::state::State;
use crate::step::{Step, steps};

/// More states than any variant has: a model that has become infinite stops here.
const MOST_STATES: usize = 1_000_000;

/// What a search has found.
#[derive(Clone, Debug)]
pub struct Explored {
    /// How many states were reached.
    pub states: usize,
    /// How many steps lead out of the states that were visited.
    pub edges: usize,
    /// Whether the protocol keeps its promise.
    pub verdict: Verdict,
}

/// Whether the protocol keeps its promise.
#[derive(Clone, Debug)]
pub enum Verdict {
    /// No promise is broken in any state, and from every state the end can be reached.
    Kept,
    /// A promise is broken after these steps, and the search ended there.
    Broken(Violation, Vec<Step>),
    /// From so many states the end cannot be reached, whatever happens; the nearest of them is reached by these steps.
    Stuck(usize, Vec<Step>),
}

/// Visits every state of a variant.
///
/// # Panics
///
/// When there are more than a million states.
pub fn explore(variant: Variant) -> Explored {
    let mut search = Search::default();
    search.reach(State::first(), None);
    let mut edges = 0;
    let mut number = 0;
    let verdict = loop {
        let Some(&Reached { state, .. }) = search.reached.get(number) else {
            break search.stuck();
        };
        if let Err(violation) = check(&state) {
            break Verdict::Broken(violation, search.trace(number));
        }
        for (step, next) in steps(&state, variant) {
            edges += 1;
            search.reach(next, Some((number, step)));
        }
        number += 1;
    };
    let states = search.reached.len();
    Explored {
        states,
        edges,
        verdict,
    }
}

/// The states that were reached, in the order of their numbers: nearest first.
#[derive(Default)]
struct Search {
    reached: Vec<Reached>,
    numbers: HashMap<State, usize, BuildHasherDefault<Multiply>>,
}

struct Reached {
    state: State,
    /// The state and the step that led here first: none for the first state.
    by: Option<(usize, Step)>,
    /// The states from which one step leads here.
    from: Vec<usize>,
}

impl Search {
    fn reach(&mut self, state: State, by: Option<(usize, Step)>) {
        let next = self.reached.len();
        let number = match self.numbers.entry(state) {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(new) => {
                assert!(next < MOST_STATES, "more than {MOST_STATES} states");
                self.reached.push(Reached {
                    state,
                    by,
                    from: Vec::new(),
                });
                *new.insert(next)
            }
        };
        if let Some((from, _)) = by {
            self.reached[number].from.push(from);
        }
    }

    /// Goes back from all states in which nothing is under way: the states that are not met are stuck.
    fn stuck(&self) -> Verdict {
        let mut can_end: Vec<bool> = self.reached.iter().map(|r| r.state.is_quiet()).collect();
        let mut todo: Vec<usize> = (0..can_end.len()).filter(|&n| can_end[n]).collect();
        while let Some(number) = todo.pop() {
            for &from in &self.reached[number].from {
                if !can_end[from] {
                    can_end[from] = true;
                    todo.push(from);
                }
            }
        }
        let stuck: Vec<usize> = (0..can_end.len()).filter(|&n| !can_end[n]).collect();
        match stuck.first() {
            None => Verdict::Kept,
            Some(&nearest) => Verdict::Stuck(stuck.len(), self.trace(nearest)),
        }
    }

    fn trace(&self, mut number: usize) -> Vec<Step> {
        let mut trace = Vec::new();
        while let Some((from, step)) = self.reached[number].by {
            trace.push(step);
            number = from;
        }
        trace.reverse();
        trace
    }
}

impl fmt::Display for Explored {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            states,
            edges,
            verdict,
        } = self;
        writeln!(f, "{states} states and {edges} steps between them")?;
        let trace = match verdict {
            Verdict::Kept => return write!(f, "every promise is kept"),
            Verdict::Broken(violation, trace) => {
                writeln!(f, "{violation}, after:")?;
                trace
            }
            Verdict::Stuck(stuck, trace) => {
                writeln!(
                    f,
                    "no end can be reached from {stuck} states; from the nearest, after:"
                )?;
                trace
            }
        };
        let mut numbered = trace.iter().zip(1..);
        numbered.try_for_each(|(step, number)| writeln!(f, "{number:4}. {step}"))
    }
}

/// A hash that is cheap, and good enough here: the standard library's takes as long as the rest of the search.
#[derive(Default)]
struct Multiply(u64);

impl Hasher for Multiply {
    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|&byte| self.write_u8(byte));
    }

    fn write_u8(&mut self, value: u8) {
        self.write_usize(value.into());
    }

    fn write_usize(&mut self, value: usize) {
        let mixed = self.0.rotate_left(5) ^ value as u64;
        self.0 = mixed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 32)
    }
}
