//! What a client's request asks for, by the function's name.

use crate::function::{Access, FunctionInfo, Game};
use crate::token;

/// Something that clients may call.
#[derive(Clone, Copy, Debug)]
pub(super) enum Target {
    /// A function of the token server.
    Account(token::Function),
    /// A function of a manager.
    Game(&'static FunctionInfo),
}

impl Target {
    /// What clients know by that name. `None` for functions of other services, too, so that nobody
    /// learns their names.
    pub(super) fn find(game: &Game, name: &str) -> Option<Self> {
        if let Some(function) = token::Function::named(name) {
            return Some(Self::Account(function));
        }
        let route = game.route(name)?;
        let function = game.manager(route.manager)?.function(route.function)?;
        let open = matches!(function.access, Access::Player | Access::Public);
        open.then_some(Self::Game(function))
    }

    /// Whether a token must come with it.
    pub(super) fn needs_token(self) -> bool {
        match self {
            Self::Account(function) => function == token::Function::BindAccount,
            Self::Game(function) => function.access == Access::Player,
        }
    }
}
