//! How diagnostics look: as rustc shows them, and a line at the end that sums them up.

use std::io::IsTerminal;
use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Level, Renderer, Snippet};

use super::{Diagnostic, Diagnostics, Label, Severity};
use crate::generate::source::{FileId, SourceFile, Sources, Span};

/// Longer lines are cut around what is underlined; the same on every terminal, so that a message in
/// a log is the one on the screen.
const WIDTH: usize = 140;

/// Whether standard output shows colours: it is a terminal, and `NO_COLOR` does not say otherwise.
pub fn colour_wanted() -> bool {
    std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|set| set.is_empty())
}

impl Diagnostics {
    /// All diagnostics and the sum line, each ended by a line break; empty where there are none.
    pub fn render(&self, sources: &Sources, colour: bool) -> String {
        let renderer = if colour {
            Renderer::styled()
        } else {
            Renderer::plain()
        }
        .term_width(WIDTH);
        let pages: Vec<Page<'_>> = sources.files().iter().map(Page::new).collect();
        let mut out = String::new();
        for diagnostic in self.iter() {
            out.push_str(&diagnostic.render(&pages, &renderer));
            out.push_str("\n\n");
        }
        if let Some(sum) = self.summary(sources) {
            let level = if self.has_errors() {
                Level::ERROR
            } else {
                Level::WARNING
            };
            let group = annotate_snippets::Group::with_title(level.primary_title(sum));
            out.push_str(&renderer.render(&[group]));
            out.push('\n');
        }
        out
    }

    fn summary(&self, sources: &Sources) -> Option<String> {
        let many = |n: usize, noun: &str| format!("{n} {noun}{}", if n == 1 { "" } else { "s" });
        let (errors, warnings) = self.count();
        let root = sources
            .files()
            .first()
            .map_or("managers.yaml", |file| file.path.as_str());
        match (errors, warnings) {
            (0, 0) => None,
            (0, _) => Some(format!(
                "{} in {root} and its files",
                many(warnings, "warning")
            )),
            (_, 0) => Some(format!(
                "{} in {root} and its files; nothing was written",
                many(errors, "mistake")
            )),
            (_, _) => Some(format!(
                "{} and {} in {root} and its files; nothing was written",
                many(errors, "mistake"),
                many(warnings, "warning")
            )),
        }
    }
}

impl Diagnostic {
    /// Title, one snippet for each file with the primary one first, help.
    fn render(&self, pages: &[Page<'_>], renderer: &Renderer) -> String {
        let level = match self.code.severity() {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let mut files = vec![self.primary.span.file];
        for label in &self.secondary {
            if !files.contains(&label.span.file) {
                files.push(label.span.file);
            }
        }
        let mut group = level
            .primary_title(self.message.as_str())
            .id(self.code.as_str())
            .elements(files.into_iter().map(|file| self.snippet(pages, file)));
        if let Some(help) = &self.help {
            group = group.element(Level::HELP.message(help.as_str()));
        }
        renderer.render(&[group])
    }

    fn snippet<'a>(&'a self, pages: &[Page<'a>], file: FileId) -> Snippet<'a, Annotation<'a>> {
        // Ids come from the sources that the pages are of.
        let page = &pages[file.0 as usize];
        let text = page.file.text.as_str();
        let primary = std::iter::once((AnnotationKind::Primary, &self.primary));
        let secondary = self.secondary.iter().map(|l| (AnnotationKind::Context, l));
        let here: Vec<_> = primary
            .chain(secondary)
            .filter(|(_, label)| label.span.file == file)
            .collect();
        let window = page.window(here.iter().map(|(_, label)| clamp(text, label.span)));
        Snippet::source(&text[window.clone()])
            .path(page.file.path.as_str())
            .line_start(page.line(window.start) + 1)
            .annotations(
                here.into_iter()
                    .map(|(kind, label)| annotation(kind, label, text, &window)),
            )
    }
}

/// A file and where its lines begin: counted once, however many mistakes are in it.
pub(super) struct Page<'a> {
    file: &'a SourceFile,
    line_starts: Vec<usize>,
}

impl<'a> Page<'a> {
    pub(super) fn new(file: &'a SourceFile) -> Self {
        let breaks = file.text.match_indices('\n').map(|(at, _)| at + 1);
        Self {
            file,
            line_starts: std::iter::once(0).chain(breaks).collect(),
        }
    }

    /// The file's path, as designers write it.
    pub(super) fn path(&self) -> &'a str {
        &self.file.path
    }

    /// A span as a range of the file's text.
    pub(super) fn range(&self, span: Span) -> Range<usize> {
        clamp(&self.file.text, span)
    }

    /// Line and column of an offset that [`Page::range`] gave, both from 1, columns in characters.
    pub(super) fn line_column(&self, at: usize) -> (usize, usize) {
        let line = self.line(at);
        let before = &self.file.text[self.line_starts[line]..at];
        (line + 1, before.chars().count() + 1)
    }

    /// The line of an offset, from 0.
    fn line(&self, at: usize) -> usize {
        // The first line begins at 0, so that there is always one.
        self.line_starts.partition_point(|start| *start <= at) - 1
    }

    /// The lines that hold the ranges: the rest of a long file need not be looked at each time.
    fn window(&self, ranges: impl Iterator<Item = Range<usize>>) -> Range<usize> {
        let (start, end) = ranges.fold((usize::MAX, 0), |(start, end), range| {
            (start.min(range.start), end.max(range.end))
        });
        let start = self.line_starts[self.line(start.min(end))];
        let next = self.line_starts.get(self.line(end) + 1);
        start..next.map_or(self.file.text.len(), |next| next - 1)
    }
}

fn annotation<'a>(
    kind: AnnotationKind,
    label: &'a Label,
    text: &str,
    window: &Range<usize>,
) -> Annotation<'a> {
    let range = clamp(text, label.span);
    let annotation = kind.span(range.start - window.start..range.end - window.start);
    if label.text.is_empty() {
        annotation
    } else {
        annotation.label(label.text.as_str())
    }
}

/// A span as a range of the text, whatever it says: a diagnostic is shown, not lost in a panic.
fn clamp(text: &str, span: Span) -> Range<usize> {
    let floor = |at: u32| text.floor_char_boundary(at as usize);
    let (start, end) = (floor(span.start), floor(span.end));
    start..end.max(start)
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::generate::diagnostic::Code;
    use crate::generate::source::SourceFile;

    #[test]
    fn two_files_and_a_warning() {
        let mut sources = Sources::default();
        let mut add = |path: &str, text: &str| {
            sources.add(SourceFile {
                path: path.to_owned(),
                on_disk: path.into(),
                text: text.to_owned(),
            })
        };
        let bag = add("managers/bag.yaml", "managers:\n  bag:\n    port: 8082\n");
        let weapon = add(
            "managers/weapon.yaml",
            "managers:\r\n  weapon:\r\n    port: 8082",
        );
        let span = |file, start, end| Span { file, start, end };
        let mut diagnostics = Diagnostics::default();
        diagnostics
            .error(
                Code::SamePort,
                span(weapon, 32, 36),
                "two managers on port 8082",
                "also here",
            )
            .label(span(bag, 27, 31), "first here")
            .help("give each a port of its own");
        diagnostics.error(
            Code::ReadsSaved,
            span(bag, 12, 15),
            "no index serves this",
            "",
        );
        expect![[r#"
            warning[A0902]: no index serves this
             --> managers/bag.yaml:2:3
              |
            2 |   bag:
              |   ^^^

            error[A0704]: two managers on port 8082
             --> managers/weapon.yaml:3:11
              |
            3 |     port: 8082
              |           ^^^^ also here
              |
             ::: managers/bag.yaml:3:11
              |
            3 |     port: 8082
              |           ---- first here
              |
              = help: give each a port of its own

            error: 1 mistake and 1 warning in managers/bag.yaml and its files; nothing was written
        "#]]
        .assert_eq(&diagnostics.render(&sources, false));
        let coloured = diagnostics.render(&sources, true);
        assert!(coloured.contains("\u{1b}["), "{coloured}");
    }

    #[test]
    fn a_span_beyond_the_text_is_shown_at_its_end() {
        let mut sources = Sources::default();
        let file = sources.add(SourceFile {
            path: "managers.yaml".to_owned(),
            on_disk: "managers.yaml".into(),
            text: "game: \u{e9}".to_owned(),
        });
        let mut diagnostics = Diagnostics::default();
        for (start, end) in [(7, 8), (99, 120), (5, 2)] {
            diagnostics.error(Code::YamlSyntax, Span { file, start, end }, "here", "");
        }
        let text = diagnostics.render(&sources, false);
        assert_eq!(text.matches("--> managers.yaml:1:").count(), 3, "{text}");
    }
}
