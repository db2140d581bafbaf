//! What a function has waited for, which it reads as types of the game.
//!
//! The futures have no such types: what stands behind them is compiled once, in the runtime, and
//! not again for each table and function of a game. What is here is compiled for each: loops and
//! `match` make less code than what takes closures.

use crate::db::{Column, ColumnError, Row, Statement, Table, Value};
use crate::function::{FunctionInfo, Returned};
use crate::stop::{Answer, Stop};
use crate::wire::{Data, Incoming};

/// The rows of a query.
pub struct Rows(pub(super) Vec<Row>);

impl Rows {
    /// The first row, if there is one.
    pub fn row<T: Table>(self) -> Result<Option<T>, Stop> {
        match self.0.into_iter().next() {
            Some(row) => match T::from_row(row) {
                Ok(row) => Ok(Some(row)),
                Err(error) => Err(unreadable(T::NAME, &error)),
            },
            None => Ok(None),
        }
    }

    /// All rows.
    pub fn rows<T: Table>(self) -> Result<Vec<T>, Stop> {
        let mut read = Vec::with_capacity(self.0.len());
        for row in self.0 {
            match T::from_row(row) {
                Ok(row) => read.push(row),
                Err(error) => return Err(unreadable(T::NAME, &error)),
            }
        }
        Ok(read)
    }
}

#[cold]
fn unreadable(table: &str, error: &ColumnError) -> Stop {
    Stop::fault(format!("{table}: {error}"))
}

/// A value that the database computed.
pub struct Computed {
    pub(super) query: &'static Statement,
    pub(super) value: Value,
}

impl Computed {
    /// The value.
    pub fn value<T: Column>(self) -> Result<T, Stop> {
        let value = T::from_value(self.value);
        value.map_err(|error| Stop::fault(format!("{}: {}", self.query.name, error.what)))
    }
}

/// What a called function came to: it succeeded.
pub struct Called(pub(super) Reply);

pub(super) enum Reply {
    /// In this group.
    Here(Returned),
    /// In another group.
    Elsewhere(&'static FunctionInfo, Answer),
    /// In another group, once the commit point is passed.
    Later,
}

impl Called {
    /// The status of the success: 0, or that of one of the function's outcomes.
    pub fn status(&self) -> Result<i64, Stop> {
        match &self.0 {
            Reply::Here(returned) => Ok(returned.status),
            Reply::Elsewhere(_, answer) => Ok(answer.status),
            // The run ends here, and the next one has the reply.
            Reply::Later => Err(Stop::Suspended),
        }
    }

    /// The reply's data, of the type that the function declares; a fault where it is of another one.
    pub fn data<R: Incoming>(self) -> Result<R, Stop> {
        match self.0 {
            Reply::Here(returned) => returned.into_data(),
            Reply::Elsewhere(function, answer) => match R::decode(&data(function, &answer)?) {
                Ok(data) => Ok(data),
                Err(mismatch) => Err(broken(function, &mismatch.0)),
            },
            // The run ends here, and the next one has the reply.
            Reply::Later => Err(Stop::Suspended),
        }
    }
}

fn data(function: &FunctionInfo, answer: &Answer) -> Result<Data, Stop> {
    serde_json::from_str(&answer.data).map_err(|error| broken(function, &error.to_string()))
}

fn broken(function: &FunctionInfo, what: &str) -> Stop {
    Stop::fault(format!("reply of {}: {what}", function.name))
}
