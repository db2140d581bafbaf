//! What YAML has and the language does not: tags, anchors, aliases, several documents. Mostly it is
//! an accident: a text that begins with a sign that YAML keeps for itself.

use std::ops::Range;

use super::build::Builder;
use super::quoted;
use super::scalar::span;
use crate::generate::diagnostic::Code;

impl Builder<'_> {
    pub fn tagged_scalar(&mut self, tag: Range<usize>, scalar: &Range<usize>, text: &str) {
        let word = self.source.get(tag.clone()).unwrap_or_default();
        let negated = word.strip_prefix('!').unwrap_or_default().to_owned();
        let written = if text == "~" && scalar.is_empty() {
            negated.clone()
        } else {
            format!("{negated} {text}").trim().to_owned()
        };
        let help = if word.starts_with("!!") || written.is_empty() {
            "if this is a text, quote it".to_owned()
        } else {
            format!("write `not {written}` if it is a condition; if it is a text, quote it")
        };
        self.diagnostics
            .error(
                Code::QuoteIt,
                span(self.file, tag),
                "YAML takes what begins with `!` for a tag",
                "a tag to YAML",
            )
            .help(help);
    }

    pub fn tagged_collection(&mut self, tag: Option<Range<usize>>) {
        if let Some(tag) = tag {
            self.not_ours(tag, "a tag (`!name`)", "says what kind this is")
                .push_str("leave it out");
        }
    }

    pub fn taken_for(&mut self, range: Range<usize>, sign: &str, what: &str) {
        let written = self.source.get(range.clone()).unwrap_or_default();
        let help = format!("quote it: `{}`", quoted(written));
        self.diagnostics
            .error(
                Code::QuoteIt,
                span(self.file, range),
                format!("YAML takes what begins with {sign} for {what}"),
                format!("{what} to YAML"),
            )
            .help(help);
    }

    /// Reports something of YAML that the language does not use; the help is to be filled in.
    pub fn not_ours(&mut self, range: Range<usize>, what: &str, label: &str) -> &mut String {
        self.diagnostics
            .error(
                Code::NotPartOfTheLanguage,
                span(self.file, range),
                format!("{what} is no part of the language"),
                label,
            )
            .help
            .get_or_insert_default()
    }
}
