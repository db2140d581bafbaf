//! A connection to a manager over which a test sends requests byte by byte.

use anyhow::{Context, Result};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

/// An open connection to an HTTP server.
pub struct Posting(BufReader<TcpStream>);

impl Posting {
    /// Connects to a server by its URL.
    pub async fn to(url: &str) -> Result<Self> {
        let address = url.strip_prefix("http://").context("a URL")?;
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self(BufReader::new(stream)))
    }

    /// The bytes of a POST with these headers, each of which ends its line.
    pub fn bytes(path: &str, headers: &str, body: &str) -> Vec<u8> {
        let length = body.len();
        format!(
            "POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n{headers}\r\n{body}"
        )
        .into_bytes()
    }

    /// Sends a request and returns status and body of its reply.
    pub async fn send(&mut self, request: &[u8]) -> Result<(u16, String)> {
        self.0.write_all(request).await?;
        let mut status = None;
        let mut length = 0;
        loop {
            let mut line = String::new();
            self.0.read_line(&mut line).await?;
            let line = line.trim_end();
            if let Some(rest) = line.strip_prefix("HTTP/1.1 ") {
                status = rest.get(..3).and_then(|status| status.parse().ok());
            }
            if let Some((name, value)) = line.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = value.trim().parse()?;
            }
            if line.is_empty() {
                break;
            }
        }
        let mut body = vec![0; length];
        self.0.read_exact(&mut body).await?;
        Ok((status.context("a status line")?, String::from_utf8(body)?))
    }
}
