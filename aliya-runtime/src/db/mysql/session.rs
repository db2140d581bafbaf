//! Statements and values as MySQL has them.

use sqlx::mysql::{MySqlArguments, MySqlConnection, MySqlQueryResult, MySqlRow};
use sqlx::{
    Arguments as _, AssertSqlSafe, Connection as _, Row as _, TypeInfo as _, ValueRef as _,
};

use super::super::server::{Fault, Insert, Kind, Session};
use super::super::{Dialect, Param, Row, Statement, Value};
use super::{Product, fault};
use crate::BoxFuture;

/// A connection to MySQL or MariaDB.
pub(super) struct MysqlSession {
    raw: MySqlConnection,
    product: Product,
}

impl MysqlSession {
    pub(super) fn new(raw: MySqlConnection, product: Product) -> Self {
        Self { raw, product }
    }

    /// Runs an insert; `None` where a row with the same key or unique columns is there, which undoes
    /// the statement alone.
    async fn insert(
        &mut self,
        statement: &'static Statement,
        params: &[Param<'_>],
    ) -> Result<Option<MySqlQueryResult>, Fault> {
        let bound = sqlx::query_with(statement.mysql, bound(params)?);
        match bound.execute(&mut self.raw).await {
            Ok(done) => Ok(Some(done)),
            Err(error) => match fault::of(&error) {
                Fault {
                    kind: Kind::Duplicate,
                    ..
                } => Ok(None),
                fault => Err(fault),
            },
        }
    }
}

impl Session for MysqlSession {
    fn dialect(&self) -> Dialect {
        Dialect::Mysql
    }

    fn query<'a>(
        &'a mut self,
        statement: &'static Statement,
        params: &'a [Param<'a>],
    ) -> BoxFuture<'a, Result<Vec<Row>, Fault>> {
        Box::pin(async move {
            let bound = sqlx::query_with(statement.mysql, bound(params)?);
            let rows = bound.fetch_all(&mut self.raw).await;
            let rows = rows.map_err(|error| fault::of(&error))?;
            rows.iter().map(values).collect()
        })
    }

    fn execute<'a>(
        &'a mut self,
        statement: &'static Statement,
        params: &'a [Param<'a>],
    ) -> BoxFuture<'a, Result<u64, Fault>> {
        Box::pin(async move {
            let bound = sqlx::query_with(statement.mysql, bound(params)?);
            let done = bound.execute(&mut self.raw).await;
            Ok(done.map_err(|error| fault::of(&error))?.rows_affected())
        })
    }

    fn insert_or_ignore<'a>(
        &'a mut self,
        statement: &'static Statement,
        params: &'a [Param<'a>],
    ) -> BoxFuture<'a, Result<bool, Fault>> {
        Box::pin(async move {
            let inserted = self.insert(statement, params).await?;
            Ok(inserted.is_some_and(|done| done.rows_affected() > 0))
        })
    }

    fn insert_all<'a>(&'a mut self, insert: Insert<'a>) -> BoxFuture<'a, Result<u64, Fault>> {
        Box::pin(async move {
            let Insert { sql, params, keeps } = insert;
            let bound = sqlx::query_with(AssertSqlSafe(sql), bound(&params)?);
            let done = bound.persistent(keeps).execute(&mut self.raw).await;
            Ok(done.map_err(|error| fault::of(&error))?.rows_affected())
        })
    }

    fn insert_id<'a>(
        &'a mut self,
        statement: &'static Statement,
        params: &'a [Param<'a>],
    ) -> BoxFuture<'a, Result<Option<i64>, Fault>> {
        Box::pin(async move {
            let inserted = self.insert(statement, params).await?;
            let id = inserted.map(|done| done.last_insert_id());
            id.map(|id| i64::try_from(id).map_err(|_| failed(format!("{id} is no id"))))
                .transpose()
        })
    }

    fn control(&mut self, sql: &'static str) -> BoxFuture<'_, Result<(), Fault>> {
        Box::pin(async move {
            let sql = AssertSqlSafe(self.product.says(sql).into_owned());
            let done = sqlx::raw_sql(sql).execute(&mut self.raw).await;
            done.map(drop).map_err(|error| fault::of(&error))
        })
    }

    fn close(self: Box<Self>) -> BoxFuture<'static, ()> {
        Box::pin(async move {
            // What cannot be said goodbye to is gone already.
            let _ = self.raw.close().await;
        })
    }
}

/// The values of a statement's parameters.
fn bound(params: &[Param<'_>]) -> Result<MySqlArguments, Fault> {
    let mut arguments = MySqlArguments::default();
    for param in params {
        match *param {
            Param::Null => arguments.add(None::<i64>),
            Param::Int(int) => arguments.add(int),
            Param::Float(float) => arguments.add(float),
            Param::Text(text) => arguments.add(text),
            Param::Json(json) => arguments.add(json.to_string()),
        }
        .map_err(|error| failed(error.to_string()))?;
    }
    Ok(arguments)
}

fn values(row: &MySqlRow) -> Result<Row, Fault> {
    (0..row.len()).map(|at| value(row, at)).collect()
}

fn value(row: &MySqlRow, at: usize) -> Result<Value, Fault> {
    let raw = row.try_get_raw(at).map_err(|error| fault::of(&error))?;
    if raw.is_null() {
        return Ok(Value::Null);
    }
    let found = raw.type_info();
    let value = match found.name() {
        "BIGINT" | "INT" | "TINYINT" | "BOOLEAN" => row.try_get(at).map(Value::Int),
        // Minus zero is zero, as it is in SQLite.
        "DOUBLE" => row.try_get(at).map(|float: f64| Value::Float(float + 0.0)),
        // Texts that compare byte by byte look like bytes to the driver.
        "VARCHAR" | "TEXT" | "LONGTEXT" | "VARBINARY" | "BLOB" | "LONGBLOB" => {
            row.try_get_unchecked(at).map(Value::Text)
        }
        other => return Err(failed(format!("a value is of type {other}"))),
    };
    value.map_err(|error| fault::of(&error))
}

fn failed(what: String) -> Fault {
    Fault {
        kind: Kind::Failed,
        what,
    }
}
