//! Pots, of which a function holds several at a time.
//!
//! Written by `cargo xtask gen` from managers/held.yaml. Do not edit.

use aliya_runtime::prelude::*;

/// A row of `pot`.
#[derive(Clone, Table)]
#[table(name = "held_pot")]
pub struct Pot {
    pub player: PlayerId,
    pub k: i64,
    pub n: i64,
    #[column(max = 9)]
    pub note: String,
}

/// A row of `flask`.
#[derive(Clone, Table)]
#[table(name = "held_flask")]
pub struct Flask {
    pub id: Id,
    #[column(max = 9)]
    pub label: String,
    pub n: i64,
}

/// Args of `pour_over`.
#[derive(Args)]
pub struct PourOverArgs {
    pub a: i64,
    pub b: i64,
    pub n: i64,
}

/// Reply of `pour_over`.
#[derive(Reply)]
pub struct PourOverReply {
    pub a: i64,
    pub b: i64,
    pub notes: Vec<String>,
}

/// Args of `set_pot`.
#[derive(Args, Outgoing)]
#[callee(manager = "held", function = "set_pot")]
pub struct SetPotArgs {
    pub k: i64,
    pub n: i64,
}

/// Reply of `set_pot`.
#[derive(Clone, Reply, Incoming)]
pub struct SetPotReply {
    pub k: i64,
}

/// Args of `rinse`.
#[derive(Args, Outgoing)]
#[callee(manager = "held", function = "rinse")]
pub struct RinseArgs {
    pub k: i64,
}

/// Reply of `rinse`.
#[derive(Clone, Reply, Incoming)]
pub struct RinseReply {}

/// Args of `call_own`.
#[derive(Args)]
pub struct CallOwnArgs {
    pub k: i64,
    pub other: i64,
    pub n: i64,
}

/// Reply of `call_own`.
#[derive(Reply)]
pub struct CallOwnReply {
    pub n: i64,
    pub note: String,
}

/// Args of `act_for_oneself`.
#[derive(Args)]
pub struct ActForOneselfArgs {
    pub k: i64,
    pub n: i64,
    pub who: PlayerId,
}

/// Reply of `act_for_oneself`.
#[derive(Reply)]
pub struct ActForOneselfReply {
    pub n: i64,
}

/// Args of `insert_held`.
#[derive(Args)]
pub struct InsertHeldArgs {
    pub k: i64,
    pub n: i64,
}

/// Reply of `insert_held`.
#[derive(Reply)]
pub struct InsertHeldReply {
    pub n: i64,
    pub note: String,
}

/// Args of `insert_each_held`.
#[derive(Args)]
pub struct InsertEachHeldArgs {
    pub k: i64,
    pub n: i64,
}

/// Reply of `insert_each_held`.
#[derive(Reply)]
pub struct InsertEachHeldReply {
    pub n: i64,
}

/// Args of `update_held`.
#[derive(Args)]
pub struct UpdateHeldArgs {
    pub a: i64,
    pub b: i64,
    pub from: i64,
}

/// Reply of `update_held`.
#[derive(Reply)]
pub struct UpdateHeldReply {
    pub a: i64,
    pub b: i64,
}

/// Args of `delete_held`.
#[derive(Args)]
pub struct DeleteHeldArgs {
    pub k: i64,
    pub from: i64,
}

/// Reply of `delete_held`.
#[derive(Reply)]
pub struct DeleteHeldReply {
    pub n: i64,
}

/// Args of `delete_and_save`.
#[derive(Args)]
pub struct DeleteAndSaveArgs {
    pub k: i64,
    pub from: i64,
}

/// Reply of `delete_and_save`.
#[derive(Reply)]
pub struct DeleteAndSaveReply {}

/// Args of `delete_other_name`.
#[derive(Args)]
pub struct DeleteOtherNameArgs {
    pub a: i64,
    pub b: i64,
}

/// Reply of `delete_other_name`.
#[derive(Reply)]
pub struct DeleteOtherNameReply {
    pub n: i64,
    pub note: String,
    pub is_there: bool,
}

/// Args of `go_round`.
#[derive(Args)]
pub struct GoRoundArgs {
    pub k: i64,
    pub all: Vec<i64>,
}

/// Reply of `go_round`.
#[derive(Reply)]
pub struct GoRoundReply {
    pub n: i64,
}

/// Args of `by_label`.
#[derive(Args)]
pub struct ByLabelArgs {
    #[arg(max = 9)]
    pub a: String,
    #[arg(max = 9)]
    pub b: String,
}

/// Reply of `by_label`.
#[derive(Reply)]
pub struct ByLabelReply {
    pub a: i64,
    pub b: i64,
    pub same: bool,
}

/// Args of `new_flask`.
#[derive(Args)]
pub struct NewFlaskArgs {
    #[arg(max = 9)]
    pub label: String,
}

/// Reply of `new_flask`.
#[derive(Reply)]
pub struct NewFlaskReply {
    pub id: Id,
}

/// Args of `fill`.
#[derive(Args)]
pub struct FillArgs {
    pub all: Vec<i64>,
    pub n: i64,
}

/// Reply of `fill`.
#[derive(Reply)]
pub struct FillReply {}

/// Args of `page`.
#[derive(Args)]
pub struct PageArgs {
    #[arg(min = 0)]
    pub from: i64,
    pub by_n: bool,
}

/// Reply of `page`.
#[derive(Reply)]
pub struct PageReply {
    pub all: Vec<i64>,
}

/// Args of `pots`.
#[derive(Args)]
pub struct PotsArgs {}

/// Reply of `pots`.
#[derive(Reply)]
pub struct PotsReply {
    pub all: Vec<PotsReplyAll>,
}

/// A list of fixed length in the reply of `pots`: travels as a JSON array.
#[derive(Clone, Reply)]
pub struct PotsReplyAll(pub i64, pub i64);

static CREATE_POT: Statement = Statement {
    name: "held.pot.create",
    sqlite: r#"CREATE TABLE "held_pot" (
  "player" TEXT NOT NULL,
  "k" INTEGER NOT NULL,
  "n" INTEGER NOT NULL DEFAULT 7,
  "note" TEXT NOT NULL DEFAULT 'none'
    CONSTRAINT "held_pot_note_max" CHECK (length("note") <= 9),
  PRIMARY KEY ("player", "k")
) STRICT, WITHOUT ROWID"#,
    postgres: r#"CREATE TABLE "held_pot" (
  "player" TEXT COLLATE "C" NOT NULL,
  "k" BIGINT NOT NULL,
  "n" BIGINT NOT NULL DEFAULT 7,
  "note" TEXT COLLATE "C" NOT NULL DEFAULT 'none'
    CONSTRAINT "held_pot_note_max" CHECK (char_length("note") <= 9),
  CONSTRAINT "held_pot_pkey" PRIMARY KEY ("player", "k")
)"#,
    mysql: r#"CREATE TABLE `held_pot` (
  `player` VARCHAR(255) NOT NULL,
  `k` BIGINT NOT NULL,
  `n` BIGINT NOT NULL DEFAULT 7,
  `note` VARCHAR(9) NOT NULL DEFAULT ('none'),
  PRIMARY KEY (`player`, `k`),
  CONSTRAINT `held_pot_note_max` CHECK (CHAR_LENGTH(`note`) <= 9)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"#,
};

static INDEX_POT_N: Statement = Statement {
    name: "held.pot.index_n",
    sqlite: r#"CREATE INDEX "idx_held_pot__n" ON "held_pot" ("n")"#,
    postgres: r#"CREATE INDEX "idx_held_pot__n" ON "held_pot" ("n")"#,
    mysql: "CREATE INDEX `idx_held_pot__n` ON `held_pot` (`n`)",
};

static CREATE_FLASK: Statement = Statement {
    name: "held.flask.create",
    sqlite: r#"CREATE TABLE "held_flask" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT,
  "label" TEXT NOT NULL
    CONSTRAINT "held_flask_label_max" CHECK (length("label") <= 9),
  "n" INTEGER NOT NULL
) STRICT"#,
    postgres: r#"CREATE TABLE "held_flask" (
  "id" BIGINT GENERATED BY DEFAULT AS IDENTITY,
  "label" TEXT COLLATE "C" NOT NULL
    CONSTRAINT "held_flask_label_max" CHECK (char_length("label") <= 9),
  "n" BIGINT NOT NULL,
  CONSTRAINT "held_flask_pkey" PRIMARY KEY ("id")
)"#,
    mysql: r#"CREATE TABLE `held_flask` (
  `id` BIGINT NOT NULL AUTO_INCREMENT,
  `label` VARCHAR(9) NOT NULL,
  `n` BIGINT NOT NULL,
  PRIMARY KEY (`id`),
  CONSTRAINT `held_flask_label_max` CHECK (CHAR_LENGTH(`label`) <= 9)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"#,
};

static UNIQUE_FLASK_LABEL: Statement = Statement {
    name: "held.flask.unique_label",
    sqlite: r#"CREATE UNIQUE INDEX "unique_held_flask__label" ON "held_flask" ("label")"#,
    postgres: r#"CREATE UNIQUE INDEX "unique_held_flask__label" ON "held_flask" ("label")"#,
    mysql: "CREATE UNIQUE INDEX `unique_held_flask__label` ON `held_flask` (`label`)",
};

static LOCK_POT_BY_PLAYER_K: Statement = Statement {
    name: "held.pot.lock_by_player_k",
    sqlite: r#"SELECT "player", "k", "n", "note" FROM "held_pot" WHERE "player" = ?1 AND "k" = ?2"#,
    postgres: r#"SELECT "player", "k", "n", "note"
FROM "held_pot"
WHERE "player" = $1 AND "k" = $2
FOR UPDATE"#,
    mysql: r#"SELECT `player`, `k`, `n`, `note`
FROM `held_pot`
WHERE `player` = ? AND `k` = ?
FOR UPDATE"#,
};

static UPSERT_POT_N_NOTE: Statement = Statement {
    name: "held.pot.upsert_n_note",
    sqlite: r#"INSERT INTO "held_pot" ("player", "k", "n", "note")
VALUES (?1, ?2, ?3, ?4)
ON CONFLICT ("player", "k") DO UPDATE SET "n" = excluded."n", "note" = excluded."note""#,
    postgres: r#"INSERT INTO "held_pot" ("player", "k", "n", "note")
VALUES ($1, $2, $3, $4)
ON CONFLICT ("player", "k") DO UPDATE SET "n" = excluded."n", "note" = excluded."note""#,
    mysql: r#"INSERT INTO `held_pot` (`player`, `k`, `n`, `note`)
VALUES (?, ?, ?, ?)
ON DUPLICATE KEY UPDATE `n` = VALUES(`n`), `note` = VALUES(`note`)"#,
};

static UPSERT_POT_N: Statement = Statement {
    name: "held.pot.upsert_n",
    sqlite: r#"INSERT INTO "held_pot" ("player", "k", "n", "note")
VALUES (?1, ?2, ?3, ?4)
ON CONFLICT ("player", "k") DO UPDATE SET "n" = excluded."n""#,
    postgres: r#"INSERT INTO "held_pot" ("player", "k", "n", "note")
VALUES ($1, $2, $3, $4)
ON CONFLICT ("player", "k") DO UPDATE SET "n" = excluded."n""#,
    mysql: r#"INSERT INTO `held_pot` (`player`, `k`, `n`, `note`)
VALUES (?, ?, ?, ?)
ON DUPLICATE KEY UPDATE `n` = VALUES(`n`)"#,
};

static UPDATE_POT_NOTE_N_BY_PLAYER_K_N_GT: Statement = Statement {
    name: "held.pot.update_note_n_by_player_k_n_gt",
    sqlite: r#"UPDATE "held_pot"
SET "note" = ?1, "n" = CASE WHEN typeof("n" - ?2) = 'integer' THEN "n" - ?2 ELSE 'overflow' END
WHERE "player" = ?3 AND "k" = ?4 AND "n" > ?5"#,
    postgres: r#"UPDATE "held_pot"
SET "note" = $1, "n" = "n" - $2
WHERE "player" = $3 AND "k" = $4 AND "n" > $5"#,
    mysql: r#"UPDATE `held_pot`
SET `note` = ?, `n` = `n` + - ?
WHERE `player` = ? AND `k` = ? AND `n` > ?"#,
};

static INSERT_POT_NEW: Statement = Statement {
    name: "held.pot.insert_new",
    sqlite: r#"INSERT INTO "held_pot" ("player", "k", "n", "note")
VALUES (?1, ?2, ?3, ?4)
ON CONFLICT DO NOTHING"#,
    postgres: r#"INSERT INTO "held_pot" ("player", "k", "n", "note")
VALUES ($1, $2, $3, $4)
ON CONFLICT DO NOTHING"#,
    mysql: "INSERT INTO `held_pot` (`player`, `k`, `n`, `note`) VALUES (?, ?, ?, ?)",
};

static GET_POT_BY_PLAYER_K: Statement = Statement {
    name: "held.pot.get_by_player_k",
    sqlite: r#"SELECT "player", "k", "n", "note" FROM "held_pot" WHERE "player" = ?1 AND "k" = ?2"#,
    postgres: r#"SELECT "player", "k", "n", "note" FROM "held_pot" WHERE "player" = $1 AND "k" = $2"#,
    mysql: "SELECT `player`, `k`, `n`, `note` FROM `held_pot` WHERE `player` = ? AND `k` = ?",
};

static UPDATE_POT_N_BY_PLAYER_K_GE: Statement = Statement {
    name: "held.pot.update_n_by_player_k_ge",
    sqlite: r#"UPDATE "held_pot"
SET "n" = CASE WHEN typeof("n" * ?1) = 'integer' THEN "n" * ?1 ELSE 'overflow' END
WHERE "player" = ?2 AND "k" >= ?3"#,
    postgres: r#"UPDATE "held_pot" SET "n" = "n" * $1 WHERE "player" = $2 AND "k" >= $3"#,
    mysql: "UPDATE `held_pot` SET `n` = `n` * ? WHERE `player` = ? AND `k` >= ?",
};

static SAVE_POT_N: Statement = Statement {
    name: "held.pot.save_n",
    sqlite: r#"UPDATE "held_pot" SET "n" = ?1 WHERE "player" = ?2 AND "k" = ?3"#,
    postgres: r#"UPDATE "held_pot" SET "n" = $1 WHERE "player" = $2 AND "k" = $3"#,
    mysql: "UPDATE `held_pot` SET `n` = ? WHERE `player` = ? AND `k` = ?",
};

static DELETE_POT_BY_PLAYER_K_GE: Statement = Statement {
    name: "held.pot.delete_by_player_k_ge",
    sqlite: r#"DELETE FROM "held_pot" WHERE "player" = ?1 AND "k" >= ?2"#,
    postgres: r#"DELETE FROM "held_pot" WHERE "player" = $1 AND "k" >= $2"#,
    mysql: "DELETE FROM `held_pot` WHERE `player` = ? AND `k` >= ?",
};

static UPSERT_POT_NOTE: Statement = Statement {
    name: "held.pot.upsert_note",
    sqlite: r#"INSERT INTO "held_pot" ("player", "k", "n", "note")
VALUES (?1, ?2, ?3, ?4)
ON CONFLICT ("player", "k") DO UPDATE SET "note" = excluded."note""#,
    postgres: r#"INSERT INTO "held_pot" ("player", "k", "n", "note")
VALUES ($1, $2, $3, $4)
ON CONFLICT ("player", "k") DO UPDATE SET "note" = excluded."note""#,
    mysql: r#"INSERT INTO `held_pot` (`player`, `k`, `n`, `note`)
VALUES (?, ?, ?, ?)
ON DUPLICATE KEY UPDATE `note` = VALUES(`note`)"#,
};

static DELETE_POT_BY_PLAYER_K: Statement = Statement {
    name: "held.pot.delete_by_player_k",
    sqlite: r#"DELETE FROM "held_pot" WHERE "player" = ?1 AND "k" = ?2"#,
    postgres: r#"DELETE FROM "held_pot" WHERE "player" = $1 AND "k" = $2"#,
    mysql: "DELETE FROM `held_pot` WHERE `player` = ? AND `k` = ?",
};

static LOCK_FLASK_BY_LABEL: Statement = Statement {
    name: "held.flask.lock_by_label",
    sqlite: r#"SELECT "id", "label", "n" FROM "held_flask" WHERE "label" = ?1"#,
    postgres: r#"SELECT "id", "label", "n" FROM "held_flask" WHERE "label" = $1 FOR UPDATE"#,
    mysql: "SELECT `id`, `label`, `n` FROM `held_flask` WHERE `label` = ? FOR UPDATE",
};

static REPLACE_FLASK_RETURNING_ID: Statement = Statement {
    name: "held.flask.replace_returning_id",
    sqlite: r#"INSERT INTO "held_flask" ("label", "n")
VALUES (?1, ?2)
ON CONFLICT ("label") DO UPDATE SET "n" = excluded."n"
RETURNING "id""#,
    postgres: r#"INSERT INTO "held_flask" ("label", "n")
VALUES ($1, $2)
ON CONFLICT ("label") DO UPDATE SET "n" = excluded."n"
RETURNING "id""#,
    mysql: r#"INSERT INTO `held_flask` (`label`, `n`)
VALUES (?, ?)
ON DUPLICATE KEY UPDATE `id` = IF(`label` <=> VALUES(`label`), LAST_INSERT_ID(`id`), -9223372036854775807 - 1 - `id`), `n` = VALUES(`n`)"#,
};

static SAVE_FLASK_N: Statement = Statement {
    name: "held.flask.save_n",
    sqlite: r#"UPDATE "held_flask" SET "n" = ?1 WHERE "id" = ?2"#,
    postgres: r#"UPDATE "held_flask" SET "n" = $1 WHERE "id" = $2"#,
    mysql: "UPDATE `held_flask` SET `n` = ? WHERE `id` = ?",
};

static INSERT_FLASK_RETURNING_ID: Statement = Statement {
    name: "held.flask.insert_returning_id",
    sqlite: r#"INSERT INTO "held_flask" ("label", "n") VALUES (?1, ?2) RETURNING "id""#,
    postgres: r#"INSERT INTO "held_flask" ("label", "n") VALUES ($1, $2) RETURNING "id""#,
    mysql: "INSERT INTO `held_flask` (`label`, `n`) VALUES (?, ?)",
};

static INSERT_POT: Statement = Statement {
    name: "held.pot.insert",
    sqlite: r#"INSERT INTO "held_pot" ("player", "k", "n", "note") VALUES (?1, ?2, ?3, ?4)"#,
    postgres: r#"INSERT INTO "held_pot" ("player", "k", "n", "note") VALUES ($1, $2, $3, $4)"#,
    mysql: "INSERT INTO `held_pot` (`player`, `k`, `n`, `note`) VALUES (?, ?, ?, ?)",
};

static SELECT_POT_ALL_ORDER_N_DESC_FIRST_OFFSET: Statement = Statement {
    name: "held.pot.select_all_order_n_desc_first_offset",
    sqlite: r#"SELECT "player", "k", "n", "note"
FROM "held_pot"
ORDER BY "n" DESC, "player" DESC, "k" DESC
LIMIT ?1 OFFSET ?2"#,
    postgres: r#"SELECT "player", "k", "n", "note"
FROM "held_pot"
ORDER BY "n" DESC, "player" DESC, "k" DESC
LIMIT $1 OFFSET $2"#,
    mysql: r#"SELECT `player`, `k`, `n`, `note`
FROM `held_pot`
ORDER BY `n` DESC, `player` DESC, `k` DESC
LIMIT ? OFFSET ?"#,
};

static SELECT_POT_ALL_FIRST_OFFSET: Statement = Statement {
    name: "held.pot.select_all_first_offset",
    sqlite: r#"SELECT "player", "k", "n", "note"
FROM "held_pot"
ORDER BY "player", "k"
LIMIT ?1 OFFSET ?2"#,
    postgres: r#"SELECT "player", "k", "n", "note"
FROM "held_pot"
ORDER BY "player", "k"
LIMIT $1 OFFSET $2"#,
    mysql: "SELECT `player`, `k`, `n`, `note` FROM `held_pot` ORDER BY `player`, `k` LIMIT ? OFFSET ?",
};

static SELECT_POT_BY_PLAYER_ORDER_K_FIRST: Statement = Statement {
    name: "held.pot.select_by_player_order_k_first",
    sqlite: r#"SELECT "player", "k", "n", "note"
FROM "held_pot"
WHERE "player" = ?1
ORDER BY "k"
LIMIT ?2"#,
    postgres: r#"SELECT "player", "k", "n", "note"
FROM "held_pot"
WHERE "player" = $1
ORDER BY "k"
LIMIT $2"#,
    mysql: "SELECT `player`, `k`, `n`, `note` FROM `held_pot` WHERE `player` = ? ORDER BY `k` LIMIT ?",
};

/// Pots, of which a function holds several at a time.
pub struct HeldManager;

#[manager(
    name = "held",
    port = 9114,
    schema = [
        CREATE_POT,
        INDEX_POT_N,
        CREATE_FLASK,
        UNIQUE_FLASK_LABEL,
    ],
)]
impl HeldManager {
    /// Two pots, which may be one.
    #[function(access = Player, writes, declaration = "cf1d03618abf3f2a")]
    pub async fn pour_over(
        cx: &mut Cx<'_>,
        args: &PourOverArgs,
    ) -> Result<Returned, Stop> {
        let caller = cx.caller()?;
        let mut a: Pot = match cx
            .get(&LOCK_POT_BY_PLAYER_K, &[caller.param(), args.a.param()])
            .await?
            .row()?
        {
            Some(row) => row,
            None => {
                Pot {
                    player: caller.clone(),
                    k: args.a,
                    n: 7,
                    note: "none".to_owned(),
                }
            }
        };
        let mut b: Pot = match cx
            .get(&LOCK_POT_BY_PLAYER_K, &[caller.param(), args.b.param()])
            .await?
            .row()?
        {
            Some(row) => row,
            None => {
                Pot {
                    player: caller.clone(),
                    k: args.b,
                    n: 7,
                    note: "none".to_owned(),
                }
            }
        };
        a.n = ops::sub(a.n, args.n).at("managers/held.yaml:38:23: a.n - args.n")?;
        a.note = "from".to_owned();
        cx.save(&UPSERT_POT_N_NOTE, &a, &a.params()).await?;
        if b.player == a.player && b.k == a.k {
            b = a.clone();
        }
        b.n = ops::add(b.n, args.n).at("managers/held.yaml:40:23: b.n + args.n")?;
        cx.save(&UPSERT_POT_N, &b, &b.params()).await?;
        if a.player == b.player && a.k == b.k {
            a = b.clone();
        }
        Ok(
            Returned::success(
                Box::new(PourOverReply {
                    a: a.n,
                    b: b.n,
                    notes: [a.note, b.note].into_iter().map(|x| x).collect(),
                }),
            ),
        )
    }

    /// Sets a pot, and says so.
    #[function(access = Internal, writes, declaration = "20bb38874f219810")]
    pub async fn set_pot(cx: &mut Cx<'_>, args: &SetPotArgs) -> Result<Returned, Stop> {
        let returned: Result<Returned, Stop> = async {
            let cx = &mut *cx;
            let caller = cx.caller()?;
            let pot = Pot {
                player: caller,
                k: args.k,
                n: args.n,
                note: "none".to_owned(),
            };
            cx.insert(&UPSERT_POT_N_NOTE, &pot, &pot.params()).await?;
            Ok(Returned::success(Box::new(SetPotReply { k: args.k }) as Box<dyn Reply>))
        }
            .await;
        let returned = returned?;
        let reply = returned.data::<SetPotReply>()?;
        cx.call(&RinseArgs { k: reply.k }).await?;
        Ok(returned)
    }

    /// Runs after a pot was set.
    #[function(
        access = Internal,
        writes,
        runs = After,
        declaration = "ce63b5bcdd93f0c1"
    )]
    pub async fn rinse(cx: &mut Cx<'_>, args: &RinseArgs) -> Result<Returned, Stop> {
        let caller = cx.caller()?;
        cx.change(
                &UPDATE_POT_NOTE_N_BY_PLAYER_K_N_GT,
                &[
                    Param::Text("rinsed"),
                    Param::Int(100),
                    caller.param(),
                    args.k.param(),
                    Param::Int(100),
                ],
                "managers/held.yaml:55:13: update",
            )
            .await?;
        Ok(Returned::success(Box::new(RinseReply {})))
    }

    /// Holds a pot while a function of its own sets one, and what runs after that.
    #[function(access = Player, writes, declaration = "a4800c3233981635")]
    pub async fn call_own(
        cx: &mut Cx<'_>,
        args: &CallOwnArgs,
    ) -> Result<Returned, Stop> {
        let caller = cx.caller()?;
        let mut held: Pot = match cx
            .get(&LOCK_POT_BY_PLAYER_K, &[caller.param(), args.k.param()])
            .await?
            .row()?
        {
            Some(row) => row,
            None => {
                Pot {
                    player: caller.clone(),
                    k: args.k,
                    n: 7,
                    note: "none".to_owned(),
                }
            }
        };
        let writes = cx.writes();
        cx.call(
                &SetPotArgs {
                    k: args.other,
                    n: args.n,
                },
            )
            .await?;
        if cx.writes() > writes {
            let again = cx
                .get(&LOCK_POT_BY_PLAYER_K, &[held.player.param(), held.k.param()])
                .await?
                .row()?;
            held = match again {
                Some(row) => row,
                None => {
                    Pot {
                        player: held.player,
                        k: held.k,
                        n: 7,
                        note: "none".to_owned(),
                    }
                }
            };
        }
        held.n = ops::add(held.n, 1).at("managers/held.yaml:70:23: held.n + 1")?;
        cx.save(&UPSERT_POT_N, &held, &held.params()).await?;
        Ok(
            Returned::success(
                Box::new(CallOwnReply {
                    n: held.n,
                    note: held.note,
                }),
            ),
        )
    }

    /// The same for the caller as another player.
    #[function(access = Player, writes, declaration = "fddeb8b4b336bd52")]
    pub async fn act_for_oneself(
        cx: &mut Cx<'_>,
        args: &ActForOneselfArgs,
    ) -> Result<Returned, Stop> {
        let caller = cx.caller()?;
        let mut held: Pot = match cx
            .get(&LOCK_POT_BY_PLAYER_K, &[caller.param(), args.k.param()])
            .await?
            .row()?
        {
            Some(row) => row,
            None => {
                Pot {
                    player: caller.clone(),
                    k: args.k,
                    n: 7,
                    note: "none".to_owned(),
                }
            }
        };
        let writes = cx.writes();
        cx.call_for(args.who.clone(), &SetPotArgs { k: args.k, n: args.n }).await?;
        if cx.writes() > writes {
            let again = cx
                .get(&LOCK_POT_BY_PLAYER_K, &[held.player.param(), held.k.param()])
                .await?
                .row()?;
            held = match again {
                Some(row) => row,
                None => {
                    Pot {
                        player: held.player,
                        k: held.k,
                        n: 7,
                        note: "none".to_owned(),
                    }
                }
            };
        }
        held.n = ops::add(held.n, 1).at("managers/held.yaml:84:23: held.n + 1")?;
        cx.save(&UPSERT_POT_N, &held, &held.params()).await?;
        Ok(Returned::success(Box::new(ActForOneselfReply { n: held.n })))
    }

    /// Inserts a row of which a row of defaults is held.
    #[function(access = Player, writes, declaration = "8bb745fab3089dfa")]
    pub async fn insert_held(
        cx: &mut Cx<'_>,
        args: &InsertHeldArgs,
    ) -> Result<Returned, Stop> {
        let caller = cx.caller()?;
        let mut held: Pot = match cx
            .get(&LOCK_POT_BY_PLAYER_K, &[caller.param(), args.k.param()])
            .await?
            .row()?
        {
            Some(row) => row,
            None => {
                Pot {
                    player: caller.clone(),
                    k: args.k,
                    n: 7,
                    note: "none".to_owned(),
                }
            }
        };
        let pot = Pot {
            player: caller,
            k: 3,
            n: args.n,
            note: "new".to_owned(),
        };
        if cx.insert_or_ignore(&INSERT_POT_NEW, &pot, &pot.params()).await? {
            if held.player == pot.player && held.k == pot.k {
                held = pot.clone();
            }
        }
        held.n = ops::add(held.n, 1).at("managers/held.yaml:98:23: held.n + 1")?;
        cx.save(&UPSERT_POT_N, &held, &held.params()).await?;
        Ok(
            Returned::success(
                Box::new(InsertHeldReply {
                    n: held.n,
                    note: held.note,
                }),
            ),
        )
    }

    /// The same by a list.
    #[function(access = Player, writes, declaration = "436cdbda58dd9f89")]
    pub async fn insert_each_held(
        cx: &mut Cx<'_>,
        args: &InsertEachHeldArgs,
    ) -> Result<Returned, Stop> {
        let caller = cx.caller()?;
        let mut held: Pot = match cx
            .get(&GET_POT_BY_PLAYER_K, &[caller.param(), args.k.param()])
            .await?
            .row()?
        {
            Some(row) => row,
            None => {
                Pot {
                    player: caller.clone(),
                    k: args.k,
                    n: 7,
                    note: "none".to_owned(),
                }
            }
        };
        let writes = cx.writes();
        let rows: Vec<_> = [1i64, 2, 3]
            .into_iter()
            .map(|k| Pot {
                player: caller.clone(),
                k,
                n: args.n,
                note: "none".to_owned(),
            })
            .collect();
        cx.insert_all_or_ignore(&INSERT_POT_NEW, &rows, Pot::params).await?;
        if cx.writes() > writes {
            let again = cx
                .get(&GET_POT_BY_PLAYER_K, &[held.player.param(), held.k.param()])
                .await?
                .row()?;
            held = match again {
                Some(row) => row,
                None => {
                    Pot {
                        player: held.player,
                        k: held.k,
                        n: 7,
                        note: "none".to_owned(),
                    }
                }
            };
        }
        Ok(Returned::success(Box::new(InsertEachHeldReply { n: held.n })))
    }

    /// Changes rows of which two are held.
    #[function(access = Player, writes, fails, declaration = "9138749afe8d5c29")]
    pub async fn update_held(
        cx: &mut Cx<'_>,
        args: &UpdateHeldArgs,
    ) -> Result<Returned, Stop> {
        const NO_POT: Failure = Failure::new(20, "no such pot");
        let caller = cx.caller()?;
        let mut a: Pot = cx
            .get(&LOCK_POT_BY_PLAYER_K, &[caller.param(), args.a.param()])
            .await?
            .row()?
            .ok_or(NO_POT)?;
        let mut b: Option<Pot> = cx
            .get(&GET_POT_BY_PLAYER_K, &[caller.param(), args.b.param()])
            .await?
            .row()?;
        let writes = cx.writes();
        cx.change(
                &UPDATE_POT_N_BY_PLAYER_K_GE,
                &[Param::Int(2), caller.param(), args.from.param()],
                "managers/held.yaml:126:13: update",
            )
            .await?;
        if cx.writes() > writes {
            let again = cx
                .get(&LOCK_POT_BY_PLAYER_K, &[a.player.param(), a.k.param()])
                .await?
                .row()?;
            a = again.unwrap_or(a);
            b = match &b {
                Some(row) => {
                    cx.get(&GET_POT_BY_PLAYER_K, &[row.player.param(), row.k.param()])
                        .await?
                        .row()?
                }
                None => None,
            };
        }
        a.n = ops::add(a.n, 1).at("managers/held.yaml:130:23: a.n + 1")?;
        cx.save(&SAVE_POT_N, &a, &[a.n.param(), a.player.param(), a.k.param()]).await?;
        if let Some(row) = &mut b && row.player == a.player && row.k == a.k {
            *row = a.clone();
        }
        Ok(
            Returned::success(
                Box::new(UpdateHeldReply {
                    a: a.n,
                    b: b.as_ref().map(|row| row.n).unwrap_or(0),
                }),
            ),
        )
    }

    /// Removes rows of which one is held; it is a row of defaults then.
    #[function(access = Player, writes, declaration = "0c48ebe6c4c79833")]
    pub async fn delete_held(
        cx: &mut Cx<'_>,
        args: &DeleteHeldArgs,
    ) -> Result<Returned, Stop> {
        let caller = cx.caller()?;
        let mut held: Pot = match cx
            .get(&LOCK_POT_BY_PLAYER_K, &[caller.param(), args.k.param()])
            .await?
            .row()?
        {
            Some(row) => row,
            None => {
                Pot {
                    player: caller.clone(),
                    k: args.k,
                    n: 7,
                    note: "none".to_owned(),
                }
            }
        };
        let writes = cx.writes();
        cx.change(
                &DELETE_POT_BY_PLAYER_K_GE,
                &[caller.param(), args.from.param()],
                "managers/held.yaml:140:13: delete",
            )
            .await?;
        if cx.writes() > writes {
            let again = cx
                .get(&LOCK_POT_BY_PLAYER_K, &[held.player.param(), held.k.param()])
                .await?
                .row()?;
            held = match again {
                Some(row) => row,
                None => {
                    Pot {
                        player: held.player,
                        k: held.k,
                        n: 7,
                        note: "none".to_owned(),
                    }
                }
            };
        }
        held.note = "again".to_owned();
        cx.save(&UPSERT_POT_NOTE, &held, &held.params()).await?;
        Ok(Returned::success(Box::new(DeleteHeldReply { n: held.n })))
    }

    /// The row may be gone when it is saved, which is a fault.
    #[function(access = Player, writes, fails, declaration = "280302fbb1a80ae5")]
    pub async fn delete_and_save(
        cx: &mut Cx<'_>,
        args: &DeleteAndSaveArgs,
    ) -> Result<Returned, Stop> {
        const NO_POT: Failure = Failure::new(20, "no such pot");
        let caller = cx.caller()?;
        let mut held: Pot = cx
            .get(&LOCK_POT_BY_PLAYER_K, &[caller.param(), args.k.param()])
            .await?
            .row()?
            .ok_or(NO_POT)?;
        let writes = cx.writes();
        cx.change(
                &DELETE_POT_BY_PLAYER_K_GE,
                &[caller.param(), args.from.param()],
                "managers/held.yaml:154:13: delete",
            )
            .await?;
        if cx.writes() > writes {
            let again = cx
                .get(&LOCK_POT_BY_PLAYER_K, &[held.player.param(), held.k.param()])
                .await?
                .row()?;
            held = again.unwrap_or(held);
        }
        held.n = 1;
        cx.save(
                &SAVE_POT_N,
                &held,
                &[held.n.param(), held.player.param(), held.k.param()],
            )
            .await?;
        Ok(Returned::success(Box::new(DeleteAndSaveReply {})))
    }

    /// Removes a row under one name that is held under another one.
    #[function(access = Player, writes, fails, declaration = "768176543e005afd")]
    pub async fn delete_other_name(
        cx: &mut Cx<'_>,
        args: &DeleteOtherNameArgs,
    ) -> Result<Returned, Stop> {
        const NO_POT: Failure = Failure::new(20, "no such pot");
        let caller = cx.caller()?;
        let a: Pot = cx
            .get(&LOCK_POT_BY_PLAYER_K, &[caller.param(), args.a.param()])
            .await?
            .row()?
            .ok_or(NO_POT)?;
        let mut b: Pot = match cx
            .get(&GET_POT_BY_PLAYER_K, &[caller.param(), args.b.param()])
            .await?
            .row()?
        {
            Some(row) => row,
            None => {
                Pot {
                    player: caller.clone(),
                    k: args.b,
                    n: 7,
                    note: "none".to_owned(),
                }
            }
        };
        let mut c: Option<Pot> = cx
            .get(&GET_POT_BY_PLAYER_K, &[caller.param(), args.b.param()])
            .await?
            .row()?;
        let writes = cx.writes();
        cx.change(
                &DELETE_POT_BY_PLAYER_K,
                &[a.player.param(), a.k.param()],
                "managers/held.yaml:176:13: delete",
            )
            .await?;
        if cx.writes() > writes {
            let again = cx
                .get(&GET_POT_BY_PLAYER_K, &[b.player.param(), b.k.param()])
                .await?
                .row()?;
            b = match again {
                Some(row) => row,
                None => {
                    Pot {
                        player: b.player,
                        k: b.k,
                        n: 7,
                        note: "none".to_owned(),
                    }
                }
            };
            c = match &c {
                Some(row) => {
                    cx.get(&GET_POT_BY_PLAYER_K, &[row.player.param(), row.k.param()])
                        .await?
                        .row()?
                }
                None => None,
            };
        }
        Ok(
            Returned::success(
                Box::new(DeleteOtherNameReply {
                    n: b.n,
                    note: b.note,
                    is_there: c.is_some(),
                }),
            ),
        )
    }

    /// Holds a pot while a loop saves pots.
    #[function(access = Player, writes, declaration = "47e3b9ec278fc229")]
    pub async fn go_round(
        cx: &mut Cx<'_>,
        args: &GoRoundArgs,
    ) -> Result<Returned, Stop> {
        let caller = cx.caller()?;
        let mut held: Pot = match cx
            .get(&LOCK_POT_BY_PLAYER_K, &[caller.param(), args.k.param()])
            .await?
            .row()?
        {
            Some(row) => row,
            None => {
                Pot {
                    player: caller.clone(),
                    k: args.k,
                    n: 7,
                    note: "none".to_owned(),
                }
            }
        };
        for k in args.all.iter().copied() {
            let mut one: Pot = match cx
                .get(&LOCK_POT_BY_PLAYER_K, &[caller.param(), k.param()])
                .await?
                .row()?
            {
                Some(row) => row,
                None => {
                    Pot {
                        player: caller.clone(),
                        k,
                        n: 7,
                        note: "none".to_owned(),
                    }
                }
            };
            one.n = ops::add(one.n, held.n)
                .at("managers/held.yaml:193:27: one.n + held.n")?;
            cx.save(&UPSERT_POT_N, &one, &one.params()).await?;
            if held.player == one.player && held.k == one.k {
                held = one.clone();
            }
        }
        held.note = "held".to_owned();
        cx.save(&UPSERT_POT_NOTE, &held, &held.params()).await?;
        Ok(Returned::success(Box::new(GoRoundReply { n: held.n })))
    }

    /// Flasks, found by their label and by their id.
    #[function(access = Player, writes, fails, declaration = "fce32f6c29e24202")]
    pub async fn by_label(
        cx: &mut Cx<'_>,
        args: &ByLabelArgs,
    ) -> Result<Returned, Stop> {
        const NO_FLASK: Failure = Failure::new(21, "no such flask");
        let mut a: Flask = cx
            .get(&LOCK_FLASK_BY_LABEL, &[args.a.param()])
            .await?
            .row()?
            .ok_or(NO_FLASK)?;
        let mut b = Flask {
            id: Id(0),
            label: args.b.clone(),
            n: 10,
        };
        b.id = cx
            .insert_id(&REPLACE_FLASK_RETURNING_ID, &b, &[b.label.param(), b.n.param()])
            .await?;
        if a.label == b.label {
            a = b.clone();
        }
        a.n = ops::add(a.n, 1).at("managers/held.yaml:211:23: a.n + 1")?;
        cx.save(&SAVE_FLASK_N, &a, &[a.n.param(), a.id.param()]).await?;
        if b.id == a.id {
            b = a.clone();
        }
        Ok(
            Returned::success(
                Box::new(ByLabelReply {
                    a: a.n,
                    b: b.n,
                    same: a.id == b.id,
                }),
            ),
        )
    }

    /// The function `new_flask`.
    #[function(access = Player, writes, fails, declaration = "377e7f041f403e5b")]
    pub async fn new_flask(
        cx: &mut Cx<'_>,
        args: &NewFlaskArgs,
    ) -> Result<Returned, Stop> {
        let mut f = Flask {
            id: Id(0),
            label: args.label.clone(),
            n: 1,
        };
        f.id = cx
            .insert_id(&INSERT_FLASK_RETURNING_ID, &f, &[f.label.param(), f.n.param()])
            .await?;
        Ok(Returned::success(Box::new(NewFlaskReply { id: f.id })))
    }

    /// Many pots with the same in them.
    #[function(access = Internal, writes, fails, declaration = "d3fc1698d135b489")]
    pub async fn fill(cx: &mut Cx<'_>, args: &FillArgs) -> Result<Returned, Stop> {
        let caller = cx.caller()?;
        let rows: Vec<_> = args
            .all
            .iter()
            .copied()
            .map(|k| Pot {
                player: caller.clone(),
                k,
                n: args.n,
                note: "none".to_owned(),
            })
            .collect();
        cx.insert_all(&INSERT_POT, &rows, Pot::params).await?;
        Ok(Returned::success(Box::new(FillReply {})))
    }

    /// Pots by what is in them, which is the same in all, or in no order that is said.
    #[function(access = Player, one_query, declaration = "09ef96819a1dcbbd")]
    pub async fn page(cx: &mut Cx<'_>, args: &PageArgs) -> Result<Returned, Stop> {
        let all: Vec<Pot>;
        if args.by_n {
            all = cx
                .select(
                    &SELECT_POT_ALL_ORDER_N_DESC_FIRST_OFFSET,
                    &[Param::Int(100), Param::Int(args.from.max(0))],
                )
                .await?
                .rows()?;
        } else {
            all = cx
                .select(
                    &SELECT_POT_ALL_FIRST_OFFSET,
                    &[Param::Int(100), Param::Int(args.from.max(0))],
                )
                .await?
                .rows()?;
        }
        Ok(
            Returned::success(
                Box::new(PageReply {
                    all: ops::each(all, |p| p.k),
                }),
            ),
        )
    }

    /// The function `pots`.
    #[function(access = Player, one_query, declaration = "464e0771f7109b9c")]
    pub async fn pots(cx: &mut Cx<'_>, _args: &PotsArgs) -> Result<Returned, Stop> {
        let caller = cx.caller()?;
        let all: Vec<Pot> = cx
            .select(
                &SELECT_POT_BY_PLAYER_ORDER_K_FIRST,
                &[caller.param(), Param::Int(50)],
            )
            .await?
            .rows()?;
        Ok(
            Returned::success(
                Box::new(PotsReply {
                    all: ops::each(all, |p| PotsReplyAll(p.k, p.n)),
                }),
            ),
        )
    }
}
