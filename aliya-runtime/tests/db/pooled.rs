//! Databases behind something that pools connections, or keeps what a session is told to itself.

use std::net::SocketAddr;
use std::sync::Arc;

use aliya_runtime::db::{Db, DbError, Options, Statement, Value};
use aliya_test_servers::{Kind, On, PgBouncer, Server, chosen};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};

/// What a function's transaction is like, and the session that it runs in.
static SESSION: Statement = Statement {
    name: "test.session",
    postgres: "SELECT current_setting('transaction_isolation') || ' ' || \
               current_setting('lock_timeout') || ' ' || current_setting('statement_timeout') || \
               ' ' || current_setting('client_encoding')",
    ..Statement::SQLITE_ALONE
};

async fn server() -> Option<&'static Server> {
    if !chosen()
        .expect("databases")
        .contains(&On::Server(Kind::Postgres))
    {
        return None;
    }
    let server = tokio::task::spawn_blocking(|| Server::shared(Kind::Postgres));
    Some(server.await.expect("no panic").expect("a server"))
}

fn name_of(url: &str) -> &str {
    url.rsplit('/').next().expect("a name")
}

async fn open(url: &str) -> Result<Db, DbError> {
    Db::open(&url.parse().expect("a URL"), Options::default()).await
}

async fn session(db: &Db) -> String {
    let job = db.write::<_, DbError, _>(|conn| {
        Box::pin(async move {
            let rows = conn.query(&SESSION, &[]).await?;
            match rows.first().map(Vec::as_slice) {
                Some([Value::Text(said)]) => Ok(said.clone()),
                other => panic!("{other:?}"),
            }
        })
    });
    job.await.expect("a session")
}

const KEPT: &str = "serializable 15ms 10s UTF8";

/// Forwards to the server without the options that a client starts with, and where `drops_sets`
/// without what sets anything.
async fn proxy(server: SocketAddr, drops_sets: bool) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move {
        loop {
            let (client, _) = listener.accept().await.expect("a client");
            let there = TcpStream::connect(server).await.expect("a server");
            let ((from_client, mut to_client), (mut from_server, to_server)) =
                (client.into_split(), there.into_split());
            tokio::spawn(forward(from_client, to_server, drops_sets));
            tokio::spawn(async move {
                let _ = tokio::io::copy(&mut from_server, &mut to_client).await;
            });
        }
    });
    address
}

/// Ends with the connection.
async fn forward(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, drops_sets: bool) -> Option<()> {
    let start = message(&mut from).await?;
    let pairs: Vec<&[u8]> = start.get(4..)?.split(|byte| *byte == 0).collect();
    let mut kept = start.get(..4)?.to_vec();
    for pair in pairs.chunks(2) {
        if let [name, value] = pair
            && !name.is_empty()
            && *name != b"options"
        {
            kept.extend([name, &b"\0"[..], value, b"\0"].concat());
        }
    }
    kept.push(0);
    write(&mut to, &[], &kept).await?;
    loop {
        let kind = from.read_u8().await.ok()?;
        let body = message(&mut from).await?;
        let sets = kind == b'Q' && body.starts_with(b"SET ");
        match sets && drops_sets {
            true => write(&mut to, &[kind], b"SELECT 1\0").await?,
            false => write(&mut to, &[kind], &body).await?,
        }
    }
}

/// The rest of a message: what follows its length.
async fn message(from: &mut OwnedReadHalf) -> Option<Vec<u8>> {
    let length = usize::try_from(from.read_u32().await.ok()?).ok()?;
    let mut body = vec![0; length.checked_sub(4)?];
    from.read_exact(&mut body).await.ok()?;
    Some(body)
}

async fn write(to: &mut OwnedWriteHalf, kind: &[u8], body: &[u8]) -> Option<()> {
    let length = u32::try_from(body.len() + 4).ok()?.to_be_bytes();
    to.write_all(&[kind, &length, body].concat()).await.ok()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_session_needs_does_not_depend_on_how_it_starts() {
    let Some(server) = server().await else { return };
    let url = server.fresh_database().expect("a database");
    let at = (server.admin().host.as_str(), server.admin().port);
    let at = SocketAddr::new(at.0.parse().expect("an address"), at.1);
    for drops_sets in [false, true] {
        let proxy = proxy(at, drops_sets).await;
        let (user, name) = (&server.admin().user, name_of(&url));
        let through = format!("postgres://{user}@{proxy}/{name}?sslmode=disable");
        match open(&through).await {
            Ok(db) => assert_eq!((session(&db).await.as_str(), drops_sets), (KEPT, false)),
            Err(error) => {
                let said = error.to_string();
                assert!(drops_sets, "{said}");
                let names =
                    "`default_transaction_isolation` is read committed and not serializable";
                assert!(said.contains(names) && said.contains("pool_mode"), "{said}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_pooler_gives_sessions_or_is_refused() {
    let Some(server) = server().await else { return };
    if !PgBouncer::is_installed() {
        let ci = std::env::var("CI").is_ok_and(|ci| ci == "true");
        assert!(!ci, "PgBouncer is not installed: apt-get install pgbouncer");
        eprintln!("PgBouncer is not installed: only the proxy of the test's own stands for it");
        return;
    }
    let url = Arc::new(server.fresh_database().expect("a database"));
    for mode in ["session", "transaction", "statement"] {
        let pool = tokio::task::spawn_blocking(move || {
            let ignored = "ignore_startup_parameters = options, extra_float_digits";
            PgBouncer::start(server, &[ignored, &format!("pool_mode = {mode}")])
        });
        let pool = pool.await.expect("no panic").expect("a pooler");
        let opened = open(&pool.url(name_of(&url))).await;
        match (mode, opened) {
            ("session", Ok(db)) => {
                assert_eq!(session(&db).await, KEPT);
                db.close().await.expect("a clean end");
            }
            ("session", Err(error)) => panic!("{error}"),
            (_, Ok(_)) => panic!("{mode}: it was not refused"),
            (_, Err(error)) => {
                let said = error.to_string();
                assert!(said.contains("set `pool_mode = session`"), "{mode}: {said}");
            }
        }
    }
}
