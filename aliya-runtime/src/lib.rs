//! What every Aliya game shares: the client protocol, the gateway, the token server, the manager
//! servers, the database, and the seam ([`Cx`]) over which generated functions run.

#![forbid(unsafe_op_in_unsafe_fn)]

// Derives of aliya-macros name this crate by its public path, also where the crate uses them itself.
extern crate self as aliya_runtime;

pub mod allow;
pub mod call;
pub mod client;
pub mod clock;
pub mod columns;
pub mod config;
mod crash;
pub mod credential;
pub mod cx;
pub mod db;
mod deadline;
pub mod dispatch;
pub mod envelope;
pub mod frame;
pub mod function;
pub mod gateway;
pub mod group;
mod key;
pub mod manager_server;
pub mod native;
pub mod newcomers;
mod op;
pub mod ops;
mod panics;
pub mod peers;
pub mod prelude;
mod program;
pub mod random;
pub mod rate_limit;
pub mod runs;
pub mod schedule;
pub mod secrets;
pub mod settings;
pub mod shutdown;
pub mod stop;
pub mod time_zone;
pub mod token;
mod told;
pub mod types;
pub mod wire;

pub use cx::Cx;
pub use function::{Access, FunctionInfo, Game, Manager, Returned, Route};
pub use program::main;
pub use stop::{Answer, Failure, Stop};
pub use types::{Id, PlayerId, Time};
pub use wire::Callee;

/// The histories of a database that has everything: the tables of all managers, of the token server
/// and of the runtime.
pub fn histories(game: &'static Game) -> Vec<&'static db::migrate::History> {
    let managers = game.managers.iter();
    let managers = managers.filter_map(|manager| manager.migrations);
    let own = group::HISTORIES.into_iter().chain(token::HISTORIES);
    db::migrate::distinct(managers.chain(own))
}

/// A boxed future, as function tables and jobs need it.
pub type BoxFuture<'a, T> = std::pin::Pin<Box<dyn Future<Output = T> + Send + 'a>>;
