//! The errors and outcomes that the steps of a function name.

use crate::generate::ir::{ErrorIndex, FunctionId};
use crate::generate::source::{Name, Span};

use super::body::Body;
use super::statuses::{self, Named};

impl Body<'_, '_> {
    /// The place of an error that a step names, among those that the function can end with.
    pub(super) fn error(&mut self, name: &Name) -> Option<ErrorIndex> {
        let statuses = &self.world.statuses[&self.id];
        let named = statuses.error(name, &self.ast.name.value, self.diagnostics)?;
        if let Some(at) = place(&self.errors, &named) {
            return Some(at);
        }
        self.compare_shared(&named, name);
        self.errors.push(named);
        Some(self.errors.len() - 1)
    }

    /// The place of an outcome that a `return` names, among those of the function.
    pub(super) fn outcome(&mut self, name: &Name) -> Option<usize> {
        let statuses = &self.world.statuses[&self.id];
        let named = statuses.outcome(name, &self.ast.name.value, self.diagnostics)?;
        if let Some(at) = place(&self.outcomes, &named) {
            return Some(at);
        }
        self.compare_shared(&named, name);
        self.outcomes.push(named);
        Some(self.outcomes.len() - 1)
    }

    /// Takes over the outcomes of a called function, whose reply a `return` passes on at `place`.
    pub(super) fn pass_outcomes(&mut self, function: FunctionId, place: Span) {
        let Some(signature) = self.world.signatures.get(&function) else {
            return;
        };
        for passed in signature.outcomes.clone() {
            let known = |it: &&Named| it.status.status == passed.status;
            if let Some(error) = self.errors.iter().find(known) {
                let declared = error.declared.unwrap_or(place);
                statuses::same_status(declared, place, passed.status, self.diagnostics);
            }
            let Some(own) = self.outcomes.iter().find(known) else {
                self.outcomes.push(Named {
                    status: passed,
                    declared: None,
                });
                continue;
            };
            if own.status.message != passed.message {
                let declared = own.declared.unwrap_or(place);
                statuses::same_status(declared, place, passed.status, self.diagnostics);
            }
        }
    }

    /// Says where a shared one, named here for the first time, has the status of another one.
    ///
    /// It may have a status that one of the function's own has: as long as the function does not
    /// name it, nobody can mistake them.
    fn compare_shared(&mut self, named: &Named, name: &Name) {
        let Some(declared) = named.declared else {
            return;
        };
        let statuses = &self.world.statuses[&self.id];
        if statuses.is_own(declared) {
            // The function's own were compared before.
            return;
        }
        let status = named.status.status;
        let own = statuses.own_with(status).map(|own| own.name.span);
        let mut before = self.errors.iter().chain(&self.outcomes);
        let before = before.find(|named| named.status.status == status);
        if let Some(other) = own.or(before.and_then(|named| named.declared)) {
            statuses::same_status(other, name.span, status, self.diagnostics);
        }
    }
}

/// The place of the same one.
fn place(among: &[Named], named: &Named) -> Option<usize> {
    let wanted = &named.status;
    among
        .iter()
        .position(|known| known.status.name == wanted.name && known.status.status == wanted.status)
}
