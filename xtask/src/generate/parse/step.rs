//! A step: which one it is, and what stands for one that was reported.

use super::Reader;
use super::form::Form;
use super::value::error_expr;
use crate::generate::ast::{Assign, Measure, Step, StepKind, Template};
use crate::generate::diagnostic::{Code, did_you_mean, nearest};
use crate::generate::source::{Name, Span};
use crate::generate::yaml::{Key, Kind, Node};

/// The steps of this version, each with what may stand beside it.
pub(super) const STEPS: &[Form] = &[
    Form {
        what: "`get`",
        keys: &["get", "where", "as", "else", "or", "data"],
        elsewhere: &[],
    },
    Form {
        what: "`select`",
        keys: &["select", "where", "order", "first", "offset", "as"],
        elsewhere: &[],
    },
    Form {
        what: "`save`",
        keys: &["save", "set"],
        elsewhere: &[],
    },
    Form {
        what: "`insert`",
        keys: &["insert", "each", "set", "else", "or", "data", "as"],
        elsewhere: &[],
    },
    Form {
        what: "`require`",
        keys: &["require", "else", "data"],
        elsewhere: &[],
    },
    Form {
        what: "`let`",
        keys: &["let"],
        elsewhere: &[],
    },
    Form {
        what: "`call`",
        keys: &["call", "with", "act_for", "else", "or", "data", "as"],
        elsewhere: &[],
    },
    Form {
        what: "`if`",
        keys: &["if", "then", "else"],
        elsewhere: &[],
    },
    Form {
        what: "`return`",
        keys: &["return", "outcome"],
        elsewhere: &[],
    },
    Form {
        what: "`draw`",
        keys: &["draw", "weight", "times", "distinct", "as"],
        elsewhere: &[],
    },
    Form {
        what: "`allow`",
        keys: &["allow", "max", "per", "by", "uses", "else", "data", "as"],
        elsewhere: &[],
    },
    Form {
        what: "`update`",
        keys: &["update", "where", "set", "as"],
        elsewhere: &[],
    },
    Form {
        what: "`delete`",
        keys: &["delete", "where", "as"],
        elsewhere: &[],
    },
    Form {
        what: "`count`",
        keys: &["count", "where", "as"],
        elsewhere: &[],
    },
    Form {
        what: "`sum`",
        keys: &["sum", "where", "as"],
        elsewhere: &[],
    },
    Form {
        what: "`exists`",
        keys: &["exists", "where", "as"],
        elsewhere: &[],
    },
    Form {
        what: "`rank`",
        keys: &["rank", "where", "order", "of", "as"],
        elsewhere: &[],
    },
    // `for` has an `if` of its own: see `step_of`.
    Form {
        what: "`for`",
        keys: &["for", "if", "do", "give", "as"],
        elsewhere: &[],
    },
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
        let Some((key, value, form)) = step_of(entries) else {
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
            "update" => self.update(&parts, value),
            "delete" => self.delete(&parts, value),
            "count" => self.measure(&parts, value, Measure::Count),
            "exists" => self.measure(&parts, value, Measure::Exists),
            "sum" => self.sum(&parts, value),
            "rank" => self.rank(&parts, value),
            "for" => self.for_each(&parts, value),
            "draw" => self.draw(&parts, value),
            "allow" => self.allow(&parts, value),
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
        let words = || STEPS.iter().map(|form| form.keys[0]);
        let meant = nearest(&first.text, words());
        let help = did_you_mean(&first.text, words());
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

/// The key that says what the step does: the first one, but `for` before the `if` that is a part
/// of it.
fn step_of(entries: &[(Key, Node)]) -> Option<(&Key, &Node, &'static Form)> {
    let steps = || {
        let steps = entries.iter();
        steps.filter_map(|(key, value)| Some((key, value, form_of(&key.text)?)))
    };
    steps()
        .find(|(key, ..)| key.text == "for")
        .or_else(|| steps().next())
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
