//! A TCP proxy whose line can be made slow, dead, cut or broken at run time.

mod gate;

use std::io;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{ReadHalf, WriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::AbortHandle;

pub use self::gate::Fault;
use self::gate::Gate;

/// How many bytes are carried at once.
const CHUNK_BYTES: usize = 16 * 1024;

/// A running proxy. It ends, and its connections break, when this value is dropped.
#[derive(Debug)]
pub struct Proxy {
    address: SocketAddr,
    line: Arc<Line>,
    accepting: AbortHandle,
}

#[derive(Debug)]
struct Line {
    targets: RwLock<Vec<SocketAddr>>,
    next: AtomicUsize,
    /// Each change of the fault has a number, so that a second cut is told from the first.
    fault: watch::Sender<(u64, Fault)>,
    /// How often all connections were broken.
    resets: watch::Sender<u64>,
}

impl Proxy {
    /// A proxy on a free port in front of `targets`, which take turns by the connection; one that
    /// refuses a connection is passed over.
    pub async fn start(targets: Vec<SocketAddr>) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        let line = Arc::new(Line {
            targets: RwLock::new(targets),
            next: AtomicUsize::new(0),
            fault: watch::Sender::default(),
            resets: watch::Sender::default(),
        });
        let accepting = tokio::spawn(accept(listener, Arc::clone(&line))).abort_handle();
        Ok(Self {
            address,
            line,
            accepting,
        })
    }

    /// Where the proxy listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Takes these as the targets of connections from now on.
    pub fn aim(&self, targets: Vec<SocketAddr>) {
        let held = self.line.targets.write();
        *held.unwrap_or_else(PoisonError::into_inner) = targets;
    }

    /// Makes the line faulty, or whole again with [`Fault::None`].
    pub fn set(&self, fault: Fault) {
        let change = |held: &mut (u64, Fault)| *held = (held.0 + 1, fault);
        self.line.fault.send_modify(change);
    }

    /// Breaks all connections that are open now: both ends see a reset.
    pub fn reset(&self) {
        self.line.resets.send_modify(|count| *count += 1);
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.accepting.abort();
        self.reset();
    }
}

async fn accept(listener: TcpListener, line: Arc<Line>) {
    loop {
        // A connection that is gone before it is taken is nothing to us; there may be no more files for
        // the next one, which passes.
        match listener.accept().await {
            Ok((client, _)) => drop(tokio::spawn(Arc::clone(&line).carry(client))),
            Err(_) => tokio::time::sleep(Duration::from_millis(10)).await,
        }
    }
}

impl Line {
    /// Carries a connection to its end.
    async fn carry(self: Arc<Self>, mut client: TcpStream) {
        let mut resets = self.resets.subscribe();
        let connected = tokio::select! {
            connected = self.connect() => connected,
            _ = resets.changed() => Err(io::ErrorKind::ConnectionReset.into()),
        };
        let Ok(mut server) = connected else {
            // What cannot be set on a connection that is gone is as good.
            let _ = client.set_zero_linger();
            return;
        };
        let _ = (client.set_nodelay(true), server.set_nodelay(true));
        let carried = tokio::select! {
            carried = self.pass(&mut client, &mut server) => carried,
            _ = resets.changed() => Err(io::ErrorKind::ConnectionReset.into()),
        };
        // A cut line ends as if the other side had closed it; all else breaks.
        if carried.is_err_and(|error| error.kind() != io::ErrorKind::UnexpectedEof) {
            let _ = (client.set_zero_linger(), server.set_zero_linger());
        }
    }

    /// Connects to the next target that takes the connection. In a black hole it waits.
    async fn connect(&self) -> io::Result<TcpStream> {
        let mut fault = self.fault.subscribe();
        // Fails where the proxy is gone, which resets every connection.
        let _ = fault.wait_for(|held| held.1 != Fault::BlackHole).await;
        let targets = self.targets.read();
        let targets = targets.unwrap_or_else(PoisonError::into_inner).clone();
        let mut last = io::Error::from(io::ErrorKind::NotConnected);
        for _ in &targets {
            let place = self.next.fetch_add(1, Ordering::Relaxed) % targets.len();
            let Some(target) = targets.get(place) else {
                continue;
            };
            match TcpStream::connect(target).await {
                Ok(stream) => return Ok(stream),
                Err(error) => last = error,
            }
        }
        Err(last)
    }

    async fn pass(&self, client: &mut TcpStream, server: &mut TcpStream) -> io::Result<()> {
        let (from_client, to_client) = client.split();
        let (from_server, to_server) = server.split();
        let there = self.pump(from_client, to_server);
        let back = self.pump(from_server, to_client);
        tokio::try_join!(there, back).map(drop)
    }

    /// Carries what comes in one direction.
    async fn pump(&self, mut from: ReadHalf<'_>, mut to: WriteHalf<'_>) -> io::Result<()> {
        let mut gate = Gate::new(self.fault.subscribe());
        let mut buffer = vec![0; CHUNK_BYTES];
        loop {
            let read = from.read(&mut buffer).await?;
            if read == 0 {
                return to.shutdown().await;
            }
            let whole = buffer.get(..read).unwrap_or_default();
            let passes = gate.opens(whole).await;
            to.write_all(passes).await?;
            if passes.len() < whole.len() {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
    }
}

#[cfg(test)]
mod tests;
