//! Writes JSON that a Python literal evaluator reads as well, into a `String`.

use super::ToWire;

/// Appends `text` as a JSON string.
pub fn write_text(text: &str, out: &mut String) {
    out.push('"');
    let mut plain = 0;
    // What is escaped is ASCII: each is one byte, and a boundary of characters.
    for (at, byte) in text.bytes().enumerate() {
        if byte >= 0x20 && byte != b'"' && byte != b'\\' {
            continue;
        }
        out.push_str(&text[plain..at]);
        plain = at + 1;
        match byte {
            b'"' => out.push_str("\\\""),
            b'\\' => out.push_str("\\\\"),
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b'\t' => out.push_str("\\t"),
            control => {
                out.push_str(if control < 0x10 { "\\u000" } else { "\\u001" });
                out.push(char::from_digit(u32::from(control % 16), 16).unwrap_or('0'));
            }
        }
    }
    out.push_str(&text[plain..]);
    out.push('"');
}

/// Writes a JSON object, member by member.
pub struct ObjectWriter<'o>(Separated<'o>);

impl<'o> ObjectWriter<'o> {
    /// Opens it at the end of `out`.
    pub fn begin(out: &'o mut String) -> Self {
        Self(Separated::begin(out, '{'))
    }

    /// Adds a member, unless it is an absent optional.
    #[must_use]
    pub fn field(mut self, name: &str, value: &dyn ToWire) -> Self {
        if !value.is_absent() {
            value.write(self.0.named(name));
        }
        self
    }

    /// Adds a member of a map, unless it is an absent optional.
    #[must_use]
    pub(super) fn entry(mut self, key: &dyn ToWire, value: &dyn ToWire) -> Self {
        if value.is_absent() {
            return self;
        }
        let out = self.0.next();
        let at = out.len();
        key.write(out);
        // A number is a key in quotes.
        if !out[at..].starts_with('"') {
            out.insert(at, '"');
            out.push('"');
        }
        out.push(':');
        value.write(out);
        self
    }

    /// Closes it.
    pub fn end(self) {
        self.0.out.push('}');
    }
}

/// Writes a JSON array, item by item.
pub struct ListWriter<'o>(Separated<'o>);

impl<'o> ListWriter<'o> {
    /// Opens it at the end of `out`.
    pub fn begin(out: &'o mut String) -> Self {
        Self(Separated::begin(out, '['))
    }

    /// Adds an item.
    #[must_use]
    pub fn item(mut self, value: &dyn ToWire) -> Self {
        value.write(self.0.next());
        self
    }

    /// Closes it.
    pub fn end(self) {
        self.0.out.push(']');
    }
}

/// Things with commas between them.
struct Separated<'o> {
    out: &'o mut String,
    empty: bool,
}

impl<'o> Separated<'o> {
    fn begin(out: &'o mut String, open: char) -> Self {
        out.push(open);
        Self { out, empty: true }
    }

    /// Where the next one goes.
    fn next(&mut self) -> &mut String {
        if !self.empty {
            self.out.push(',');
        }
        self.empty = false;
        self.out
    }

    /// Where the next one's value goes.
    fn named(&mut self, name: &str) -> &mut String {
        let out = self.next();
        write_text(name, out);
        out.push(':');
        out
    }
}

#[cfg(test)]
mod tests {
    use super::write_text;

    #[test]
    fn text_is_escaped_where_json_and_python_want_it() {
        let cases = [
            ("", "\"\""),
            ("plain", "\"plain\""),
            ("a\"b\\c", r#""a\"b\\c""#),
            ("\n\r\t", r#""\n\r\t""#),
            (
                "\u{0}\u{8}\u{c}\u{f}\u{10}\u{1f}",
                r#""\u0000\u0008\u000c\u000f\u0010\u001f""#,
            ),
            ("/ \u{7f} é 剑 🗡 \u{2028}", "\"/ \u{7f} é 剑 🗡 \u{2028}\""),
            ("剑\n剑", "\"剑\\n剑\""),
        ];
        for (text, json) in cases {
            let mut out = String::from("before ");
            write_text(text, &mut out);
            assert_eq!(out, format!("before {json}"));
            assert_eq!(serde_json::from_str::<String>(json).unwrap(), text);
        }
    }
}
