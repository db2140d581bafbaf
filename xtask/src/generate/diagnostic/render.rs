//! How diagnostics look: as rustc shows them, and a line at the end that sums them up.

use std::io::IsTerminal;
use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Level, Renderer, Snippet};

use super::{Diagnostic, Diagnostics, Label, Severity};
use crate::generate::source::{FileId, Sources, Span};

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
        let mut out = String::new();
        for diagnostic in self.iter() {
            out.push_str(&diagnostic.render(sources, &renderer));
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
    fn render(&self, sources: &Sources, renderer: &Renderer) -> String {
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
            .elements(files.into_iter().map(|file| self.snippet(sources, file)));
        if let Some(help) = &self.help {
            group = group.element(Level::HELP.message(help.as_str()));
        }
        renderer.render(&[group])
    }

    fn snippet<'a>(&'a self, sources: &'a Sources, file: FileId) -> Snippet<'a, Annotation<'a>> {
        let source = sources.file(file);
        let primary = std::iter::once((AnnotationKind::Primary, &self.primary));
        let secondary = self.secondary.iter().map(|l| (AnnotationKind::Context, l));
        let here: Vec<_> = primary
            .chain(secondary)
            .filter(|(_, label)| label.span.file == file)
            .collect();
        let window = window(&source.text, here.iter().map(|(_, label)| label.span));
        let line_start = source.text[..window.start].matches('\n').count() + 1;
        Snippet::source(&source.text[window.clone()])
            .path(source.path.as_str())
            .line_start(line_start)
            .annotations(
                here.into_iter()
                    .map(|(kind, label)| annotation(kind, label, &source.text, &window)),
            )
    }
}

/// The lines that hold the spans: the rest of a long file need not be looked at again and again.
fn window(text: &str, spans: impl Iterator<Item = Span>) -> Range<usize> {
    let (mut start, mut end) = (text.len(), 0);
    for span in spans {
        let range = clamp(text, span);
        start = start.min(range.start);
        end = end.max(range.end);
    }
    let start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[end.max(start)..]
        .find('\n')
        .map_or(text.len(), |at| end.max(start) + at);
    start..end
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
