//! What depends on time and chance.
//!
//! Written by `cargo xtask gen` from managers/luck.yaml. Do not edit.

use aliya_runtime::prelude::*;

pub use crate::calls::luck::*;
use crate::calls::events;

/// A row of `prize`.
#[derive(Clone, Table)]
#[table(name = "luck_prize")]
pub struct Prize {
    pub player: PlayerId,
    #[column(max = 20)]
    pub name: String,
    pub weight: i64,
}

/// Args of `calendar`.
#[derive(Args)]
pub struct CalendarArgs {
    pub t: Time,
    #[arg(default = Time(1795322040000))]
    pub from: Time,
}

/// Reply of `calendar`.
#[derive(Reply)]
pub struct CalendarReply {
    pub hour: Time,
    pub day: Time,
    pub week: Time,
    pub month: Time,
    pub number: i64,
    pub of_month: i64,
    pub tomorrow: Time,
    pub in_days: i64,
    pub from: Time,
    pub begun: bool,
}

/// Args of `roll`.
#[derive(Args)]
pub struct RollArgs {
    pub low: i64,
    pub high: i64,
    #[arg(default = 0.5)]
    pub p: f64,
    #[arg(max = 20)]
    pub each: Vec<i64>,
}

/// Reply of `roll`.
#[derive(Reply)]
pub struct RollReply {
    pub dice: RollReplyDice,
    pub hit: i64,
    pub rolls: Vec<i64>,
}

/// A list of fixed length in the reply of `roll`: travels as a JSON array.
#[derive(Clone, Reply)]
pub struct RollReplyDice(pub i64, pub i64, pub i64);

/// Args of `add_prize`.
#[derive(Args, Outgoing)]
#[callee(manager = "luck", function = "add_prize")]
pub struct AddPrizeArgs {
    #[arg(max = 20)]
    pub name: String,
    pub weight: i64,
}

/// Reply of `add_prize`.
#[derive(Clone, Reply, Incoming)]
pub struct AddPrizeReply {}

/// Args of `add_random_prize`.
#[derive(Args)]
pub struct AddRandomPrizeArgs {}

/// Reply of `add_random_prize`.
#[derive(Reply)]
pub struct AddRandomPrizeReply {
    pub weight: i64,
}

/// Args of `draw_prizes`.
#[derive(Args)]
pub struct DrawPrizesArgs {
    pub times: i64,
    #[arg(default = 0)]
    pub extra: i64,
}

/// Reply of `draw_prizes`.
#[derive(Reply)]
pub struct DrawPrizesReply {
    pub names: Vec<String>,
    pub of: i64,
}

/// Args of `draw_different`.
#[derive(Args)]
pub struct DrawDifferentArgs {
    pub times: i64,
}

/// Reply of `draw_different`.
#[derive(Reply)]
pub struct DrawDifferentReply {
    pub names: Vec<String>,
}

/// Args of `draw_plain`.
#[derive(Args)]
pub struct DrawPlainArgs {
    pub texts: Vec<String>,
    pub ints: Vec<i64>,
}

/// Reply of `draw_plain`.
#[derive(Reply)]
pub struct DrawPlainReply {
    pub one: i64,
    pub text: String,
    pub players: Vec<PlayerId>,
    pub nothing: Vec<i64>,
}

/// Args of `try_daily`.
#[derive(Args)]
pub struct TryDailyArgs {
    #[arg(max = 300)]
    pub mode: String,
    #[arg(default = 3)]
    pub max: i64,
    #[arg(default = 1)]
    pub uses: i64,
    #[arg(default = false)]
    pub fail: bool,
}

/// Reply of `try_daily`.
#[derive(Reply)]
pub struct TryDailyReply {
    pub left: i64,
}

/// An object in the reply of `try_daily`.
#[derive(Clone, Reply)]
pub struct TryDailyReplyNoMore {
    pub mode: String,
    pub tomorrow: Time,
}

/// Args of `try_often`.
#[derive(Args)]
pub struct TryOftenArgs {
    #[arg(default = false)]
    pub week: bool,
}

/// Reply of `try_often`.
#[derive(Reply)]
pub struct TryOftenReply {
    pub left: i64,
}

/// Args of `my_prize`.
#[derive(Args)]
pub struct MyPrizeArgs {}

/// Reply of `my_prize`.
#[derive(Reply)]
pub struct MyPrizeReply {
    pub weight: i64,
}

/// Args of `far_walk`.
#[derive(Args)]
pub struct FarWalkArgs {
    pub by: i64,
}

/// Reply of `far_walk`.
#[derive(Reply)]
pub struct FarWalkReply {
    pub far: i64,
}

static CREATE_PRIZE: Statement = Statement {
    name: "luck.prize.create",
    sqlite: r#"CREATE TABLE "luck_prize" (
  "player" TEXT NOT NULL,
  "name" TEXT NOT NULL
    CONSTRAINT "luck_prize_name_max" CHECK (length("name") <= 20),
  "weight" INTEGER NOT NULL DEFAULT 1,
  PRIMARY KEY ("player", "name")
) STRICT, WITHOUT ROWID"#,
    postgres: r#"CREATE TABLE "luck_prize" (
  "player" TEXT COLLATE "C" NOT NULL,
  "name" TEXT COLLATE "C" NOT NULL
    CONSTRAINT "luck_prize_name_max" CHECK (char_length("name") <= 20),
  "weight" BIGINT NOT NULL DEFAULT 1,
  CONSTRAINT "luck_prize_pkey" PRIMARY KEY ("player", "name")
)"#,
    mysql: r#"CREATE TABLE `luck_prize` (
  `player` VARCHAR(255) NOT NULL,
  `name` VARCHAR(20) NOT NULL,
  `weight` BIGINT NOT NULL DEFAULT 1,
  PRIMARY KEY (`player`, `name`),
  CONSTRAINT `luck_prize_name_max` CHECK (CHAR_LENGTH(`name`) <= 20)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"#,
};

static INSERT_PRIZE: Statement = Statement {
    name: "luck.prize.insert",
    sqlite: r#"INSERT INTO "luck_prize" ("player", "name", "weight") VALUES (?1, ?2, ?3)"#,
    postgres: r#"INSERT INTO "luck_prize" ("player", "name", "weight") VALUES ($1, $2, $3)"#,
    mysql: "INSERT INTO `luck_prize` (`player`, `name`, `weight`) VALUES (?, ?, ?)",
};

static LOCK_PRIZE_BY_PLAYER_NAME: Statement = Statement {
    name: "luck.prize.lock_by_player_name",
    sqlite: r#"SELECT "player", "name", "weight" FROM "luck_prize" WHERE "player" = ?1 AND "name" = ?2"#,
    postgres: r#"SELECT "player", "name", "weight"
FROM "luck_prize"
WHERE "player" = $1 AND "name" = $2
FOR UPDATE"#,
    mysql: r#"SELECT `player`, `name`, `weight`
FROM `luck_prize`
WHERE `player` = ? AND `name` = ?
FOR UPDATE"#,
};

static UPSERT_PRIZE_WEIGHT: Statement = Statement {
    name: "luck.prize.upsert_weight",
    sqlite: r#"INSERT INTO "luck_prize" ("player", "name", "weight")
VALUES (?1, ?2, ?3)
ON CONFLICT ("player", "name") DO UPDATE SET "weight" = excluded."weight""#,
    postgres: r#"INSERT INTO "luck_prize" ("player", "name", "weight")
VALUES ($1, $2, $3)
ON CONFLICT ("player", "name") DO UPDATE SET "weight" = excluded."weight""#,
    mysql: r#"INSERT INTO `luck_prize` (`player`, `name`, `weight`)
VALUES (?, ?, ?)
ON DUPLICATE KEY UPDATE `weight` = VALUES(`weight`)"#,
};

static SELECT_PRIZE_BY_PLAYER: Statement = Statement {
    name: "luck.prize.select_by_player",
    sqlite: r#"SELECT "player", "name", "weight" FROM "luck_prize" WHERE "player" = ?1"#,
    postgres: r#"SELECT "player", "name", "weight" FROM "luck_prize" WHERE "player" = $1"#,
    mysql: "SELECT `player`, `name`, `weight` FROM `luck_prize` WHERE `player` = ?",
};

static GET_PRIZE_BY_PLAYER_NAME: Statement = Statement {
    name: "luck.prize.get_by_player_name",
    sqlite: r#"SELECT "player", "name", "weight" FROM "luck_prize" WHERE "player" = ?1 AND "name" = ?2"#,
    postgres: r#"SELECT "player", "name", "weight" FROM "luck_prize" WHERE "player" = $1 AND "name" = $2"#,
    mysql: "SELECT `player`, `name`, `weight` FROM `luck_prize` WHERE `player` = ? AND `name` = ?",
};

/// What depends on time and chance.
pub struct LuckManager;

#[manager(name = "luck", port = 9010, schema = [CREATE_PRIZE])]
impl LuckManager {
    /// The function `calendar`.
    #[function(access = Player, one_query, declaration = "8f48e2cb08956dd6")]
    pub async fn calendar(
        cx: &mut Cx<'_>,
        args: &CalendarArgs,
    ) -> Result<Returned, Stop> {
        let now = cx.now();
        let tomorrow = Time(
            ops::add(
                    cx
                        .start_of(
                            ops::Span::Day,
                            now,
                            "managers/luck.yaml:20:25: start_of(day, now)",
                        )?
                        .0,
                    86400000,
                )
                .at("managers/luck.yaml:20:25: start_of(day, now) + days(1)")?,
        );
        Ok(
            Returned::success(
                Box::new(CalendarReply {
                    hour: cx
                        .start_of(
                            ops::Span::Hour,
                            args.t,
                            "managers/luck.yaml:22:21: start_of(hour, args.t)",
                        )?,
                    day: cx
                        .start_of(
                            ops::Span::Day,
                            args.t,
                            "managers/luck.yaml:23:20: start_of(day, args.t)",
                        )?,
                    week: cx
                        .start_of(
                            ops::Span::Week,
                            args.t,
                            "managers/luck.yaml:24:21: start_of(week, args.t)",
                        )?,
                    month: cx
                        .start_of(
                            ops::Span::Month,
                            args.t,
                            "managers/luck.yaml:25:22: start_of(month, args.t)",
                        )?,
                    number: cx
                        .day_of(args.t, "managers/luck.yaml:26:23: day_of(args.t)")?,
                    of_month: cx
                        .day_of_month(
                            args.t,
                            "managers/luck.yaml:27:25: day_of_month(args.t)",
                        )?,
                    tomorrow,
                    in_days: ops::sub(
                            cx
                                .day_of(
                                    args.t,
                                    "managers/luck.yaml:29:24: day_of(args.t)",
                                )?,
                            cx.day_of(now, "managers/luck.yaml:29:41: day_of(now)")?,
                        )
                        .at("managers/luck.yaml:29:24: day_of(args.t) - day_of(now)")?,
                    from: args.from,
                    begun: args.t >= Time(1795276800000),
                }),
            ),
        )
    }

    /// The function `roll`.
    #[function(access = Player, one_query, declaration = "17190d582a36e0fd")]
    pub async fn roll(cx: &mut Cx<'_>, args: &RollArgs) -> Result<Returned, Stop> {
        let dice = cx
            .random(
                args.low,
                args.high,
                "managers/luck.yaml:35:27: random(args.low, args.high)",
            )?;
        let same = cx
            .random(
                args.low,
                args.high,
                "managers/luck.yaml:35:64: random(args.low, args.high)",
            )?;
        let hit: i64;
        if cx.chance(args.p, "managers/luck.yaml:36:17: chance(args.p)")?
            && !cx.chance(0.0, "managers/luck.yaml:36:40: chance(0)")?
        {
            hit = 1;
        } else {
            hit = 0;
        }
        Ok(
            Returned::success(
                Box::new(RollReply {
                    dice: RollReplyDice(dice, dice, same),
                    hit,
                    rolls: {
                        let mut list = Vec::new();
                        for x in args.each.iter().copied() {
                            list.push(
                                cx
                                    .random(
                                        x,
                                        ops::add(x, 9).at("managers/luck.yaml:44:65: x + 9")?,
                                        "managers/luck.yaml:44:55: random(x, x + 9)",
                                    )?,
                            );
                        }
                        list
                    },
                }),
            ),
        )
    }

    /// The function `add_prize`.
    #[function(access = Internal, writes, fails, declaration = "e1e443703b2ff847")]
    pub async fn add_prize(
        cx: &mut Cx<'_>,
        args: &AddPrizeArgs,
    ) -> Result<Returned, Stop> {
        let caller = cx.caller()?;
        let prize = Prize {
            player: caller,
            name: args.name.clone(),
            weight: args.weight,
        };
        cx.insert(&INSERT_PRIZE, &prize, &prize.params()).await?;
        Ok(Returned::success(Box::new(AddPrizeReply {})))
    }

    /// The function `add_random_prize`.
    #[function(access = Player, writes, fails, declaration = "4a8c47e01428cf64")]
    pub async fn add_random_prize(
        cx: &mut Cx<'_>,
        _args: &AddRandomPrizeArgs,
    ) -> Result<Returned, Stop> {
        let caller = cx.caller()?;
        let mut p: Prize = match cx
            .get(&LOCK_PRIZE_BY_PLAYER_NAME, &[caller.param(), Param::Text("dice")])
            .await?
            .row()?
        {
            Some(row) => row,
            None => {
                Prize {
                    player: caller.clone(),
                    name: "dice".to_owned(),
                    weight: 1,
                }
            }
        };
        p.weight = cx.random(10, 19, "managers/luck.yaml:59:29: random(10, 19)")?;
        cx.save(&UPSERT_PRIZE_WEIGHT, &p, &p.params()).await?;
        let writes = cx.writes();
        cx.call(
                &AddPrizeArgs {
                    name: "other".to_owned(),
                    weight: cx
                        .random(20, 29, "managers/luck.yaml:61:47: random(20, 29)")?,
                },
            )
            .await?;
        if cx.writes() > writes {
            let again = cx
                .get(&LOCK_PRIZE_BY_PLAYER_NAME, &[p.player.param(), p.name.param()])
                .await?
                .row()?;
            p = match again {
                Some(row) => row,
                None => {
                    Prize {
                        player: p.player,
                        name: p.name,
                        weight: 1,
                    }
                }
            };
        }
        Ok(
            Returned::success(
                Box::new(AddRandomPrizeReply {
                    weight: p.weight,
                }),
            ),
        )
    }

    /// The function `draw_prizes`.
    #[function(access = Player, one_query, declaration = "7fa6e934b5c491fa")]
    pub async fn draw_prizes(
        cx: &mut Cx<'_>,
        args: &DrawPrizesArgs,
    ) -> Result<Returned, Stop> {
        let caller = cx.caller()?;
        let prizes: Vec<Prize> = cx
            .select(&SELECT_PRIZE_BY_PLAYER, &[caller.param()])
            .await?
            .rows()?;
        let drawn = cx
            .draw(
                &prizes,
                |p| {
                    ops::add(p.weight, args.extra)
                        .at("managers/luck.yaml:70:21: p.weight + args.extra")
                },
                args.times,
                false,
                "managers/luck.yaml:69:13: draw",
            )?;
        Ok(
            Returned::success(
                Box::new(DrawPrizesReply {
                    names: drawn.iter().map(|row| row.name.clone()).collect::<Vec<_>>(),
                    of: ops::len(&prizes),
                }),
            ),
        )
    }

    /// The function `draw_different`.
    #[function(access = Player, one_query, declaration = "833ba84f3f0d672b")]
    pub async fn draw_different(
        cx: &mut Cx<'_>,
        args: &DrawDifferentArgs,
    ) -> Result<Returned, Stop> {
        let caller = cx.caller()?;
        let prizes: Vec<Prize> = cx
            .select(&SELECT_PRIZE_BY_PLAYER, &[caller.param()])
            .await?
            .rows()?;
        let drawn = cx
            .draw(
                &prizes,
                |p| Ok(p.weight),
                args.times,
                true,
                "managers/luck.yaml:80:13: draw",
            )?;
        Ok(
            Returned::success(
                Box::new(DrawDifferentReply {
                    names: drawn.iter().map(|row| row.name.clone()).collect::<Vec<_>>(),
                }),
            ),
        )
    }

    /// From lists of every kind, all as likely.
    #[function(access = Player, one_query, declaration = "f2ab6ab8fe9550b3")]
    pub async fn draw_plain(
        cx: &mut Cx<'_>,
        args: &DrawPlainArgs,
    ) -> Result<Returned, Stop> {
        let caller = cx.caller()?;
        let one: i64;
        if ops::len(&args.ints) > 0 {
            one = cx.draw_one(&args.ints, |&n| Ok(n), "managers/luck.yaml:92:17: draw")?;
        } else {
            one = cx
                .draw_one(&[10, 20, 30], |_| Ok(1), "managers/luck.yaml:96:17: draw")?;
        }
        let text = cx
            .draw_one(
                &args.texts,
                |t| Ok(if *t == "never" { 0 } else { ops::characters(t) }),
                "managers/luck.yaml:98:13: draw",
            )?;
        let players = cx
            .draw(&[caller], |_| Ok(1), 2, false, "managers/luck.yaml:101:13: draw")?;
        let nothing = cx
            .draw(&args.ints, |_| Ok(1), 0, false, "managers/luck.yaml:104:13: draw")?;
        Ok(
            Returned::success(
                Box::new(DrawPlainReply {
                    one,
                    text,
                    players,
                    nothing,
                }),
            ),
        )
    }

    /// The function `try_daily`.
    #[function(access = Player, writes, fails, declaration = "f4f62853d2fb08b3")]
    pub async fn try_daily(
        cx: &mut Cx<'_>,
        args: &TryDailyArgs,
    ) -> Result<Returned, Stop> {
        const NO_MORE: Failure = Failure::new(41, "no more of that");
        const FAILED: Failure = Failure::new(42, "failed afterwards");
        let caller = cx.caller()?;
        let now = cx.now();
        let left = match cx
            .allow(ops::Allow {
                manager: "luck",
                name: "tries",
                per: ops::Per::Calendar(ops::Span::Day),
                by: &[caller.param(), args.mode.param()],
                max: args.max,
                uses: args.uses,
                at: "managers/luck.yaml:112:13: allow",
            })
            .await?
        {
            Some(left) => left,
            None => {
                return Err(
                    NO_MORE
                        .with(
                            &TryDailyReplyNoMore {
                                mode: args.mode.clone(),
                                tomorrow: Time(
                                    ops::add(
                                            cx
                                                .start_of(
                                                    ops::Span::Day,
                                                    now,
                                                    "managers/luck.yaml:118:49: start_of(day, now)",
                                                )?
                                                .0,
                                            86400000,
                                        )
                                        .at(
                                            "managers/luck.yaml:118:49: start_of(day, now) + days(1)",
                                        )?,
                                ),
                            },
                        )
                        .into(),
                );
            }
        };
        if args.fail {
            return Err(FAILED.into());
        }
        Ok(Returned::success(Box::new(TryDailyReply { left })))
    }

    /// The function `try_often`.
    #[function(access = Player, writes, fails, declaration = "9d4a5cb5a85284ec")]
    pub async fn try_often(
        cx: &mut Cx<'_>,
        args: &TryOftenArgs,
    ) -> Result<Returned, Stop> {
        const NO_MORE: Failure = Failure::new(41, "no more of that");
        let caller = cx.caller()?;
        let left: i64;
        if args.week {
            left = cx
                .allow(ops::Allow {
                    manager: "luck",
                    name: "weekly",
                    per: ops::Per::Calendar(ops::Span::Week),
                    by: &[caller.param()],
                    max: 2,
                    uses: 1,
                    at: "managers/luck.yaml:128:17: allow",
                })
                .await?
                .ok_or(NO_MORE)?;
        } else {
            left = cx
                .allow(ops::Allow {
                    manager: "luck",
                    name: "quick",
                    per: ops::Per::Ms(90000),
                    by: &[],
                    max: 2,
                    uses: 1,
                    at: "managers/luck.yaml:134:17: allow",
                })
                .await?
                .ok_or(NO_MORE)?;
        }
        if cx
            .allow(ops::Allow {
                manager: "luck",
                name: "monthly",
                per: ops::Per::Calendar(ops::Span::Month),
                by: &[args.week.param()],
                max: 1000,
                uses: 1,
                at: "managers/luck.yaml:140:13: allow",
            })
            .await?
            .is_none()
        {
            return Err(NO_MORE.into());
        }
        Ok(Returned::success(Box::new(TryOftenReply { left })))
    }

    /// A prize for whoever went far, by what runs in the manager events.
    #[function(
        access = Internal,
        writes,
        runs = After,
        declaration = "76f838c1034c708d"
    )]
    pub async fn walked(cx: &mut Cx<'_>, args: &WalkedArgs) -> Result<Returned, Stop> {
        let caller = cx.caller()?;
        let mut p: Prize = match cx
            .get(&LOCK_PRIZE_BY_PLAYER_NAME, &[caller.param(), Param::Text("walk")])
            .await?
            .row()?
        {
            Some(row) => row,
            None => {
                Prize {
                    player: caller.clone(),
                    name: "walk".to_owned(),
                    weight: 1,
                }
            }
        };
        p.weight = args.far;
        cx.save(&UPSERT_PRIZE_WEIGHT, &p, &p.params()).await?;
        Ok(Returned::success(Box::new(WalkedReply {})))
    }

    /// The function `my_prize`.
    #[function(access = Player, one_query, declaration = "b955fb5b6e6e6c7c")]
    pub async fn my_prize(
        cx: &mut Cx<'_>,
        _args: &MyPrizeArgs,
    ) -> Result<Returned, Stop> {
        let caller = cx.caller()?;
        let p: Prize = match cx
            .get(&GET_PRIZE_BY_PLAYER_NAME, &[caller.param(), Param::Text("walk")])
            .await?
            .row()?
        {
            Some(row) => row,
            None => {
                Prize {
                    player: caller.clone(),
                    name: "walk".to_owned(),
                    weight: 1,
                }
            }
        };
        Ok(Returned::success(Box::new(MyPrizeReply { weight: p.weight })))
    }

    /// Calls what this manager's own `walked` runs after.
    #[function(
        access = Player,
        writes,
        reaches = ["events"],
        fails,
        declaration = "de1bebb40dcbd596"
    )]
    pub async fn far_walk(
        cx: &mut Cx<'_>,
        args: &FarWalkArgs,
    ) -> Result<Returned, Stop> {
        let gone: events::GoReply = cx
            .call(
                &events::GoArgs {
                    by: args.by,
                    note: String::new(),
                },
            )
            .await?
            .data()?;
        Ok(Returned::success(Box::new(FarWalkReply { far: gone.far })))
    }
}
