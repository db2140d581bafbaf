//! The internal credential: a JWT that the calling service signs for one call of one function with
//! one body, and the callee checks before it looks at the body.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::{HeaderMap, HeaderName};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::function::{Access, FunctionInfo};
use crate::runs::Runs;
use crate::secrets::Secret;
use crate::types::{PlayerId, Time};

/// The name of the token server as a callee; managers have their own. No manager may be named so.
pub const TOKEN_SERVER: &str = "token";

/// How long a credential holds, in seconds, from when it was signed.
pub const LIFETIME_S: i64 = 60;

/// By how many seconds the caller's clock may be ahead of the callee's. A caller's clock that is
/// behind needs no leeway, it shortens [`LIFETIME_S`] by as much.
pub const SKEW_S: i64 = 10;

/// The longest credential that is looked at: all claims are names and short ids.
const MAX_BYTES: usize = 4096;

/// A service that calls others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Issuer {
    /// A gateway, for its clients.
    Gateway,
    /// The operator, with `aliya admin`.
    Operator,
    /// The token server.
    Token,
    /// The manager of that name.
    Manager(String),
}

impl Issuer {
    /// Whether functions of that access are open to it. The token server has none of its own: see
    /// [`Issuer::may_run`].
    pub fn may_call(&self, access: Access) -> bool {
        match self {
            Self::Operator => true,
            Self::Gateway => matches!(access, Access::Player | Access::Public),
            Self::Manager(_) => access != Access::Admin,
            Self::Token => false,
        }
    }

    /// Whether it may call this function: the token server those that run for its new players, which
    /// no manager calls.
    pub fn may_run(&self, function: &FunctionInfo) -> bool {
        let for_new_players = function.runs == Some(Runs::PlayerCreated);
        match self {
            Self::Token => for_new_players,
            Self::Manager(_) if for_new_players => false,
            _ => self.may_call(function.access),
        }
    }

    /// From the text in `iss`; managers have a prefix, so none can be named like another service.
    fn parse(text: &str) -> Option<Self> {
        match text {
            "gateway" => Some(Self::Gateway),
            "operator" => Some(Self::Operator),
            "token" => Some(Self::Token),
            other => match other.strip_prefix("manager:") {
                None | Some("") => None,
                Some(name) => Some(Self::Manager(name.to_owned())),
            },
        }
    }
}

impl fmt::Display for Issuer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Gateway => f.write_str("gateway"),
            Self::Operator => f.write_str("operator"),
            Self::Token => f.write_str("token"),
            Self::Manager(name) => write!(f, "manager:{name}"),
        }
    }
}

/// What a credential is signed for.
#[derive(Clone, Copy, Debug)]
pub struct Claims<'a> {
    /// The callee: a manager's name, or [`TOKEN_SERVER`].
    pub audience: &'a str,
    /// The function that is called.
    pub function: &'a str,
    /// The player for whom it is called, if for one.
    pub player: Option<&'a PlayerId>,
    /// The request's key.
    pub key: &'a str,
}

/// Who calls, as a checked credential says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// The calling service.
    pub issuer: Issuer,
    /// The player for whom it calls, if for one.
    pub player: Option<PlayerId>,
    /// The request's key.
    pub key: String,
}

/// Why a call is refused with 401. For the log: a caller learns no more than that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refused {
    /// The header is absent, twice there, or no text.
    #[error("no credential")]
    Missing,
    /// It is no JWT with the claims of a credential, not of the pinned algorithm, or ill-signed.
    #[error("the credential is not one of this server's")]
    Malformed,
    /// It has expired, or it would hold for longer than credentials do.
    #[error("the credential has expired")]
    Expired,
    /// The caller's clock is ahead by more than [`SKEW_S`].
    #[error("the credential is from the future")]
    Early,
    /// It is for another callee or another function.
    #[error("the credential is for another callee or function")]
    Misdirected,
    /// The body is not the one that was signed.
    #[error("the credential is for another body")]
    OtherBody,
}

/// Signs the calls of one service, and checks those that it gets. Keys are prepared once; make one
/// for the life of the process.
pub struct Credentials {
    issuer: String,
    header: Header,
    signing: EncodingKey,
    checking: DecodingKey,
    validation: Validation,
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials")
            .field("issuer", &self.issuer)
            .finish_non_exhaustive()
    }
}

impl Credentials {
    /// For the service `issuer`, with the secret that all services share.
    pub fn new(secret: &Secret, issuer: &Issuer) -> Self {
        let mut validation = Validation::new(Algorithm::HS256);
        // Times and the audience are compared in `verify`, more strictly than the library does it:
        // an audience is one exact text there, which changes with every call.
        validation.validate_exp = false;
        validation.validate_aud = false;
        validation.required_spec_claims.clear();
        Self {
            issuer: issuer.to_string(),
            header: Header::new(Algorithm::HS256),
            signing: EncodingKey::from_secret(secret.expose()),
            checking: DecodingKey::from_secret(secret.expose()),
            validation,
        }
    }

    /// A credential for one call with that body, from now on for [`LIFETIME_S`].
    pub fn sign(&self, claims: Claims<'_>, body: &[u8]) -> String {
        self.sign_at(claims, body, now_s())
    }

    fn sign_at(&self, claims: Claims<'_>, body: &[u8], now_s: i64) -> String {
        let payload = Outgoing {
            iss: &self.issuer,
            aud: claims.audience,
            sub: claims.player.map(PlayerId::as_str),
            jti: claims.key,
            fun: claims.function,
            sha: &hash(body),
            iat: now_s,
            exp: now_s + LIFETIME_S,
        };
        jsonwebtoken::encode(&self.header, &payload, &self.signing)
            .expect("HMAC with a key of its own family over JSON without maps cannot fail")
    }

    /// Checks the credential of a call to `function` of `audience`, which is this service.
    pub fn verify(
        &self,
        audience: &str,
        function: &str,
        credential: &str,
        body: &[u8],
    ) -> Result<Caller, Refused> {
        self.verify_at(audience, function, credential, body, now_s())
    }

    fn verify_at(
        &self,
        audience: &str,
        function: &str,
        credential: &str,
        body: &[u8],
        now_s: i64,
    ) -> Result<Caller, Refused> {
        if credential.len() > MAX_BYTES {
            return Err(Refused::Malformed);
        }
        let decoded =
            jsonwebtoken::decode::<Incoming>(credential, &self.checking, &self.validation);
        let claims = decoded.map_err(|_| Refused::Malformed)?.claims;
        let issuer = Issuer::parse(&claims.iss).ok_or(Refused::Malformed)?;
        if claims.exp <= now_s || claims.exp.saturating_sub(claims.iat) > LIFETIME_S {
            return Err(Refused::Expired);
        }
        if claims.iat.saturating_sub(SKEW_S) > now_s {
            return Err(Refused::Early);
        }
        if claims.aud != audience || claims.fun != function {
            return Err(Refused::Misdirected);
        }
        if claims.sha != hash(body) {
            return Err(Refused::OtherBody);
        }
        Ok(Caller {
            issuer,
            player: claims.sub.map(PlayerId::new),
            key: claims.jti,
        })
    }
}

/// The token in a header such as `Authorization`, with or without `Bearer ` before it. `None` where
/// the header is absent, there more than once, or not text.
pub fn bearer<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    let (Some(value), None) = (values.next(), values.next()) else {
        return None;
    };
    let text = value.to_str().ok()?.trim_ascii();
    // The scheme is compared without regard to case (RFC 9110, 11.1).
    match text.split_at_checked(7) {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer ") => Some(token.trim_ascii()),
        _ => Some(text),
    }
}

fn now_s() -> i64 {
    Time::now().0.div_euclid(1000)
}

/// SHA-256 in base64url, as `sha` holds it.
fn hash(body: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(body))
}

#[derive(Serialize)]
struct Outgoing<'a> {
    iss: &'a str,
    aud: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    sub: Option<&'a str>,
    jti: &'a str,
    /// The function: without it a captured credential would fit any function with such a body.
    fun: &'a str,
    sha: &'a str,
    iat: i64,
    exp: i64,
}

#[derive(Deserialize)]
struct Incoming {
    iss: String,
    aud: String,
    sub: Option<String>,
    jti: String,
    fun: String,
    sha: String,
    iat: i64,
    exp: i64,
}

#[cfg(test)]
#[path = "credential_tests.rs"]
mod tests;
