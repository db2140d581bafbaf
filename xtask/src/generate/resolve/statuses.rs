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
pub(super) const INVALID_STATUS: i64 = 10;
/// The message of `invalid` (client protocol).
const INVALID_MESSAGE: &str = "Invalid message format";

/// What a function can name: its own errors and outcomes before those of its manager, before those
/// of its file.
pub(super) struct Statuses<'a> {
    errors: BTreeMap<&'a str, &'a ast::Status>,
    outcomes: BTreeMap<&'a str, &'a ast::Status>,
    own_errors: &'a [ast::Status],
    own_outcomes: &'a [ast::Status],
    broken: bool,
}

/// An error or outcome that a step names.
pub(super) struct Named {
    /// For emitters.
    pub(super) status: ir::Status,
    /// Where it is declared; nowhere for `invalid`.
    pub(super) declared: Option<Span>,
}

impl Named {
    /// A declared one.
    pub(super) fn of(declared: &ast::Status) -> Self {
        Self {
            status: to_ir(declared),
            declared: Some(declared.name.span),
        }
    }
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
            return Some(Named::of(status));
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
            let help = if self.outcomes.contains_key(name.value.as_str()) {
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

    /// The outcome of that name; where there is none, that is said. `of` is whose it would be.
    pub(super) fn outcome(
        &self,
        name: &Name,
        of: &str,
        diagnostics: &mut Diagnostics,
    ) -> Option<Named> {
        if let Some(status) = self.outcomes.get(name.value.as_str()) {
            return Some(Named::of(status));
        }
        if !self.broken {
            let declared = self.outcomes.keys().copied();
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
        None
    }

    /// Where the error or outcome of that name is declared.
    pub(super) fn declared(&self, name: &str) -> Option<Span> {
        let status = self.errors.get(name).or_else(|| self.outcomes.get(name))?;
        Some(status.name.span)
    }

    /// The errors that it declares itself, for emitters.
    pub(super) fn own_errors(&self) -> Vec<ir::Status> {
        self.own_errors.iter().map(to_ir).collect()
    }

    /// The outcomes that it declares itself, for emitters.
    pub(super) fn own_outcomes(&self) -> Vec<ir::Status> {
        self.own_outcomes.iter().map(to_ir).collect()
    }

    /// The error or outcome of the function's own that has that status.
    pub(super) fn own_with(&self, status: i64) -> Option<&'a ast::Status> {
        self.own().find(|own| own.status.value == status)
    }

    /// Whether the error or outcome declared there is the function's own.
    pub(super) fn is_own(&self, declared: Span) -> bool {
        self.own().any(|own| own.name.span == declared)
    }

    fn own(&self) -> impl Iterator<Item = &'a ast::Status> {
        self.own_errors.iter().chain(self.own_outcomes)
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
        let (ast, file) = (manager.ast, manager.document);
        check(names, &[&ast.errors, &ast.outcomes], diagnostics);
        check(names, &[&file.errors, &file.outcomes], diagnostics);
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
    let (ast, file) = (manager.ast, manager.document);
    let errors = [&function.errors, &ast.errors, &file.errors];
    let outcomes = [&function.outcomes, &ast.outcomes, &file.outcomes];
    compare_names(errors, outcomes, diagnostics);
    Statuses {
        errors: by_name(errors),
        outcomes: by_name(outcomes),
        own_errors: &function.errors,
        own_outcomes: &function.outcomes,
        broken: names.faults.in_manager(&ast.name) || names.faults.in_types(),
    }
}

/// Says where one name is declared in two of the places that a function sees: itself, its manager and
/// its file, in that order.
fn compare_names(
    errors: [&Vec<ast::Status>; 3],
    outcomes: [&Vec<ast::Status>; 3],
    diagnostics: &mut Diagnostics,
) {
    let places = errors.iter().zip(&outcomes).enumerate();
    let seen = places.flat_map(|(place, (errors, outcomes))| {
        let errors = errors.iter().map(move |status| (place, "error", status));
        let outcomes = outcomes.iter();
        errors.chain(outcomes.map(move |status| (place, "outcome", status)))
    });
    let mut firsts: BTreeMap<&str, (usize, &str, &ast::Status)> = BTreeMap::new();
    for (place, kind, status) in seen {
        match firsts.get(status.name.value.as_str()) {
            // Twice in one place was reported.
            Some((first_place, ..)) if *first_place == place => {}
            Some((_, first_kind, first)) => {
                say_shared((first_kind, first), (kind, status), diagnostics);
            }
            None => _ = firsts.insert(&status.name.value, (place, kind, status)),
        }
    }
}

/// The first of each name.
fn by_name(lists: [&Vec<ast::Status>; 3]) -> BTreeMap<&str, &ast::Status> {
    // Of one name, the last that is inserted stays.
    let all = lists.into_iter().flatten().rev();
    all.map(|status| (status.name.value.as_str(), status))
        .collect()
}

/// Says that a function can name two alike, each an `error` or an `outcome`: one of its own or its
/// manager's, and a shared one.
fn say_shared(
    (first_kind, first): (&str, &ast::Status),
    (kind, shared): (&str, &ast::Status),
    diagnostics: &mut Diagnostics,
) {
    let name = &first.name.value;
    let what = if first_kind == kind {
        format!("the {kind} `{name}` is declared here and for all")
    } else {
        format!("`{name}` is an {first_kind} here and an {kind} for all")
    };
    diagnostics
        .error(
            Code::NameCollision,
            first.name.span,
            what,
            "which of the two is meant?",
        )
        .label(shared.name.span, "the shared one")
        .help("leave this one out, or give it another name");
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
