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
    Route {
        function: "create_family",
        manager: "family",
        access: Access::Player,
    },
    Route {
        function: "damage_ranking",
        manager: "stage",
        access: Access::Player,
    },
    Route {
        function: "disband_family",
        manager: "family",
        access: Access::Player,
    },
    Route {
        function: "dozen_d",
        manager: "summoning",
        access: Access::Player,
    },
    Route {
        function: "gather_resource_factory",
        manager: "factory",
        access: Access::Player,
    },
    Route {
        function: "get_gifts",
        manager: "friend",
        access: Access::Player,
    },
    Route {
        function: "invite_user_family",
        manager: "family",
        access: Access::Player,
    },
    Route {
        function: "refresh_factory",
        manager: "factory",
        access: Access::Player,
    },
    Route {
        function: "request_friend",
        manager: "friend",
        access: Access::Player,
    },
    Route {
        function: "respond_family",
        manager: "family",
        access: Access::Player,
    },
    Route {
        function: "send_gift_all",
        manager: "friend",
        access: Access::Player,
    },
    Route {
        function: "set_role_family",
        manager: "family",
        access: Access::Player,
    },
    Route {
        function: "update_worker_factory",
        manager: "factory",
        access: Access::Player,
    },
    Route {
        function: "victory",
        manager: "stage",
        access: Access::Player,
    },
];
