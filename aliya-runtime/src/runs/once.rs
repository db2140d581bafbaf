//! That a function which the server runs by itself runs once: a mark beside its effects, written in
//! their own transaction.

use crate::db::migrate::{History, beginning};
use crate::db::{Conn, DbError, Param, Statement};
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
    sqlite: r#"CREATE TABLE "aliya$once" (
  "manager" TEXT NOT NULL,
  "function" TEXT NOT NULL,
  "player" TEXT NOT NULL,
  PRIMARY KEY ("manager", "function", "player")
) STRICT, WITHOUT ROWID"#,
    postgres: r#"CREATE TABLE "aliya$once" (
  "manager" TEXT COLLATE "C" NOT NULL,
  "function" TEXT COLLATE "C" NOT NULL,
  "player" TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY ("manager", "function", "player")
)"#,
    mysql: r#"CREATE TABLE `aliya$once` (
  `manager` VARCHAR(255) NOT NULL,
  `function` VARCHAR(255) NOT NULL,
  `player` VARCHAR(128) NOT NULL,
  PRIMARY KEY (`manager`, `function`, `player`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"#,
};

/// In which window a function ran last.
static CREATE_EVERY: Statement = Statement {
    name: "aliya.every.create",
    sqlite: r#"CREATE TABLE "aliya$every" (
  "manager" TEXT NOT NULL,
  "function" TEXT NOT NULL,
  "began_ms" INTEGER NOT NULL,
  PRIMARY KEY ("manager", "function")
) STRICT, WITHOUT ROWID"#,
    postgres: r#"CREATE TABLE "aliya$every" (
  "manager" TEXT COLLATE "C" NOT NULL,
  "function" TEXT COLLATE "C" NOT NULL,
  "began_ms" BIGINT NOT NULL,
  PRIMARY KEY ("manager", "function")
)"#,
    mysql: r#"CREATE TABLE `aliya$every` (
  `manager` VARCHAR(255) NOT NULL,
  `function` VARCHAR(255) NOT NULL,
  `began_ms` BIGINT NOT NULL,
  PRIMARY KEY (`manager`, `function`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"#,
};

/// Changes nothing where the mark is there already.
static MARK_PLAYER: Statement = Statement {
    name: "aliya.once.mark",
    sqlite: r#"INSERT INTO "aliya$once" ("manager", "function", "player")
VALUES (?1, ?2, ?3)
ON CONFLICT DO NOTHING"#,
    postgres: r#"INSERT INTO "aliya$once" ("manager", "function", "player")
VALUES ($1, $2, $3)
ON CONFLICT DO NOTHING"#,
    mysql: r#"INSERT INTO `aliya$once` (`manager`, `function`, `player`) VALUES (?, ?, ?)"#,
};

static FIND_PLAYER: Statement = Statement {
    name: "aliya.once.find",
    sqlite: r#"SELECT 1
FROM "aliya$once"
WHERE "manager" = ?1 AND "function" = ?2 AND "player" = ?3"#,
    postgres: r#"SELECT 1
FROM "aliya$once"
WHERE "manager" = $1 AND "function" = $2 AND "player" = $3"#,
    mysql: r#"SELECT 1 FROM `aliya$once` WHERE `manager` = ? AND `function` = ? AND `player` = ?"#,
};

/// Changes nothing where there is a row already.
static BEGIN: Statement = Statement {
    name: "aliya.every.begin",
    sqlite: r#"INSERT INTO "aliya$every" ("manager", "function", "began_ms")
VALUES (?1, ?2, ?3)
ON CONFLICT DO NOTHING"#,
    postgres: r#"INSERT INTO "aliya$every" ("manager", "function", "began_ms")
VALUES ($1, $2, $3)
ON CONFLICT DO NOTHING"#,
    mysql: r#"INSERT INTO `aliya$every` (`manager`, `function`, `began_ms`) VALUES (?, ?, ?)"#,
};

/// Changes nothing where it has run in that window, or in a later one.
static MARK_WINDOW: Statement = Statement {
    name: "aliya.every.mark",
    sqlite: r#"UPDATE "aliya$every"
SET "began_ms" = ?1
WHERE "manager" = ?2 AND "function" = ?3 AND "began_ms" < ?4"#,
    postgres: r#"UPDATE "aliya$every"
SET "began_ms" = $1
WHERE "manager" = $2 AND "function" = $3 AND "began_ms" < $4"#,
    mysql: r#"UPDATE `aliya$every`
SET `began_ms` = ?
WHERE `manager` = ? AND `function` = ? AND `began_ms` < ?"#,
};

static FIND_WINDOW: Statement = Statement {
    name: "aliya.every.find",
    sqlite: r#"SELECT 1
FROM "aliya$every"
WHERE "manager" = ?1 AND "function" = ?2 AND "began_ms" >= ?3"#,
    postgres: r#"SELECT 1
FROM "aliya$every"
WHERE "manager" = $1 AND "function" = $2 AND "began_ms" >= $3"#,
    mysql: r#"SELECT 1
FROM `aliya$every`
WHERE `manager` = ? AND `function` = ? AND `began_ms` >= ?"#,
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
    manager: &'static str,
    function: &'static str,
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
    pub(crate) fn for_player(
        manager: &'static str,
        function: &'static str,
        player: PlayerId,
    ) -> Self {
        let of = Of::Player(player);
        Self {
            manager,
            function,
            of,
        }
    }

    /// Once in the window that began then.
    pub(crate) fn in_window(manager: &'static str, function: &'static str, began: Time) -> Self {
        let of = Of::Window(began);
        Self {
            manager,
            function,
            of,
        }
    }

    /// Takes it as run in its window where it has never been looked at before.
    pub(crate) async fn begin(&self, conn: &mut Conn) -> Result<(), DbError> {
        conn.insert_or_ignore(&BEGIN, &self.params()).await?;
        Ok(())
    }

    /// Marks it as run; `false` where it was before.
    pub(crate) async fn mark(&self, conn: &mut Conn) -> Result<bool, DbError> {
        let [manager, function, of] = self.params();
        match self.of {
            Of::Player(_) => conn.insert_or_ignore(&MARK_PLAYER, &self.params()).await,
            Of::Window(_) => {
                let row = [of, manager, function, of];
                Ok(conn.execute(&MARK_WINDOW, &row).await? > 0)
            }
        }
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
            Param::Text(self.manager),
            Param::Text(self.function),
            match &self.of {
                Of::Player(player) => Param::Text(player.as_str()),
                Of::Window(began) => Param::Int(began.0),
            },
        ]
    }
}
