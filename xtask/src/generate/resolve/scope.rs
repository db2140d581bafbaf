//! Which names are bound at a place in a function's steps.

use std::collections::BTreeMap;

use crate::generate::ir::{LocalId, Ty};
use crate::generate::source::Span;

use super::types;

/// The names that can be read at a place, and those that nearly could.
#[derive(Clone, Default)]
pub(super) struct Scope {
    names: BTreeMap<String, Binding>,
    nearly: BTreeMap<String, Nearly>,
}

/// A name that is bound.
#[derive(Clone)]
pub(super) struct Binding {
    /// Where it was bound; on several branches, on the first.
    pub(super) place: Span,
    /// What to; `None` where that was wrong and reported.
    pub(super) value: Option<Bound>,
}

/// What a name is bound to.
#[derive(Clone)]
pub(super) struct Bound {
    /// The local that holds it; one for each branch that bound it.
    pub(super) locals: Vec<LocalId>,
    /// Whether it was bound within an `if` that is over: then it has to be declared before that.
    pub(super) from_branches: bool,
    /// Its type.
    pub(super) ty: Ty,
    /// Whether a `get` bound it, and if so, whether the row may not be there yet.
    pub(super) got: Option<Got>,
    /// Whether it is a record that was made for a name which both ways through an `if` bind: then the
    /// two are of one struct.
    pub(super) united: bool,
    /// The locals that hold the status of the success whose reply it is, one for each branch that bound it;
    /// none where that can be but 0, or where it is no reply of a call.
    pub(super) outcome: Vec<LocalId>,
}

/// A row that a `get` bound.
#[derive(Clone, Copy)]
pub(super) struct Got {
    /// Whether the row may not be there yet (`or: default`).
    pub(super) may_insert: bool,
    /// Where a `delete` removed it.
    pub(super) deleted: Option<Span>,
}

/// Why a name that was bound above cannot be read.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Nearly {
    /// One branch bound it, the other one goes on without it.
    OneBranch {
        /// Where it was bound.
        bound: Span,
        /// The `if`.
        branch: Span,
    },
    /// The branches bound it to values of two types.
    TwoTypes {
        /// Where it was bound first.
        first: Span,
        /// Where it was bound to another type.
        second: Span,
    },
    /// A round of a loop bound it.
    InLoop {
        /// Where it was bound.
        bound: Span,
        /// The loop.
        looped: Span,
    },
}

impl Scope {
    /// What is bound to the name here.
    pub(super) fn get(&self, name: &str) -> Option<&Binding> {
        self.names.get(name)
    }

    /// Why the name, bound on some way that leads here, is not bound here.
    pub(super) fn nearly(&self, name: &str) -> Option<Nearly> {
        self.nearly.get(name).copied()
    }

    /// Binds a name that is bound already to another value; its place stays.
    pub(super) fn rebind(&mut self, name: &str, value: Bound) {
        if let Some(binding) = self.names.get_mut(name) {
            binding.value = Some(value);
        }
    }

    /// Notes what holds the status of the success whose reply a name is.
    pub(super) fn has_outcome(&mut self, name: &str, outcome: LocalId) {
        let bound = self.names.get_mut(name).and_then(|b| b.value.as_mut());
        if let Some(bound) = bound {
            bound.outcome.push(outcome);
        }
    }

    /// All names that are bound here.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.keys().map(String::as_str)
    }

    /// Binds a name.
    pub(super) fn bind(&mut self, name: &str, binding: Binding) {
        self.nearly.remove(name);
        self.names.insert(name.to_owned(), binding);
    }

    /// What is bound after a loop: what was bound before it. `inside` is the scope at the end of a
    /// round, `looped` is where the loop stands.
    pub(super) fn after_loop(self, inside: Scope, looped: Span) -> Scope {
        let mut after = self;
        after.nearly.extend(inside.nearly);
        for (name, binding) in inside.names {
            if !after.names.contains_key(&name) {
                let bound = binding.place;
                after.nearly.insert(name, Nearly::InLoop { bound, looped });
            }
        }
        after
    }

    /// Notes that the row of that name is no more.
    pub(super) fn delete(&mut self, name: &str, place: Span) {
        let bound = self.names.get_mut(name).and_then(|b| b.value.as_mut());
        if let Some(got) = bound.and_then(|bound| bound.got.as_mut()) {
            got.deleted = Some(place);
        }
    }

    /// What is bound after an `if`: what every branch that goes on has bound. `branches` are the
    /// scopes at the ends of those, `branch` is where the `if` stands.
    pub(super) fn join(before: Scope, mut branches: Vec<Scope>, branch: Span) -> Scope {
        let Some(mut joined) = branches.pop() else {
            return before;
        };
        let is_new = |name: &String| !before.names.contains_key(name);
        for binding in joined.names.iter_mut().filter(|(name, _)| is_new(name)) {
            if let Some(value) = &mut binding.1.value {
                value.from_branches = true;
            }
        }
        for other in branches {
            joined = both(&before, other, joined, branch);
        }
        joined
    }
}

/// What two branches have bound, the first one's names first.
fn both(before: &Scope, first: Scope, second: Scope, branch: Span) -> Scope {
    let mut joined = Scope {
        names: before.names.clone(),
        nearly: first.nearly,
    };
    joined.nearly.extend(second.nearly);
    let mut of_second = second.names;
    // Where the other way has bound it in vain, that says more.
    let one_branch = |nearly: &mut BTreeMap<String, Nearly>, name: String, bound| {
        let in_vain = nearly.get(&name);
        if in_vain.is_none() || in_vain == before.nearly.get(&name) {
            nearly.insert(name, Nearly::OneBranch { bound, branch });
        }
    };
    for (name, binding) in first.names {
        let other = of_second.remove(&name);
        if before.names.contains_key(&name) {
            continue;
        }
        let Some(other) = other else {
            one_branch(&mut joined.nearly, name, binding.place);
            continue;
        };
        let value = match (binding.value, other.value) {
            (Some(a), Some(b))
                if a.ty == b.ty && (!types::has_shape(&a.ty) || a.united && b.united) =>
            {
                Some(Bound {
                    locals: a.locals.into_iter().chain(b.locals).collect(),
                    from_branches: true,
                    ty: a.ty,
                    got: a.got.zip(b.got).map(|(a, b)| Got {
                        may_insert: a.may_insert || b.may_insert,
                        deleted: a.deleted.or(b.deleted),
                    }),
                    united: a.united,
                    outcome: match a.outcome.is_empty() || b.outcome.is_empty() {
                        true => Vec::new(),
                        false => a.outcome.into_iter().chain(b.outcome).collect(),
                    },
                })
            }
            (Some(_), Some(_)) => {
                let two_types = Nearly::TwoTypes {
                    first: binding.place,
                    second: other.place,
                };
                joined.nearly.insert(name, two_types);
                continue;
            }
            _ => None,
        };
        let place = binding.place;
        joined.names.insert(name, Binding { place, value });
    }
    for (name, binding) in of_second {
        if !before.names.contains_key(&name) {
            one_branch(&mut joined.nearly, name, binding.place);
        }
    }
    joined
}
