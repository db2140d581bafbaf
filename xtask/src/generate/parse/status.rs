//! Errors and outcomes: a name, a status and a message.

use super::Reader;
use super::form::Entries;
use crate::generate::ast::Status;
use crate::generate::diagnostic::Code;
use crate::generate::source::{Name, Spanned};
use crate::generate::yaml::{Kind, Node, quoted};

/// The greatest status: clients hold it in 32 bits.
const STATUS_MAX: i64 = i32::MAX as i64;

impl Reader<'_> {
    /// `errors:` or `outcomes:`
    pub fn statuses_of(&mut self, entries: &Entries<'_>, key: &str) -> Vec<Status> {
        let Some((at, node)) = entries.entry(key) else {
            return Vec::new();
        };
        let item = if key == "outcomes" {
            "an outcome"
        } else {
            "an error"
        };
        self.named(node, &format!("`{key}`"), item, at.span)
            .into_iter()
            .map(|(name, node)| match self.status(&name, node) {
                Some(status) => status,
                None => reported_status(name),
            })
            .collect()
    }

    /// `[2, insufficient materials]`; `None` where it is none, which was reported.
    fn status(&mut self, name: &Name, node: &Node) -> Option<Status> {
        const HELP: &str = "write `[status, message]`, such as `[2, insufficient materials]`";
        let what = format!("`{}`", name.value);
        let items = match &node.kind {
            Kind::Sequence(items) => items,
            Kind::Broken => return None,
            Kind::Empty => {
                self.empty(name.span, &what);
                return None;
            }
            _ => {
                self.wrong_shape(node, &what, "a list").push_str(HELP);
                return None;
            }
        };
        let (status, message) = match items.as_slice() {
            [message, status] if is_number(status) && !is_number(message) => {
                self.swapped(&what, message);
                return None;
            }
            [status, message] => (status, message),
            [status, message @ ..] if message.len() > 1 => {
                self.split_message(status, message);
                (status, &message[0])
            }
            _ => {
                self.diagnostics
                    .error(
                        Code::MissingPart,
                        node.span,
                        format!("{what} lacks its message"),
                        "a status and a message belong here",
                    )
                    .help(HELP);
                return None;
            }
        };
        Some(Status {
            status: self
                .int(status, "a status", name.span, (0, STATUS_MAX))
                .unwrap_or_else(|| stand_in(name)),
            message: self
                .text(message, "a message", name.span)
                .unwrap_or_else(|| name.clone()),
            name: name.clone(),
        })
    }

    fn swapped(&mut self, what: &str, message: &Node) {
        self.diagnostics
            .error(
                Code::BadNumber,
                message.span,
                format!("the status of {what} stands behind its message"),
                "a number belongs here",
            )
            .help("write the status first: `[2, insufficient materials]`");
    }

    fn split_message(&mut self, status: &Node, message: &[Node]) {
        let text = |node: &Node| match &node.kind {
            Kind::Scalar(scalar) => scalar.text.clone(),
            _ => "...".to_owned(),
        };
        let mut place = status.span;
        if let [first, .., last] = message {
            place = first.span;
            place.end = last.span.end.max(place.end);
        }
        let whole: Vec<String> = message.iter().map(text).collect();
        self.diagnostics
            .error(
                Code::QuoteIt,
                place,
                "YAML took this message apart at the comma",
                "more than one item to YAML",
            )
            .help(format!(
                "quote it: `[{}, {}]`",
                text(status),
                quoted(&whole.join(", "))
            ));
    }
}

fn is_number(node: &Node) -> bool {
    matches!(&node.kind, Kind::Scalar(scalar) if scalar.text.parse::<i64>().is_ok())
}

/// Stands for an error that was reported, so that steps may name it.
fn reported_status(name: Name) -> Status {
    Status {
        status: stand_in(&name),
        message: name.clone(),
        name,
    }
}

/// Stands for a number that was reported: different from every other, so that nothing follows.
pub(super) fn stand_in(name: &Name) -> Spanned<i64> {
    Spanned {
        value: STATUS_MAX - i64::from(name.span.start),
        span: name.span,
    }
}
