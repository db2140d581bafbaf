//! The manager `forms`.
//!
//! Written by `cargo xtask gen` from managers/forms.yaml. Do not edit.

use aliya_runtime::prelude::*;

use crate::enums::{Good, Rank};
use crate::types;

/// A row of `mark`.
#[derive(Clone, Table)]
#[table(name = "forms_mark")]
pub struct Mark {
    pub player: PlayerId,
    pub rank: Rank,
    pub n: i64,
}

/// Args of `numbers`.
#[derive(Args)]
pub struct NumbersArgs {
    pub n: i64,
    pub rank: Rank,
    #[arg(default = BTreeMap::new())]
    pub by_good: BTreeMap<Good, i64>,
}

/// Reply of `numbers`.
#[derive(Reply)]
pub struct NumbersReply {
    pub plain: i64,
    pub rank: Rank,
    pub owner: i64,
    pub named: Rank,
    pub ten: bool,
    pub goods: BTreeMap<Good, i64>,
}

/// An object in the reply of `numbers`.
#[derive(Clone, Reply)]
pub struct NumbersReplyLess {
    pub rank: Rank,
}

/// Args of `of_rank`.
#[derive(Args, Outgoing)]
#[callee(manager = "forms", function = "of_rank")]
pub struct OfRankArgs {
    pub rank: Rank,
}

/// Reply of `of_rank`.
#[derive(Clone, Reply, Incoming)]
pub struct OfRankReply {
    pub rank: Rank,
    pub n: i64,
    pub name: String,
}

/// Args of `ranked`.
#[derive(Args)]
pub struct RankedArgs {
    #[arg(max = 20)]
    pub ns: Vec<i64>,
}

/// Reply of `ranked`.
#[derive(Reply)]
pub struct RankedReply {
    pub ranks: Vec<Rank>,
}

/// Args of `either`.
#[derive(Args)]
pub struct EitherArgs {
    pub way: i64,
}

/// Reply of `either`.
#[derive(Reply)]
pub struct EitherReply {
    pub n: i64,
    pub rank: Rank,
}

/// An object in the reply of `either`.
#[derive(Clone, Reply)]
pub struct EitherReplyValue {
    pub rank: Rank,
    pub n: i64,
}

/// An object in the reply of `either`.
#[derive(Clone, Reply)]
pub struct EitherReplyValueV2 {
    pub n: i64,
    pub other: i64,
    pub rank: Rank,
}

/// An object in the reply of `either`.
#[derive(Clone, Reply)]
pub struct EitherReplyValueV3 {
    pub n: i64,
    pub rank: Rank,
}

/// An object in the reply of `either`.
#[derive(Clone, Reply)]
pub struct EitherReplyValueV4 {
    pub rank: Rank,
    pub name: String,
    pub n: i64,
}

/// Args of `pieces`.
#[derive(Args)]
pub struct PiecesArgs {
    #[arg(max = 9)]
    pub chapters: Vec<types::Chapter>,
}

/// Reply of `pieces`.
#[derive(Reply)]
pub struct PiecesReply {
    pub heads: Vec<PiecesReplyHeads>,
    pub titles: Vec<String>,
    pub total: i64,
    pub rows: Vec<PiecesReplyRows>,
    pub ranks: Vec<OfRankReply>,
    pub marks: Vec<Vec<i64>>,
    pub mapped: AsMapReply,
    pub again: i64,
}

/// An object in the reply of `pieces`.
#[derive(Clone, Reply)]
pub struct PiecesReplyHeads {
    pub title: String,
    pub place: i64,
    pub size: i64,
}

/// An object in the reply of `pieces`.
#[derive(Clone, Reply)]
pub struct PiecesReplyRows {
    pub head: String,
    pub named: OfRankReply,
    pub marks: Vec<i64>,
}

/// An object in the reply of `pieces`.
#[derive(Clone, Reply)]
pub struct PiecesReplyValue {
    pub iron: i64,
    #[reply(name = "self")]
    pub self_: i64,
}

/// Args of `sizes`.
#[derive(Args, Outgoing)]
#[callee(manager = "forms", function = "sizes")]
pub struct SizesArgs {}

/// Reply of `sizes`.
#[derive(Clone, Reply, Incoming)]
pub struct SizesReply {
    pub goods: SizesReplyGoods,
}

/// An object in the reply of `sizes`.
#[derive(Clone, Reply, Incoming)]
pub struct SizesReplyGoods {
    pub iron: i64,
    #[reply(name = "self")]
    pub self_: i64,
}

/// Args of `as_map`.
#[derive(Args, Outgoing)]
#[callee(manager = "forms", function = "as_map")]
pub struct AsMapArgs {
    pub good: BTreeMap<Good, i64>,
    #[arg(max = 9)]
    pub titles: BTreeMap<String, i64>,
}

/// Reply of `as_map`.
#[derive(Clone, Reply, Incoming)]
pub struct AsMapReply {
    pub iron: i64,
    pub goods: BTreeMap<Good, i64>,
    pub titles: Vec<String>,
}

/// Args of `heads`.
#[derive(Args, Outgoing)]
#[callee(manager = "forms", function = "heads")]
pub struct HeadsArgs {}

/// Reply of `heads`.
#[derive(Clone, Reply, Incoming)]
pub struct HeadsReply {
    pub heads: Vec<HeadsReplyHeads>,
}

/// An object in the reply of `heads`.
#[derive(Clone, Reply, Incoming)]
pub struct HeadsReplyHeads {
    pub n: i64,
    pub twice: i64,
}

/// Args of `passes`.
#[derive(Args)]
pub struct PassesArgs {}

/// Reply of `passes`.
#[derive(Reply)]
pub struct PassesReply {
    pub goods: PassesReplyGoods,
    pub same: PassesReplyGoods,
    pub heads: Vec<PassesReplyHeads>,
    pub again: Vec<PassesReplyHeads>,
    pub deep: Vec<PassesReplyDeep>,
    pub ns: Vec<i64>,
}

/// An object in the reply of `passes`.
#[derive(Clone, Reply)]
pub struct PassesReplyGoods {
    pub iron: i64,
    #[reply(name = "self")]
    pub self_: i64,
}

/// An object in the reply of `passes`.
#[derive(Clone, Reply)]
pub struct PassesReplyHeads {
    pub n: i64,
    pub twice: i64,
}

/// An object in the reply of `passes`.
#[derive(Clone, Reply)]
pub struct PassesReplyDeep {
    pub head: PassesReplyHeads,
    pub n: i64,
}

static CREATE_MARK: Statement = Statement {
    name: "forms.mark.create",
    sqlite: r#"CREATE TABLE "forms_mark" (
  "player" TEXT NOT NULL,
  "rank" INTEGER NOT NULL DEFAULT -1
    CONSTRAINT "forms_mark_rank_known" CHECK ("rank" IN (10, -1, 4)),
  "n" INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY ("player", "n")
) STRICT, WITHOUT ROWID"#,
    postgres: r#"CREATE TABLE "forms_mark" (
  "player" TEXT COLLATE "C" NOT NULL,
  "rank" BIGINT NOT NULL DEFAULT -1
    CONSTRAINT "forms_mark_rank_known" CHECK ("rank" IN (10, -1, 4)),
  "n" BIGINT NOT NULL DEFAULT 0,
  CONSTRAINT "forms_mark_pkey" PRIMARY KEY ("player", "n")
)"#,
    mysql: r#"CREATE TABLE `forms_mark` (
  `player` VARCHAR(255) NOT NULL,
  `rank` BIGINT NOT NULL DEFAULT -1,
  `n` BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (`player`, `n`),
  CONSTRAINT `forms_mark_rank_known` CHECK (`rank` IN (10, -1, 4))
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"#,
};

static REPLACE_MARK: Statement = Statement {
    name: "forms.mark.replace",
    sqlite: r#"INSERT INTO "forms_mark" ("player", "rank", "n")
VALUES (?1, ?2, ?3)
ON CONFLICT ("player", "n") DO UPDATE SET "rank" = excluded."rank""#,
    postgres: r#"INSERT INTO "forms_mark" ("player", "rank", "n")
VALUES ($1, $2, $3)
ON CONFLICT ("player", "n") DO UPDATE SET "rank" = excluded."rank""#,
    mysql: r#"INSERT INTO `forms_mark` (`player`, `rank`, `n`)
VALUES (?, ?, ?)
ON DUPLICATE KEY UPDATE `rank` = VALUES(`rank`)"#,
};

/// The manager `forms`.
pub struct FormsManager;

#[manager(name = "forms", port = 9017, schema = [CREATE_MARK])]
impl FormsManager {
    /// The function `numbers`.
    #[function(access = Player, writes, fails, declaration = "dfacef6be28e7458")]
    pub async fn numbers(cx: &mut Cx<'_>, args: &NumbersArgs) -> Result<Returned, Stop> {
        const LESS: Failure = Failure::new(61, "less");
        let caller = cx.caller()?;
        if args.rank.value() < 0 {
            return Err(
                LESS
                    .with(
                        &NumbersReplyLess {
                            rank: args.rank,
                        },
                    )
                    .into(),
            );
        }
        let plain = if args.n > 5 { 4 } else { args.n };
        let m = Mark {
            player: caller,
            rank: ops::variant_of_arg(args.n, Rank::ALL, "n")?,
            n: 10,
        };
        cx.insert(&REPLACE_MARK, &m, &m.params()).await?;
        let named: OfRankReply = cx
            .call(
                &OfRankArgs {
                    rank: ops::variant(
                        plain,
                        Rank::ALL,
                        "rank",
                        "managers/forms.yaml:26:27: plain",
                    )?,
                },
            )
            .await?
            .data()?;
        Ok(
            Returned::success(
                Box::new(NumbersReply {
                    plain,
                    rank: m.rank,
                    owner: m.n,
                    named: named.rank,
                    ten: named.rank.value() == 10,
                    goods: args.by_good.clone(),
                }),
            ),
        )
    }

    /// The function `of_rank`.
    #[function(access = Internal, one_query, declaration = "9745a65cedda5cd1")]
    pub async fn of_rank(_cx: &mut Cx<'_>, args: &OfRankArgs) -> Result<Returned, Stop> {
        Ok(
            Returned::success(
                Box::new(OfRankReply {
                    rank: args.rank,
                    n: 5,
                    name: "rank".to_owned(),
                }),
            ),
        )
    }

    /// The function `ranked`.
    #[function(access = Player, one_query, declaration = "40b5fe76b23a889d")]
    pub async fn ranked(cx: &mut Cx<'_>, args: &RankedArgs) -> Result<Returned, Stop> {
        let mut ranks: Vec<Rank> = Vec::new();
        for n in args.ns.iter().copied() {
            let got: OfRankReply = cx
                .call(
                    &OfRankArgs {
                        rank: ops::variant_of_arg(n, Rank::ALL, "ns[]")?,
                    },
                )
                .await?
                .data()?;
            ranks.push(got.rank);
        }
        Ok(Returned::success(Box::new(RankedReply { ranks })))
    }

    /// The function `either`.
    #[function(access = Player, one_query, declaration = "2f637c385a6849e1")]
    pub async fn either(cx: &mut Cx<'_>, args: &EitherArgs) -> Result<Returned, Stop> {
        let got_3;
        if args.way == 0 {
            let got: OfRankReply = cx
                .call(&OfRankArgs { rank: Rank::Elite })
                .await?
                .data()?;
            got_3 = EitherReplyValue {
                rank: got.rank,
                n: got.n,
            };
        } else {
            let got_1;
            if args.way == 1 {
                let got = EitherReplyValueV2 {
                    n: 7,
                    other: 1,
                    rank: Rank::Owner,
                };
                got_1 = EitherReplyValueV3 {
                    n: got.n,
                    rank: got.rank,
                };
            } else {
                let got = EitherReplyValueV4 {
                    rank: Rank::Basic,
                    name: "none".to_owned(),
                    n: args.way,
                };
                got_1 = EitherReplyValueV3 {
                    n: got.n,
                    rank: got.rank,
                };
            }
            got_3 = EitherReplyValue {
                rank: got_1.rank,
                n: got_1.n,
            };
        }
        Ok(
            Returned::success(
                Box::new(EitherReply {
                    n: got_3.n,
                    rank: got_3.rank,
                }),
            ),
        )
    }

    /// The function `pieces`.
    #[function(access = Player, one_query, declaration = "2d290d1f1b61620c")]
    pub async fn pieces(cx: &mut Cx<'_>, args: &PiecesArgs) -> Result<Returned, Stop> {
        let mut heads = Vec::new();
        for (i, c) in (0_i64..).zip(&args.chapters) {
            heads
                .push(PiecesReplyHeads {
                    title: c.title.clone(),
                    place: i,
                    size: ops::len(&c.prizes),
                });
        }
        let mut rows = Vec::new();
        for h in &heads {
            let named: OfRankReply = cx
                .call(
                    &OfRankArgs {
                        rank: if h.place == 0 { Rank::Owner } else { Rank::Basic },
                    },
                )
                .await?
                .data()?;
            rows.push(PiecesReplyRows {
                head: h.title.clone(),
                named,
                marks: vec![h.size, h.place],
            });
        }
        let mut marks: Vec<Vec<i64>> = Vec::new();
        for r in &rows {
            marks.push(r.marks.clone());
        }
        let mapped: AsMapReply = cx
            .call(
                &AsMapArgs {
                    good: BTreeMap::from([
                        (Good::None, ops::len(&rows)),
                        (Good::Iron, 3),
                    ]),
                    titles: BTreeMap::from([("first".to_owned(), 1)]),
                },
            )
            .await?
            .data()?;
        let own: SizesReply = cx.call(&SizesArgs {}).await?.data()?;
        let again: AsMapReply = cx
            .call(
                &AsMapArgs {
                    good: {
                        let record = &PiecesReplyValue {
                            iron: own.goods.iron,
                            self_: own.goods.self_,
                        };
                        BTreeMap::from([
                            (Good::Iron, record.iron),
                            (Good::Self_, record.self_),
                        ])
                    },
                    titles: BTreeMap::new(),
                },
            )
            .await?
            .data()?;
        Ok(
            Returned::success(
                Box::new(PiecesReply {
                    heads: heads.clone(),
                    titles: heads
                        .iter()
                        .map(|item| item.title.clone())
                        .collect::<Vec<_>>(),
                    total: ops::add(
                            ops::sum(
                                    heads
                                        .iter()
                                        .map(|item| item.size)
                                        .collect::<Vec<_>>()
                                        .iter()
                                        .copied(),
                                )
                                .at("managers/forms.yaml:87:22: sum(heads.size)")?,
                            ops::sum(
                                    ops::index(&args.chapters, 0)
                                        .at("managers/forms.yaml:87:44: args.chapters[0]")?
                                        .prizes
                                        .iter()
                                        .map(|item| item.self_)
                                        .collect::<Vec<_>>()
                                        .iter()
                                        .copied(),
                                )
                                .at(
                                    "managers/forms.yaml:87:40: sum(args.chapters[0].prizes.self)",
                                )?,
                        )
                        .at(
                            "managers/forms.yaml:87:22: sum(heads.size) + sum(args.chapters[0].prizes.self)",
                        )?,
                    rows: rows.clone(),
                    ranks: rows
                        .iter()
                        .map(|item| item.named.clone())
                        .collect::<Vec<_>>(),
                    marks,
                    mapped,
                    again: again.iron,
                }),
            ),
        )
    }

    /// The function `sizes`.
    #[function(access = Internal, one_query, declaration = "6037b01000cc1f4e")]
    pub async fn sizes(_cx: &mut Cx<'_>, _args: &SizesArgs) -> Result<Returned, Stop> {
        Ok(
            Returned::success(
                Box::new(SizesReply {
                    goods: SizesReplyGoods {
                        iron: 4,
                        self_: 5,
                    },
                }),
            ),
        )
    }

    /// The function `as_map`.
    #[function(access = Internal, one_query, declaration = "32829e80e3c26ebb")]
    pub async fn as_map(_cx: &mut Cx<'_>, args: &AsMapArgs) -> Result<Returned, Stop> {
        Ok(
            Returned::success(
                Box::new(AsMapReply {
                    iron: *ops::entry(&args.good, &Good::Iron)
                        .at("managers/forms.yaml:101:30: args.good[iron]")?,
                    goods: args.good.clone(),
                    titles: args.titles.keys().cloned().collect::<Vec<_>>(),
                }),
            ),
        )
    }

    /// The function `heads`.
    #[function(access = Internal, one_query, declaration = "366133d9d80da571")]
    pub async fn heads(_cx: &mut Cx<'_>, _args: &HeadsArgs) -> Result<Returned, Stop> {
        let mut heads = Vec::new();
        for n in ops::range(1, 2).at("managers/forms.yaml:105:23: range(1, 2)")? {
            heads
                .push(HeadsReplyHeads {
                    n,
                    twice: ops::mul(n, 2).at("managers/forms.yaml:106:34: n * 2")?,
                });
        }
        Ok(Returned::success(Box::new(HeadsReply { heads })))
    }

    /// What another function made, sent on.
    #[function(access = Player, one_query, declaration = "757f6d3c7aae77e3")]
    pub async fn passes(cx: &mut Cx<'_>, _args: &PassesArgs) -> Result<Returned, Stop> {
        let own: SizesReply = cx.call(&SizesArgs {}).await?.data()?;
        let all: HeadsReply = cx.call(&HeadsArgs {}).await?.data()?;
        let mut again = Vec::new();
        for h in all
            .heads
            .iter()
            .map(|item| PassesReplyHeads {
                n: item.n,
                twice: item.twice,
            })
            .collect::<Vec<_>>()
        {
            again.push(h);
        }
        let mut deep = Vec::new();
        for h in all
            .heads
            .iter()
            .map(|item| PassesReplyHeads {
                n: item.n,
                twice: item.twice,
            })
            .collect::<Vec<_>>()
        {
            deep.push(PassesReplyDeep {
                head: h.clone(),
                n: h.n,
            });
        }
        let goods = PassesReplyGoods {
            iron: own.goods.iron,
            self_: own.goods.self_,
        };
        Ok(
            Returned::success(
                Box::new(PassesReply {
                    goods,
                    same: PassesReplyGoods {
                        iron: own.goods.iron,
                        self_: own.goods.self_,
                    },
                    heads: all
                        .heads
                        .iter()
                        .map(|item| PassesReplyHeads {
                            n: item.n,
                            twice: item.twice,
                        })
                        .collect::<Vec<_>>(),
                    again,
                    deep,
                    ns: all
                        .heads
                        .iter()
                        .map(|item| PassesReplyHeads {
                            n: item.n,
                            twice: item.twice,
                        })
                        .collect::<Vec<_>>()
                        .iter()
                        .map(|item| item.n)
                        .collect::<Vec<_>>(),
                }),
            ),
        )
    }
}
