//! What rows must keep so that a table can change.

use aliya_macros_core::sql::Convert;

use super::{Alter, convert};
use crate::migrate::plan::Altered;
use crate::migrate::script::Check;
use crate::migrate::snapshot::Column;

impl Alter<'_> {
    /// What must hold of the rows that are there.
    pub fn checks(&self, checks: &mut Vec<Check>) {
        let table = &self.altered.old_name;
        for (at, column, old) in self.columns() {
            let Some(old) = old else { continue };
            let (name, quoted) = (&old.name, self.sql.quoted(&old.name));
            let convert = convert(old, column);
            let new_name = self.sql.quoted(&column.name);
            if let Some(condition) = self.sql.convertible(&new_name, &convert) {
                let what = format!(
                    "every `{name}` of `{table}` can become {} without losing anything",
                    column.shape
                );
                let query = self
                    .sql
                    .count_breaking(self.from(), at, &quoted, &condition);
                checks.push(Check { what, query });
            }
            if self.keeps_rules(old, column) {
                continue;
            }
            let value = self.sql.converted(&quoted, &convert);
            for (rule, condition) in self.sql.column_rules(at) {
                let what = match (rule, &column.min, &column.max) {
                    ("min", Some(min), _) => format!("no `{name}` of `{table}` is below {min}"),
                    ("max", _, Some(max)) => format!("no `{name}` of `{table}` is above {max}"),
                    _ => format!("every `{name}` of `{table}` is a value of its new type"),
                };
                let query = self.sql.count_breaking(self.from(), at, &value, &condition);
                checks.push(Check { what, query });
            }
        }
        self.unique_checks(checks);
    }

    /// Whether what keeps the old column's rules keeps the new one's.
    fn keeps_rules(&self, old: &Column, new: &Column) -> bool {
        old.shape == new.shape && old.min == new.min && old.max == new.max
    }

    fn unique_checks(&self, checks: &mut Vec<Check>) {
        let Altered { old, new, .. } = self.altered;
        let known: Vec<Vec<String>> = old
            .unique
            .iter()
            .chain([&old.key])
            .filter_map(|names| self.altered.renamed(names))
            .collect();
        for columns in std::iter::once(&new.key).chain(&new.unique) {
            let is_known = known
                .iter()
                .any(|set| set.iter().all(|it| columns.contains(it)));
            let meet = self.columns().any(|(_, column, old)| {
                columns.contains(&column.name) && old.is_some_and(|old| may_meet(old, column))
            });
            // A number that the database gives is another for each row.
            let fresh = self
                .new_number()
                .is_some_and(|it| columns.iter().any(|c| c == it));
            if (is_known && !meet) || fresh {
                continue;
            }
            let values = columns.iter().filter_map(|name| {
                let mut all = self.columns();
                let (_, column, old) = all.find(|(_, column, _)| column.name == *name)?;
                Some((name.as_str(), self.value_of_old(column, old)?))
            });
            let values: Vec<_> = values.collect();
            let names: Vec<_> = columns.iter().map(|name| format!("`{name}`")).collect();
            checks.push(Check {
                what: format!(
                    "no two rows of `{}` have the same {}",
                    self.altered.old_name,
                    names.join(", ")
                ),
                query: self.sql.count_doubled(self.from(), &values),
            });
        }
    }
}

/// Whether values that were different may be the same afterwards.
fn may_meet(old: &Column, new: &Column) -> bool {
    (old.optional && !new.optional) || convert(old, new) != Convert::Same
}
