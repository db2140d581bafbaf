//! How the gateway and the process stop.

use std::time::Duration;

use aliya_runtime::gateway::Config;
use aliya_runtime::shutdown;
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::support::{Gateway, PATIENCE, config, framed, of_ada, value};

#[tokio::test]
async fn requests_under_way_are_finished_and_idle_connections_closed() {
    let gateway = Gateway::start(config()).await;
    let mut idle = gateway.connect().await;
    assert_eq!(value(&idle.ask(&of_ada("echo", "")).await, "/status"), 0);
    let mut half = gateway.connect().await;
    half.send(&framed(&of_ada("echo", ""))[..50]).await;
    let mut busy = gateway.connect().await;
    // What came before the stop is under way, too.
    let requests = [framed(&of_ada("slow", "")), framed(&of_ada("echo", ""))].concat();
    busy.send(&requests).await;
    gateway.functions.slow_begins.notified().await;

    gateway.shutdown.cancel();
    assert_eq!(idle.rest().await, b"");
    half.is_closed().await;
    let refused = async { while TcpStream::connect(gateway.address).await.is_ok() {} };
    timeout(PATIENCE, refused)
        .await
        .expect("nothing is accepted");
    assert!(!gateway.task.is_finished());

    gateway.functions.slow_may_end.notify_one();
    assert_eq!(value(&busy.reply().await, "/data/slow"), 1);
    assert_eq!(value(&busy.reply().await, "/data/caller"), "ada");
    assert_eq!(busy.rest().await, b"");
    // A client that keeps its side open does not keep the gateway.
    let ended = timeout(PATIENCE, gateway.task).await.expect("it returns");
    assert!(ended.expect("no panic").is_ok());
}

#[tokio::test]
async fn requests_that_do_not_end_in_time_are_dropped() {
    let config = Config {
        shutdown_timeout: Duration::from_millis(100),
        ..config()
    };
    let gateway = Gateway::start(config).await;
    let mut client = gateway.connect().await;
    client.send(&framed(&of_ada("slow", ""))).await;
    gateway.functions.slow_begins.notified().await;
    gateway.shutdown.cancel();
    let ended = timeout(PATIENCE, gateway.task).await.expect("it returns");
    assert!(ended.expect("no panic").is_ok());
    client.is_closed().await;
}

#[tokio::test]
async fn sigterm_cancels() {
    let stopping = shutdown::on_signals().expect("signals can be had");
    assert!(!stopping.is_cancelled());
    let kill = std::process::Command::new("kill")
        .args(["-TERM", &std::process::id().to_string()])
        .status();
    assert!(kill.expect("kill is there").success());
    timeout(PATIENCE, stopping.cancelled())
        .await
        .expect("the signal arrives");
}
