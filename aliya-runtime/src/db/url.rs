//! Where a database is: the text of a setting, parsed.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use sqlx::mysql::MySqlConnectOptions;
use sqlx::postgres::PgConnectOptions;

/// Which database to open. Parsed from the setting `database`: `sqlite:PATH`, where PATH is taken as
/// it is (no escapes) and a relative one starts from the working folder; or the URL of a server's,
/// `postgres://USER:PASSWORD@HOST:PORT/DATABASE` or `mysql://...`. Shown without the password.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DatabaseUrl {
    /// An SQLite database in that file.
    Sqlite(PathBuf),
    /// A database of a PostgreSQL server.
    Postgres(Place),
    /// A database of a MySQL or MariaDB server.
    Mysql(Place),
}

/// The URL of a server's database, which has a password in it: shown without.
#[derive(Clone, PartialEq, Eq)]
pub struct Place(String);

impl DatabaseUrl {
    /// An SQLite database in the file `path`.
    pub fn sqlite(path: impl AsRef<Path>) -> Self {
        Self::Sqlite(path.as_ref().to_owned())
    }
}

impl Place {
    /// The whole URL, with the password.
    pub fn url(&self) -> &str {
        &self.0
    }
}

/// Why a text names no database that this version can open. No password is in it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DatabaseUrlError {
    /// A database of another kind.
    #[error("there is no database kind `{0}:`: use sqlite:PATH, postgres:URL or mysql:URL")]
    UnknownKind(String),
    /// There is no kind before the path.
    #[error("it names no kind of database: write sqlite:PATH, postgres:URL or mysql:URL")]
    NoKind,
    /// There is no path after the kind.
    #[error("`sqlite:` lacks its path: write sqlite:PATH")]
    NoPath,
    /// SQLite's database without a file.
    #[error("`sqlite::memory:` would lose everything when the server stops: name a file")]
    Memory,
    /// Options after the path.
    #[error("a path with `?` is not taken: sqlite:PATH has no options")]
    Options,
    /// A server's URL in another form.
    #[error(
        "it is no URL of a server's database: {0}; write {1}://USER:PASSWORD@HOST:PORT/DATABASE"
    )]
    NoUrl(String, &'static str),
    /// A server's URL without a database.
    #[error("it names no database on the server: write {0}://USER:PASSWORD@HOST:PORT/DATABASE")]
    NoDatabase(&'static str),
    /// An option of a server's URL that there is not.
    #[error("there is no option `{0}`; there are {1}")]
    UnknownOption(String, String),
}

/// What a URL of PostgreSQL may say after `?`.
const POSTGRES_OPTIONS: [&str; 5] = ["host", "sslcert", "sslkey", "sslmode", "sslrootcert"];
/// What a URL of MySQL may.
const MYSQL_OPTIONS: [&str; 5] = ["socket", "ssl-ca", "ssl-cert", "ssl-key", "ssl-mode"];

impl FromStr for DatabaseUrl {
    type Err = DatabaseUrlError;

    fn from_str(text: &str) -> Result<Self, DatabaseUrlError> {
        let Some((kind, rest)) = text.split_once(':') else {
            return Err(DatabaseUrlError::NoKind);
        };
        match kind {
            "sqlite" => sqlite(rest),
            "postgres" | "postgresql" => {
                let place = place("postgres", rest, &POSTGRES_OPTIONS)?;
                match PgConnectOptions::from_str(place.url()) {
                    Err(error) => Err(no_url("postgres", &error)),
                    Ok(options) if options.get_database().is_none_or(str::is_empty) => {
                        Err(DatabaseUrlError::NoDatabase("postgres"))
                    }
                    Ok(_) => Ok(Self::Postgres(place)),
                }
            }
            "mysql" | "mariadb" => {
                let place = place("mysql", rest, &MYSQL_OPTIONS)?;
                match MySqlConnectOptions::from_str(place.url()) {
                    Err(error) => Err(no_url("mysql", &error)),
                    Ok(options) if options.get_database().is_none_or(str::is_empty) => {
                        Err(DatabaseUrlError::NoDatabase("mysql"))
                    }
                    Ok(_) => Ok(Self::Mysql(place)),
                }
            }
            other => Err(DatabaseUrlError::UnknownKind(other.to_owned())),
        }
    }
}

fn sqlite(rest: &str) -> Result<DatabaseUrl, DatabaseUrlError> {
    // `sqlite://data.db` and `sqlite:///abs/data.db` are how other tools write it.
    match rest.strip_prefix("//").unwrap_or(rest) {
        "" => Err(DatabaseUrlError::NoPath),
        ":memory:" => Err(DatabaseUrlError::Memory),
        path if path.contains('?') => Err(DatabaseUrlError::Options),
        path => Ok(DatabaseUrl::Sqlite(path.into())),
    }
}

/// A URL of `kind`, whose options are among `known`.
fn place(kind: &'static str, rest: &str, known: &[&str]) -> Result<Place, DatabaseUrlError> {
    let Some(after) = rest.strip_prefix("//") else {
        let what = "it lacks its `//`".to_owned();
        return Err(DatabaseUrlError::NoUrl(what, kind));
    };
    let (_, options) = after.split_once('?').unwrap_or_default();
    let names = options.split('&').filter(|option| !option.is_empty());
    let mut names = names.map(|option| option.split_once('=').map_or(option, |(name, _)| name));
    if let Some(unknown) = names.find(|name| !known.contains(name)) {
        return Err(DatabaseUrlError::UnknownOption(
            unknown.to_owned(),
            known.join(", "),
        ));
    }
    Ok(Place(format!("{kind}:{rest}")))
}

fn no_url(kind: &'static str, error: &sqlx::Error) -> DatabaseUrlError {
    DatabaseUrlError::NoUrl(error.to_string(), kind)
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "sqlite:{}", path.display()),
            Self::Postgres(place) | Self::Mysql(place) => place.fmt(f),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&without_password(&self.0))
    }
}

/// A text that may be a database's URL, with stars for the password in it.
pub fn without_password(text: &str) -> String {
    let Some((before, host)) = text.rsplit_once('@') else {
        return text.to_owned();
    };
    let (kind, user) = before.split_once(':').unwrap_or(("", before));
    let user = user.trim_start_matches('/');
    match user.split_once(':') {
        Some((user, _)) => format!("{kind}://{user}:***@{host}"),
        None => text.to_owned(),
    }
}

impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Place({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_taken_as_it_is() {
        for (text, path) in [
            ("sqlite:data/game.db", "data/game.db"),
            ("sqlite:/var/lib/game.db", "/var/lib/game.db"),
            ("sqlite://data.db", "data.db"),
            ("sqlite:///var/lib/game.db", "/var/lib/game.db"),
            ("sqlite:with space%20.db", "with space%20.db"),
        ] {
            assert_eq!(text.parse(), Ok(DatabaseUrl::sqlite(path)), "{text}");
        }
        let url = DatabaseUrl::sqlite("data/game.db");
        assert_eq!(url.to_string().parse(), Ok(url));
    }

    #[test]
    fn a_server_is_shown_without_its_password() {
        for (text, shown) in [
            (
                "postgres://ann:s3cret@db:5432/game",
                "postgres://ann:***@db:5432/game",
            ),
            (
                "postgresql://ann@db/game?sslmode=require",
                "postgres://ann@db/game?sslmode=require",
            ),
            (
                "mysql://ann:a%40b@127.0.0.1:3306/game",
                "mysql://ann:***@127.0.0.1:3306/game",
            ),
            ("mariadb://db/game", "mysql://db/game"),
        ] {
            let url: DatabaseUrl = text.parse().expect(text);
            assert_eq!(url.to_string(), shown);
            assert!(!format!("{url:?}").contains("s3cret"));
        }
        let broken = "postgres:ann:s3/c@ret@db/game";
        assert_eq!(without_password(broken), "postgres://ann:***@db/game");
    }

    #[test]
    fn what_cannot_be_opened_is_told_apart() {
        use DatabaseUrlError as E;
        let options = POSTGRES_OPTIONS.join(", ");
        for (text, error) in [
            ("redis:game", E::UnknownKind("redis".into())),
            ("game.db", E::NoKind),
            ("", E::NoKind),
            ("sqlite:", E::NoPath),
            ("sqlite://", E::NoPath),
            ("sqlite::memory:", E::Memory),
            ("sqlite:game.db?mode=ro", E::Options),
            (
                "postgres:game",
                E::NoUrl("it lacks its `//`".into(), "postgres"),
            ),
            ("postgres://db:5432", E::NoDatabase("postgres")),
            ("mysql://db/", E::NoDatabase("mysql")),
            (
                "postgres://db/game?pool=3",
                E::UnknownOption("pool".into(), options),
            ),
        ] {
            assert_eq!(text.parse::<DatabaseUrl>(), Err(error), "{text}");
        }
    }
}
