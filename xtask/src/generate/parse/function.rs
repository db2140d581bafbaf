//! Functions, without their steps.

use super::Reader;
use super::form::{Entries, Form};
use super::runs;
use super::step::error_return;
use crate::generate::ast::{Access, Function, Step, When};
use crate::generate::source::{Name, Span};
use crate::generate::yaml::{Kind, Node};

pub(super) const FUNCTION: Form = Form {
    what: "a function",
    keys: &[
        "doc",
        "access",
        "args",
        "errors",
        "outcomes",
        "undone_by",
        "steps",
        "runs",
    ],
    later: &["native"],
};

const ACCESS: [(&str, Access); 4] = [
    ("player", Access::Player),
    ("public", Access::Public),
    ("internal", Access::Internal),
    ("admin", Access::Admin),
];

impl Reader<'_> {
    pub fn functions(&mut self, node: &Node, owner: Span) -> Vec<Function> {
        self.named(node, "`functions`", "a function", owner)
            .into_iter()
            .map(|(name, node)| self.function(name, node))
            .collect()
    }

    fn function(&mut self, name: Name, node: &Node) -> Function {
        let Some(entries) = self.form(node, &FUNCTION, &name) else {
            return reported_function(name);
        };
        let runs = self.runs(&entries);
        let args = match runs.as_ref().map(|runs| &runs.when) {
            Some(When::After { with, .. }) => runs::args(with),
            _ if entries.get("runs").is_some() => Vec::new(),
            _ => self.args_of(&entries),
        };
        Function {
            doc: self.text_of(&entries, "doc"),
            access: match entries.get("runs") {
                // No client may; other managers cannot name it in a call.
                Some(_) => Access::Internal,
                None => self.access(&entries),
            },
            args,
            errors: self.statuses_of(&entries, "errors"),
            outcomes: self.statuses_of(&entries, "outcomes"),
            undone_by: match entries.entry("undone_by") {
                Some((key, node)) => self.path(node, "`undone_by`", key.span),
                None => None,
            },
            steps: self.body(&entries, name.span),
            runs,
            name,
        }
    }

    fn access(&mut self, entries: &Entries<'_>) -> Access {
        let Some((key, node)) = entries.entry("access") else {
            return Access::Player;
        };
        let words = ACCESS.map(|(word, _)| word);
        self.word(node, "`access`", key.span, &words)
            .map_or(Access::Player, |at| ACCESS[at].1)
    }

    /// `steps:`; where there are none, a `return` of what was reported.
    fn body(&mut self, entries: &Entries<'_>, owner: Span) -> Vec<Step> {
        let steps = match entries.entry("steps") {
            Some((key, node)) => self.steps(node, "`steps`", key.span),
            None => {
                let is_later = FUNCTION.later.iter().any(|key| entries.get(key).is_some());
                if !is_later {
                    self.missing(entries, "steps", "the shortest is `steps: [return: {}]`");
                }
                None
            }
        };
        steps.unwrap_or_else(|| vec![error_return(owner)])
    }

    /// A list of steps; `None` where there are none, which was reported.
    pub fn steps(&mut self, node: &Node, what: &str, owner: Span) -> Option<Vec<Step>> {
        if let Kind::Mapping(_) | Kind::Scalar(_) = node.kind {
            self.wrong_shape(node, what, "a list of steps")
                .push_str("begin each step with `- `");
            return None;
        }
        let items = self.sequence(node, what, owner)?;
        if items.is_empty() {
            self.empty(node.span, what);
            return None;
        }
        Some(items.iter().filter_map(|item| self.step(item)).collect())
    }
}

/// Stands for a function that was reported as a whole, so that calls to it are not.
fn reported_function(name: Name) -> Function {
    Function {
        doc: None,
        access: Access::Player,
        args: Vec::new(),
        errors: Vec::new(),
        outcomes: Vec::new(),
        undone_by: None,
        steps: vec![error_return(name.span)],
        runs: None,
        name,
    }
}
