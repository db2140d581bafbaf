//! Texts as they are meant: a checkout by git's `autocrlf`, and some editors, write other line ends, and a
//! mark at the beginning.

pub use aliya_values::plain;

/// Whether the bytes of a file are a text but for its line ends.
pub fn same(found: &[u8], text: &str) -> bool {
    found == text.as_bytes() || std::str::from_utf8(found).is_ok_and(|found| plain(found) == text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_and_the_mark_are_no_difference() {
        assert!(same(b"a\r\nb\r\n", "a\nb\n"));
        assert!(same(b"\xef\xbb\xbfa\n", "a\n"));
        assert!(!same(b"\xff", "\u{ff}"));
        assert!(!same(b"a\rb\n", "a\nb\n"), "a character of the text");
        assert!(!same(b"a\n\nb\n", "a\nb\n"));
    }
}
