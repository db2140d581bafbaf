//! Values as written: expressions, and the form of a reply's data.

use super::super::source::{Name, Span, Spanned};

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
