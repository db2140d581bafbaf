//! Steps that write or remove rows where they lie: `update` and `delete`.

use crate::generate::ast::{self, Assign};
use crate::generate::diagnostic::Code;
use crate::generate::ir::{self, TableId, Ty};
use crate::generate::source::Name;

use super::body::Body;
use super::writes::Verb;

const DELETE: Verb = Verb {
    word: "delete",
    done: "deleted",
    otherwise: ", or say by `where` which rows are deleted",
};

impl<'a> Body<'_, 'a> {
    /// `update`: columns of many rows.
    pub(super) fn update(
        &mut self,
        table: &'a Name,
        filter: &'a [ast::Filter],
        set: &'a [Assign],
        bind: Option<&'a Name>,
    ) -> Option<ir::StepKind> {
        self.effects.writes = true;
        let id = self.names().table(self.id.0, table, self.diagnostics);
        let filter = self.filters_of(id, filter);
        self.warn_of_query(id, table, filter.as_ref());
        // Without the table, its columns are not known, which the values may read.
        let set = id.and_then(|id| self.changes(id, set));
        let bind = bind.map(|name| self.bind_as(name, Some(Ty::Int), None));
        Some(ir::StepKind::Update {
            table: id?,
            filter: filter?,
            set: set?,
            bind,
        })
    }

    /// `delete` of the row that a `get` bound.
    pub(super) fn delete_row(&mut self, row: &'a Name) -> Option<ir::StepKind> {
        self.effects.writes = true;
        let (table, bound, _) = self.row_to_save(row, DELETE)?;
        let local = self.read(&bound);
        self.scope.delete(&row.value, row.span);
        Some(ir::StepKind::DeleteRow { table, row: local })
    }

    /// `delete` of many rows.
    pub(super) fn delete_many(
        &mut self,
        table: &'a Name,
        filter: &'a [ast::Filter],
        bind: Option<&'a Name>,
    ) -> Option<ir::StepKind> {
        self.effects.writes = true;
        let manager = self.names().manager(self.id.0).ast;
        let is_table = manager.tables.iter().any(|t| t.name.value == table.value);
        if let Some(binding) = self.scope.get(&table.value).filter(|_| !is_table) {
            let place = binding.place;
            self.diagnostics
                .error(
                    Code::SaveOfNoRow,
                    table.span,
                    format!("`{}` is bound, and `where` is about a table", table.value),
                    "not a table",
                )
                .label(place, "bound here")
                .help(format!(
                    "`delete: {}` without `where` deletes the row",
                    table.value
                ));
            self.look_at_filters(filter);
            bind.map(|name| self.bind_as(name, Some(Ty::Int), None));
            return None;
        }
        let id = self.names().table(self.id.0, table, self.diagnostics);
        let filter = self.filters_of(id, filter);
        self.warn_of_query(id, table, filter.as_ref());
        let bind = bind.map(|name| self.bind_as(name, Some(Ty::Int), None));
        Some(ir::StepKind::DeleteMany {
            table: id?,
            filter: filter?,
            bind,
        })
    }

    /// What must hold of the rows of a table, if that is known.
    pub(super) fn filters_of(
        &mut self,
        id: Option<TableId>,
        filter: &'a [ast::Filter],
    ) -> Option<Vec<ir::Filter>> {
        match id.and_then(|id| self.world.tables.get(&id)) {
            Some(table) => self.filters(table, filter),
            None => {
                self.look_at_filters(filter);
                None
            }
        }
    }
}
