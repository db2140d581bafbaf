//! The services that call others, and what each of them may ask of which function.

use std::fmt;

use crate::call::Act;
use crate::function::{Access, FunctionInfo};
use crate::runs::Runs;

/// A service that calls others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Issuer {
    /// A gateway, for its clients.
    Gateway,
    /// The operator, with `aliya admin`.
    Operator,
    /// The token server.
    Token,
    /// The manager of that name.
    Manager(String),
}

impl Issuer {
    /// Whether functions of that access are open to it. The token server has none of its own: see
    /// [`Issuer::may_run`].
    pub fn may_call(&self, access: Access) -> bool {
        match self {
            Self::Operator => true,
            Self::Gateway => matches!(access, Access::Player | Access::Public),
            Self::Manager(_) => access != Access::Admin,
            Self::Token => false,
        }
    }

    /// Whether it may call this function: the token server those that run for its new players, which
    /// no manager calls.
    pub fn may_run(&self, function: &FunctionInfo) -> bool {
        let for_new_players = function.runs == Some(Runs::PlayerCreated);
        match self {
            Self::Token => for_new_players,
            Self::Manager(_) if for_new_players => false,
            _ => self.may_call(function.access),
        }
    }

    /// Whether it may ask that of this function. A call that must not fail, and one that is taken
    /// back, are parts of another function, which a manager runs, or of a new account. A take that no
    /// function takes back is kept from happening by an undo, where it has not happened.
    pub fn may_ask(&self, act: Act, function: &FunctionInfo) -> bool {
        let is_take = function.undone_by.is_some() || (function.writes && function.fails);
        let may_act = match act {
            Act::Call => true,
            Act::Give => matches!(self, Self::Manager(_) | Self::Token),
            Act::Undo => matches!(self, Self::Manager(_)) && is_take,
        };
        may_act && self.may_run(function)
    }

    /// From the text in `iss`; managers have a prefix, so none can be named like another service.
    pub(super) fn parse(text: &str) -> Option<Self> {
        match text {
            "gateway" => Some(Self::Gateway),
            "operator" => Some(Self::Operator),
            "token" => Some(Self::Token),
            other => match other.strip_prefix("manager:") {
                None | Some("") => None,
                Some(name) => Some(Self::Manager(name.to_owned())),
            },
        }
    }
}

impl fmt::Display for Issuer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Gateway => f.write_str("gateway"),
            Self::Operator => f.write_str("operator"),
            Self::Token => f.write_str("token"),
            Self::Manager(name) => write!(f, "manager:{name}"),
        }
    }
}

#[cfg(test)]
#[path = "issuer_tests.rs"]
mod tests;
