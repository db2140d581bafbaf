//! Errors and outcomes: which a function can name, and that their numbers are its own.

use std::collections::BTreeMap;

use aliya_macros_core::names as mapped;

use crate::generate::ast;
use crate::generate::diagnostic::{Code, Diagnostics, did_you_mean};
use crate::generate::ir::{self, FunctionId};
use crate::generate::source::{Name, Span};

use super::collide;
use super::declare::{self, Declared};

/// The error that every function has.
const INVALID: &str = "invalid";
/// The status of `invalid` (client protocol).
const INVALID_STATUS: i64 = 10;
/// The message of `invalid` (client protocol).
const INVALID_MESSAGE: &str = "Invalid message format";

/// What a function can name: its own errors before those of its manager, before those of its file.
pub(super) struct Statuses<'a> {
    errors: BTreeMap<&'a str, &'a ast::Status>,
    own: &'a [ast::Status],
    outcomes: &'a [ast::Status],
    broken: bool,
}

/// An error that a step names.
pub(super) struct Named {
    /// For emitters.
    pub(super) status: ir::Status,
    /// Where it is declared; nowhere for `invalid`.
    pub(super) declared: Option<Span>,
}

impl<'a> Statuses<'a> {
    /// The error of that name; where there is none, that is said. `of` is whose it would be.
    pub(super) fn error(
        &self,
        name: &Name,
        of: &str,
        diagnostics: &mut Diagnostics,
    ) -> Option<Named> {
        if let Some(status) = self.errors.get(name.value.as_str()) {
            return Some(Named {
                status: to_ir(status),
                declared: Some(status.name.span),
            });
        }
        if name.value == INVALID {
            return Some(Named {
                status: ir::Status {
                    name: INVALID.to_owned(),
                    status: INVALID_STATUS,
                    message: INVALID_MESSAGE.to_owned(),
                },
                declared: None,
            });
        }
        if !self.broken {
            let declared = self.errors.keys().copied();
            let help = if self.outcomes.iter().any(|o| o.name.value == name.value) {
                Some("it is an outcome, with which a function succeeds: say `outcome:` beside a `return`".to_owned())
            } else if self.errors.is_empty() {
                Some(format!(
                    "declare it: `errors: {{ {}: [1, what players read] }}`",
                    name.value
                ))
            } else {
                did_you_mean(&name.value, declared.chain([INVALID]))
            };
            diagnostics
                .error(
                    Code::UnknownError,
                    name.span,
                    format!("`{of}` has no error `{}`", name.value),
                    "not declared",
                )
                .maybe_help(help);
        }
        None
    }

    /// The place of the outcome of that name; where there is none, that is said.
    pub(super) fn outcome(
        &self,
        name: &Name,
        of: &str,
        diagnostics: &mut Diagnostics,
    ) -> Option<usize> {
        let at = self
            .outcomes
            .iter()
            .position(|o| o.name.value == name.value);
        if at.is_none() && !self.broken {
            let declared = self.outcomes.iter().map(|o| o.name.value.as_str());
            let help = if self.errors.contains_key(name.value.as_str()) {
                Some("it is an error, which ends a function and keeps nothing: say it in an `else`, or declare it under `outcomes`".to_owned())
            } else if self.outcomes.is_empty() {
                Some(format!(
                    "declare it: `outcomes: {{ {}: [1, what players read] }}`",
                    name.value
                ))
            } else {
                did_you_mean(&name.value, declared)
            };
            diagnostics
                .error(
                    Code::UnknownError,
                    name.span,
                    format!("`{of}` has no outcome `{}`", name.value),
                    "not declared",
                )
                .maybe_help(help);
        }
        at
    }

    /// The errors that it declares itself, for emitters.
    pub(super) fn own_errors(&self) -> Vec<ir::Status> {
        self.own.iter().map(to_ir).collect()
    }

    /// The outcomes for emitters.
    pub(super) fn outcomes(&self) -> Vec<ir::Status> {
        self.outcomes.iter().map(to_ir).collect()
    }

    /// Whether an error of the function's own, or an outcome, has that status.
    pub(super) fn own_with(&self, status: i64) -> Option<&'a ast::Status> {
        let mut own = self.own.iter().chain(self.outcomes);
        own.find(|own| own.status.value == status)
    }
}

fn to_ir(status: &ast::Status) -> ir::Status {
    ir::Status {
        name: status.name.value.clone(),
        status: status.status.value,
        message: status.message.value.clone(),
    }
}

/// The errors and outcomes of all functions.
pub(super) fn all<'a>(
    names: &Declared<'a>,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<FunctionId, Statuses<'a>> {
    for manager in &names.managers {
        check(names, &[&manager.ast.errors], diagnostics);
        check(names, &[&manager.document.errors], diagnostics);
    }
    let ids: Vec<FunctionId> = names.function_ids().collect();
    ids.into_iter()
        .map(|id| (id, of_function(names, id, diagnostics)))
        .collect()
}

fn of_function<'a>(
    names: &Declared<'a>,
    id: FunctionId,
    diagnostics: &mut Diagnostics,
) -> Statuses<'a> {
    let manager = names.manager(id.0);
    let function = names.function(id);
    check(names, &[&function.errors, &function.outcomes], diagnostics);
    let mut errors: BTreeMap<&str, &ast::Status> = BTreeMap::new();
    let shared = manager.ast.errors.iter().chain(&manager.document.errors);
    for status in function.errors.iter().chain(shared) {
        let Some(first) = errors.get(status.name.value.as_str()) else {
            errors.insert(&status.name.value, status);
            continue;
        };
        // Twice in one place was reported.
        let same_place = [
            &function.errors,
            &manager.ast.errors,
            &manager.document.errors,
        ]
        .iter()
        .any(|list| {
            let has = |status: &ast::Status| list.iter().any(|s| s.name.span == status.name.span);
            has(first) && has(status)
        });
        if !same_place {
            diagnostics
                .error(
                    Code::NameCollision,
                    first.name.span,
                    format!(
                        "the error `{}` is declared here and for all",
                        first.name.value
                    ),
                    "which of the two is meant?",
                )
                .label(status.name.span, "the shared one")
                .help("leave this one out, or give it another name");
        }
    }
    Statuses {
        errors,
        own: &function.errors,
        outcomes: &function.outcomes,
        broken: names.faults.in_manager(&manager.ast.name) || names.faults.in_types(),
    }
}

/// Checks what is declared side by side: names, statuses, and that neither is reserved.
fn check(names: &Declared, lists: &[&[ast::Status]], diagnostics: &mut Diagnostics) {
    let all = || lists.iter().copied().flatten();
    declare::by_name("status", all().map(|s| &s.name), &names.faults, diagnostics);
    let constants = all().map(|s| (&s.name, mapped::const_name(&s.name.value)));
    collide::distinct("statuses", constants, diagnostics);
    let mut firsts: BTreeMap<i64, &ast::Status> = BTreeMap::new();
    for status in all() {
        if status.name.value == INVALID {
            collide::reserved(&status.name, "the built-in error, status 10", diagnostics);
        }
        let number = &status.status;
        if number.value <= 0 || (10..=19).contains(&number.value) {
            diagnostics
                .error(
                    Code::ReservedStatus,
                    number.span,
                    format!(
                        "`{}` cannot have the status {}",
                        status.name.value, number.value
                    ),
                    "0 is success, and 10 to 19 are the gateway's",
                )
                .help("take 1 to 9, or 20 and above");
        } else if let Some(first) = firsts.get(&number.value) {
            if first.name.value != status.name.value {
                same_status(first.status.span, number.span, number.value, diagnostics);
            }
        } else {
            firsts.insert(number.value, status);
        }
    }
}

/// Says that two have one status.
pub(super) fn same_status(first: Span, second: Span, status: i64, diagnostics: &mut Diagnostics) {
    diagnostics
        .error(
            Code::DuplicateStatus,
            second,
            format!("two errors or outcomes of one function have the status {status}"),
            "clients could not tell them apart",
        )
        .label(first, "the other one")
        .help("give each a status of its own");
}
