//! What the gateway needs of the token server, in this process or elsewhere.

use serde_json::{Map, Value};

use crate::BoxFuture;
use crate::call::Key;
use crate::stop::{Answer, Stop};
use crate::token::{Function, TokenServer, ValidateError};
use crate::types::PlayerId;

/// The token server. `request_id` names the request, for logs.
pub trait Accounts: Send + Sync + 'static {
    /// The player whose token this is; `None` where it is not a live one.
    fn validate<'a>(
        &'a self,
        token: &'a str,
        request_id: &'a str,
    ) -> BoxFuture<'a, Result<Option<PlayerId>, Stop>>;

    /// Runs one of its functions. `args` hold the token where the function needs one; what is
    /// repeated with the same key happens once.
    fn call<'a>(
        &'a self,
        function: Function,
        args: Map<String, Value>,
        key: Option<Key>,
        request_id: &'a str,
    ) -> BoxFuture<'a, Result<Answer, Stop>>;
}

impl Accounts for TokenServer {
    fn validate<'a>(
        &'a self,
        token: &'a str,
        _: &'a str,
    ) -> BoxFuture<'a, Result<Option<PlayerId>, Stop>> {
        let validated = match self.validate(token) {
            Ok(player) => Ok(Some(player)),
            Err(ValidateError::Refused(_)) => Ok(None),
            Err(ValidateError::Unavailable(what)) => Err(Stop::Unavailable(what)),
        };
        Box::pin(std::future::ready(validated))
    }

    fn call<'a>(
        &'a self,
        function: Function,
        args: Map<String, Value>,
        key: Option<Key>,
        _: &'a str,
    ) -> BoxFuture<'a, Result<Answer, Stop>> {
        Box::pin(async move { self.run(function, &args, key).await })
    }
}
