//! The statements of a function's steps, as they are emitted.

use std::collections::BTreeSet;

use aliya_macros_core::sql::Texts;

use super::function;
use super::statements::Statements;
use super::types::Scope;
use crate::generate::ir::{FunctionId, Game};
use crate::generate::source::{Sources, Span};

/// A statement that a step runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stated {
    /// Where the step's keyword stands.
    pub step: Span,
    /// The statement's name, as logs have it, but for a number where several are alike.
    pub name: String,
    /// Its texts.
    pub texts: Texts,
    /// Whether it reads a row that is held again, where the step has written.
    pub again: bool,
}

/// The statements of a function's own steps, in the order of the steps.
pub fn statements_of(game: &Game, sources: &Sources, id: FunctionId) -> Vec<Stated> {
    let manager = &game.managers[id.0.0];
    let mut scope = Scope::new(game, id.0);
    let mut statements = Statements::new(&manager.name, BTreeSet::new());
    function::emit(
        &mut scope,
        &mut statements,
        Some(sources),
        &manager.functions[id.1],
    );
    statements.uses().collect()
}
