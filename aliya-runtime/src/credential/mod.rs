//! The internal credential: a JWT that the calling service signs for one call of one function with
//! one body, and the callee checks before it looks at the body.

mod claims;
mod issuer;

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::{HeaderMap, HeaderName};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use sha2::{Digest, Sha256};

pub use self::claims::{Caller, Claims};
use self::claims::{Incoming, Outgoing};
pub use self::issuer::Issuer;
pub use crate::call::TOKEN_SERVER;
use crate::secrets::Secret;
use crate::types::Time;

/// How long a credential holds, in seconds, from when it was signed.
pub const LIFETIME_S: i64 = 60;

/// By how many seconds the caller's clock may be ahead of the callee's. A caller's clock that is
/// behind needs no leeway: it shortens [`LIFETIME_S`] and the deadlines of the calls by as much.
pub const SKEW_S: i64 = 10;

/// The longest credential that is looked at: all claims are numbers, names and short ids.
const MAX_BYTES: usize = 4096;

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
    /// That of the secret that it signs with, then that of the other one, if there is one.
    checking: Vec<DecodingKey>,
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
            checking: vec![DecodingKey::from_secret(secret.expose())],
            validation,
        }
    }

    /// The same, and what is signed with another secret is accepted as well: while the secret is
    /// being changed, some services sign with the one and some with the other.
    #[must_use]
    pub fn also(mut self, secret: &Secret) -> Self {
        self.checking
            .push(DecodingKey::from_secret(secret.expose()));
        self
    }

    /// A credential for one call with that body, from now on for [`LIFETIME_S`].
    pub fn sign(&self, claims: Claims<'_>, body: &[u8]) -> String {
        self.sign_at(claims, body, now_s())
    }

    /// The credential that [`Credentials::sign`] makes at another time, in seconds since 1970.
    pub fn sign_at(&self, claims: Claims<'_>, body: &[u8], now_s: i64) -> String {
        let sha = hash(body);
        let payload = Outgoing::new(claims, &self.issuer, &sha, now_s);
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
        let decode = |key| jsonwebtoken::decode::<Incoming>(credential, key, &self.validation).ok();
        let decoded = self.checking.iter().find_map(decode);
        let claims = decoded.ok_or(Refused::Malformed)?.claims;
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
        claims.into_caller()
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

#[cfg(test)]
mod tests;
