//! The functions that clients may call, by name.
//!
//! Written by `cargo xtask gen` from managers.yaml. Do not edit.

use aliya_runtime::prelude::*;

/// The gateway's routing table.
pub static ROUTES: &[Route] = &[
    Route {
        function: "burn",
        manager: "weapon",
        access: Access::Player,
    },
    Route {
        function: "find",
        manager: "weapon",
        access: Access::Player,
    },
    Route {
        function: "gild",
        manager: "purse",
        access: Access::Player,
    },
    Route {
        function: "hunt",
        manager: "weapon",
        access: Access::Player,
    },
    Route {
        function: "note",
        manager: "ledger",
        access: Access::Player,
    },
    Route {
        function: "risk",
        manager: "weapon",
        access: Access::Player,
    },
    Route {
        function: "smelt",
        manager: "bag",
        access: Access::Player,
    },
    Route {
        function: "take",
        manager: "weapon",
        access: Access::Player,
    },
    Route {
        function: "take_take",
        manager: "weapon",
        access: Access::Player,
    },
    Route {
        function: "temper",
        manager: "weapon",
        access: Access::Player,
    },
    Route {
        function: "train",
        manager: "weapon",
        access: Access::Player,
    },
    Route {
        function: "transfer",
        manager: "weapon",
        access: Access::Player,
    },
    Route {
        function: "wish",
        manager: "weapon",
        access: Access::Player,
    },
];
