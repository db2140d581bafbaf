//! Which processes there are, what each of them hosts, and where that listens.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::atomic::{AtomicU16, Ordering};

use anyhow::{Result, bail};

use crate::Shape;

/// A group: its name, and the managers that it hosts.
type Group = (&'static str, &'static [&'static str]);

/// The groups of [`Shape::Groups`].
const GROUPS: &[Group] = &[
    ("things", &["bag", "purse"]),
    ("weapon", &["weapon"]),
    ("ledger", &["ledger"]),
];
/// The groups of [`Shape::Pair`].
const PAIR: &[Group] = &[
    ("things", &["bag", "purse", "ledger"]),
    ("weapon", &["weapon"]),
];
/// The declared ports of the managers.
const MANAGERS: [(&str, u16); 4] = [
    ("bag", 9101),
    ("purse", 9102),
    ("weapon", 9103),
    ("ledger", 9104),
];
/// The declared ports count from here.
const DECLARED_FROM: u16 = 9100;
/// Of the ports of a process, the gateway's is the first; then come the managers', and this one.
const TOKEN: u16 = 5;
/// How many ports a process has.
const PORTS_EACH: u16 = 10;
/// The ports of a run, for ten processes.
const BLOCK: u16 = 10 * PORTS_EACH;
/// Blocks begin here: above the ports of other tests, and below those that systems hand out.
const BLOCKS_FROM: u16 = 32_060;
/// How many blocks there are.
const BLOCKS: u16 = 7;

/// A process.
#[derive(Clone, Debug)]
pub struct Member {
    /// Such as `weapon-1`.
    pub name: String,
    /// The command line.
    pub args: Vec<&'static str>,
    /// `gateway`, `token` and managers.
    pub hosts: Vec<&'static str>,
    /// The group, which names the database; a gateway has none.
    pub group: Option<&'static str>,
    /// The first of its ports.
    port: u16,
}

impl Member {
    /// Where it listens for `service`, if it hosts that.
    pub fn listens(&self, service: &str) -> Option<SocketAddr> {
        self.hosts.contains(&service).then_some(())?;
        let place = match service {
            "gateway" => 0,
            "token" => TOKEN,
            manager => MANAGERS.iter().find(|it| it.0 == manager)?.1 - DECLARED_FROM,
        };
        Some(SocketAddr::from((Ipv4Addr::LOCALHOST, self.port + place)))
    }

    /// The settings that say where it listens.
    pub fn settings(&self) -> [(&'static str, String); 3] {
        let port = self.port;
        [
            ("GATEWAY", format!("127.0.0.1:{port}")),
            ("TOKEN", format!("127.0.0.1:{}", port + TOKEN)),
            (
                "PORT_OFFSET",
                (i32::from(port) - i32::from(DECLARED_FROM)).to_string(),
            ),
        ]
    }

    /// What it calls by the network.
    pub fn calls(&self) -> Vec<&'static str> {
        let managers = MANAGERS.iter().map(|it| it.0);
        let token = self.hosts.contains(&"gateway").then_some("token");
        let all = token.into_iter().chain(managers);
        all.filter(|service| !self.hosts.contains(service))
            .collect()
    }
}

/// The names of all managers.
pub fn managers() -> impl Iterator<Item = &'static str> {
    MANAGERS.into_iter().map(|(name, _)| name)
}

/// The names of the groups, each of which has a database.
pub fn groups(shape: Shape) -> Vec<&'static str> {
    match apart(shape) {
        None => vec!["all"],
        Some(groups) => {
            let names = groups.iter().map(|group| group.0);
            ["token"].into_iter().chain(names).collect()
        }
    }
}

/// The groups of managers that have processes of their own.
fn apart(shape: Shape) -> Option<&'static [Group]> {
    match shape {
        Shape::One => None,
        Shape::Pair => Some(PAIR),
        Shape::Groups => Some(GROUPS),
    }
}

/// The processes of a shape, with so many `copies` of each that hosts managers.
pub fn members(shape: Shape, copies: u16) -> Result<Vec<Member>> {
    let mut members = Vec::new();
    let mut add = |name: String, args: Vec<&'static str>, hosts: Vec<_>, group| {
        members.push(Member {
            name,
            args,
            hosts,
            group,
            port: 0,
        });
    };
    if let Some(groups) = apart(shape) {
        let gateways = if shape == Shape::Pair { 1 } else { 2 };
        for number in 1..=gateways {
            let name = format!("gateway-{number}");
            add(name, vec!["gateway"], vec!["gateway"], None);
        }
        let name = "token".to_owned();
        add(name, vec!["token"], vec!["token"], Some("token"));
        for (group, managers) in groups {
            for number in 1..=copies {
                let args = ["manager"].iter().chain(*managers).copied();
                let name = format!("{group}-{number}");
                add(name, args.collect(), managers.to_vec(), Some(group));
            }
        }
    } else {
        let hosts = ["gateway", "token"].into_iter().chain(managers());
        add("all".to_owned(), vec!["up"], hosts.collect(), Some("all"));
    }
    let mut port = free_block()?;
    for member in &mut members {
        member.port = port;
        port += PORTS_EACH;
    }
    Ok(members)
}

/// The first of [`BLOCK`] ports that nobody listens on. Each process begins its search somewhere else,
/// and tests of one process that run at once do not find the same.
fn free_block() -> Result<u16> {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let first = u16::try_from(std::process::id() % u32::from(BLOCKS))?;
    for _ in 0..BLOCKS {
        let place = NEXT.fetch_add(1, Ordering::Relaxed) % BLOCKS;
        let port = BLOCKS_FROM + (first + place) % BLOCKS * BLOCK;
        let free = |port| TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok();
        if (port..port + BLOCK).all(free) {
            return Ok(port);
        }
    }
    bail!("no {BLOCK} ports from {BLOCKS_FROM} on are free")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_service_is_hosted_and_every_port_is_its_own() -> Result<()> {
        for (shape, copies, count) in [
            (Shape::One, 1, 1),
            (Shape::Pair, 1, 4),
            (Shape::Groups, 1, 6),
            (Shape::Groups, 2, 9),
        ] {
            let members = members(shape, copies)?;
            assert_eq!(members.len(), count);
            let services = ["gateway", "token"].into_iter().chain(managers());
            let mut addresses: Vec<_> = Vec::new();
            for service in services {
                let here = members.iter().filter_map(|it| it.listens(service));
                let before = addresses.len();
                addresses.extend(here);
                assert!(addresses.len() > before, "{service}");
            }
            let found = addresses.len();
            addresses.sort_unstable();
            addresses.dedup();
            assert_eq!(addresses.len(), found);
        }
        let gateway = &members(Shape::Groups, 1)?[0];
        assert_eq!(
            gateway.calls(),
            ["token", "bag", "purse", "weapon", "ledger"]
        );
        Ok(())
    }
}
