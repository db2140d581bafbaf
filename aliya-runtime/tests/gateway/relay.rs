//! A relay before a server, which spoils connections as it is told.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::TcpStream;

use crate::remote::bind;

/// What is done to a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is closed as soon as it is there.
    Close,
    /// It is reset when a request has come.
    Reset,
    /// The request goes to the server; of the reply, the first half comes.
    Cut,
    /// The request gets no reply.
    Hang,
    /// The request is answered with HTTP 503.
    Unavailable,
}

/// A reply with HTTP 503.
const UNAVAILABLE: &[u8] =
    b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

/// A relay that runs.
pub struct Relay {
    address: SocketAddr,
    shared: Arc<Shared>,
}

struct Shared {
    server: SocketAddr,
    connections: AtomicUsize,
    /// What is done to the next connections; to all after them, nothing.
    faults: Mutex<VecDeque<Fault>>,
}

impl Relay {
    /// A relay before `server` that spoils its first connections.
    pub async fn start(server: SocketAddr, faults: impl IntoIterator<Item = Fault>) -> Self {
        let (listener, address) = bind().await;
        let shared = Arc::new(Shared {
            server,
            connections: AtomicUsize::new(0),
            faults: Mutex::new(faults.into_iter().collect()),
        });
        let relays = Arc::clone(&shared);
        tokio::spawn(async move {
            while let Ok((from, _)) = listener.accept().await {
                let fault = relays.take();
                let server = relays.server;
                // What becomes of a connection, its two ends are told.
                tokio::spawn(async move {
                    let _ = relay(from, server, fault).await;
                });
            }
        });
        Self { address, shared }
    }

    /// Where it listens.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The same.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// How many connections have come.
    pub fn connections(&self) -> usize {
        self.shared.connections.load(Ordering::SeqCst)
    }

    /// Spoils so many of the next connections, instead of those that it was told before.
    pub fn next(&self, faults: impl IntoIterator<Item = Fault>) {
        *self.shared.faults.lock().expect("no panic under this lock") =
            faults.into_iter().collect();
    }
}

impl Shared {
    fn take(&self) -> Option<Fault> {
        self.connections.fetch_add(1, Ordering::SeqCst);
        let mut faults = self.faults.lock().expect("no panic under this lock");
        faults.pop_front()
    }
}

async fn relay(
    mut from: TcpStream,
    server: SocketAddr,
    fault: Option<Fault>,
) -> std::io::Result<()> {
    let mut request = [0; 16 * 1024];
    match fault {
        None => {
            let mut to = TcpStream::connect(server).await?;
            copy_bidirectional(&mut from, &mut to).await?;
        }
        Some(Fault::Close) => {}
        // What was not read when a socket is closed makes a reset of it.
        Some(Fault::Reset) => {
            from.peek(&mut request).await?;
        }
        Some(Fault::Hang) => while from.read(&mut request).await? > 0 {},
        Some(Fault::Unavailable) => {
            if from.read(&mut request).await? > 0 {
                from.write_all(UNAVAILABLE).await?;
            }
        }
        Some(Fault::Cut) => {
            let mut to = TcpStream::connect(server).await?;
            let sent = from.read(&mut request).await?;
            to.write_all(&request[..sent]).await?;
            let mut reply = [0; 16 * 1024];
            let came = to.read(&mut reply).await?;
            from.write_all(&reply[..came / 2]).await?;
        }
    }
    Ok(())
}
