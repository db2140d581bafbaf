//! The old client's way to talk: header and body in two writes, one read each for the reply's header
//! and body, and a connection for every request. It can do with no less and no more.

use std::net::SocketAddr;
use std::time::Duration;

use aliya_runtime::frame::{self, Cipher, HEADER_LEN};
use anyhow::{Context, Result};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::object;

/// Sends one framed request and reads its reply.
pub async fn exchange(gateway: SocketAddr, framed: &[u8]) -> Result<Value> {
    let answered = tokio::time::timeout(Duration::from_secs(30), send(gateway, framed));
    answered.await.context("no answer in time")?
}

async fn send(gateway: SocketAddr, framed: &[u8]) -> Result<Value> {
    let mut stream = TcpStream::connect(gateway).await?;
    stream.set_nodelay(true)?;
    let (header, body) = framed.split_at(HEADER_LEN);
    stream.write_all(header).await?;
    stream.write_all(body).await?;
    let mut header = [0; HEADER_LEN];
    let read = stream.read(&mut header).await?;
    anyhow::ensure!(
        read == HEADER_LEN,
        "one read gave {read} bytes of the header"
    );
    anyhow::ensure!(header.starts_with(b"e3cb970693574ea75d091a6049f8a3ff"));
    let length: usize = std::str::from_utf8(&header[32..])?.parse()?;
    let mut body = vec![0; length];
    let read = stream.read(&mut body).await?;
    anyhow::ensure!(
        read == length,
        "one read gave {read} of {length} bytes of the body"
    );
    let mut buffer = Vec::new();
    let text = frame::decode(&body, &cipher()?, &mut buffer);
    Ok(serde_json::from_str(text.ok().context("undecodable")?)?)
}

/// Frames a message as the old client's code does.
pub fn framed(message: &Value) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    frame::encode(&message.to_string(), &cipher()?, &mut out).context("the message fits")?;
    Ok(out)
}

fn cipher() -> Result<Cipher> {
    Ok(Cipher::new(b"67891234", b"67891234")?)
}

/// A player with the old client, who has logged in. Clones are the same player on other connections.
#[derive(Clone)]
pub struct OldClient {
    gateway: SocketAddr,
    /// The token of the login.
    pub token: String,
}

impl OldClient {
    /// Logs in by a unique id; the account is made where it is new.
    pub async fn login(gateway: SocketAddr, unique_id: &str) -> Result<Self> {
        let request = json!({
            "function": "login_unique", "random": "253", "data": { "unique_id": unique_id }
        });
        let reply = exchange(gateway, &framed(&request)?).await?;
        let token = reply["data"]["token"].as_str();
        let token = token.with_context(|| format!("no token: {reply}"))?;
        Ok(Self {
            gateway,
            token: token.to_owned(),
        })
    }

    /// Calls a function with the player's token, and the one `random` that old clients ever send.
    pub async fn call(&self, function: &str, args: Value) -> Result<Value> {
        let mut data = object(args);
        data.insert("token".to_owned(), Value::from(self.token.clone()));
        let request = json!({ "function": function, "random": "-906", "data": data });
        let mut reply = exchange(self.gateway, &framed(&request)?).await?;
        let random = reply.as_object_mut().and_then(|it| it.remove("random"));
        anyhow::ensure!(random == Some(json!("-906")), "{random:?} in {reply}");
        Ok(reply)
    }

    /// Makes the same call twenty times at once, on a connection each; returns the replies.
    pub async fn twenty_calls(&self, function: &str, args: Value) -> Result<Vec<Value>> {
        let calls = (0..20).map(|_| {
            let (client, function, args) = (self.clone(), function.to_owned(), args.clone());
            tokio::spawn(async move { client.call(&function, args).await })
        });
        let calls: Vec<_> = calls.collect();
        let mut replies = Vec::new();
        for call in calls {
            replies.push(call.await??);
        }
        Ok(replies)
    }
}

/// How many of the replies have that status.
pub fn count_of(status: i64, replies: &[Value]) -> usize {
    let has = |reply: &&Value| reply["status"] == status;
    replies.iter().filter(has).count()
}
