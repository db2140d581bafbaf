//! Tables and indexes: made where they are not there, compared where they are.

use super::super::schema::{created, differs};
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
