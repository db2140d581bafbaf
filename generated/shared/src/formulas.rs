//! The game's formulas.
//!
//! Written by `cargo xtask gen` from managers.yaml. Do not edit.

use aliya_runtime::prelude::*;

/// The formula `after_points`, of managers/player_state.yaml.
pub fn after_points(
    config: &crate::config::Config,
    since: Time,
    points: i64,
) -> Result<Time, Stop> {
    Ok(
        Time(
            ops::add(
                    since.0,
                    ops::mul(
                            ops::mul(config.energy.minutes_per_point, 60000)
                                .at(
                                    "managers/player_state.yaml:10:67: minutes(config.energy.minutes_per_point)",
                                )?,
                            points,
                        )
                        .at(
                            "managers/player_state.yaml:10:67: minutes(config.energy.minutes_per_point) * points",
                        )?,
                )
                .at(
                    "managers/player_state.yaml:10:59: since + minutes(config.energy.minutes_per_point) * points",
                )?,
        ),
    )
}

/// The formula `points_back`, of managers/player_state.yaml.
pub fn points_back(
    config: &crate::config::Config,
    since: Time,
    at: Time,
) -> Result<i64, Stop> {
    ops::div(
            i64::max(
                0,
                ops::sub(at.0, since.0)
                    .at("managers/player_state.yaml:9:64: at - since")?,
            ),
            ops::mul(config.energy.minutes_per_point, 60000)
                .at(
                    "managers/player_state.yaml:9:78: minutes(config.energy.minutes_per_point)",
                )?,
        )
        .at(
            "managers/player_state.yaml:9:57: max(0, at - since) / minutes(config.energy.minutes_per_point)",
        )
}
