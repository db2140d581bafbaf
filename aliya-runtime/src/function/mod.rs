//! What generated code tells the runtime about a game: its managers, functions and routes.

mod returned;
mod steps;

use crate::config::Config;
use crate::db;
use crate::runs::Runs;

pub use self::returned::{Returned, fail, nothing};
pub(crate) use self::steps::Prepared;
pub use self::steps::{AnyArgs, Running, Steps, StepsOf};

/// Who may call a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Clients with a valid token.
    Player,
    /// Clients, without a token.
    Public,
    /// Managers only.
    Internal,
    /// The operator only.
    Admin,
}

/// A game: what `generated::GAME` is.
#[derive(Debug)]
pub struct Game {
    /// The game's name.
    pub name: &'static str,
    /// The IANA name of its time zone, in which days begin.
    pub time_zone: &'static str,
    /// Its managers, sorted by name.
    pub managers: &'static [&'static Manager],
    /// The functions that clients may call, sorted by name: the gateway's routing table.
    pub routes: &'static [Route],
    /// Its balance tables, if it has any.
    pub config: Option<&'static Config>,
}

impl Game {
    /// The manager of that name.
    pub fn manager(&self, name: &str) -> Option<&'static Manager> {
        let at = self.managers.binary_search_by(|m| m.name.cmp(name));
        at.ok().and_then(|at| self.managers.get(at)).copied()
    }

    /// The functions that run for each new player, in the order in which they do: by their managers'
    /// names, then as they are declared.
    pub fn on_player_created(&self) -> impl Iterator<Item = &'static FunctionInfo> + use<> {
        let functions = self.managers.iter().flat_map(|manager| manager.functions);
        let functions = functions.copied();
        functions.filter(|function| function.runs == Some(Runs::PlayerCreated))
    }

    /// Where a client's request of that name goes; `None` where clients may call no such function.
    pub fn route(&self, function: &str) -> Option<&'static Route> {
        let at = self.routes.binary_search_by(|r| r.function.cmp(function));
        at.ok().and_then(|at| self.routes.get(at))
    }
}

/// One row of the gateway's routing table.
#[derive(Debug)]
pub struct Route {
    /// The function's public name.
    pub function: &'static str,
    /// The manager that has it.
    pub manager: &'static str,
    /// [`Access::Player`] or [`Access::Public`].
    pub access: Access,
}

/// A manager: made by `#[manager]`.
#[derive(Debug)]
pub struct Manager {
    /// The manager's name.
    pub name: &'static str,
    /// The HTTP port it listens on, before `--port-offset`.
    pub port: u16,
    /// Its functions, in the order of their declaration.
    pub functions: &'static [&'static FunctionInfo],
    /// The statements that make its tables, one a table or index, each to run once.
    pub schema: &'static [&'static db::Statement],
    /// How its tables came to be; `None` of a game without migrations, whose tables never change.
    pub migrations: Option<&'static db::migrate::History>,
}

impl Manager {
    /// The function of that name.
    pub fn function(&self, name: &str) -> Option<&'static FunctionInfo> {
        self.functions.iter().copied().find(|f| f.name == name)
    }
}

/// What the runtime knows of a function.
#[derive(Debug)]
pub struct FunctionInfo {
    /// The name: what clients send, and the path of its HTTP endpoint.
    pub name: &'static str,
    /// The manager that has it.
    pub manager: &'static str,
    /// Who may call it.
    pub access: Access,
    /// Whether it, or anything that it calls, writes.
    pub writes: bool,
    /// Whether it is one query at most, with all that it calls: then it sees one state of the database
    /// without a transaction around it.
    pub one_query: bool,
    /// The other managers that it reaches through calls, directly or not.
    pub reaches: &'static [&'static str],
    /// The statuses beside 0 with which it succeeds.
    pub outcomes: &'static [i64],
    /// Whether it may end with a declared error, the built-in `invalid` among them, or refuse a row that
    /// is there already.
    pub fails: bool,
    /// The function of the same manager that takes its effects back.
    pub undone_by: Option<&'static str>,
    /// A hash of what the function means, in 16 hexadecimal digits: its args, steps and all that they use,
    /// the functions that it calls included. Empty for a function that no generator wrote.
    pub declaration: &'static str,
    /// When the server runs it by itself: then no client may call it.
    pub runs: Option<Runs>,
    /// What it does: [`StepsOf`] its args.
    pub steps: &'static dyn Steps,
}

impl FunctionInfo {
    /// Whether a reply of that status is a success: 0, or one of its outcomes.
    pub(crate) fn succeeds_with(&self, status: i64) -> bool {
        status == 0 || self.outcomes.contains(&status)
    }
}
