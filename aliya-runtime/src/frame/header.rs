//! The header of a frame: read as it arrives, and written.

use super::{HEADER_LEN, MAX_BODY};

/// `md5hex("aliya")`: how every frame begins.
const PREFIX: &[u8; 32] = b"e3cb970693574ea75d091a6049f8a3ff";

/// What has arrived of a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Check {
    /// Right so far, and not yet whole.
    Incomplete {
        /// Bytes that are missing for certain: the rest of the header as long as that is not
        /// whole, then the rest of the body.
        needed: usize,
    },
    /// A whole frame.
    Complete {
        /// Bytes of its body, which begins at [`HEADER_LEN`]. Bytes after it are of the next frame.
        len: usize,
    },
}

/// These bytes begin no frame: another hash, something else than four digits, or a length of 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not the header of a frame")]
pub struct BadHeader;

/// Looks at the bytes that have arrived, the first of which begins a frame.
///
/// # Errors
///
/// [`BadHeader`], as soon as one byte tells that this is no frame.
pub fn check(bytes: &[u8]) -> Result<Check, BadHeader> {
    let Some((header, rest)) = bytes.split_first_chunk::<HEADER_LEN>() else {
        return check_part(bytes);
    };
    let (prefix, digits) = header.split_at(PREFIX.len());
    if prefix != PREFIX {
        return Err(BadHeader);
    }
    let len = number(digits)?;
    if len == 0 {
        return Err(BadHeader);
    }
    Ok(match len.checked_sub(rest.len()) {
        Some(needed) if needed > 0 => Check::Incomplete { needed },
        _ => Check::Complete { len },
    })
}

/// [`check`] of less than a header: whatever is there must be right.
fn check_part(bytes: &[u8]) -> Result<Check, BadHeader> {
    let (prefix, digits) = bytes.split_at(bytes.len().min(PREFIX.len()));
    if !PREFIX.starts_with(prefix) {
        return Err(BadHeader);
    }
    number(digits)?;
    let needed = HEADER_LEN - bytes.len();
    Ok(Check::Incomplete { needed })
}

/// The number that at most four ASCII digits make; no sign, no blank.
fn number(digits: &[u8]) -> Result<usize, BadHeader> {
    digits.iter().try_fold(0, |number, digit| match digit {
        b'0'..=b'9' => Ok(number * 10 + usize::from(digit - b'0')),
        _ => Err(BadHeader),
    })
}

/// The header of a frame whose body has `len` bytes, 1 to [`MAX_BODY`].
pub(super) fn header(len: usize) -> [u8; HEADER_LEN] {
    assert!((1..=MAX_BODY).contains(&len), "four digits hold the length");
    let mut header = [b'0'; HEADER_LEN];
    let (prefix, digits) = header.split_at_mut(PREFIX.len());
    prefix.copy_from_slice(PREFIX);
    let mut rest = len;
    for digit in digits.iter_mut().rev() {
        // The remainder of a division by ten fits a byte.
        *digit += (rest % 10) as u8;
        rest /= 10;
    }
    header
}

#[cfg(test)]
mod tests {
    use md5::{Digest, Md5};

    use super::*;

    fn framed(digits: &str, body: usize) -> Vec<u8> {
        let mut bytes = PREFIX.to_vec();
        bytes.extend_from_slice(digits.as_bytes());
        bytes.resize(bytes.len() + body, b'A');
        bytes
    }

    #[test]
    fn the_prefix_is_the_hash_of_aliya() {
        let hex: String = Md5::digest(b"aliya")
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        assert_eq!(hex.as_bytes(), PREFIX);
    }

    #[test]
    fn a_header_in_part_needs_its_rest() {
        let bytes = framed("0012", 0);
        for arrived in 0..HEADER_LEN {
            let needed = HEADER_LEN - arrived;
            assert_eq!(
                check(&bytes[..arrived]),
                Ok(Check::Incomplete { needed }),
                "{arrived}"
            );
        }
    }

    #[test]
    fn a_body_in_part_needs_its_rest() {
        for body in 0..12 {
            let needed = 12 - body;
            assert_eq!(
                check(&framed("0012", body)),
                Ok(Check::Incomplete { needed })
            );
        }
        assert_eq!(check(&framed("0012", 12)), Ok(Check::Complete { len: 12 }));
        assert_eq!(check(&framed("0012", 99)), Ok(Check::Complete { len: 12 }));
        assert_eq!(
            check(&framed("9999", 1)),
            Ok(Check::Incomplete { needed: 9_998 })
        );
    }

    #[test]
    fn the_first_wrong_byte_is_enough() {
        let right = framed("0012", 0);
        for at in 0..HEADER_LEN {
            let mut bytes = right.clone();
            bytes[at] = b'x';
            for arrived in 0..=HEADER_LEN {
                let refused = check(&bytes[..arrived]).is_err();
                assert_eq!(refused, arrived > at, "byte {at} wrong, {arrived} arrived");
            }
        }
    }

    #[test]
    fn only_four_digits_other_than_zero_are_a_length() {
        for digits in [
            "0000", "-001", "+001", " 001", "001 ", "1e10", "0x10", "12\n3",
        ] {
            assert_eq!(check(&framed(digits, 9)), Err(BadHeader), "{digits:?}");
        }
        // Digits of other scripts are not ASCII.
        assert_eq!(check(&framed("\u{661}\u{662}", 9)), Err(BadHeader));
    }

    #[test]
    fn a_header_in_capitals_is_another() {
        assert_eq!(
            check(&framed("0012", 12).to_ascii_uppercase()),
            Err(BadHeader)
        );
    }

    #[test]
    fn written_headers_are_read() {
        for len in [1, 9, 10, 99, 110, 999, 1_000, 9_090, MAX_BODY] {
            let mut bytes = header(len).to_vec();
            bytes.resize(HEADER_LEN + len, b'A');
            assert_eq!(check(&bytes), Ok(Check::Complete { len }));
        }
        assert_eq!(&header(110)[32..], b"0110");
    }
}
