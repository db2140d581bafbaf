//! That a function which the server runs by itself runs once: a mark beside its effects, written in
//! their own transaction.

use crate::db::migrate::{History, beginning};
use crate::db::{Conn, DbError, Param, Statement};
use crate::function::FunctionInfo;
use crate::stop::{Answer, status};
use crate::types::PlayerId;

/// What makes the table. Names of a game have no `$`, so that none of its tables is called like it.
pub(crate) static HISTORY: History = beginning!("aliya$once", "new table `aliya$once`", [CREATE]);

static CREATE: Statement = Statement {
    name: "aliya.once.create",
    sqlite: "\
CREATE TABLE \"aliya$once\" (
  \"manager\" TEXT NOT NULL,
  \"function\" TEXT NOT NULL,
  \"player\" TEXT NOT NULL,
  PRIMARY KEY (\"manager\", \"function\", \"player\")
) STRICT, WITHOUT ROWID",
};

/// Changes nothing where the mark is there already.
static MARK: Statement = Statement {
    name: "aliya.once.mark",
    sqlite: "INSERT INTO \"aliya$once\" (\"manager\", \"function\", \"player\") VALUES (?1, ?2, ?3) \
             ON CONFLICT DO NOTHING",
};

static FIND: Statement = Statement {
    name: "aliya.once.find",
    sqlite: "SELECT 1 FROM \"aliya$once\" WHERE \"manager\" = ?1 AND \"function\" = ?2 AND \
             \"player\" = ?3",
};

/// What a function is answered with that has run before.
pub(crate) fn done() -> Answer {
    Answer {
        status: status::SUCCESS,
        message: "success".into(),
        data: "{}".to_owned(),
    }
}

/// A function that runs once for a player.
#[derive(Clone, Debug)]
pub(crate) struct Once {
    function: &'static FunctionInfo,
    player: PlayerId,
}

impl Once {
    pub(crate) fn new(function: &'static FunctionInfo, player: PlayerId) -> Self {
        Self { function, player }
    }

    /// Marks it as run; `false` where it was before.
    pub(crate) async fn mark(&self, conn: &mut Conn) -> Result<bool, DbError> {
        Ok(conn.execute(&MARK, &self.params()).await? > 0)
    }

    /// Whether it has run.
    pub(crate) async fn is_done(&self, conn: &mut Conn) -> Result<bool, DbError> {
        Ok(!conn.query(&FIND, &self.params()).await?.is_empty())
    }

    fn params(&self) -> [Param<'_>; 3] {
        [
            Param::Text(self.function.manager),
            Param::Text(self.function.name),
            Param::Text(self.player.as_str()),
        ]
    }
}
