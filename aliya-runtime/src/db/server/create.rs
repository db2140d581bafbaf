//! Tables and indexes of games without migrations: made where they are not there, compared with
//! what made them where they are.

use super::super::{DbError, Param, Statement, Value, schema};
use super::ServerConn;
use super::pool::Pool;
use super::session::{Driver, Fault, Kind, Made};

/// Makes what `schema` declares and the database lacks; refuses what differs.
pub(super) async fn create(
    pool: &Pool,
    driver: &dyn Driver,
    schema: &'static [&'static Statement],
) -> Result<(), DbError> {
    let mut lease = pool.take().await?;
    let conn = lease.conn.server();
    let made = driver.made();
    conn.begin_alone();
    control(conn, made.lock).await?;
    let created = under_lock(conn, driver, schema).await;
    // A connection that fails here is closed, which lets go of its lock, too.
    let unlocked = control(conn, made.unlock).await;
    created?;
    unlocked?;
    pool.give_back(lease);
    Ok(())
}

async fn under_lock(
    conn: &mut ServerConn,
    driver: &dyn Driver,
    schema: &'static [&'static Statement],
) -> Result<(), DbError> {
    let Made {
        create,
        find,
        insert,
        ..
    } = driver.made();
    control(conn, create).await?;
    for declared in schema {
        let text = declared.text(driver.dialect());
        let Some((kind, name)) = schema::created(text) else {
            let what = "makes no table or index in the form that is expected";
            return Err(DbError::Failed(format!("{}: {what}", declared.name)));
        };
        let rows = conn.query(find, &[Param::Text(name)]).await?;
        match rows.first().map(Vec::as_slice) {
            None => {
                make(conn, declared.name, text).await?;
                let row = [Param::Text(name), Param::Text(text)];
                conn.execute(insert, &row).await?;
            }
            Some([Value::Text(found)]) if found == text => {}
            Some(other) => {
                let found = match other {
                    [Value::Text(found)] => found,
                    _ => "",
                };
                let object = format!("{kind} `{name}`");
                return Err(schema::differs(object, &driver.place(), found, text));
            }
        }
    }
    Ok(())
}

/// Makes a table or index. Where it is there already, a process died before it wrote that down.
async fn make(
    conn: &mut ServerConn,
    statement: &'static str,
    text: &'static str,
) -> Result<(), DbError> {
    match conn.control(text).await {
        Err(Fault {
            kind: Kind::Duplicate,
            ..
        })
        | Ok(()) => Ok(()),
        Err(fault) => Err(fault.of(statement)),
    }
}

async fn control(conn: &mut ServerConn, sql: &'static str) -> Result<(), DbError> {
    conn.control(sql)
        .await
        .map_err(|fault| fault.of("making tables"))
}
