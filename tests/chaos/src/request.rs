//! A request of a player: sent again under the same key until somebody says how it ended.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use aliya_runtime::client::Client;
use aliya_runtime::frame::Cipher;
use anyhow::Context;
use serde_json::{Map, Value, json};

use crate::seed::Random;

/// Too many requests, and "Try again": the server says that it does not know.
const UNDECIDED: [i64; 2] = [12, 13];
/// A fault of the server. It decides nothing, and there must be none.
const FAULT: i64 = 15;
/// The same key with other content.
pub const OTHER_CONTENT: i64 = 16;

/// A reply, as it came.
#[derive(Clone, Debug)]
pub struct Reply {
    /// When it came.
    pub at: Instant,
    /// The status.
    pub status: i64,
    /// The whole text.
    pub text: String,
}

/// A request, and what was said to it.
#[derive(Clone, Debug)]
pub struct Request {
    /// Who asks.
    pub player: String,
    /// The function.
    pub function: &'static str,
    /// The key, which is also the arg `op` that ends up in the ledger.
    pub key: String,
    /// What the function is given, without the token.
    pub args: Map<String, Value>,
    /// What is sent, every time the same.
    pub message: String,
    /// When it was sent first.
    pub sent: Instant,
    /// The same, in milliseconds since 1970.
    pub sent_ms: i64,
    /// Whether it was sent on two connections at once.
    pub sent_twice: bool,
    /// Replies that say how the request ended, from the first on.
    pub replies: Vec<Reply>,
    /// Replies with status 15, which no fault outside the processes is a reason for.
    pub faults: Vec<String>,
}

impl Request {
    /// A request with a new key of the form that clients give it: `<unix ms>-<16 hex>`.
    pub fn new(
        player: &Player,
        function: &'static str,
        mut args: Map<String, Value>,
        random: &mut Random,
    ) -> Self {
        let now_ms = aliya_runtime::Time::now().0;
        let key = format!("{now_ms}-{:016x}", random.between(0, u64::MAX - 1));
        args.insert("op".to_owned(), key.clone().into());
        Self::with(player, function, args, key)
    }

    fn with(
        player: &Player,
        function: &'static str,
        args: Map<String, Value>,
        key: String,
    ) -> Self {
        let mut data = args.clone();
        data.insert("token".to_owned(), player.token.clone().into());
        let message = json!({ "function": function, "random": key, "data": data });
        Self {
            player: player.name.clone(),
            function,
            key,
            args,
            message: message.to_string(),
            sent: Instant::now(),
            sent_ms: aliya_runtime::Time::now().0,
            sent_twice: false,
            replies: Vec::new(),
            faults: Vec::new(),
        }
    }

    /// Another request under the key of this one.
    pub fn with_other_content(&self, player: &Player) -> Self {
        let mut args = self.args.clone();
        args.insert("op".to_owned(), format!("other-{}", self.key).into());
        Self::with(player, self.function, args, self.key.clone())
    }

    /// Notes what came back.
    pub fn note(&mut self, text: String) {
        let parsed = serde_json::from_str::<Value>(&text).unwrap_or_default();
        let status = parsed["status"].as_i64().unwrap_or(-1);
        if status == FAULT {
            self.faults.push(text);
        } else if !UNDECIDED.contains(&status) {
            let at = Instant::now();
            self.replies.push(Reply { at, status, text });
        }
    }

    /// The first reply that says how the request ended.
    pub fn decision(&self) -> Option<&Reply> {
        self.replies.first()
    }
}

/// Somebody who has logged in.
#[derive(Clone, Debug)]
pub struct Player {
    /// The unique id.
    pub name: String,
    /// The token.
    pub token: String,
}

impl Player {
    /// Logs in; `None` where there is no answer that says 0 or, of a new account, 1.
    pub async fn login(line: &mut Line, name: &str, key: &str) -> Option<Self> {
        let data = json!({ "unique_id": name });
        let message = json!({ "function": "login_unique", "random": key, "data": data });
        let reply = line.ask(&message.to_string(), LOGIN_TIME).await?;
        let reply: Value = serde_json::from_str(&reply).ok()?;
        let token = reply["data"]["token"].as_str()?;
        Some(Self {
            name: name.to_owned(),
            token: token.to_owned(),
        })
    }
}

/// How long a login may take.
const LOGIN_TIME: Duration = Duration::from_secs(6);

/// A connection to a gateway, made anew when it breaks.
#[derive(Debug)]
pub struct Line {
    gateway: SocketAddr,
    client: Option<Client>,
}

impl Line {
    /// To that gateway; nothing is connected yet.
    pub fn to(gateway: SocketAddr) -> Self {
        Self {
            gateway,
            client: None,
        }
    }

    /// Sends a message and waits for the reply; `None` where none comes within `patience`. Then the
    /// connection is given up, as the reply may yet come on it.
    pub async fn ask(&mut self, message: &str, patience: Duration) -> Option<String> {
        let mut held = self.client.take();
        let asked = async {
            let client = match &mut held {
                Some(client) => client,
                None => {
                    let cipher = Cipher::new(b"67891234", b"67891234")?;
                    held.insert(Client::connect(self.gateway, cipher).await?)
                }
            };
            let reply = client.exchange(message).await.context("no reply")?;
            anyhow::Ok(reply.to_owned())
        };
        let reply = tokio::time::timeout(patience, asked).await.ok()?.ok()?;
        self.client = held;
        Some(reply)
    }
}

/// Sends a request until it is decided or `deadline` has come; waits a little longer each time.
pub async fn decide(request: &mut Request, line: &mut Line, patience: Duration, deadline: Instant) {
    let mut pause = Duration::from_millis(20);
    while request.decision().is_none() && Instant::now() < deadline {
        if let Some(reply) = line.ask(&request.message, patience).await {
            request.note(reply);
        }
        if request.decision().is_none() {
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(Duration::from_millis(500));
        }
    }
}
