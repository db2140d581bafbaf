//! What holds of the frame codec for any bytes, any text and any pieces.

use aliya_runtime::frame::{
    Check, Cipher, Frames, HEADER_LEN, MAX_BODY, MAX_JSON, Undecodable, check, decode, encode,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

fn cipher() -> Cipher {
    Cipher::new(b"67891234", b"67891234").unwrap()
}

fn framed(texts: &[String]) -> Vec<u8> {
    let mut out = Vec::new();
    for text in texts {
        encode(text, &cipher(), &mut out).unwrap();
    }
    out
}

fn opened(body: &[u8]) -> Result<String, Undecodable> {
    decode(body, &cipher(), &mut Vec::new()).map(str::to_owned)
}

/// Every body that comes out when `bytes` arrive cut at `cuts`, and whether the stream went bad.
fn bodies(bytes: &[u8], cuts: &[Index]) -> (Vec<Vec<u8>>, bool) {
    let mut ends: Vec<usize> = cuts.iter().map(|cut| cut.index(bytes.len() + 1)).collect();
    ends.extend([0, bytes.len()]);
    ends.sort_unstable();
    let (mut frames, mut bodies) = (Frames::new(), Vec::new());
    for piece in ends.windows(2) {
        frames.feed(&bytes[piece[0]..piece[1]]);
        loop {
            match frames.next_body() {
                Ok(Some(body)) => bodies.push(body.to_vec()),
                Ok(None) => break,
                Err(_) => return (bodies, true),
            }
        }
    }
    (bodies, false)
}

/// Text of any length that fits, made of characters of one to four bytes.
fn text() -> impl Strategy<Value = String> {
    let any_length = (0..=MAX_JSON, "[ -~]|\u{e9}|\u{4e2d}|\u{1f5e1}").prop_map(|(len, unit)| {
        let mut text = unit.repeat(len / unit.len());
        text.extend(std::iter::repeat_n('x', len - text.len()));
        text
    });
    prop_oneof![3 => "\\PC{0,200}", 1 => any_length]
}

/// Bytes that may well look like a frame.
fn frame_like() -> impl Strategy<Value = Vec<u8>> {
    let header = "e3cb970693574ea75d091a6049f8a3ff[0-9]{4}";
    prop_oneof![
        vec(any::<u8>(), 0..300),
        (header, "[A-Za-z0-9+/=\r\n]{0,300}").prop_map(|(head, body)| (head + &body).into_bytes()),
    ]
}

proptest! {
    #[test]
    fn any_pieces_give_the_same_frames(
        texts in vec(text(), 1..6),
        cuts in vec(any::<Index>(), 0..20),
    ) {
        let (bodies, bad) = bodies(&framed(&texts), &cuts);
        prop_assert!(!bad);
        let opened: Result<Vec<String>, _> = bodies.iter().map(|body| opened(body)).collect();
        prop_assert_eq!(opened, Ok(texts));
    }

    #[test]
    fn any_bytes_end_alike_in_any_pieces(
        bytes in frame_like(),
        before in vec(text(), 0..2),
        cuts in vec(any::<Index>(), 0..20),
    ) {
        let mut stream = framed(&before);
        stream.extend(bytes);
        prop_assert_eq!(bodies(&stream, &cuts), bodies(&stream, &[]));
    }

    #[test]
    fn any_text_that_fits_comes_back(text in text()) {
        let frame = framed(std::slice::from_ref(&text));
        let len = frame.len() - HEADER_LEN;
        prop_assert!(len <= MAX_BODY);
        prop_assert_eq!(check(&frame), Ok(Check::Complete { len }));
        prop_assert_eq!(opened(&frame[HEADER_LEN..]), Ok(text));
    }

    #[test]
    fn a_changed_body_gives_text_or_the_one_error(
        text in "\\PC{0,200}",
        changes in vec((any::<Index>(), any::<u8>()), 1..4),
        len in any::<Index>(),
    ) {
        let frame = framed(&[text]);
        let mut body = frame[HEADER_LEN..].to_vec();
        for (at, byte) in changes {
            let at = at.index(body.len());
            body[at] = byte;
        }
        body.truncate(len.index(body.len() + 1).max(1));
        // The types leave nothing else; that it returns is the property.
        let _: Result<String, Undecodable> = opened(&body);
    }

    #[test]
    fn any_body_gives_text_or_the_one_error(body in vec(any::<u8>(), 0..500)) {
        let _: Result<String, Undecodable> = opened(&body);
    }
}
