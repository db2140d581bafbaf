//! A client of the gateway: what `aliya call`, the tests and the load generator use.

use std::io::ErrorKind;
use std::net::SocketAddr;
use std::time::Duration;

use serde_json::{Map, Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout_at};

use crate::frame::{self, Cipher, Frames};
use crate::stop::status;
use crate::types::Time;

/// How often a connection may break in a row before a request is given up: a gateway that cannot
/// decode it closes each.
const BROKEN_MAX: u32 = 3;

/// The first pause before a request is sent again; twice as long each time.
const FIRST_PAUSE: Duration = Duration::from_millis(50);

/// The longest such pause.
const LONGEST_PAUSE: Duration = Duration::from_secs(1);

/// One connection to a gateway. Requests go one after the other.
#[derive(Debug)]
pub struct Client {
    stream: TcpStream,
    address: SocketAddr,
    cipher: Cipher,
    frames: Frames,
    out: Vec<u8>,
    text: Vec<u8>,
}

/// Why a request has no reply.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ClientError {
    /// The connection could not be made, or broke.
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// The request does not fit a frame.
    #[error("the request has more than {} bytes of JSON", frame::MAX_JSON)]
    TooLong,
    /// The gateway closed the connection: it could not decode the request (its keys may differ), has
    /// too many connections, or is stopping.
    #[error("the gateway closed the connection without a reply (do the DES key and IV agree?)")]
    Closed,
    /// What came back is no frame, or its body cannot be decoded.
    #[error("the reply cannot be decoded (do the DES key and IV agree?)")]
    Undecodable,
    /// What came back is not JSON.
    #[error("the reply is not JSON: {0}")]
    NotJson(#[from] serde_json::Error),
}

impl Client {
    /// Connects to the gateway at `address`.
    pub async fn connect(address: SocketAddr, cipher: Cipher) -> Result<Self, ClientError> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream,
            address,
            cipher,
            frames: Frames::new(),
            out: Vec::new(),
            text: Vec::new(),
        })
    }

    /// Calls `function` with a `random` of its own, and returns the whole reply: `status`,
    /// `message`, `random`, `data`.
    pub async fn call(
        &mut self,
        function: &str,
        data: Map<String, Value>,
    ) -> Result<Value, ClientError> {
        let reply = self.call_text(function, data).await?;
        Ok(serde_json::from_str(reply)?)
    }

    /// As [`Client::call`]; returns the reply's text as it came.
    pub async fn call_text(
        &mut self,
        function: &str,
        data: Map<String, Value>,
    ) -> Result<&str, ClientError> {
        self.exchange(&message(function, &random_key(), data)).await
    }

    /// As [`Client::call`], until there is an answer: where the connection breaks, or the answer is
    /// to try again, the same request is sent again with the same `random`, so that it takes effect
    /// once, however often it is sent. Sends it again for as long as `patience`, and returns the text
    /// of what came last.
    pub async fn call_until_answered(
        &mut self,
        function: &str,
        data: Map<String, Value>,
        patience: Duration,
    ) -> Result<String, ClientError> {
        let message = message(function, &random_key(), data);
        let until = Instant::now() + patience;
        let (mut pause, mut broken) = (FIRST_PAUSE, 0);
        loop {
            let exchanged = timeout_at(until, self.exchange(&message)).await;
            let reply = match exchanged.unwrap_or_else(|_| Err(too_late())) {
                Ok(reply) => Ok(reply.to_owned()),
                Err(error @ (ClientError::Io(_) | ClientError::Closed)) => Err(error),
                Err(error) => return Err(error),
            };
            broken = if reply.is_err() { broken + 1 } else { 0 };
            let again = match &reply {
                Ok(reply) => asks_again(reply)?,
                Err(_) => broken < BROKEN_MAX,
            };
            if !again || Instant::now() + pause >= until {
                return reply;
            }
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(LONGEST_PAUSE);
            if broken > 0 {
                self.reconnect(until).await?;
            }
        }
    }

    /// Makes the connection anew, however often that takes until then.
    async fn reconnect(&mut self, until: Instant) -> Result<(), ClientError> {
        loop {
            let connected = timeout_at(until, Self::connect(self.address, self.cipher.clone()));
            match connected.await.unwrap_or_else(|_| Err(too_late())) {
                Ok(client) => {
                    *self = client;
                    return Ok(());
                }
                Err(error) if Instant::now() + LONGEST_PAUSE >= until => return Err(error),
                Err(_) => tokio::time::sleep(LONGEST_PAUSE).await,
            }
        }
    }

    /// Sends one message, whatever it holds, and returns the text of the reply.
    pub async fn exchange(&mut self, message: &str) -> Result<&str, ClientError> {
        self.out.clear();
        frame::encode(message, &self.cipher, &mut self.out).map_err(|_| ClientError::TooLong)?;
        self.stream.write_all(&self.out).await?;
        loop {
            let body = self.frames.next_body();
            if let Some(body) = body.map_err(|_| ClientError::Undecodable)? {
                let text = frame::decode(body, &self.cipher, &mut self.text);
                return text.map_err(|_| ClientError::Undecodable);
            }
            if self.stream.read_buf(self.frames.room()).await? == 0 {
                return Err(ClientError::Closed);
            }
        }
    }
}

fn too_late() -> ClientError {
    ClientError::Io(ErrorKind::TimedOut.into())
}

/// Whether a reply asks to send the request again.
fn asks_again(reply: &str) -> Result<bool, ClientError> {
    let reply: Value = serde_json::from_str(reply)?;
    let found = &reply["status"];
    Ok(found == status::TRY_AGAIN || found.as_str() == Some("13"))
}

fn message(function: &str, random: &str, data: Map<String, Value>) -> String {
    json!({ "function": function, "random": random, "data": data }).to_string()
}

/// A key that no other request has: `<unix ms>-<16 hex digits>`, the form that the client protocol
/// gives to our own clients.
pub fn random_key() -> String {
    let random = getrandom::u64().unwrap_or_default();
    format!("{}-{random:016x}", Time::now().0)
}
