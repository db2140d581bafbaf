//! Expressions: operators, chains of calls, and what they begin with.

use super::super::tokens::Kind;
use super::cursor::Printer;
use super::layout::{Breaks, INDENT, Mark};

/// What was laid out, as far as what stands around it asks.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Shown {
    pub(super) form: Form,
    /// Where it breaks, what follows it begins a line.
    pub(super) wraps: bool,
}

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Form {
    /// An array, a tuple, a struct, a block, a closure: it keeps its brackets on the line around it.
    Enclosed,
    /// `if` and the like; whether it is a statement that takes no semicolon.
    Flow(bool),
    Match,
    /// A call of a function.
    Call,
    /// `return`, an assignment: a statement that wants a semicolon.
    Act,
    /// A name of at most four letters.
    ShortName,
    Other,
}

impl Form {
    /// Whether it ends a statement by itself.
    pub(super) fn is_flow(self) -> bool {
        matches!(self, Self::Flow(_) | Self::Match)
    }
}

impl Shown {
    pub(super) const fn new(form: Form) -> Self {
        Self { form, wraps: false }
    }

    pub(super) const OPERATION: Self = Self {
        form: Form::Other,
        wraps: true,
    };
}

/// How tightly an operator holds, from 1.
pub(super) fn level(operator: &str) -> Option<u8> {
    Some(match operator {
        "||" => 1,
        "&&" => 2,
        "==" | "!=" | "<" | ">" | "<=" | ">=" => 3,
        "|" => 4,
        "^" => 5,
        "&" => 6,
        "+" | "-" => 7,
        "*" | "/" | "%" => 8,
        "as" => 9,
        _ => return None,
    })
}

/// What a `let` within a condition holds at least.
pub(super) const ABOVE_AND: u8 = 3;

impl Printer<'_> {
    /// An expression that stands in something.
    pub(super) fn expr(&mut self) -> Shown {
        self.expr_at(false)
    }

    /// An expression; `first` of a line it is where it is a statement.
    pub(super) fn expr_at(&mut self, first: bool) -> Shown {
        let mark = self.layout.mark();
        let left = self.operation(0, first);
        let sign = self.next().text;
        if self.skip("=") {
            self.layout.begin_at(mark, 0, Breaks::AsNeeded);
            self.layout.word(" = ");
            self.layout.never();
            self.expr();
        } else if sign.len() == 2 && sign.ends_with('=') {
            // `+=` and the like: a comparison would be a part of what is on the left.
            self.operand_before(mark);
            self.take();
            self.layout.word(" ");
            self.expr();
        } else {
            return left;
        }
        self.layout.end();
        Shown {
            form: Form::Act,
            wraps: true,
        }
    }

    /// Operators that hold at least as tightly as `least`, and ranges.
    pub(super) fn operation(&mut self, least: u8, first: bool) -> Shown {
        let mark = self.layout.mark();
        let mut shown = match self.is("..") {
            true => Shown::new(Form::Other),
            false => self.unary(first),
        };
        let over = first && shown.form.is_flow();
        while !over && let Some(level) = self.operator().filter(|level| *level >= least) {
            self.operand_before(mark);
            if self.word_for("as", "as ") {
                self.ty();
            } else {
                self.take();
                self.layout.word(" ");
                self.operation(level + 1, false);
            }
            self.layout.end();
            shown = Shown::OPERATION;
        }
        if least == 0 && (self.is("..") || self.is("..=")) {
            self.take();
            let ends = self.closes() || [",", ";", "=>", "{"].iter().any(|end| self.is(end));
            shown = match ends {
                true => Shown::new(Form::Other),
                false => self.operation(1, false),
            };
            shown.form = Form::Other;
        }
        shown
    }

    /// Begins the group of an operator at its first operand, which is over.
    fn operand_before(&mut self, mark: Mark) {
        self.layout.begin_at(mark, -INDENT, Breaks::AsNeeded);
        self.layout.begin_at(mark, INDENT, Breaks::AsNeeded);
        self.layout.end();
        self.layout.space();
    }

    fn operator(&self) -> Option<u8> {
        let token = self.next();
        match token.kind {
            Kind::Sign | Kind::Word => level(token.text),
            _ => None,
        }
    }

    fn unary(&mut self, first: bool) -> Shown {
        match self.next().text {
            "&" | "&&" | "-" | "!" | "*" if self.next().kind == Kind::Sign => {
                self.take();
                self.word_for("mut", "mut ");
                Shown {
                    form: Form::Other,
                    ..self.unary(false)
                }
            }
            _ => self.chain(first),
        }
    }
}
