//! Records and maps.
//!
//! Written by `cargo xtask gen` from managers/book.yaml. Do not edit.

use aliya_runtime::prelude::*;

use crate::enums::{Good, Rank};
use crate::types;

/// A row of `book`.
#[derive(Clone, Table)]
#[table(name = "book_book")]
pub struct Book {
    pub player: PlayerId,
    pub chapters: Vec<types::Chapter>,
    pub notes: BTreeMap<String, i64>,
    pub first: Option<types::Prize>,
    pub grid: Vec<Vec<i64>>,
}

/// Args of `write_chapter`.
#[derive(Args)]
pub struct WriteChapterArgs {
    pub chapter: types::Chapter,
    pub notes: BTreeMap<String, i64>,
    pub first: Option<types::Prize>,
}

/// Reply of `write_chapter`.
#[derive(Reply)]
pub struct WriteChapterReply {
    pub written: i64,
    pub first: Option<types::Prize>,
    pub notes: BTreeMap<String, i64>,
}

/// Args of `read_chapter`.
#[derive(Args)]
pub struct ReadChapterArgs {
    pub at: i64,
    pub note: String,
    #[arg(default = Rank::Elite)]
    pub mark: Rank,
}

/// Reply of `read_chapter`.
#[derive(Reply)]
pub struct ReadChapterReply {
    pub title: String,
    pub chapter: types::Chapter,
    pub note: i64,
    pub mark: f64,
    pub corner: i64,
    pub names: Vec<String>,
    pub known: bool,
    pub notes: i64,
    pub total: i64,
    pub by_type: BTreeMap<Good, i64>,
    pub first: Good,
}

/// Args of `make_prize`.
#[derive(Args)]
pub struct MakePrizeArgs {
    pub n: i64,
    pub lucky: bool,
}

/// Reply of `make_prize`.
#[derive(Reply)]
pub struct MakePrizeReply {
    pub one: MakePrizeReplyOne,
    pub taken: types::Prize,
    pub all: Vec<types::Prize>,
    pub many: Vec<MakePrizeReplyMany>,
    pub last: i64,
    pub none: BTreeMap<i64, types::Prize>,
}

/// An object in the reply of `make_prize`.
#[derive(Clone, Reply)]
pub struct MakePrizeReplyOne {
    pub n: i64,
    pub twice: i64,
}

/// An object in the reply of `make_prize`.
#[derive(Clone, Reply)]
pub struct MakePrizeReplyMany {
    pub at: i64,
}

/// Args of `take`.
#[derive(Args, Outgoing)]
#[callee(manager = "book", function = "take")]
pub struct TakeArgs {
    pub prize: types::Prize,
    #[arg(max = 9, default = Vec::new())]
    pub more: Vec<types::Prize>,
    #[arg(default = BTreeMap::new())]
    pub by: BTreeMap<i64, types::Prize>,
}

/// Reply of `take`.
#[derive(Clone, Reply, Incoming)]
pub struct TakeReply {
    pub prize: types::Prize,
    pub all: Vec<types::Prize>,
    pub none: BTreeMap<i64, types::Prize>,
}

/// Args of `divide`.
#[derive(Args)]
pub struct DivideArgs {
    #[arg(max = 20)]
    pub among: Vec<i64>,
    pub total: i64,
}

/// Reply of `divide`.
#[derive(Reply)]
pub struct DivideReply {
    pub shares: BTreeMap<i64, DivideReplyShares>,
}

/// An object in the reply of `divide`.
#[derive(Clone, Reply)]
pub struct DivideReplyShares {
    pub share: i64,
}

/// Args of `reach`.
#[derive(Args)]
pub struct ReachArgs {
    pub steps: Vec<i64>,
    pub x: i64,
}

/// Reply of `reach`.
#[derive(Reply)]
pub struct ReachReply {
    pub tier: i64,
    pub range: Vec<i64>,
    pub half: i64,
}

/// Args of `gather`.
#[derive(Args)]
pub struct GatherArgs {
    #[arg(max = 20)]
    pub xs: Vec<i64>,
    #[arg(max = 9)]
    pub prizes: Vec<types::Prize>,
}

/// Reply of `gather`.
#[derive(Reply)]
pub struct GatherReply {
    pub made: Vec<GatherReplyMade>,
    pub twice: Vec<i64>,
    pub large: Vec<types::Prize>,
    pub first: i64,
    pub all: Vec<types::Prize>,
}

/// An object in the reply of `gather`.
#[derive(Clone, Reply)]
pub struct GatherReplyMade {
    pub at: i64,
    pub twice: i64,
}

static CREATE_BOOK: Statement = Statement {
    name: "book.book.create",
    sqlite: r#"CREATE TABLE "book_book" (
  "player" TEXT NOT NULL,
  "chapters" TEXT NOT NULL DEFAULT '[]',
  "notes" TEXT NOT NULL DEFAULT '{}',
  "first" TEXT,
  "grid" TEXT NOT NULL DEFAULT '[]',
  PRIMARY KEY ("player")
) STRICT, WITHOUT ROWID"#,
    postgres: r#"CREATE TABLE "book_book" (
  "player" TEXT COLLATE "C" NOT NULL,
  "chapters" TEXT COLLATE "C" NOT NULL DEFAULT '[]',
  "notes" TEXT COLLATE "C" NOT NULL DEFAULT '{}',
  "first" TEXT COLLATE "C",
  "grid" TEXT COLLATE "C" NOT NULL DEFAULT '[]',
  CONSTRAINT "book_book_pkey" PRIMARY KEY ("player")
)"#,
    mysql: r#"CREATE TABLE `book_book` (
  `player` VARCHAR(255) NOT NULL,
  `chapters` LONGTEXT NOT NULL DEFAULT ('[]'),
  `notes` LONGTEXT NOT NULL DEFAULT ('{}'),
  `first` LONGTEXT,
  `grid` LONGTEXT NOT NULL DEFAULT ('[]'),
  PRIMARY KEY (`player`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"#,
};

static LOCK_BOOK_BY_PLAYER: Statement = Statement {
    name: "book.book.lock_by_player",
    sqlite: r#"SELECT "player", "chapters", "notes", "first", "grid" FROM "book_book" WHERE "player" = ?1"#,
    postgres: r#"SELECT "player", "chapters", "notes", "first", "grid"
FROM "book_book"
WHERE "player" = $1
FOR UPDATE"#,
    mysql: r#"SELECT `player`, `chapters`, `notes`, `first`, `grid`
FROM `book_book`
WHERE `player` = ?
FOR UPDATE"#,
};

static UPSERT_BOOK_CHAPTERS_NOTES_FIRST_GRID: Statement = Statement {
    name: "book.book.upsert_chapters_notes_first_grid",
    sqlite: r#"INSERT INTO "book_book" ("player", "chapters", "notes", "first", "grid")
VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT ("player") DO UPDATE SET "chapters" = excluded."chapters", "notes" = excluded."notes", "first" = excluded."first", "grid" = excluded."grid""#,
    postgres: r#"INSERT INTO "book_book" ("player", "chapters", "notes", "first", "grid")
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT ("player") DO UPDATE SET "chapters" = excluded."chapters", "notes" = excluded."notes", "first" = excluded."first", "grid" = excluded."grid""#,
    mysql: r#"INSERT INTO `book_book` (`player`, `chapters`, `notes`, `first`, `grid`)
VALUES (?, ?, ?, ?, ?)
ON DUPLICATE KEY UPDATE `chapters` = VALUES(`chapters`), `notes` = VALUES(`notes`), `first` = VALUES(`first`), `grid` = VALUES(`grid`)"#,
};

static GET_BOOK_BY_PLAYER: Statement = Statement {
    name: "book.book.get_by_player",
    sqlite: r#"SELECT "player", "chapters", "notes", "first", "grid" FROM "book_book" WHERE "player" = ?1"#,
    postgres: r#"SELECT "player", "chapters", "notes", "first", "grid" FROM "book_book" WHERE "player" = $1"#,
    mysql: "SELECT `player`, `chapters`, `notes`, `first`, `grid` FROM `book_book` WHERE `player` = ?",
};

/// Records and maps.
pub struct BookManager;

#[manager(name = "book", port = 9041, schema = [CREATE_BOOK])]
impl BookManager {
    /// The function `write_chapter`.
    #[function(access = Player, writes, declaration = "5bb0289b46993e89")]
    pub async fn write_chapter(
        cx: &mut Cx<'_>,
        args: &WriteChapterArgs,
    ) -> Result<Returned, Stop> {
        let caller = cx.caller()?;
        let mut b: Book = match cx
            .get(&LOCK_BOOK_BY_PLAYER, &[caller.param()])
            .await?
            .row()?
        {
            Some(row) => row,
            None => {
                Book {
                    player: caller.clone(),
                    chapters: Vec::new(),
                    notes: BTreeMap::new(),
                    first: None,
                    grid: Vec::new(),
                }
            }
        };
        b.chapters = [b.chapters.as_slice(), [args.chapter.clone()].as_slice()].concat();
        b.notes = args.notes.clone();
        b.first = args.first.clone();
        b.grid = vec![vec![1, 2], vec![3]];
        cx.save(&UPSERT_BOOK_CHAPTERS_NOTES_FIRST_GRID, &b, &b.params()).await?;
        Ok(
            Returned::success(
                Box::new(WriteChapterReply {
                    written: ops::len(&b.chapters),
                    first: b.first,
                    notes: b.notes,
                }),
            ),
        )
    }

    /// The function `read_chapter`.
    #[function(access = Player, one_query, fails, declaration = "3bd79be10486f862")]
    pub async fn read_chapter(
        cx: &mut Cx<'_>,
        args: &ReadChapterArgs,
    ) -> Result<Returned, Stop> {
        const NONE: Failure = Failure::new(41, "no book");
        let caller = cx.caller()?;
        let b: Book = cx
            .get(&GET_BOOK_BY_PLAYER, &[caller.param()])
            .await?
            .row()?
            .ok_or(NONE)?;
        let c = ops::index(&b.chapters, args.at)
            .at("managers/book.yaml:40:24: b.chapters[args.at]")?;
        Ok(
            Returned::success(
                Box::new(ReadChapterReply {
                    title: c.title.clone(),
                    chapter: c.clone(),
                    note: *ops::entry(&b.notes, &args.note)
                        .at("managers/book.yaml:44:21: b.notes[args.note]")?,
                    mark: *ops::entry(&c.marks, &args.mark)
                        .at("managers/book.yaml:45:21: c.marks[args.mark]")?,
                    corner: ops::index(
                            &ops::index(&b.grid, 0)
                                .at("managers/book.yaml:46:23: b.grid[0]")?,
                            1,
                        )
                        .at("managers/book.yaml:46:23: b.grid[0][1]")?,
                    names: b.notes.keys().cloned().collect::<Vec<_>>(),
                    known: b.notes.contains_key(&args.note),
                    notes: ops::entries(&b.notes),
                    total: ops::sum(b.notes.values().copied())
                        .at("managers/book.yaml:50:22: sum(b.notes)")?,
                    by_type: c.prizes.iter().map(|p| (p.r#type, p.self_)).collect(),
                    first: b
                        .first
                        .unwrap_or_else(|| types::Prize {
                            r#type: Good::None,
                            self_: 0,
                            rank: None,
                        })
                        .r#type,
                }),
            ),
        )
    }

    /// The function `make_prize`.
    #[function(access = Player, one_query, declaration = "8b4534bdd52700b2")]
    pub async fn make_prize(
        cx: &mut Cx<'_>,
        args: &MakePrizeArgs,
    ) -> Result<Returned, Stop> {
        let one = MakePrizeReplyOne {
            n: args.n,
            twice: ops::mul(args.n, 2).at("managers/book.yaml:57:41: args.n * 2")?,
        };
        let many = vec![MakePrizeReplyMany { at: 1 }, MakePrizeReplyMany { at: args.n }];
        let taken: TakeReply = cx
            .call(
                &TakeArgs {
                    prize: if args.lucky {
                        types::Prize {
                            r#type: Good::Iron,
                            self_: one.twice,
                            rank: Some(Rank::Owner),
                        }
                    } else {
                        types::Prize {
                            r#type: Good::None,
                            self_: 0,
                            rank: None,
                        }
                    },
                    more: vec![
                        types::Prize {
                            r#type: Good::Gold2,
                            self_: 7,
                            rank: None,
                        },
                    ],
                    by: BTreeMap::new(),
                },
            )
            .await?
            .data()?;
        Ok(
            Returned::success(
                Box::new(MakePrizeReply {
                    one,
                    taken: taken.prize,
                    all: taken.all,
                    many: many.clone(),
                    last: ops::index(&many, 1)
                        .at("managers/book.yaml:64:88: many[1]")?
                        .at,
                    none: taken.none,
                }),
            ),
        )
    }

    /// The function `take`.
    #[function(access = Internal, one_query, declaration = "c9be2218c0035e8d")]
    pub async fn take(_cx: &mut Cx<'_>, args: &TakeArgs) -> Result<Returned, Stop> {
        Ok(
            Returned::success(
                Box::new(TakeReply {
                    prize: args.prize.clone(),
                    all: [
                        [args.prize.clone()].as_slice(),
                        args.more.as_slice(),
                        [
                            types::Prize {
                                r#type: Good::None,
                                self_: args.prize.self_,
                                rank: None,
                            },
                        ]
                            .as_slice(),
                    ]
                        .concat(),
                    none: args.by.clone(),
                }),
            ),
        )
    }

    /// The function `divide`.
    #[function(access = Player, one_query, declaration = "b7dd4f25c8d181bd")]
    pub async fn divide(_cx: &mut Cx<'_>, args: &DivideArgs) -> Result<Returned, Stop> {
        Ok(
            Returned::success(
                Box::new(DivideReply {
                    shares: {
                        let mut list = BTreeMap::new();
                        for (i, n) in (0_i64..).zip(args.among.iter().copied()) {
                            if n != 1 {
                                list.extend([
                                    (
                                        i,
                                        DivideReplyShares {
                                            share: ops::div(args.total, n)
                                                .at("managers/book.yaml:76:96: args.total / n")?,
                                        },
                                    ),
                                ]);
                            }
                        }
                        list
                    },
                }),
            ),
        )
    }

    /// The function `reach`.
    #[function(access = Public, one_query, declaration = "0918788b0e9e31b1")]
    pub async fn reach(_cx: &mut Cx<'_>, args: &ReachArgs) -> Result<Returned, Stop> {
        Ok(
            Returned::success(
                Box::new(ReachReply {
                    tier: ops::tier(&args.steps, &args.x),
                    range: ops::range(1, args.x)
                        .at("managers/book.yaml:83:22: range(1, args.x)")?,
                    half: ops::tier(&vec![0.5f64, 1.0f64, 1.5f64], &1.0f64),
                }),
            ),
        )
    }

    /// Loops that give records, made here and declared.
    #[function(access = Player, one_query, declaration = "2e66f2c16814e9ca")]
    pub async fn gather(cx: &mut Cx<'_>, args: &GatherArgs) -> Result<Returned, Stop> {
        let mut made = Vec::new();
        for (i, x) in (0_i64..).zip(args.xs.iter().copied()) {
            if x <= 0 {
                continue;
            }
            made.push(GatherReplyMade {
                at: i,
                twice: ops::mul(x, 2).at("managers/book.yaml:91:36: x * 2")?,
            });
        }
        let mut large: Vec<types::Prize> = Vec::new();
        for p in &args.prizes {
            if p.self_ <= 1 {
                continue;
            }
            large.push(p.clone());
        }
        let taken: TakeReply = cx
            .call(
                &TakeArgs {
                    prize: ops::index(&large, 0)
                        .at("managers/book.yaml:98:29: large[0]")?,
                    more: large.clone(),
                    by: BTreeMap::new(),
                },
            )
            .await?
            .data()?;
        Ok(
            Returned::success(
                Box::new(GatherReply {
                    made: made.clone(),
                    twice: made.iter().map(|m| m.twice).collect(),
                    large: large.clone(),
                    first: ops::index(&large, 0)
                        .at("managers/book.yaml:100:100: large[0]")?
                        .self_,
                    all: taken.all,
                }),
            ),
        )
    }
}
