//! The functions that clients may call, by name.
//!
//! Written by `cargo xtask gen` from managers.yaml. Do not edit.

use aliya_runtime::prelude::*;

/// The gateway's routing table.
pub static ROUTES: &[Route] = &[
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
        function: "level_up_passive",
        manager: "weapon",
        access: Access::Player,
    },
    Route {
        function: "level_up_weapon",
        manager: "weapon",
        access: Access::Player,
    },
];
