//! What becomes of a column that there was already.

use std::collections::BTreeMap;

use aliya_macros_core::sql::Convert;

use super::set;
use crate::migrate::convert::conversion;
use crate::migrate::databases::Each;
use crate::migrate::plan::{Class, Line};
use crate::migrate::snapshot::{Column, Constant, Shape, Variants};

/// The lines of one column.
struct Lines<'c> {
    name: &'c str,
    lines: Vec<Line>,
}

impl Lines<'_> {
    /// Adds one; a migration of it alone is called `what_happens` and the column.
    fn add(&mut self, class: impl Into<Each<Class>>, what_happens: &str, what: String) {
        let name = format!("{what_happens}_{}", self.name);
        self.lines.push(Line::new(class, name, what));
    }

    /// Says that the last one cannot be done, and what to do instead.
    fn refuse(&mut self, help: String) {
        if let Some(last) = self.lines.last_mut() {
            last.refused = Some(help);
        }
    }
}

/// What changes a rule: a table made anew in SQLite, read in PostgreSQL, copied by MySQL.
pub(crate) const RULE: Each<Class> = Each {
    sqlite: Class::Rewrites,
    postgres: Class::Safe,
    mysql: Class::Rewrites,
};

/// What SQLite alone makes the table anew for.
pub(crate) const SQLITE_ALONE: Each<Class> = Each {
    sqlite: Class::Rewrites,
    postgres: Class::Safe,
    mysql: Class::Safe,
};

/// The class of what writes every row anew under a condition.
pub(crate) fn rewrites_if(condition: bool) -> Class {
    match condition {
        true => Class::Rewrites,
        false => Class::Safe,
    }
}

/// The class of a new name for a column, or for the table of columns: SQLite and MySQL have no new
/// one for a rule. MySQL copies the table for each rule that comes.
pub(crate) fn renames<'c>(columns: impl IntoIterator<Item = &'c Column>) -> Each<Class> {
    let has_rules = |column: &Column| {
        let of_type = matches!(column.shape, Shape::Bool | Shape::Enum(_));
        of_type || column.min.is_some() || column.max.is_some()
    };
    match columns.into_iter().any(has_rules) {
        true => RULE,
        false => Class::Safe.into(),
    }
}

/// The lines of a column that there was already; `retyped`: databases have another type for it.
pub(super) fn changed(old: &Column, new: &Column, retyped: &Each<bool>) -> Vec<Line> {
    let name = &new.name;
    let mut lines = Lines {
        name,
        lines: Vec::new(),
    };
    if old.name != *name {
        let what = format!("column `{}` is renamed `{name}`", old.name);
        lines.add(renames([new]), &format!("rename_{}_to", old.name), what);
    }
    if old.shape != new.shape {
        shape(old, new, retyped, &mut lines);
    }
    match (old.optional, new.optional) {
        (true, false) => required(new, &mut lines),
        (false, true) => lines.add(RULE, "optional", format!("`{name}` may be absent")),
        _ => {}
    }
    bound("min", "below", [&old.min, &new.min], retyped, &mut lines);
    bound("max", "above", [&old.max, &new.max], retyped, &mut lines);
    if old.default != new.default {
        let what = match &new.default {
            Some(default) => format!("new rows have {default} in `{name}` where nothing is said"),
            None => format!("new rows must say what `{name}` is"),
        };
        lines.add(SQLITE_ALONE, "default", what);
    }
    lines.lines
}

fn required(new: &Column, lines: &mut Lines<'_>) {
    let name = &new.name;
    let what = format!("`{name}` is no longer optional");
    match &new.default {
        Some(default) => {
            let what = format!("{what}: where it is absent it becomes {default}");
            lines.add(Class::NeedsDefault, "require", what);
        }
        None => {
            lines.add(Class::NeedsDefault, "require", what);
            lines.refuse(format!(
                "rows where it is absent have no value for it: give `{name}` a `default`"
            ));
        }
    }
}

fn shape(old: &Column, new: &Column, retyped: &Each<bool>, lines: &mut Lines<'_>) {
    let name = &new.name;
    let how = conversion(&old.shape, &new.shape);
    if let (Shape::Enum(before), Shape::Enum(after), Ok(how)) = (&old.shape, &new.shape, &how)
        && let Some((gone, added)) = variants(before, after)
    {
        if !added.is_empty() {
            let what = format!("`{name}` may also be {}", set(&added));
            lines.add(RULE, "variants", what);
        }
        if !gone.is_empty() {
            let what = format!(
                "`{name}` may no longer be {}; a row that is stops the migration",
                set(&gone)
            );
            lines.add(RULE, "variants", what);
        }
        if how.convert != Convert::Same {
            let what = format!("the numbers of `{name}` have changed: {}", how.said);
            lines.add(Class::Rewrites, "variants", what);
        }
        return;
    }
    let what = format!("`{name}` is {}, becomes {}", old.shape, new.shape);
    match how {
        Ok(how) if old.shape.is_json() => {
            lines.add(Class::Safe, "type", format!("{what}: {}", how.said));
        }
        Ok(how) => {
            let converts = how.convert.changes_values();
            let class = Each {
                sqlite: Class::Rewrites,
                postgres: rewrites_if(converts || retyped.postgres),
                mysql: rewrites_if(converts || retyped.mysql).max(renames([new]).mysql),
            };
            lines.add(class, "type", format!("{what}: {}", how.said));
        }
        Err(why) => {
            lines.add(Class::Rewrites, "type", what);
            lines.refuse(format!(
                "{why}. Keep `{}` as it is, add a column of the new type beside it, fill that one \
                 in a function or in the migration's SQL, and drop this one when nothing reads it",
                old.name
            ));
        }
    }
}

/// The names that only the first and only the second has; `None` where one has numbers alone.
fn variants(before: &Variants, after: &Variants) -> Option<(Vec<String>, Vec<String>)> {
    let (before, after): (Vec<&String>, Vec<&String>) = match (before, after) {
        (Variants::Named(before), Variants::Named(after)) => {
            (before.iter().collect(), after.iter().collect())
        }
        (Variants::Numbered(before), Variants::Numbered(after)) => {
            let kept = |name: &String, number: &i64, other: &BTreeMap<String, i64>| {
                other.contains_key(name) || other.values().any(|it| it == number)
            };
            let gone = before.iter().filter(|(name, it)| !kept(name, it, after));
            let added = after.iter().filter(|(name, it)| !kept(name, it, before));
            let name = |(name, _): (&String, &i64)| name.clone();
            return Some((gone.map(name).collect(), added.map(name).collect()));
        }
        _ => return None,
    };
    let only = |these: &[&String], those: &[&String]| {
        let only = these.iter().filter(|name| !those.contains(name));
        only.map(|name| (*name).clone()).collect::<Vec<_>>()
    };
    Some((only(&before, &after), only(&after, &before)))
}

fn bound(
    key: &str,
    beyond: &str,
    [old, new]: [&Option<Constant>; 2],
    retyped: &Each<bool>,
    lines: &mut Lines<'_>,
) {
    if old == new {
        return;
    }
    let name = lines.name;
    let Some(bound) = new else {
        let class = Each {
            mysql: rewrites_if(retyped.mysql),
            ..SQLITE_ALONE
        };
        lines.add(class, key, format!("`{name}` has no {key} any more"));
        return;
    };
    if old.as_ref().is_some_and(|old| number(bound) == number(old)) {
        // An int's bound, and the same of a float.
        return;
    }
    let wider = old.as_ref().is_some_and(|old| match key {
        "min" => number(bound) < number(old),
        _ => number(bound) > number(old),
    });
    if wider {
        let what = format!("`{name}` has the wider {key} {bound}");
        lines.add(RULE, key, what);
    } else {
        let what = format!("`{name}` has the {key} {bound}: a row {beyond} it stops the migration");
        lines.add(RULE, key, what);
    }
}

/// Near enough to tell which of two bounds is the wider one; a bound beyond 2^53 that comes out
/// wrong is checked in the rows all the same.
fn number(constant: &Constant) -> f64 {
    match constant {
        Constant::Int(value) => *value as f64,
        Constant::Float(value) => *value,
        Constant::Bool(_) | Constant::Text(_) => f64::NAN,
    }
}
