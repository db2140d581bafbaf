//! Statements that make tables and indexes.

use super::{Column, Constant, Reference, Sql, Type};
use crate::names;

impl Sql<'_> {
    /// Makes the table, with every rule of its columns as a named constraint. A row that others refer to
    /// cannot be deleted, nor change the columns by which they do.
    pub fn create_table(&self) -> String {
        let numbered = self.table.row_number;
        let places = 0..self.table.columns.len();
        let mut lines: Vec<String> = places.clone().map(|at| self.declaration(at)).collect();
        if numbered.is_none() || !self.words.number_is_key {
            lines.push(self.key());
        }
        if !self.words.rules_in_columns {
            let ruled = places.filter(|at| Some(*at) != numbered);
            lines.extend(ruled.flat_map(|at| self.constraints(at)));
        }
        let references = self.table.references.iter();
        lines.extend(references.map(|reference| self.reference(reference).1));
        let options = match numbered {
            Some(_) => self.words.numbered_table,
            None => self.words.keyed_table,
        };
        let (table, lines) = (self.table(), lines.join(",\n  "));
        format!("CREATE TABLE {table} (\n  {lines}\n) {options}")
            .trim_end()
            .to_owned()
    }

    /// Makes an index over columns, which lets no two rows have the same there if it is `unique`.
    pub fn create_index(&self, columns: &[usize], unique: bool) -> String {
        let names = columns
            .iter()
            .map(|&at| self.table.columns[at].name.as_str());
        let name = names::sql_index(unique, &self.table.name, names);
        let name = self.words.quoted(&name);
        let unique = if unique { "UNIQUE " } else { "" };
        let columns = columns.iter().map(|&at| self.sorted(at, false));
        let columns: Vec<_> = columns.collect();
        let (table, columns) = (self.table(), columns.join(", "));
        format!("CREATE {unique}INDEX {name} ON {table} ({columns})")
    }

    /// The table's key, with the name that it has where keys have names.
    pub fn key(&self) -> String {
        let columns = self.columns(self.table.key.iter().copied()).join(", ");
        match self.key_name() {
            Some(name) => format!("CONSTRAINT {name} PRIMARY KEY ({columns})"),
            None => format!("PRIMARY KEY ({columns})"),
        }
    }

    /// The name of the table's key, quoted, where keys have names.
    pub fn key_name(&self) -> Option<String> {
        let suffix = self.words.key_suffix?;
        Some(self.words.quoted(&format!("{}{suffix}", self.table.name)))
    }

    /// A reference, and its name, quoted.
    pub fn reference(&self, reference: &Reference) -> (String, String) {
        let columns = reference
            .columns
            .iter()
            .map(|&at| &*self.table.columns[at].name);
        let name = names::sql_reference(&self.table.name, columns, &reference.table);
        let name = self.words.quoted(&name);
        let columns = self.columns(reference.columns.iter().copied()).join(", ");
        let table = self.words.quoted(&reference.table);
        let to = reference.to.iter().map(|name| self.words.quoted(name));
        let to: Vec<_> = to.collect();
        let named = match self.words.references_named {
            true => format!("CONSTRAINT {name} "),
            false => String::new(),
        };
        let declared = format!(
            "{named}FOREIGN KEY ({columns}) REFERENCES {table} ({})\n    ON DELETE RESTRICT ON UPDATE RESTRICT",
            to.join(", ")
        );
        (name, declared)
    }

    /// The column that numbers the rows: its type and what else makes it do so.
    pub(super) fn row_number(&self, at: usize) -> String {
        format!("{} {}", self.column(at), self.words.row_number)
    }

    pub(super) fn declare(&self, at: usize) -> String {
        let column = &self.table.columns[at];
        let mut declared = format!("{} {}", self.column(at), self.type_name(at));
        if !column.optional {
            declared.push_str(" NOT NULL");
        }
        if let Some(default) = self.default(at) {
            declared.push_str(&format!(" DEFAULT {default}"));
        }
        if self.words.rules_in_columns {
            for constraint in self.constraints(at) {
                declared.push_str(&format!("\n    {constraint}"));
            }
        }
        declared
    }

    /// What an insert that does not name the column gets, as SQL.
    pub fn default(&self, at: usize) -> Option<String> {
        let default = self.table.columns[at].default.as_ref()?;
        let [before, after] = match default {
            Constant::Text(_) => self.words.text_default,
            _ => ["", ""],
        };
        Some(format!("{before}{}{after}", self.constant(default)))
    }

    /// The rules of the column at `at`, each as a named constraint.
    pub fn constraints(&self, at: usize) -> Vec<String> {
        let rules = self.named_rules(at).into_iter();
        let constraints = rules.map(|(name, rule)| format!("CONSTRAINT {name} CHECK ({rule})"));
        constraints.collect()
    }

    /// The rules of the column at `at`, each behind its name, quoted.
    pub fn named_rules(&self, at: usize) -> Vec<(String, String)> {
        let column = &self.table.columns[at];
        let rules = self.rules(column).into_iter().map(|(rule, condition)| {
            let name = format!("{}_{}_{rule}", self.table.name, column.name);
            (self.words.quoted(&name), condition)
        });
        rules.collect()
    }

    /// The column's type.
    pub fn type_name(&self, at: usize) -> String {
        let column = &self.table.columns[at];
        let name = match &column.ty {
            Type::Float => self.words.float,
            Type::Bool => self.words.bool,
            ty if ty.is_int() => self.words.int,
            _ => return self.dialect.text_type(column, self.is_indexed(at)),
        };
        name.to_owned()
    }

    /// For how many characters a column of texts has room; `None` where that has no end.
    pub fn room(&self, at: usize) -> Option<i64> {
        let column = &self.table.columns[at];
        let is_text = matches!(column.ty, Type::Text | Type::OneOf(_)) && !column.ty.is_int();
        let room = is_text.then(|| self.dialect.text_room(column, self.is_indexed(at)));
        room.flatten()
    }

    /// What the column's value must keep, each with a word for the constraint's name. A NULL keeps
    /// every rule.
    pub(super) fn rules(&self, column: &Column) -> Vec<(&'static str, String)> {
        let name = self.words.quoted(&column.name);
        let bounded = match column.ty {
            Type::Text => format!("{}({name})", self.words.length),
            _ => name.clone(),
        };
        let mut rules = Vec::new();
        match &column.ty {
            Type::Bool => {
                rules.push(("bool", format!("{name} IN (0, 1)")));
            }
            Type::OneOf(values) => {
                let values: Vec<_> = values.iter().map(|it| self.constant(it)).collect();
                rules.push(("known", format!("{name} IN ({})", values.join(", "))));
            }
            _ => {}
        }
        if let Some(min) = &column.min {
            rules.push(("min", format!("{bounded} >= {}", self.constant(min))));
        }
        if let Some(max) = &column.max {
            rules.push(("max", format!("{bounded} <= {}", self.constant(max))));
        }
        rules
    }
}
