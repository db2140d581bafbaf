//! An op as a row of its table.

use sha2::{Digest, Sha256};

use super::{CHILD_KEPT_MS, CLIENT_KEPT_MS, Journal, Status};
use crate::db::{Param, Row, Value};
use crate::envelope;
use crate::key::Key;
use crate::random::Seed;
use crate::stop::{Answer, Stop};
use crate::types::{PlayerId, Time};

/// An op.
#[derive(Clone, Debug)]
pub(crate) struct Op {
    /// Its key, with the time at which it was made.
    pub(crate) key: Key,
    /// The manager of its function.
    pub(crate) manager: String,
    /// Its function.
    pub(crate) function: String,
    /// What the function was declared as.
    pub(crate) declaration: String,
    /// The hash of function, caller and args: see [`hash_of`].
    pub(crate) args_hash: String,
    /// The args: a JSON object, as text; empty where the op was final when it was inserted.
    pub(crate) args: String,
    /// The player for whom the function runs.
    pub(crate) caller: Option<PlayerId>,
    /// What the function sees as the time.
    pub(crate) now: Time,
    /// What its randomness comes from.
    pub(crate) seed: Seed,
    /// How many bytes its reply may have.
    pub(crate) reply_limit: Option<usize>,
    /// How far it has come.
    pub(crate) status: Status,
    /// How often it has begun anew: its calls have other keys each time.
    pub(crate) epoch: i64,
    /// How often its row was changed: two that drive it do not overwrite each other.
    pub(crate) counter: i64,
    /// What it takes to go on.
    pub(crate) journal: Journal,
    /// Its reply, once it is known.
    pub(crate) reply: Option<Answer>,
    /// How often driving it failed since it last moved.
    pub(crate) attempts: i64,
    /// When it is due: to be driven on, or where it is final, to be collected.
    pub(crate) next: Time,
    /// Why it could not be driven on the last time, if it has not moved since.
    pub(crate) trouble: Option<String>,
}

/// Texts of a row that an op has in another form.
pub(super) struct Texts {
    journal: String,
    reply: Option<String>,
    seed: String,
}

/// How many columns the table has.
const COLUMNS: usize = 20;

/// A row whose values are no op.
fn damaged(what: &str) -> Stop {
    Stop::fault(format!("a row of aliya$op is damaged: its {what}"))
}

impl Op {
    /// When an op is collected that is final: its key is refused from then on.
    pub(crate) fn kept_until(&self) -> Time {
        let kept_ms = match self.key.is_child() {
            true => CHILD_KEPT_MS,
            false => CLIENT_KEPT_MS,
        };
        Time(self.born().0.saturating_add(kept_ms))
    }

    /// When its key was made, or where the key does not tell, when the request came.
    pub(crate) fn born(&self) -> Time {
        self.key.born().unwrap_or_else(Time::now)
    }

    /// The texts of its row that have to be made.
    pub(super) fn texts(&self) -> Result<Texts, Stop> {
        Ok(Texts {
            journal: self.journal_text()?,
            reply: self.reply_text(),
            seed: hex(&self.seed.0),
        })
    }

    /// The values of its row, in the order of the columns, and those that are held against the
    /// floor: `is_child` and `born_ms`. An op that is new has no trouble.
    pub(super) fn params<'a>(&'a self, texts: &'a Texts) -> [Param<'a>; COLUMNS + 1] {
        let limit = self.reply_limit.and_then(|limit| i64::try_from(limit).ok());
        let (born, is_child) = (
            Param::Int(self.born().0),
            Param::Int(self.key.is_child().into()),
        );
        [
            Param::Text(self.key.as_str()),
            born,
            is_child,
            Param::Text(&self.manager),
            Param::Text(&self.function),
            Param::Text(&self.declaration),
            Param::Text(&self.args_hash),
            Param::Text(&self.args),
            optional(self.caller.as_ref().map(PlayerId::as_str)),
            Param::Int(self.now.0),
            Param::Text(&texts.seed),
            limit.map_or(Param::Null, Param::Int),
            Param::Text(self.status.name()),
            Param::Int(self.epoch),
            Param::Int(self.counter),
            Param::Text(&texts.journal),
            optional(texts.reply.as_deref()),
            Param::Int(self.attempts),
            Param::Int(self.next.0),
            is_child,
            born,
        ]
    }

    pub(super) fn journal_text(&self) -> Result<String, Stop> {
        let journal = serde_json::to_string(&self.journal);
        journal.map_err(|error| Stop::fault(format!("the journal of {}: {error}", self.key)))
    }

    pub(super) fn reply_text(&self) -> Option<String> {
        self.reply.as_ref().map(|reply| {
            let mut text = String::new();
            envelope::write_answer(reply, &mut text);
            text
        })
    }

    /// The op of a row with all columns.
    pub(super) fn from_row(row: Row) -> Result<Self, Stop> {
        let row = <[Value; COLUMNS]>::try_from(row).map_err(|_| damaged("number of columns"))?;
        let [
            key,
            born,
            _is_child,
            manager,
            function,
            declaration,
            args_hash,
            args,
            caller,
            now,
            rest @ ..,
        ] = row;
        let [
            seed,
            limit,
            status,
            epoch,
            counter,
            journal,
            reply,
            attempts,
            next,
            trouble,
        ] = rest;
        let born = Time(int(born, "born_ms")?);
        let status = text(status, "status")?;
        let journal = text(journal, "journal")?;
        let journal = serde_json::from_str(&journal);
        let reply = match reply {
            Value::Null => None,
            reply => {
                let read = envelope::read_answer(&text(reply, "reply")?);
                Some(read.map_err(|_| damaged("reply"))?)
            }
        };
        Ok(Self {
            key: Key::stored(text(key, "key")?, Some(born)),
            manager: text(manager, "manager")?,
            function: text(function, "function")?,
            declaration: text(declaration, "declaration")?,
            args_hash: text(args_hash, "args_hash")?,
            args: text(args, "args")?,
            caller: match caller {
                Value::Null => None,
                caller => Some(PlayerId::new(text(caller, "caller")?)),
            },
            now: Time(int(now, "now_ms")?),
            seed: seed_of(&text(seed, "seed")?).ok_or_else(|| damaged("seed"))?,
            reply_limit: match limit {
                Value::Null => None,
                limit => usize::try_from(int(limit, "reply_limit")?).ok(),
            },
            status: Status::named(&status).ok_or_else(|| damaged("status"))?,
            epoch: int(epoch, "epoch")?,
            counter: int(counter, "counter")?,
            journal: journal.map_err(|_| damaged("journal"))?,
            reply,
            attempts: int(attempts, "attempts")?,
            next: Time(int(next, "next_ms")?),
            trouble: match trouble {
                Value::Null => None,
                trouble => Some(text(trouble, "trouble")?),
            },
        })
    }
}

/// The hash that tells whether a key comes with the same content: SHA-256 of function, caller and
/// args, in hex.
pub(crate) fn hash_of(
    manager: &str,
    function: &str,
    caller: Option<&PlayerId>,
    args: &str,
) -> String {
    let mut hash = Sha256::new();
    let caller = caller.map(PlayerId::as_str).unwrap_or_default();
    for part in [manager, function, caller, args] {
        hash.update(part.len().to_le_bytes());
        hash.update(part);
    }
    hex(&hash.finalize())
}

fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut hex = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        for digit in [byte >> 4, byte & 15] {
            hex.push(char::from(DIGITS[usize::from(digit)]));
        }
    }
    hex
}

fn seed_of(hex: &str) -> Option<Seed> {
    let mut seed = [0; 32];
    if hex.len() != 64 {
        return None;
    }
    for (at, byte) in seed.iter_mut().enumerate() {
        *byte = u8::from_str_radix(hex.get(at * 2..at * 2 + 2)?, 16).ok()?;
    }
    Some(Seed(seed))
}

fn optional(text: Option<&str>) -> Param<'_> {
    text.map_or(Param::Null, Param::Text)
}

fn int(value: Value, column: &str) -> Result<i64, Stop> {
    match value {
        Value::Int(int) => Ok(int),
        _ => Err(damaged(column)),
    }
}

fn text(value: Value, column: &str) -> Result<String, Stop> {
    match value {
        Value::Text(text) => Ok(text),
        _ => Err(damaged(column)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_is_read_back() {
        let seed = Seed(std::array::from_fn(|at| (at * 9) as u8));
        assert_eq!(seed_of(&hex(&seed.0)), Some(seed));
        assert_eq!(seed_of("00"), None);
        assert_eq!(seed_of(&"é".repeat(32)), None);
    }

    #[test]
    fn contents_differ_wherever_one_part_does() {
        let ada = PlayerId::new("ada");
        let of = |manager, function, args| hash_of(manager, function, Some(&ada), args);
        let first = of("bag", "spend", "{}");
        assert_eq!(first, of("bag", "spend", "{}"));
        assert_ne!(first, of("bags", "pend", "{}"));
        assert_ne!(first, of("bag", "spend", "{ }"));
        assert_ne!(first, hash_of("bag", "spend", None, "{}"));
    }
}
