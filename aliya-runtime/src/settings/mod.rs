//! Settings: command line over `ALIYA_*` variables over aliya.yaml over defaults.
//!
//! `list.rs` holds the one list of them; everything else here follows from it. A setting `idle_timeout_ms`
//! is the flag `--idle-timeout-ms`, the variable `ALIYA_IDLE_TIMEOUT_MS`, the key `idle_timeout_ms` of
//! the file, and the field of [`Settings`] of that name. Every value remembers where it came from,
//! for `aliya settings` and for messages; every mistake is told, with the nearest right name.

mod error;
mod file;
mod flags;
mod kinds;
mod layers;
mod list;
mod origin;
mod table;

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

pub use error::{Problem, SettingsError};
pub use flags::flags;
pub use kinds::Shown;
pub use layers::{File, Layers};
pub use list::{SETTINGS, Settings};
pub use table::{Row, Setting};

/// The file of the working directory that is read where no other is named.
pub const FILE: &str = "aliya.yaml";

impl Settings {
    /// What `aliya settings` prints: every setting in the order of the list, as it holds.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The address on which a manager with this declared port listens; `None` where
    /// `port_offset` leads out of the range of ports.
    pub fn manager_address(&self, port: u16) -> Option<SocketAddr> {
        let port = i32::from(port).checked_add(self.port_offset)?;
        let port = u16::try_from(port).ok().filter(|port| *port > 0)?;
        Some(SocketAddr::new(self.manager_host, port))
    }

    /// The URL at which to call the manager of this name and declared port, without a slash at its
    /// end: that of `manager_urls`, or the one that follows from
    /// [`manager_address`](Self::manager_address).
    pub fn manager_url(&self, manager: &str, port: u16) -> Option<String> {
        match self.manager_urls.get(manager) {
            Some(url) => Some(url.clone()),
            None => self.manager_address(port).map(url_of),
        }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self::load(&Layers::default()).expect("the defaults of the list are right")
    }
}

/// The URL at which a server that listens on `address` is reached from the same machine.
fn url_of(mut address: SocketAddr) -> String {
    // "Any address" can be listened on, not called.
    if address.ip().is_unspecified() {
        address.set_ip(match address {
            SocketAddr::V4(_) => IpAddr::V4(Ipv4Addr::LOCALHOST),
            SocketAddr::V6(_) => IpAddr::V6(Ipv6Addr::LOCALHOST),
        });
    }
    format!("http://{address}")
}

#[cfg(test)]
mod tests;
