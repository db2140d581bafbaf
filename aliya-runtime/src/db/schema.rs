//! What statements make tables and indexes: shared by those that make them in each database.

use super::DbError;

/// What a statement creates: "table" or "index", and its name.
pub(super) fn created(sql: &str) -> Option<(&'static str, &str)> {
    let what = sql.strip_prefix("CREATE ")?;
    let (kind, rest) = match what.strip_prefix("TABLE ") {
        Some(rest) => ("table", rest),
        None => {
            let index = what.strip_prefix("UNIQUE ").unwrap_or(what);
            ("index", index.strip_prefix("INDEX ")?)
        }
    };
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '`'))?;
    let (name, _) = rest.strip_prefix(quote)?.split_once(quote)?;
    Some((kind, name))
}

/// The refusal of what `found` made in the database `path`, where `declared` makes it now.
pub(super) fn differs(object: String, path: &str, found: &str, declared: &str) -> DbError {
    let (mut a, mut b, mut line) = (found.lines(), declared.lines(), 0);
    loop {
        line += 1;
        match (a.next(), b.next()) {
            (Some(found), Some(declared)) if found == declared => {}
            (found, declared) => {
                return DbError::SchemaDiffers {
                    object,
                    path: path.to_owned(),
                    line,
                    found: found.unwrap_or_default().trim().to_owned(),
                    declared: declared.unwrap_or_default().trim().to_owned(),
                };
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_what_is_created() {
        for (sql, expected) in [
            ("CREATE TABLE \"bag\" (\n)", Some(("table", "bag"))),
            (
                "CREATE INDEX \"i\" ON \"bag\" (\"a\")",
                Some(("index", "i")),
            ),
            ("CREATE TABLE `bag` (\n)", Some(("table", "bag"))),
            ("CREATE UNIQUE INDEX \"u\" ON \"bag\"", Some(("index", "u"))),
            ("CREATE TABLE bag (a)", None),
            ("CREATE TABLE IF NOT EXISTS \"bag\" (a)", None),
            ("DROP TABLE \"bag\"", None),
        ] {
            assert_eq!(created(sql), expected, "{sql}");
        }
    }
}
