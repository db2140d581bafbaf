//! The two sides that the frame benchmarks compare: the codec, and the crates that it is built on.

use std::hint::black_box;

use aliya_runtime::frame::{Cipher, HEADER_LEN, decode, encode};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockModeDecrypt, BlockModeEncrypt, InnerIvInit, KeyInit};
use des::Des;

const KEY: &[u8; 8] = b"67891234";

/// A message of 200 bytes, of the kind that clients send.
pub fn message() -> String {
    let start = r#"{"function": "level_up_weapon", "random": "253", "data": {"token": ""#;
    let end = r#"", "weapon": "weapon1"}}"#;
    let token = "t".repeat(200 - start.len() - end.len());
    let message = [start, &token, end].concat();
    assert_eq!(message.len(), 200);
    message
}

/// A side: encodes a message and decodes what that gave.
pub trait Side {
    /// Does both, and returns the length of what came back.
    fn round_trip(&mut self, message: &str) -> usize;
}

/// `aliya_runtime::frame`, as gateway and client use it.
pub struct Codec {
    cipher: Cipher,
    frame: Vec<u8>,
    buffer: Vec<u8>,
}

impl Codec {
    /// With buffers that have not grown yet.
    pub fn new() -> Self {
        Self {
            cipher: Cipher::new(KEY, KEY).unwrap(),
            frame: Vec::new(),
            buffer: Vec::new(),
        }
    }
}

impl Side for Codec {
    fn round_trip(&mut self, message: &str) -> usize {
        self.frame.clear();
        encode(black_box(message), &self.cipher, &mut self.frame).unwrap();
        let body = &black_box(&self.frame)[HEADER_LEN..];
        let text = decode(body, &self.cipher, &mut self.buffer).unwrap();
        black_box(text).len()
    }
}

/// The crates alone, at their best: the schedule of the key prepared, no allocation, no header, no
/// line breaks, no look at UTF-8.
pub struct Crates {
    des: Des,
    encrypted: [u8; 512],
    characters: [u8; 512],
    decrypted: [u8; 512],
}

impl Crates {
    /// Room for a message of less than 384 bytes.
    pub fn new() -> Self {
        Self {
            des: Des::new(KEY.into()),
            encrypted: [0; 512],
            characters: [0; 512],
            decrypted: [0; 512],
        }
    }
}

impl Side for Crates {
    fn round_trip(&mut self, message: &str) -> usize {
        let message = black_box(message).as_bytes();
        let encrypted = cbc::Encryptor::inner_iv_init(&self.des, KEY.into())
            .encrypt_padded_b2b::<Pkcs7>(message, &mut self.encrypted)
            .unwrap();
        let len = BASE64_STANDARD
            .encode_slice(encrypted, &mut self.characters)
            .unwrap();
        let characters = &black_box(&self.characters)[..len];
        let len = BASE64_STANDARD
            .decode_slice(characters, &mut self.decrypted)
            .unwrap();
        let text = cbc::Decryptor::inner_iv_init(&self.des, KEY.into())
            .decrypt_padded::<Pkcs7>(&mut self.decrypted[..len])
            .unwrap();
        black_box(text).len()
    }
}
