//! What is asked while a process crashes: a function of each shape.

use serde_json::{Map, Value, json};

/// A request, and how it ends whatever crashes.
#[derive(Debug)]
pub struct Deed {
    /// The shape of the function.
    pub shape: &'static str,
    /// The function.
    pub function: &'static str,
    /// Its args, beside `op`.
    args: &'static [(&'static str, bool)],
    /// How often the player trains before.
    pub trainings: usize,
    /// Whether the player trains between the look of the function and its commit.
    pub stale: bool,
    /// The status of its reply.
    pub status: i64,
    /// The processes that crash, each with the number of places that it passes at least.
    pub processes: &'static [(&'static str, usize)],
}

/// A function that succeeds, and needs nothing before it.
const PLAIN: Deed = Deed {
    shape: "",
    function: "",
    args: &[],
    trainings: 0,
    stale: false,
    status: 0,
    processes: &[],
};

/// All of them. The first process is the caller of the others.
pub const DEEDS: &[Deed] = &[
    Deed {
        shape: "local",
        function: "note",
        processes: &[("gateway-1", 4), ("things-1", 4)],
        ..PLAIN
    },
    Deed {
        shape: "take",
        function: "take",
        processes: &[("gateway-1", 4), ("weapon-1", 12), ("things-1", 8)],
        ..PLAIN
    },
    Deed {
        shape: "take, take",
        function: "temper",
        args: &[("careful", true)],
        processes: &[("weapon-1", 16), ("things-1", 12)],
        ..PLAIN
    },
    Deed {
        shape: "take, take, undo",
        function: "temper",
        args: &[("careful", false)],
        // The weapon breaks at every fifth level.
        trainings: 4,
        status: 4,
        processes: &[("weapon-1", 18), ("things-1", 16)],
        ..PLAIN
    },
    Deed {
        shape: "write, give",
        function: "hunt",
        processes: &[("weapon-1", 14), ("things-1", 16)],
        ..PLAIN
    },
    Deed {
        shape: "write, give, reply",
        function: "find",
        processes: &[("weapon-1", 12), ("things-1", 8)],
        ..PLAIN
    },
    Deed {
        shape: "write, give back",
        function: "smelt",
        processes: &[("things-1", 8), ("weapon-1", 4)],
        ..PLAIN
    },
    Deed {
        shape: "ask, take",
        function: "wish",
        processes: &[("weapon-1", 14), ("things-1", 10)],
        ..PLAIN
    },
    Deed {
        shape: "last take",
        function: "burn",
        processes: &[("weapon-1", 12), ("things-1", 8)],
        ..PLAIN
    },
    Deed {
        shape: "stale, again",
        function: "take",
        stale: true,
        processes: &[("weapon-1", 26), ("things-1", 16)],
        ..PLAIN
    },
];

impl Deed {
    /// The args, beside `op`.
    pub fn args(&self) -> Map<String, Value> {
        let args = self.args.iter();
        args.map(|(name, value)| ((*name).to_owned(), json!(value)))
            .collect()
    }
}
