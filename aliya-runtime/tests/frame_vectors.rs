//! The frame codec against bytes that the old client's code made.

use aliya_runtime::frame::{Check, Cipher, HEADER_LEN, check, decode, encode};
use serde::Deserialize;

#[derive(Deserialize)]
struct Vectors {
    des_key: String,
    des_iv: String,
    vectors: Vec<Vector>,
}

#[derive(Deserialize)]
struct Vector {
    name: String,
    plaintext: String,
    framed: String,
}

fn vectors() -> (Cipher, Vec<Vector>) {
    let file: Vectors = serde_json::from_str(include_str!("data/wire-vectors.json")).unwrap();
    let cipher = Cipher::new(file.des_key.as_bytes(), file.des_iv.as_bytes()).unwrap();
    assert_eq!(file.vectors.len(), 4);
    (cipher, file.vectors)
}

#[test]
fn frames_of_the_old_client_are_read() {
    let (cipher, vectors) = vectors();
    for vector in vectors {
        let frame = vector.framed.as_bytes();
        let len = frame.len() - HEADER_LEN;
        assert_eq!(check(frame), Ok(Check::Complete { len }), "{}", vector.name);
        let mut buffer = Vec::new();
        let text = decode(&frame[HEADER_LEN..], &cipher, &mut buffer);
        assert_eq!(text, Ok(vector.plaintext.as_str()), "{}", vector.name);
    }
}

#[test]
fn frames_are_written_byte_by_byte_as_the_old_code_wrote_them() {
    let (cipher, vectors) = vectors();
    for vector in vectors {
        let mut out = Vec::new();
        encode(&vector.plaintext, &cipher, &mut out).unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            vector.framed,
            "{}",
            vector.name
        );
    }
}
