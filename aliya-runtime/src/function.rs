//! What generated code tells the runtime about a game: its managers, functions and routes.

use std::any::Any;

use serde_json::{Map, Value};

use crate::config::Config;
use crate::runs::Runs;
use crate::stop::{Answer, Failure, Stop};
use crate::wire::{Args, Incoming, Outgoing, Reply};
use crate::{BoxFuture, Cx, db};

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

    /// The histories of all tables that its programs use: those of its managers, of the runtime and of
    /// the token server.
    pub fn histories(&self) -> Vec<&'static db::migrate::History> {
        let own = self
            .managers
            .iter()
            .filter_map(|manager| manager.migrations);
        let runtime = crate::group::HISTORIES.into_iter();
        runtime.chain(own).chain(crate::token::HISTORIES).collect()
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
    /// When the server runs it by itself: then no client may call it.
    pub runs: Option<Runs>,
    /// Decodes and checks the args, and returns what can be run, any number of times.
    pub prepare: Prepare,
}

/// Decodes and checks args: see [`FunctionInfo::prepare`].
pub type Prepare = fn(&Map<String, Value>) -> Result<Box<dyn Prepared>, Stop>;

/// A function with its args, ready to run; it may run several times (see [`crate::cx`]).
/// `#[manager]` implements it for the struct of a function's args.
pub trait Prepared: Send + Sync {
    /// Runs it over `cx`.
    fn run<'a>(&'a self, cx: &'a mut Cx<'_>) -> BoxFuture<'a, Result<Returned, Stop>>;
}

/// A function that other functions call, with its types: made by `#[manager]`.
pub trait Callable: 'static {
    /// What the runtime knows of it.
    const INFO: &'static FunctionInfo;
    /// Its args.
    type Args: Outgoing + Prepared;
    /// Its reply's data.
    type Reply: Incoming;
}

/// What [`FunctionInfo::prepare`] holds of a function with these args.
pub fn prepare<A: Args + Prepared>(data: &Map<String, Value>) -> Result<Box<dyn Prepared>, Stop> {
    // Compiled for each function of a game: a `match` makes less code than `?` or `map`.
    match A::decode(data) {
        Ok(args) => Ok(Box::new(args)),
        Err(stop) => Err(stop),
    }
}

/// What a function returns: its reply's data, under `success` or a declared outcome.
///
/// Functions return it with data of any type, so that all of them have the one type of future, and
/// what waits for them is compiled once; [`Called::data`](crate::cx::Called::data) gives it the
/// type that the function has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Returned<R = Box<dyn Reply>> {
    /// 0, or the outcome's status.
    pub status: i64,
    /// `success`, or the outcome's message.
    pub message: &'static str,
    /// The reply's data.
    pub data: R,
}

impl<R> Returned<R> {
    /// Status 0.
    pub fn success(data: R) -> Self {
        Self {
            status: 0,
            message: "success",
            data,
        }
    }

    /// One of the function's outcomes.
    pub fn outcome(status: i64, message: &'static str, data: R) -> Self {
        Self {
            status,
            message,
            data,
        }
    }
}

impl<R: Reply> Returned<R> {
    /// The same with data of any type.
    pub fn boxed(self) -> Returned {
        Returned {
            status: self.status,
            message: self.message,
            data: Box::new(self.data),
        }
    }
}

impl Returned {
    /// The data as the type that the function has; a fault where it is of another one.
    pub fn data<R: Reply>(&self) -> Result<&R, Stop> {
        let data: &dyn Any = &*self.data;
        data.downcast_ref().ok_or_else(other_reply)
    }

    /// The data itself.
    pub(crate) fn into_data<R: Reply>(self) -> Result<R, Stop> {
        let data: Box<dyn Any> = self.data;
        match data.downcast() {
            Ok(data) => Ok(*data),
            Err(_) => Err(other_reply()),
        }
    }

    /// What a client or another process gets.
    pub(crate) fn into_answer(self) -> Answer {
        let mut data = String::with_capacity(64);
        self.data.encode(&mut data);
        Answer {
            status: self.status,
            message: self.message.into(),
            data,
        }
    }
}

#[cold]
fn other_reply() -> Stop {
    Stop::fault("the function's reply is not of the type that it declares")
}

/// Has the type that functions return: what `#[manager]` makes of them names it by this.
#[doc(hidden)]
#[cold]
pub fn nothing() -> Result<Returned, Stop> {
    Err(Stop::fault("a function returned before its first step"))
}

/// Ends a function with a declared error, where an expression is wanted.
pub fn fail<T>(failure: Failure) -> Result<T, Stop> {
    Err(Stop::Failed(failure))
}
