//! Items of a module, with their attributes.

use super::cursor::Printer;
use super::layout::{Breaks, INDENT};

/// Items of one kind stand together without blank lines.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Neighbour {
    /// `use` of this crate.
    UseHere,
    /// Any other `use`.
    Use,
    Mod,
    Other,
}

impl Printer<'_> {
    /// How the next item stands beside its neighbours.
    pub(super) fn neighbour(&self) -> Neighbour {
        let ahead = usize::from(self.is("pub"));
        match (self.ahead(ahead).text, self.ahead(ahead + 1).text) {
            ("use", "crate") => Neighbour::UseHere,
            ("use", _) => Neighbour::Use,
            ("mod", _) => Neighbour::Mod,
            _ => Neighbour::Other,
        }
    }

    /// An item and the end of its last line.
    pub(super) fn item(&mut self) {
        self.attributes();
        let mut ahead = usize::from(self.is("pub"));
        ahead += usize::from(self.is_ahead(ahead, "async"));
        match self.ahead(ahead).text {
            "use" => self.import(),
            "mod" => {
                self.visibility();
                self.take();
                self.layout.word(" ");
                self.take();
                self.semicolon();
            }
            "static" | "const" => self.constant(),
            "struct" => self.structure(),
            "enum" => self.enumeration(),
            "trait" => self.declaration(),
            "impl" => self.implementation(),
            "fn" => self.function(),
            _ => panic!("no item: {}", self.around()),
        }
        self.layout.line();
    }

    pub(super) fn semicolon(&mut self) {
        self.expect(";");
        self.layout.word(";");
    }

    pub(super) fn visibility(&mut self) {
        self.word_for("pub", "pub ");
    }

    fn import(&mut self) {
        self.visibility();
        self.take();
        self.layout.word(" ");
        while !self.is(";") {
            if !self.is("{") {
                self.take();
                continue;
            }
            self.layout.begin(INDENT, Breaks::All);
            self.take();
            self.layout.zero();
            self.layout.begin(0, Breaks::AsNeeded);
            while !self.closes() {
                self.path();
                if self.skip(",") && !self.closes() {
                    self.layout.word(",");
                    self.layout.space();
                }
            }
            self.layout.end();
            self.layout.comma(true);
            self.layout.dedent();
            self.take_close();
            self.layout.end();
        }
        self.semicolon();
    }

    /// Lays out a closing bracket.
    pub(super) fn take_close(&mut self) {
        let close = self.next().text;
        self.expect(close);
        self.layout.word(close);
    }

    /// `static` or `const`.
    fn constant(&mut self) {
        self.layout.begin(0, Breaks::All);
        self.visibility();
        self.take();
        self.layout.word(" ");
        self.take();
        self.expect(":");
        self.layout.word(": ");
        self.ty();
        self.expect("=");
        self.layout.word(" = ");
        self.layout.never();
        self.expr();
        self.semicolon();
        self.layout.end();
    }

    fn structure(&mut self) {
        self.layout.begin(INDENT, Breaks::All);
        self.visibility();
        self.take();
        self.layout.word(" ");
        self.take();
        if self.is("{") {
            self.layout.word(" ");
            self.lines_of(|it| {
                it.attributes();
                it.visibility();
                it.take();
                it.expect(":");
                it.layout.word(": ");
                it.ty();
            });
            return;
        }
        if self.is("(") {
            self.take();
            self.layout.zero();
            self.items(&mut |it: &mut Self| {
                it.attributes();
                it.visibility();
                it.ty();
            });
            self.layout.dedent();
            self.take_close();
        }
        self.semicolon();
        self.layout.end();
    }

    fn enumeration(&mut self) {
        self.layout.begin(INDENT, Breaks::All);
        self.visibility();
        self.take();
        self.layout.word(" ");
        self.take();
        self.layout.word(" ");
        self.lines_of(|it| {
            it.attributes();
            it.take();
        });
    }

    /// `{`, a line of each item with a comma, `}`, which ends the group.
    fn lines_of(&mut self, mut item: impl FnMut(&mut Self)) {
        self.take();
        self.layout.open_line();
        while !self.closes() {
            item(self);
            self.separator();
            self.layout.word(",");
            self.layout.line();
        }
        self.layout.dedent();
        self.layout.end();
        self.take_close();
    }

    fn declaration(&mut self) {
        self.layout.begin(INDENT, Breaks::All);
        self.visibility();
        self.take();
        self.layout.word(" ");
        self.take();
        if self.skip(":") {
            self.layout.word(": ");
            self.bounds();
        }
        self.layout.word(" ");
        self.members();
    }

    fn implementation(&mut self) {
        self.layout.begin(INDENT, Breaks::All);
        self.layout.begin(-INDENT, Breaks::AsNeeded);
        self.layout.begin(INDENT, Breaks::All);
        self.take();
        self.parameters();
        self.layout.end();
        self.layout.word(" ");
        self.ty();
        if self.skip("for") {
            self.layout.space();
            self.layout.word("for ");
            self.ty();
        }
        self.layout.end();
        self.layout.word(" ");
        self.members();
    }

    /// The functions of a trait or an implementation, with blank lines between those that have
    /// a body; ends the group.
    fn members(&mut self) {
        self.take();
        self.layout.open_line();
        while !self.closes() {
            self.item();
            let has_body = self.at_place(self.at - 1).text == "}";
            if has_body && !self.closes() {
                self.layout.line();
            }
        }
        self.layout.dedent();
        self.layout.end();
        self.take_close();
    }
}
