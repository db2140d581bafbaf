//! Frames: how a message travels between a client and the gateway. A pure codec, without IO.
//!
//! A frame is a header of [`HEADER_LEN`] bytes (`md5hex("aliya")`, then the length of the body as
//! four decimal digits) and a body: JSON, encrypted with DES-CBC, in MIME base64.
//!
//! - [`check`] looks at bytes as they arrive and tells whether a frame is whole;
//! - [`decode`] opens the body of a frame, [`encode`] makes a whole one;
//! - [`Frames`] cuts a stream of bytes, in whatever pieces, into the bodies of its frames.

mod cipher;
mod codec;
mod frames;
mod header;

pub use cipher::{BadKey, Cipher};
pub use codec::{TooLong, Undecodable, decode, encode};
pub use frames::Frames;
pub use header::{BadHeader, Check, check};

/// Bytes of a header: 32 of the hash and 4 digits.
pub const HEADER_LEN: usize = 36;

/// The most bytes that a body has: four digits say how many.
pub const MAX_BODY: usize = 9_999;

/// The most bytes of JSON that a body of [`MAX_BODY`] bytes holds: they make 925 blocks of DES,
/// 9,868 characters of base64 and 130 line breaks, together 9,998 bytes. One byte more makes a
/// further block, and 10,010 bytes.
pub const MAX_JSON: usize = 7_399;
