//! The functions that clients may call, by name.
//!
//! Written by `cargo xtask gen` from managers.yaml. Do not edit.

use aliya_runtime::prelude::*;

/// The gateway's routing table.
pub static ROUTES: &[Route] = &[
    Route {
        function: "accept_gift",
        manager: "mail",
        access: Access::Player,
    },
    Route {
        function: "decrease_energy",
        manager: "player_state",
        access: Access::Player,
    },
    Route {
        function: "delete_mail",
        manager: "mail",
        access: Access::Player,
    },
    Route {
        function: "get_all_mail",
        manager: "mail",
        access: Access::Player,
    },
    Route {
        function: "get_all_supplies",
        manager: "bag",
        access: Access::Player,
    },
    Route {
        function: "get_all_weapon",
        manager: "weapon",
        access: Access::Player,
    },
    Route {
        function: "get_player_state",
        manager: "player_state",
        access: Access::Player,
    },
    Route {
        function: "level_up_passive",
        manager: "weapon",
        access: Access::Player,
    },
    Route {
        function: "level_up_scroll",
        manager: "bag",
        access: Access::Player,
    },
    Route {
        function: "level_up_weapon",
        manager: "weapon",
        access: Access::Player,
    },
    Route {
        function: "level_up_weapon_star",
        manager: "weapon",
        access: Access::Player,
    },
    Route {
        function: "read_mail",
        manager: "mail",
        access: Access::Player,
    },
    Route {
        function: "reset_weapon_skill_point",
        manager: "weapon",
        access: Access::Player,
    },
    Route {
        function: "send_mail",
        manager: "mail",
        access: Access::Player,
    },
];
