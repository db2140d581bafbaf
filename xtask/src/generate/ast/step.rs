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
        /// `data:` beside `else:`
        data: Option<Template>,
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
        /// `data:` beside `else:`
        data: Option<Template>,
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
        /// `act_for:`
        act_for: Option<Expr>,
        /// `else:` / `or: none`
        otherwise: CallElse,
        /// `data:` beside `else:`
        data: Option<Template>,
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
    /// `update:`
    Update {
        /// The table.
        table: Name,
        /// `where:`
        filter: Vec<Filter>,
        /// `set:`
        set: Vec<Assign>,
        /// `as:`
        bind: Option<Name>,
    },
    /// `delete:` without `where`
    DeleteRow {
        /// The name that a `get` bound.
        row: Name,
    },
    /// `delete:` with `where`
    DeleteMany {
        /// The table.
        table: Name,
        /// `where:`
        filter: Vec<Filter>,
        /// `as:`
        bind: Option<Name>,
    },
    /// `count:`, `sum:`, `exists:`
    Measure {
        /// Which of them.
        what: Measure,
        /// The table.
        table: Name,
        /// `where:`
        filter: Vec<Filter>,
        /// `as:`
        bind: Option<Name>,
    },
    /// `rank:`
    Rank {
        /// The table.
        table: Name,
        /// `order:`, the first in rank first.
        order: Vec<Order>,
        /// `of:`, the key of the row whose rank it is.
        of: Vec<Filter>,
        /// `where:`
        filter: Vec<Filter>,
        /// `as:`
        bind: Option<Name>,
    },
    /// `insert:` with `each:`
    InsertEach {
        /// The table.
        table: Name,
        /// `each:`
        each: Each,
        /// `set:`
        set: Vec<Assign>,
        /// `else:` / `or:`
        duplicate: Duplicate,
        /// `data:` beside `else:`
        data: Option<Template>,
        /// `as:`
        bind: Option<Name>,
    },
    /// `draw:`
    Draw(Box<Draw>),
    /// `allow:`
    Allow(Box<Allow>),
    /// `for:`
    For {
        /// `for:`
        each: Each,
        /// `if:`
        condition: Option<Expr>,
        /// `do:`
        steps: Vec<Step>,
        /// `give:`
        give: Option<Expr>,
        /// `as:`
        bind: Option<Name>,
    },
    /// `get: config.table[key]`
    GetConfig(Box<GetConfig>),
}

/// `x, i in list`
#[derive(Clone, Debug, PartialEq)]
pub struct Each {
    /// The name of the item.
    pub item: Name,
    /// The name of its index.
    pub index: Option<Name>,
    /// The list.
    pub list: Expr,
}

/// What the database computes of the rows that a `where` leaves.
#[derive(Clone, Debug, PartialEq)]
pub enum Measure {
    /// `count: T`
    Count,
    /// `sum: T.column`, the column
    Sum(Name),
    /// `exists: T`
    Exists,
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
    /// `or: replace`, with its place
    Replace(Span),
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
    /// `or: none`, with its place: with any of them, nothing is bound.
    None(Span),
}
