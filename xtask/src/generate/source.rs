//! Where a piece of a declaration stands: files, and spans into them.

use std::path::PathBuf;

/// A file of [`Sources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(pub u32);

/// Bytes `start..end` of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// The first byte.
    pub start: u32,
    /// The byte after the last one.
    pub end: u32,
}

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

/// A name or a text, and where it stands.
pub type Name = Spanned<String>;

/// A file that was read.
#[derive(Debug)]
pub struct SourceFile {
    /// As the designer would write it: relative to the folder of managers.yaml, with `/`.
    pub path: String,
    /// Where it lies on disk.
    pub on_disk: PathBuf,
    /// Its text.
    pub text: String,
}

/// All files of a run, in the order in which they were read.
#[derive(Debug, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
    /// Where the lines of each file start.
    lines: Vec<Vec<usize>>,
}

impl Sources {
    /// Adds a file.
    pub fn add(&mut self, file: SourceFile) -> FileId {
        let after_breaks = file.text.match_indices('\n').map(|(at, _)| at + 1);
        self.lines
            .push(std::iter::once(0).chain(after_breaks).collect());
        self.files.push(file);
        FileId(u32::try_from(self.files.len() - 1).expect("fewer than 2^32 files"))
    }

    /// All files.
    pub fn files(&self) -> &[SourceFile] {
        &self.files
    }

    /// The file of an id that [`Sources::add`] gave.
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// The text of a span.
    pub fn text(&self, span: Span) -> &str {
        let text = &self.file(span.file).text;
        text.get(span.start as usize..span.end as usize)
            .unwrap_or_default()
    }

    /// Line and column of a span's start, both from 1, columns in characters.
    pub fn line_column(&self, span: Span) -> (usize, usize) {
        let text = &self.file(span.file).text;
        let start = span.start as usize;
        let lines = &self.lines[span.file.0 as usize];
        let line = lines.partition_point(|&line| line <= start);
        let before = text.get(lines[line - 1]..start).unwrap_or_default();
        (line, before.chars().count() + 1)
    }

    /// `managers/bag.yaml:12:7`
    pub fn place(&self, span: Span) -> String {
        let (line, column) = self.line_column(span);
        format!("{}:{line}:{column}", self.file(span.file).path)
    }
}
