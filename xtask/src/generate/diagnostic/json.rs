//! Diagnostics for editors and other programs: one JSON object on a line for each.

use serde::Serialize;

use super::render::Page;
use super::{Diagnostic, Diagnostics, Label, Severity};
use crate::generate::source::{Sources, Span};

/// A diagnostic, its place being that of the first of `labels`.
#[derive(Serialize)]
struct Line<'d> {
    code: &'static str,
    severity: &'static str,
    #[serde(flatten)]
    place: Place<'d>,
    message: &'d str,
    /// Every place, the primary one first.
    labels: Vec<Labelled<'d>>,
    help: Option<&'d str>,
}

/// Lines and columns count from 1, columns in characters; the end is the place behind the last one.
#[derive(Clone, Serialize)]
struct Place<'d> {
    /// Relative to the folder of managers.yaml.
    file: &'d str,
    line: usize,
    column: usize,
    end: End,
}

#[derive(Clone, Serialize)]
struct End {
    line: usize,
    column: usize,
}

#[derive(Serialize)]
struct Labelled<'d> {
    #[serde(flatten)]
    place: Place<'d>,
    text: &'d str,
}

impl Diagnostics {
    /// All diagnostics, each as a JSON object on a line of its own; empty where there are none.
    pub fn json(&self, sources: &Sources) -> String {
        let pages: Vec<Page<'_>> = sources.files().iter().map(Page::new).collect();
        let lines = self.iter().map(|diagnostic| {
            let line = Line::new(diagnostic, &pages);
            // Texts and numbers always become JSON.
            serde_json::to_string(&line).expect("texts become JSON") + "\n"
        });
        lines.collect()
    }
}

impl<'d> Line<'d> {
    fn new(diagnostic: &'d Diagnostic, pages: &[Page<'d>]) -> Self {
        let labels = std::iter::once(&diagnostic.primary).chain(&diagnostic.secondary);
        Self {
            code: diagnostic.code.as_str(),
            severity: match diagnostic.code.severity() {
                Severity::Error => "error",
                Severity::Warning => "warning",
            },
            place: place(diagnostic.primary.span, pages),
            message: &diagnostic.message,
            labels: labels.map(|label| labelled(label, pages)).collect(),
            help: diagnostic.help.as_deref(),
        }
    }
}

fn labelled<'d>(label: &'d Label, pages: &[Page<'d>]) -> Labelled<'d> {
    Labelled {
        place: place(label.span, pages),
        text: &label.text,
    }
}

fn place<'d>(span: Span, pages: &[Page<'d>]) -> Place<'d> {
    // Ids come from the sources that the pages are of.
    let page = &pages[span.file.0 as usize];
    let range = page.range(span);
    let (line, column) = page.line_column(range.start);
    let (end_line, end_column) = page.line_column(range.end);
    Place {
        file: page.path(),
        line,
        column,
        end: End {
            line: end_line,
            column: end_column,
        },
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::generate::diagnostic::Code;
    use crate::generate::source::SourceFile;

    #[test]
    fn a_line_for_each_with_places_in_characters() {
        let mut sources = Sources::default();
        let mut add = |path: &str, text: &str| {
            sources.add(SourceFile {
                path: path.to_owned(),
                on_disk: path.into(),
                text: text.to_owned(),
            })
        };
        let root = add("managers.yaml", "game: \u{e9}\u{e9} x\n");
        let bag = add("managers/bag.yaml", "a:\n  b\n");
        let span = |file, start, end| Span { file, start, end };
        let mut diagnostics = Diagnostics::default();
        diagnostics
            .error(Code::SamePort, span(root, 11, 12), "\"twice\"", "here")
            .label(span(bag, 0, 6), "first")
            .help("mend it");
        diagnostics.error(Code::ReadsSaved, span(bag, 99, 120), "late", "");
        expect![[r#"
            {"code":"A0704","severity":"error","file":"managers.yaml","line":1,"column":10,"end":{"line":1,"column":11},"message":"\"twice\"","labels":[{"file":"managers.yaml","line":1,"column":10,"end":{"line":1,"column":11},"text":"here"},{"file":"managers/bag.yaml","line":1,"column":1,"end":{"line":2,"column":4},"text":"first"}],"help":"mend it"}
            {"code":"A0902","severity":"warning","file":"managers/bag.yaml","line":3,"column":1,"end":{"line":3,"column":1},"message":"late","labels":[{"file":"managers/bag.yaml","line":3,"column":1,"end":{"line":3,"column":1},"text":""}],"help":null}
        "#]]
        .assert_eq(&diagnostics.json(&sources));
    }
}
