//! The kinds of values that settings have: how each is read from text, and what is expected.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::str::FromStr;

use secrecy::SecretString;
use tracing_subscriber::EnvFilter;

use crate::db::{DatabaseUrl, without_password};
use crate::secrets::Secret;

/// A kind of value.
pub(super) struct Kind<T> {
    /// What stands for a value in `--help`.
    pub(super) value: &'static str,
    /// What a value is, to stand after "must be".
    pub(super) expected: &'static str,
    /// What of a value may be printed.
    pub(super) shown: fn(&str) -> Shown,
    /// Reads it; `None` where the text is none.
    pub(super) read: fn(&str) -> Option<T>,
}

/// What of a value may be printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shown {
    /// This.
    As(String),
    /// Nothing: it is a secret.
    Not,
}

const fn kind<T>(
    value: &'static str,
    expected: &'static str,
    read: fn(&str) -> Option<T>,
) -> Kind<T> {
    Kind {
        value,
        expected,
        shown: |text| Shown::As(text.to_owned()),
        read,
    }
}

pub(super) const FOLDER: Kind<PathBuf> = kind("DIR", "the path of a folder", |text| {
    (!text.is_empty()).then(|| PathBuf::from(text))
});

pub(super) const ADDRESS: Kind<SocketAddr> = kind(
    "ADDR",
    "an IP address with a port, like 127.0.0.1:8079",
    |text| text.parse().ok(),
);

pub(super) const IP: Kind<IpAddr> = kind("IP", "an IP address, like 127.0.0.1", |text| {
    text.parse().ok()
});

pub(super) const OFFSET: Kind<i32> = kind("N", "a whole number from -65535 to 65535", |text| {
    within(text, -65_535, 65_535)
});

pub(super) const DATABASE: Kind<DatabaseUrl> = Kind {
    value: "URL",
    expected: "a database: sqlite:PATH, postgres://USER:PASSWORD@HOST:PORT/DATABASE, or mysql:// \
               and the same",
    shown: |text| Shown::As(without_password(text)),
    read: |text| text.parse().ok(),
};

pub(super) const URL: Kind<String> = kind("URL", "a URL like http://127.0.0.1:8080", url);

pub(super) const URLS: Kind<BTreeMap<String, String>> = kind(
    "NAME=URL,...",
    "managers with their URLs, like bag=http://10.0.0.2:8082,weapon=http://10.0.0.3:8083",
    |text| {
        let mut urls = BTreeMap::new();
        for pair in text.split(',').filter(|_| !text.is_empty()) {
            let (name, target) = pair.split_once('=')?;
            let earlier = urls.insert(name.trim().to_owned(), url(target.trim())?);
            if name.trim().is_empty() || earlier.is_some() {
                return None;
            }
        }
        Some(urls)
    },
);

pub(super) const DES_BLOCK: Kind<SecretString> = Kind {
    value: "8 BYTES",
    expected: "of exactly 8 bytes",
    shown: |_| Shown::Not,
    read: |text| (text.len() == 8).then(|| text.into()),
};

pub(super) const SECRET: Kind<SecretString> = Kind {
    value: "SECRET",
    expected: "of 32 to 4096 bytes, white space around them not counted",
    shown: |_| Shown::Not,
    read: |text| Secret::new(text).ok().map(|_| text.into()),
};

pub(super) const SECONDS: Kind<u32> = kind(
    "S",
    "a number of seconds from 1 to 315360000, which is ten years",
    |text| within(text, 1, 315_360_000),
);

pub(super) const MILLISECONDS: Kind<u64> = kind(
    "MS",
    "a number of milliseconds from 1 to 86400000, which is a day",
    |text| within(text, 1, 86_400_000),
);

pub(super) const CONNECTIONS: Kind<usize> = kind("N", "a number from 1 to 1000000", |text| {
    within(text, 1, 1_000_000)
});

pub(super) const RATE: Kind<u32> = kind("N", "a number from 0 to 1000000", |text| {
    within(text, 0, 1_000_000)
});

pub(super) const BURST: Kind<u32> = kind("N", "a number from 1 to 1000000", |text| {
    within(text, 1, 1_000_000)
});

/// Alone, its flag stands for `true`.
pub(super) const SWITCH: Kind<bool> = kind("true|false", "true or false", |text| text.parse().ok());

pub(super) const FILTER: Kind<String> = kind(
    "FILTER",
    "a level, or levels by module, like info,sqlx=warn",
    |text| EnvFilter::try_new(text).ok().map(|_| text.to_owned()),
);

fn within<T: FromStr + PartialOrd>(text: &str, min: T, max: T) -> Option<T> {
    text.parse()
        .ok()
        .filter(|number| (min..=max).contains(number))
}

/// A server's URL, without the slash at its end.
fn url(text: &str) -> Option<String> {
    let uri: http::Uri = text.parse().ok()?;
    // Calls inside a private network: there is no TLS here, and every path is a function.
    let plain = uri.scheme_str() == Some("http") && matches!(uri.path(), "" | "/");
    let authority = uri.authority().filter(|_| plain && uri.query().is_none())?;
    let named = !authority.host().is_empty() && !authority.as_str().contains('@');
    named.then(|| format!("http://{authority}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Which of these texts the kind takes.
    fn taken<'t, T>(kind: &Kind<T>, texts: &[&'t str]) -> Vec<&'t str> {
        let right = |text: &&str| (kind.read)(text).is_some();
        texts.iter().copied().filter(right).collect()
    }

    #[test]
    fn numbers_have_limits() {
        let texts = [
            "-1", "0", "1", "1000000", "1000001", "1.5", "many", "", " 1",
        ];
        assert_eq!(taken(&RATE, &texts), ["0", "1", "1000000"]);
        assert_eq!(taken(&BURST, &texts), ["1", "1000000"]);
        assert_eq!(taken(&CONNECTIONS, &texts), ["1", "1000000"]);
        let texts = ["-65536", "-65535", "0", "65535", "65536"];
        assert_eq!(taken(&OFFSET, &texts), ["-65535", "0", "65535"]);
        let texts = ["0", "1", "86400000", "86400001", "315360000", "315360001"];
        assert_eq!(taken(&MILLISECONDS, &texts), ["1", "86400000"]);
        assert_eq!(taken(&SECONDS, &texts), texts[1..5]);
    }

    #[test]
    fn addresses_are_of_ip() {
        let texts = [
            "127.0.0.1:80",
            "[::1]:80",
            "localhost:80",
            "127.0.0.1",
            ":80",
            "1.2.3.4:70000",
        ];
        assert_eq!(taken(&ADDRESS, &texts), ["127.0.0.1:80", "[::1]:80"]);
        assert_eq!(
            taken(&IP, &["::1", "127.0.0.1", "[::1]", "here"]),
            ["::1", "127.0.0.1"]
        );
    }

    #[test]
    fn urls_name_a_server_and_no_more() {
        let right = ["http://a", "http://a:1", "http://[::1]:1", "http://a:1/"];
        assert_eq!(taken(&URL, &right), right);
        let wrong = [
            "",
            "a:1",
            "https://a",
            "http://",
            "http://a/b",
            "http://a?b",
            "http://u:p@a",
            "/a",
        ];
        assert_eq!(taken(&URL, &wrong), [""; 0]);
        assert_eq!((URL.read)("http://a:1/").as_deref(), Some("http://a:1"));
    }

    #[test]
    fn urls_of_managers_are_pairs() {
        let read = |text| (URLS.read)(text).map(|urls| urls.into_iter().collect::<Vec<_>>());
        let pair = |name: &str, url: &str| (name.to_owned(), url.to_owned());
        assert_eq!(read(""), Some(vec![]));
        assert_eq!(
            read("bag=http://a:1"),
            Some(vec![pair("bag", "http://a:1")])
        );
        assert_eq!(
            read("weapon=http://b, bag=http://a/"),
            Some(vec![pair("bag", "http://a"), pair("weapon", "http://b")])
        );
        for wrong in [
            "bag",
            "=http://a",
            "bag=",
            "bag=a",
            "bag=http://a,",
            "bag=http://a,bag=http://b",
        ] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn secrets_are_counted_in_bytes() {
        let e = "\u{e9}";
        assert!((DES_BLOCK.read)(&e.repeat(4)).is_some());
        assert!((DES_BLOCK.read)(&e.repeat(8)).is_none());
        assert!((DES_BLOCK.read)("1234567").is_none());
        assert!((SECRET.read)(&e.repeat(16)).is_some());
        assert!((SECRET.read)(&"x".repeat(31)).is_none());
        assert!((SECRET.read)(&" ".repeat(32)).is_none());
        assert!((SECRET.read)(&"x".repeat(4097)).is_none());
    }

    #[test]
    fn the_rest_is_read_as_documented() {
        assert_eq!(
            taken(&SWITCH, &["true", "false", "yes", "1", "True"]),
            ["true", "false"]
        );
        assert_eq!(
            taken(
                &DATABASE,
                &["sqlite:a", "sqlite:", "a.db", "mysql://a", "mysql://a/b"]
            ),
            ["sqlite:a", "mysql://a/b"]
        );
        assert_eq!(taken(&FOLDER, &["a/b", ""]), ["a/b"]);
        assert_eq!(
            taken(&FILTER, &["info", "warn,sqlx=debug", "sqlx=loud"]),
            ["info", "warn,sqlx=debug"]
        );
    }
}
