//! Values that the database computes from a row's columns.

use super::Sql;
use super::query::Parameters;

/// A value of a statement that changes rows.
#[derive(Clone, Debug, PartialEq)]
pub enum Term {
    /// A parameter.
    Parameter,
    /// What the column holds before.
    Column(usize),
    /// The sum of two numbers.
    Add(Number, Box<Term>, Box<Term>),
    /// Their difference.
    Subtract(Number, Box<Term>, Box<Term>),
    /// Their product.
    Multiply(Number, Box<Term>, Box<Term>),
    /// The smaller of two.
    Least(Box<Term>, Box<Term>),
    /// The greater of two.
    Greatest(Box<Term>, Box<Term>),
    /// The first, or the second where the first is NULL.
    Coalesce(Box<Term>, Box<Term>),
    /// An int as a float.
    Float(Box<Term>),
    /// The other bool.
    Not(Box<Term>),
}

impl Term {
    /// Whether it is computed from that column.
    pub(super) fn reads(&self, column: usize) -> bool {
        match self {
            Self::Parameter => false,
            Self::Column(at) => *at == column,
            Self::Float(of) | Self::Not(of) => of.reads(column),
            Self::Add(_, a, b)
            | Self::Subtract(_, a, b)
            | Self::Multiply(_, a, b)
            | Self::Least(a, b)
            | Self::Greatest(a, b)
            | Self::Coalesce(a, b) => a.reads(column) || b.reads(column),
        }
    }
}

/// What arithmetic is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Number {
    /// 64-bit integers.
    Int,
    /// 64-bit floats.
    Float,
}

/// A result of arithmetic that must be a number of its kind.
#[derive(Clone, Debug, PartialEq)]
pub struct Computed {
    /// As SQL.
    pub sql: String,
    /// What it must be.
    pub number: Number,
}

impl Sql<'_> {
    /// A term, which fails the statement where arithmetic in it overflows.
    pub(super) fn term(&self, term: &Term, next: &mut Parameters<'_>) -> String {
        let mut computed = Vec::new();
        let value = self.part(term, next, &mut computed);
        self.dialect.checked(&value, &computed)
    }

    fn part(&self, term: &Term, next: &mut Parameters<'_>, computed: &mut Vec<Computed>) -> String {
        match term {
            Term::Parameter => next.place(),
            Term::Column(at) => self.column(*at),
            Term::Least(a, b) => {
                let (a, b) = (self.part(a, next, computed), self.part(b, next, computed));
                self.dialect.least(&a, &b)
            }
            Term::Greatest(a, b) => {
                let (a, b) = (self.part(a, next, computed), self.part(b, next, computed));
                self.dialect.greatest(&a, &b)
            }
            Term::Coalesce(a, b) => {
                let (a, b) = (self.part(a, next, computed), self.part(b, next, computed));
                format!("COALESCE({a}, {b})")
            }
            Term::Float(of) => {
                let of = self.part(of, next, computed);
                format!("CAST({of} AS {})", self.words.float)
            }
            Term::Not(of) => self.dialect.not(&self.part(of, next, computed)),
            Term::Add(number, a, b) => self.result(*number, "+", [a, b], next, computed),
            Term::Subtract(number, a, b) => self.result(*number, "-", [a, b], next, computed),
            Term::Multiply(number, a, b) => self.result(*number, "*", [a, b], next, computed),
        }
    }

    /// Arithmetic that no other of its kind goes on with: an overflow inside shows in its result.
    fn result(
        &self,
        number: Number,
        sign: &str,
        operands: [&Term; 2],
        next: &mut Parameters<'_>,
        computed: &mut Vec<Computed>,
    ) -> String {
        let sql = self.arithmetic(number, sign, operands, next, computed);
        computed.push(Computed {
            sql: sql.clone(),
            number,
        });
        sql
    }

    fn arithmetic(
        &self,
        number: Number,
        sign: &str,
        operands: [&Term; 2],
        next: &mut Parameters<'_>,
        computed: &mut Vec<Computed>,
    ) -> String {
        let [a, b] = operands.map(|term| {
            let (inside, sign, operands) = match term {
                Term::Add(inside, a, b) => (*inside, "+", [&**a, &**b]),
                Term::Subtract(inside, a, b) => (*inside, "-", [&**a, &**b]),
                Term::Multiply(inside, a, b) => (*inside, "*", [&**a, &**b]),
                _ => return self.part(term, next, computed),
            };
            let sql = if inside == number {
                self.arithmetic(inside, sign, operands, next, computed)
            } else {
                self.result(inside, sign, operands, next, computed)
            };
            format!("({sql})")
        });
        let sign = match (number, sign) {
            (Number::Int, "-") => self.words.int_minus,
            _ => sign,
        };
        match (number, sign) {
            (Number::Float, "*") => self.dialect.product(&a, &b),
            _ => format!("{a} {sign} {b}"),
        }
    }
}
