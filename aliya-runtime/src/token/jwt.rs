//! Players' tokens: JWTs of one pinned algorithm, whose payload a client can read.

use std::fmt;

use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};

use crate::secrets::Secret;
use crate::types::PlayerId;

/// By how many seconds a token is valid before it was issued: room for a clock that is set back a
/// little, which must not refuse a token just made. No token is there to be used that early.
const NOT_BEFORE_MARGIN_S: i64 = 10;

/// The longest token that is looked at. Ours have at most 1,500 bytes, with a unique_id of 128
/// characters of 4 bytes each.
const MAX_BYTES: usize = 4096;

/// Why a token is not a live one. For the log: clients learn no more than status 11.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// It is no JWT, not of the pinned algorithm, ill-signed, or not from or for this server.
    #[error("the token is not one of this server's")]
    NotOurs,
    /// Its time is over.
    #[error("the token has expired")]
    Expired,
    /// Its time has not begun.
    #[error("the token is not yet valid")]
    Early,
    /// A later login has ended it.
    #[error("the token was ended by a later login")]
    Ended,
}

/// Makes and reads tokens. Keys are prepared once.
pub(super) struct Signer {
    header: Header,
    issuer: String,
    audience: String,
    signing: EncodingKey,
    checking: DecodingKey,
    validation: Validation,
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signer")
            .field("issuer", &self.issuer)
            .finish_non_exhaustive()
    }
}

impl Signer {
    pub(super) fn new(secret: &Secret, issuer: &str, audience: &str) -> Self {
        let mut validation = Validation::new(Algorithm::HS256);
        validation.leeway = 0;
        // The library takes a token in the second of its `exp` still; RFC 7519 does not.
        validation.reject_tokens_expiring_in_less_than = 1;
        validation.validate_nbf = true;
        validation.set_issuer(&[issuer]);
        validation.set_audience(&[audience]);
        validation.set_required_spec_claims(&["exp", "nbf", "iss", "aud"]);
        Self {
            header: Header::new(Algorithm::HS256),
            issuer: issuer.to_owned(),
            audience: audience.to_owned(),
            signing: EncodingKey::from_secret(secret.expose()),
            checking: DecodingKey::from_secret(secret.expose()),
            validation,
        }
    }

    /// A token, valid from now until `expires_s`. Times are seconds since 1970.
    pub(super) fn issue(&self, player: &PlayerId, jti: u128, now_s: i64, expires_s: i64) -> String {
        let payload = Outgoing {
            unique_id: player.as_str(),
            iss: &self.issuer,
            aud: &self.audience,
            iat: now_s,
            nbf: now_s - NOT_BEFORE_MARGIN_S,
            exp: expires_s,
            jti: jti_text(jti),
        };
        jsonwebtoken::encode(&self.header, &payload, &self.signing)
            .expect("HMAC with a key of its own family over JSON without maps cannot fail")
    }

    /// The player and the id of a token that is ours and whose time it is; whether it is still the
    /// player's live one, the caller knows.
    pub(super) fn read(&self, token: &str) -> Result<(PlayerId, u128), Refusal> {
        if token.len() > MAX_BYTES {
            return Err(Refusal::NotOurs);
        }
        let read = jsonwebtoken::decode::<Incoming>(token, &self.checking, &self.validation);
        let claims = read.map_err(|error| match error.kind() {
            ErrorKind::ExpiredSignature => Refusal::Expired,
            ErrorKind::ImmatureSignature => Refusal::Early,
            _ => Refusal::NotOurs,
        })?;
        let Incoming { unique_id, jti } = claims.claims;
        let jti = u128::from_str_radix(&jti, 16).map_err(|_| Refusal::NotOurs)?;
        Ok((PlayerId::new(unique_id), jti))
    }
}

/// A token's id as text: 32 hexadecimal digits.
pub(super) fn jti_text(jti: u128) -> String {
    format!("{jti:032x}")
}

#[derive(Serialize)]
struct Outgoing<'a> {
    unique_id: &'a str,
    iss: &'a str,
    aud: &'a str,
    iat: i64,
    nbf: i64,
    exp: i64,
    jti: String,
}

/// The claims that the library does not check.
#[derive(Deserialize)]
struct Incoming {
    unique_id: String,
    jti: String,
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use serde_json::{Value, json};

    use super::*;
    use crate::types::Time;

    fn secret(fill: &str) -> Secret {
        Secret::new(&fill.repeat(32)).unwrap()
    }

    fn read(token: &str) -> Result<(PlayerId, u128), Refusal> {
        Signer::new(&secret("s"), "issuer", "game").read(token)
    }

    fn now_s() -> i64 {
        Time::now().0 / 1000
    }

    /// The payload of a good token, to be spoilt.
    fn payload() -> Value {
        let now_s = now_s();
        json!({
            "unique_id": "p1", "iss": "issuer", "aud": "game", "iat": now_s, "nbf": now_s,
            "exp": now_s + 60, "jti": jti_text(7),
        })
    }

    fn encode(algorithm: Algorithm, payload: &Value, secret: &Secret) -> String {
        let key = EncodingKey::from_secret(secret.expose());
        jsonwebtoken::encode(&Header::new(algorithm), payload, &key).unwrap()
    }

    #[test]
    fn reads_its_own_at_once_and_clients_can_read_who_they_are() {
        let signer = Signer::new(&secret("s"), "issuer", "game");
        let player = PlayerId::new("p1 \"é\"");
        let token = signer.issue(&player, u128::MAX, now_s(), now_s() + 60);
        assert_eq!(signer.read(&token), Ok((player.clone(), u128::MAX)));

        let mut parts = token.split('.');
        let payload = URL_SAFE_NO_PAD.decode(parts.nth(1).unwrap()).unwrap();
        let payload: Value = serde_json::from_slice(&payload).unwrap();
        assert_eq!(payload["unique_id"], player.as_str());
        // What the cases below spoil is a good one.
        assert_eq!(
            read(&encode(Algorithm::HS256, &self::payload(), &secret("s"))),
            Ok((PlayerId::new("p1"), 7))
        );
    }

    #[test]
    fn the_longest_fits() {
        let signer = Signer::new(&secret("s"), "issuer", "game");
        let player = PlayerId::new("\u{1F600}".repeat(PlayerId::MAX_CHARS));
        let token = signer.issue(&player, 1, now_s(), now_s() + 60);
        assert!(token.len() <= 1500, "{}", token.len());
        assert_eq!(signer.read(&token), Ok((player, 1)));
    }

    #[test]
    fn refuses_what_is_not_its_time() {
        // At the margin a token expires in the second that `exp` names. `nbf` is given enough room
        // for the test to take some time.
        for (claim, from_now_s, expected) in [
            ("exp", -1, Refusal::Expired),
            ("exp", 0, Refusal::Expired),
            ("nbf", 30, Refusal::Early),
        ] {
            let mut payload = payload();
            payload[claim] = json!(now_s() + from_now_s);
            let token = encode(Algorithm::HS256, &payload, &secret("s"));
            assert_eq!(read(&token), Err(expected), "{payload}");
        }
    }

    #[test]
    fn refuses_claims_that_its_tokens_never_have() {
        for (claim, value) in [
            ("iss", json!("other")),
            ("aud", json!("other")),
            ("aud", json!(["other"])),
            ("exp", json!("9999999999")),
            ("exp", json!(-1)),
            ("nbf", json!("0")),
            ("jti", json!("")),
            ("jti", json!("xyz")),
            ("jti", json!(7)),
            ("unique_id", json!(1)),
        ] {
            let mut payload = payload();
            payload[claim] = value;
            let token = encode(Algorithm::HS256, &payload, &secret("s"));
            assert_eq!(read(&token), Err(Refusal::NotOurs), "{payload}");
        }
        for claim in ["unique_id", "iss", "aud", "nbf", "exp", "jti"] {
            let mut payload = payload();
            payload.as_object_mut().unwrap().remove(claim);
            let token = encode(Algorithm::HS256, &payload, &secret("s"));
            assert_eq!(read(&token), Err(Refusal::NotOurs), "without {claim}");
        }
    }

    #[test]
    fn refuses_other_algorithms_other_secrets_and_noise() {
        let good = encode(Algorithm::HS256, &payload(), &secret("s"));
        let (message, signature) = good.rsplit_once('.').unwrap();
        let (_, claims) = message.split_once('.').unwrap();
        let none = URL_SAFE_NO_PAD.encode(r#"{"alg":"none","typ":"JWT"}"#);
        let mut other = payload();
        other["unique_id"] = json!("p2");
        let other = URL_SAFE_NO_PAD.encode(other.to_string());
        let (header, _) = message.split_once('.').unwrap();
        for (what, token) in [
            ("HS384", encode(Algorithm::HS384, &payload(), &secret("s"))),
            ("HS512", encode(Algorithm::HS512, &payload(), &secret("s"))),
            (
                "other secret",
                encode(Algorithm::HS256, &payload(), &secret("t")),
            ),
            ("none, unsigned", format!("{none}.{claims}.")),
            ("none, signed", format!("{none}.{claims}.{signature}")),
            ("another's payload", format!("{header}.{other}.{signature}")),
            ("no signature", format!("{message}.")),
            ("two parts", message.to_owned()),
            ("four parts", format!("{good}.{signature}")),
            ("empty", String::new()),
            ("long", format!("{good}{}", "A".repeat(MAX_BYTES))),
        ] {
            assert_eq!(read(&token), Err(Refusal::NotOurs), "{what}");
        }
    }
}
