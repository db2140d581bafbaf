//! One connection: frames in, replies out, in order, and nothing held while it is idle.

use std::io::ErrorKind;
use std::net::IpAddr;
use std::sync::Arc;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{Duration, Instant, timeout, timeout_at};

use super::Gateway;
use super::places::Place;
use crate::frame::Frames;

/// How long a connection that the gateway closes is read, so that its last reply arrives.
const DRAIN_TIMEOUT: Duration = Duration::from_secs(2);
/// How many bytes of it are read at most.
const DRAIN_MAX_BYTES: usize = 256 * 1024;

/// How a burst of requests ended.
enum Ended {
    /// All that came is answered, and the client has sent no more yet.
    Idle,
    /// The gateway ends the connection; replies may still be on their way.
    Close,
    /// The client is gone, or does not read.
    Gone,
}

/// Serves a connection until one side ends it. `_place` is its place among all connections.
pub(super) async fn serve(
    mut stream: TcpStream,
    address: IpAddr,
    gateway: Arc<Gateway>,
    _place: Place,
) {
    loop {
        // Thousands of connections wait here. What the requests need is boxed, so that this future
        // has no room for it, and allocated when bytes have come.
        let idle = gateway.config.idle_timeout;
        let readable = tokio::select! {
            readable = timeout(idle, stream.readable()) => readable,
            () = gateway.shutdown.cancelled() => return,
        };
        if !matches!(readable, Ok(Ok(()))) {
            return;
        }
        match Box::pin(serve_burst(&mut stream, address, &gateway)).await {
            Ended::Idle => {}
            Ended::Close => return Box::pin(drain(stream)).await,
            Ended::Gone => {
                // What the client does not read would stay in the kernel's memory for minutes.
                let _ = stream.set_zero_linger();
                return;
            }
        }
    }
}

/// Answers requests until no more are there.
async fn serve_burst(stream: &mut TcpStream, address: IpAddr, gateway: &Gateway) -> Ended {
    let mut frames = Frames::new();
    let (mut text, mut reply) = (Vec::new(), Vec::new());
    let mut deadline = None;
    loop {
        let body = match frames.next_body() {
            Ok(Some(body)) => body,
            Ok(None) => {
                // The time runs for the whole frame: a byte now and then does not prolong it.
                // It begins when somebody reads, not while earlier requests are answered.
                let timeout = gateway.config.frame_timeout;
                let deadline = *deadline.get_or_insert_with(|| Instant::now() + timeout);
                match read(stream, &mut frames, deadline, gateway).await {
                    None => continue,
                    Some(ended) => return ended,
                }
            }
            // Of what was wrong nothing is said; the requests before it have been answered.
            Err(_) => return Ended::Close,
        };
        deadline = None;
        reply.clear();
        let answered = gateway.answer(body, address, &mut text, &mut reply).await;
        if answered.is_none() {
            return Ended::Close;
        }
        let written = timeout(gateway.config.write_timeout, stream.write_all(&reply)).await;
        if !matches!(written, Ok(Ok(()))) {
            return Ended::Gone;
        }
        // A client with a long pipeline does not keep others from being served.
        tokio::task::coop::consume_budget().await;
    }
}

/// Reads once, and waits for that until `deadline`; `Some` where nothing more is to be read.
async fn read(
    stream: &TcpStream,
    frames: &mut Frames,
    deadline: Instant,
    gateway: &Gateway,
) -> Option<Ended> {
    loop {
        // When the gateway stops, what has been read by then is under way, and nothing else.
        if gateway.shutdown.is_cancelled() {
            return Some(Ended::Close);
        }
        match stream.try_read_buf(frames.room()) {
            // A client that has closed only its sending side has had all its replies.
            Ok(0) => return Some(Ended::Close),
            Ok(_) => return None,
            Err(error) if error.kind() == ErrorKind::WouldBlock => {}
            Err(_) => return Some(Ended::Gone),
        }
        if frames.is_empty() {
            return Some(Ended::Idle);
        }
        let readable = tokio::select! {
            readable = timeout_at(deadline, stream.readable()) => readable,
            () = gateway.shutdown.cancelled() => continue,
        };
        match readable {
            Ok(Ok(())) => {}
            Ok(Err(_)) => return Some(Ended::Gone),
            Err(_) => return Some(Ended::Close),
        }
    }
}

/// Closes a connection so that the client gets what was written: closing it with bytes unread
/// would reset it, and a reset overtakes data.
async fn drain(mut stream: TcpStream) {
    if stream.shutdown().await.is_err() {
        return;
    }
    let rest = async {
        let mut buffer = vec![0; 4096];
        let mut bytes = 0;
        while bytes < DRAIN_MAX_BYTES {
            match stream.read(&mut buffer).await {
                Ok(0) | Err(_) => return,
                Ok(read) => bytes += read,
            }
        }
    };
    let _ = timeout(DRAIN_TIMEOUT, rest).await;
}
