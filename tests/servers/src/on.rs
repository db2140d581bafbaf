//! Which databases a run of tests covers.

use anyhow::{Result, bail, ensure};

use crate::Kind;

/// The variable that says it: some of `sqlite`, `postgres` and `mariadb`, with commas between them.
/// Without it, all that are installed are covered, and where CI is `true` all three.
pub const ON: &str = "ALIYA_TEST_ON";

/// A database that tests run on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum On {
    /// SQLite, which needs no server.
    Sqlite,
    /// A server.
    Server(Kind),
}

impl On {
    /// All of them.
    pub const ALL: [Self; 3] = [
        Self::Sqlite,
        Self::Server(Kind::Postgres),
        Self::Server(Kind::Mariadb),
    ];

    /// As [`ON`] calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Server(kind) => kind.name(),
        }
    }

    /// Whether this run covers it.
    pub fn is_covered(self) -> Result<bool> {
        Ok(chosen()?.contains(&self))
    }
}

/// What this run covers. Fails where something is asked for that is not there.
pub fn chosen() -> Result<Vec<On>> {
    let asked = std::env::var(ON).ok().filter(|asked| !asked.is_empty());
    let ci = std::env::var("CI").is_ok_and(|ci| ci == "true");
    choose(asked.as_deref(), ci, |kind| {
        kind.is_installed() || std::env::var_os(kind.shared_by()).is_some()
    })
}

fn choose(asked: Option<&str>, ci: bool, is_there: fn(Kind) -> bool) -> Result<Vec<On>> {
    let there = |on: &On| match *on {
        On::Sqlite => true,
        On::Server(kind) => is_there(kind),
    };
    let all = match asked {
        Some(asked) => parse(asked)?,
        None if ci => On::ALL.to_vec(),
        None => return Ok(On::ALL.into_iter().filter(there).collect()),
    };
    if let Some(missing) = all.iter().find(|on| !there(on)) {
        let asker = if asked.is_some() { ON } else { "CI=true" };
        bail!(
            "{asker} asks for {}, which is not installed",
            missing.name()
        );
    }
    Ok(all)
}

/// Reads what [`ON`] and `--on` say.
pub fn parse(asked: &str) -> Result<Vec<On>> {
    let mut all = Vec::new();
    for name in asked.split(',') {
        let Some(on) = On::ALL.into_iter().find(|on| on.name() == name) else {
            bail!("there is no database `{name}` to test on; there are sqlite, postgres, mariadb");
        };
        ensure!(!all.contains(&on), "`{name}` stands twice in `{asked}`");
        all.push(on);
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_must_be_there() {
        let names = |asked, ci, there| {
            let chosen = choose(asked, ci, there);
            chosen.map(|all| all.iter().map(|on| on.name()).collect::<Vec<_>>().join(" "))
        };
        let none = |_| false;
        let postgres = |kind| kind == Kind::Postgres;
        let all = |_| true;
        for (asked, ci, there, expected) in [
            (
                None,
                true,
                all as fn(Kind) -> bool,
                "sqlite postgres mariadb",
            ),
            (None, false, none, "sqlite"),
            (None, false, postgres, "sqlite postgres"),
            (Some("postgres,sqlite"), true, postgres, "postgres sqlite"),
        ] {
            assert_eq!(names(asked, ci, there).expect("there"), expected);
        }
        for (asked, ci, there, said) in [
            (
                None,
                true,
                postgres as fn(Kind) -> bool,
                "CI=true asks for mariadb",
            ),
            (
                Some("mariadb"),
                false,
                none,
                "ALIYA_TEST_ON asks for mariadb",
            ),
            (Some("oracle"), false, all, "there is no database `oracle`"),
            (Some("sqlite,sqlite"), false, all, "`sqlite` stands twice"),
        ] {
            let error = names(asked, ci, there).expect_err(said).to_string();
            assert!(error.starts_with(said), "{error}");
        }
    }
}
