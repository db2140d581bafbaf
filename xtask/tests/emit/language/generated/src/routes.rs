//! The functions that clients may call, by name.
//!
//! Written by `cargo xtask gen` from managers.yaml. Do not edit.

use aliya_runtime::prelude::*;

/// The gateway's routing table.
pub static ROUTES: &[Route] = &[
    Route {
        function: "add_random_prize",
        manager: "luck",
        access: Access::Player,
    },
    Route {
        function: "branches",
        manager: "shop",
        access: Access::Player,
    },
    Route {
        function: "calendar",
        manager: "luck",
        access: Access::Player,
    },
    Route {
        function: "divide",
        manager: "book",
        access: Access::Player,
    },
    Route {
        function: "draw_different",
        manager: "luck",
        access: Access::Player,
    },
    Route {
        function: "draw_plain",
        manager: "luck",
        access: Access::Player,
    },
    Route {
        function: "draw_prizes",
        manager: "luck",
        access: Access::Player,
    },
    Route {
        function: "find",
        manager: "shop",
        access: Access::Player,
    },
    Route {
        function: "late",
        manager: "shop",
        access: Access::Player,
    },
    Route {
        function: "make_prize",
        manager: "book",
        access: Access::Player,
    },
    Route {
        function: "nest",
        manager: "shop",
        access: Access::Player,
    },
    Route {
        function: "reach",
        manager: "book",
        access: Access::Public,
    },
    Route {
        function: "read_chapter",
        manager: "book",
        access: Access::Player,
    },
    Route {
        function: "read_mail",
        manager: "shop",
        access: Access::Player,
    },
    Route {
        function: "roll",
        manager: "luck",
        access: Access::Player,
    },
    Route {
        function: "self",
        manager: "shop",
        access: Access::Player,
    },
    Route {
        function: "send_quietly",
        manager: "shop",
        access: Access::Player,
    },
    Route {
        function: "sums",
        manager: "shop",
        access: Access::Player,
    },
    Route {
        function: "swap",
        manager: "shop",
        access: Access::Player,
    },
    Route {
        function: "trade",
        manager: "trade",
        access: Access::Player,
    },
    Route {
        function: "try_daily",
        manager: "luck",
        access: Access::Player,
    },
    Route {
        function: "try_often",
        manager: "luck",
        access: Access::Player,
    },
    Route {
        function: "write_chapter",
        manager: "book",
        access: Access::Player,
    },
];
