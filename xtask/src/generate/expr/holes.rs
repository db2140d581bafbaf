//! Text with holes: `Welcome, {me.name}`, in which `{{` and `}}` are braces.

use std::ops::Range;

use super::Mistake;
use crate::generate::ast::{Expr, ExprKind};
use crate::generate::diagnostic::{Code, Diagnostics};
use crate::generate::yaml::Scalar;

/// Parses text with holes; [`ExprKind::Error`] where the text was wrong, which was reported.
pub fn parse_text(scalar: &Scalar, diagnostics: &mut Diagnostics) -> Expr {
    let span = scalar.place(0..scalar.text.len());
    let parts = match parts(&scalar.text) {
        Ok(parts) => parts,
        Err(mistake) => {
            mistake.report(scalar, diagnostics);
            return Expr {
                kind: ExprKind::Error,
                span,
            };
        }
    };
    let parts = parts.into_iter().map(|part| match part {
        Part::Plain(text) => Expr {
            kind: ExprKind::Text(text),
            span,
        },
        Part::Hole(range) => super::parse(&scalar.part(range), diagnostics),
    });
    Expr {
        kind: ExprKind::Holes(parts.collect()),
        span,
    }
}

enum Part {
    /// Text as it is, without doubled braces.
    Plain(String),
    /// The expression that stands there.
    Hole(Range<usize>),
}

fn parts(text: &str) -> Result<Vec<Part>, Box<Mistake>> {
    let mut parts = Vec::new();
    let mut plain = String::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let doubled = text[at..].starts_with("{{") || text[at..].starts_with("}}");
        match c {
            '{' | '}' if doubled => {
                plain.push(c);
                at += 2;
            }
            '{' => {
                let end = end_of_hole(text, at)?;
                if !plain.is_empty() {
                    parts.push(Part::Plain(std::mem::take(&mut plain)));
                }
                parts.push(Part::Hole(at + 1..end));
                at = end + 1;
            }
            '}' => {
                return Err(Mistake::new(
                    Code::BadText,
                    at..at + 1,
                    "`}` ends no hole".to_owned(),
                    "no `{` before it",
                )
                .help("a brace that is text is written twice: `}}`"));
            }
            _ => {
                plain.push(c);
                at += c.len_utf8();
            }
        }
    }
    if !plain.is_empty() || parts.is_empty() {
        parts.push(Part::Plain(plain));
    }
    Ok(parts)
}

/// Where the `}` stands that ends the hole which begins at `start`: braces and texts inside it are
/// its own.
fn end_of_hole(text: &str, start: usize) -> Result<usize, Box<Mistake>> {
    let mut open = 0_usize;
    let mut quoted = false;
    let mut escaped = false;
    for (at, c) in text[start..].char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            '{' if !quoted => open += 1,
            '}' if !quoted && open == 1 => return Ok(start + at),
            '}' if !quoted => open -= 1,
            _ => {}
        }
    }
    Err(Mistake::new(
        Code::BadText,
        start..text.len(),
        "this hole has no end".to_owned(),
        "no `}` for this `{`",
    )
    .help("end it with `}`; a brace that is text is written twice: `{{`"))
}
