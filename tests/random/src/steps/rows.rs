//! Which rows: `where`, `order`, and lists to go through.

use crate::body::{Body, Bound};
use crate::model::{Field, Table, Ty};
use crate::yaml::{Node, map, scalar};

impl Body<'_> {
    /// What each of some columns equals.
    pub(super) fn row_of(&mut self, table: &Table, columns: &[usize], depth: usize) -> Node {
        let mut node = map::<&str>([]);
        for at in columns {
            let column = table.columns[*at].clone();
            let value = match (&column.ty, self.has_caller) {
                (Ty::Player, true) if self.c.chance(70) => self.caller(),
                _ => self.wanted(&there(&column), depth),
            };
            node.push(&column.name, scalar(value));
        }
        node
    }

    /// A `where` of at least so many columns.
    pub(super) fn push_where(&mut self, table: &Table, node: &mut Node, least: usize) {
        let mut columns = table.columns.clone();
        columns.retain(|column| column.ty.is_plain());
        let mut of = map::<&str>([]);
        let wanted = self.c.between(least, 3.max(least));
        for _ in 0..wanted {
            if columns.is_empty() {
                break;
            }
            let column = columns.remove(self.c.below(columns.len()));
            let value = self.compared(&there(&column));
            of.push(&column.name, value);
        }
        crate::push(node, "where", of);
    }

    /// A value that a column equals, or comparisons with it.
    fn compared(&mut self, column: &Field) -> Node {
        let numbered = match column.ty {
            Ty::Enum(at) => !self.world.enums[at].numbers.is_empty(),
            _ => false,
        };
        let ordered = matches!(
            column.ty,
            Ty::Int | Ty::Float | Ty::Text | Ty::Time | Ty::Id
        );
        match self.c.below(6) {
            2 => map([("ne", scalar(self.wanted_type(&column.ty, 1)))]),
            3 if column.ty != Ty::Bool => {
                let list = column.ty.clone().list();
                map([("in", scalar(self.wanted_type(&list, 1)))])
            }
            4 if ordered || numbered => {
                let (low, high) = (*self.c.pick(&["gt", "ge"]), *self.c.pick(&["lt", "le"]));
                let mut node = map([(low, scalar(self.wanted_type(&column.ty, 1)))]);
                if self.c.chance(40) {
                    node.push(high, scalar(self.wanted_type(&column.ty, 1)));
                }
                node
            }
            5 if ordered => {
                let ends = [1, 2].map(|_| scalar(self.wanted_type(&column.ty, 1)));
                map([("between", Node::List(ends.to_vec()))])
            }
            _ => match (&column.ty, self.has_caller) {
                (Ty::Player, true) => scalar(self.caller()),
                _ => scalar(self.wanted_type(&column.ty, 2)),
            },
        }
    }

    /// An `order` of at least so many columns.
    pub(super) fn push_order(
        &mut self,
        table: &Table,
        node: &mut Node,
        optional: bool,
        least: usize,
    ) {
        let mut columns = table.columns.clone();
        columns.retain(|column| column.ty.is_plain() && (optional || !column.optional));
        let mut order = Vec::new();
        for _ in 0..self.c.between(least, 2) {
            if columns.is_empty() {
                break;
            }
            let column = columns.remove(self.c.below(columns.len()));
            let back = if self.c.chance(50) { "-" } else { "" };
            order.push(scalar(format!("{back}{}", column.name)));
        }
        if !order.is_empty() {
            node.push("order", Node::List(order));
        }
    }

    /// `x in list`, `x, i in list` or the same of a map; what it names is bound from here on.
    pub fn source(&mut self) -> String {
        if self.c.chance(25)
            && let Some((map, key, value)) = self.read_map()
        {
            let (item, name) = (self.name(), self.name());
            self.bind(&item, Bound::Value(value));
            if self.c.chance(50) {
                return format!("{item} in {map}");
            }
            self.bind(&name, Bound::Value(key));
            return format!("{item}, {name} in {map}");
        }
        let text = self.source_of_list();
        if self.c.chance(40) {
            let place = self.name();
            self.bind(&place, Bound::Value(Ty::Int));
            return text.replacen(" in ", &format!(", {place} in "), 1);
        }
        text
    }

    /// `x in list`, where the list is one of rows or values.
    pub(super) fn source_of_list(&mut self) -> String {
        let name = self.name();
        let rows = self.bound.iter().filter_map(|(name, bound)| match bound {
            Bound::Rows(table) => Some((name.clone(), *table)),
            _ => None,
        });
        let rows: Vec<_> = rows.collect();
        if !rows.is_empty() && self.c.chance(70) {
            let (list, table) = self.c.pick(&rows).clone();
            self.bind(
                &name,
                Bound::Row {
                    table,
                    absent: false,
                    saves: false,
                },
            );
            return format!("{name} in {list}");
        }
        if self.c.chance(60)
            && let Some((list, item)) = self.read_list()
        {
            self.bind(&name, Bound::Value(item));
            return format!("{name} in {list}");
        }
        let item = self.exact_plain_type();
        let list = self.expr(&item.clone().list(), 2);
        self.bind(&name, Bound::Value(item));
        format!("{name} in {list}")
    }
}

/// The column as it is where it is there.
fn there(column: &Field) -> Field {
    let mut column = column.clone();
    column.optional = false;
    column
}
