//! What happens by itself.
//!
//! Written by `cargo xtask gen` from managers/events.yaml. Do not edit.

use aliya_runtime::prelude::*;

pub use crate::calls::events::*;
use crate::calls::luck;

/// A row of `gate`.
#[derive(Clone, Table)]
#[table(name = "events_gate")]
pub struct Gate {
    #[column(max = 9)]
    pub name: String,
    pub open: i64,
}

/// When a player came, and what there was to begin with.
#[derive(Clone, Table)]
#[table(name = "events_arrival")]
pub struct Arrival {
    pub player: PlayerId,
    pub at: Time,
    pub coins: i64,
}

/// A row of `walk`.
#[derive(Clone, Table)]
#[table(name = "events_walk")]
pub struct Walk {
    pub player: PlayerId,
    pub far: i64,
    pub notes: i64,
    pub last: i64,
    #[column(max = 20)]
    pub note: String,
    pub noted: i64,
}

/// A row of `bell`.
#[derive(Clone, Table)]
#[table(name = "events_bell")]
pub struct Bell {
    #[column(max = 9)]
    pub name: String,
    pub struck: i64,
    pub at: Time,
}

/// Args of `set_gate`.
#[derive(Args)]
pub struct SetGateArgs {
    pub open: i64,
}

/// Reply of `set_gate`.
#[derive(Reply)]
pub struct SetGateReply {}

/// Args of `arrive`.
#[derive(Args)]
pub struct ArriveArgs {}

/// Reply of `arrive`.
#[derive(Reply)]
pub struct ArriveReply {}

/// Args of `my_arrival`.
#[derive(Args)]
pub struct MyArrivalArgs {}

/// Reply of `my_arrival`.
#[derive(Reply)]
pub struct MyArrivalReply {
    pub at: Time,
    pub coins: i64,
}

/// Args of `go_on`.
#[derive(Args)]
pub struct GoOnArgs {
    pub part: i64,
}

/// Reply of `go_on`.
#[derive(Reply)]
pub struct GoOnReply {
    pub far: i64,
    pub part: i64,
}

/// Args of `note_walk`.
#[derive(Args, Outgoing)]
#[callee(manager = "events", function = "note_walk")]
pub struct NoteWalkArgs {
    pub player: PlayerId,
    pub far: i64,
    pub by: i64,
    pub note: String,
    pub at: Time,
}

/// Reply of `note_walk`.
#[derive(Clone, Reply, Incoming)]
pub struct NoteWalkReply {
    pub notes: i64,
}

/// Args of `note_note`.
#[derive(Args, Outgoing)]
#[callee(manager = "events", function = "note_note")]
pub struct NoteNoteArgs {
    pub notes: i64,
}

/// Reply of `note_note`.
#[derive(Clone, Reply, Incoming)]
pub struct NoteNoteReply {}

/// Args of `leap`.
#[derive(Args)]
pub struct LeapArgs {
    pub by: i64,
}

/// Reply of `leap`.
#[derive(Reply)]
pub struct LeapReply {}

/// Args of `land`.
#[derive(Args, Outgoing)]
#[callee(manager = "events", function = "land")]
pub struct LandArgs {
    pub by: i64,
}

/// Reply of `land`.
#[derive(Clone, Reply, Incoming)]
pub struct LandReply {}

/// Args of `my_walk`.
#[derive(Args)]
pub struct MyWalkArgs {}

/// Reply of `my_walk`.
#[derive(Reply)]
pub struct MyWalkReply {
    pub far: i64,
    pub notes: i64,
    pub last: i64,
    pub note: String,
    pub noted: i64,
}

/// Args of `strike`.
#[derive(Args)]
pub struct StrikeArgs {}

/// Reply of `strike`.
#[derive(Reply)]
pub struct StrikeReply {}

/// Args of `ring`.
#[derive(Args)]
pub struct RingArgs {}

/// Reply of `ring`.
#[derive(Reply)]
pub struct RingReply {}

/// Args of `rung`.
#[derive(Args, Outgoing)]
#[callee(manager = "events", function = "rung")]
pub struct RungArgs {
    pub at: Time,
}

/// Reply of `rung`.
#[derive(Clone, Reply, Incoming)]
pub struct RungReply {}

/// Args of `bells`.
#[derive(Args)]
pub struct BellsArgs {}

/// Reply of `bells`.
#[derive(Reply)]
pub struct BellsReply {
    pub bells: Vec<BellsReplyBells>,
}

/// A list of fixed length in the reply of `bells`: travels as a JSON array.
#[derive(Clone, Reply)]
pub struct BellsReplyBells(pub String, pub i64, pub Time);

static CREATE_GATE: Statement = Statement {
    name: "events.gate.create",
    sqlite: r#"CREATE TABLE "events_gate" (
  "name" TEXT NOT NULL
    CONSTRAINT "events_gate_name_max" CHECK (length("name") <= 9),
  "open" INTEGER NOT NULL DEFAULT 1,
  PRIMARY KEY ("name")
) STRICT, WITHOUT ROWID"#,
    postgres: r#"CREATE TABLE "events_gate" (
  "name" TEXT COLLATE "C" NOT NULL
    CONSTRAINT "events_gate_name_max" CHECK (char_length("name") <= 9),
  "open" BIGINT NOT NULL DEFAULT 1,
  CONSTRAINT "events_gate_pkey" PRIMARY KEY ("name")
)"#,
    mysql: r#"CREATE TABLE `events_gate` (
  `name` VARCHAR(9) NOT NULL,
  `open` BIGINT NOT NULL DEFAULT 1,
  PRIMARY KEY (`name`),
  CONSTRAINT `events_gate_name_max` CHECK (CHAR_LENGTH(`name`) <= 9)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"#,
};

static CREATE_ARRIVAL: Statement = Statement {
    name: "events.arrival.create",
    sqlite: r#"CREATE TABLE "events_arrival" (
  "player" TEXT NOT NULL,
  "at" INTEGER NOT NULL,
  "coins" INTEGER NOT NULL,
  PRIMARY KEY ("player")
) STRICT, WITHOUT ROWID"#,
    postgres: r#"CREATE TABLE "events_arrival" (
  "player" TEXT COLLATE "C" NOT NULL,
  "at" BIGINT NOT NULL,
  "coins" BIGINT NOT NULL,
  CONSTRAINT "events_arrival_pkey" PRIMARY KEY ("player")
)"#,
    mysql: r#"CREATE TABLE `events_arrival` (
  `player` VARCHAR(255) NOT NULL,
  `at` BIGINT NOT NULL,
  `coins` BIGINT NOT NULL,
  PRIMARY KEY (`player`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"#,
};

static CREATE_WALK: Statement = Statement {
    name: "events.walk.create",
    sqlite: r#"CREATE TABLE "events_walk" (
  "player" TEXT NOT NULL,
  "far" INTEGER NOT NULL DEFAULT 0,
  "notes" INTEGER NOT NULL DEFAULT 0,
  "last" INTEGER NOT NULL DEFAULT 0,
  "note" TEXT NOT NULL DEFAULT ''
    CONSTRAINT "events_walk_note_max" CHECK (length("note") <= 20),
  "noted" INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY ("player")
) STRICT, WITHOUT ROWID"#,
    postgres: r#"CREATE TABLE "events_walk" (
  "player" TEXT COLLATE "C" NOT NULL,
  "far" BIGINT NOT NULL DEFAULT 0,
  "notes" BIGINT NOT NULL DEFAULT 0,
  "last" BIGINT NOT NULL DEFAULT 0,
  "note" TEXT COLLATE "C" NOT NULL DEFAULT ''
    CONSTRAINT "events_walk_note_max" CHECK (char_length("note") <= 20),
  "noted" BIGINT NOT NULL DEFAULT 0,
  CONSTRAINT "events_walk_pkey" PRIMARY KEY ("player")
)"#,
    mysql: r#"CREATE TABLE `events_walk` (
  `player` VARCHAR(255) NOT NULL,
  `far` BIGINT NOT NULL DEFAULT 0,
  `notes` BIGINT NOT NULL DEFAULT 0,
  `last` BIGINT NOT NULL DEFAULT 0,
  `note` VARCHAR(20) NOT NULL DEFAULT (''),
  `noted` BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (`player`),
  CONSTRAINT `events_walk_note_max` CHECK (CHAR_LENGTH(`note`) <= 20)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"#,
};

static CREATE_BELL: Statement = Statement {
    name: "events.bell.create",
    sqlite: r#"CREATE TABLE "events_bell" (
  "name" TEXT NOT NULL
    CONSTRAINT "events_bell_name_max" CHECK (length("name") <= 9),
  "struck" INTEGER NOT NULL DEFAULT 0,
  "at" INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY ("name")
) STRICT, WITHOUT ROWID"#,
    postgres: r#"CREATE TABLE "events_bell" (
  "name" TEXT COLLATE "C" NOT NULL
    CONSTRAINT "events_bell_name_max" CHECK (char_length("name") <= 9),
  "struck" BIGINT NOT NULL DEFAULT 0,
  "at" BIGINT NOT NULL DEFAULT 0,
  CONSTRAINT "events_bell_pkey" PRIMARY KEY ("name")
)"#,
    mysql: r#"CREATE TABLE `events_bell` (
  `name` VARCHAR(9) NOT NULL,
  `struck` BIGINT NOT NULL DEFAULT 0,
  `at` BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (`name`),
  CONSTRAINT `events_bell_name_max` CHECK (CHAR_LENGTH(`name`) <= 9)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"#,
};

static LOCK_GATE_BY_NAME: Statement = Statement {
    name: "events.gate.lock_by_name",
    sqlite: r#"SELECT "name", "open" FROM "events_gate" WHERE "name" = ?1"#,
    postgres: r#"SELECT "name", "open" FROM "events_gate" WHERE "name" = $1 FOR UPDATE"#,
    mysql: "SELECT `name`, `open` FROM `events_gate` WHERE `name` = ? FOR UPDATE",
};

static UPSERT_GATE_OPEN: Statement = Statement {
    name: "events.gate.upsert_open",
    sqlite: r#"INSERT INTO "events_gate" ("name", "open")
VALUES (?1, ?2)
ON CONFLICT ("name") DO UPDATE SET "open" = excluded."open""#,
    postgres: r#"INSERT INTO "events_gate" ("name", "open")
VALUES ($1, $2)
ON CONFLICT ("name") DO UPDATE SET "open" = excluded."open""#,
    mysql: r#"INSERT INTO `events_gate` (`name`, `open`)
VALUES (?, ?)
ON DUPLICATE KEY UPDATE `open` = VALUES(`open`)"#,
};

static GET_GATE_BY_NAME: Statement = Statement {
    name: "events.gate.get_by_name",
    sqlite: r#"SELECT "name", "open" FROM "events_gate" WHERE "name" = ?1"#,
    postgres: r#"SELECT "name", "open" FROM "events_gate" WHERE "name" = $1"#,
    mysql: "SELECT `name`, `open` FROM `events_gate` WHERE `name` = ?",
};

static INSERT_ARRIVAL: Statement = Statement {
    name: "events.arrival.insert",
    sqlite: r#"INSERT INTO "events_arrival" ("player", "at", "coins") VALUES (?1, ?2, ?3)"#,
    postgres: r#"INSERT INTO "events_arrival" ("player", "at", "coins") VALUES ($1, $2, $3)"#,
    mysql: "INSERT INTO `events_arrival` (`player`, `at`, `coins`) VALUES (?, ?, ?)",
};

static GET_ARRIVAL_BY_PLAYER: Statement = Statement {
    name: "events.arrival.get_by_player",
    sqlite: r#"SELECT "player", "at", "coins" FROM "events_arrival" WHERE "player" = ?1"#,
    postgres: r#"SELECT "player", "at", "coins" FROM "events_arrival" WHERE "player" = $1"#,
    mysql: "SELECT `player`, `at`, `coins` FROM `events_arrival` WHERE `player` = ?",
};

static LOCK_WALK_BY_PLAYER: Statement = Statement {
    name: "events.walk.lock_by_player",
    sqlite: r#"SELECT "player", "far", "notes", "last", "note", "noted"
FROM "events_walk"
WHERE "player" = ?1"#,
    postgres: r#"SELECT "player", "far", "notes", "last", "note", "noted"
FROM "events_walk"
WHERE "player" = $1
FOR UPDATE"#,
    mysql: r#"SELECT `player`, `far`, `notes`, `last`, `note`, `noted`
FROM `events_walk`
WHERE `player` = ?
FOR UPDATE"#,
};

static UPSERT_WALK_FAR: Statement = Statement {
    name: "events.walk.upsert_far",
    sqlite: r#"INSERT INTO "events_walk" ("player", "far", "notes", "last", "note", "noted")
VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT ("player") DO UPDATE SET "far" = excluded."far""#,
    postgres: r#"INSERT INTO "events_walk" ("player", "far", "notes", "last", "note", "noted")
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT ("player") DO UPDATE SET "far" = excluded."far""#,
    mysql: r#"INSERT INTO `events_walk` (`player`, `far`, `notes`, `last`, `note`, `noted`)
VALUES (?, ?, ?, ?, ?, ?)
ON DUPLICATE KEY UPDATE `far` = VALUES(`far`)"#,
};

static UPSERT_WALK_NOTES_LAST_NOTE: Statement = Statement {
    name: "events.walk.upsert_notes_last_note",
    sqlite: r#"INSERT INTO "events_walk" ("player", "far", "notes", "last", "note", "noted")
VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT ("player") DO UPDATE SET "notes" = excluded."notes", "last" = excluded."last", "note" = excluded."note""#,
    postgres: r#"INSERT INTO "events_walk" ("player", "far", "notes", "last", "note", "noted")
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT ("player") DO UPDATE SET "notes" = excluded."notes", "last" = excluded."last", "note" = excluded."note""#,
    mysql: r#"INSERT INTO `events_walk` (`player`, `far`, `notes`, `last`, `note`, `noted`)
VALUES (?, ?, ?, ?, ?, ?)
ON DUPLICATE KEY UPDATE `notes` = VALUES(`notes`), `last` = VALUES(`last`), `note` = VALUES(`note`)"#,
};

static UPSERT_WALK_NOTED: Statement = Statement {
    name: "events.walk.upsert_noted",
    sqlite: r#"INSERT INTO "events_walk" ("player", "far", "notes", "last", "note", "noted")
VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT ("player") DO UPDATE SET "noted" = excluded."noted""#,
    postgres: r#"INSERT INTO "events_walk" ("player", "far", "notes", "last", "note", "noted")
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT ("player") DO UPDATE SET "noted" = excluded."noted""#,
    mysql: r#"INSERT INTO `events_walk` (`player`, `far`, `notes`, `last`, `note`, `noted`)
VALUES (?, ?, ?, ?, ?, ?)
ON DUPLICATE KEY UPDATE `noted` = VALUES(`noted`)"#,
};

static GET_WALK_BY_PLAYER: Statement = Statement {
    name: "events.walk.get_by_player",
    sqlite: r#"SELECT "player", "far", "notes", "last", "note", "noted"
FROM "events_walk"
WHERE "player" = ?1"#,
    postgres: r#"SELECT "player", "far", "notes", "last", "note", "noted"
FROM "events_walk"
WHERE "player" = $1"#,
    mysql: r#"SELECT `player`, `far`, `notes`, `last`, `note`, `noted`
FROM `events_walk`
WHERE `player` = ?"#,
};

static LOCK_BELL_BY_NAME: Statement = Statement {
    name: "events.bell.lock_by_name",
    sqlite: r#"SELECT "name", "struck", "at" FROM "events_bell" WHERE "name" = ?1"#,
    postgres: r#"SELECT "name", "struck", "at" FROM "events_bell" WHERE "name" = $1 FOR UPDATE"#,
    mysql: "SELECT `name`, `struck`, `at` FROM `events_bell` WHERE `name` = ? FOR UPDATE",
};

static UPSERT_BELL_STRUCK_AT: Statement = Statement {
    name: "events.bell.upsert_struck_at",
    sqlite: r#"INSERT INTO "events_bell" ("name", "struck", "at")
VALUES (?1, ?2, ?3)
ON CONFLICT ("name") DO UPDATE SET "struck" = excluded."struck", "at" = excluded."at""#,
    postgres: r#"INSERT INTO "events_bell" ("name", "struck", "at")
VALUES ($1, $2, $3)
ON CONFLICT ("name") DO UPDATE SET "struck" = excluded."struck", "at" = excluded."at""#,
    mysql: r#"INSERT INTO `events_bell` (`name`, `struck`, `at`)
VALUES (?, ?, ?)
ON DUPLICATE KEY UPDATE `struck` = VALUES(`struck`), `at` = VALUES(`at`)"#,
};

static SELECT_BELL_ALL_ORDER_NAME_FIRST: Statement = Statement {
    name: "events.bell.select_all_order_name_first",
    sqlite: r#"SELECT "name", "struck", "at" FROM "events_bell" ORDER BY "name" LIMIT ?1"#,
    postgres: r#"SELECT "name", "struck", "at" FROM "events_bell" ORDER BY "name" LIMIT $1"#,
    mysql: "SELECT `name`, `struck`, `at` FROM `events_bell` ORDER BY `name` LIMIT ?",
};

/// What happens by itself.
pub struct EventsManager;

#[manager(
    name = "events",
    port = 9106,
    schema = [
        CREATE_GATE,
        CREATE_ARRIVAL,
        CREATE_WALK,
        CREATE_BELL,
    ],
)]
impl EventsManager {
    /// Opens and closes the gate.
    #[function(access = Player, writes, declaration = "44bb944ad80cc1c3")]
    pub async fn set_gate(
        cx: &mut Cx<'_>,
        args: &SetGateArgs,
    ) -> Result<Returned, Stop> {
        let mut g: Gate = match cx
            .get(&LOCK_GATE_BY_NAME, &[Param::Text("main")])
            .await?
            .row()?
        {
            Some(row) => row,
            None => {
                Gate {
                    name: "main".to_owned(),
                    open: 1,
                }
            }
        };
        g.open = args.open;
        cx.save(&UPSERT_GATE_OPEN, &g, &g.params()).await?;
        Ok(Returned::success(Box::new(SetGateReply {})))
    }

    /// The gate is asked first; through a closed one nobody comes.
    #[function(
        access = Internal,
        writes,
        fails,
        runs = PlayerCreated,
        declaration = "72ecc84ccb692c1b"
    )]
    pub async fn arrive(cx: &mut Cx<'_>, _args: &ArriveArgs) -> Result<Returned, Stop> {
        let caller = cx.caller()?;
        let now = cx.now();
        let g: Gate = match cx
            .get(&GET_GATE_BY_NAME, &[Param::Text("main")])
            .await?
            .row()?
        {
            Some(row) => row,
            None => {
                Gate {
                    name: "main".to_owned(),
                    open: 1,
                }
            }
        };
        let arrival = Arrival {
            player: caller,
            at: now,
            coins: ops::div(100, g.open).at("managers/events.yaml:47:52: 100 / g.open")?,
        };
        cx.insert(&INSERT_ARRIVAL, &arrival, &arrival.params()).await?;
        Ok(Returned::success(Box::new(ArriveReply {})))
    }

    /// The function `my_arrival`.
    #[function(access = Player, one_query, fails, declaration = "9adc95e446e971c9")]
    pub async fn my_arrival(
        cx: &mut Cx<'_>,
        _args: &MyArrivalArgs,
    ) -> Result<Returned, Stop> {
        const UNKNOWN: Failure = Failure::new(30, "unknown");
        let caller = cx.caller()?;
        let a: Arrival = cx
            .get(&GET_ARRIVAL_BY_PLAYER, &[caller.param()])
            .await?
            .row()?
            .ok_or(UNKNOWN)?;
        Ok(
            Returned::success(
                Box::new(MyArrivalReply {
                    at: a.at,
                    coins: a.coins,
                }),
            ),
        )
    }

    /// Several functions run after it, one of another manager among them.
    #[function(
        access = Player,
        writes,
        reaches = ["luck"],
        outcomes = [1],
        fails,
        declaration = "d845a62f72311855"
    )]
    pub async fn go(cx: &mut Cx<'_>, args: &GoArgs) -> Result<Returned, Stop> {
        const FAR: Failure = Failure::new(31, "too far");
        let returned: Result<Returned, Stop> = async {
            let cx = &mut *cx;
            let caller = cx.caller()?;
            if args.by >= 1000 {
                return Err(FAR.into());
            }
            let mut w: Walk = match cx
                .get(&LOCK_WALK_BY_PLAYER, &[caller.param()])
                .await?
                .row()?
            {
                Some(row) => row,
                None => {
                    Walk {
                        player: caller.clone(),
                        far: 0,
                        notes: 0,
                        last: 0,
                        note: String::new(),
                        noted: 0,
                    }
                }
            };
            w.far = ops::add(w.far, args.by)
                .at("managers/events.yaml:70:25: w.far + args.by")?;
            cx.save(&UPSERT_WALK_FAR, &w, &w.params()).await?;
            if args.by == 0 {
                return Ok(
                    Returned::outcome(
                        1,
                        "not moved",
                        Box::new(GoReply { far: w.far, steps: None }) as Box<dyn Reply>,
                    ),
                );
            }
            Ok(
                Returned::success(
                    Box::new(GoReply {
                        far: w.far,
                        steps: Some(GoReplySteps(args.by, w.far)),
                    }) as Box<dyn Reply>,
                ),
            )
        }
            .await;
        let returned = returned?;
        let caller = cx.caller()?;
        let now = cx.now();
        let reply = returned.data::<GoReply>()?;
        cx.call(
                &NoteWalkArgs {
                    player: caller,
                    far: reply.far,
                    by: ops::mul(args.by, 2)
                        .at("managers/events.yaml:85:68: args.by * 2")?,
                    note: args.note.clone(),
                    at: now,
                },
            )
            .await?;
        cx.call(&luck::WalkedArgs { far: reply.far }).await?;
        Ok(returned)
    }

    /// What follows a function follows it where it is called, too.
    #[function(
        access = Player,
        writes,
        reaches = ["luck"],
        fails,
        declaration = "c59080d8b777537c"
    )]
    pub async fn go_on(cx: &mut Cx<'_>, args: &GoOnArgs) -> Result<Returned, Stop> {
        let gone: GoReply = cx
            .call(
                &GoArgs {
                    by: 1,
                    note: String::new(),
                },
            )
            .await?
            .data()?;
        Ok(
            Returned::success(
                Box::new(GoOnReply {
                    far: gone.far,
                    part: ops::div(gone.far, args.part)
                        .at("managers/events.yaml:83:44: gone.far / args.part")?,
                }),
            ),
        )
    }

    /// The function `note_walk`.
    #[function(
        access = Internal,
        writes,
        runs = After,
        declaration = "307004d0e1e7753b"
    )]
    pub async fn note_walk(
        cx: &mut Cx<'_>,
        args: &NoteWalkArgs,
    ) -> Result<Returned, Stop> {
        let returned: Result<Returned, Stop> = async {
            let cx = &mut *cx;
            let mut w: Walk = match cx
                .get(&LOCK_WALK_BY_PLAYER, &[args.player.param()])
                .await?
                .row()?
            {
                Some(row) => row,
                None => {
                    Walk {
                        player: args.player.clone(),
                        far: 0,
                        notes: 0,
                        last: 0,
                        note: String::new(),
                        noted: 0,
                    }
                }
            };
            w.notes = ops::add(w.notes, 1)
                .at("managers/events.yaml:92:27: w.notes + 1")?;
            w.last = ops::add(args.far, args.by)
                .at("managers/events.yaml:92:46: args.far + args.by")?;
            w.note = args.note.clone();
            cx.save(&UPSERT_WALK_NOTES_LAST_NOTE, &w, &w.params()).await?;
            Ok(
                Returned::success(
                    Box::new(NoteWalkReply { notes: w.notes }) as Box<dyn Reply>,
                ),
            )
        }
            .await;
        let returned = returned?;
        let reply = returned.data::<NoteWalkReply>()?;
        cx.call(&NoteNoteArgs { notes: reply.notes }).await?;
        Ok(returned)
    }

    /// After what itself runs after another one.
    #[function(
        access = Internal,
        writes,
        runs = After,
        declaration = "4a5416d087379863"
    )]
    pub async fn note_note(
        cx: &mut Cx<'_>,
        args: &NoteNoteArgs,
    ) -> Result<Returned, Stop> {
        let caller = cx.caller()?;
        let mut w: Walk = match cx
            .get(&LOCK_WALK_BY_PLAYER, &[caller.param()])
            .await?
            .row()?
        {
            Some(row) => row,
            None => {
                Walk {
                    player: caller.clone(),
                    far: 0,
                    notes: 0,
                    last: 0,
                    note: String::new(),
                    noted: 0,
                }
            }
        };
        w.noted = args.notes;
        cx.save(&UPSERT_WALK_NOTED, &w, &w.params()).await?;
        Ok(Returned::success(Box::new(NoteNoteReply {})))
    }

    /// The function `leap`.
    #[function(access = Player, writes, declaration = "3b389d315adea8c9")]
    pub async fn leap(cx: &mut Cx<'_>, args: &LeapArgs) -> Result<Returned, Stop> {
        let returned: Result<Returned, Stop> = async {
            let cx = &mut *cx;
            let caller = cx.caller()?;
            let mut w: Walk = match cx
                .get(&LOCK_WALK_BY_PLAYER, &[caller.param()])
                .await?
                .row()?
            {
                Some(row) => row,
                None => {
                    Walk {
                        player: caller.clone(),
                        far: 0,
                        notes: 0,
                        last: 0,
                        note: String::new(),
                        noted: 0,
                    }
                }
            };
            w.far = ops::add(w.far, args.by)
                .at("managers/events.yaml:113:25: w.far + args.by")?;
            cx.save(&UPSERT_WALK_FAR, &w, &w.params()).await?;
            Ok(Returned::success(Box::new(LeapReply {}) as Box<dyn Reply>))
        }
            .await;
        let returned = returned?;
        cx.call(
                &LandArgs {
                    by: ops::div(100, args.by)
                        .at("managers/events.yaml:116:45: 100 / args.by")?,
                },
            )
            .await?;
        Ok(returned)
    }

    /// The function `land`.
    #[function(
        access = Internal,
        writes,
        runs = After,
        declaration = "40fe65988707c2c8"
    )]
    pub async fn land(cx: &mut Cx<'_>, args: &LandArgs) -> Result<Returned, Stop> {
        let caller = cx.caller()?;
        let mut w: Walk = match cx
            .get(&LOCK_WALK_BY_PLAYER, &[caller.param()])
            .await?
            .row()?
        {
            Some(row) => row,
            None => {
                Walk {
                    player: caller.clone(),
                    far: 0,
                    notes: 0,
                    last: 0,
                    note: String::new(),
                    noted: 0,
                }
            }
        };
        w.noted = args.by;
        cx.save(&UPSERT_WALK_NOTED, &w, &w.params()).await?;
        Ok(Returned::success(Box::new(LandReply {})))
    }

    /// The function `my_walk`.
    #[function(access = Player, one_query, declaration = "abedb19e7e57a281")]
    pub async fn my_walk(cx: &mut Cx<'_>, _args: &MyWalkArgs) -> Result<Returned, Stop> {
        let caller = cx.caller()?;
        let w: Walk = match cx.get(&GET_WALK_BY_PLAYER, &[caller.param()]).await?.row()?
        {
            Some(row) => row,
            None => {
                Walk {
                    player: caller.clone(),
                    far: 0,
                    notes: 0,
                    last: 0,
                    note: String::new(),
                    noted: 0,
                }
            }
        };
        Ok(
            Returned::success(
                Box::new(MyWalkReply {
                    far: w.far,
                    notes: w.notes,
                    last: w.last,
                    note: w.note,
                    noted: w.noted,
                }),
            ),
        )
    }

    /// The clock of the game.
    #[function(
        access = Internal,
        writes,
        runs = Every(Hour),
        declaration = "11e78c79c815fc98"
    )]
    pub async fn strike(cx: &mut Cx<'_>, _args: &StrikeArgs) -> Result<Returned, Stop> {
        let now = cx.now();
        let mut b: Bell = match cx
            .get(&LOCK_BELL_BY_NAME, &[Param::Text("hour")])
            .await?
            .row()?
        {
            Some(row) => row,
            None => {
                Bell {
                    name: "hour".to_owned(),
                    struck: 0,
                    at: Time(0),
                }
            }
        };
        b.struck = ops::add(b.struck, 1)
            .at("managers/events.yaml:141:28: b.struck + 1")?;
        b.at = now;
        cx.save(&UPSERT_BELL_STRUCK_AT, &b, &b.params()).await?;
        Ok(Returned::success(Box::new(StrikeReply {})))
    }

    /// A run that fails is tried again; through a closed gate it does.
    #[function(
        access = Internal,
        writes,
        runs = Every(90000),
        declaration = "dfc3ed8c800fef6d"
    )]
    pub async fn ring(cx: &mut Cx<'_>, _args: &RingArgs) -> Result<Returned, Stop> {
        let returned: Result<Returned, Stop> = async {
            let cx = &mut *cx;
            let now = cx.now();
            let g: Gate = match cx
                .get(&GET_GATE_BY_NAME, &[Param::Text("main")])
                .await?
                .row()?
            {
                Some(row) => row,
                None => {
                    Gate {
                        name: "main".to_owned(),
                        open: 1,
                    }
                }
            };
            let mut b: Bell = match cx
                .get(&LOCK_BELL_BY_NAME, &[Param::Text("ring")])
                .await?
                .row()?
            {
                Some(row) => row,
                None => {
                    Bell {
                        name: "ring".to_owned(),
                        struck: 0,
                        at: Time(0),
                    }
                }
            };
            b.struck = ops::add(
                    b.struck,
                    ops::div(10, g.open).at("managers/events.yaml:156:39: 10 / g.open")?,
                )
                .at("managers/events.yaml:156:28: b.struck + 10 / g.open")?;
            b.at = now;
            cx.save(&UPSERT_BELL_STRUCK_AT, &b, &b.params()).await?;
            Ok(Returned::success(Box::new(RingReply {}) as Box<dyn Reply>))
        }
            .await;
        let returned = returned?;
        let now = cx.now();
        cx.call(&RungArgs { at: now }).await?;
        Ok(returned)
    }

    /// After each run of the clock, for nobody.
    #[function(
        access = Internal,
        writes,
        runs = After,
        declaration = "9ee19ce3372aced3"
    )]
    pub async fn rung(cx: &mut Cx<'_>, args: &RungArgs) -> Result<Returned, Stop> {
        let mut b: Bell = match cx
            .get(&LOCK_BELL_BY_NAME, &[Param::Text("rung")])
            .await?
            .row()?
        {
            Some(row) => row,
            None => {
                Bell {
                    name: "rung".to_owned(),
                    struck: 0,
                    at: Time(0),
                }
            }
        };
        b.struck = ops::add(b.struck, 1)
            .at("managers/events.yaml:167:28: b.struck + 1")?;
        b.at = args.at;
        cx.save(&UPSERT_BELL_STRUCK_AT, &b, &b.params()).await?;
        Ok(Returned::success(Box::new(RungReply {})))
    }

    /// The function `bells`.
    #[function(access = Public, one_query, declaration = "b070cbca3be0890a")]
    pub async fn bells(cx: &mut Cx<'_>, _args: &BellsArgs) -> Result<Returned, Stop> {
        let rows: Vec<Bell> = cx
            .select(&SELECT_BELL_ALL_ORDER_NAME_FIRST, &[Param::Int(9)])
            .await?
            .rows()?;
        Ok(
            Returned::success(
                Box::new(BellsReply {
                    bells: ops::each(rows, |b| BellsReplyBells(b.name, b.struck, b.at)),
                }),
            ),
        )
    }
}
