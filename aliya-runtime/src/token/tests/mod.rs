//! Tests of the token server over a real database.

mod bind;
mod kept;
mod keyed;
mod login;
mod sessions;

use std::path::Path;

use serde_json::json;

use super::*;
use crate::db::{DatabaseUrl, Options};
use crate::newcomers::NoNewcomers;

/// A token server over the database in a folder.
pub(super) struct World {
    pub(super) server: Arc<TokenServer>,
}

impl World {
    pub(super) async fn open(folder: &Path) -> Self {
        Self::open_with(folder, "s", &Settings::default()).await
    }

    async fn open_with(folder: &Path, secret: &str, settings: &Settings) -> Self {
        let url = DatabaseUrl::sqlite(folder.join("token.db"));
        let db = Db::open(&url, Options::default()).await.unwrap();
        Self::open_over(db, secret, settings).await
    }

    async fn open_over(db: Db, secret: &str, settings: &Settings) -> Self {
        let secret = Secret::new(&secret.repeat(32)).unwrap();
        let server = TokenServer::start(db, &secret, settings, Arc::new(NoNewcomers))
            .await
            .unwrap();
        Self { server }
    }

    /// Ends this server and opens another over the same database.
    async fn restart(self, folder: &Path) -> Self {
        self.server.db.close().await.unwrap();
        Self::open(folder).await
    }

    /// Calls a function: status, message and data, as a client sees them.
    pub(super) async fn call(&self, function: &str, data: Value) -> (i64, String, Value) {
        self.call_keyed(function, data, None).await
    }

    /// The same with a key.
    async fn call_keyed(
        &self,
        function: &str,
        data: Value,
        key: Option<Key>,
    ) -> (i64, String, Value) {
        let function = Function::named(function).unwrap();
        let data = data.as_object().unwrap();
        let answered = self.server.run(function, data, key).await;
        let answer = answered.unwrap_or_else(|stop| stop.into_answer("r1"));
        let data = serde_json::from_str(&answer.data).unwrap();
        (answer.status, answer.message.into_owned(), data)
    }

    /// Logs in and returns the token.
    pub(super) async fn token(&self, player: &str) -> String {
        let (status, message, data) = self
            .call("login_unique", json!({"unique_id": player}))
            .await;
        assert!(status == 0 || status == 1, "{status} {message} {data}");
        data["token"].as_str().unwrap().to_owned()
    }

    fn validate(&self, token: &str) -> Result<String, ValidateError> {
        self.server.validate(token).map(|player| player.to_string())
    }
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

const ENDED: Result<String, ValidateError> = Err(ValidateError::Refused(Refusal::Ended));

fn binding(token: &str, account: &str) -> Value {
    json!({"token": token, "account": account, "password": "secret"})
}

fn credentials(identifier: &str, value: &str, password: &str) -> Value {
    json!({"identifier": identifier, "value": value, "password": password})
}
