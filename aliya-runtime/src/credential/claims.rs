//! What a credential says: as the caller gives it, as it travels, and as the callee gets it.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Issuer, LIFETIME_S, Refused};
use crate::call::{Act, Key, Request};
use crate::types::{PlayerId, Time};

/// The longest name of a request that travels, in bytes: a longer one is cut.
const ID_BYTES: usize = 64;

/// The longest key of a call, in bytes.
const KEY_BYTES: usize = 255;

/// What a credential is signed for.
#[derive(Clone, Copy, Debug)]
pub struct Claims<'a> {
    /// The callee: a manager's name, or [`TOKEN_SERVER`](super::TOKEN_SERVER).
    pub audience: &'a str,
    /// The function that is called.
    pub function: &'a str,
    /// What is asked of the function.
    pub act: Act,
    /// The key of the call.
    pub key: &'a Key,
    /// The request that the call is part of: of all but its key, which is the key of another call.
    pub request: &'a Request,
}

/// Who calls and for what, as a checked credential says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// The calling service.
    pub issuer: Issuer,
    /// The player for whom it calls, if for one.
    pub player: Option<PlayerId>,
    /// What it asks of the function.
    pub act: Act,
    /// The key of the call.
    pub key: Key,
    /// Names the request in logs.
    pub id: Arc<str>,
    /// When the request arrived: what the function sees as `now`.
    pub now: Time,
    /// When nobody waits for the answer any more.
    pub deadline: Time,
    /// How many bytes of JSON the reply's message and data may have.
    pub reply_limit: Option<usize>,
}

/// The payload, as it is signed.
#[derive(Serialize)]
pub(super) struct Outgoing<'a> {
    iss: &'a str,
    aud: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    sub: Option<&'a str>,
    jti: &'a str,
    /// When the key was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    bor: Option<i64>,
    /// The request's name in logs.
    rid: &'a str,
    /// The function: without it a captured credential would fit any function with such a body.
    fun: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    act: Option<&'static str>,
    now: i64,
    /// The deadline.
    dl: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    lim: Option<usize>,
    sha: &'a str,
    iat: i64,
    exp: i64,
}

/// The payload, as it comes.
#[derive(Deserialize)]
pub(super) struct Incoming {
    iss: String,
    pub(super) aud: String,
    sub: Option<String>,
    jti: String,
    bor: Option<i64>,
    rid: String,
    pub(super) fun: String,
    act: Option<String>,
    now: i64,
    dl: i64,
    lim: Option<usize>,
    pub(super) sha: String,
    pub(super) iat: i64,
    pub(super) exp: i64,
}

impl<'a> Outgoing<'a> {
    /// The payload of a credential that `issuer` signs at a time, in seconds since 1970, over a body
    /// with that hash.
    pub(super) fn new(claims: Claims<'a>, issuer: &'a str, sha: &'a str, now_s: i64) -> Self {
        let request = claims.request;
        Self {
            iss: issuer,
            aud: claims.audience,
            sub: request.caller.as_ref().map(PlayerId::as_str),
            jti: claims.key.as_str(),
            bor: claims.key.born().map(|born| born.0),
            rid: cut(&request.id),
            fun: claims.function,
            act: match claims.act {
                Act::Call => None,
                Act::Give => Some("give"),
                Act::Undo => Some("undo"),
            },
            now: request.now.0,
            dl: request.deadline.time().0,
            lim: request.reply_limit,
            sha,
            iat: now_s,
            exp: now_s + LIFETIME_S,
        }
    }
}

impl Incoming {
    /// What it says of the caller; [`Refused::Malformed`] where no service says so.
    pub(super) fn into_caller(self) -> Result<Caller, Refused> {
        let act = match self.act.as_deref() {
            None => Act::Call,
            Some("give") => Act::Give,
            Some("undo") => Act::Undo,
            Some(_) => return Err(Refused::Malformed),
        };
        let is_key = (1..=KEY_BYTES).contains(&self.jti.len())
            && self.jti.bytes().all(|byte| byte.is_ascii_graphic());
        if !is_key || self.rid.len() > ID_BYTES {
            return Err(Refused::Malformed);
        }
        Ok(Caller {
            issuer: Issuer::parse(&self.iss).ok_or(Refused::Malformed)?,
            player: self.sub.map(PlayerId::new),
            act,
            key: Key::stored(self.jti, self.bor.map(Time)),
            id: self.rid.into(),
            now: Time(self.now),
            deadline: Time(self.dl),
            reply_limit: self.lim,
        })
    }
}

/// As much of a request's name as travels.
fn cut(id: &str) -> &str {
    let end = id.floor_char_boundary(ID_BYTES);
    id.get(..end).unwrap_or_default()
}
