//! Where a database is: the text of a setting, parsed.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// Which database to open. Parsed from the setting `database`: `sqlite:PATH`, where PATH is taken as
/// it is (no escapes); a relative one starts from the working folder.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DatabaseUrl {
    /// An SQLite database in that file.
    Sqlite(PathBuf),
}

impl DatabaseUrl {
    /// An SQLite database in the file `path`.
    pub fn sqlite(path: impl AsRef<Path>) -> Self {
        Self::Sqlite(path.as_ref().to_owned())
    }
}

/// Why a text names no database that this version can open.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DatabaseUrlError {
    /// A database of a kind that is planned.
    #[error("`{0}:` is not yet supported by this version: use sqlite:PATH")]
    NotYet(String),
    /// A database of another kind.
    #[error("there is no database kind `{0}:`: use sqlite:PATH")]
    UnknownKind(String),
    /// There is no kind before the path.
    #[error("`{0}` names no kind of database: write `sqlite:{0}` for the file")]
    NoKind(String),
    /// There is no path after the kind.
    #[error("`sqlite:` lacks its path: write sqlite:PATH")]
    NoPath,
    /// SQLite's database without a file.
    #[error("`sqlite::memory:` would lose everything when the server stops: name a file")]
    Memory,
    /// Options after the path.
    #[error("a path with `?` is not taken: sqlite:PATH has no options")]
    Options,
}

impl FromStr for DatabaseUrl {
    type Err = DatabaseUrlError;

    fn from_str(text: &str) -> Result<Self, DatabaseUrlError> {
        let Some((kind, rest)) = text.split_once(':') else {
            return Err(DatabaseUrlError::NoKind(text.to_owned()));
        };
        match kind {
            "sqlite" => {}
            "postgres" | "postgresql" | "mysql" | "mariadb" => {
                return Err(DatabaseUrlError::NotYet(kind.to_owned()));
            }
            other => return Err(DatabaseUrlError::UnknownKind(other.to_owned())),
        }
        // `sqlite://data.db` and `sqlite:///abs/data.db` are how other tools write it.
        match rest.strip_prefix("//").unwrap_or(rest) {
            "" => Err(DatabaseUrlError::NoPath),
            ":memory:" => Err(DatabaseUrlError::Memory),
            path if path.contains('?') => Err(DatabaseUrlError::Options),
            path => Ok(Self::Sqlite(path.into())),
        }
    }
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "sqlite:{}", path.display()),
        }
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
    fn what_cannot_be_opened_is_told_apart() {
        use DatabaseUrlError as E;
        for (text, error) in [
            ("postgres://localhost/game", E::NotYet("postgres".into())),
            ("mysql://localhost/game", E::NotYet("mysql".into())),
            ("redis:game", E::UnknownKind("redis".into())),
            ("game.db", E::NoKind("game.db".into())),
            ("", E::NoKind(String::new())),
            ("sqlite:", E::NoPath),
            ("sqlite://", E::NoPath),
            ("sqlite::memory:", E::Memory),
            ("sqlite:game.db?mode=ro", E::Options),
        ] {
            assert_eq!(text.parse::<DatabaseUrl>(), Err(error), "{text}");
        }
    }
}
