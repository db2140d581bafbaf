//! Values: what a step computes, and the reply's data.

use super::super::source::Span;
use super::*;

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
    /// `config.table`
    Config(ConfigId),
    /// A formula's value.
    Formula(Box<FormulaCall>),
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
