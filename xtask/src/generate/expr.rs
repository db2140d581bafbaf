//! Expressions: the texts of section 5 of the language, from a scalar to an [`Expr`].

mod holes;
mod lexer;
mod operand;
mod parser;

use std::ops::Range;

use super::ast::{Each, Expr, ExprKind};
use super::diagnostic::{Code, Diagnostics};
use super::yaml::Scalar;

/// Parentheses, operators and the like within each other, at most: also how high the tree gets, so
/// that later stages may walk it recursively.
pub const MAX_HEIGHT: usize = 100;

/// Words that mean something in an expression, and so cannot be the name of anything read there.
pub const WORDS: [&str; 8] = ["and", "or", "not", "if", "else", "true", "false", "in"];

/// What is wrong with an expression, in offsets of its text; the first mistake is told, since
/// what follows it is a guess.
struct Mistake {
    code: Code,
    range: Range<usize>,
    message: String,
    label: String,
    help: Option<String>,
}

impl Mistake {
    fn new(code: Code, range: Range<usize>, message: String, label: &str) -> Box<Self> {
        Box::new(Self {
            code,
            range,
            message,
            label: label.to_owned(),
            help: None,
        })
    }

    fn help(mut self: Box<Self>, help: impl Into<String>) -> Box<Self> {
        self.help = Some(help.into());
        self
    }

    fn report(self, scalar: &Scalar, diagnostics: &mut Diagnostics) {
        diagnostics
            .error(
                self.code,
                scalar.place(self.range),
                self.message,
                self.label,
            )
            .maybe_help(self.help);
    }
}

pub use holes::parse_text;

/// Parses an expression; [`ExprKind::Error`] where there was a mistake, which was reported.
pub fn parse(scalar: &Scalar, diagnostics: &mut Diagnostics) -> Expr {
    let parsed =
        lexer::tokens(&scalar.text).and_then(|tokens| parser::Parser::new(scalar, tokens).whole());
    parsed.unwrap_or_else(|mistake| {
        mistake.report(scalar, diagnostics);
        Expr {
            kind: ExprKind::Error,
            span: scalar.place(0..scalar.text.len()),
        }
    })
}

/// Parses `x in list` or `x, i in list`; `None` where there was a mistake, which was reported.
pub fn parse_each(scalar: &Scalar, diagnostics: &mut Diagnostics) -> Option<Each> {
    let parsed =
        lexer::tokens(&scalar.text).and_then(|tokens| parser::Parser::new(scalar, tokens).each());
    parsed
        .map_err(|mistake| mistake.report(scalar, diagnostics))
        .ok()
}
