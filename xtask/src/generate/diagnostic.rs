//! Diagnostics: what is wrong in a declaration, where, and what to write instead. Every stage adds
//! to one [`Diagnostics`]; all mistakes of a run are shown together.

mod code;
mod json;
mod nearest;
mod render;

use std::collections::HashSet;

pub use code::{Code, Severity, Stage};
pub use nearest::{did_you_mean, nearest};
pub use render::colour_wanted;

use super::source::Span;

/// A place, and what is to be said about it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Label {
    /// The text that is underlined.
    pub span: Span,
    /// What stands beside the underline; may be empty.
    pub text: String,
}

/// A mistake, or a warning.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// What kind it is of.
    pub code: Code,
    /// What is wrong, in a sentence without a full stop.
    pub message: String,
    /// Where it is wrong.
    pub primary: Label,
    /// Other places that explain it, such as a first declaration.
    pub secondary: Vec<Label>,
    /// What to do about it.
    pub help: Option<String>,
}

impl Diagnostic {
    /// Sets the help; the last one said stands.
    pub fn help(&mut self, help: impl Into<String>) -> &mut Self {
        self.help = Some(help.into());
        self
    }

    /// Sets the help where there is one, as from [`did_you_mean`].
    pub fn maybe_help(&mut self, help: Option<String>) -> &mut Self {
        if help.is_some() {
            self.help = help;
        }
        self
    }

    /// Adds a second place.
    pub fn label(&mut self, span: Span, text: impl Into<String>) -> &mut Self {
        self.secondary.push(Label {
            span,
            text: text.into(),
        });
        self
    }
}

/// What the stages of a run have to say.
#[derive(Debug, Default)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// Adds a diagnostic; the code says whether it is an error or a warning.
    pub fn error(
        &mut self,
        code: Code,
        span: Span,
        message: impl Into<String>,
        label_text: impl Into<String>,
    ) -> &mut Diagnostic {
        let at = self.0.len();
        self.0.push(Diagnostic {
            code,
            message: message.into(),
            primary: Label {
                span,
                text: label_text.into(),
            },
            secondary: Vec::new(),
            help: None,
        });
        &mut self.0[at]
    }

    /// Takes over what another stage said.
    pub fn append(&mut self, other: Diagnostics) {
        self.0.extend(other.0);
    }

    /// What was last said with that code of that place.
    pub fn find(&mut self, code: Code, place: Span) -> Option<&mut Diagnostic> {
        let said = self.0.iter_mut().rev();
        said.into_iter()
            .find(|said| said.code == code && said.primary.span == place)
    }

    /// How often something was said, repetitions included.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing was said, not even a warning.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether there is an error; warnings do not count.
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|d| d.code.severity() == Severity::Error)
    }

    /// All of them by file and position, each once.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        let mut seen = HashSet::new();
        let mut all: Vec<&Diagnostic> = self.0.iter().filter(|d| seen.insert(*d)).collect();
        all.sort_by_key(|d| (d.primary.span, d.code));
        all.into_iter()
    }

    /// How many errors and how many warnings [`Diagnostics::iter`] gives.
    pub fn count(&self) -> (usize, usize) {
        self.iter()
            .fold((0, 0), |(errors, warnings), d| match d.code.severity() {
                Severity::Error => (errors + 1, warnings),
                Severity::Warning => (errors, warnings + 1),
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generate::source::FileId;

    fn span(file: u32, start: u32) -> Span {
        Span {
            file: FileId(file),
            start,
            end: start + 1,
        }
    }

    #[test]
    fn sorted_by_place_and_each_once() {
        let mut diagnostics = Diagnostics::default();
        diagnostics.error(Code::UnknownKey, span(1, 0), "third", "");
        diagnostics.error(Code::UnknownKey, span(0, 9), "second", "");
        diagnostics.error(Code::UnknownKey, span(0, 2), "first", "");
        diagnostics.error(Code::UnknownKey, span(0, 9), "second", "");
        let messages: Vec<_> = diagnostics.iter().map(|d| d.message.as_str()).collect();
        assert_eq!(messages, ["first", "second", "third"]);
        assert_eq!(diagnostics.count(), (3, 0));
    }

    #[test]
    fn the_same_words_with_another_second_place_are_another_diagnostic() {
        let mut diagnostics = Diagnostics::default();
        diagnostics.error(Code::DuplicateKey, span(0, 9), "twice", "");
        diagnostics
            .error(Code::DuplicateKey, span(0, 9), "twice", "")
            .label(span(0, 1), "first declared here");
        assert_eq!(diagnostics.iter().count(), 2);
    }

    #[test]
    fn a_warning_is_no_error() {
        let mut diagnostics = Diagnostics::default();
        diagnostics.error(Code::ReadsSaved, span(0, 0), "may be long", "");
        assert!(!diagnostics.is_empty());
        assert!(!diagnostics.has_errors());
        diagnostics.error(Code::UnknownKey, span(0, 0), "unknown", "");
        assert!(diagnostics.has_errors());
    }
}
