//! `runs:`, in place of `access` and `args`.

use super::Reader;
use super::form::{Entries, Form};
use super::step::is_empty_mapping;
use crate::generate::ast::{Assign, Field, Runs, When};
use crate::generate::diagnostic::Code;
use crate::generate::source::{Name, Span};
use crate::generate::yaml::{Key, Kind, Node};

pub(super) const RUNS: Form = Form {
    what: "`runs`",
    keys: &["on"],
    later: &["after", "every"],
};

/// What happens that a function can run on.
const EVENTS: [&str; 1] = ["player_created"];

const HELP: &str = "write `on: player_created`, `after: { manager.function: {} }` or `every: hour`";

impl Reader<'_> {
    /// `runs:` of a function.
    pub fn runs(&mut self, function: &Entries<'_>) -> Option<Runs> {
        let (key, node) = function.entry("runs")?;
        for (other, why) in [
            ("access", "nobody calls it: the server runs it by itself"),
            (
                "args",
                "nobody gives it any: only what runs after another function has some, which `after` names",
            ),
            (
                "undone_by",
                "nobody takes it back: the server runs it by itself",
            ),
        ] {
            if let Some(place) = function.key_span(other) {
                self.excludes(key, place, other, why);
            }
        }
        let owner = Name {
            value: "runs".to_owned(),
            span: key.span,
        };
        if let Kind::Scalar(scalar) = &node.kind {
            let help = match scalar.text.as_str() {
                "player_created" => "write `runs: { on: player_created }`".to_owned(),
                "hour" | "day" | "week" | "month" => {
                    format!("write `runs: {{ every: {} }}`", scalar.text)
                }
                _ => HELP.to_owned(),
            };
            self.wrong_shape(node, "`runs`", "a mapping")
                .push_str(&help);
            return None;
        }
        let parts = self.form(node, &RUNS, &owner)?;
        let mut said = RUNS.keys.iter().filter_map(|word| parts.entry(word));
        let Some((when, value)) = said.next() else {
            if !RUNS.later.iter().any(|word| parts.get(word).is_some()) {
                self.missing(&parts, "on", HELP);
            }
            return None;
        };
        if let Some((second, _)) = said.next() {
            self.excludes(when, second.span, &second.text, "have a function for each");
        }
        let span = when.span;
        let when = match when.text.as_str() {
            "on" => {
                self.word(value, "`on`", span, &EVENTS)?;
                When::PlayerCreated
            }
            "after" => self.after(value, span)?,
            _ => When::Every(self.window(value, "`every`", span)?.value),
        };
        Some(Runs { when, span })
    }

    /// `{ manager.function: { arg: value } }`
    fn after(&mut self, node: &Node, owner: Span) -> Option<When> {
        const HELP: &str = "write `after: { manager.function: { arg: args.amount } }`, or `{}` where it \
                            needs no args";
        if let Kind::Scalar(scalar) = &node.kind {
            let help = format!("write `after: {{ {}: {{}} }}`", scalar.text);
            self.wrong_shape(node, "`after`", "a mapping")
                .push_str(&help);
            return None;
        }
        let entries = self.mapping(node, "`after`", owner)?;
        let Some((key, value)) = entries.first() else {
            self.empty(node.span, "`after`");
            return None;
        };
        if let Some((second, _)) = entries.get(1) {
            self.excludes(
                key,
                second.span,
                &second.text,
                "have a function for each, and let both call a third one",
            );
        }
        let told = self.diagnostics.len();
        for part in key.text.split('.') {
            self.check_name(part, key.span, "a function");
        }
        let with = match &value.kind {
            Kind::Empty => {
                self.wrong_shape(value, &format!("`{}`", key.text), "a mapping")
                    .push_str(HELP);
                Vec::new()
            }
            _ if is_empty_mapping(value) => Vec::new(),
            _ => self.assigns(value, &format!("`{}`", key.text), "an arg", key.span),
        };
        let function = Name {
            value: key.text.clone(),
            span: key.span,
        };
        (self.diagnostics.len() == told).then_some(When::After { function, with })
    }

    /// Two that cannot both be there.
    fn excludes(&mut self, key: &Key, place: Span, other: &str, why: &str) {
        self.diagnostics
            .error(
                Code::Contradiction,
                place,
                format!("`{}` and `{other}` exclude each other", key.text),
                "not beside the other",
            )
            .label(key.span, "the other")
            .help(why);
    }
}

/// The args of what runs after another function: their types follow from their values.
pub(super) fn args(with: &[Assign]) -> Vec<Field> {
    let field = |assign: &Assign| Field {
        name: assign.name.clone(),
        ty: Name {
            value: String::new(),
            span: assign.name.span,
        },
        default: None,
        min: None,
        max: None,
        optional: false,
        doc: None,
    };
    with.iter().map(field).collect()
}
