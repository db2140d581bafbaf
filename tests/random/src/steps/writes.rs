//! Steps that write: `save`, `insert`, `update`, `delete`.

use crate::body::{Body, Bound};
use crate::model::{Field, Table, Ty};
use crate::values;
use crate::yaml::{Node, map, scalar};

impl Body<'_> {
    /// A row that a `get` bound here, to save or delete.
    fn row(&mut self) -> Option<(usize, usize)> {
        let rows = self.bound.iter().enumerate().skip(self.saves_from);
        let rows = rows.filter_map(|(at, (_, bound))| match bound {
            Bound::Row {
                table, saves: true, ..
            } => Some((at, *table)),
            _ => None,
        });
        let rows: Vec<_> = rows.collect();
        match rows.is_empty() {
            true => None,
            false => Some(*self.c.pick(&rows)),
        }
    }

    pub(super) fn save(&mut self) -> Option<Node> {
        let (at, table) = self.row()?;
        let name = self.bound[at].0.clone();
        let columns = settable(&self.world.tables[table]);
        let set = match self
            .world
            .trades
            .then(|| self.counted(&name, &columns))
            .flatten()
        {
            Some(set) => set,
            None => self.set(columns, 1)?,
        };
        self.writes();
        Some(map([("save", scalar(name)), ("set", set)]))
    }

    /// One more, or less, in a column of a row: what is lost where two do so at once.
    fn counted(&mut self, row: &str, columns: &[Field]) -> Option<Node> {
        let counts = |it: &&Field| it.ty == Ty::Int && !it.optional;
        let counts: Vec<&Field> = columns.iter().filter(counts).collect();
        if counts.is_empty() || self.c.chance(20) {
            return None;
        }
        let Field { name, min, max, .. } = self.c.pick(&counts);
        let (low, high) = (min.unwrap_or(-1000), max.unwrap_or(1000));
        let by = self.c.pick(&["+ 1", "- 1", "+ 3", "* 2 + 1"]);
        let value = format!("clamp(clamp({row}.{name}, {low}, {high}) {by}, {low}, {high})");
        Some(map([(name.as_str(), scalar(value))]))
    }

    /// Values for at least so many of these columns.
    fn set(&mut self, mut columns: Vec<Field>, least: usize) -> Option<Node> {
        let mut set = map::<&str>([]);
        for at in 0..self.c.between(least, 3) {
            if columns.is_empty() {
                return if at < least { None } else { Some(set) };
            }
            let column = columns.remove(self.c.below(columns.len()));
            let value = self.wanted_node(&column);
            set.push(&column.name, value);
        }
        Some(set)
    }

    pub(super) fn insert(&mut self) -> Option<Node> {
        let at = self.table()?;
        let table = self.world.tables[at].clone();
        let mut node = map([("insert", scalar(&table.name))]);
        node.push("set", self.new_row(&table));
        let name = self.name();
        let kept = self.push_clash(&table, &mut node)?;
        self.writes();
        if kept && self.c.chance(60) {
            node.push("as", scalar(&name));
            self.bind(
                &name,
                Bound::Row {
                    table: at,
                    absent: false,
                    saves: false,
                },
            );
        }
        Some(node)
    }

    /// The values of a new row.
    fn new_row(&mut self, table: &Table) -> Node {
        let mut set = map::<&str>([]);
        for column in &table.columns {
            if column.ty == Ty::Id || column.may_lack() && !self.c.chance(40) {
                continue;
            }
            let value = match (&column.ty, self.has_caller) {
                (Ty::Player, true) if self.c.chance(70) => scalar(self.caller()),
                _ => self.wanted_node(column),
            };
            set.push(&column.name, value);
        }
        set
    }

    /// What happens where such a row is there; whether the new one can be named then.
    fn push_clash(&mut self, table: &Table, node: &mut Node) -> Option<bool> {
        let alone = table.is_numbered() && table.unique_sets == 0;
        let one = table.unique_sets == 1 && table.unique.len() == 1;
        match self.c.below(4) {
            0 if self.may_fail && !alone => {
                node.push("else", scalar(self.error()));
                self.push_data(node);
            }
            1 if !table.is_numbered() || one => node.push("or", scalar("replace")),
            2 if !alone => {
                node.push("or", scalar("ignore"));
                return Some(false);
            }
            _ if alone => {}
            _ if self.may_fail => self.does.fails = true,
            _ => {
                node.push("or", scalar("ignore"));
                return Some(false);
            }
        }
        Some(true)
    }

    pub(super) fn insert_each(&mut self) -> Option<Node> {
        let at = self.table()?;
        let table = self.world.tables[at].clone();
        let from = self.bound.len();
        let source = self.source();
        let mut node = map([("insert", scalar(&table.name)), ("each", scalar(source))]);
        node.push("set", self.new_row(&table));
        self.bound.truncate(from);
        self.push_clash(&table, &mut node)?;
        self.writes();
        if self.c.chance(50) {
            let name = self.name();
            node.push("as", scalar(&name));
            self.bind(&name, Bound::Value(Ty::Int));
        }
        Some(node)
    }

    pub(super) fn update(&mut self) -> Option<Node> {
        let at = self.table()?;
        let table = self.world.tables[at].clone();
        let mut columns = settable(&table);
        let mut node = map([("update", scalar(&table.name))]);
        self.push_where(&table, &mut node, 1);
        let mut set = map::<&str>([]);
        self.of_row = Some(table.clone());
        for _ in 0..self.c.between(1, 3) {
            if columns.is_empty() {
                break;
            }
            let column = columns.remove(self.c.below(columns.len()));
            let value = self.changed(&table, &column);
            set.push(&column.name, value);
        }
        self.of_row = None;
        if matches!(&set, Node::Map(entries) if entries.is_empty()) {
            return None;
        }
        node.push("set", set);
        self.writes();
        self.push_number(&mut node);
        Some(node)
    }

    /// What an `update` makes of a column: of the old values, or of none.
    fn changed(&mut self, table: &Table, column: &Field) -> Node {
        let alike = |it: &&Field| it.ty == column.ty && it.optional == column.optional;
        let alike: Vec<Field> = table.columns.iter().filter(alike).cloned().collect();
        let old = self.c.pick(&alike).name.clone();
        let name = &column.name;
        let value = match (&column.ty, column.optional, self.c.below(5)) {
            (_, _, 0) => old,
            (Ty::Int, false, 1) => format!("{old} + {}", self.expr(&Ty::Int, 1)),
            (Ty::Int, false, 2) => format!("min(max({old} * 2, 0), 10)"),
            (Ty::Int, false, 3) => format!("-{name} + 1"),
            (Ty::Float, false, 1) => format!("{old} * 0.5 - 1"),
            (Ty::Float, false, 2) => format!("max({old}, 0)"),
            (Ty::Bool, false, 1 | 2) => format!("not {old}"),
            (Ty::Int, true, 1) => {
                format!("default({old}, {})", values::int(self.c, Some(0), Some(9)))
            }
            (Ty::Int, true, 2) => format!("default({old}, 1) + 1"),
            _ => return self.wanted_node(column),
        };
        scalar(value)
    }

    pub(super) fn delete(&mut self) -> Option<Node> {
        if self.c.chance(50)
            && let Some((at, _)) = self.row()
        {
            self.writes();
            if let Bound::Row { saves, .. } = &mut self.bound[at].1 {
                *saves = false;
            }
            return Some(map([("delete", scalar(self.bound[at].0.clone()))]));
        }
        let at = self.table()?;
        let table = self.world.tables[at].clone();
        let mut node = map([("delete", scalar(&table.name))]);
        self.push_where(&table, &mut node, 1);
        self.writes();
        self.push_number(&mut node);
        Some(node)
    }

    /// Binds how many rows it were, or does not.
    fn push_number(&mut self, node: &mut Node) {
        if self.c.chance(50) {
            let name = self.name();
            node.push("as", scalar(&name));
            self.bind(&name, Bound::Value(Ty::Int));
        }
    }
}

/// The columns that can be set in a row that is there.
fn settable(table: &Table) -> Vec<Field> {
    let columns = table.columns.iter().enumerate();
    let columns = columns.filter(|(at, _)| !table.key.contains(at));
    columns.map(|(_, column)| column.clone()).collect()
}
