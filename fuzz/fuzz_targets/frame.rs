//! Any bytes in any pieces: frames come out the same, bodies are text or the one error, and text
//! survives the way there and back.
//!
//! The first byte of an input says how long the pieces are; the rest is the stream.

#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../aliya-runtime/src/frame/mod.rs"]
#[allow(dead_code, unused_imports)]
mod frame;

use frame::{BadHeader, Cipher, Frames, HEADER_LEN, MAX_BODY, MAX_JSON};

fuzz_target!(|input: &[u8]| {
    let Some((&piece, stream)) = input.split_first() else {
        return;
    };
    let cipher = Cipher::new(b"67891234", b"67891234").expect("8 bytes each");
    let whole = bodies(stream, stream.len());
    assert_eq!(whole, bodies(stream, usize::from(piece)));
    for body in &whole.0 {
        assert!((1..=MAX_BODY).contains(&body.len()));
        there_and_back(body, &cipher);
    }
    // Also bodies whose header nothing has made yet.
    there_and_back(stream, &cipher);
    if let Ok(text) = str::from_utf8(stream) {
        assert_eq!(travelled(text, &cipher).is_some(), text.len() <= MAX_JSON);
    }
});

/// The bodies in a stream that arrives in pieces of this many bytes, and how it ends.
fn bodies(stream: &[u8], piece: usize) -> (Vec<Vec<u8>>, Result<(), BadHeader>) {
    let (mut frames, mut bodies) = (Frames::new(), Vec::new());
    for piece in stream.chunks(piece.max(1)) {
        frames.feed(piece);
        loop {
            match frames.next_body() {
                Ok(Some(body)) => bodies.push(body.to_vec()),
                Ok(None) => break,
                Err(bad) => return (bodies, Err(bad)),
            }
        }
    }
    (bodies, Ok(()))
}

/// Decodes a body; what it holds must come back from a frame made of it.
fn there_and_back(body: &[u8], cipher: &Cipher) {
    let mut buffer = Vec::new();
    if let Ok(text) = frame::decode(body, cipher, &mut buffer) {
        // Without line breaks, a body can hold more than an encoded frame.
        assert_eq!(travelled(text, cipher).is_some(), text.len() <= MAX_JSON);
    }
}

/// Sends `text` in a frame, and returns it; `None` where it is too long for one.
fn travelled(text: &str, cipher: &Cipher) -> Option<()> {
    let mut out = Vec::new();
    frame::encode(text, cipher, &mut out).ok()?;
    let (bodies, end) = bodies(&out, HEADER_LEN - 1);
    assert_eq!((bodies.len(), end), (1, Ok(())));
    let mut buffer = Vec::new();
    assert_eq!(frame::decode(&bodies[0], cipher, &mut buffer), Ok(text));
    Some(())
}
