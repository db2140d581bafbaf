//! The steps that write or remove rows where they lie: `update` and `delete`.

use super::Reader;
use super::form::Entries;
use crate::generate::ast::StepKind;
use crate::generate::diagnostic::Code;
use crate::generate::yaml::Node;

impl Reader<'_> {
    pub fn update(&mut self, parts: &Entries<'_>, value: &Node) -> Option<StepKind> {
        let filter = self.filters(parts);
        let set = self.set(parts);
        let bind = self.bind_of(parts);
        if parts.get("where").is_none() {
            // Without one it would change every row there is: that is to be said.
            self.missing(
                parts,
                "where",
                "say which rows: `where: { player: caller }`",
            );
            return None;
        }
        Some(StepKind::Update {
            table: self.name(value, "a table", parts.place)?,
            filter,
            set: set?,
            bind,
        })
    }

    /// With a `where`, many rows of a table; without, the row of that name.
    pub fn delete(&mut self, parts: &Entries<'_>, value: &Node) -> Option<StepKind> {
        let filter = self.filters(parts);
        let bind = self.bind_of(parts);
        if parts.get("where").is_some() {
            return Some(StepKind::DeleteMany {
                table: self.name(value, "a table", parts.place)?,
                filter,
                bind,
            });
        }
        if let Some(bind) = &bind {
            self.diagnostics
                .error(
                    Code::Contradiction,
                    bind.span,
                    "`as` says how many rows are deleted, and this deletes one",
                    "always 1",
                )
                .help("leave it out, or say by `where` which rows of a table are deleted");
            return None;
        }
        Some(StepKind::DeleteRow {
            row: self.name(value, "a row", parts.place)?,
        })
    }
}
