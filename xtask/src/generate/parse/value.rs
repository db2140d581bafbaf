//! Single values: texts, numbers, truth values, words, expressions.

use super::Reader;
use super::form::Entries;
use crate::generate::ast::{Assign, Expr, ExprKind, Number};
use crate::generate::diagnostic::{Code, did_you_mean};
use crate::generate::expr;
use crate::generate::source::{Name, Span, Spanned};
use crate::generate::yaml::{Key, Kind, Node, Scalar};

impl Reader<'_> {
    /// A scalar; anything else is reported.
    pub fn scalar<'n>(&mut self, node: &'n Node, what: &str, owner: Span) -> Option<&'n Scalar> {
        match &node.kind {
            Kind::Scalar(scalar) => Some(scalar),
            Kind::Broken => None,
            Kind::Empty => {
                self.empty(owner, what);
                None
            }
            Kind::Sequence(_) | Kind::Mapping(_) => {
                self.diagnostics.error(
                    Code::WrongShape,
                    node.span,
                    format!("{what} must be a single value"),
                    match node.kind {
                        Kind::Sequence(_) => "this is a list",
                        _ => "this is a mapping",
                    },
                );
                None
            }
        }
    }

    /// Any text.
    pub fn text(&mut self, node: &Node, what: &str, owner: Span) -> Option<Name> {
        let scalar = self.scalar(node, what, owner)?;
        Some(Name {
            value: scalar.text.clone(),
            span: node.span,
        })
    }

    /// The text of a key that may be left out.
    pub fn text_of(&mut self, entries: &Entries<'_>, key: &str) -> Option<Name> {
        let (at, node) = entries.entry(key)?;
        self.text(node, &format!("`{key}`"), at.span)
    }

    /// An int within bounds.
    pub fn int(
        &mut self,
        node: &Node,
        what: &str,
        owner: Span,
        bounds: (i64, i64),
    ) -> Option<Spanned<i64>> {
        let scalar = self.scalar(node, what, owner)?;
        let (least, greatest) = bounds;
        match scalar.text.parse() {
            Ok(value) if (least..=greatest).contains(&value) => Some(Spanned {
                value,
                span: node.span,
            }),
            _ => {
                let help = comment_behind(&scalar.text);
                self.diagnostics
                    .error(
                        Code::BadNumber,
                        node.span,
                        format!("{what} must be a whole number from {least} to {greatest}"),
                        "not one",
                    )
                    .maybe_help(help);
                None
            }
        }
    }

    /// `min` or `max`: a number as it is written.
    pub fn number_of(&mut self, entries: &Entries<'_>, key: &str) -> Option<Number> {
        let (at, node) = entries.entry(key)?;
        let what = format!("`{key}`");
        let text = self.scalar(node, &what, at.span)?.text.clone();
        let digits = text.strip_prefix('-').unwrap_or(&text);
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        let fits = text.contains('.') || text.parse::<i64>().is_ok();
        if is_digits(whole) && is_digits(fraction) && fits {
            return Some(Number {
                text,
                span: node.span,
            });
        }
        let (message, help) = if is_digits(digits) {
            let message = format!("`{text}` is more than an int holds");
            let help = format!(
                "an int goes from {} to {}; of a float, write `{text}.0`",
                i64::MIN,
                i64::MAX
            );
            (message, Some(help))
        } else if text.contains(['e', 'E']) && text.parse::<f64>().is_ok() {
            let message = format!("{what} must be a number, such as `20` or `0.5`");
            (
                message,
                Some("write all its digits, without an `e`".to_owned()),
            )
        } else {
            let message = format!("{what} must be a number, such as `20` or `0.5`");
            (message, comment_behind(&text))
        };
        self.diagnostics
            .error(Code::BadNumber, node.span, message, "not one")
            .maybe_help(help);
        None
    }

    /// `true` or `false`: gives the place where it is true.
    pub fn flag_of(&mut self, entries: &Entries<'_>, key: &str) -> Option<Span> {
        let (at, node) = entries.entry(key)?;
        let what = format!("`{key}`");
        let word = self.scalar(node, &what, at.span)?;
        match word.text.as_str() {
            "true" => Some(node.span),
            "false" => None,
            other => {
                let help = match other.to_lowercase().as_str() {
                    "true" | "yes" | "on" | "1" => "write `true`",
                    _ => "write `true`, or leave it out",
                };
                self.unknown_word(node.span, &what, other).push_str(help);
                None
            }
        }
    }

    /// One of a few words; gives its place among them.
    pub fn word(&mut self, node: &Node, what: &str, owner: Span, words: &[&str]) -> Option<usize> {
        let text = &self.scalar(node, what, owner)?.text;
        let found = words.iter().position(|word| word == text);
        if found.is_none() {
            let help = did_you_mean(text, words.iter().copied()).unwrap_or_default();
            self.unknown_word(node.span, what, text).push_str(&help);
        }
        found
    }

    fn unknown_word(&mut self, place: Span, what: &str, word: &str) -> &mut String {
        self.diagnostics
            .error(
                Code::UnknownWord,
                place,
                format!("{what} cannot be `{}`", word.escape_debug()),
                "unknown word",
            )
            .help
            .get_or_insert_default()
    }

    /// An expression; a list of YAML is one of expressions.
    pub fn expr(&mut self, node: &Node, what: &str, owner: Span) -> Expr {
        let kind = match &node.kind {
            Kind::Scalar(scalar) => return expr::parse(scalar, self.diagnostics),
            Kind::Sequence(items) => ExprKind::List(
                items
                    .iter()
                    .map(|item| self.expr(item, what, item.span))
                    .collect(),
            ),
            Kind::Mapping(entries) if self.is_each(entries) => ExprKind::Error,
            Kind::Mapping(entries) => match entries.as_slice() {
                [(key, _)] if key.text == "text" => return self.holes(entries, node.span),
                entries => ExprKind::Record(
                    entries
                        .iter()
                        .map(|(key, node)| {
                            let name = self.key_name(key, "a field of a record");
                            (name, self.expr(node, "a field of a record", key.span))
                        })
                        .collect(),
                ),
            },
            Kind::Empty => {
                self.empty(owner, what);
                ExprKind::Error
            }
            Kind::Broken => ExprKind::Error,
        };
        Expr {
            kind,
            span: node.span,
        }
    }

    /// Whether a mapping goes through a list as replies do, which a value does not: that is reported.
    fn is_each(&mut self, entries: &[(Key, Node)]) -> bool {
        let each = entries.iter().find(|(key, _)| key.text == "each");
        let Some((key, Kind::Scalar(scalar))) = each.map(|(key, node)| (key, &node.kind)) else {
            return false;
        };
        let Some((names, list)) = scalar.text.split_once(" in ") else {
            return false;
        };
        let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | ',' | ' ');
        if !names.chars().all(is_word) {
            return false;
        }
        self.diagnostics
            .error(
                Code::WrongShape,
                key.span,
                "`each` goes through a list in a `return` and in `data`, nowhere else",
                "in a value",
            )
            .help(format!(
                "go through it in a step above: `- for: {names} in {list}`, with `give` and `as`; then that name is \
                 the list"
            ));
        true
    }

    /// `{ text: "Welcome, {me.name}" }`, whose one entry is given.
    pub fn holes(&mut self, entries: &[(Key, Node)], owner: Span) -> Expr {
        let text = entries
            .first()
            .and_then(|(key, node)| self.scalar(node, "`text`", key.span));
        match text {
            Some(scalar) => expr::parse_text(scalar, self.diagnostics),
            None => error_expr(owner),
        }
    }

    /// The expression of a key that may be left out.
    pub fn expr_of(&mut self, entries: &Entries<'_>, key: &str) -> Option<Expr> {
        let (at, node) = entries.entry(key)?;
        Some(self.expr(node, &format!("`{key}`"), at.span))
    }

    /// `{ name: expr }`
    pub fn assigns(&mut self, node: &Node, what: &str, item: &str, owner: Span) -> Vec<Assign> {
        self.named(node, what, item, owner)
            .into_iter()
            .map(|(name, node)| {
                let value = self.expr(node, &format!("`{}`", name.value), name.span);
                Assign { name, value }
            })
            .collect()
    }
}

/// What stands for an expression that was reported.
pub(super) fn error_expr(span: Span) -> Expr {
    Expr {
        kind: ExprKind::Error,
        span,
    }
}

/// What to write for a number with a comment behind it that is none to YAML.
fn comment_behind(text: &str) -> Option<String> {
    let (number, comment) = text.split_once('#').or(text.split_once("//"))?;
    let number: i64 = number.trim().parse().ok()?;
    let comment = comment.trim();
    Some(format!(
        "a comment begins with a space and a `#`: `{number} # {comment}`"
    ))
}
