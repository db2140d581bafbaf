//! A step: which one it is, and what stands for one that was reported.

use super::Reader;
use super::form::Form;
use super::value::error_expr;
use crate::generate::ast::{Assign, Step, StepKind, Template};
use crate::generate::diagnostic::{Code, did_you_mean, nearest};
use crate::generate::source::{Name, Span};
use crate::generate::yaml::{Key, Kind, Node};

/// The steps of this version, each with what may stand beside it.
pub(super) const STEPS: [Form; 9] = [
    Form {
        what: "`get`",
        keys: &["get", "where", "as", "else", "or"],
        later: &["data"],
    },
    Form {
        what: "`select`",
        keys: &["select", "where", "order", "first", "offset", "as"],
        later: &[],
    },
    Form {
        what: "`save`",
        keys: &["save", "set"],
        later: &[],
    },
    Form {
        what: "`insert`",
        keys: &["insert", "set", "else", "or", "as"],
        later: &["each", "data"],
    },
    Form {
        what: "`require`",
        keys: &["require", "else", "data"],
        later: &[],
    },
    Form {
        what: "`let`",
        keys: &["let"],
        later: &[],
    },
    Form {
        what: "`call`",
        keys: &["call", "with", "else", "as"],
        later: &["act_for", "data"],
    },
    Form {
        what: "`if`",
        keys: &["if", "then", "else"],
        later: &[],
    },
    Form {
        what: "`return`",
        keys: &["return", "outcome"],
        later: &[],
    },
];

/// Steps of the language that this version does not have.
const LATER_STEPS: [&str; 9] = [
    "count", "sum", "exists", "rank", "update", "delete", "for", "draw", "allow",
];

impl Reader<'_> {
    /// A step; `None` where it was reported and binds nothing.
    pub fn step(&mut self, node: &Node) -> Option<Step> {
        let entries = match &node.kind {
            Kind::Mapping(entries) if !entries.is_empty() => entries,
            _ => {
                self.no_step(node);
                return is_return(node).then(|| error_return(node.span));
            }
        };
        // `for` comes before the `if` that is a part of it.
        let later = entries.iter().find(|(key, _)| is_later(&key.text));
        if let Some((key, _)) = later {
            self.later(key.span, &format!("the step `{}`", key.text));
            return bound(entries, key.span);
        }
        let step = entries
            .iter()
            .find_map(|(key, value)| Some((key, value, form_of(&key.text)?)));
        let Some((key, value, form)) = step else {
            let meant = self.unknown_step(entries);
            return match meant {
                Some("return") => Some(error_return(node.span)),
                _ => bound(entries, node.span),
            };
        };
        self.check_step_keys(entries, key, form);
        let parts = self.unchecked(entries, &key.text, key.span);
        let kind = match key.text.as_str() {
            "get" => self.get(&parts, value),
            "select" => self.select(&parts, value),
            "save" => self.save(&parts, value),
            "insert" => self.insert(&parts, value),
            "require" => Some(self.require(&parts)),
            "let" => Some(self.bindings(value, key.span)),
            "call" => self.call(&parts, value),
            "if" => Some(self.branch(&parts)),
            _ => Some(self.give_back(&parts, value)),
        };
        match kind {
            Some(kind) => Some(Step {
                keyword: key.span,
                kind,
            }),
            None => bound(entries, key.span),
        }
    }

    /// Two steps in one item are told as that, not as an unknown key.
    fn check_step_keys(&mut self, entries: &[(Key, Node)], step: &Key, form: &Form) {
        let mut others = Vec::new();
        for (key, _) in entries {
            if form_of(&key.text).is_some() && !form.keys.contains(&key.text.as_str()) {
                others.push(key);
            }
        }
        let Some(other) = others.first() else {
            self.check_keys(entries, form);
            return;
        };
        // Which of the two the rest belongs to cannot be told.
        self.diagnostics
            .error(
                Code::TwoSteps,
                other.span,
                format!("`{}` and `{}` in one step", step.text, other.text),
                "a second step",
            )
            .label(step.span, "the step begins here")
            .help(format!("begin a step of its own: `- {}: ...`", other.text));
    }

    fn no_step(&mut self, node: &Node) {
        match &node.kind {
            Kind::Broken => {}
            Kind::Scalar(scalar) => {
                let text = scalar.text.trim_end_matches(':');
                let help = match text.split_once(':') {
                    Some((word, rest)) => {
                        format!("a space belongs behind the colon: `- {word}: {rest}`")
                    }
                    None if text == "return" => "write `- return: {}`".to_owned(),
                    None => "write `- get: table` and so on, each part on a line".to_owned(),
                };
                self.wrong_shape(node, "a step", "a mapping")
                    .push_str(&help);
            }
            Kind::Empty | Kind::Mapping(_) => self.empty(node.span, "a step"),
            Kind::Sequence(_) => {
                self.wrong_shape(node, "a step", "a mapping")
                    .push_str("one `- ` too many?");
            }
        }
    }

    /// Reports a step that there is not; gives the one that may have been meant.
    fn unknown_step(&mut self, entries: &[(Key, Node)]) -> Option<&'static str> {
        let (first, _) = entries.first()?;
        let words = STEPS.map(|form| form.keys[0]);
        let all = words.iter().chain(&LATER_STEPS).copied();
        let meant = nearest(&first.text, all);
        let help = match meant {
            Some(near) => Some(format!("did you mean `{near}`?")),
            None => did_you_mean(&first.text, words),
        };
        self.diagnostics
            .error(
                Code::UnknownStep,
                first.span,
                format!("there is no step `{}`", first.text),
                "says nothing to do",
            )
            .maybe_help(help);
        meant
    }
}

/// Whether a step that is no mapping was meant as a `return`: the steps end there all the same.
fn is_return(node: &Node) -> bool {
    matches!(&node.kind, Kind::Scalar(scalar) if scalar.text.starts_with("return"))
}

fn is_later(word: &str) -> bool {
    LATER_STEPS.contains(&word)
}

fn form_of(word: &str) -> Option<&'static Form> {
    STEPS.iter().find(|form| form.keys[0] == word)
}

pub(super) fn is_empty_mapping(node: &Node) -> bool {
    matches!(&node.kind, Kind::Mapping(entries) if entries.is_empty())
}

/// Stands for a step that was reported: binds the name that the step would have bound.
fn bound(entries: &[(Key, Node)], keyword: Span) -> Option<Step> {
    let (_, node) = entries.iter().find(|(key, _)| key.text == "as")?;
    let Kind::Scalar(scalar) = &node.kind else {
        return None;
    };
    let name = Name {
        value: scalar.text.clone(),
        span: node.span,
    };
    let value = error_expr(node.span);
    Some(Step {
        keyword,
        kind: StepKind::Let(vec![Assign { name, value }]),
    })
}

/// Stands for a way that was reported: it ends, with any reply.
pub(super) fn error_return(place: Span) -> Step {
    Step {
        keyword: place,
        kind: StepKind::Return {
            data: Template::Leaf(error_expr(place)),
            outcome: None,
        },
    }
}
