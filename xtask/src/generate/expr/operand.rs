//! Operands: numbers, texts, names, calls, lists, `if`, parentheses, and `.field` and `[index]`
//! behind them.

use std::ops::Range;

use super::lexer::TokenKind;
use super::parser::{Parsed, Parser, Part};
use super::{MAX_HEIGHT, Mistake, WORDS};
use crate::generate::ast::{Expr, ExprKind};
use crate::generate::diagnostic::Code;
use crate::generate::source::Name;

/// The fields of a record.
type Fields = Vec<(Name, Expr)>;

impl Parser<'_> {
    /// An operand with what stands behind it.
    pub(super) fn operand(&mut self) -> Parsed {
        let mut part = self.atom()?;
        loop {
            let start = part.range.start;
            if self.take_sign(".") {
                let TokenKind::Name(word) = self.peek().kind else {
                    return Err(self.expected("a name"));
                };
                let end = self.peek().range.end;
                let field = self.name(word);
                let kind = ExprKind::Field(Box::new(part.expr), field);
                part = self.part(kind, start..end, part.height)?;
            } else if self.take_sign("[") {
                let index = self.expression()?;
                let end = self.want_sign("]")?;
                let below = part.height.max(index.height);
                let kind = ExprKind::Index(Box::new(part.expr), Box::new(index.expr));
                part = self.part(kind, start..end, below)?;
            } else {
                break;
            }
        }
        Ok(part)
    }

    fn atom(&mut self) -> Parsed {
        let token = self.peek().clone();
        let range = token.range.clone();
        match token.kind {
            TokenKind::Number(text) => {
                self.advance();
                self.number(text, range)
            }
            TokenKind::Text(text) => {
                self.advance();
                self.part(ExprKind::Text(text), range, 0)
            }
            TokenKind::Name(word @ ("true" | "false")) => {
                self.advance();
                self.part(ExprKind::Bool(word == "true"), range, 0)
            }
            TokenKind::Name("if") => self.choice(),
            TokenKind::Name(word) if WORDS.contains(&word) => Err(self.expected("a value")),
            TokenKind::Name(word) if self.sign_follows("(") => self.call(word),
            TokenKind::Name(word) => {
                self.advance();
                self.part(ExprKind::Name(word.to_owned()), range, 0)
            }
            TokenKind::Sign("(") => {
                self.advance();
                let inner = self.expression()?;
                let end = self.want_sign(")")?;
                let range = range.start..end;
                let span = self.span(range.clone());
                let kind = inner.expr.kind;
                Ok(Part {
                    expr: Expr { kind, span },
                    range,
                    height: inner.height,
                })
            }
            TokenKind::Sign("[") => {
                self.advance();
                let (items, end, below) = self.list("]")?;
                self.part(ExprKind::List(items), range.start..end, below)
            }
            TokenKind::Sign("{") => {
                self.advance();
                let (fields, end, below) = self.record()?;
                self.part(ExprKind::Record(fields), range.start..end, below)
            }
            TokenKind::Sign(sign @ (">" | ">=" | "<" | "<=" | "!=")) if range.start == 0 => {
                let word = match sign {
                    ">" => "gt",
                    ">=" => "ge",
                    "<" => "lt",
                    "<=" => "le",
                    _ => "ne",
                };
                let help = format!("in a `where`, write `{{ {word}: ... }}`");
                Err(self.expected("a value").help(help))
            }
            TokenKind::Sign(_) | TokenKind::End => Err(self.expected("a value")),
        }
    }

    /// `20`, `-3`, `0.5`
    pub(super) fn number(&mut self, text: &str, range: Range<usize>) -> Parsed {
        let kind = if text.contains('.') {
            text.parse()
                .ok()
                .filter(|float: &f64| float.is_finite())
                .map(ExprKind::Float)
        } else {
            text.parse().ok().map(ExprKind::Int)
        };
        match kind {
            Some(kind) => self.part(kind, range, 0),
            None => Err(Mistake::new(
                Code::NumberTooLarge,
                range,
                format!("`{text}` is too large for a number"),
                "does not fit",
            )
            .help(format!("an int goes from {} to {}", i64::MIN, i64::MAX))),
        }
    }

    fn call(&mut self, word: &str) -> Parsed {
        let start = self.peek().range.start;
        let name = self.name(word);
        self.want_sign("(")?;
        let (args, end, below) = self.list(")")?;
        let part = self.part(ExprKind::Call(name, args), start..end, below)?;
        Ok(part)
    }

    /// Values up to the closing sign: the values, where it ends, the highest of them.
    fn list(&mut self, close: &'static str) -> Parsed<(Vec<Expr>, usize, usize)> {
        let (mut items, mut below) = (Vec::new(), 0);
        let end = self.peek().range.end;
        if self.take_sign(close) {
            return Ok((items, end, below));
        }
        loop {
            let item = self.expression()?;
            below = below.max(item.height);
            items.push(item.expr);
            let end = self.peek().range.end;
            if self.take_sign(close) {
                return Ok((items, end, below));
            }
            if !self.take_sign(",") {
                return Err(self.expected(&format!("`,` or `{close}`")));
            }
        }
    }

    /// `a: x, b: y }`: the fields, where the record ends, the highest of them.
    fn record(&mut self) -> Parsed<(Fields, usize, usize)> {
        let (mut fields, mut below) = (Vec::new(), 0);
        let end = self.peek().range.end;
        if self.take_sign("}") {
            return Ok((fields, end, below));
        }
        loop {
            let TokenKind::Name(word) = self.peek().kind else {
                return Err(self.expected("the name of a field"));
            };
            let name = self.name(word);
            self.want_sign(":")?;
            let value = self.expression()?;
            below = below.max(value.height);
            fields.push((name, value.expr));
            let end = self.peek().range.end;
            if self.take_sign("}") {
                return Ok((fields, end, below));
            }
            if !self.take_sign(",") {
                return Err(self.expected("`,` or `}`"));
            }
        }
    }

    /// `if c { a } else { b }`, also `else if`: a loop, since it may be long.
    fn choice(&mut self) -> Parsed {
        let mut arms = Vec::new();
        let last = loop {
            let start = self.advance().range.start;
            let condition = self.expression()?;
            let then = self.braced()?;
            arms.push((start, condition, then));
            if arms.len() > MAX_HEIGHT {
                return Err(self.too_deep());
            }
            if !self.take_word("else") {
                return Err(self.expected("`else`").help(
                    "an `if` within an expression has a value either way: `if c { a } else { b }`",
                ));
            }
            if self.peek().kind != TokenKind::Name("if") {
                break self.braced()?;
            }
        };
        arms.into_iter()
            .rev()
            .try_fold(last, |otherwise, (start, condition, then)| {
                let range = start..otherwise.range.end;
                let below = condition.height.max(then.height).max(otherwise.height);
                let kind = ExprKind::If(
                    Box::new(condition.expr),
                    Box::new(then.expr),
                    Box::new(otherwise.expr),
                );
                self.part(kind, range, below)
            })
    }

    fn braced(&mut self) -> Parsed {
        let start = self.peek().range.start;
        if !self.take_sign("{") {
            return Err(self.expected("`{`").help("write `if c { a } else { b }`"));
        }
        let mut part = self.expression()?;
        part.range = start..self.want_sign("}")?;
        Ok(part)
    }
}
