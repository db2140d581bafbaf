//! The game's formulas.
//!
//! Written by `cargo xtask gen` from managers.yaml. Do not edit.

use aliya_runtime::prelude::*;

/// The formula `boss_of`, of managers/balance.yaml.
pub fn boss_of(def: crate::types::StageDef) -> Result<Option<String>, Stop> {
    Ok(def.boss)
}

/// What the next levels cost, in iron.
pub fn cost_of(
    config: &crate::config::Config,
    levels: i64,
    kind: Option<crate::enums::HeroKind>,
) -> Result<i64, Stop> {
    Ok(
        if kind.is_some() {
            ops::div(
                    ops::mul(levels, config.forge.iron_per_level)
                        .at(
                            "managers/balance.yaml:27:26: levels * config.forge.iron_per_level",
                        )?,
                    2,
                )
                .at(
                    "managers/balance.yaml:27:26: levels * config.forge.iron_per_level / 2",
                )?
        } else {
            ops::mul(levels, config.forge.iron_per_level)
                .at("managers/balance.yaml:27:76: levels * config.forge.iron_per_level")?
        },
    )
}

/// The formula `days_since`, of managers/balance.yaml.
pub fn days_since(cx: &Cx<'_>, from: Time, to: Time) -> Result<i64, Stop> {
    ops::sub(
            cx.day_of(to, "managers/balance.yaml:30:53: day_of(to)")?,
            cx.day_of(from, "managers/balance.yaml:30:66: day_of(from)")?,
        )
        .at("managers/balance.yaml:30:53: day_of(to) - day_of(from)")
}

/// The formula `greeting`, of managers/balance.yaml.
pub fn greeting(name: String, who: PlayerId) -> Result<String, Stop> {
    Ok(["Welcome, ", name.as_str(), " ", who.as_str(), "!"].concat())
}

/// The formula `half`, of managers/balance.yaml.
pub fn half(of: f64) -> Result<f64, Stop> {
    ops::quotient(of / 2.0).at("managers/balance.yaml:35:36: of / 2")
}

/// The formula `late`, of managers/balance.yaml.
pub fn late(cx: &Cx<'_>, from: Time, to: Time) -> Result<bool, Stop> {
    Ok(
        days_since(cx, from, to)? > 1
            && cx
                .start_of(
                    ops::Span::Day,
                    to,
                    "managers/balance.yaml:31:77: start_of(day, to)",
                )? == to,
    )
}

/// The formula `level_of`, of managers/balance.yaml.
pub fn level_of(config: &crate::config::Config, exp: i64) -> Result<i64, Stop> {
    Ok(ops::tier(&config.levels, &exp))
}

/// The formula `lowest`, of managers/balance.yaml.
pub fn lowest(by: BTreeMap<String, i64>) -> Result<i64, Stop> {
    Ok(
        (*ops::entry(&by, &"a".to_owned()).at("managers/balance.yaml:21:50: by[\"a\"]")?)
            .min(
                *ops::entry(&by, &"b".to_owned())
                    .at("managers/balance.yaml:21:59: by[\"b\"]")?,
            ),
    )
}

/// The formula `lowest_of`, of managers/balance.yaml.
pub fn lowest_of(n: i64) -> Result<i64, Stop> {
    lowest(BTreeMap::from([("a".to_owned(), n), ("b".to_owned(), 3)]))
}

/// The formula `outranks`, of managers/balance.yaml.
pub fn outranks(
    mine: crate::enums::Rank,
    theirs: crate::enums::Rank,
) -> Result<bool, Stop> {
    Ok(mine > theirs)
}

/// The formula `power`, of managers/balance.yaml.
pub fn power(
    config: &crate::config::Config,
    kind: crate::enums::HeroKind,
    exp: i64,
    spoils: Vec<crate::types::Spoil>,
) -> Result<i64, Stop> {
    ops::add(
            ops::mul(
                    ops::index(
                            ops::entry(&config.heroes, &kind)
                                .at("managers/balance.yaml:28:74: config.heroes[kind]")?,
                            0,
                        )
                        .at("managers/balance.yaml:28:74: config.heroes[kind][0]")?,
                    level_of(config, exp)?,
                )
                .at(
                    "managers/balance.yaml:28:74: config.heroes[kind][0] * level_of(exp)",
                )?,
            ops::len(&spoils),
        )
        .at(
            "managers/balance.yaml:28:74: config.heroes[kind][0] * level_of(exp) + len(spoils)",
        )
}

/// The formula `seven`, of managers/balance.yaml.
pub fn seven() -> Result<i64, Stop> {
    ops::add(3, 4).at("managers/balance.yaml:36:16: 3 + 4")
}

/// The formula `spoils_of`, of managers/balance.yaml.
pub fn spoils_of(
    config: &crate::config::Config,
    stage: i64,
) -> Result<Vec<crate::types::Spoil>, Stop> {
    Ok(
        ops::entry(&config.stages, &stage)
            .at("managers/balance.yaml:32:43: config.stages[stage]")?
            .spoils
            .clone(),
    )
}
