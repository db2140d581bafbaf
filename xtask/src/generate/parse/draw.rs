//! The step `draw`.

use super::Reader;
use super::form::Entries;
use crate::generate::ast::{Draw, StepKind};
use crate::generate::diagnostic::Code;
use crate::generate::expr;
use crate::generate::yaml::Node;

impl Reader<'_> {
    pub fn draw(&mut self, parts: &Entries<'_>, value: &Node) -> Option<StepKind> {
        if parts.get("as").is_none() {
            self.missing(parts, "as", "name what is drawn: `as: drawn`");
        }
        let weight = self.expr_of(parts, "weight");
        let times = self.expr_of(parts, "times");
        let distinct = self.flag_of(parts, "distinct").is_some();
        let bind = self.bind_of(parts);
        let scalar = self.scalar(value, "`draw`", parts.place)?;
        let each = expr::parse_each(scalar, self.diagnostics)?;
        if let Some(index) = &each.index {
            self.diagnostics
                .error(
                    Code::WrongShape,
                    index.span,
                    "`draw` names the item alone",
                    "no index here",
                )
                .help(format!("write `{} in ...`", each.item.value));
            return None;
        }
        Some(StepKind::Draw(Box::new(Draw {
            item: each.item,
            list: each.list,
            weight,
            times,
            distinct,
            bind,
        })))
    }
}
