//! Where lines break: Oppen's algorithm ("Prettyprinting", 1980). A text is words, places where a
//! line may break, and groups around them; a group that fits into the rest of its line does not
//! break, and all lengths are known before the first word is written.

use super::writer::Writer;

/// By how much a group's content is indented.
pub(super) const INDENT: i16 = 4;
/// The length of what fits into no line.
const ENDLESS: u16 = u16::MAX;

/// How a group breaks that does not fit.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Breaks {
    /// At all of its places.
    All,
    /// At those after which the next piece does not fit.
    AsNeeded,
}

/// A place where a line may break.
#[derive(Clone, Copy, Default)]
pub(super) struct Break {
    /// How many spaces stand there otherwise.
    pub(super) blank: u16,
    /// What the new line is indented by, beside its group.
    pub(super) indent: i16,
    /// Stands at the end of the broken line.
    pub(super) before: Option<char>,
    /// Stands at the start of the new one.
    pub(super) after: Option<char>,
    /// Stands there where no line breaks.
    pub(super) unbroken: Option<char>,
    /// There is no such place at the end of a group.
    pub(super) between: bool,
    /// It does not break: it only ends what has to fit before it.
    pub(super) never: bool,
}

/// A word, a place, or the border of a group.
#[derive(Clone, Copy)]
pub(super) enum Piece<'t> {
    Word(&'t str),
    Break(Break),
    Begin(i16, Breaks),
    End,
    /// The groups around it do not fit.
    Endless,
}

/// A text that is built piece by piece.
#[derive(Default)]
pub(super) struct Layout<'t> {
    pieces: Vec<Piece<'t>>,
    /// Of each group and place, how long the text is up to the first place after it where a line
    /// may break.
    lengths: Vec<i64>,
    /// Those of which that is not known yet.
    open: Vec<usize>,
}

/// A place between two pieces.
#[derive(Clone, Copy)]
pub(super) struct Mark(usize);

impl<'t> Layout<'t> {
    pub(super) fn word(&mut self, word: &'t str) {
        self.pieces.push(Piece::Word(word));
    }

    pub(super) fn place(&mut self, place: Break) {
        self.pieces.push(Piece::Break(place));
    }

    /// A place without a space.
    pub(super) fn zero(&mut self) {
        self.place(Break::default());
    }

    pub(super) fn space(&mut self) {
        self.place(Break {
            blank: 1,
            ..Break::default()
        });
    }

    /// Ends what has to fit, without a break.
    pub(super) fn never(&mut self) {
        self.place(Break {
            never: true,
            ..Break::default()
        });
    }

    /// The end of a line.
    pub(super) fn line(&mut self) {
        self.place(Break {
            blank: ENDLESS,
            ..Break::default()
        });
    }

    /// The end of a line, after what opens a block: none where nothing follows in it.
    pub(super) fn open_line(&mut self) {
        self.place(Break {
            blank: ENDLESS,
            between: true,
            ..Break::default()
        });
    }

    /// A comma and a place for a break; after the last of a list, a comma only where it breaks.
    pub(super) fn comma(&mut self, last: bool) {
        self.comma_and(last, 0);
    }

    /// The same in a list that has a space before its end.
    pub(super) fn comma_or_space(&mut self, last: bool) {
        self.comma_and(last, 1);
    }

    fn comma_and(&mut self, last: bool, blank: u16) {
        if last {
            self.place(Break {
                blank,
                before: Some(','),
                ..Break::default()
            });
        } else {
            self.word(",");
            self.space();
        }
    }

    /// The last place breaks to a line that is not indented, as that of a closing brace.
    pub(super) fn dedent(&mut self) {
        if let Some(Piece::Break(place)) = self.pieces.last_mut() {
            place.indent -= INDENT;
        }
    }

    pub(super) fn begin(&mut self, indent: i16, breaks: Breaks) {
        self.pieces.push(Piece::Begin(indent, breaks));
    }

    pub(super) fn end(&mut self) {
        let length = self.pieces.len();
        match self.pieces.as_slice() {
            // Nothing in it.
            [.., Piece::Begin(..), Piece::Break(_)] => self.pieces.truncate(length - 2),
            [.., Piece::Break(place)] if place.between => {
                self.pieces.pop();
                self.pieces.push(Piece::End);
            }
            _ => self.pieces.push(Piece::End),
        }
    }

    pub(super) fn mark(&self) -> Mark {
        Mark(self.pieces.len())
    }

    /// Begins a group at a place that was passed.
    pub(super) fn begin_at(&mut self, Mark(at): Mark, indent: i16, breaks: Breaks) {
        self.pieces.insert(at, Piece::Begin(indent, breaks));
    }

    /// Allows a break at a place that was passed.
    pub(super) fn place_at(&mut self, Mark(at): Mark, place: Break) {
        self.pieces.insert(at, Piece::Break(place));
    }

    /// Breaks the groups around the text since `mark` where that is longer than `max`.
    pub(super) fn break_longer(&mut self, Mark(at): Mark, max: usize) {
        let mut length = 0;
        for piece in &self.pieces[at..] {
            length += match piece {
                Piece::Word(word) => word.len(),
                Piece::Break(place) => usize::from(place.blank),
                Piece::Endless => usize::from(ENDLESS),
                Piece::Begin(..) | Piece::End => 0,
            };
            if length > max {
                self.pieces.push(Piece::Endless);
                return;
            }
        }
    }

    /// Writes the text, and begins the next one.
    pub(super) fn write(&mut self, out: &mut String) {
        self.measure();
        let mut writer = Writer::new(out);
        for (piece, length) in self.pieces.iter().zip(&self.lengths) {
            writer.piece(*piece, *length);
        }
        self.pieces.clear();
    }

    fn measure(&mut self) {
        self.lengths.clear();
        self.lengths.resize(self.pieces.len(), 0);
        self.open.clear();
        let mut total = 0;
        for at in 0..self.pieces.len() {
            match self.pieces[at] {
                Piece::Word(word) => total += i64::try_from(word.len()).unwrap_or(i64::MAX),
                Piece::Endless => total += i64::from(ENDLESS),
                Piece::Begin(..) => {
                    self.lengths[at] = -total;
                    self.open.push(at);
                }
                Piece::End => self.open.push(at),
                Piece::Break(place) => {
                    self.settle(total);
                    self.lengths[at] = -total;
                    self.open.push(at);
                    total += i64::from(place.blank);
                }
            }
        }
        self.settle(total);
    }

    /// The lengths that the next place ends: those of the place before it and of groups between.
    fn settle(&mut self, total: i64) {
        let mut depth = 0;
        while let Some(&at) = self.open.last() {
            match self.pieces[at] {
                Piece::End => depth += 1,
                Piece::Begin(..) if depth == 0 => return,
                Piece::Begin(..) => {
                    depth -= 1;
                    self.lengths[at] += total;
                }
                _ => {
                    self.lengths[at] += total;
                    if depth == 0 {
                        self.open.pop();
                        return;
                    }
                }
            }
            self.open.pop();
        }
    }
}
