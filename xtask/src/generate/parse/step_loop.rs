//! `for`, and what goes through a list in general.

use super::Reader;
use super::form::Entries;
use crate::generate::ast::{Each, StepKind};
use crate::generate::expr;
use crate::generate::source::Span;
use crate::generate::yaml::Node;

impl Reader<'_> {
    pub fn for_each(&mut self, parts: &Entries<'_>, value: &Node) -> Option<StepKind> {
        let condition = self.expr_of(parts, "if");
        let steps = parts
            .entry("do")
            .and_then(|(key, node)| self.steps(node, "`do`", key.span));
        let give = self.expr_of(parts, "give");
        let bind = self.bind_of(parts);
        match (parts.key_span("give"), parts.key_span("as")) {
            (Some(_), None) => self.missing(
                parts,
                "as",
                "`give` builds a list: name it, as in `as: list`",
            ),
            (None, Some(_)) => self.missing(
                parts,
                "give",
                "`as` names a list: say what each round gives, as in `give: x.amount`",
            ),
            (None, None) if parts.get("do").is_none() => {
                self.missing(parts, "do", "`do:` holds the steps of each round");
            }
            _ => {}
        }
        Some(StepKind::For {
            each: self.each_of(value, "`for`", parts.place)?,
            condition,
            steps: steps.unwrap_or_default(),
            give,
            bind,
        })
    }

    /// `x in list` or `x, i in list`
    pub fn each_of(&mut self, node: &Node, what: &str, owner: Span) -> Option<Each> {
        let scalar = self.scalar(node, what, owner)?;
        expr::parse_each(scalar, self.diagnostics)
    }
}
