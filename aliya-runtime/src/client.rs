//! A client of the gateway: what `aliya call`, the tests and the load generator use.

use std::net::SocketAddr;

use serde_json::{Map, Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::frame::{self, Cipher, Frames};
use crate::types::Time;

/// One connection to a gateway. Requests go one after the other.
#[derive(Debug)]
pub struct Client {
    stream: TcpStream,
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
        let request = json!({ "function": function, "random": random_key(), "data": data });
        self.exchange(&request.to_string()).await
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

/// A key that no other request has: `<unix ms>-<16 hex digits>`, the form that the client protocol
/// gives to our own clients.
pub fn random_key() -> String {
    let random = getrandom::u64().unwrap_or_default();
    format!("{}-{random:016x}", Time::now().0)
}
