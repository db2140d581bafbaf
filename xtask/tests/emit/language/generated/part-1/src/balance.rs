//! Reads balance tables of every kind.
//!
//! Written by `cargo xtask gen` from managers/balance.yaml. Do not edit.

use aliya_runtime::prelude::*;

use crate::enums::{Good, HeroKind, Rank};
use crate::formulas;
use crate::types;

/// A row of `hero`.
#[derive(Clone, Table)]
#[table(name = "balance_hero")]
pub struct Hero {
    pub player: PlayerId,
    pub kind: HeroKind,
    pub level: i64,
    pub best: types::Spoil,
}

/// Args of `forge`.
#[derive(Args)]
pub struct ForgeArgs {
    pub iron: i64,
    pub level: i64,
}

/// Reply of `forge`.
#[derive(Reply)]
pub struct ForgeReply {
    pub gained: i64,
    pub half: f64,
    pub since: Time,
}

/// Args of `read`.
#[derive(Args, Outgoing)]
#[callee(manager = "balance", function = "read")]
pub struct ReadArgs {
    pub exp: i64,
    pub stage: i64,
    pub hero: HeroKind,
    #[arg(default = 0)]
    pub at: i64,
}

/// Reply of `read`.
#[derive(Clone, Reply, Incoming)]
pub struct ReadReply {
    pub level: i64,
    pub steps: i64,
    pub first: i64,
    pub name: String,
    pub rank: Rank,
    pub has: bool,
    pub stages: Vec<i64>,
    pub strength: i64,
    pub strengths: Vec<i64>,
    pub pool: Vec<ReadReplyPool>,
    pub doubled: Vec<i64>,
    pub bosses: Vec<ReadReplyBosses>,
    pub gift: types::Spoil,
    pub what: Good,
    pub r#type: String,
    pub last: i64,
}

/// A list of fixed length in the reply of `read`: travels as a JSON array.
#[derive(Clone, Reply, Incoming)]
pub struct ReadReplyPool(pub Good, pub i64);

/// A list of fixed length in the reply of `read`: travels as a JSON array.
#[derive(Clone, Reply, Incoming)]
pub struct ReadReplyBosses(pub i64, pub String);

/// Args of `enter`.
#[derive(Args)]
pub struct EnterArgs {
    pub stage: i64,
    #[arg(default = 0)]
    pub level: i64,
    #[arg(default = HeroKind::Mage)]
    pub hero: HeroKind,
}

/// Reply of `enter`.
#[derive(Reply)]
pub struct EnterReply {
    pub name: String,
    pub tries: i64,
    pub exp: i64,
    pub known: bool,
    pub strong: Vec<i64>,
}

/// An object in the reply of `enter`.
#[derive(Clone, Reply)]
pub struct EnterReplyNoStage {
    pub stage: i64,
}

/// Args of `peek`.
#[derive(Args)]
pub struct PeekArgs {
    pub stage: i64,
    pub best: Option<types::Spoil>,
}

/// Reply of `peek`.
#[derive(Reply)]
pub struct PeekReply {
    pub name: Option<String>,
    pub boss: String,
    pub tries: i64,
    pub spoils: Option<Vec<types::Spoil>>,
    pub rank: Option<Rank>,
    pub has_boss: bool,
    pub amount: i64,
    pub what: Option<Good>,
}

/// Args of `hire`.
#[derive(Args)]
pub struct HireArgs {
    pub kind: HeroKind,
}

/// Reply of `hire`.
#[derive(Reply)]
pub struct HireReply {
    pub best: i64,
    pub kinds: Vec<HeroKind>,
    pub long: Vec<String>,
    pub drawn: Good,
}

/// Args of `twice`.
#[derive(Args)]
pub struct TwiceArgs {}

/// Reply of `twice`.
#[derive(Reply)]
pub struct TwiceReply {
    pub inner: String,
    pub outer: String,
}

/// Args of `reckon`.
#[derive(Args)]
pub struct ReckonArgs {
    pub exp: i64,
    #[arg(default = 2)]
    pub levels: i64,
    #[arg(default = Time(0))]
    pub from: Time,
    pub kind: Option<HeroKind>,
}

/// Reply of `reckon`.
#[derive(Reply)]
pub struct ReckonReply {
    pub level: i64,
    pub cost: i64,
    pub whole: i64,
    pub power: i64,
    pub greeting: String,
    pub days: i64,
    pub late: bool,
    pub spoils: Vec<i64>,
    pub boss: String,
    pub over: bool,
    pub half: f64,
    pub seven: i64,
    pub drawn: bool,
}

static CREATE_HERO: Statement = Statement {
    name: "balance.hero.create",
    sqlite: r#"CREATE TABLE "balance_hero" (
  "player" TEXT NOT NULL,
  "kind" TEXT NOT NULL
    CONSTRAINT "balance_hero_kind_known" CHECK ("kind" IN ('knight', 'mage', 'healer')),
  "level" INTEGER NOT NULL DEFAULT 1,
  "best" TEXT NOT NULL,
  PRIMARY KEY ("player", "kind")
) STRICT, WITHOUT ROWID"#,
    postgres: r#"CREATE TABLE "balance_hero" (
  "player" TEXT COLLATE "C" NOT NULL,
  "kind" TEXT COLLATE "C" NOT NULL
    CONSTRAINT "balance_hero_kind_known" CHECK ("kind" IN ('knight', 'mage', 'healer')),
  "level" BIGINT NOT NULL DEFAULT 1,
  "best" TEXT COLLATE "C" NOT NULL,
  CONSTRAINT "balance_hero_pkey" PRIMARY KEY ("player", "kind")
)"#,
    mysql: r#"CREATE TABLE `balance_hero` (
  `player` VARCHAR(255) NOT NULL,
  `kind` VARCHAR(64) NOT NULL,
  `level` BIGINT NOT NULL DEFAULT 1,
  `best` LONGTEXT NOT NULL,
  PRIMARY KEY (`player`, `kind`),
  CONSTRAINT `balance_hero_kind_known` CHECK (`kind` IN ('knight', 'mage', 'healer'))
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"#,
};

static REPLACE_HERO: Statement = Statement {
    name: "balance.hero.replace",
    sqlite: r#"INSERT INTO "balance_hero" ("player", "kind", "level", "best")
VALUES (?1, ?2, ?3, ?4)
ON CONFLICT ("player", "kind") DO UPDATE SET "level" = excluded."level", "best" = excluded."best""#,
    postgres: r#"INSERT INTO "balance_hero" ("player", "kind", "level", "best")
VALUES ($1, $2, $3, $4)
ON CONFLICT ("player", "kind") DO UPDATE SET "level" = excluded."level", "best" = excluded."best""#,
    mysql: r#"INSERT INTO `balance_hero` (`player`, `kind`, `level`, `best`)
VALUES (?, ?, ?, ?)
ON DUPLICATE KEY UPDATE `level` = VALUES(`level`), `best` = VALUES(`best`)"#,
};

static SELECT_HERO_BY_PLAYER_LEVEL_LE_KIND_IN_ORDER_KIND_FIRST: Statement = Statement {
    name: "balance.hero.select_by_player_level_le_kind_in_order_kind_first",
    sqlite: r#"SELECT "player", "kind", "level", "best"
FROM "balance_hero"
WHERE "player" = ?1 AND "level" <= ?2 AND "kind" IN (SELECT value FROM json_each(?3))
ORDER BY "kind"
LIMIT ?4"#,
    postgres: r#"SELECT "player", "kind", "level", "best"
FROM "balance_hero"
WHERE "player" = $1 AND "level" <= $2 AND "kind" = ANY (ARRAY(SELECT value FROM json_array_elements_text(CAST($3 AS json))))
ORDER BY "kind"
LIMIT $4"#,
    mysql: r#"SELECT `player`, `kind`, `level`, `best`
FROM `balance_hero`
WHERE `player` = ? AND `level` <= ? AND `kind` IN (SELECT `value` FROM JSON_TABLE(?, '$[*]' COLUMNS (`value` LONGTEXT PATH '$')) AS `list`)
ORDER BY `kind`
LIMIT ?"#,
};

/// Reads balance tables of every kind.
pub struct BalanceManager;

#[manager(name = "balance", port = 9007, schema = [CREATE_HERO])]
impl BalanceManager {
    /// The function `forge`.
    #[function(access = Player, one_query, fails, declaration = "f422080daa94eb83")]
    pub async fn forge(cx: &mut Cx<'_>, args: &ForgeArgs) -> Result<Returned, Stop> {
        const CLOSED: Failure = Failure::new(71, "closed");
        let config = cx.config::<crate::config::Config>()?;
        if !config.forge.open {
            return Err(CLOSED.into());
        }
        let room = ops::sub(config.forge.max_level, args.level)
            .at("managers/balance.yaml:52:26: config.forge.max_level - args.level")?;
        let wanted = ops::div(args.iron, config.forge.iron_per_level)
            .at("managers/balance.yaml:52:71: args.iron / config.forge.iron_per_level")?;
        Ok(
            Returned::success(
                Box::new(ForgeReply {
                    gained: wanted.min(room),
                    half: ops::finite(
                            (config.forge.iron_per_level as f64) * config.forge.factor,
                        )
                        .at(
                            "managers/balance.yaml:53:58: config.forge.iron_per_level * config.forge.factor",
                        )?,
                    since: config.forge.since,
                }),
            ),
        )
    }

    /// The function `read`.
    #[function(access = Player, one_query, declaration = "5e744ac10fc2fd85")]
    pub async fn read(cx: &mut Cx<'_>, args: &ReadArgs) -> Result<Returned, Stop> {
        let config = cx.config::<crate::config::Config>()?;
        let all = config.stages.clone();
        let levels = ops::tier(&config.levels, &args.exp);
        Ok(
            Returned::success(
                Box::new(ReadReply {
                    level: levels,
                    steps: ops::len(&config.levels),
                    first: ops::index(&config.levels, 0)
                        .at("managers/balance.yaml:61:22: config.levels[0]")?,
                    name: ops::entry(&config.stages, &args.stage)
                        .at("managers/balance.yaml:62:21: config.stages[args.stage]")?
                        .name
                        .clone(),
                    rank: ops::entry(&all, &args.stage)
                        .at("managers/balance.yaml:63:21: all[args.stage]")?
                        .rank,
                    has: config.stages.contains_key(&args.stage),
                    stages: config.stages.keys().cloned().collect::<Vec<_>>(),
                    strength: ops::index(
                            ops::entry(&config.heroes, &args.hero)
                                .at(
                                    "managers/balance.yaml:66:25: config.heroes[args.hero]",
                                )?,
                            args.at,
                        )
                        .at(
                            "managers/balance.yaml:66:25: config.heroes[args.hero][args.at]",
                        )?,
                    strengths: ops::entry(&config.heroes, &args.hero)
                        .at("managers/balance.yaml:67:26: config.heroes[args.hero]")?
                        .clone(),
                    pool: {
                        let mut list = Vec::new();
                        for p in &config.pool {
                            if p.amount > 1 {
                                list.push(ReadReplyPool(p.what, p.amount));
                            }
                        }
                        list
                    },
                    doubled: {
                        let mut list = Vec::new();
                        for (i, l) in (0_i64..).zip(config.levels.iter().copied()) {
                            list.push(
                                ops::add(
                                        ops::mul(l, 2).at("managers/balance.yaml:69:63: l * 2")?,
                                        i,
                                    )
                                    .at("managers/balance.yaml:69:63: l * 2 + i")?,
                            );
                        }
                        list
                    },
                    bosses: config
                        .stages
                        .iter()
                        .map(|(&id, s)| ReadReplyBosses(
                            id,
                            s.boss.clone().unwrap_or_else(|| "nobody".to_owned()),
                        ))
                        .collect(),
                    gift: config.gift.clone(),
                    what: config.gift.what,
                    r#type: config.r#type.clone(),
                    last: ops::index(
                            &ops::entry(&config.stages, &args.stage)
                                .at(
                                    "managers/balance.yaml:74:21: config.stages[args.stage]",
                                )?
                                .spoils,
                            0,
                        )
                        .at(
                            "managers/balance.yaml:74:21: config.stages[args.stage].spoils[0]",
                        )?
                        .amount,
                }),
            ),
        )
    }

    /// Takes one value out of a table, or says that there is none.
    #[function(access = Player, one_query, fails, declaration = "ee8b22adca771718")]
    pub async fn enter(cx: &mut Cx<'_>, args: &EnterArgs) -> Result<Returned, Stop> {
        const NO_STAGE: Failure = Failure::new(72, "no such stage");
        const NO_LEVEL: Failure = Failure::new(73, "no such level");
        let config = cx.config::<crate::config::Config>()?;
        let s = match ops::entry(&config.stages, &args.stage).cloned() {
            Some(value) => value,
            None => {
                return Err(
                    NO_STAGE
                        .with(
                            &EnterReplyNoStage {
                                stage: args.stage,
                            },
                        )
                        .into(),
                );
            }
        };
        let exp = ops::index(&config.levels, args.level).ok_or(NO_LEVEL)?;
        let strengths = ops::entry(&config.heroes, &args.hero).cloned();
        _ = ops::entry(&config.heroes, &args.hero);
        ops::entry(&config.stages, &args.stage).ok_or(NO_STAGE)?;
        let names = [s.name.as_str(), "!"].concat();
        Ok(
            Returned::success(
                Box::new(EnterReply {
                    name: names,
                    tries: s.tries,
                    exp,
                    known: strengths.is_some(),
                    strong: strengths.clone().unwrap_or_default(),
                }),
            ),
        )
    }

    /// Parts of what may not be there.
    #[function(access = Player, one_query, declaration = "523d51707cefdee4")]
    pub async fn peek(cx: &mut Cx<'_>, args: &PeekArgs) -> Result<Returned, Stop> {
        let config = cx.config::<crate::config::Config>()?;
        let s = ops::entry(&config.stages, &args.stage).cloned();
        let boss = s
            .as_ref()
            .and_then(|reply| reply.boss.clone())
            .unwrap_or_else(|| "nobody".to_owned());
        let tries = s.as_ref().map(|reply| reply.tries).unwrap_or(0);
        let amount = args.best.as_ref().map(|reply| reply.amount).unwrap_or(-1);
        Ok(
            Returned::success(
                Box::new(PeekReply {
                    name: s.as_ref().map(|reply| reply.name.clone()),
                    boss,
                    tries: ops::add(tries, 1)
                        .at("managers/balance.yaml:107:22: tries + 1")?,
                    spoils: s.as_ref().map(|reply| reply.spoils.clone()),
                    rank: s.as_ref().map(|reply| reply.rank),
                    has_boss: s.as_ref().and_then(|reply| reply.boss.clone()).is_some(),
                    amount,
                    what: args.best.as_ref().map(|reply| reply.what),
                }),
            ),
        )
    }

    /// What is in a table goes into a row, and out of it again.
    #[function(access = Player, writes, declaration = "ff2bab1802c38989")]
    pub async fn hire(cx: &mut Cx<'_>, args: &HireArgs) -> Result<Returned, Stop> {
        let caller = cx.caller()?;
        let config = cx.config::<crate::config::Config>()?;
        let drawn = cx
            .draw_one(
                &config.pool,
                |p| Ok(p.amount),
                "managers/balance.yaml:117:13: draw",
            )?;
        let h = Hero {
            player: caller.clone(),
            kind: args.kind,
            level: ops::index(
                    ops::entry(&config.heroes, &args.kind)
                        .at("managers/balance.yaml:121:61: config.heroes[args.kind]")?,
                    0,
                )
                .at("managers/balance.yaml:121:61: config.heroes[args.kind][0]")?,
            best: config.gift.clone(),
        };
        cx.insert(&REPLACE_HERO, &h, &h.params()).await?;
        let heroes: Vec<Hero> = cx
            .select(
                &SELECT_HERO_BY_PLAYER_LEVEL_LE_KIND_IN_ORDER_KIND_FIRST,
                &[
                    caller.param(),
                    config.forge.max_level.param(),
                    Param::Text(
                        &ops::json(&config.heroes.keys().cloned().collect::<Vec<_>>()),
                    ),
                    Param::Int(config.forge.max_level.max(0)),
                ],
            )
            .await?
            .rows()?;
        let mut long: Vec<String> = Vec::new();
        for s in config.stages.values() {
            if s.tries <= 1 {
                continue;
            }
            long.push(s.name.clone());
        }
        Ok(
            Returned::success(
                Box::new(HireReply {
                    best: h.best.amount,
                    kinds: heroes.iter().map(|row| row.kind).collect::<Vec<_>>(),
                    long,
                    drawn: drawn.what,
                }),
            ),
        )
    }

    /// The function `twice`.
    #[function(access = Player, one_query, declaration = "f702c39086efc367")]
    pub async fn twice(cx: &mut Cx<'_>, _args: &TwiceArgs) -> Result<Returned, Stop> {
        let config = cx.config::<crate::config::Config>()?;
        let one: ReadReply = cx
            .call(
                &ReadArgs {
                    exp: 0,
                    stage: 1,
                    hero: HeroKind::Knight,
                    at: 0,
                },
            )
            .await?
            .data()?;
        Ok(
            Returned::success(
                Box::new(TwiceReply {
                    inner: one.r#type,
                    outer: config.r#type.clone(),
                }),
            ),
        )
    }

    /// The function `reckon`.
    #[function(access = Player, one_query, fails, declaration = "f904e86e8602ad78")]
    pub async fn reckon(cx: &mut Cx<'_>, args: &ReckonArgs) -> Result<Returned, Stop> {
        const WEAK: Failure = Failure::new(74, "weak");
        let caller = cx.caller()?;
        let now = cx.now();
        let config = cx.config::<crate::config::Config>()?;
        let level = formulas::level_of(&config, args.exp)?;
        let spoils = formulas::spoils_of(&config, 1)?;
        if level <= 0 {
            return Err(WEAK.into());
        }
        let s = ops::entry(&config.stages, &7i64).cloned().ok_or(WEAK)?;
        let drawn = cx
            .draw_one(
                &config.pool,
                |p| formulas::cost_of(&config, p.amount, Some(HeroKind::Knight)),
                "managers/balance.yaml:151:13: draw",
            )?;
        Ok(
            Returned::success(
                Box::new(ReckonReply {
                    level,
                    cost: formulas::cost_of(&config, args.levels, args.kind)?,
                    whole: formulas::cost_of(
                        &config,
                        args.levels,
                        Some(
                            if args.exp > 9 { HeroKind::Knight } else { HeroKind::Mage },
                        ),
                    )?,
                    power: formulas::power(&config, HeroKind::Mage, args.exp, spoils)?,
                    greeting: formulas::greeting("Ann".to_owned(), caller)?,
                    days: formulas::days_since(cx, args.from, now)?,
                    late: formulas::late(cx, args.from, now)?,
                    spoils: {
                        let mut list = Vec::new();
                        for x in formulas::spoils_of(&config, 7)? {
                            list.push(
                                formulas::level_of(
                                    &config,
                                    ops::mul(x.amount, 100)
                                        .at("managers/balance.yaml:162:65: x.amount * 100")?,
                                )?,
                            );
                        }
                        list
                    },
                    boss: formulas::boss_of(s)?.unwrap_or_else(|| "nobody".to_owned()),
                    over: formulas::outranks(Rank::Owner, Rank::Elite)?,
                    half: formulas::half(5.0)?,
                    seven: ops::mul(formulas::seven()?, formulas::seven()?)
                        .at("managers/balance.yaml:166:22: seven() * seven()")?,
                    drawn: drawn.amount > 0,
                }),
            ),
        )
    }
}
