//! The game as it was understood: resolved to ids, typed, every decision made. Emitters only write
//! it down.

use super::source::Span;

mod change;

pub use change::{Arithmetic, Change};

pub use super::ast::{Access, BinaryOp, Calendar, Comparison, Per, UnaryOp};

/// An enum of [`Game::enums`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EnumId(pub usize);

/// A manager of [`Game::managers`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ManagerId(pub usize);

/// A table of a manager.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TableId(pub ManagerId, pub usize);

/// A function of a manager.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FunctionId(pub ManagerId, pub usize);

/// A record of [`Game::records`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RecordId(pub usize);

/// A column of a table, by its place among the columns.
pub type ColumnIndex = usize;

/// A local of [`Function::locals`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LocalId(pub usize);

/// A whole game.
#[derive(Clone, Debug)]
pub struct Game {
    /// Its name.
    pub name: String,
    /// The IANA name of its time zone.
    pub time_zone: String,
    /// Its enums, by name.
    pub enums: Vec<Enum>,
    /// Its managers, by name.
    pub managers: Vec<Manager>,
    /// Its records of `types:`, by name.
    pub records: Vec<Record>,
}

/// A type.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Ty {
    /// i64
    Int,
    /// f64
    Float,
    /// bool
    Bool,
    /// Text.
    Text,
    /// Milliseconds since 1970 UTC.
    Time,
    /// A player's unique_id.
    Player,
    /// A row's id.
    Id,
    /// One of the game's enums.
    Enum(EnumId),
    /// `list T`
    List(Box<Ty>),
    /// May be absent.
    Optional(Box<Ty>),
    /// A row of a table.
    Row(TableId),
    /// The reply of a function.
    Reply(FunctionId),
    /// An object in a reply, with its fields in order.
    Record(Vec<(String, Ty)>),
    /// A list of fixed length in a reply.
    Tuple(Vec<Ty>),
    /// One of the game's records.
    Named(RecordId),
    /// `map K T`
    Map(Box<Ty>, Box<Ty>),
}

/// An enum.
#[derive(Clone, Debug)]
pub struct Enum {
    /// Its name as declared.
    pub name: String,
    /// Its variants, in order.
    pub variants: Vec<Variant>,
}

/// A record of `types:`.
#[derive(Clone, Debug)]
pub struct Record {
    /// Its name as declared.
    pub name: String,
    /// Its fields, in order; they have neither bounds nor defaults.
    pub fields: Vec<Field>,
}

/// A variant.
#[derive(Clone, Debug)]
pub struct Variant {
    /// Its name as declared.
    pub name: String,
    /// Set in all variants of an enum or in none: travels as this number, else as its name.
    pub number: Option<i64>,
}

/// A manager.
#[derive(Clone, Debug)]
pub struct Manager {
    /// Its name as declared.
    pub name: String,
    /// What it is for.
    pub doc: Option<String>,
    /// Its port.
    pub port: u16,
    /// The file that declares it, as in `Sources`.
    pub file: String,
    /// Its tables.
    pub tables: Vec<Table>,
    /// Its functions, in the order of their declaration.
    pub functions: Vec<Function>,
}

/// A table.
#[derive(Clone, Debug)]
pub struct Table {
    /// Its name as declared.
    pub name: String,
    /// What it holds.
    pub doc: Option<String>,
    /// Its columns, in order.
    pub columns: Vec<Field>,
    /// The primary key.
    pub key: Vec<ColumnIndex>,
    /// Unique sets of columns beside the key.
    pub unique: Vec<Vec<ColumnIndex>>,
    /// Indexes beside key and unique.
    pub index: Vec<Vec<ColumnIndex>>,
}

/// A column or an arg.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name as declared.
    pub name: String,
    /// Its type; [`Ty::Optional`] where it may be absent.
    pub ty: Ty,
    /// What stands where nothing was said.
    pub default: Option<Literal>,
    /// The least value (int, float) or length in characters (text).
    pub min: Option<Literal>,
    /// The greatest value or length.
    pub max: Option<Literal>,
    /// What it is.
    pub doc: Option<String>,
}

/// A constant.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    /// An int, also a time in milliseconds.
    Int(i64),
    /// A float.
    Float(f64),
    /// A bool.
    Bool(bool),
    /// Text, also a player.
    Text(String),
    /// An enum's variant, by its place.
    Variant(EnumId, usize),
    /// `[]`, of lists.
    EmptyList,
    /// `{}`, of maps.
    EmptyMap,
}

/// A declared error or outcome.
#[derive(Clone, Debug)]
pub struct Status {
    /// Its name as declared.
    pub name: String,
    /// Its number.
    pub status: i64,
    /// Its message.
    pub message: String,
}

/// An error of [`Function::errors`], by its place.
pub type ErrorIndex = usize;

/// A function.
#[derive(Clone, Debug)]
pub struct Function {
    /// Its name as declared.
    pub name: String,
    /// What it does.
    pub doc: Option<String>,
    /// Who may call it.
    pub access: Access,
    /// Its args.
    pub args: Vec<Field>,
    /// The errors that its steps name: of its own, the shared ones, and the built-in `invalid`.
    pub errors: Vec<Status>,
    /// Its outcomes.
    pub outcomes: Vec<Status>,
    /// The function that takes it back.
    pub undone_by: Option<FunctionId>,
    /// Whether it, or what it calls, writes.
    pub writes: bool,
    /// The other managers that it reaches, by name order.
    pub reaches: Vec<ManagerId>,
    /// Whether `caller` is read (by the function itself, not by what it calls).
    pub uses_caller: bool,
    /// The fields of the reply's data, from all its returns: a field that some way leaves out is
    /// [`Ty::Optional`].
    pub reply: Vec<(String, Ty)>,
    /// Every name that a step binds.
    pub locals: Vec<Local>,
    /// Its steps; every way through them ends in a `Return` or `Fail`.
    pub steps: Vec<Step>,
}

/// A name that a step binds.
#[derive(Clone, Debug)]
pub struct Local {
    /// The name as declared.
    pub name: String,
    /// Its type; [`Ty::Optional`] of a row for `or: none`.
    pub ty: Ty,
    /// Whether a later `save` changes it.
    pub mutable: bool,
    /// Whether anything reads it.
    pub used: bool,
    /// Set where it is bound on the branches of an `if` and read after it: it is declared before
    /// that `if`.
    pub hoisted: bool,
}

/// A step.
#[derive(Clone, Debug)]
pub struct Step {
    /// What it does.
    pub kind: StepKind,
    /// Where its keyword stands.
    pub span: Span,
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
        /// A place in [`Function::outcomes`].
        outcome: Option<usize>,
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

/// A reply's data, or a part of it.
#[derive(Clone, Debug)]
pub struct Template {
    /// Its type.
    pub ty: Ty,
    /// What it is.
    pub kind: TemplateKind,
}

/// What a template is.
#[derive(Clone, Debug)]
pub enum TemplateKind {
    /// An object: its fields are those of [`Ty::Record`].
    Record(Vec<Template>),
    /// A list of fixed length.
    Tuple(Vec<Template>),
    /// A list of as many items as the list has.
    Each {
        /// The item's name.
        item: LocalId,
        /// The index's name.
        index: Option<LocalId>,
        /// The list.
        list: Expr,
        /// Only items for which this holds.
        condition: Option<Expr>,
        /// What each becomes.
        give: Box<Template>,
    },
    /// A value.
    Leaf(Expr),
    /// Key and value of an entry: what an `Each` gives whose type is [`Ty::Map`].
    Entry(Expr, Box<Template>),
}

/// A typed expression.
#[derive(Clone, Debug)]
pub struct Expr {
    /// Its type.
    pub ty: Ty,
    /// What it is.
    pub kind: ExprKind,
    /// Where it stands.
    pub span: Span,
}

/// What an expression is.
#[derive(Clone, Debug)]
pub enum ExprKind {
    /// A constant.
    Literal(Literal),
    /// The player that the function acts for.
    Caller,
    /// The time of the request.
    Now,
    /// `args.x`, by its place.
    Arg(usize),
    /// A local.
    Local(LocalId),
    /// `row.column` of a row; of a row that may be absent, the column may be, too.
    Column(Box<Expr>, ColumnIndex),
    /// `rows.column`: the list of that column.
    Pluck(Box<Expr>, ColumnIndex),
    /// `reply.field` of a call's reply, by its name; also a field of a [`Ty::Record`].
    Field(Box<Expr>, String),
    /// `xs[i]`, also `m[k]` of a map.
    Index(Box<Expr>, Box<Expr>),
    /// An operator before its operand.
    Unary(UnaryOp, Box<Expr>),
    /// An operator between operands of one type (or time and int: `time - time`, `time + int`,
    /// `time - int`).
    Binary(BinaryOp, Box<Expr>, Box<Expr>),
    /// `if c { a } else { b }`
    If(Box<Expr>, Box<Expr>, Box<Expr>),
    /// A list.
    List(Vec<Expr>),
    /// A built-in function.
    Builtin(Builtin, Vec<Expr>),
    /// An int where a float is wanted.
    ToFloat(Box<Expr>),
    /// An id where an int is wanted.
    ToInt(Box<Expr>),
    /// An int where an id is wanted.
    ToId(Box<Expr>),
    /// A value where an optional is wanted.
    ToOptional(Box<Expr>),
    /// Nothing, where an optional is wanted.
    Absent,
    /// A [`Ty::Named`] or [`Ty::Record`], with a value for every field in the type's order.
    Record(Vec<Expr>),
}

/// The built-in functions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Builtin {
    /// `min(a, b)`, int, float or time
    Min,
    /// `max(a, b)`
    Max,
    /// `abs(a)`
    Abs,
    /// `clamp(x, low, high)`
    Clamp,
    /// `len(list, map or text)`, text in characters
    Len,
    /// `sum(list int)`, `sum(map to int)`
    Sum,
    /// `contains(list, x)`, `contains(map, key)`
    Contains,
    /// `concat(list, list)` or of texts
    Concat,
    /// `lower(text)`
    Lower,
    /// `found(optional)`
    Found,
    /// `default(optional, d)`
    Default,
    /// `seconds(n)`: milliseconds, int
    Seconds,
    /// `minutes(n)`
    Minutes,
    /// `hours(n)`
    Hours,
    /// `days(n)`
    Days,
    /// An int, id, float, player, or variant of an enum that travels as text, as text: what stands
    /// in a hole
    ToText,
    /// `start_of(day, t)`: of the time alone
    StartOf(Calendar),
    /// `day_of(t)`: int, 0 is 1970-01-01
    DayOf,
    /// `day_of_month(t)`: int
    DayOfMonth,
    /// `random(a, b)`: int, another one each time
    Random,
    /// `chance(p)`: bool, of a float from 0 to 1
    Chance,
    /// `keys(map)`: in their order
    Keys,
    /// `tier(list, x)`, int, float or time: how many of the ascending list are at most `x`
    Tier,
    /// `range(a, b)`: the ints from `a` to the one before `b`
    Range,
}
