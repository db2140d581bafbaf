//! Statements that change tables which hold rows: the parts that migrations are made of.

use super::{Constant, Sql};
use crate::dialect::Dialect;

/// How a column's values become those of its new type.
#[derive(Clone, Debug, PartialEq)]
pub enum Convert {
    /// They stay as they are stored.
    Same,
    /// An int becomes the same number as a float.
    IntToFloat,
    /// A float without a fraction becomes an int.
    FloatToInt,
    /// An int becomes its digits.
    IntToText,
    /// A bool becomes 0 or 1.
    BoolToInt,
    /// 0 and 1 become a bool.
    IntToBool,
    /// Each constant becomes the one beside it.
    Map(Vec<(Constant, Constant)>),
}

impl Convert {
    /// Whether values are stored in another way afterwards.
    pub fn changes_values(&self) -> bool {
        !matches!(self, Self::Same | Self::BoolToInt | Self::IntToBool)
    }
}

/// The name of a column, and its expression over a table.
pub type Value = (String, String);

/// The greatest int up to which every int has a float of its own.
const EXACT_INT_MAX: i64 = 1 << 53;

impl Sql<'_> {
    /// Adds a column to the table, where it has what the rows that are there get: a default, or
    /// NULL.
    pub fn add_column(&self, at: usize) -> String {
        let column = self.declaration(at);
        format!("ALTER TABLE {} ADD COLUMN {column}", self.table())
    }

    /// A column's name, its type and what else stands with it in the declaration of its table.
    pub fn declaration(&self, at: usize) -> String {
        match self.table.row_number {
            Some(number) if number == at => self.row_number(at),
            _ => self.declare(at),
        }
    }

    /// Gives the column `from` the name of the one at `at`.
    pub fn rename_column(&self, from: &str, at: usize) -> String {
        let (from, to) = (self.words.quoted(from), self.column(at));
        format!("ALTER TABLE {} RENAME COLUMN {from} TO {to}", self.table())
    }

    /// Gives the table `from` this one's name.
    pub fn rename_table(&self, from: &str) -> String {
        let from = self.words.quoted(from);
        format!("ALTER TABLE {from} RENAME TO {}", self.table())
    }

    /// Makes the table under another name, which [`Sql::rename_table`] takes back: its rules are
    /// named as they will be.
    ///
    /// # Panics
    /// Where [`Sql::create_table`] has another form than this relies on.
    pub fn create_table_as(&self, name: &str) -> String {
        let created = self.create_table();
        let head = format!("CREATE TABLE {} ", self.table());
        let rest = created.strip_prefix(&head);
        let rest = rest.expect("a statement that begins with the table's name");
        format!("CREATE TABLE {} {rest}", self.words.quoted(name))
    }

    /// Fills the table `into`, of this one's columns, from the rows of `from`: each column with its
    /// expression over those.
    pub fn copy_rows(&self, into: &str, from: &str, values: &[(usize, String)]) -> String {
        let columns = self.columns(values.iter().map(|(at, _)| *at)).join(", ");
        let values: Vec<_> = values.iter().map(|(_, value)| value.as_str()).collect();
        format!(
            "INSERT INTO {} ({columns})\nSELECT {}\nFROM {}",
            self.words.quoted(into),
            values.join(", "),
            self.words.quoted(from),
        )
    }

    /// Removes the table with all its rows.
    pub fn drop_table(&self) -> String {
        format!("DROP TABLE {}", self.table())
    }

    /// Counts the rows of the table `from` in which `value`, an expression over its columns, is no
    /// value that the column at `at` may have: it breaks `condition`, which names that column.
    pub fn count_breaking(&self, from: &str, at: usize, value: &str, condition: &str) -> String {
        format!(
            "SELECT count(*) FROM (SELECT {value} AS {} FROM {}) AS {}\nWHERE NOT ({condition})",
            self.column(at),
            self.words.quoted(from),
            self.words.quoted("rows"),
        )
    }

    /// Counts the sets of values that more than one row of the table `from` has in columns of these
    /// names, each with its expression over that table; those with a NULL among them are all
    /// different.
    pub fn count_doubled(&self, from: &str, columns: &[(&str, String)]) -> String {
        let names: Vec<_> = columns.iter().map(|(name, _)| self.quoted(name)).collect();
        let values = columns.iter().zip(&names);
        let values: Vec<_> = values
            .map(|((_, it), name)| format!("{it} AS {name}"))
            .collect();
        let present: Vec<_> = names.iter().map(|it| format!("{it} IS NOT NULL")).collect();
        let rows = self.quoted("rows");
        format!(
            "SELECT count(*) FROM (SELECT 1 FROM (SELECT {} FROM {}) AS {rows}\n\
             WHERE {} GROUP BY {} HAVING count(*) > 1) AS {rows}",
            values.join(", "),
            self.quoted(from),
            present.join(" AND "),
            names.join(", "),
        )
    }

    /// Counts the rows of the table `from` that refer to none of `to`, with a table and columns of
    /// either, each with its expression over its table; those with a NULL among them refer to none.
    /// Where `to` is `None`, there is no row to refer to.
    pub fn count_orphans(&self, from: (&str, &[Value]), to: Option<(&str, &[Value])>) -> String {
        let (rows, others) = (self.quoted("rows"), self.quoted("others"));
        let selected = |(table, values): (&str, &[Value])| {
            let values = values.iter();
            let values: Vec<_> = values
                .map(|(name, it)| format!("{it} AS {}", self.quoted(name)))
                .collect();
            format!("(SELECT {} FROM {})", values.join(", "), self.quoted(table))
        };
        let names = from.1.iter().map(|(name, _)| self.quoted(name));
        let mut holds: Vec<_> = names
            .map(|name| format!("{rows}.{name} IS NOT NULL"))
            .collect();
        if let Some(to) = to {
            let pairs = from.1.iter().zip(to.1);
            let same = pairs.map(|((name, _), (other, _))| {
                let (name, other) = (self.quoted(name), self.quoted(other));
                format!("{others}.{other} = {rows}.{name}")
            });
            let same: Vec<_> = same.collect();
            holds.push(format!(
                "NOT EXISTS (SELECT 1 FROM {} AS {others} WHERE {})",
                selected(to),
                same.join(" AND ")
            ));
        }
        format!(
            "SELECT count(*) FROM {} AS {rows}\nWHERE {}",
            selected(from),
            holds.join(" AND ")
        )
    }

    /// What the values of the column at `at` must keep: conditions that name the column, each with
    /// the word for its kind (`min`, `max`, `known`, `bool`).
    pub fn column_rules(&self, at: usize) -> Vec<(&'static str, String)> {
        self.rules(&self.table.columns[at])
    }

    /// `value` as the new type has it.
    pub fn converted(&self, value: &str, convert: &Convert) -> String {
        match convert {
            Convert::Same => value.to_owned(),
            Convert::IntToFloat => format!("CAST({value} AS {})", self.words.float),
            Convert::FloatToInt => format!("CAST({value} AS {})", self.words.int_cast),
            Convert::IntToText => format!("CAST({value} AS {})", self.words.text_cast),
            Convert::BoolToInt | Convert::IntToBool => value.to_owned(),
            Convert::Map(pairs) => {
                let each = pairs.iter().map(|(from, to)| {
                    let (from, to) = (self.constant(from), self.constant(to));
                    format!(" WHEN {from} THEN {to}")
                });
                format!("CASE {value}{} END", each.collect::<String>())
            }
        }
    }

    /// What holds for `value` where it can be converted and nothing of it is lost; `None` where that
    /// is so of every value. Of a NULL it is unknown.
    pub fn convertible(&self, value: &str, convert: &Convert) -> Option<String> {
        match convert {
            Convert::Same | Convert::IntToText | Convert::BoolToInt => None,
            Convert::IntToFloat => Some(format!(
                "{value} BETWEEN -{EXACT_INT_MAX} AND {EXACT_INT_MAX}"
            )),
            Convert::FloatToInt => Some(format!(
                "{value} = CAST({value} AS {})",
                self.words.int_cast
            )),
            Convert::IntToBool => Some(format!("{value} IN (0, 1)")),
            Convert::Map(pairs) => {
                let from: Vec<_> = pairs.iter().map(|(from, _)| self.constant(from)).collect();
                Some(format!("{value} IN ({})", from.join(", ")))
            }
        }
    }

    /// The table's name in the database.
    pub fn table_name(&self) -> &str {
        &self.table.name
    }

    /// The dialect.
    pub fn dialect(&self) -> &dyn Dialect {
        self.dialect
    }

    /// Any name, quoted.
    pub fn quoted(&self, name: &str) -> String {
        self.words.quoted(name)
    }
}
