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
            .clone()
            .map(|at| match numbered {
                Some(number) if number == at => self.row_number(at),
                _ => self.declare(at),
            })
            .collect();
        let key = self.columns(self.table.key.iter().copied()).join(", ");
        if numbered.is_none() {
            lines.push(format!("PRIMARY KEY ({key})"));
        }
        if !self.words.rules_in_columns {
            let ruled = places.filter(|at| Some(*at) != numbered);
            lines.extend(ruled.flat_map(|at| self.constraints(at)));
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
        let columns = columns.iter().map(|&at| self.sorted(at, false));
        let columns: Vec<_> = columns.collect();
        let (table, columns) = (self.table(), columns.join(", "));
        format!("CREATE {unique}INDEX {name} ON {table} ({columns})")
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

    pub(super) fn declare(&self, at: usize) -> String {
        let column = &self.table.columns[at];
        let mut declared = format!("{} {}", self.column(at), self.type_name(at));
        if !column.optional {
            declared.push_str(" NOT NULL");
        }
        if let Some(default) = &column.default {
            let [before, after] = match default {
                Constant::Text(_) => self.words.text_default,
                _ => ["", ""],
            };
            let default = self.constant(default);
            declared.push_str(&format!(" DEFAULT {before}{default}{after}"));
        }
        if self.words.rules_in_columns {
            for constraint in self.constraints(at) {
                declared.push_str(&format!("\n    {constraint}"));
            }
        }
        declared
    }

    /// The rules of the column at `at`, each as a named constraint.
    pub fn constraints(&self, at: usize) -> Vec<String> {
        let column = &self.table.columns[at];
        let rules = self.rules(column).into_iter().map(|(rule, condition)| {
            let name = format!("{}_{}_{rule}", self.table.name, column.name);
            format!(
                "CONSTRAINT {} CHECK ({condition})",
                self.words.quoted(&name)
            )
        });
        rules.collect()
    }

    /// The column's type.
    fn type_name(&self, at: usize) -> String {
        let column = &self.table.columns[at];
        let name = match &column.ty {
            Type::Float => self.words.float,
            Type::Bool => self.words.bool,
            ty if ty.is_int() => self.words.int,
            _ => return self.dialect.text_type(column, self.is_indexed(at)),
        };
        name.to_owned()
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
