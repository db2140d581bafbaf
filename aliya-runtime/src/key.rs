//! What makes a request idempotent: a key, under which its reply is kept.

use std::fmt::{self, Write};
use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::types::{PlayerId, Time};

/// How many bytes of a key are stored as they are; of a longer one, its hash.
const STORED_BYTES: usize = 160;

/// By how much the time in a client's key may be ahead of the server's clock.
const AHEAD_MS: i64 = 86_400_000;

/// A key: compared byte by byte, with the time at which it was made, if it tells one.
///
/// The first letter says who made it: `c` a client, `g` a gateway or another caller whose request had
/// none, `e` the clock, `n` a new player. The key of a call that a function makes is `+`, its own key, and `.epoch/step`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    text: Arc<str>,
    born: Option<Time>,
}

impl Key {
    /// How many characters a client's `random` has at least to be a key.
    pub const CLIENT_CHARS: usize = 16;

    /// The key of a client's request: its player, and its `random`, where that is long enough to be
    /// one. A random such as `<unix ms>-<16 hex>` tells when it was made.
    pub fn of_client(player: Option<&PlayerId>, random: &str) -> Option<Self> {
        if random.chars().count() < Self::CLIENT_CHARS {
            return None;
        }
        let player = player.map(PlayerId::as_str).unwrap_or_default();
        // Their lengths tell where they end: both may hold any character, also those that the keys of
        // calls end with.
        let text = format!("c{}:{player}:{}:{random}", player.len(), random.len());
        let born = born(random).filter(|born| born.0 <= Time::now().0.saturating_add(AHEAD_MS));
        Some(Self::new(text, born))
    }

    /// A key that nobody has made before, of a request that comes without one. `maker` is its
    /// first letter.
    pub fn fresh(maker: char) -> Self {
        let now = Time::now();
        let random = getrandom::u64().unwrap_or_default();
        Self::new(format!("{maker}:{}-{random:016x}", now.0), Some(now))
    }

    /// The key for something that happens once: `maker`, and its name.
    pub fn named(maker: char, name: fmt::Arguments<'_>, born: Time) -> Self {
        Self::new(format!("{maker}:{name}"), Some(born))
    }

    /// A key as it was stored, or as another process sent it.
    pub fn stored(text: impl Into<Arc<str>>, born: Option<Time>) -> Self {
        let text = text.into();
        Self { text, born }
    }

    /// The key of a call that the function of this key makes: its `step` in that `epoch`.
    pub fn child(&self, epoch: i64, step: &str) -> Self {
        let plus = if self.is_child() { "" } else { "+" };
        Self::bounded(format!("{plus}{}.{epoch}/{step}", self.text), self.born)
    }

    /// Whether a function made it, for a call of another group.
    pub fn is_child(&self) -> bool {
        self.text.starts_with('+')
    }

    /// Whether it begins with that letter.
    pub(crate) fn is_made_by(&self, maker: char) -> bool {
        self.text.starts_with(maker)
    }

    /// The key as text: at most 255 bytes.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// When it was made; `None` where it does not tell.
    pub fn born(&self) -> Option<Time> {
        self.born
    }

    /// The key of a request. A slash begins the step of a call: in what a client says, it could make
    /// the key of another request's call.
    fn new(text: String, born: Option<Time>) -> Self {
        match text.contains('/') {
            true => Self::stored(hashed(&text), born),
            false => Self::bounded(text, born),
        }
    }

    fn bounded(text: String, born: Option<Time>) -> Self {
        let is_plain =
            text.len() <= STORED_BYTES && text.bytes().all(|byte| byte.is_ascii_graphic());
        let text = if is_plain { text } else { hashed(&text) };
        Self::stored(text, born)
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// The first letter, and a hash of the whole.
fn hashed(text: &str) -> String {
    let mut hashed: String = text.chars().take(1).collect();
    hashed.push_str(":sha256:");
    for byte in Sha256::digest(text.as_bytes()) {
        // Writing to a String cannot fail.
        let _ = write!(hashed, "{byte:02x}");
    }
    hashed
}

/// The time in `<unix ms>-<16 hex>`.
fn born(random: &str) -> Option<Time> {
    let (ms, hex) = random.split_once('-')?;
    let is_hex = hex.len() == 16 && hex.bytes().all(|byte| byte.is_ascii_hexdigit());
    let is_ms = (12..=14).contains(&ms.len()) && ms.bytes().all(|byte| byte.is_ascii_digit());
    (is_hex && is_ms).then(|| ms.parse().ok().map(Time))?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(player: &str, random: &str) -> Option<Key> {
        Key::of_client(Some(&PlayerId::new(player)), random)
    }

    #[test]
    fn a_short_random_is_no_key() {
        assert_eq!(client("ada", "-906"), None);
        assert_eq!(client("ada", &"x".repeat(15)), None);
        assert_eq!(client("ada", &"é".repeat(15)), None);
        assert!(client("ada", &"é".repeat(16)).is_some());
    }

    #[test]
    fn players_do_not_share_keys() {
        let random = "1790000000000-5b1f0e8c2d94a673";
        let key = client("ada", random).unwrap();
        assert_eq!(key.as_str(), "c3:ada:30:1790000000000-5b1f0e8c2d94a673");
        assert_ne!(client("bob", random).unwrap().as_str(), key.as_str());
        let one = client("a:0123456789abcdef", "0123456789abcdef").unwrap();
        let other = client("a", "0123456789abcdef:0123456789abcdef").unwrap();
        assert_ne!(one.as_str(), other.as_str());
    }

    #[test]
    fn only_our_own_form_tells_its_time() {
        let time = |random: &str| client("ada", random).unwrap().born();
        assert_eq!(
            time("1790000000000-5b1f0e8c2d94a673"),
            Some(Time(1_790_000_000_000))
        );
        for other in [
            "5b1f0e8c2d94a673",
            "1790000000000-5b1f0e8c2d94a67",
            "1790000000000-5b1f0e8c2d94a67x",
            "17900000x0000-5b1f0e8c2d94a673",
            // Later than any clock may be ahead.
            "9999999999999-5b1f0e8c2d94a673",
        ] {
            assert_eq!(time(other), None, "{other}");
        }
    }

    #[test]
    fn a_key_is_short_and_plain_text() {
        let long = "x".repeat(128);
        for key in [
            client(&"é".repeat(128), &long),
            client("a\nb", &long),
            client(&long, &long),
        ] {
            let mut key = key.unwrap();
            for _ in 0..20 {
                assert!(key.as_str().len() <= 255, "{key}");
                assert!(
                    key.as_str().bytes().all(|byte| byte.is_ascii_graphic()),
                    "{key}"
                );
                key = key.child(3, "t12");
            }
        }
        assert_ne!(
            client("a\nb", &long).unwrap(),
            client("a\rb", &long).unwrap()
        );
    }

    #[test]
    fn no_key_looks_like_that_of_another_one_s_call() {
        let random = "0123456789abcdef";
        let made = client("ada", random).unwrap().child(0, "t0");
        let step = format!("{random}.0/t0");
        let other = client("ada", &step).unwrap();
        assert_ne!(other.child(0, "t0").as_str(), made.child(0, "t0").as_str());
        // Without a slash, it ends where the first step begins.
        assert!(!other.as_str().contains('/'), "{other}");
        assert!(!client("a/b", random).unwrap().as_str().contains('/'));
        assert_ne!(
            client("ada", &format!("{random}.0"))
                .unwrap()
                .child(0, "t0"),
            made
        );
    }

    #[test]
    fn a_child_tells_the_time_of_its_parent() {
        let parent = client("ada", "1790000000000-5b1f0e8c2d94a673").unwrap();
        let child = parent.child(2, "g1");
        assert_eq!(
            child.as_str(),
            "+c3:ada:30:1790000000000-5b1f0e8c2d94a673.2/g1"
        );
        assert!(child.is_child() && !parent.is_child());
        // No client makes the key of a call.
        let forged = client("ada", "1790000000000-5b1f0e8c2d94a673.2/g1").unwrap();
        assert_ne!(forged.child(0, "t0"), child.child(0, "t0"));
        assert!(!child.as_str().ends_with(forged.as_str()));
        let grandchild = child.child(0, "t0");
        assert_eq!(grandchild.as_str(), format!("{child}.0/t0"));
        assert_eq!(child.born(), parent.born());
    }
}
