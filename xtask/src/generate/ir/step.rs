//! The steps of a function.

use super::super::source::Span;
use super::*;

/// A step.
#[derive(Clone, Debug)]
pub struct Step {
    /// What it does.
    pub kind: StepKind,
    /// Where its keyword stands.
    pub span: Span,
    /// Rows that a `Get` or an `Insert` bound, that later steps use, and that may be among those that this step writes:
    /// they become what the step has made of them.
    pub renews: Vec<LocalId>,
}

impl Step {
    /// A step that renews no rows.
    pub fn new(kind: StepKind, span: Span) -> Self {
        Self {
            kind,
            span,
            renews: Vec::new(),
        }
    }
}

/// What a step does.
#[derive(Clone, Debug)]
pub enum StepKind {
    /// One row by the key or a unique set of columns.
    Get {
        /// The table.
        table: TableId,
        /// All columns of the key or unique set, in its order, and their values.
        by: Vec<(ColumnIndex, Expr)>,
        /// What where there is none.
        missing: Missing,
        /// The data of [`Missing::Error`]: a record.
        data: Option<Template>,
        /// What it binds: always set, if need be to an unnamed local (`_row1`).
        bind: LocalId,
        /// Whether a later step writes the row: until then nobody else may.
        lock: bool,
    },
    /// A list of rows.
    Select {
        /// The table.
        table: TableId,
        /// All must hold.
        filter: Vec<Filter>,
        /// Column, and whether it descends.
        order: Vec<(ColumnIndex, bool)>,
        /// At most so many.
        first: Option<Expr>,
        /// After so many.
        offset: Option<Expr>,
        /// What it binds.
        bind: LocalId,
    },
    /// Writes columns of a row that a `Get` bound.
    Save {
        /// The row's table.
        table: TableId,
        /// The row.
        row: LocalId,
        /// Whether the row may not be there yet (`or: default`): insert or update.
        may_insert: bool,
        /// Column and value, all computed from the row as it was.
        set: Vec<(ColumnIndex, Expr)>,
    },
    /// A new row.
    Insert {
        /// The table.
        table: TableId,
        /// A value for every column but the server's ids, defaults filled in.
        set: Vec<(ColumnIndex, Expr)>,
        /// What where it is there already.
        duplicate: Duplicate,
        /// The data of [`Duplicate::Error`]: a record.
        data: Option<Template>,
        /// The row that was inserted; not with [`Duplicate::Ignore`].
        bind: Option<LocalId>,
    },
    /// Goes on where the condition holds, else ends with the error.
    Require {
        /// Bool.
        condition: Expr,
        /// The error.
        error: ErrorIndex,
        /// Its data: a record.
        data: Option<Template>,
    },
    /// Binds a name.
    Let {
        /// The name.
        bind: LocalId,
        /// The value.
        value: Expr,
    },
    /// Calls a function.
    Call {
        /// The function.
        function: FunctionId,
        /// A value for every arg, in the order of their declaration; `None` where the caller leaves
        /// an arg to its default or absent.
        with: Vec<Option<Expr>>,
        /// The player that it acts for, where that is not the caller.
        act_for: Option<Expr>,
        /// Status of the called function's error, and mine: those become mine.
        map: Vec<(i64, ErrorIndex)>,
        /// All others become this one; `None`: they pass through.
        otherwise: Option<ErrorIndex>,
        /// The data of each of these errors: a record.
        data: Option<Template>,
        /// With any error of the called function, which writes nothing, the reply is absent: then
        /// `map` and `otherwise` are empty, and what is bound is an optional.
        or_none: bool,
        /// What the reply is bound to.
        bind: Option<LocalId>,
        /// What the status of a success is bound to, an int: 0, or that of an outcome.
        outcome: Option<LocalId>,
    },
    /// Branches.
    If {
        /// Bool.
        condition: Expr,
        /// Where it holds.
        then: Vec<Step>,
        /// Where not.
        otherwise: Vec<Step>,
    },
    /// Ends the function.
    Return {
        /// A value for every field of [`Function::reply`], in that order; `None` where this way leaves
        /// it out. Its type is the field's, or where that is [`Ty::Optional`], also the type within.
        data: Vec<Option<Template>>,
        /// With what it succeeds.
        outcome: Outcome,
    },
    /// Changes many rows where they lie.
    Update {
        /// The table.
        table: TableId,
        /// All must hold.
        filter: Vec<Filter>,
        /// Column and value, all computed from the row as it was.
        set: Vec<(ColumnIndex, Change)>,
        /// How many rows it were.
        bind: Option<LocalId>,
    },
    /// Removes a row that a `Get` bound; it may have been a row of defaults.
    DeleteRow {
        /// The row's table.
        table: TableId,
        /// The row.
        row: LocalId,
    },
    /// Removes many rows.
    DeleteMany {
        /// The table.
        table: TableId,
        /// All must hold.
        filter: Vec<Filter>,
        /// How many rows it were.
        bind: Option<LocalId>,
    },
    /// One value, computed by the database.
    Measure {
        /// What it is.
        what: Measure,
        /// The table.
        table: TableId,
        /// All must hold.
        filter: Vec<Filter>,
        /// What it binds.
        bind: LocalId,
    },
    /// The rank of a row: 1 and one more for each row that comes before it; 0 where it is not there.
    Rank {
        /// The table.
        table: TableId,
        /// Column, and whether it descends; no column that may be absent.
        order: Vec<(ColumnIndex, bool)>,
        /// All columns of the key or a unique set, in its order, and their values.
        of: Vec<(ColumnIndex, Expr)>,
        /// All must hold, of the row itself, too.
        filter: Vec<Filter>,
        /// What it binds.
        bind: LocalId,
    },
    /// A new row for each item of a list.
    InsertEach {
        /// The table.
        table: TableId,
        /// The item's name.
        item: LocalId,
        /// The index's name.
        index: Option<LocalId>,
        /// The list.
        list: Expr,
        /// As with `Insert`.
        set: Vec<(ColumnIndex, Expr)>,
        /// What where one is there already.
        duplicate: Duplicate,
        /// The data of [`Duplicate::Error`]: a record.
        data: Option<Template>,
        /// How many rows were written.
        bind: Option<LocalId>,
    },
    /// A weighted random choice.
    Draw(Box<Draw>),
    /// A use of an allowance, or the error.
    Allow(Box<Allow>),
    /// Steps for each item of a list. The names that they bind are not known outside.
    For {
        /// The item's name.
        item: LocalId,
        /// The index's name.
        index: Option<LocalId>,
        /// The list.
        list: Expr,
        /// Only items for which this holds.
        condition: Option<Expr>,
        /// The steps of each round.
        steps: Vec<Step>,
        /// What each round gives after its steps, and the list of it all.
        give: Option<(Expr, LocalId)>,
    },
    /// A value of a balance table.
    Lookup(Box<Lookup>),
}

/// With what a `Return` succeeds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// 0.
    Plain,
    /// A place in [`Function::outcomes`].
    Of(usize),
    /// That of a called function, which the local holds: all that it may be are the function's own, too.
    Passed(LocalId),
}

/// What the database computes of the rows of a filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// How many there are.
    Count,
    /// The sum of a column of ints or floats, of those that are there.
    Sum(ColumnIndex),
    /// Whether there is any.
    Exists,
}

/// A weighted random choice from a list.
#[derive(Clone, Debug)]
pub struct Draw {
    /// The item's name, within `weight` alone.
    pub item: LocalId,
    /// What to draw from.
    pub list: Expr,
    /// An int for each item; all the same where there is none.
    pub weight: Option<Expr>,
    /// How many; where nothing was said, one, bound as it is and not as a list.
    pub times: Option<Expr>,
    /// Whether no item comes twice.
    pub distinct: bool,
    /// What was drawn.
    pub bind: LocalId,
}

/// A use of an allowance.
#[derive(Clone, Debug)]
pub struct Allow {
    /// Its name, in its manager.
    pub name: String,
    /// The window in which uses are counted.
    pub per: Per,
    /// How many uses a window has.
    pub max: Expr,
    /// Whose uses are counted together: plain values.
    pub by: Vec<Expr>,
    /// How many uses this is.
    pub uses: Expr,
    /// What the function ends with where there are not as many left.
    pub error: ErrorIndex,
    /// Its data: a record.
    pub data: Option<Template>,
    /// What is left.
    pub bind: Option<LocalId>,
}

/// What a `Get` does where there is no row.
#[derive(Clone, Debug)]
pub enum Missing {
    /// Ends with an error.
    Error(ErrorIndex),
    /// Goes on with a row of defaults: a value for every column, the keys from `by`.
    Default(Vec<Expr>),
    /// Binds an absent row.
    None,
}

/// What an `Insert` does where the row is there already.
#[derive(Clone, Copy, Debug)]
pub enum Duplicate {
    /// Ends with an error.
    Error(ErrorIndex),
    /// Goes on.
    Ignore,
    /// A fault of the declaration.
    Fault,
    /// The row takes the new values; its key, or the unique set by which it was found, stays.
    Replace,
}

/// A condition on a column.
#[derive(Clone, Debug)]
pub struct Filter {
    /// The column.
    pub column: ColumnIndex,
    /// How they are compared.
    pub comparison: Comparison,
    /// The value; a list for `In`, for an int column also of ids and the other way round.
    pub value: Expr,
    /// The upper end of `Between`.
    pub upper: Option<Expr>,
}
