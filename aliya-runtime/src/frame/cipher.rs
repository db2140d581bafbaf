//! The cipher of the bodies: DES-CBC with PKCS#5 padding, as the clients have it.

use std::fmt;

use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockModeDecrypt, BlockModeEncrypt, InnerIvInit, KeyInit};
use des::Des;

/// Bytes of a block, and of the key and the IV.
pub(super) const BLOCK: usize = 8;

/// DES-CBC under one key and IV, with the key's schedule prepared. One serves any number of tasks.
#[derive(Clone)]
pub struct Cipher {
    des: Des,
    iv: [u8; BLOCK],
}

/// A key or IV of another length than DES has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadKey {
    /// The key is not 8 bytes.
    #[error("a DES key has 8 bytes, this one {0}")]
    Key(usize),
    /// The IV is not 8 bytes.
    #[error("the IV of DES has 8 bytes, this one {0}")]
    Iv(usize),
}

impl Cipher {
    /// The cipher with this key and IV, of 8 bytes each.
    ///
    /// # Errors
    ///
    /// [`BadKey`] for other lengths.
    pub fn new(key: &[u8], iv: &[u8]) -> Result<Self, BadKey> {
        let des = Des::new_from_slice(key).map_err(|_| BadKey::Key(key.len()))?;
        let iv = iv.try_into().map_err(|_| BadKey::Iv(iv.len()))?;
        Ok(Self { des, iv })
    }

    /// How many bytes `len` bytes of text have when encrypted: at least one byte of padding.
    pub(super) const fn encrypted_len(len: usize) -> usize {
        (len / BLOCK + 1) * BLOCK
    }

    /// Encrypts `text` into `out`, whose length is [`encrypted_len`](Self::encrypted_len) of it.
    pub(super) fn encrypt(&self, text: &[u8], out: &mut [u8]) {
        // PKCS#5 is PKCS#7 for blocks of 8 bytes.
        cbc::Encryptor::inner_iv_init(&self.des, &self.iv.into())
            .encrypt_padded_b2b::<Pkcs7>(text, out)
            .expect("the caller made room for the padding");
    }

    /// Decrypts in place, and returns the text without its padding; `None` where these are not
    /// whole blocks, or the padding is not right.
    pub(super) fn decrypt<'b>(&self, bytes: &'b mut [u8]) -> Option<&'b [u8]> {
        // The padding of no blocks cannot be looked at.
        if bytes.is_empty() {
            return None;
        }
        cbc::Decryptor::inner_iv_init(&self.des, &self.iv.into())
            .decrypt_padded::<Pkcs7>(bytes)
            .ok()
    }
}

impl fmt::Debug for Cipher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Cipher { .. }")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_shared_between_threads() {
        fn shared<T: Clone + Send + Sync>() {}
        shared::<Cipher>();
    }

    #[test]
    fn keys_and_ivs_have_eight_bytes() {
        let refused = |key: &str, iv: &str| Cipher::new(key.as_bytes(), iv.as_bytes()).err();
        assert_eq!(refused("67891234", "67891234"), None);
        assert_eq!(refused("6789123", "67891234"), Some(BadKey::Key(7)));
        assert_eq!(
            refused("6789123467891234", "67891234"),
            Some(BadKey::Key(16))
        );
        assert_eq!(refused("67891234", ""), Some(BadKey::Iv(0)));
        assert_eq!(refused("67891234", "678912345"), Some(BadKey::Iv(9)));
    }

    #[test]
    fn debugging_shows_no_key() {
        let cipher = Cipher::new(b"67891234", b"67891234").unwrap();
        assert_eq!(format!("{cipher:?}"), "Cipher { .. }");
    }

    #[test]
    fn decrypting_wants_whole_blocks_and_right_padding() {
        let cipher = Cipher::new(b"67891234", b"67891234").unwrap();
        let mut encrypted = [0; 16];
        cipher.encrypt(b"0123456789", &mut encrypted);
        for (len, text) in [
            (16, Some(&b"0123456789"[..])),
            (0, None),
            (1, None),
            (7, None),
            (8, None),
            (9, None),
            (15, None),
        ] {
            let mut bytes = encrypted;
            assert_eq!(cipher.decrypt(&mut bytes[..len]), text, "{len}");
        }
    }

    #[test]
    fn only_pkcs5_padding_is_right() {
        let cipher = Cipher::new(b"67891234", b"67891234").unwrap();
        // One block each, as it stands before it is encrypted.
        for (block, text) in [
            (*b"\x08\x08\x08\x08\x08\x08\x08\x08", Some(&b""[..])),
            (*b"abcdefg\x01", Some(b"abcdefg")),
            (*b"abcdef\x02\x02", Some(b"abcdef")),
            (*b"abcdefg\x00", None),
            (*b"abcdefg\x09", None),
            (*b"abcdefg\x02", None),
            (*b"abcde\x01\x03\x03", None),
        ] {
            // A whole block is followed by one of padding, which is left out.
            let mut bytes = [0; 16];
            cipher.encrypt(&block, &mut bytes);
            assert_eq!(cipher.decrypt(&mut bytes[..8]), text, "{block:?}");
        }
    }
}
