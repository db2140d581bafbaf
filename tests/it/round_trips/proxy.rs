//! Stands between a server and its database, and counts what is asked and waited for.

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use aliya_test_servers::Kind;
use anyhow::Result;

/// A running one. Its threads end with the connections, and with the test.
pub struct Proxy {
    /// Where it listens.
    pub port: u16,
    count: Arc<AtomicU64>,
}

impl Proxy {
    /// One in front of the database that listens on `port`.
    pub fn start(kind: Kind, port: u16) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let proxy = Self {
            port: listener.local_addr()?.port(),
            count: Arc::default(),
        };
        let count = Arc::clone(&proxy.count);
        thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                let count = Arc::clone(&count);
                // What goes wrong closes both ends, which is told there.
                let _ = pass(kind, client, port, count);
            }
        });
        Ok(proxy)
    }

    /// How many round trips there were.
    pub fn count(&self) -> u64 {
        self.count.load(Ordering::Relaxed)
    }
}

fn pass(kind: Kind, client: TcpStream, port: u16, count: Arc<AtomicU64>) -> io::Result<()> {
    let server = TcpStream::connect(("127.0.0.1", port))?;
    client.set_nodelay(true)?;
    server.set_nodelay(true)?;
    let (mut answers, mut to_client) = (server.try_clone()?, client.try_clone()?);
    thread::spawn(move || {
        let _ = io::copy(&mut answers, &mut to_client);
        let _ = to_client.shutdown(Shutdown::Both);
    });
    thread::spawn(move || {
        let _ = match kind {
            Kind::Postgres => postgres(&client, &server, &count),
            Kind::Mariadb => mysql(&client, &server, &count),
        };
        let _ = server.shutdown(Shutdown::Both);
    });
    Ok(())
}

/// Of PostgreSQL, a client waits after a Query and after a Sync.
fn postgres(mut client: &TcpStream, mut server: &TcpStream, count: &AtomicU64) -> io::Result<()> {
    // The first message has no type.
    let mut kind = None;
    loop {
        let mut message = Vec::new();
        if let Some(kind) = kind {
            message.push(kind);
        }
        let mut length = [0; 4];
        client.read_exact(&mut length)?;
        message.extend(length);
        let rest = u32::from_be_bytes(length).saturating_sub(4);
        client.take(rest.into()).read_to_end(&mut message)?;
        if matches!(kind, Some(b'Q' | b'S')) {
            count.fetch_add(1, Ordering::Relaxed);
        }
        server.write_all(&message)?;
        let mut next = [0];
        client.read_exact(&mut next)?;
        kind = Some(next[0]);
    }
}

/// Of MySQL, a client waits after each command; its first packet is numbered 0.
fn mysql(mut client: &TcpStream, mut server: &TcpStream, count: &AtomicU64) -> io::Result<()> {
    loop {
        let mut head = [0; 4];
        client.read_exact(&mut head)?;
        let [a, b, c, number] = head;
        let mut packet = head.to_vec();
        let length = u32::from_le_bytes([a, b, c, 0]);
        client.take(length.into()).read_to_end(&mut packet)?;
        if number == 0 {
            count.fetch_add(1, Ordering::Relaxed);
        }
        server.write_all(&packet)?;
    }
}
