//! Steps that read: `get`, `select`, `count`, `sum`, `exists`, `rank`, `draw`.

use crate::body::{Body, Bound};
use crate::model::{Table, Ty};
use crate::yaml::{Node, map, scalar};

impl Body<'_> {
    pub(super) fn get(&mut self) -> Option<Node> {
        let at = self.table()?;
        let table = self.world.tables[at].clone();
        let name = self.name();
        let often = if self.world.trades { 90 } else { 50 };
        let by_default = table.has_defaults() && !table.is_numbered() && self.c.chance(often);
        let by = match table.unique.is_empty() || by_default || !self.c.chance(30) {
            true => table.key.clone(),
            false => self.c.pick(&table.unique).clone(),
        };
        // A row that may be made is looked for by nothing random.
        let depth = if by_default { 0 } else { 2 };
        let of = self.row_of(&table, &by, depth);
        let mut node = map([("get", scalar(&table.name)), ("where", of)]);
        let mut bound = Bound::Row {
            table: at,
            absent: false,
            saves: true,
        };
        if by_default {
            node.push("or", scalar("default"));
        } else if self.may_fail && !self.c.chance(30) {
            node.push("else", scalar(self.error()));
            self.push_data(&mut node);
        } else {
            node.push("or", scalar("none"));
            bound = Bound::Row {
                table: at,
                absent: true,
                saves: false,
            };
        }
        node.push("as", scalar(&name));
        self.bind(&name, bound);
        Some(node)
    }

    /// A value of a balance table that is a list or map.
    pub(super) fn get_config(&mut self) -> Option<Node> {
        let mut tables = self.reads();
        tables.retain(|read| {
            let is_config = read.text.starts_with("config.") && !read.absent;
            is_config && matches!(read.ty, Ty::List(_) | Ty::Map(..))
        });
        if tables.is_empty() {
            return None;
        }
        let read = self.c.pick(&tables).clone();
        let (key, value) = match read.ty {
            Ty::List(item) => (Ty::Int, *item),
            Ty::Map(key, value) => (*key, *value),
            _ => return None,
        };
        if !self.can(&key) {
            return None;
        }
        let key = self.expr(&key, 1);
        let mut node = map([("get", scalar(format!("{}[{key}]", read.text)))]);
        let bound = if self.may_fail && self.c.chance(50) {
            node.push("else", scalar(self.error()));
            self.push_data(&mut node);
            Bound::Value(value)
        } else {
            node.push("or", scalar("none"));
            Bound::Maybe(value)
        };
        let name = self.name();
        node.push("as", scalar(&name));
        self.bind(&name, bound);
        Some(node)
    }

    pub(super) fn select(&mut self) -> Option<Node> {
        let at = self.table()?;
        let table = self.world.tables[at].clone();
        let mut node = map([("select", scalar(&table.name))]);
        self.push_where(&table, &mut node, 0);
        self.push_order(&table, &mut node, true, 0);
        if self.c.chance(60) {
            node.push("first", self.some_rows());
        }
        if self.c.chance(20) {
            node.push("offset", self.some_rows());
        }
        let name = self.name();
        node.push("as", scalar(&name));
        self.bind(&name, Bound::Rows(at));
        Some(node)
    }

    fn some_rows(&mut self) -> Node {
        scalar(match self.c.chance(40) {
            true => format!("clamp({}, 0, 5)", self.expr(&Ty::Int, 1)),
            false => self.c.pick(&["10", "3", "1"]).to_string(),
        })
    }

    /// What the database computes of some rows.
    pub(super) fn measure(&mut self) -> Option<Node> {
        let table = self.table()?;
        let table = self.world.tables[table].clone();
        let (mut node, ty) = match self.c.below(3) {
            0 => (map([("count", scalar(&table.name))]), Ty::Int),
            1 => (map([("exists", scalar(&table.name))]), Ty::Bool),
            _ => {
                let mut numbers = table.columns.clone();
                numbers.retain(|column| matches!(column.ty, Ty::Int | Ty::Float));
                if numbers.is_empty() {
                    return None;
                }
                let column = self.c.pick(&numbers).clone();
                let summed = scalar(format!("{}.{}", table.name, column.name));
                (map([("sum", summed)]), column.ty)
            }
        };
        self.push_where(&table, &mut node, 0);
        let name = self.name();
        node.push("as", scalar(&name));
        self.bind(&name, Bound::Value(ty));
        Some(node)
    }

    pub(super) fn rank(&mut self) -> Option<Node> {
        let table = self.table()?;
        let table: Table = self.world.tables[table].clone();
        let mut node = map([("rank", scalar(&table.name))]);
        self.push_where(&table, &mut node, 0);
        self.push_order(&table, &mut node, false, 1);
        let by = match table.unique.is_empty() || self.c.chance(50) {
            true => table.key.clone(),
            false => self.c.pick(&table.unique).clone(),
        };
        let of = self.row_of(&table, &by, 1);
        node.push("of", of);
        let name = self.name();
        node.push("as", scalar(&name));
        self.bind(&name, Bound::Value(Ty::Int));
        Some(node)
    }

    pub(super) fn draw(&mut self) -> Option<Node> {
        let from = self.bound.len();
        let source = self.source_of_list();
        let item = self.bound[from].1.clone();
        let mut node = map([("draw", scalar(source))]);
        if self.c.chance(40) {
            node.push(
                "weight",
                scalar(format!("clamp({}, 0, 9)", self.expr(&Ty::Int, 2))),
            );
        }
        self.bound.truncate(from);
        let mut bound = item.clone();
        if self.c.chance(40) {
            node.push("times", scalar(*self.c.pick(&["2", "1", "0", "5"])));
            bound = match item {
                Bound::Row { table, .. } => Bound::Rows(table),
                Bound::Value(ty) => Bound::Value(ty.list()),
                other => other,
            };
            if self.c.chance(30) {
                node.push("distinct", scalar("true"));
            }
        }
        let name = self.name();
        node.push("as", scalar(&name));
        self.bind(&name, bound);
        Some(node)
    }

    /// One of the manager's tables.
    pub(super) fn table(&mut self) -> Option<usize> {
        match self.world.tables.len() {
            0 => None,
            many => Some(self.c.below(many)),
        }
    }
}
