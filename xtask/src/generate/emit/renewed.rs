//! Rows that are held while a step writes: they become what the step has made of them.

use super::body::Body;
use super::code::Code;
use super::quote::quote;
use super::tokens::{Ident, TokenStream};
use super::writes::target;
use crate::generate::ir::{
    ColumnIndex, Duplicate, Expr, LocalId, Missing, Step, StepKind, TableId, Ty,
};

/// How a row that is held came to be bound.
pub(super) struct Got<'g> {
    /// The columns that find it.
    pub(super) by: Vec<ColumnIndex>,
    /// What it is where there is none.
    or: Or<'g>,
    /// Whether it is locked.
    lock: bool,
}

/// What a row is that is not there.
enum Or<'g> {
    /// As it was: it can be read, and not be saved.
    AsItWas,
    /// Absent.
    Absent,
    /// A row of defaults: a value for every column.
    Default(&'g [Expr]),
}

impl<'g> Body<'_, 'g> {
    /// `step` as it is written, and after it what renews the rows that are held. Where the step writes
    /// one row that is at hand, they are compared with it; else they are read again if it has written.
    pub(super) fn with_renewed(&mut self, step: &Step, written: TokenStream) -> TokenStream {
        if step.renews.is_empty()
            || matches!(step.kind, StepKind::Save { .. } | StepKind::Insert { .. })
        {
            return written;
        }
        let before = self.free("writes");
        let again: TokenStream = step
            .renews
            .iter()
            .map(|row| self.read_again(*row))
            .collect();
        quote! {
            let #before = cx.writes();
            #written
            if cx.writes() > #before { #again }
        }
    }

    /// Has the rows that are held follow `written`, a row of the table, where it is the same.
    pub(super) fn following(
        &self,
        table: TableId,
        rows: &[LocalId],
        written: &Ident,
        duplicate: Option<Duplicate>,
    ) -> TokenStream {
        let follow = rows.iter().map(|&row| {
            let held = self.local(row);
            let columns = self.told_apart_by(table, row, duplicate);
            let columns: Vec<_> = columns.iter().map(|at| self.column(table, *at)).collect();
            if matches!(self.local_ty(row), Ty::Optional(_)) {
                let inner = self.free("row");
                let same = columns.iter().map(|it| quote!(#inner.#it == #written.#it));
                return quote! {
                    if let Some(#inner) = &mut #held && #(#same)&&* {
                        *#inner = #written.clone();
                    }
                };
            }
            let same = columns.iter().map(|it| quote!(#held.#it == #written.#it));
            quote!(if #(#same)&&* { #held = #written.clone(); })
        });
        follow.collect()
    }

    /// The columns that tell a row which is held from others: its key. A row of defaults is known by the
    /// columns that it was looked up by, one that is replaced by those that found it.
    fn told_apart_by(
        &self,
        table: TableId,
        row: LocalId,
        duplicate: Option<Duplicate>,
    ) -> Vec<ColumnIndex> {
        let declared = self.table(table);
        match self.got(row) {
            _ if matches!(duplicate, Some(Duplicate::Replace)) => target(declared),
            Some(Got {
                by,
                or: Or::Default(_),
                ..
            }) => by,
            _ => declared.key.clone(),
        }
    }

    /// Reads a row again by the columns that it was looked up by.
    fn read_again(&mut self, row: LocalId) -> TokenStream {
        let Some(Got { by, or, lock }) = self.got(row) else {
            return TokenStream::new();
        };
        let table = match self.local_ty(row) {
            Ty::Row(table) => *table,
            Ty::Optional(of) => match &**of {
                Ty::Row(table) => *table,
                _ => return TokenStream::new(),
            },
            _ => return TokenStream::new(),
        };
        self.statements.again(true);
        let statement = self.get_statement(table, &by, lock);
        self.statements.again(false);
        let held = self.local(row).clone();
        let columns: Vec<_> = by.iter().map(|at| self.column(table, *at)).collect();
        let found = |held: &Ident| {
            let params = columns.iter().map(|it| quote!(#held.#it.param()));
            quote!(cx.get(&#statement, &[#(#params),*]).await?.row()?)
        };
        match or {
            Or::Absent => {
                let inner = self.free("row");
                let found = found(&inner);
                quote! {
                    #held = match &#held {
                        Some(#inner) => #found,
                        None => None,
                    };
                }
            }
            Or::AsItWas => {
                let (again, found) = (self.free("again"), found(&held));
                quote! {
                    let #again = #found;
                    #held = #again.unwrap_or(#held);
                }
            }
            Or::Default(values) => {
                let (again, found) = (self.free("again"), found(&held));
                let values = values.iter().enumerate().map(|(at, value)| {
                    let column = self.column(table, at);
                    let value = match by.contains(&at) {
                        true => Code::postfix(quote!(#held.#column)),
                        false => self.value(value),
                    };
                    (at, value)
                });
                let values: Vec<_> = values.collect();
                let row = self.row(table, &values);
                quote! {
                    let #again = #found;
                    #held = match #again {
                        Some(row) => row,
                        None => #row,
                    };
                }
            }
        }
    }

    /// How the row came to be bound: by the first of the steps that bind it.
    pub(super) fn got(&self, row: LocalId) -> Option<Got<'g>> {
        fn find(steps: &[Step], row: LocalId) -> Option<&StepKind> {
            steps.iter().find_map(|step| match &step.kind {
                StepKind::Get { bind, .. } => (*bind == row).then_some(&step.kind),
                StepKind::Insert { bind, .. } => (*bind == Some(row)).then_some(&step.kind),
                StepKind::If {
                    then, otherwise, ..
                } => find(then, row).or_else(|| find(otherwise, row)),
                StepKind::For { steps, .. } => find(steps, row),
                _ => None,
            })
        }
        match find(&self.function.steps, row)? {
            StepKind::Get {
                by, missing, lock, ..
            } => Some(Got {
                by: by.iter().map(|(column, _)| *column).collect(),
                or: match missing {
                    Missing::Error(_) => Or::AsItWas,
                    Missing::Default(values) => Or::Default(values),
                    Missing::None => Or::Absent,
                },
                lock: *lock,
            }),
            StepKind::Insert { table, .. } => Some(Got {
                by: self.table(*table).key.clone(),
                or: Or::AsItWas,
                lock: false,
            }),
            _ => None,
        }
    }
}
