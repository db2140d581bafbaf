//! The operator, who asks managers past all proxies. Each call is a connection of its own, and takes a
//! millisecond or two, where the command line takes a process for each.

use std::collections::BTreeMap;
use std::fmt;
use std::net::SocketAddr;
use std::time::Duration;

use aliya_runtime::Time;
use aliya_runtime::call::{Act, Key, Request};
use aliya_runtime::credential::{Claims, Credentials, Issuer};
use aliya_runtime::secrets::Secret;
use anyhow::{Context, Result, ensure};
use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// How long a reply may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// The operator of a game.
pub struct Operator {
    /// Where each manager listens.
    addresses: BTreeMap<&'static str, SocketAddr>,
    credentials: Credentials,
}

impl Operator {
    /// The operator of a game whose processes share that internal secret.
    pub fn new(addresses: BTreeMap<&'static str, SocketAddr>, secret: &str) -> Result<Self> {
        Ok(Self {
            addresses,
            credentials: Credentials::new(&Secret::new(secret)?, &Issuer::Operator),
        })
    }

    /// Calls a function of a manager, which must succeed; returns the `data` of the reply.
    pub async fn call(&self, manager: &str, function: &str, args: Value) -> Result<Value> {
        let asked = tokio::time::timeout(PATIENCE, self.asked(manager, function, args.to_string()));
        let what = || format!("{manager}.{function}");
        let mut reply = asked.await.with_context(what)?.with_context(what)?;
        ensure!(reply["status"] == 0, "{manager}.{function}: {reply}");
        Ok(reply["data"].take())
    }

    async fn asked(&self, manager: &str, function: &str, body: String) -> Result<Value> {
        let address = self.addresses.get(manager).context("nobody hosts it")?;
        let key = Key::fresh('o');
        let claims = Claims {
            audience: manager,
            function,
            act: Act::Call,
            key: &key,
            request: &Request::new(Time::now(), "operator"),
        };
        let credential = self.credentials.sign(claims, body.as_bytes());
        let request = format!(
            "POST /{function} HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {credential}\r\n\
             content-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
            body.len()
        );
        let mut stream = TcpStream::connect(address).await?;
        stream.write_all(request.as_bytes()).await?;
        let mut reply = String::new();
        stream.read_to_string(&mut reply).await?;
        let body = reply.split_once("\r\n\r\n").context("no whole reply")?.1;
        serde_json::from_str(body).with_context(|| reply.clone())
    }
}

impl fmt::Debug for Operator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let addresses = &self.addresses;
        write!(f, "Operator({addresses:?})")
    }
}
