//! Where the items of a list come from, and how many they are at most.

use crate::generate::ast::Comparison;
use crate::generate::ir::{
    ExprKind, Filter, FunctionId, LocalId, TableId, Template, TemplateKind, Ty,
};
use crate::generate::source::Span;

use super::super::World;
use super::super::measured::Bytes;

/// Where lists come from.
#[derive(Clone, Copy)]
pub(super) enum Source {
    /// Rows of a table.
    Table(TableId),
    /// An arg, by its place.
    Arg(FunctionId, usize),
}

/// The rows of a `select`, or the items of an arg.
#[derive(Clone, Copy)]
pub(super) struct Rows {
    /// The `select`, or where the arg is declared.
    pub(super) select: Span,
    /// What they are.
    pub(super) of: Source,
    /// Where `first` is, as it is written.
    pub(super) first: Option<Span>,
    /// How many they are at most, where the table's key or `first` says so.
    pub(super) most: Option<u64>,
}

/// Whether what is given for an item is a part of it, which the request had.
pub(super) fn is_echo(give: &Template, item: LocalId) -> bool {
    let mut of = match &give.kind {
        TemplateKind::Leaf(of) => of,
        _ => return false,
    };
    while let ExprKind::Field(inner, _) | ExprKind::ToOptional(inner) = &of.kind {
        of = inner;
    }
    matches!(of.kind, ExprKind::Local(local) if local == item)
}

impl Rows {
    pub(super) fn is_arg(&self) -> bool {
        matches!(self.of, Source::Arg(..))
    }

    /// What so many bytes for each row come to. Nothing is said of texts that may be of any length where
    /// `first`, or the arg's `max`, says how many there are.
    pub(super) fn with(self, each: Bytes) -> Option<(Self, Bytes)> {
        let is_said = self.first.is_some() || self.is_arg();
        let is_said = is_said && self.most.is_some() && each == Bytes::Any;
        (!is_said).then(|| (self, each.times(self.most)))
    }
}

/// Of several lists, the one that has the most rows.
pub(super) fn longer(lists: impl Iterator<Item = Option<Rows>>) -> Option<Rows> {
    let lists = lists.flatten();
    lists.max_by_key(|rows| rows.most.unwrap_or(u64::MAX))
}

/// How many rows there can be for which the conditions hold, where the key or a unique set says so:
/// each of its columns is compared with some values, or has only some.
pub(super) fn most_rows(world: &World, table: TableId, filter: &[Filter]) -> Option<u64> {
    let table = world.tables.get(&table)?;
    let values = |at: usize| {
        let of_column = filter.iter().filter(|condition| condition.column == at);
        let compared = of_column.filter_map(|condition| match condition.comparison {
            Comparison::Eq => Some(1),
            Comparison::In => match &condition.value.kind {
                ExprKind::List(items) => Some(items.len() as u64),
                _ => None,
            },
            _ => None,
        });
        // A unique set may hold any number of rows that lack one of its columns.
        let has = match table.columns[at].ty.as_ref()? {
            Ty::Bool => Some(2),
            Ty::Enum(id) => Some(world.names.declared_enum(*id).variants.len() as u64),
            _ => None,
        };
        compared.chain(has).min()
    };
    let sets = std::iter::once(&table.key).chain(&table.unique);
    let products = sets.filter_map(|set| {
        set.iter().try_fold(1_u64, |product, &at| {
            values(at).map(|values| product.saturating_mul(values))
        })
    });
    products.min()
}
