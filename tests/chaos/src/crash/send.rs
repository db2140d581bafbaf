//! A request on its way, and a process that crashes and is started again meanwhile.

use std::time::Duration;

use anyhow::{Context, Result};

use super::trial::{PATIENCE, PAUSE, Trials};
use crate::cluster::Link;
use crate::part::Part;
use crate::proxy::Fault;
use crate::request::{Line, Request};

/// How long the end of a process may take whose connections are broken.
const ENDS: Duration = Duration::from_secs(5);
/// The line on which a take waits while the player trains.
const LINE_OF_TAKES: &str = "weapon-1 to bag";

impl Trials {
    /// Sends the requests, and starts the process again where it crashes meanwhile; whether it has.
    pub(super) async fn send(&self, part: &Part, requests: &mut [Request]) -> Result<bool> {
        let mut sent = Box::pin(self.ask(requests));
        let crashed = tokio::select! {
            biased;
            () = crashed(part) => true,
            asked = &mut sent => { asked?; false }
        };
        if crashed {
            // The request goes on meanwhile, and may hold the tables.
            let (started, asked) = tokio::join!(self.start_again(part), sent);
            return started.and(asked).map(|()| true);
        }
        drop(sent);
        if requests.iter().any(|it| it.replies.is_empty()) {
            // A connection that breaks is seen sooner than the end of the process that had it.
            let ended = tokio::time::timeout(ENDS, self::crashed(part));
            let _ = ended.await;
        }
        // What follows the reply is a part of the request, too.
        while self.ops().await?.under_way > 0 && part.runs().await {
            tokio::time::sleep(PAUSE).await;
        }
        if part.runs().await {
            return Ok(false);
        }
        self.start_again(part).await?;
        Ok(true)
    }

    /// Sends the first request; with a second one, that is sent while a take of the first is held up.
    async fn ask(&self, requests: &mut [Request]) -> Result<()> {
        let gateway = *self.cluster.gateways.first().context("a gateway")?;
        let (mut line, mut other) = (Line::to(gateway), Line::to(gateway));
        let mut replies = [None, None];
        match requests {
            [one] => replies[0] = line.ask(&one.message, PATIENCE).await,
            [one, meanwhile] => {
                let held = self.link(LINE_OF_TAKES)?;
                held.proxy.set(Fault::BlackHole);
                let trains = async {
                    while self.ops().await?.under_way == 0 {
                        tokio::time::sleep(PAUSE).await;
                    }
                    let trained = other.ask(&meanwhile.message, PATIENCE).await;
                    held.proxy.set(Fault::None);
                    anyhow::Ok(trained)
                };
                let both = tokio::join!(line.ask(&one.message, PATIENCE), trains);
                replies = [both.0, both.1?];
            }
            _ => {}
        }
        for (request, reply) in requests.iter_mut().zip(replies) {
            if let Some(reply) = reply {
                request.note(reply);
            }
        }
        Ok(())
    }

    /// Starts a process that has crashed. Meanwhile calls to it wait, and are not refused.
    async fn start_again(&self, part: &Part) -> Result<()> {
        let names: Vec<_> = part.hosts.iter().map(|it| format!(" to {it}")).collect();
        let leads_there = |link: &&Link| names.iter().any(|name| link.name.ends_with(name));
        let links: Vec<_> = self.cluster.links.iter().filter(leads_there).collect();
        for link in &links {
            link.proxy.set(Fault::BlackHole);
        }
        part.never_crash()?;
        if let Some(group) = part.group {
            // The process would wait until the time of its ops has come.
            let url = self.cluster.databases.url(group, None)?;
            self.tables.lock().await.make_due(&url).await?;
        }
        self.cluster.all_ready().await?;
        for link in links {
            link.proxy.set(Fault::None);
        }
        Ok(())
    }

    fn link(&self, name: &str) -> Result<&Link> {
        let found = self.cluster.links.iter().find(|link| link.name == name);
        found.with_context(|| format!("no line {name}"))
    }
}

/// Returns when the process has ended.
async fn crashed(part: &Part) {
    while part.runs().await {
        tokio::time::sleep(PAUSE).await;
    }
}
