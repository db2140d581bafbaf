//! How an administrator reaches a server.

use anyhow::{Context, Result};

use crate::Kind;

/// How an administrator reaches a server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Admin {
    /// The kind of the server.
    pub kind: Kind,
    /// The account.
    pub user: String,
    /// Its password; empty where it needs none.
    pub password: String,
    /// Where the server listens.
    pub host: String,
    /// Where the server listens.
    pub port: u16,
}

impl Admin {
    /// From `postgres://USER@HOST:PORT`, `mysql://USER:PASSWORD@HOST:PORT` and the like; a database
    /// behind it is of no interest.
    pub fn parse(kind: Kind, url: &str) -> Result<Self> {
        let wrong = || {
            let scheme = scheme(kind);
            format!(
                "{} must be like {scheme}://USER:PASSWORD@HOST:PORT",
                kind.shared_by()
            )
        };
        let rest = url.strip_prefix(scheme(kind)).with_context(wrong)?;
        let rest = rest.strip_prefix("://").with_context(wrong)?;
        let rest = rest.split('/').next().unwrap_or(rest);
        let (account, address) = rest.rsplit_once('@').with_context(wrong)?;
        let (host, port) = address.rsplit_once(':').with_context(wrong)?;
        let (user, password) = account.split_once(':').unwrap_or((account, ""));
        Ok(Self {
            kind,
            user: user.to_owned(),
            password: password.to_owned(),
            host: host.to_owned(),
            port: port.parse().with_context(wrong)?,
        })
    }

    /// The URL of one of its databases; of none where the name is empty.
    pub fn url(&self, database: &str) -> String {
        let colon = if self.password.is_empty() { "" } else { ":" };
        let Self {
            user,
            password,
            host,
            port,
            ..
        } = self;
        let scheme = scheme(self.kind);
        format!("{scheme}://{user}{colon}{password}@{host}:{port}/{database}")
    }
}

fn scheme(kind: Kind) -> &'static str {
    match kind {
        Kind::Postgres => "postgres",
        Kind::Mariadb => "mysql",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_is_taken_apart() {
        let parsed = Admin::parse(Kind::Postgres, "postgres://me@127.0.0.1:5432/postgres");
        let parsed = parsed.expect("a URL");
        assert_eq!((parsed.user.as_str(), parsed.port), ("me", 5432));
        assert_eq!(parsed.url("game"), "postgres://me@127.0.0.1:5432/game");
        let parsed = Admin::parse(Kind::Mariadb, "mysql://root:p@ss@db:3306").expect("a URL");
        assert_eq!(parsed.url(""), "mysql://root:p@ss@db:3306/");
        for wrong in [
            "mysql://me@h:1",
            "postgres:me@h:1",
            "postgres://h:1",
            "postgres://me@h",
        ] {
            let error = Admin::parse(Kind::Postgres, wrong).expect_err(wrong);
            assert!(error.to_string().contains("ALIYA_TEST_POSTGRES"), "{error}");
        }
    }
}
