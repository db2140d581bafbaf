//! Steps that write: `save` and `insert`.

use crate::generate::ast::{self, Assign};
use crate::generate::diagnostic::{Code, did_you_mean};
use crate::generate::ir::{self, ColumnIndex, Expr, TableId, Ty};
use crate::generate::source::{Name, Span};

use super::body::Body;
use super::coerce::{Wanted, literal};
use super::fields::Field;
use super::queries::unset;
use super::scope::{Bound, Got};
use super::types;
use super::warnings::Saved;

/// A step that takes a row which a `get` bound, in words.
#[derive(Clone, Copy)]
pub(super) struct Verb {
    /// Its keyword.
    pub(super) word: &'static str,
    /// What it does to the row.
    pub(super) done: &'static str,
    /// What else it may have been meant as.
    pub(super) otherwise: &'static str,
}

const SAVE: Verb = Verb {
    word: "save",
    done: "saved",
    otherwise: "",
};

impl<'a> Body<'_, 'a> {
    /// `save`: columns of a row that a `get` bound.
    pub(super) fn save(&mut self, row: &'a Name, set: &'a [Assign]) -> Option<ir::StepKind> {
        self.effects.writes = true;
        let Some((table, bound, may_insert)) = self.row_to_save(row, SAVE) else {
            set.iter().for_each(|assign| self.look(&assign.value, None));
            return None;
        };
        let set = self.set(table, set);
        let mut whole = true;
        let key = &self.world.tables.get(&table)?.key;
        for (name, at, _) in &set {
            if at.is_some_and(|at| key.contains(&at)) {
                let table = self.names().table_name(table);
                self.diagnostics
                    .error(
                        Code::BadSet,
                        name.span,
                        format!(
                            "`{}` is in the key of `{table}`: `save` cannot change it",
                            name.value
                        ),
                        "part of the key",
                    )
                    .help("another key is another row: `insert` it");
                whole = false;
            }
        }
        let local = self.read(&bound);
        self.saved
            .extend(set.iter().filter_map(|(name, column, _)| {
                Some(Saved {
                    row: local,
                    column: (*column)?,
                    span: name.span,
                })
            }));
        Some(ir::StepKind::Save {
            table,
            row: local,
            may_insert,
            set: columns_and_values(set).filter(|_| whole)?,
        })
    }

    /// The row that a `save` names, and whether it may not be there yet.
    pub(super) fn row_to_save(
        &mut self,
        row: &'a Name,
        verb: Verb,
    ) -> Option<(TableId, Bound, bool)> {
        let Some(binding) = self.scope.get(&row.value) else {
            self.say_no_row(row, verb);
            return None;
        };
        let place = binding.place;
        let bound = binding.value.clone()?;
        let mut said = (place, "bound here", "not a row that a `get` bound");
        let (why, help) = match (&bound.ty, bound.got) {
            (
                Ty::Row(_),
                Some(Got {
                    deleted: Some(deleted),
                    ..
                }),
            ) => {
                said = (deleted, "deleted here", "there is no such row any more");
                (
                    "it was deleted above",
                    "a row that is to come back is inserted: `insert`",
                )
            }
            (Ty::Row(table), Some(got)) => return Some((*table, bound.clone(), got.may_insert)),
            (Ty::Row(_), None) => (
                "no `get` bound it",
                "`get` the row first, so that it is locked while it changes",
            ),
            (Ty::Optional(_), Some(_)) => {
                said.2 = "perhaps no row";
                (
                    "the row may be absent",
                    "say `or: default` where it was bound to make a row that is not there, or `else: error`",
                )
            }
            _ => ("it is no row", "name a row that a `get` bound"),
        };
        self.diagnostics
            .error(
                Code::SaveOfNoRow,
                row.span,
                format!("`{}` cannot be {}: {why}", row.value, verb.done),
                said.2,
            )
            .label(said.0, said.1)
            .help(help);
        None
    }

    fn say_no_row(&mut self, row: &Name, verb: Verb) {
        let manager = self.names().manager(self.id.0).ast;
        let is_table = manager.tables.iter().any(|t| t.name.value == row.value);
        if is_table {
            let help = format!(
                "`get` a row of `{0}` first and bind it, as in `as: {1}`, then `{2}: {1}`{3}",
                row.value,
                &row.value[..1],
                verb.word,
                verb.otherwise
            );
            self.diagnostics
                .error(
                    Code::SaveOfNoRow,
                    row.span,
                    format!(
                        "`{}` is a table, and `{}` takes a row",
                        row.value, verb.word
                    ),
                    "not a row that a `get` bound",
                )
                .help(help);
            return;
        }
        let hint = None;
        if self.scope.nearly(&row.value).is_some()
            || self.bound_anywhere.contains_key(row.value.as_str())
        {
            self.say_unknown_name(&row.value, row.span, hint);
        } else if !self.broken {
            let help = did_you_mean(&row.value, self.scope.names());
            self.diagnostics
                .error(
                    Code::SaveOfNoRow,
                    row.span,
                    format!("nothing binds `{}`", row.value),
                    "not a row that a `get` bound",
                )
                .maybe_help(help);
        }
    }

    /// `insert`: a new row.
    pub(super) fn insert(
        &mut self,
        table: &'a Name,
        set: &'a [Assign],
        (duplicate, data): (&'a ast::Duplicate, Option<&'a ast::Template>),
        bind: Option<&'a Name>,
        span: Span,
    ) -> Option<ir::StepKind> {
        self.effects.writes = true;
        let id = self.names().table(self.id.0, table, self.diagnostics);
        let values = match id {
            Some(id) => self.row_to_insert(id, set, span),
            None => {
                set.iter().for_each(|assign| self.look(&assign.value, None));
                None
            }
        };
        let duplicate = self.duplicate(id, duplicate);
        let data = self.data(data);
        let bind = bind.map(|name| self.bind_as(name, id.map(Ty::Row), None));
        Some(ir::StepKind::Insert {
            table: id?,
            set: values?,
            duplicate: duplicate?,
            data: data?,
            bind,
        })
    }

    /// What becomes of a row that is there already. To be replaced, it must be found: by the key, or
    /// where that is the server's id, by the only unique set.
    pub(super) fn duplicate(
        &mut self,
        id: Option<TableId>,
        duplicate: &'a ast::Duplicate,
    ) -> Option<ir::Duplicate> {
        let span = match duplicate {
            ast::Duplicate::Error(error) => return self.error(error).map(ir::Duplicate::Error),
            ast::Duplicate::Ignore(_) => return Some(ir::Duplicate::Ignore),
            ast::Duplicate::Unsaid => return Some(ir::Duplicate::Fault),
            ast::Duplicate::Replace(span) => *span,
        };
        let table = self.world.tables.get(&id?)?;
        let has_id = |at: &ColumnIndex| table.columns[*at].ty == Some(Ty::Id);
        if table.key.iter().any(has_id) && table.unique.len() != 1 && !table.broken {
            self.diagnostics
                .error(
                    Code::BadSet,
                    span,
                    format!("which row of `{}` is to be replaced?", table.name()),
                    "its key is the server's, and a new row has a new one",
                )
                .label(table.ast.name.span, "has not just one unique set")
                .help("`get` the row and `save` it, or give the table one unique set");
            return None;
        }
        Some(ir::Duplicate::Replace)
    }

    /// A value for every column but an id; what is neither set nor can be left out is said.
    pub(super) fn row_to_insert(
        &mut self,
        id: TableId,
        set: &'a [Assign],
        span: Span,
    ) -> Option<Vec<(ColumnIndex, Expr)>> {
        let given = self.set(id, set);
        let table = self.world.tables.get(&id)?;
        let named: Vec<ColumnIndex> = given.iter().filter_map(|(_, at, _)| *at).collect();
        let all_known = named.len() == given.len();
        let mut values = columns_and_values(given);
        let mut missing: Vec<&Field> = Vec::new();
        for (at, column) in table.columns.iter().enumerate() {
            let Some(ty) = &column.ty else {
                values = None;
                continue;
            };
            if named.contains(&at) || *ty == Ty::Id {
                continue;
            }
            if !column.may_be_left_out() {
                missing.push(column);
                continue;
            }
            let value = unset(column, ty, span);
            values = values.zip(value).map(|(mut values, value)| {
                values.push((at, value));
                values
            });
        }
        // A column that is missing may be the one whose name was written wrong.
        if let (Some(first), true) = (missing.first(), all_known && !table.broken) {
            let names: Vec<String> = missing.iter().map(|c| format!("`{}`", c.name())).collect();
            self.diagnostics
                .error(
                    Code::BadSet,
                    span,
                    format!(
                        "a row of `{}` needs a value for {}",
                        table.name(),
                        names.join(", ")
                    ),
                    "this row has none",
                )
                .label(first.ast.name.span, "without a default")
                .help("set it here, or give the column a default");
        }
        if !missing.is_empty() {
            return None;
        }
        let mut values = values?;
        values.sort_by_key(|(at, _)| *at);
        Some(values)
    }

    /// The columns of a `set` and their values, as far as they are right.
    pub(super) fn set(
        &mut self,
        id: TableId,
        set: &'a [Assign],
    ) -> Vec<(&'a Name, Option<ColumnIndex>, Option<Expr>)> {
        set.iter()
            .map(|assign| {
                let (at, value) = self.assign(id, assign);
                (&assign.name, at, value)
            })
            .collect()
    }

    fn assign(&mut self, id: TableId, assign: &'a Assign) -> (Option<ColumnIndex>, Option<Expr>) {
        let Some(table) = self.world.tables.get(&id) else {
            return (None, None);
        };
        let Some(at) = table.column(&assign.name, self.diagnostics) else {
            self.look(&assign.value, None);
            return (None, None);
        };
        let column = &table.columns[at];
        if column.ty.as_ref().map(types::present) == Some(&Ty::Id) {
            self.look(&assign.value, None);
            self.diagnostics
                .error(
                    Code::BadSet,
                    assign.name.span,
                    format!("`{}` is an id, which the server fills in", column.name()),
                    "cannot be set",
                )
                .help("leave it out");
            return (Some(at), None);
        }
        let what = format!("the column `{}`", column.name());
        (Some(at), self.value_for(column, what, &assign.value))
    }

    /// A value for a column or an arg: of its type, and where it is a constant, within its bounds.
    pub(super) fn value_for(
        &mut self,
        field: &Field,
        what: String,
        value: &'a ast::Expr,
    ) -> Option<Expr> {
        let Some(ty) = &field.ty else {
            self.look(value, None);
            return None;
        };
        let declared = Some(field.ast.ty.span);
        let value = self.check(value, &Wanted { ty, what, declared })?;
        if let Some(how) = literal(&value).and_then(|value| field.passes_bounds(value)) {
            self.diagnostics
                .error(
                    Code::BadBounds,
                    value.span,
                    format!("this is {how}"),
                    "outside the bounds",
                )
                .label(field.ast.name.span, "declared here")
                .help("change the value or the bound");
            return None;
        }
        Some(value)
    }
}

fn columns_and_values(
    set: Vec<(&Name, Option<ColumnIndex>, Option<Expr>)>,
) -> Option<Vec<(ColumnIndex, Expr)>> {
    set.into_iter()
        .map(|(_, at, value)| at.zip(value))
        .collect()
}
