//! Formulas.

use super::{Expr, Field, Local, LocalId};

/// A formula of [`Game::formulas`](super::Game::formulas).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FormulaId(pub usize);

/// A pure function of its args, and of what it reads of balance tables.
#[derive(Clone, Debug)]
pub struct Formula {
    /// Its name as declared.
    pub name: String,
    /// What it is.
    pub doc: Option<String>,
    /// The file that declares it, as in `Sources`.
    pub file: String,
    /// Its args, without bounds or defaults.
    pub args: Vec<Field>,
    /// The args again, as names that the value reads, in the same order.
    pub locals: Vec<(LocalId, Local)>,
    /// Its value.
    pub value: Expr,
    /// What it needs beside its args.
    pub needs: Needs,
}

/// What a formula needs beside its args, those that it uses included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    /// The balance tables.
    pub config: bool,
    /// The calendar of the game's time zone.
    pub calendar: bool,
}

/// A use of a formula.
#[derive(Clone, Debug)]
pub struct FormulaCall {
    /// Which.
    pub formula: FormulaId,
    /// What it needs.
    pub needs: Needs,
    /// A value for each arg.
    pub args: Vec<Expr>,
}
