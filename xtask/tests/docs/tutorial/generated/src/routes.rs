//! The functions that clients may call, by name.
//!
//! Written by `cargo xtask gen` from managers.yaml. Do not edit.

use aliya_runtime::prelude::*;

/// The gateway's routing table.
pub static ROUTES: &[Route] = &[
    Route {
        function: "adopt_pet",
        manager: "pet",
        access: Access::Player,
    },
    Route {
        function: "feed_pet",
        manager: "pet",
        access: Access::Player,
    },
];
