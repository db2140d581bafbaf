//! The server under load, in a process of its own, and players who own enough to go on.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use aliya_runtime::client::Client;
use aliya_runtime::credential::{Credentials, Issuer};
use aliya_runtime::frame::Cipher;
use aliya_runtime::group::{PeerCall, Peers, Request};
use aliya_runtime::peers::{HttpConfig, HttpPeers};
use aliya_runtime::secrets::Secret;
use aliya_runtime::{PlayerId, Time};
use anyhow::{Context, Result, anyhow, ensure};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::task::JoinSet;

/// The secret between the services of this run.
const SECRET: &str = "a secret of the load benchmark only";

/// Managers' ports are moved by so much.
const OFFSET: u16 = 17_000;

/// More level-ups a second than one client does.
const PER_SECOND: u32 = 12_000;

/// A running server; ended with this value.
pub struct Server {
    process: Child,
    /// Where its gateway listens.
    pub gateway: SocketAddr,
    operator: Arc<HttpPeers>,
    next: AtomicU32,
    /// On the disk of the workspace: a temporary folder may be in memory.
    _data: TempDir,
}

/// A player who has logged in and holds weapons to level up.
pub struct Player {
    /// The token.
    pub token: String,
    /// The weapons held, each for 100 levels.
    pub weapons: u32,
}

impl Server {
    /// Starts `aliya up` without rate limits.
    pub fn start() -> Result<Self> {
        let data = TempDir::new_in(concat!(env!("CARGO_MANIFEST_DIR"), "/target"))?;
        let mut process = Command::new(env!("CARGO_BIN_EXE_aliya"))
            .args([
                "up",
                "--gateway=127.0.0.1:0",
                "--token=127.0.0.1:0",
                "--data=data",
            ])
            .arg(concat!(
                "--config-dir=",
                env!("CARGO_MANIFEST_DIR"),
                "/config"
            ))
            .args([
                &format!("--port-offset={OFFSET}"),
                &format!("--internal-secret={SECRET}"),
            ])
            .args([
                "--rate-limit-per-s=0",
                "--login-rate-limit-per-s=0",
                "--log=warn",
            ])
            .args([
                "--max-connections=19000",
                "--max-connections-per-address=19000",
            ])
            .current_dir(data.path())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut line = String::new();
        BufReader::new(process.stdout.take().context("piped")?).read_line(&mut line)?;
        let address = line.trim().strip_prefix("aliya is ready: gateway ");
        let addresses = [("bag", 8082), ("weapon", 8083)];
        let addresses = addresses.map(|(name, port)| {
            (
                name.to_owned(),
                format!("http://127.0.0.1:{}", port + OFFSET),
            )
        });
        let credentials = Credentials::new(&Secret::new(SECRET)?, &Issuer::Operator);
        let config = HttpConfig::default();
        let operator = HttpPeers::new(BTreeMap::from(addresses), Arc::new(credentials), &config);
        Ok(Self {
            gateway: address
                .with_context(|| format!("the server says {line:?}"))?
                .parse()?,
            process,
            operator: Arc::new(operator),
            next: AtomicU32::new(0),
            _data: data,
        })
    }

    /// New players, with weapons for level-ups that last `time` at any rate this machine reaches.
    pub async fn players(&self, count: u32, time: Duration) -> Result<Vec<Player>> {
        let levels = PER_SECOND * u32::try_from(time.as_secs())? / count;
        let weapons = levels / 100 + 2;
        let first = self.next.fetch_add(count, Ordering::Relaxed);
        let players = (first..first + count).map(|number| self.player(number, weapons));
        let mut ready = Vec::new();
        for player in players {
            ready.push(player.await?);
        }
        Ok(ready)
    }

    async fn player(&self, number: u32, weapons: u32) -> Result<Player> {
        let name = format!("player{number}");
        let cipher = Cipher::new(b"67891234", b"67891234")?;
        let mut client = Client::connect(self.gateway, cipher).await?;
        let data = json!({ "unique_id": name });
        let reply = client.call(
            "login_unique",
            data.as_object().cloned().unwrap_or_default(),
        );
        let reply = reply.await?;
        let token = reply["data"]["token"]
            .as_str()
            .context("a token")?
            .to_owned();
        let iron = json!({ "item": "iron", "amount": 1_000_000_000 });
        grant(
            Arc::clone(&self.operator),
            name.clone(),
            "bag",
            "add_supply",
            iron,
        )
        .await?;
        // Sixteen at once, which the server commits together.
        for from in (0..weapons).step_by(16) {
            let mut batch = JoinSet::new();
            for weapon in from..weapons.min(from + 16) {
                let (operator, name) = (Arc::clone(&self.operator), name.clone());
                let args = json!({ "weapon": format!("weapon{weapon}") });
                batch.spawn(grant(operator, name, "weapon", "give_weapon", args));
            }
            while let Some(granted) = batch.join_next().await {
                granted??;
            }
        }
        Ok(Player { token, weapons })
    }

    /// Memory of the server that is in RAM, in KiB.
    pub fn resident_kib(&self) -> Result<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kib = line.and_then(|line| line.split_whitespace().next());
        Ok(kib.context("VmRSS")?.parse()?)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// An internal function, called as the operator.
async fn grant(
    operator: Arc<HttpPeers>,
    player: String,
    manager: &'static str,
    function: &'static str,
    args: Value,
) -> Result<()> {
    let manager = generated::GAME.manager(manager).context("a manager")?;
    let request = Request {
        caller: Some(PlayerId::new(player)),
        now: Time::now(),
        id: "load".into(),
        reply_limit: None,
    };
    let call = PeerCall {
        function: manager.function(function).context("a function")?,
        request: &request,
        body: args.to_string(),
    };
    let answer = operator
        .call(call)
        .await
        .map_err(|stop| anyhow!("{stop}"))?;
    ensure!(answer.status == 0, "{answer:?}");
    Ok(())
}
