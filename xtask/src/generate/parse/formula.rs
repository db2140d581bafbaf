//! Formulas.

use super::Reader;
use super::form::Form;
use super::record::FIELD;
use super::value::error_expr;
use crate::generate::ast::{Field, Formula};
use crate::generate::source::{Name, Span};
use crate::generate::yaml::{Kind, Node};

pub(super) const FORMULA: Form = Form {
    what: "a formula",
    keys: &["doc", "args", "is"],
    later: &[],
};

impl Reader<'_> {
    /// `formulas:`
    pub fn formulas(&mut self, node: &Node, owner: Span) -> Vec<Formula> {
        self.named(node, "`formulas`", "a formula", owner)
            .into_iter()
            .map(|(name, node)| self.formula(name, node))
            .collect()
    }

    fn formula(&mut self, name: Name, node: &Node) -> Formula {
        self.check_binder(&name);
        let reported = error_expr(name.span);
        let Some(entries) = self.form(node, &FORMULA, &name) else {
            return Formula {
                name,
                doc: None,
                args: Vec::new(),
                is: reported,
            };
        };
        let args = match entries.entry("args") {
            Some((key, node)) => self.formula_args(node, key.span),
            None => Vec::new(),
        };
        let is = self.expr_of(&entries, "is").unwrap_or_else(|| {
            self.missing(&entries, "is", "say what it is: `is: a + b`");
            reported
        });
        Formula {
            doc: self.text_of(&entries, "doc"),
            args,
            is,
            name,
        }
    }

    fn formula_args(&mut self, node: &Node, owner: Span) -> Vec<Field> {
        if let Kind::Sequence(items) = &node.kind {
            let first = items.first().map(|item| match &item.kind {
                Kind::Scalar(scalar) => scalar.text.as_str(),
                _ => "a",
            });
            let help = format!(
                "say the type of each: `{{ {}: int }}`",
                first.unwrap_or("a")
            );
            self.wrong_shape(node, "`args` of a formula", "a mapping")
                .push_str(&help);
            return Vec::new();
        }
        let args = self.named(node, "`args`", "an arg", owner).into_iter();
        args.map(|(name, node)| {
            self.check_binder(&name);
            self.field(name, node, &FIELD).0
        })
        .collect()
    }
}
