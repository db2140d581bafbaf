//! The manager `shared`.
//!
//! Written by `cargo xtask gen` from managers/shared.yaml. Do not edit.

use aliya_runtime::prelude::*;

/// A row of `jar`.
#[derive(Clone, Table)]
#[table(name = "shared_jar")]
pub struct Jar {
    pub player: PlayerId,
    pub n: i64,
}

/// Args of `pour`.
#[derive(Args, Outgoing)]
#[callee(manager = "shared", function = "pour")]
pub struct PourArgs {
    pub n: i64,
}

/// Reply of `pour`.
#[derive(Clone, Reply, Incoming)]
pub struct PourReply {
    pub n: i64,
}

/// Args of `pour_twice`.
#[derive(Args)]
pub struct PourTwiceArgs {
    pub n: i64,
}

/// Reply of `pour_twice`.
#[derive(Reply)]
pub struct PourTwiceReply {
    pub n: i64,
}

/// Args of `pour_on`.
#[derive(Args, Outgoing)]
#[callee(manager = "shared", function = "pour_on")]
pub struct PourOnArgs {
    pub n: i64,
}

/// Reply of `pour_on`.
#[derive(Clone, Reply, Incoming)]
pub struct PourOnReply {
    pub n: i64,
}

/// Args of `pour_either`.
#[derive(Args)]
pub struct PourEitherArgs {
    pub n: i64,
    pub far: bool,
}

/// Reply of `pour_either`.
#[derive(Reply)]
pub struct PourEitherReply {
    pub outcome: i64,
    pub is_drop: bool,
    pub n: i64,
}

static CREATE_JAR: Statement = Statement {
    name: "shared.jar.create",
    sqlite: r#"CREATE TABLE "shared_jar" (
  "player" TEXT NOT NULL,
  "n" INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY ("player")
) STRICT, WITHOUT ROWID"#,
    postgres: r#"CREATE TABLE "shared_jar" (
  "player" TEXT COLLATE "C" NOT NULL,
  "n" BIGINT NOT NULL DEFAULT 0,
  CONSTRAINT "shared_jar_pkey" PRIMARY KEY ("player")
)"#,
    mysql: r#"CREATE TABLE `shared_jar` (
  `player` VARCHAR(255) NOT NULL,
  `n` BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (`player`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"#,
};

static LOCK_JAR_BY_PLAYER: Statement = Statement {
    name: "shared.jar.lock_by_player",
    sqlite: r#"SELECT "player", "n" FROM "shared_jar" WHERE "player" = ?1"#,
    postgres: r#"SELECT "player", "n" FROM "shared_jar" WHERE "player" = $1 FOR UPDATE"#,
    mysql: "SELECT `player`, `n` FROM `shared_jar` WHERE `player` = ? FOR UPDATE",
};

static UPSERT_JAR_N: Statement = Statement {
    name: "shared.jar.upsert_n",
    sqlite: r#"INSERT INTO "shared_jar" ("player", "n")
VALUES (?1, ?2)
ON CONFLICT ("player") DO UPDATE SET "n" = excluded."n""#,
    postgres: r#"INSERT INTO "shared_jar" ("player", "n")
VALUES ($1, $2)
ON CONFLICT ("player") DO UPDATE SET "n" = excluded."n""#,
    mysql: r#"INSERT INTO `shared_jar` (`player`, `n`)
VALUES (?, ?)
ON DUPLICATE KEY UPDATE `n` = VALUES(`n`)"#,
};

/// The manager `shared`.
pub struct SharedManager;

#[manager(name = "shared", port = 9018, schema = [CREATE_JAR])]
impl SharedManager {
    /// Names an outcome of the manager, one of the file and one of its own.
    #[function(
        access = Player,
        writes,
        outcomes = [
            1,
            83,
            81,
        ],
        fails,
        declaration = "cc6f506952b11053"
    )]
    pub async fn pour(cx: &mut Cx<'_>, args: &PourArgs) -> Result<Returned, Stop> {
        const NEGATIVE: Failure = Failure::new(80, "negative");
        let caller = cx.caller()?;
        let mut j: Jar = match cx
            .get(&LOCK_JAR_BY_PLAYER, &[caller.param()])
            .await?
            .row()?
        {
            Some(row) => row,
            None => {
                Jar {
                    player: caller.clone(),
                    n: 0,
                }
            }
        };
        if args.n < 0 {
            return Err(NEGATIVE.into());
        }
        let sum = i64::min(
            10,
            ops::add(j.n, args.n).at("managers/shared.yaml:29:34: j.n + args.n")?,
        );
        j.n = sum;
        cx.save(&UPSERT_JAR_N, &j, &j.params()).await?;
        if sum == 10 {
            return Ok(Returned::outcome(83, "full", Box::new(PourReply { n: sum })));
        }
        if sum == 5 {
            return Ok(
                Returned::outcome(81, "half of it", Box::new(PourReply { n: sum })),
            );
        }
        if sum == 1 {
            return Ok(Returned::outcome(1, "a drop", Box::new(PourReply { n: sum })));
        }
        Ok(Returned::success(Box::new(PourReply { n: sum })))
    }

    /// A called function's outcome is a success; its own has a status that a shared one has, too.
    #[function(
        access = Player,
        writes,
        outcomes = [83],
        fails,
        declaration = "0bc186522110cf50"
    )]
    pub async fn pour_twice(
        cx: &mut Cx<'_>,
        args: &PourTwiceArgs,
    ) -> Result<Returned, Stop> {
        cx.call(&PourArgs { n: args.n }).await?;
        let last: PourReply = cx.call(&PourArgs { n: args.n }).await?.data()?;
        Ok(Returned::outcome(83, "poured twice", Box::new(PourTwiceReply { n: last.n })))
    }

    /// Passes the outcome of a called function on, but one, and its reply.
    #[function(
        access = Player,
        writes,
        outcomes = [
            1,
            83,
            81,
        ],
        fails,
        declaration = "b9ce2d176d1f4be8"
    )]
    pub async fn pour_on(cx: &mut Cx<'_>, args: &PourOnArgs) -> Result<Returned, Stop> {
        let called = cx.call(&PourArgs { n: args.n }).await?;
        let poured_outcome_1 = called.status()?;
        let poured: PourReply = called.data()?;
        if poured_outcome_1 == 83 {
            return Ok(Returned::success(Box::new(PourOnReply { n: -1 })));
        }
        let reply = Box::new(PourOnReply { n: poured.n });
        Ok(
            match poured_outcome_1 {
                1 => Returned::outcome(1, "a drop", reply),
                83 => Returned::outcome(83, "full", reply),
                81 => Returned::outcome(81, "half of it", reply),
                _ => Returned::success(reply),
            },
        )
    }

    /// Asks for the outcome of either call.
    #[function(access = Player, writes, fails, declaration = "243f74db898da3d7")]
    pub async fn pour_either(
        cx: &mut Cx<'_>,
        args: &PourEitherArgs,
    ) -> Result<Returned, Stop> {
        let poured: PourOnReply;
        let poured_outcome_1: i64;
        if args.far {
            let called = cx.call(&PourOnArgs { n: args.n }).await?;
            poured_outcome_1 = called.status()?;
            poured = called.data()?;
        } else {
            let called = cx
                .call(
                    &PourOnArgs {
                        n: ops::add(args.n, 1)
                            .at("managers/shared.yaml:79:28: args.n + 1")?,
                    },
                )
                .await?;
            poured_outcome_1 = called.status()?;
            poured = called.data()?;
        }
        Ok(
            Returned::success(
                Box::new(PourEitherReply {
                    outcome: poured_outcome_1,
                    is_drop: poured_outcome_1 == 1,
                    n: poured.n,
                }),
            ),
        )
    }
}
