//! The journal of an op: what it takes to go on with its function after a crash.

use serde::{Deserialize, Serialize};

use crate::db::Row;
use crate::stop::{Answer, Stop};
use crate::types::PlayerId;

/// The journal of an op.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Journal {
    /// Whether the function is run as a give: what passes a bound stops there.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) is_give: bool,
    /// The takes of this epoch, in their order. Of the last one it may be unknown whether it was
    /// sent.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) takes: Vec<Sent>,
    /// What follows when all takes are taken back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) then: Option<Then>,
    /// The calls after the commit point, in their order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) gives: Vec<Sent>,
    /// What the operations of the run gave that was committed, where the function has to go on
    /// from there because it reads the reply of a give.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) entries: Vec<Entry>,
}

/// A call to a manager of another group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Sent {
    /// The manager.
    pub(crate) manager: String,
    /// The function.
    pub(crate) function: String,
    /// The player for whom it is called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) player: Option<String>,
    /// The args: a JSON object, as text.
    pub(crate) body: String,
    /// What it was answered, a declared error among it; `None` as long as that is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) reply: Option<Answer>,
}

/// What follows when all takes are taken back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum Then {
    /// The op ends with this reply.
    End(Answer),
    /// The function runs again, in a new epoch: what it had read has changed.
    Again,
}

/// What one operation of a function gave.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum Entry {
    /// The rows of a read.
    Rows(Vec<Row>),
    /// How many rows a write changed.
    Changed(u64),
    /// The number that a write gave, if it wrote: an id, or a count.
    Number(Option<i64>),
    /// What another group answered to a read or a take.
    Reply(Answer),
    /// A call after the commit point: the next one of [`Journal::gives`].
    Given,
}

impl Sent {
    /// Whether it is the same call, whatever it was answered.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        (&self.manager, &self.function, &self.player, &self.body)
            == (&other.manager, &other.function, &other.player, &other.body)
    }

    /// The player for whom it is called.
    pub(crate) fn player(&self) -> Option<PlayerId> {
        self.player.as_deref().map(PlayerId::new)
    }
}

impl Entry {
    pub(crate) fn into_rows(self) -> Result<Vec<Row>, Stop> {
        match self {
            Self::Rows(rows) => Ok(rows),
            other => Err(diverged("rows", &other)),
        }
    }

    pub(crate) fn into_changed(self) -> Result<u64, Stop> {
        match self {
            Self::Changed(changed) => Ok(changed),
            other => Err(diverged("a write", &other)),
        }
    }

    pub(crate) fn into_number(self) -> Result<Option<i64>, Stop> {
        match self {
            Self::Number(number) => Ok(number),
            other => Err(diverged("a number", &other)),
        }
    }

    pub(crate) fn into_answer(self) -> Result<Answer, Stop> {
        match self {
            Self::Reply(answer) => Ok(answer),
            other => Err(diverged("a reply", &other)),
        }
    }
}

/// The fault of a function that does not repeat itself over the same answers: code written by hand,
/// or a balance table that changed while the function waited.
pub(crate) fn diverged(wanted: &str, found: &Entry) -> Stop {
    let found = match found {
        Entry::Rows(_) => "rows",
        Entry::Changed(_) => "a write",
        Entry::Number(_) => "a number",
        Entry::Reply(_) => "a reply",
        Entry::Given => "a call",
    };
    Stop::fault(format!(
        "the function goes another way than before: it wants {wanted}, its journal has {found}"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::Value;

    #[test]
    fn a_journal_is_read_back_as_it_was_written() {
        let sent = Sent {
            manager: "bag".to_owned(),
            function: "spend".to_owned(),
            player: Some("ada".to_owned()),
            body: r#"{"amount":3}"#.to_owned(),
            reply: None,
        };
        let answer = Answer {
            status: 2,
            message: "too few".into(),
            data: "{\"left\":1.5e3}".to_owned(),
        };
        let row = vec![
            Value::Null,
            Value::Int(i64::MIN),
            Value::Float(0.1 + 0.2),
            Value::Float(3.0),
            Value::Text("é\u{0}\"".to_owned()),
        ];
        let journal = Journal {
            is_give: true,
            takes: vec![Sent {
                reply: Some(answer.clone()),
                ..sent.clone()
            }],
            then: Some(Then::End(answer.clone())),
            gives: vec![sent],
            entries: vec![
                Entry::Rows(vec![row]),
                Entry::Changed(2),
                Entry::Number(None),
                Entry::Reply(answer),
                Entry::Given,
            ],
        };
        let text = serde_json::to_string(&journal).unwrap();
        let read: Journal = serde_json::from_str(&text).unwrap();
        assert_eq!(format!("{read:?}"), format!("{journal:?}"));
        let empty = serde_json::to_string(&Journal::default()).unwrap();
        assert_eq!(empty, "{}");
    }
}
