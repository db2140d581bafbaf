//! A whole server in a folder of its own, and players on it.

use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::Duration;

use aliya_runtime::client::Client;
use aliya_runtime::frame::Cipher;
use aliya_test_servers::{On, database_here, here};
use anyhow::{Context, Result};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::object;
use super::process::{Process, Text, aliya};

/// How the roles are spread over processes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// `aliya up`
    OneProcess,
    /// `aliya token`, `aliya manager NAME` for each, `aliya gateway`
    Separate,
}

/// A running server.
pub struct Server {
    dir: TempDir,
    flags: Vec<String>,
    processes: Vec<Process>,
    /// Where its gateway listens.
    pub gateway: SocketAddr,
}

impl Server {
    /// Starts one in a new folder.
    pub async fn start(shape: Shape) -> Result<Self> {
        Self::start_with(shape, &[]).await
    }

    /// Starts one in a new folder, with more flags.
    pub async fn start_with(shape: Shape, more: &[&str]) -> Result<Self> {
        let dir = tempfile::tempdir()?;
        let offset = free_offset()?;
        let mut flags = vec![
            "--data=data".to_owned(),
            "--gateway=127.0.0.1:0".to_owned(),
            format!("--token=127.0.0.1:{}", 8080 + offset),
            format!("--port-offset={offset}"),
        ];
        flags.extend(more.iter().map(|&flag| flag.to_owned()));
        if here()? != On::Sqlite {
            flags.push(format!("--database={}", database_here(dir.path())?));
            let output = aliya(dir.path()).arg("migrate").args(&flags).output()?;
            anyhow::ensure!(output.status.success(), "{}{}", output.out(), output.err());
        }
        let mut server = Self {
            dir,
            flags,
            processes: Vec::new(),
            gateway: SocketAddr::from(([127, 0, 0, 1], 0)),
        };
        server.launch(shape)?;
        Ok(server)
    }

    fn launch(&mut self, shape: Shape) -> Result<()> {
        let roles: &[&[&str]] = match shape {
            Shape::OneProcess => &[&["up"]],
            Shape::Separate => &[
                &["token"],
                &["manager", "bag"],
                &["manager", "weapon"],
                &["manager", "mail"],
                &["gateway"],
            ],
        };
        for (place, role) in roles.iter().enumerate() {
            self.gateway = self.start_role(place, role)?.parse()?;
        }
        Ok(())
    }

    /// Starts one role, at a place among the processes; returns its address.
    pub fn start_role(&mut self, place: usize, role: &[&str]) -> Result<String> {
        let args = role.iter().map(|&word| word.to_owned());
        let args: Vec<_> = args.chain(self.flags.iter().cloned()).collect();
        let mut process = Process::start(self.dir.path(), &role.join("-"), &args)?;
        let address = process.ready().with_context(|| self.logs())?;
        self.processes.insert(place, process);
        Ok(address)
    }

    /// Ends every process as an operator would, and starts them again over the same data.
    pub fn restart(&mut self, shape: Shape) -> Result<()> {
        self.stop()?;
        self.launch(shape)
    }

    /// Ends every process as an operator would; each must exit 0.
    pub fn stop(&mut self) -> Result<()> {
        for mut process in self.processes.drain(..).rev() {
            process.signal("TERM")?;
            let status = process.wait()?;
            anyhow::ensure!(status.success(), "exit {status}");
        }
        Ok(())
    }

    /// Kills every process, as a power cut would.
    pub fn kill(&mut self) {
        self.processes.clear();
    }

    /// Starts the processes again after [`Server::kill`] or [`Server::stop`].
    pub fn launch_again(&mut self, shape: Shape) -> Result<()> {
        self.launch(shape)
    }

    /// As [`Server::launch_again`] in one process, which may open only so many files.
    pub fn launch_with_files(&mut self, files: u32) -> Result<()> {
        let args = [&["up".to_owned()], &self.flags[..]].concat();
        let mut process = Process::start_with_files(self.dir.path(), files, &args)?;
        self.gateway = process.ready().with_context(|| self.logs())?.parse()?;
        self.processes.push(process);
        Ok(())
    }

    /// The processes.
    pub fn processes(&mut self) -> &mut Vec<Process> {
        &mut self.processes
    }

    /// The folder that the processes run in.
    pub fn dir(&self) -> &Path {
        self.dir.path()
    }

    /// The flags that every role gets.
    pub fn flags(&self) -> &[String] {
        &self.flags
    }

    /// The port of the role that is declared with port `base`.
    pub fn port(&self, base: u16) -> u16 {
        let mut flags = self.flags.iter();
        let offset = flags.find_map(|flag| flag.strip_prefix("--port-offset="));
        base + offset
            .and_then(|it| it.parse::<u16>().ok())
            .unwrap_or_default()
    }

    /// What the processes logged.
    pub fn logs(&self) -> String {
        let mut logs = String::new();
        let Ok(entries) = std::fs::read_dir(self.dir.path()) else {
            return logs;
        };
        for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
            if path.extension().is_some_and(|extension| extension == "log") {
                let text = std::fs::read_to_string(&path).unwrap_or_default();
                logs += &format!("--- {}\n{text}", path.display());
            }
        }
        logs
    }

    /// A new connection to the gateway.
    pub async fn connect(&self) -> Result<Client> {
        let cipher = Cipher::new(b"67891234", b"67891234")?;
        Ok(Client::connect(self.gateway, cipher).await?)
    }

    /// A player who has logged in.
    pub async fn login(&self, unique_id: &str) -> Result<Player> {
        let mut client = self.connect().await?;
        let data = object(json!({ "unique_id": unique_id }));
        let reply = client.call("login_unique", data).await?;
        let token = reply["data"]["token"].as_str();
        let token = token
            .with_context(|| format!("no token: {reply}"))?
            .to_owned();
        Ok(Player { client, token })
    }

    /// The operator's `aliya admin call`; returns the reply.
    pub fn admin(&self, function: &str, player: &str, args: &[&str]) -> Result<Value> {
        let output = aliya(self.dir.path())
            .args(["admin", "call", function, "--player", player])
            .args(args)
            .args(&self.flags)
            .output()?;
        let out = output.out();
        serde_json::from_str(&out).with_context(|| format!("{out}{}{}", output.err(), self.logs()))
    }

    /// Gives a player a weapon and iron, as README's first steps do.
    pub fn equip(&self, player: &str, weapon: &str, iron: i64) -> Result<()> {
        let reply = self.admin("weapon.give_weapon", player, &[&format!("weapon={weapon}")])?;
        anyhow::ensure!(reply["status"] == 0, "{reply}");
        if iron > 0 {
            let amount = format!("amount={iron}");
            let reply = self.admin("bag.add_supply", player, &["item=iron", &amount])?;
            anyhow::ensure!(reply["status"] == 0, "{reply}");
        }
        Ok(())
    }
}

/// A player who has logged in, on a connection of their own.
pub struct Player {
    /// The connection.
    pub client: Client,
    /// The token of the login.
    pub token: String,
}

impl Player {
    /// Calls a function with the player's token.
    pub async fn call(&mut self, function: &str, args: Value) -> Result<Value> {
        let mut data = object(args);
        data.insert("token".to_owned(), Value::from(self.token.clone()));
        Ok(self.client.call(function, data).await?)
    }

    /// The same with the one `random` that old clients ever send, which is no key.
    pub async fn call_unkeyed(&mut self, function: &str, args: Value) -> Result<Value> {
        let mut data = object(args);
        data.insert("token".to_owned(), Value::from(self.token.clone()));
        let message = json!({ "function": function, "random": "-906", "data": data });
        let reply = self.client.exchange(&message.to_string()).await?;
        Ok(serde_json::from_str(reply)?)
    }

    /// The same, sent again with the same key as long as the answer is to try again.
    pub async fn until_answered(&mut self, function: &str, args: Value) -> Result<Value> {
        let mut data = object(args);
        data.insert("token".to_owned(), Value::from(self.token.clone()));
        let patience = Duration::from_secs(20);
        let client = &mut self.client;
        let reply = client.call_until_answered(function, data, patience).await?;
        Ok(serde_json::from_str(&reply)?)
    }
}

/// An offset at which the ports of the token server and of the managers are free, below the ports
/// that the system gives out by itself.
fn free_offset() -> Result<u16> {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let seed = u16::try_from(std::process::id() % 500)? * 40;
    for _ in 0..200 {
        let step = NEXT.fetch_add(1, Ordering::Relaxed) * 10;
        let offset = 1_000 + (seed + step) % 22_000;
        let free = |port: u16| TcpListener::bind(("127.0.0.1", port + offset)).is_ok();
        if (8080..=8086).all(free) {
            return Ok(offset);
        }
    }
    anyhow::bail!("no free ports")
}
