//! A manager's HTTP server: `POST /<function>` with a JSON object of args, for other services.
//!
//! Nothing happens for a caller without a valid [credential](crate::credential). The answer of a
//! function has HTTP status 200 whatever its own status; other HTTP statuses mean that no function
//! has run. All have a body `{"status": ..., "message": ..., "data": {...}}`.

mod call;

use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::routing::{get, post};
use axum::serve::ListenerExt;
use http::StatusCode;
use tokio::net::TcpListener;

use crate::credential::Credentials;
use crate::dispatch::Dispatch;
use crate::function::Manager;
use crate::shutdown::CancellationToken;

pub use crate::call::MAX_BODY_BYTES;

/// What every call of one manager needs.
struct Server {
    manager: &'static Manager,
    functions: Arc<dyn Dispatch>,
    credentials: Arc<Credentials>,
}

/// The endpoints of `manager`: its functions, which `functions` runs, and `GET /health`.
/// `credentials` check the callers.
pub fn router(
    manager: &'static Manager,
    functions: Arc<dyn Dispatch>,
    credentials: Arc<Credentials>,
) -> Router {
    let server = Server {
        manager,
        functions,
        credentials,
    };
    Router::new()
        .route("/{function}", post(call::call))
        // A function may have this name, too.
        .route("/health", get(health).post(call::call))
        .with_state(Arc::new(server))
}

/// Serves until `shutdown`; then calls under way have `shutdown_timeout` to end.
///
/// # Errors
/// When the listener fails for good.
pub async fn run(
    listener: TcpListener,
    router: Router,
    shutdown: CancellationToken,
    shutdown_timeout: Duration,
) -> io::Result<()> {
    // Calls are small and wait for each other: never hold back the end of one.
    let listener = listener.tap_io(|stream| {
        let _ = stream.set_nodelay(true);
    });
    let stopping = shutdown.clone();
    let serve = axum::serve(listener, router)
        .with_graceful_shutdown(async move { stopping.cancelled().await });
    let too_late = async {
        shutdown.cancelled().await;
        tokio::time::sleep(shutdown_timeout).await;
    };
    tokio::select! {
        served = serve => served,
        () = too_late => {
            tracing::warn!("calls that did not end in time are dropped");
            Ok(())
        }
    }
}

/// Answers as long as the server takes calls.
async fn health(State(server): State<Arc<Server>>) -> (StatusCode, String) {
    (StatusCode::OK, format!("{} is up\n", server.manager.name))
}
