//! What nobody writes on purpose.
//!
//! Written by `cargo xtask gen` from managers/odd.yaml. Do not edit.

use aliya_runtime::prelude::*;

/// A row of `number`.
#[derive(Clone, Debug, PartialEq, Table)]
#[table(name = "odd_number")]
pub struct Number {
    pub id: Id,
}

/// A row of `thing`.
#[derive(Clone, Debug, PartialEq, Table)]
#[table(name = "odd_thing")]
pub struct Thing {
    pub player: PlayerId,
    pub n: i64,
    pub kept: bool,
}

/// Args of `put_thing`.
#[derive(Clone, Debug, PartialEq, Args)]
pub struct PutThingArgs {
    pub n: i64,
}

/// Reply of `put_thing`.
#[derive(Clone, Debug, PartialEq, Reply)]
pub struct PutThingReply {
    pub none: i64,
}

/// Args of `number_rows`.
#[derive(Clone, Debug, PartialEq, Args)]
pub struct NumberRowsArgs {
    pub many: i64,
}

/// Reply of `number_rows`.
#[derive(Clone, Debug, PartialEq, Reply)]
pub struct NumberRowsReply {
    pub written: i64,
}

/// Args of `filtered`.
#[derive(Clone, Debug, PartialEq, Args)]
pub struct FilteredArgs {
    pub yes: bool,
}

/// Reply of `filtered`.
#[derive(Clone, Debug, PartialEq, Reply)]
pub struct FilteredReply {
    pub tested: Vec<i64>,
    pub given: Vec<i64>,
    pub either: Vec<i64>,
}

/// Args of `far`.
#[derive(Clone, Debug, PartialEq, Args)]
pub struct FarArgs {
    pub n: i64,
}

/// Reply of `far`.
#[derive(Clone, Debug, PartialEq, Reply)]
pub struct FarReply {
    pub few: i64,
    pub times: i64,
    pub beyond: bool,
}

/// Args of `never`.
#[derive(Clone, Debug, PartialEq, Args)]
pub struct NeverArgs {}

/// Reply of `never`.
#[derive(Clone, Debug, PartialEq, Reply)]
pub struct NeverReply {
    #[reply(name = "Self")]
    pub self_: NeverReplySelf,
}

/// An object in the reply of `never`.
#[derive(Clone, Debug, PartialEq, Reply)]
pub struct NeverReplySelf {
    #[reply(name = "self")]
    pub self_: NeverReplySelfSelf,
}

/// An object in the reply of `never`.
#[derive(Clone, Debug, PartialEq, Reply)]
pub struct NeverReplySelfSelf {
    #[reply(name = "Self")]
    pub self_: i64,
}

/// Args of `luck`.
#[derive(Clone, Debug, PartialEq, Args)]
pub struct LuckArgs {
    pub n: i64,
}

/// Reply of `luck`.
#[derive(Clone, Debug, PartialEq, Reply)]
pub struct LuckReply {
    #[reply(name = "args_")]
    pub args: i64,
    pub cx: PlayerId,
}

/// Args of `note_luck`.
#[derive(Clone, Debug, PartialEq, Args)]
pub struct NoteLuckArgs {
    pub n: i64,
}

/// Reply of `note_luck`.
#[derive(Clone, Debug, PartialEq, Reply)]
pub struct NoteLuckReply {}

/// Args of `thing_of`.
#[derive(Clone, Debug, PartialEq, Args)]
pub struct ThingOfArgs {}

/// Reply of `thing_of`.
#[derive(Clone, Debug, PartialEq, Reply)]
pub struct ThingOfReply {
    pub n: i64,
}

/// Args of `look_after`.
#[derive(Clone, Debug, PartialEq, Args)]
pub struct LookAfterArgs {}

/// Reply of `look_after`.
#[derive(Clone, Debug, PartialEq, Reply)]
pub struct LookAfterReply {}

static CREATE_NUMBER: Statement = Statement {
    name: "odd.number.create",
    sqlite: r#"CREATE TABLE "odd_number" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT
) STRICT"#,
};

static CREATE_THING: Statement = Statement {
    name: "odd.thing.create",
    sqlite: r#"CREATE TABLE "odd_thing" (
  "player" TEXT NOT NULL,
  "n" INTEGER NOT NULL DEFAULT 0,
  "kept" INTEGER NOT NULL DEFAULT 1
    CONSTRAINT "odd_thing_kept_bool" CHECK ("kept" IN (0, 1)),
  PRIMARY KEY ("player")
) STRICT, WITHOUT ROWID"#,
};

static INDEX_THING_N: Statement = Statement {
    name: "odd.thing.index_n",
    sqlite: r#"CREATE INDEX "idx_odd_thing__n" ON "odd_thing" ("n")"#,
};

static GET_THING_BY_PLAYER: Statement = Statement {
    name: "odd.thing.get_by_player",
    sqlite: r#"SELECT "player", "n", "kept" FROM "odd_thing" WHERE "player" = ?1"#,
};

static UPSERT_THING_N: Statement = Statement {
    name: "odd.thing.upsert_n",
    sqlite: r#"INSERT INTO "odd_thing" ("player", "n", "kept")
VALUES (?1, ?2, ?3)
ON CONFLICT ("player") DO UPDATE SET "n" = excluded."n""#,
};

static COUNT_THING_BY_N_IN: Statement = Statement {
    name: "odd.thing.count_by_n_in",
    sqlite: r#"SELECT COUNT(*) FROM "odd_thing" WHERE "n" IN (SELECT value FROM json_each(?1))"#,
};

static INSERT_NUMBER: Statement = Statement {
    name: "odd.number.insert",
    sqlite: r#"INSERT INTO "odd_number" DEFAULT VALUES"#,
};

static SELECT_THING_ALL_ORDER_PLAYER_FIRST: Statement = Statement {
    name: "odd.thing.select_all_order_player_first",
    sqlite: r#"SELECT "player", "n", "kept" FROM "odd_thing" ORDER BY "player" LIMIT ?1"#,
};

static COUNT_THING: Statement = Statement {
    name: "odd.thing.count",
    sqlite: r#"SELECT COUNT(*) FROM "odd_thing""#,
};

static INSERT_THING_NEW: Statement = Statement {
    name: "odd.thing.insert_new",
    sqlite: r#"INSERT INTO "odd_thing" ("player", "n", "kept") VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING"#,
};

/// What nobody writes on purpose.
pub struct OddManager;

#[manager(
    name = "odd",
    port = 9112,
    schema = [
        CREATE_NUMBER,
        CREATE_THING,
        INDEX_THING_N,
    ],
)]
impl OddManager {
    /// Nothing is in an empty list.
    #[function(access = Player, writes)]
    pub async fn put_thing(
        cx: &mut Cx<'_>,
        args: &PutThingArgs,
    ) -> Result<Returned<PutThingReply>, Stop> {
        let caller = cx.caller()?;
        let mut t: Thing = cx
            .get(&GET_THING_BY_PLAYER, &[caller.param()])
            .await?
            .unwrap_or_else(|| Thing {
                player: caller.clone(),
                n: 0,
                kept: true,
            });
        t.n = args.n;
        cx.save(&UPSERT_THING_N, &t, &t.params()).await?;
        let none: i64 = cx
            .value(
                &COUNT_THING_BY_N_IN,
                &[Param::Text("[]")],
                "managers/odd.yaml:26:13: count",
            )
            .await?;
        Ok(Returned::success(PutThingReply { none }))
    }

    /// Rows that have nothing but what the database gives them.
    #[function(access = Player, writes)]
    pub async fn number_rows(
        cx: &mut Cx<'_>,
        args: &NumberRowsArgs,
    ) -> Result<Returned<NumberRowsReply>, Stop> {
        let rows: Vec<_> = ops::range(1, args.many)
            .at("managers/odd.yaml:35:25: range(1, args.many)")?
            .into_iter()
            .map(|_x| Number { id: Id(0) })
            .collect();
        let written = cx.insert_all(&INSERT_NUMBER, &rows, |_| vec![]).await?;
        Ok(Returned::success(NumberRowsReply { written }))
    }

    /// Of an item, the condition alone is read, or the value alone.
    #[function(access = Player)]
    pub async fn filtered(
        cx: &mut Cx<'_>,
        args: &FilteredArgs,
    ) -> Result<Returned<FilteredReply>, Stop> {
        let rows: Vec<Thing> = cx
            .select(&SELECT_THING_ALL_ORDER_PLAYER_FIRST, &[Param::Int(10)])
            .await?;
        Ok(
            Returned::success(FilteredReply {
                tested: rows.iter().filter(|t| t.kept).map(|_| 1).collect(),
                given: rows.iter().filter(|_| args.yes).map(|t| t.n).collect(),
                either: {
                    let mut list = Vec::new();
                    for (i, x) in (0_i64..)
                        .zip(if args.yes { vec![5i64, 6i64] } else { vec![7i64] })
                    {
                        if i < 1 {
                            list.push(x);
                        }
                    }
                    list
                },
            }),
        )
    }

    /// Numbers that are too large for what the compiler takes them for.
    #[function(access = Player)]
    pub async fn far(
        cx: &mut Cx<'_>,
        args: &FarArgs,
    ) -> Result<Returned<FarReply>, Stop> {
        let few: i64 = cx
            .value(
                &COUNT_THING_BY_N_IN,
                &[Param::Text(&ops::json(&[0, 1]))],
                "managers/odd.yaml:55:13: count",
            )
            .await?;
        let mut alls: Vec<i64> = Vec::new();
        for _x in [9223372036854775807i64, -3000000000i64] {
            let all: i64 = cx
                .value(&COUNT_THING, &[], "managers/odd.yaml:60:17: count")
                .await?;
            alls.push(all);
        }
        Ok(
            Returned::success(FarReply {
                few,
                times: ops::len(&alls),
                beyond: args.n > 9223372036854775807i64,
            }),
        )
    }

    /// An error that never comes, and whose data nobody needs.
    #[function(access = Player, writes)]
    pub async fn never(
        cx: &mut Cx<'_>,
        _args: &NeverArgs,
    ) -> Result<Returned<NeverReply>, Stop> {
        let returned: Result<Returned<NeverReply>, Stop> = async {
            Ok(
                Returned::success(NeverReply {
                    self_: NeverReplySelf {
                        self_: NeverReplySelfSelf { self_: 1 },
                    },
                }),
            )
        }
            .await;
        let returned = returned?;
        cx.call::<LookAfter>(&LookAfterArgs {}).await?;
        Ok(returned)
    }

    /// It waits for nothing, and something follows it.
    #[function(access = Player, writes)]
    pub async fn luck(
        cx: &mut Cx<'_>,
        _args: &LuckArgs,
    ) -> Result<Returned<LuckReply>, Stop> {
        let returned: Result<Returned<LuckReply>, Stop> = async {
            let cx = &mut *cx;
            let caller = cx.caller()?;
            let drawn: i64 = cx
                .draw_one(&[4], |_| Ok(1), "managers/odd.yaml:77:13: draw")?;
            Ok(
                Returned::success(LuckReply {
                    args: drawn,
                    cx: caller,
                }),
            )
        }
            .await;
        let returned = returned?;
        let reply = &returned.data;
        cx.call::<NoteLuck>(&NoteLuckArgs { n: reply.args }).await?;
        Ok(returned)
    }

    /// The function `note_luck`.
    #[function(access = Internal, writes, runs = After)]
    pub async fn note_luck(
        cx: &mut Cx<'_>,
        args: &NoteLuckArgs,
    ) -> Result<Returned<NoteLuckReply>, Stop> {
        let caller = cx.caller()?;
        let mut t: Thing = cx
            .get(&GET_THING_BY_PLAYER, &[caller.param()])
            .await?
            .unwrap_or_else(|| Thing {
                player: caller.clone(),
                n: 0,
                kept: true,
            });
        t.n = ops::add(t.n, args.n).at("managers/odd.yaml:88:23: t.n + args.n")?;
        cx.save(&UPSERT_THING_N, &t, &t.params()).await?;
        Ok(Returned::success(NoteLuckReply {}))
    }

    /// The function `thing_of`.
    #[function(access = Internal)]
    pub async fn thing_of(
        cx: &mut Cx<'_>,
        _args: &ThingOfArgs,
    ) -> Result<Returned<ThingOfReply>, Stop> {
        const NO_THING: Failure = Failure::new(131, "no such thing");
        let caller = cx.caller()?;
        let t: Thing = cx
            .get(&GET_THING_BY_PLAYER, &[caller.param()])
            .await?
            .ok_or(NO_THING)?;
        Ok(Returned::success(ThingOfReply { n: t.n }))
    }

    /// What it asks may fail, and it goes on.
    #[function(access = Internal, writes, runs = After)]
    pub async fn look_after(
        cx: &mut Cx<'_>,
        _args: &LookAfterArgs,
    ) -> Result<Returned<LookAfterReply>, Stop> {
        let caller = cx.caller()?;
        let had = match cx.call::<ThingOf>(&ThingOfArgs {}).await {
            Err(Stop::Failed(_)) => None,
            answered => Some(answered?.data),
        };
        let thing = Thing {
            player: caller,
            n: had.as_ref().map(|reply| reply.n).unwrap_or(7),
            kept: true,
        };
        cx.insert(&INSERT_THING_NEW, &thing, &thing.params()).await?;
        Ok(Returned::success(LookAfterReply {}))
    }
}
