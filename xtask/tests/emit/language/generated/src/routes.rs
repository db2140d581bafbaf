//! The functions that clients may call, by name.
//!
//! Written by `cargo xtask gen` from managers.yaml. Do not edit.

use aliya_runtime::prelude::*;

/// The gateway's routing table.
pub static ROUTES: &[Route] = &[
    Route {
        function: "act_for_oneself",
        manager: "held",
        access: Access::Player,
    },
    Route {
        function: "add_random_prize",
        manager: "luck",
        access: Access::Player,
    },
    Route {
        function: "ask",
        manager: "many",
        access: Access::Player,
    },
    Route {
        function: "bells",
        manager: "events",
        access: Access::Public,
    },
    Route {
        function: "branches",
        manager: "shop",
        access: Access::Player,
    },
    Route {
        function: "build",
        manager: "guild",
        access: Access::Player,
    },
    Route {
        function: "by_label",
        manager: "held",
        access: Access::Player,
    },
    Route {
        function: "calendar",
        manager: "luck",
        access: Access::Player,
    },
    Route {
        function: "call_own",
        manager: "held",
        access: Access::Player,
    },
    Route {
        function: "cap",
        manager: "many",
        access: Access::Player,
    },
    Route {
        function: "compare",
        manager: "many",
        access: Access::Player,
    },
    Route {
        function: "delete_and_save",
        manager: "held",
        access: Access::Player,
    },
    Route {
        function: "delete_held",
        manager: "held",
        access: Access::Player,
    },
    Route {
        function: "delete_other_name",
        manager: "held",
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
        function: "drop_below",
        manager: "many",
        access: Access::Player,
    },
    Route {
        function: "drop_default",
        manager: "many",
        access: Access::Player,
    },
    Route {
        function: "drop_mine",
        manager: "many",
        access: Access::Player,
    },
    Route {
        function: "either",
        manager: "forms",
        access: Access::Player,
    },
    Route {
        function: "enter",
        manager: "balance",
        access: Access::Player,
    },
    Route {
        function: "far",
        manager: "odd",
        access: Access::Player,
    },
    Route {
        function: "far_walk",
        manager: "luck",
        access: Access::Player,
    },
    Route {
        function: "filtered",
        manager: "odd",
        access: Access::Player,
    },
    Route {
        function: "find",
        manager: "shop",
        access: Access::Player,
    },
    Route {
        function: "first_over",
        manager: "many",
        access: Access::Player,
    },
    Route {
        function: "forge",
        manager: "balance",
        access: Access::Player,
    },
    Route {
        function: "gather",
        manager: "book",
        access: Access::Player,
    },
    Route {
        function: "gift",
        manager: "many",
        access: Access::Player,
    },
    Route {
        function: "go",
        manager: "events",
        access: Access::Player,
    },
    Route {
        function: "go_on",
        manager: "events",
        access: Access::Player,
    },
    Route {
        function: "go_round",
        manager: "held",
        access: Access::Player,
    },
    Route {
        function: "go_through",
        manager: "odd",
        access: Access::Player,
    },
    Route {
        function: "hire",
        manager: "balance",
        access: Access::Player,
    },
    Route {
        function: "insert_each_held",
        manager: "held",
        access: Access::Player,
    },
    Route {
        function: "insert_held",
        manager: "held",
        access: Access::Player,
    },
    Route {
        function: "join",
        manager: "guild",
        access: Access::Player,
    },
    Route {
        function: "join_all",
        manager: "guild",
        access: Access::Player,
    },
    Route {
        function: "keep_thing",
        manager: "odd",
        access: Access::Player,
    },
    Route {
        function: "label",
        manager: "odd",
        access: Access::Player,
    },
    Route {
        function: "late",
        manager: "shop",
        access: Access::Player,
    },
    Route {
        function: "leap",
        manager: "events",
        access: Access::Player,
    },
    Route {
        function: "leave",
        manager: "guild",
        access: Access::Player,
    },
    Route {
        function: "loops",
        manager: "many",
        access: Access::Player,
    },
    Route {
        function: "luck",
        manager: "odd",
        access: Access::Player,
    },
    Route {
        function: "make_prize",
        manager: "book",
        access: Access::Player,
    },
    Route {
        function: "measure",
        manager: "many",
        access: Access::Player,
    },
    Route {
        function: "members",
        manager: "guild",
        access: Access::Player,
    },
    Route {
        function: "move",
        manager: "guild",
        access: Access::Player,
    },
    Route {
        function: "my_arrival",
        manager: "events",
        access: Access::Player,
    },
    Route {
        function: "my_prize",
        manager: "luck",
        access: Access::Player,
    },
    Route {
        function: "my_walk",
        manager: "events",
        access: Access::Player,
    },
    Route {
        function: "nest",
        manager: "shop",
        access: Access::Player,
    },
    Route {
        function: "never",
        manager: "odd",
        access: Access::Player,
    },
    Route {
        function: "new_flask",
        manager: "held",
        access: Access::Player,
    },
    Route {
        function: "notes",
        manager: "many",
        access: Access::Player,
    },
    Route {
        function: "number_rows",
        manager: "odd",
        access: Access::Player,
    },
    Route {
        function: "numbers",
        manager: "forms",
        access: Access::Player,
    },
    Route {
        function: "page",
        manager: "held",
        access: Access::Player,
    },
    Route {
        function: "passes",
        manager: "forms",
        access: Access::Player,
    },
    Route {
        function: "peek",
        manager: "balance",
        access: Access::Player,
    },
    Route {
        function: "pieces",
        manager: "forms",
        access: Access::Player,
    },
    Route {
        function: "pots",
        manager: "held",
        access: Access::Player,
    },
    Route {
        function: "pour",
        manager: "shared",
        access: Access::Player,
    },
    Route {
        function: "pour_either",
        manager: "shared",
        access: Access::Player,
    },
    Route {
        function: "pour_on",
        manager: "shared",
        access: Access::Player,
    },
    Route {
        function: "pour_over",
        manager: "held",
        access: Access::Player,
    },
    Route {
        function: "pour_twice",
        manager: "shared",
        access: Access::Player,
    },
    Route {
        function: "put_score",
        manager: "many",
        access: Access::Player,
    },
    Route {
        function: "put_thing",
        manager: "odd",
        access: Access::Player,
    },
    Route {
        function: "raise",
        manager: "many",
        access: Access::Player,
    },
    Route {
        function: "ranked",
        manager: "forms",
        access: Access::Player,
    },
    Route {
        function: "reach",
        manager: "book",
        access: Access::Public,
    },
    Route {
        function: "read",
        manager: "balance",
        access: Access::Player,
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
        function: "reckon",
        manager: "balance",
        access: Access::Player,
    },
    Route {
        function: "rename",
        manager: "guild",
        access: Access::Player,
    },
    Route {
        function: "roll",
        manager: "luck",
        access: Access::Player,
    },
    Route {
        function: "scores",
        manager: "many",
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
        function: "set_gate",
        manager: "events",
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
        function: "take_apart",
        manager: "odd",
        access: Access::Player,
    },
    Route {
        function: "take_ticket",
        manager: "odd",
        access: Access::Player,
    },
    Route {
        function: "tally",
        manager: "tally",
        access: Access::Player,
    },
    Route {
        function: "tally_two",
        manager: "tally",
        access: Access::Player,
    },
    Route {
        function: "tear_down",
        manager: "guild",
        access: Access::Player,
    },
    Route {
        function: "texts",
        manager: "many",
        access: Access::Public,
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
        function: "twice",
        manager: "balance",
        access: Access::Player,
    },
    Route {
        function: "update_held",
        manager: "held",
        access: Access::Player,
    },
    Route {
        function: "write_chapter",
        manager: "book",
        access: Access::Player,
    },
    Route {
        function: "write_notes",
        manager: "many",
        access: Access::Player,
    },
    Route {
        function: "write_quietly",
        manager: "many",
        access: Access::Player,
    },
];
