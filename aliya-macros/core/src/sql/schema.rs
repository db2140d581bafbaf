//! Statements that make tables and indexes.

use super::{Column, Constant, Reference, Sql, Type};
use crate::names;

impl Sql<'_> {
    /// Makes the table, with every rule of its columns as a named constraint. A row that others refer to
    /// cannot be deleted, nor change the columns by which they do.
    pub fn create_table(&self) -> String {
        let numbered = self.table.row_number;
        let places = 0..self.table.columns.len();
        let mut lines: Vec<String> = places
            .map(|at| match numbered {
                Some(number) if number == at => self.row_number(at),
                _ => self.declare(&self.table.columns[at]),
            })
            .collect();
        let key = self.columns(self.table.key.iter().copied()).join(", ");
        if numbered.is_none() {
            lines.push(format!("PRIMARY KEY ({key})"));
        }
        let references = self.table.references.iter();
        lines.extend(references.map(|reference| self.reference(reference)));
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
        let columns = self.columns(columns.iter().copied()).join(", ");
        format!(
            "CREATE {unique}INDEX {name} ON {} ({columns})",
            self.table()
        )
    }

    fn reference(&self, reference: &Reference) -> String {
        let columns = self.columns(reference.columns.iter().copied()).join(", ");
        let table = self.words.quoted(&reference.table);
        let to = reference.to.iter().map(|name| self.words.quoted(name));
        let to: Vec<_> = to.collect();
        format!(
            "FOREIGN KEY ({columns}) REFERENCES {table} ({})\n    ON DELETE RESTRICT ON UPDATE RESTRICT",
            to.join(", ")
        )
    }

    fn row_number(&self, at: usize) -> String {
        format!("{} {}", self.column(at), self.words.row_number)
    }

    pub(super) fn declare(&self, column: &Column) -> String {
        let mut declared = format!(
            "{} {}",
            self.words.quoted(&column.name),
            self.type_name(column)
        );
        if !column.optional {
            declared.push_str(" NOT NULL");
        }
        if let Some(default) = &column.default {
            declared.push_str(" DEFAULT ");
            declared.push_str(&default.literal());
        }
        for (rule, condition) in self.rules(column) {
            let name = format!("{}_{}_{rule}", self.table.name, column.name);
            let name = self.words.quoted(&name);
            declared.push_str(&format!("\n    CONSTRAINT {name} CHECK ({condition})"));
        }
        declared
    }

    fn type_name(&self, column: &Column) -> &'static str {
        match &column.ty {
            Type::Int => self.words.int,
            Type::Float => self.words.float,
            Type::Bool => self.words.bool,
            Type::OneOf(values) if matches!(values.as_slice(), [Constant::Int(_), ..]) => {
                self.words.int
            }
            Type::Text | Type::OneOf(_) => self.words.text,
        }
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
            Type::Bool if self.words.bool == self.words.int => {
                rules.push(("bool", format!("{name} IN (0, 1)")));
            }
            Type::OneOf(values) => {
                let values: Vec<_> = values.iter().map(Constant::literal).collect();
                rules.push(("known", format!("{name} IN ({})", values.join(", "))));
            }
            _ => {}
        }
        if let Some(min) = &column.min {
            rules.push(("min", format!("{bounded} >= {}", min.literal())));
        }
        if let Some(max) = &column.max {
            rules.push(("max", format!("{bounded} <= {}", max.literal())));
        }
        rules
    }
}
