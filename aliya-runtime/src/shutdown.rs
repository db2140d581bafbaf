//! Stopping: a signal becomes a cancelled [`CancellationToken`], which every server watches.
//!
//! The order in which a process stops is the program's: gateway first, so that no request comes in
//! any more, then managers, token server and database, each when those before it have returned.

use std::io;

pub use tokio_util::sync::CancellationToken;

#[cfg(unix)]
use tokio::signal::unix::{Signal, SignalKind, signal};

/// Listens for SIGTERM and ctrl-c from now on. The first one cancels the token that this returns;
/// a second one ends the process at once, for those who do not want to wait for what is under way.
///
/// # Errors
/// When the operating system refuses to install the handlers.
pub fn on_signals() -> io::Result<CancellationToken> {
    let mut signals = Signals::listen()?;
    let shutdown = CancellationToken::new();
    let cancelled = shutdown.clone();
    tokio::spawn(async move {
        let first = signals.next().await;
        tracing::info!("{}: stopping; once more stops at once", first.name);
        cancelled.cancel();
        let second = signals.next().await;
        tracing::warn!("{}: stopped at once", second.name);
        std::process::exit(second.exit_code);
    });
    Ok(shutdown)
}

/// A signal that asks the process to end.
struct Asked {
    name: &'static str,
    /// 128 and the signal's number, as shells report it.
    exit_code: i32,
}

#[cfg(unix)]
struct Signals {
    terminate: Signal,
    interrupt: Signal,
}

#[cfg(unix)]
impl Signals {
    fn listen() -> io::Result<Self> {
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }

    async fn next(&mut self) -> Asked {
        tokio::select! {
            _ = self.terminate.recv() => Asked { name: "SIGTERM", exit_code: 143 },
            _ = self.interrupt.recv() => Asked { name: "ctrl-c", exit_code: 130 },
        }
    }
}

#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn listen() -> io::Result<Self> {
        Ok(Self)
    }

    async fn next(&mut self) -> Asked {
        if let Err(error) = tokio::signal::ctrl_c().await {
            tracing::warn!("cannot listen for ctrl-c: {error}");
            std::future::pending::<()>().await;
        }
        Asked {
            name: "ctrl-c",
            exit_code: 130,
        }
    }
}
