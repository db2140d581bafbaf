//! The steps of a function, as written.

use super::super::source::{Name, Span};
use super::*;

/// A step.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The key that says what it does, such as `get`.
    pub keyword: Span,
    /// What it does.
    pub kind: StepKind,
}

/// What a step does.
#[derive(Clone, Debug, PartialEq)]
pub enum StepKind {
    /// `get:`
    Get {
        /// The table.
        table: Name,
        /// `where:`, column to value.
        filter: Vec<Filter>,
        /// `else:` / `or:`
        missing: Missing,
        /// `as:`
        bind: Option<Name>,
    },
    /// `select:`
    Select {
        /// The table.
        table: Name,
        /// `where:`
        filter: Vec<Filter>,
        /// `order:`, `-a` for descending.
        order: Vec<Order>,
        /// `first:`
        first: Option<Expr>,
        /// `offset:`
        offset: Option<Expr>,
        /// `as:`
        bind: Option<Name>,
    },
    /// `save:`
    Save {
        /// The name that a `get` bound.
        row: Name,
        /// `set:`
        set: Vec<Assign>,
    },
    /// `insert:`
    Insert {
        /// The table.
        table: Name,
        /// `set:`
        set: Vec<Assign>,
        /// `else:` / `or: ignore`
        duplicate: Duplicate,
        /// `as:`
        bind: Option<Name>,
    },
    /// `require:`
    Require {
        /// What must hold.
        condition: Expr,
        /// `else:`
        error: Option<Name>,
        /// `data:`
        data: Option<Template>,
    },
    /// `let:`
    Let(Vec<Assign>),
    /// `call:`
    Call {
        /// `manager.function` or `function`.
        function: Name,
        /// `with:`
        with: Vec<Assign>,
        /// `else:`
        otherwise: CallElse,
        /// `as:`
        bind: Option<Name>,
    },
    /// `if:`
    If {
        /// The condition.
        condition: Expr,
        /// `then:`
        then: Vec<Step>,
        /// `else:`
        otherwise: Vec<Step>,
    },
    /// `return:`
    Return {
        /// The reply's data.
        data: Template,
        /// `outcome:`
        outcome: Option<Name>,
    },
    /// `draw:`
    Draw(Box<Draw>),
    /// `allow:`
    Allow(Box<Allow>),
}

/// `column: expr` in a `where`: equality, or one of the comparisons.
#[derive(Clone, Debug, PartialEq)]
pub struct Filter {
    /// The column.
    pub column: Name,
    /// How they are compared.
    pub comparison: Comparison,
    /// The value; for `between`, see [`Filter::upper`].
    pub value: Expr,
    /// The upper end of `between`.
    pub upper: Option<Expr>,
}

/// How a `where` compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `column: value`
    Eq,
    /// `ne`
    Ne,
    /// `gt`
    Gt,
    /// `lt`
    Lt,
    /// `ge`
    Ge,
    /// `le`
    Le,
    /// `in`
    In,
    /// `between: [low, high]`, both included
    Between,
}

/// A column of an `order`.
#[derive(Clone, Debug, PartialEq)]
pub struct Order {
    /// The column.
    pub column: Name,
    /// `-column`
    pub descending: bool,
}

/// What a `get` does where there is no row.
#[derive(Clone, Debug, PartialEq)]
pub enum Missing {
    /// `else: error`
    Error(Name),
    /// `or: default`, with its place
    Default(Span),
    /// `or: none`, with its place
    None(Span),
    /// Neither: was reported.
    Unsaid,
}

/// What an `insert` does where the row is there already.
#[derive(Clone, Debug, PartialEq)]
pub enum Duplicate {
    /// `else: error`
    Error(Name),
    /// `or: ignore`, with its place
    Ignore(Span),
    /// Neither: a duplicate is a fault.
    Unsaid,
}

/// What a `call` does with the errors of the called function.
#[derive(Clone, Debug, PartialEq)]
pub enum CallElse {
    /// Nothing said: they pass through.
    PassThrough,
    /// `else: error`: each becomes this one.
    All(Name),
    /// `else: { theirs: mine }`: those become mine, the others pass through.
    Each(Vec<(Name, Name)>),
}
