//! What a keyed request holds, as a hash: it tells whether the key comes with the same content again,
//! and tells nothing of a password to who reads the database.

use jsonwebtoken::{Algorithm, EncodingKey, crypto};

use super::Function;
use crate::secrets::Secret;

/// What the key of the hashes is derived with. The secret itself signs tokens, of which none begins
/// like this.
const KEY_OF_CONTENTS: &[u8] = b"aliya: the contents of keyed requests";

/// Hashes contents with a key of its own, which is derived from the secret of tokens: a plain hash of a
/// password could be guessed.
pub(super) struct Contents(EncodingKey);

impl Contents {
    pub(super) fn new(secret: &Secret) -> Self {
        let key = hmac(&EncodingKey::from_secret(secret.expose()), KEY_OF_CONTENTS);
        Self(EncodingKey::from_secret(key.as_bytes()))
    }

    /// The hash of a request for `function` with these args, in the function's own order.
    pub(super) fn hash(&self, function: Function, args: &[Option<&str>]) -> String {
        let content = serde_json::json!([function.name(), args]);
        hmac(&self.0, content.to_string().as_bytes())
    }
}

/// HMAC-SHA-256, in base64url.
fn hmac(key: &EncodingKey, text: &[u8]) -> String {
    crypto::sign(text, key, Algorithm::HS256)
        .expect("HMAC with a key of its own family cannot fail")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contents(secret: &str) -> Contents {
        Contents::new(&Secret::new(&secret.repeat(32)).unwrap())
    }

    #[test]
    fn is_the_hmac_of_rfc_4231() {
        let hash = hmac(
            &EncodingKey::from_secret(b"Jefe"),
            b"what do ya want for nothing?",
        );
        // 5bdcc146bf60754e6a042426089575c7 5a003f089d2739839dec58b964ec3843
        assert_eq!(hash, "W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM");
    }

    #[test]
    fn contents_differ_wherever_one_part_does() {
        let contents = contents("s");
        let first = contents.hash(Function::Login, &[Some("ab"), Some("c"), None]);
        let again = contents.hash(Function::Login, &[Some("ab"), Some("c"), None]);
        assert_eq!(first, again);
        for other in [
            contents.hash(Function::BindAccount, &[Some("ab"), Some("c"), None]),
            contents.hash(Function::Login, &[Some("a"), Some("bc"), None]),
            contents.hash(Function::Login, &[Some("ab"), None, Some("c")]),
            contents.hash(Function::Login, &[Some("ab"), Some("c"), Some("")]),
            contents.hash(Function::Login, &[Some("ab"), Some("c")]),
            self::contents("t").hash(Function::Login, &[Some("ab"), Some("c"), None]),
        ] {
            assert_ne!(other, first);
        }
    }
}
