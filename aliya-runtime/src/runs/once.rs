//! That a function which the server runs by itself runs once: a mark beside its effects, written in
//! their own transaction.

use crate::db::migrate::{History, beginning};
use crate::db::{Conn, DbError, Param, Statement};
use crate::function::FunctionInfo;
use crate::stop::{Answer, status};
use crate::types::{PlayerId, Time};

/// What makes the tables. Names of a game have no `$`, so that none of its tables is called like them.
pub(crate) static HISTORY: History = beginning!(
    "aliya$once",
    "new tables `aliya$once`, `aliya$every`",
    [CREATE_ONCE, CREATE_EVERY]
);

/// For which players a function has run.
static CREATE_ONCE: Statement = Statement {
    name: "aliya.once.create",
    sqlite: "\
CREATE TABLE \"aliya$once\" (
  \"manager\" TEXT NOT NULL,
  \"function\" TEXT NOT NULL,
  \"player\" TEXT NOT NULL,
  PRIMARY KEY (\"manager\", \"function\", \"player\")
) STRICT, WITHOUT ROWID",
};

/// In which window a function ran last.
static CREATE_EVERY: Statement = Statement {
    name: "aliya.every.create",
    sqlite: "\
CREATE TABLE \"aliya$every\" (
  \"manager\" TEXT NOT NULL,
  \"function\" TEXT NOT NULL,
  \"began_ms\" INTEGER NOT NULL,
  PRIMARY KEY (\"manager\", \"function\")
) STRICT, WITHOUT ROWID",
};

/// Changes nothing where the mark is there already.
static MARK_PLAYER: Statement = Statement {
    name: "aliya.once.mark",
    sqlite: "INSERT INTO \"aliya$once\" (\"manager\", \"function\", \"player\") VALUES (?1, ?2, ?3) \
             ON CONFLICT DO NOTHING",
};

static FIND_PLAYER: Statement = Statement {
    name: "aliya.once.find",
    sqlite: "SELECT 1 FROM \"aliya$once\" WHERE \"manager\" = ?1 AND \"function\" = ?2 AND \
             \"player\" = ?3",
};

/// Changes nothing where there is a row already.
static BEGIN: Statement = Statement {
    name: "aliya.every.begin",
    sqlite: "INSERT INTO \"aliya$every\" (\"manager\", \"function\", \"began_ms\") \
             VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
};

/// Changes nothing where it has run in that window, or in a later one.
static MARK_WINDOW: Statement = Statement {
    name: "aliya.every.mark",
    sqlite: "UPDATE \"aliya$every\" SET \"began_ms\" = ?3 WHERE \"manager\" = ?1 AND \
             \"function\" = ?2 AND \"began_ms\" < ?3",
};

static FIND_WINDOW: Statement = Statement {
    name: "aliya.every.find",
    sqlite: "SELECT 1 FROM \"aliya$every\" WHERE \"manager\" = ?1 AND \"function\" = ?2 AND \
             \"began_ms\" >= ?3",
};

/// What a function is answered with that has run before.
pub(crate) fn done() -> Answer {
    Answer {
        status: status::SUCCESS,
        message: "success".into(),
        data: "{}".to_owned(),
    }
}

/// A function that runs once for something.
#[derive(Clone, Debug)]
pub(crate) struct Once {
    function: &'static FunctionInfo,
    of: Of,
}

#[derive(Clone, Debug)]
enum Of {
    Player(PlayerId),
    /// The window that began then.
    Window(Time),
}

impl Once {
    /// Once for that player.
    pub(crate) fn for_player(function: &'static FunctionInfo, player: PlayerId) -> Self {
        let of = Of::Player(player);
        Self { function, of }
    }

    /// Once in the window that began then.
    pub(crate) fn in_window(function: &'static FunctionInfo, began: Time) -> Self {
        let of = Of::Window(began);
        Self { function, of }
    }

    /// Takes it as run in its window where it has never been looked at before.
    pub(crate) async fn begin(&self, conn: &mut Conn) -> Result<(), DbError> {
        conn.execute(&BEGIN, &self.params()).await?;
        Ok(())
    }

    /// Marks it as run; `false` where it was before.
    pub(crate) async fn mark(&self, conn: &mut Conn) -> Result<bool, DbError> {
        let mark = match self.of {
            Of::Player(_) => &MARK_PLAYER,
            Of::Window(_) => &MARK_WINDOW,
        };
        Ok(conn.execute(mark, &self.params()).await? > 0)
    }

    /// Whether it has run.
    pub(crate) async fn is_done(&self, conn: &mut Conn) -> Result<bool, DbError> {
        let find = match self.of {
            Of::Player(_) => &FIND_PLAYER,
            Of::Window(_) => &FIND_WINDOW,
        };
        Ok(!conn.query(find, &self.params()).await?.is_empty())
    }

    fn params(&self) -> [Param<'_>; 3] {
        [
            Param::Text(self.function.manager),
            Param::Text(self.function.name),
            match &self.of {
                Of::Player(player) => Param::Text(player.as_str()),
                Of::Window(began) => Param::Int(began.0),
            },
        ]
    }
}
