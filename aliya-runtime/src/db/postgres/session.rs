//! Statements and values as PostgreSQL has them.

use sqlx::encode::IsNull;
use sqlx::error::BoxDynError;
use sqlx::postgres::types::Oid;
use sqlx::postgres::{PgArgumentBuffer, PgArguments, PgConnection, PgRow, PgTypeInfo, Postgres};
use sqlx::{
    Arguments as _, AssertSqlSafe, Connection as _, Encode, Row as _, Type, TypeInfo as _,
    ValueRef as _,
};

use super::super::server::{Fault, Insert, Kind, Session};
use super::super::{Dialect, Param, Row, Statement, Value};
use super::fault;
use crate::BoxFuture;

/// A connection to PostgreSQL.
pub(super) struct PostgresSession {
    raw: PgConnection,
}

impl PostgresSession {
    pub(super) fn new(raw: PgConnection) -> Self {
        Self { raw }
    }
}

impl Session for PostgresSession {
    fn dialect(&self) -> Dialect {
        Dialect::Postgres
    }

    fn query<'a>(
        &'a mut self,
        statement: &'static Statement,
        params: &'a [Param<'a>],
    ) -> BoxFuture<'a, Result<Vec<Row>, Fault>> {
        Box::pin(async move {
            let bound = sqlx::query_with(statement.postgres, bound(params)?);
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
            let bound = sqlx::query_with(statement.postgres, bound(params)?);
            let done = bound.execute(&mut self.raw).await;
            Ok(done.map_err(|error| fault::of(&error))?.rows_affected())
        })
    }

    fn insert_or_ignore<'a>(
        &'a mut self,
        statement: &'static Statement,
        params: &'a [Param<'a>],
    ) -> BoxFuture<'a, Result<bool, Fault>> {
        Box::pin(async move { Ok(self.execute(statement, params).await? > 0) })
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
            let rows = self.query(statement, params).await?;
            match rows.first().map(Vec::as_slice) {
                None => Ok(None),
                Some([Value::Int(id)]) => Ok(Some(*id)),
                Some(other) => Err(failed(format!("{other:?} is no id"))),
            }
        })
    }

    fn control(&mut self, sql: &'static str) -> BoxFuture<'_, Result<(), Fault>> {
        Box::pin(async move {
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
fn bound(params: &[Param<'_>]) -> Result<PgArguments, Fault> {
    let mut arguments = PgArguments::default();
    for param in params {
        match *param {
            Param::Null => arguments.add(Null),
            Param::Int(int) => arguments.add(int),
            Param::Float(float) => arguments.add(float),
            Param::Text(text) => arguments.add(text),
            Param::Json(json) => arguments.add(json.to_string()),
        }
        .map_err(|error| failed(error.to_string()))?;
    }
    Ok(arguments)
}

/// A NULL of whatever type the statement wants there.
struct Null;

impl Type<Postgres> for Null {
    fn type_info() -> PgTypeInfo {
        PgTypeInfo::with_oid(Oid(0))
    }
}

impl Encode<'_, Postgres> for Null {
    fn encode_by_ref(&self, _: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
        Ok(IsNull::Yes)
    }
}

fn values(row: &PgRow) -> Result<Row, Fault> {
    (0..row.len()).map(|at| value(row, at)).collect()
}

fn value(row: &PgRow, at: usize) -> Result<Value, Fault> {
    let raw = row.try_get_raw(at).map_err(|error| fault::of(&error))?;
    if raw.is_null() {
        return Ok(Value::Null);
    }
    let found = raw.type_info();
    let value = match found.name() {
        "INT8" => row.try_get(at).map(Value::Int),
        "INT4" => row.try_get::<i32, _>(at).map(|int| Value::Int(int.into())),
        "BOOL" => row
            .try_get::<bool, _>(at)
            .map(|bool| Value::Int(bool.into())),
        // Minus zero is zero, as it is in SQLite.
        "FLOAT8" => row.try_get(at).map(|float: f64| Value::Float(float + 0.0)),
        "TEXT" => row.try_get(at).map(Value::Text),
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
