//! The step `allow`.

use super::Reader;
use super::form::Entries;
use super::value::error_expr;
use crate::generate::ast::{Allow, Calendar, Per, StepKind};
use crate::generate::diagnostic::{Code, nearest};
use crate::generate::source::{Span, Spanned};
use crate::generate::yaml::Node;

/// The longest window, in days: what counts for longer belongs into a table.
const MAX_DAYS: i64 = 3_660;

/// The lengths of windows, and their milliseconds.
const UNITS: [(&str, i64); 4] = [
    ("s", 1_000),
    ("m", 60_000),
    ("h", 3_600_000),
    ("d", 86_400_000),
];

impl Reader<'_> {
    pub fn allow(&mut self, parts: &Entries<'_>, value: &Node) -> Option<StepKind> {
        let max = self.expr_of(parts, "max");
        if parts.get("max").is_none() {
            self.missing(parts, "max", "say how many uses a window has: `max: 3`");
        }
        let per = self.per(parts);
        let by = self.expr_of(parts, "by");
        let uses = self.expr_of(parts, "uses");
        let error = self.name_of(parts, "else");
        if parts.get("else").is_none() {
            let help = "name the error that the function ends with: `else: too_often`";
            self.missing(parts, "else", help);
        }
        let data = parts.entry("data");
        let data = data.map(|(key, node)| self.template(node, key.span));
        let bind = self.bind_of(parts);
        Some(StepKind::Allow(Box::new(Allow {
            name: self.name(value, "what is counted", parts.place)?,
            max: max.unwrap_or_else(|| error_expr(parts.place)),
            per,
            by,
            uses,
            error,
            data,
            bind,
        })))
    }

    /// `per: day`, `per: 90s`
    fn per(&mut self, parts: &Entries<'_>) -> Option<Spanned<Per>> {
        let Some((key, node)) = parts.entry("per") else {
            let help = "say in which window uses are counted: `per: day`";
            self.missing(parts, "per", help);
            return None;
        };
        self.window(node, "`per`", key.span)
    }

    /// A window of time: `day`, `90s`.
    pub fn window(&mut self, node: &Node, what: &str, owner: Span) -> Option<Spanned<Per>> {
        let text = &self.scalar(node, what, owner)?.text;
        let span = node.span;
        let calendar = Calendar::ALL.iter().find(|(word, _)| word == text);
        if let Some((_, calendar)) = calendar {
            let value = Per::Calendar(*calendar);
            return Some(Spanned { value, span });
        }
        let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (count, unit) = text.split_at(digits);
        let unit_ms = UNITS.iter().find(|(word, _)| *word == unit);
        let Some((_, unit_ms)) = unit_ms.filter(|_| digits > 0) else {
            let words = Calendar::ALL.map(|(word, _)| word);
            let help = match nearest(text, words.into_iter()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "write `hour`, `day`, `week`, `month`, or a length such as `90s`, `15m`, \
                         `12h` or `3d`"
                    .to_owned(),
            };
            self.diagnostics
                .error(
                    Code::UnknownWord,
                    span,
                    format!("{what} cannot be `{}`", text.escape_debug()),
                    "no window of time",
                )
                .help(help);
            return None;
        };
        let ms = count
            .parse()
            .ok()
            .and_then(|n: i64| n.checked_mul(*unit_ms));
        match ms.filter(|ms| (1..=MAX_DAYS * 86_400_000).contains(ms)) {
            Some(ms) => Some(Spanned {
                value: Per::Ms(ms),
                span,
            }),
            None => {
                self.diagnostics
                    .error(
                        Code::BadNumber,
                        span,
                        format!("a window has from 1s to {MAX_DAYS}d"),
                        "too short or too long",
                    )
                    .help("write a length such as `90s`, `15m`, `12h` or `3d`");
                None
            }
        }
    }
}
