//! The steps that have the database compute one value: `count`, `sum`, `exists` and `rank`.

use super::Reader;
use super::form::Entries;
use crate::generate::ast::{Comparison, Filter, Measure, StepKind};
use crate::generate::diagnostic::Code;
use crate::generate::source::Name;
use crate::generate::yaml::{Kind, Node};

impl Reader<'_> {
    pub fn measure(
        &mut self,
        parts: &Entries<'_>,
        value: &Node,
        what: Measure,
    ) -> Option<StepKind> {
        let table = self.name(value, "a table", parts.place);
        self.measure_of(parts, table?, what)
    }

    /// `sum: supply.amount`
    pub fn sum(&mut self, parts: &Entries<'_>, value: &Node) -> Option<StepKind> {
        let written = self.path(value, "a column", parts.place)?;
        let Kind::Scalar(scalar) = &value.kind else {
            return None;
        };
        let Some((table, column)) = written.value.split_once('.') else {
            self.diagnostics
                .error(
                    Code::WrongShape,
                    written.span,
                    "`sum` must name a column of a table",
                    "no column",
                )
                .help(format!("write `{}.column`", written.value));
            return None;
        };
        let end = scalar.text.len();
        let table_name = Name {
            value: table.to_owned(),
            span: scalar.place(0..table.len()),
        };
        let column = Name {
            value: column.to_owned(),
            span: scalar.place(table.len() + 1..end),
        };
        self.measure_of(parts, table_name, Measure::Sum(column))
    }

    fn measure_of(&mut self, parts: &Entries<'_>, table: Name, what: Measure) -> Option<StepKind> {
        let filter = self.filters(parts);
        self.must_bind(parts, "as: n");
        Some(StepKind::Measure {
            what,
            table,
            filter,
            bind: self.bind_of(parts),
        })
    }

    pub fn rank(&mut self, parts: &Entries<'_>, value: &Node) -> Option<StepKind> {
        let table = self.name(value, "a table", parts.place);
        let filter = self.filters(parts);
        let order = self.order(parts);
        self.must_bind(parts, "as: place");
        let bind = self.bind_of(parts);
        let of = match parts.entry("of") {
            Some((key, node)) => Some(self.assigns(node, "`of`", "a column", key.span)),
            None => {
                self.missing(
                    parts,
                    "of",
                    "say whose rank, by the key: `of: { player: caller }`",
                );
                None
            }
        };
        if parts.get("order").is_none() {
            self.missing(
                parts,
                "order",
                "say what ranks first: `order: [-score]`, the highest score first",
            );
            return None;
        }
        if order.is_empty() {
            self.empty(parts.place, "`order`");
            return None;
        }
        let of = of?.into_iter().map(|assign| Filter {
            column: assign.name,
            comparison: Comparison::Eq,
            value: assign.value,
            upper: None,
        });
        Some(StepKind::Rank {
            table: table?,
            order,
            of: of.collect(),
            filter,
            bind,
        })
    }

    /// Reports a step that computes something and does not name it.
    fn must_bind(&mut self, parts: &Entries<'_>, example: &str) {
        if parts.get("as").is_none() {
            self.missing(parts, "as", format!("name what it gives: `{example}`"));
        }
    }
}
