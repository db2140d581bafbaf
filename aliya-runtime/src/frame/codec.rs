//! The body of a frame: decoded, and encoded together with its header.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use super::cipher::Cipher;
use super::header::header;
use super::{HEADER_LEN, MAX_BODY, MAX_JSON};

/// Characters of a line of MIME base64, and the bytes that make them.
const LINE: usize = 76;
const LINE_BYTES: usize = LINE / 4 * 3;

/// A body that holds no message. One value whatever was wrong (base64, blocks, padding, UTF-8, and
/// by the gateway's use of it JSON): who tries bodies must learn nothing about the cipher.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the body holds no message")]
pub struct Undecodable;

/// JSON that does not fit a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{len} bytes of JSON do not fit a frame, which holds {MAX_JSON}")]
pub struct TooLong {
    /// Its bytes.
    pub len: usize,
}

/// Opens the body of a frame: base64 with line breaks anywhere or none, of whole DES blocks with
/// right padding, of UTF-8. Returns the text, which need not be JSON.
///
/// The text stands in `buffer`, whose content is lost and whose memory is used again; it grows to
/// less than twice the length of the body.
///
/// # Errors
///
/// [`Undecodable`] for any other body.
pub fn decode<'b>(
    body: &[u8],
    cipher: &Cipher,
    buffer: &'b mut Vec<u8>,
) -> Result<&'b str, Undecodable> {
    // First the characters of base64 without their line breaks, behind them what they stand for.
    buffer.clear();
    buffer.reserve(body.len() + base64::decoded_len_estimate(body.len()));
    for line in body.split(|byte| matches!(byte, b'\r' | b'\n')) {
        buffer.extend_from_slice(line);
    }
    let characters = buffer.len();
    buffer.resize(characters + base64::decoded_len_estimate(characters), 0);
    let (characters, bytes) = buffer.split_at_mut(characters);
    let len = BASE64_STANDARD
        .decode_slice(characters, bytes)
        .map_err(|_| Undecodable)?;
    let text = bytes
        .get_mut(..len)
        .and_then(|bytes| cipher.decrypt(bytes))
        .ok_or(Undecodable)?;
    str::from_utf8(text).map_err(|_| Undecodable)
}

/// Appends a whole frame that holds `json` to `out`, so that it goes out in one write: the header,
/// and MIME base64 with a line break after every 76 characters and at the end.
///
/// # Errors
///
/// [`TooLong`] for more than [`MAX_JSON`] bytes; `out` is as it was.
pub fn encode(json: &str, cipher: &Cipher, out: &mut Vec<u8>) -> Result<(), TooLong> {
    if json.len() > MAX_JSON {
        return Err(TooLong { len: json.len() });
    }
    let encrypted_len = Cipher::encrypted_len(json.len());
    let body_len = body_len(encrypted_len);
    debug_assert!(body_len <= MAX_BODY, "MAX_JSON bytes make no longer body");

    // The encrypted bytes stand behind the frame until they are in it.
    let start = out.len();
    let frame_len = HEADER_LEN + body_len;
    out.resize(start + frame_len + encrypted_len, 0);
    let (frame, encrypted) = out[start..].split_at_mut(frame_len);
    cipher.encrypt(json.as_bytes(), encrypted);
    let (head, body) = frame.split_at_mut(HEADER_LEN);
    head.copy_from_slice(&header(body_len));
    write_mime(encrypted, body);
    out.truncate(start + frame_len);
    Ok(())
}

/// The length of `len` bytes in MIME base64: four characters for three bytes, and a break a line.
const fn body_len(len: usize) -> usize {
    let characters = len.div_ceil(3) * 4;
    characters + characters.div_ceil(LINE)
}

/// Writes `bytes` in MIME base64 into `body`, whose length is [`body_len`] of theirs.
fn write_mime(bytes: &[u8], body: &mut [u8]) {
    for (bytes, line) in bytes.chunks(LINE_BYTES).zip(body.chunks_mut(LINE + 1)) {
        let (end, characters) = line.split_last_mut().expect("a chunk has a byte at least");
        BASE64_STANDARD
            .encode_slice(bytes, characters)
            .expect("the body has room for its lines");
        *end = b'\n';
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frame::{Check, check};

    fn cipher() -> Cipher {
        Cipher::new(b"67891234", b"67891234").unwrap()
    }

    fn encoded(json: &str) -> Vec<u8> {
        let mut out = Vec::new();
        encode(json, &cipher(), &mut out).unwrap();
        out
    }

    fn opened(body: &[u8]) -> Result<String, Undecodable> {
        decode(body, &cipher(), &mut Vec::new()).map(str::to_owned)
    }

    /// A body whose encrypted bytes are these.
    fn body_of(text: &[u8]) -> Vec<u8> {
        let mut bytes = vec![0; Cipher::encrypted_len(text.len())];
        cipher().encrypt(text, &mut bytes);
        BASE64_STANDARD.encode(bytes).into_bytes()
    }

    #[test]
    fn max_json_is_the_most_that_fits_max_body() {
        let body_of_json = |len| body_len(Cipher::encrypted_len(len));
        assert_eq!(body_of_json(MAX_JSON), 9_998);
        assert_eq!(body_of_json(MAX_JSON + 1), 10_010);
        assert!((9_998..10_010).contains(&MAX_BODY));
    }

    #[test]
    fn the_longest_message_fits_and_one_byte_more_does_not() {
        let json = "x".repeat(MAX_JSON);
        let frame = encoded(&json);
        assert_eq!(check(&frame), Ok(Check::Complete { len: 9_998 }));
        assert_eq!(opened(&frame[HEADER_LEN..]), Ok(json.clone()));

        let mut out = b"kept".to_vec();
        let refused = encode(&(json + "x"), &cipher(), &mut out);
        assert_eq!(refused, Err(TooLong { len: 7_400 }));
        assert_eq!(out, b"kept");
        assert_eq!(
            refused.unwrap_err().to_string(),
            "7400 bytes of JSON do not fit a frame, which holds 7399"
        );
    }

    #[test]
    fn frames_are_appended() {
        let mut out = encoded("{}");
        let first = out.clone();
        encode("{\"a\": 1}", &cipher(), &mut out).unwrap();
        assert!(out.starts_with(&first));
        assert_eq!(out[first.len()..], encoded("{\"a\": 1}"));
    }

    #[test]
    fn lines_have_76_characters_and_the_last_one_ends_too() {
        // 56 bytes of text are 64 encrypted, 88 characters, two lines; 55 bytes make one of 76.
        for (json, lines) in [(1, 1), (55, 1), (56, 2), (200, 4), (MAX_JSON, 130)] {
            let frame = encoded(&"x".repeat(json));
            let body = str::from_utf8(&frame[HEADER_LEN..]).unwrap();
            assert_eq!(body.lines().count(), lines, "{json}");
            assert!(body.ends_with('\n') && !body.ends_with("\n\n"), "{json}");
            let mut rest = body.lines().rev();
            assert!(rest.next().is_some_and(|last| last.len() <= LINE));
            assert!(rest.all(|line| line.len() == LINE), "{json}");
        }
    }

    #[test]
    fn line_breaks_stand_anywhere_or_nowhere() {
        let json = "{\"data\": \"".to_owned() + &"y".repeat(150) + "\"}";
        let plain = body_of(json.as_bytes());
        assert_eq!(opened(&plain), Ok(json.clone()));
        for (every, end) in [(76, "\n"), (76, "\r\n"), (64, "\r\n"), (1, "\n"), (7, "\r")] {
            let lines = plain.chunks(every).collect::<Vec<_>>();
            let unfinished = lines.join(end.as_bytes());
            assert_eq!(opened(&unfinished), Ok(json.clone()), "{every} {end:?}");
            let finished = [&unfinished, end.as_bytes()].concat();
            assert_eq!(opened(&finished), Ok(json.clone()), "{every} {end:?}");
        }
    }

    #[test]
    fn any_other_body_is_refused_alike() {
        let right = body_of(b"{\"random\": 1}");
        assert_eq!(opened(&right).as_deref(), Ok("{\"random\": 1}"));
        let wrong: &[(&str, Vec<u8>)] = &[
            ("nothing", vec![]),
            ("line breaks only", b"\r\n\n".to_vec()),
            ("padding only", b"====".to_vec()),
            ("a blank", [&right, &b" "[..]].concat()),
            ("another alphabet", b"_-_-_-_-_-8=".to_vec()),
            ("not ASCII", "\u{e9}\u{e9}\u{e9}\u{e9}".as_bytes().to_vec()),
            ("one character less", right[..right.len() - 1].to_vec()),
            ("more after the padding", [&right, &right[..]].concat()),
            ("half a block", BASE64_STANDARD.encode([7; 12]).into_bytes()),
            ("no UTF-8", body_of(b"{\"a\": \"\xff\"}")),
            ("half a character", body_of(b"{\"a\": \"\xc3")),
        ];
        for (what, body) in wrong {
            assert_eq!(opened(body), Err(Undecodable), "{what}");
        }
        assert_eq!(Undecodable.to_string(), "the body holds no message");
    }

    #[test]
    fn another_key_or_iv_opens_nothing() {
        let body = body_of(b"{\"function\": \"login\"}");
        let other = Cipher::new(b"98765432", b"67891234").unwrap();
        assert_eq!(decode(&body, &other, &mut Vec::new()), Err(Undecodable));
        // The IV is part of the first block only, which is no UTF-8 here.
        let other = Cipher::new(b"67891234", b"\xb7\xb7\xb7\xb7\xb7\xb7\xb7\xb7").unwrap();
        assert_eq!(decode(&body, &other, &mut Vec::new()), Err(Undecodable));
    }

    #[test]
    fn a_buffer_is_used_again_whatever_it_holds() {
        let mut buffer = vec![0xff; 20_000];
        let capacity = buffer.capacity();
        for json in ["{}", "{\"status\": 0}", ""] {
            let frame = encoded(json);
            let text = decode(&frame[HEADER_LEN..], &cipher(), &mut buffer);
            assert_eq!(text, Ok(json));
        }
        assert_eq!(buffer.capacity(), capacity);
    }
}
