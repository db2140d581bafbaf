//! Tables and indexes: made where they are not there, compared where they are.

use super::super::{Conn, DbError, Param, Statement, Value};

/// SQLite keeps the text that made a table or index as it was written, from the name on.
static FIND: Statement = Statement {
    name: "schema.find",
    sqlite: "SELECT \"sql\" FROM \"sqlite_schema\" WHERE \"name\" = ?1 COLLATE NOCASE",
    ..Statement::SQLITE_ALONE
};

/// Makes what `schema` declares and `path` lacks; refuses what differs.
pub(super) async fn create(
    conn: &mut Conn,
    schema: &'static [&'static Statement],
    path: &str,
) -> Result<(), DbError> {
    for declared in schema {
        let Some((kind, name)) = created(declared.sqlite) else {
            let what = "makes no table or index in the form that is expected";
            return Err(DbError::Failed(format!("{}: {what}", declared.name)));
        };
        let rows = conn.query(&FIND, &[Param::Text(name)]).await?;
        let Some(found) = rows.first() else {
            conn.execute(declared, &[]).await?;
            continue;
        };
        let found = match found.first() {
            Some(Value::Text(text)) => text,
            _ => "",
        };
        if found != declared.sqlite {
            let object = format!("{kind} `{name}`");
            return Err(differs(object, path, found, declared.sqlite));
        }
    }
    Ok(())
}

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
    let (name, _) = rest.strip_prefix('"')?.split_once('"')?;
    Some((kind, name))
}

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
            ("CREATE UNIQUE INDEX \"u\" ON \"bag\"", Some(("index", "u"))),
            ("CREATE TABLE bag (a)", None),
            ("CREATE TABLE IF NOT EXISTS \"bag\" (a)", None),
            ("DROP TABLE \"bag\"", None),
        ] {
            assert_eq!(created(sql), expected, "{sql}");
        }
    }
}
