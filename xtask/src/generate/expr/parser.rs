//! Tokens to an expression, by precedence: `or`, `and`, `not`, comparisons, `+ -`, `* / %`, `-a`,
//! then what stands behind an operand. Operands themselves are read in [`super::operand`].

use std::ops::Range;

use super::lexer::{Token, TokenKind};
use super::{MAX_HEIGHT, Mistake, WORDS};
use crate::generate::ast::{BinaryOp, Each, Expr, ExprKind, UnaryOp};
use crate::generate::diagnostic::Code;
use crate::generate::source::{Name, Span, Spanned};
use crate::generate::yaml::Scalar;

/// A part of an expression, its place in the text, and how many levels it holds.
pub(super) struct Part {
    pub expr: Expr,
    pub range: Range<usize>,
    pub height: usize,
}

pub(super) type Parsed<T = Part> = Result<T, Box<Mistake>>;

const OR: u8 = 1;
const AND: u8 = 2;
const NOT: u8 = 3;
const COMPARE: u8 = 4;
const ADD: u8 = 5;
const MULTIPLY: u8 = 6;
const UNARY: u8 = 7;

/// Reads one scalar.
pub(super) struct Parser<'a> {
    pub scalar: &'a Scalar,
    tokens: Vec<Token<'a>>,
    at: usize,
    depth: usize,
}

impl<'a> Parser<'a> {
    pub fn new(scalar: &'a Scalar, tokens: Vec<Token<'a>>) -> Self {
        Self {
            scalar,
            tokens,
            at: 0,
            depth: 0,
        }
    }

    /// The whole text as one expression.
    pub fn whole(mut self) -> Parsed<Expr> {
        if self.scalar.text.trim().is_empty() {
            return Err(self
                .expected("an expression")
                .help("an empty text within an expression is `'\"\"'`"));
        }
        let part = self.expression()?;
        if self.peek().kind == TokenKind::End {
            return Ok(part.expr);
        }
        Err(self.leftover())
    }

    /// `x in list` or `x, i in list`.
    pub fn each(mut self) -> Parsed<Each> {
        let item = self.binder()?;
        let index = if self.take_sign(",") {
            Some(self.binder()?)
        } else {
            None
        };
        if !self.take_word("in") {
            return Err(self
                .expected("`in`")
                .help("write `x in list`, or `x, i in list` with the index"));
        }
        let list = self.whole()?;
        Ok(Each { item, index, list })
    }

    /// An expression, up to what cannot be part of it.
    pub fn expression(&mut self) -> Parsed {
        self.binary(OR)
    }

    fn binary(&mut self, min: u8) -> Parsed {
        self.depth += 1;
        if self.depth > MAX_HEIGHT {
            return Err(self.too_deep());
        }
        let mut left = self.prefix(min)?;
        while let Some((op, level)) = self.operator().filter(|(_, level)| *level >= min) {
            let place = self.advance().range;
            let right = self.binary(level + 1)?;
            if level == COMPARE && self.operator().is_some_and(|(_, next)| next == COMPARE) {
                return Err(self.chained(&left, &place, &right));
            }
            let op = Spanned {
                value: op,
                span: self.scalar.place(place),
            };
            let range = left.range.start..right.range.end;
            let height = left.height.max(right.height);
            let kind = ExprKind::Binary(Box::new(left.expr), op, Box::new(right.expr));
            left = self.part(kind, range, height)?;
        }
        self.depth -= 1;
        Ok(left)
    }

    fn prefix(&mut self, min: u8) -> Parsed {
        let start = self.peek().range.start;
        if self.peek().kind == TokenKind::Name("not") {
            if min > NOT {
                return Err(self
                    .expected("a value")
                    .help("put parentheses around `not ...`"));
            }
            self.advance();
            let operand = self.binary(NOT)?;
            return self.unary(UnaryOp::Not, start, operand);
        }
        if !self.take_sign("-") {
            return self.operand();
        }
        if let TokenKind::Number(text) = self.peek().kind {
            // The least int has no positive counterpart: the sign belongs to the number.
            let end = self.advance().range.end;
            return self.number(&format!("-{text}"), start..end);
        }
        let operand = self.binary(UNARY)?;
        self.unary(UnaryOp::Neg, start, operand)
    }

    fn unary(&mut self, op: UnaryOp, start: usize, operand: Part) -> Parsed {
        let range = start..operand.range.end;
        let kind = ExprKind::Unary(op, Box::new(operand.expr));
        self.part(kind, range, operand.height)
    }

    fn operator(&self) -> Option<(BinaryOp, u8)> {
        let sign = match self.peek().kind {
            TokenKind::Sign(sign) => sign,
            TokenKind::Name(word) => word,
            _ => return None,
        };
        Some(match sign {
            "or" => (BinaryOp::Or, OR),
            "and" => (BinaryOp::And, AND),
            "==" => (BinaryOp::Eq, COMPARE),
            "!=" => (BinaryOp::Ne, COMPARE),
            "<" => (BinaryOp::Lt, COMPARE),
            "<=" => (BinaryOp::Le, COMPARE),
            ">" => (BinaryOp::Gt, COMPARE),
            ">=" => (BinaryOp::Ge, COMPARE),
            "+" => (BinaryOp::Add, ADD),
            "-" => (BinaryOp::Sub, ADD),
            "*" => (BinaryOp::Mul, MULTIPLY),
            "/" => (BinaryOp::Div, MULTIPLY),
            "%" => (BinaryOp::Rem, MULTIPLY),
            _ => return None,
        })
    }

    /// A part one level above the highest of its own parts.
    pub fn part(&self, kind: ExprKind, range: Range<usize>, below: usize) -> Parsed {
        if below >= MAX_HEIGHT {
            return Err(self.too_deep());
        }
        let span = self.span(range.clone());
        Ok(Part {
            expr: Expr { kind, span },
            range,
            height: below + 1,
        })
    }

    /// A name that a part of the expression binds.
    fn binder(&mut self) -> Parsed<Name> {
        match self.peek().kind {
            TokenKind::Name(word) if !WORDS.contains(&word) => Ok(self.name(word)),
            _ => Err(self.expected("a name")),
        }
    }

    /// The name that the next token is.
    pub fn name(&mut self, word: &str) -> Name {
        let range = self.advance().range;
        Name {
            value: word.to_owned(),
            span: self.span(range),
        }
    }

    pub fn span(&self, range: Range<usize>) -> Span {
        self.scalar.place(range)
    }

    pub fn peek(&self) -> &Token<'a> {
        // The last token is `End`, and is never passed.
        &self.tokens[self.at]
    }

    /// Whether a sign comes behind the next token.
    pub fn sign_follows(&self, sign: &str) -> bool {
        let next = self.tokens.get(self.at + 1);
        next.is_some_and(|token| matches!(token.kind, TokenKind::Sign(s) if s == sign))
    }

    /// Takes the next token.
    pub fn advance(&mut self) -> Token<'a> {
        let token = self.peek().clone();
        self.at = (self.at + 1).min(self.tokens.len() - 1);
        token
    }

    pub fn take_sign(&mut self, sign: &str) -> bool {
        let takes = matches!(self.peek().kind, TokenKind::Sign(s) if s == sign);
        if takes {
            self.advance();
        }
        takes
    }

    pub fn take_word(&mut self, word: &str) -> bool {
        let takes = matches!(self.peek().kind, TokenKind::Name(w) if w == word);
        if takes {
            self.advance();
        }
        takes
    }

    /// Takes a sign that must be there; gives where it ends.
    pub fn want_sign(&mut self, sign: &'static str) -> Parsed<usize> {
        let end = self.peek().range.end;
        if self.take_sign(sign) {
            Ok(end)
        } else {
            Err(self.expected(&format!("`{sign}`")))
        }
    }

    /// What is said where the next token is not what the grammar wants.
    pub fn expected(&self, what: &str) -> Box<Mistake> {
        let token = self.peek();
        let found = match &token.kind {
            TokenKind::End => "the expression ends here".to_owned(),
            _ => format!("found `{}`", &self.scalar.text[token.range.clone()]),
        };
        Mistake::new(
            Code::Expected,
            token.range.clone(),
            format!("expected {what}"),
            &found,
        )
    }

    fn leftover(&self) -> Box<Mistake> {
        let mistake = self.expected("an operator or the end");
        let only_words = self
            .tokens
            .iter()
            .all(|token| matches!(token.kind, TokenKind::Name(_) | TokenKind::End));
        match self.peek().kind {
            TokenKind::Name(word @ ("AND" | "And" | "OR" | "Or")) => {
                mistake.help(format!("write `{}`", word.to_lowercase()))
            }
            TokenKind::Sign(")" | "]" | "}") => mistake.help("it closes nothing"),
            TokenKind::Sign("(") => {
                mistake.help("functions are called by their name alone, as in `min(a, b)`")
            }
            _ if only_words => mistake.help(format!(
                "a text stands in double quotes within the expression: `'\"{}\"'`",
                self.scalar.text
            )),
            _ => mistake,
        }
    }

    fn chained(&self, left: &Part, op: &Range<usize>, middle: &Part) -> Box<Mistake> {
        let text = &self.scalar.text;
        let next = self.peek().range.clone();
        let [a, first, b, second] =
            [&left.range, op, &middle.range, &next].map(|range| &text[range.clone()]);
        Mistake::new(
            Code::ChainedComparison,
            next,
            "comparisons do not chain".to_owned(),
            "a second comparison",
        )
        .help(format!("write `{a} {first} {b} and {b} {second} ...`"))
    }

    pub fn too_deep(&self) -> Box<Mistake> {
        Mistake::new(
            Code::ExpressionTooDeep,
            0..self.scalar.text.len(),
            "this expression is too long or nested too deeply".to_owned(),
            &format!("more than {MAX_HEIGHT} levels"),
        )
        .help("give parts of it names with `let`")
    }
}
