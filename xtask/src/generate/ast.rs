//! What a designer wrote, with the place of everything: nothing is resolved or typed yet.

mod allow;
mod draw;

use super::source::{Name, Span, Spanned};

pub use allow::{Allow, Calendar, Per};
pub use draw::Draw;

/// One file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// `game:`
    pub game: Option<Name>,
    /// `time_zone:`
    pub time_zone: Option<Name>,
    /// `include:`
    pub include: Vec<Name>,
    /// `enums:`
    pub enums: Vec<Enum>,
    /// `errors:` of the file, shared by all its functions.
    pub errors: Vec<Status>,
    /// `managers:`
    pub managers: Vec<Manager>,
    /// `types:`
    pub types: Vec<RecordType>,
}

/// A record of `types:`.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordType {
    /// Its name.
    pub name: Name,
    /// Its fields, in order; empty was reported.
    pub fields: Vec<Field>,
}

/// `supply_kind: [iron, coin]` or `family_rank: { basic: 0, elite: 4 }`
#[derive(Clone, Debug, PartialEq)]
pub struct Enum {
    /// Its name.
    pub name: Name,
    /// Its variants, in order; empty was reported.
    pub variants: Vec<Variant>,
}

/// A variant; with a number, it travels as that.
#[derive(Clone, Debug, PartialEq)]
pub struct Variant {
    /// Its name.
    pub name: Name,
    /// The number behind it, in the map form.
    pub number: Option<Spanned<i64>>,
}

/// A manager.
#[derive(Clone, Debug, PartialEq)]
pub struct Manager {
    /// Its name.
    pub name: Name,
    /// `doc:`
    pub doc: Option<Name>,
    /// `port:`; `None` was reported.
    pub port: Option<Spanned<u16>>,
    /// `errors:` of the manager, shared by its functions.
    pub errors: Vec<Status>,
    /// `tables:`
    pub tables: Vec<Table>,
    /// `functions:`
    pub functions: Vec<Function>,
}

/// A table.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// Its name.
    pub name: Name,
    /// `doc:`
    pub doc: Option<Name>,
    /// `columns:`; empty was reported.
    pub columns: Vec<Column>,
    /// `key:`; empty was reported.
    pub key: Vec<Name>,
    /// `index:`, each with the place of its list.
    pub index: Vec<Spanned<Vec<Name>>>,
    /// `unique:`, each with the place of its list.
    pub unique: Vec<Spanned<Vec<Name>>>,
}

/// A column or an arg: they are declared in the same form.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Its name.
    pub name: Name,
    /// The type as written, such as `int`, `list int`, `supply_kind`, with one space between words;
    /// empty was reported, and fits everywhere.
    pub ty: Name,
    /// `default:`, an expression without names of rows or args.
    pub default: Option<Expr>,
    /// `min:`
    pub min: Option<Number>,
    /// `max:`
    pub max: Option<Number>,
    /// `optional: true`
    pub optional: bool,
    /// `doc:`
    pub doc: Option<Name>,
}

/// A bound as written: an integer or a float.
#[derive(Clone, Debug, PartialEq)]
pub struct Number {
    /// The text, such as `-3` or `0.5`.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// A column.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Name, type and bounds.
    pub field: Field,
    /// `unique: true`, with its place.
    pub unique: Option<Span>,
    /// `index: true`, with its place.
    pub index: Option<Span>,
}

/// `insufficient: [2, insufficient materials]`, an error or an outcome.
#[derive(Clone, Debug, PartialEq)]
pub struct Status {
    /// Its name.
    pub name: Name,
    /// Its number.
    pub status: Spanned<i64>,
    /// Its message.
    pub message: Name,
}

/// Who may call a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Clients with a token: the default.
    Player,
    /// Clients without a token.
    Public,
    /// Managers.
    Internal,
    /// The operator.
    Admin,
}

/// A function.
#[derive(Clone, Debug, PartialEq)]
pub struct Function {
    /// Its name.
    pub name: Name,
    /// `doc:`
    pub doc: Option<Name>,
    /// `access:`
    pub access: Access,
    /// `args:`
    pub args: Vec<Field>,
    /// `errors:`
    pub errors: Vec<Status>,
    /// `outcomes:`
    pub outcomes: Vec<Status>,
    /// `undone_by:`
    pub undone_by: Option<Name>,
    /// `steps:`
    pub steps: Vec<Step>,
}

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

/// `name: expr`
#[derive(Clone, Debug, PartialEq)]
pub struct Assign {
    /// The name.
    pub name: Name,
    /// The value.
    pub value: Expr,
}

/// The form of a reply's data: YAML whose leaves are expressions.
#[derive(Clone, Debug, PartialEq)]
pub enum Template {
    /// A mapping.
    Record(Vec<(Name, Template)>, Span),
    /// A sequence: a list of fixed length.
    Tuple(Vec<Template>, Span),
    /// `{ each: x, i in list, if: c, key: k, give: ... }`
    Each {
        /// The name of the item.
        item: Name,
        /// The name of its index.
        index: Option<Name>,
        /// The list.
        list: Expr,
        /// `if:`
        condition: Option<Expr>,
        /// `key:`, of what makes a map.
        key: Option<Box<Expr>>,
        /// `give:`
        give: Box<Template>,
        /// The whole.
        span: Span,
    },
    /// A leaf.
    Leaf(Expr),
}

/// An expression.
#[derive(Clone, Debug, PartialEq)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Where it stands.
    pub span: Span,
}

/// What an expression is.
#[derive(Clone, Debug, PartialEq)]
pub enum ExprKind {
    /// `20`
    Int(i64),
    /// `0.5`
    Float(f64),
    /// `true`
    Bool(bool),
    /// `"text"`
    Text(String),
    /// `caller`, `now`, `s`, `iron`
    Name(String),
    /// `s.amount`
    Field(Box<Expr>, Name),
    /// `xs[i]`
    Index(Box<Expr>, Box<Expr>),
    /// `min(a, b)`
    Call(Name, Vec<Expr>),
    /// `-a`, `not a`; with the place of the operator.
    Unary(UnaryOp, Box<Expr>),
    /// `a + b`
    Binary(Box<Expr>, Spanned<BinaryOp>, Box<Expr>),
    /// `if c { a } else { b }`
    If(Box<Expr>, Box<Expr>, Box<Expr>),
    /// `[a, b]`
    List(Vec<Expr>),
    /// Was reported; its type fits everywhere, so that nothing follows from it.
    Error,
    /// `{ text: "Welcome, {me.name}" }`: texts as they are, and what stands in holes.
    Holes(Vec<Expr>),
    /// `{ a: x }`
    Record(Vec<(Name, Expr)>),
}

/// An operator before its operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnaryOp {
    /// `-`
    Neg,
    /// `not`
    Not,
}

/// An operator between its operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BinaryOp {
    /// `+`
    Add,
    /// `-`
    Sub,
    /// `*`
    Mul,
    /// `/`
    Div,
    /// `%`
    Rem,
    /// `==`
    Eq,
    /// `!=`
    Ne,
    /// `<`
    Lt,
    /// `<=`
    Le,
    /// `>`
    Gt,
    /// `>=`
    Ge,
    /// `and`
    And,
    /// `or`
    Or,
}
