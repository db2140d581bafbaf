//! The functions that clients may call, by name.
//!
//! Written by `cargo xtask gen` from managers.yaml. Do not edit.

use aliya_runtime::prelude::*;

/// The gateway's routing table.
pub static ROUTES: &[Route] = &[
    Route {
        function: "accept_gifts",
        manager: "mail",
        access: Access::Player,
    },
    Route {
        function: "be_called",
        manager: "profile",
        access: Access::Player,
    },
];
