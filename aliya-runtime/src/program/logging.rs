//! What is logged, and that each thing is one line.

use std::io::{self, Write};

use tracing_subscriber::EnvFilter;

use super::Failure;

/// The levels that the setting `log` can name.
const LEVELS: [&str; 6] = ["off", "error", "warn", "info", "debug", "trace"];

/// The filter that the setting `log` is. A word that is no level would be taken for a part of the
/// program of which alone something is logged.
pub(super) fn filter(log: &str) -> Result<EnvFilter, Failure> {
    for part in log
        .split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty())
    {
        let is_level = LEVELS.iter().any(|level| part.eq_ignore_ascii_case(level));
        if !is_level && !part.contains(['=', '[']) {
            let levels = LEVELS.join(", ");
            return Err(format!(
                "setting `log`: {part:?} is no level; there are {levels}; for a part of the program \
                 alone write it as in info,sqlx=warn"
            )
            .into());
        }
    }
    let filter = EnvFilter::try_new(log);
    filter.map_err(|error| format!("setting `log`: {error}").into())
}

/// Writes what it gets as one line, whatever ends of lines are in it: text from outside makes no line
/// of its own.
pub(super) struct OneLine<W>(pub(super) W);

impl<W: Write> Write for OneLine<W> {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        let (body, end) = match line.strip_suffix(b"\n") {
            Some(body) => (body, &b"\n"[..]),
            None => (line, &b""[..]),
        };
        if !body.iter().any(|byte| matches!(byte, b'\n' | b'\r')) {
            return self.0.write_all(line).map(|()| line.len());
        }
        let mut escaped = Vec::with_capacity(line.len() + 16);
        for byte in body {
            match byte {
                b'\n' => escaped.extend(b"\\n"),
                b'\r' => escaped.extend(b"\\r"),
                other => escaped.push(*other),
            }
        }
        escaped.extend(end);
        self.0.write_all(&escaped).map(|()| line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_is_one_that_there_is() {
        for log in [
            "info",
            "WARN",
            "off",
            "",
            "info,sqlx=warn",
            "aliya_runtime=debug, error",
        ] {
            assert!(filter(log).is_ok(), "{log}");
        }
        for log in ["verbose", "infos", "info,verbose", "aliya_runtime"] {
            let said = filter(log).err().map(|error| error.to_string());
            assert!(
                said.is_some_and(|said| said.contains("is no level")),
                "{log}"
            );
        }
        assert!(filter("sqlx=loud").is_err());
    }

    #[test]
    fn what_is_logged_is_one_line() {
        let mut out = Vec::new();
        for line in [
            &b"a plain one\n"[..],
            b"one\n2026 ERROR forged\r\n",
            b"no end",
        ] {
            let written = OneLine(&mut out).write(line);
            assert_eq!(written.unwrap(), line.len());
        }
        let expected = "a plain one\none\\n2026 ERROR forged\\r\nno end";
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }
}
