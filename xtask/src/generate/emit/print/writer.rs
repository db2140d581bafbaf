//! The pieces of a layout as lines.

use super::layout::{Break, Breaks, Piece};

/// How many bytes a line has at most, where it can break at all.
const MARGIN: i64 = 89;
/// How many it has however far it is indented.
const MARGIN_MIN: i64 = 60;

/// Writes piece by piece.
pub(super) struct Writer<'o> {
    out: &'o mut String,
    /// What is left of the line.
    space: i64,
    indent: i16,
    /// Not written yet: no line ends with them.
    blanks: usize,
    /// How the groups around break, and the indentation outside of them; `None` of one that fits.
    groups: Vec<Option<(i16, Breaks)>>,
}

impl<'o> Writer<'o> {
    pub(super) fn new(out: &'o mut String) -> Self {
        Self {
            out,
            space: MARGIN,
            indent: 0,
            blanks: 0,
            groups: Vec::new(),
        }
    }

    pub(super) fn piece(&mut self, piece: Piece<'_>, length: i64) {
        match piece {
            Piece::Word(word) => self.word(word),
            Piece::Break(place) => self.place(place, length),
            Piece::Begin(_, _) if length <= self.space => self.groups.push(None),
            Piece::Begin(indent, breaks) => {
                self.groups.push(Some((self.indent, breaks)));
                self.indent += indent;
            }
            Piece::End => {
                if let Some(Some((outside, _))) = self.groups.pop() {
                    self.indent = outside;
                }
            }
            Piece::Endless => {}
        }
    }

    fn word(&mut self, word: &str) {
        self.blanks();
        self.out.push_str(word);
        self.space -= i64::try_from(word.len()).unwrap_or(i64::MAX);
    }

    fn char(&mut self, char: Option<char>) {
        if let Some(char) = char {
            self.blanks();
            self.out.push(char);
            self.space -= 1;
        }
    }

    fn blanks(&mut self) {
        self.out.extend(std::iter::repeat_n(' ', self.blanks));
        self.blanks = 0;
    }

    fn place(&mut self, place: Break, length: i64) {
        let breaks = match self.groups.last() {
            _ if place.never => false,
            Some(None) => false,
            Some(Some((_, Breaks::All))) => true,
            Some(Some((_, Breaks::AsNeeded))) | None => length > self.space,
        };
        if !breaks {
            self.blanks += usize::from(place.blank);
            self.space -= i64::from(place.blank);
            self.char(place.unbroken);
            return;
        }
        self.char(place.before);
        self.out.push('\n');
        let indent = self.indent + place.indent;
        self.blanks = usize::try_from(indent).unwrap_or_default();
        self.space = (MARGIN - i64::from(indent)).max(MARGIN_MIN);
        self.char(place.after);
    }
}
