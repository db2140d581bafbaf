//! Paths, types and patterns.

use super::super::tokens::Kind;
use super::cursor::Printer;
use super::layout::{Break, Breaks, INDENT};

impl Printer<'_> {
    /// `a::B`, with lists of types after its parts: `a::B<T>`, or `a::B::<T>` in an expression.
    pub(super) fn path(&mut self) {
        self.word_for("::", "::");
        self.take();
        loop {
            if self.is("<") {
                self.generics();
            } else if self.is("::") && self.is_ahead(1, "<") {
                self.turbofish();
            } else if self.is("::") {
                self.take();
                self.take();
            } else {
                return;
            }
        }
    }

    /// The path of an expression or a pattern, where `<` compares.
    pub(super) fn value_path(&mut self) {
        self.word_for("::", "::");
        self.take();
        while self.is("::") {
            if self.is_ahead(1, "<") {
                self.turbofish();
            } else {
                self.take();
                self.take();
            }
        }
    }

    /// `::<A, B>`, which never breaks.
    pub(super) fn turbofish(&mut self) {
        self.expect("::");
        self.expect("<");
        self.layout.word("::<");
        while !self.is(">") {
            self.ty();
            if self.separator() && !self.is(">") {
                self.layout.word(", ");
            }
        }
        self.take();
    }

    /// `<A, B>`
    fn generics(&mut self) {
        self.take();
        self.layout.begin(INDENT, Breaks::All);
        self.layout.zero();
        while !self.is(">") {
            if self.is_ahead(1, "=") {
                self.take();
                self.expect("=");
                self.layout.word(" = ");
            }
            self.ty();
            self.separator();
            self.layout.comma(self.is(">"));
        }
        self.layout.dedent();
        self.layout.end();
        self.take();
    }

    pub(super) fn ty(&mut self) {
        match self.next().text {
            "&" => {
                self.take();
                if self.next().kind == Kind::Lifetime {
                    self.take();
                    self.layout.word(" ");
                }
                self.word_for("mut", "mut ");
                self.ty();
            }
            "dyn" | "impl" => {
                self.take();
                self.layout.word(" ");
                self.bounds();
            }
            "(" => {
                self.tuple(Self::ty);
            }
            "[" => {
                self.take();
                self.ty();
                self.expect("]");
                self.layout.word("]");
            }
            _ if self.next().kind == Kind::Lifetime => self.take(),
            _ => self.path(),
        }
    }

    /// `A + B`
    pub(super) fn bounds(&mut self) {
        self.ty();
        while self.skip("+") {
            self.layout.word(" + ");
            self.ty();
        }
    }

    /// Items in parentheses; whether they are a tuple, and not one thing without a comma.
    pub(super) fn tuple(&mut self, mut item: impl FnMut(&mut Self)) -> bool {
        self.take();
        let mark = self.layout.mark();
        let mut items = 0;
        let mut commas = false;
        while !self.closes() {
            item(self);
            items += 1;
            let comma = self.separator();
            commas |= comma;
            match (items, self.closes()) {
                (1, true) if comma => {
                    self.layout.word(",");
                    self.layout.zero();
                }
                (1, true) => {}
                (_, last) => self.layout.comma(last),
            }
        }
        if commas {
            self.layout.place_at(mark, Break::default());
            self.layout.begin_at(mark, INDENT, Breaks::All);
            self.layout.dedent();
            self.layout.end();
        }
        self.expect(")");
        self.layout.word(")");
        commas || items == 0
    }

    /// A pattern, with its alternatives.
    pub(super) fn pattern(&mut self) {
        let mark = self.layout.mark();
        let mut simple = self.one_pattern();
        if !self.is("|") {
            return;
        }
        while self.skip("|") {
            self.layout.space();
            self.layout.word("| ");
            simple &= self.one_pattern();
        }
        let breaks = match simple {
            true => Breaks::AsNeeded,
            false => Breaks::All,
        };
        self.layout.begin_at(mark, 0, breaks);
        self.layout.end();
    }

    /// A pattern without alternatives; whether it is a literal or `_`.
    pub(super) fn one_pattern(&mut self) -> bool {
        let token = self.next();
        match (token.kind, token.text) {
            (Kind::Literal, _) | (Kind::Word, "_" | "true" | "false") => {
                self.take();
                return true;
            }
            (Kind::Sign, "-") => {
                self.take();
                self.take();
                return true;
            }
            (Kind::Sign, "&") => {
                self.take();
                self.word_for("mut", "mut ");
                self.one_pattern();
            }
            (Kind::Sign, "..") => self.take(),
            (Kind::Open, "(") => {
                self.tuple(Self::pattern);
            }
            _ => {
                self.word_for("ref", "ref ");
                self.word_for("mut", "mut ");
                let mark = self.layout.mark();
                self.value_path();
                if self.is("(") {
                    self.take();
                    self.list(Self::pattern);
                    self.expect(")");
                    self.layout.word(")");
                } else if self.is("{") {
                    self.layout.begin_at(mark, INDENT, Breaks::All);
                    self.fields(Self::pattern);
                    self.layout.end();
                    self.layout.word("}");
                }
            }
        }
        false
    }

    /// ` { a, b: value, ..rest`, of which the group ends before the brace.
    pub(super) fn fields(&mut self, mut value: impl FnMut(&mut Self)) {
        self.expect("{");
        self.layout.word(" {");
        self.layout.place(Break {
            blank: 1,
            between: true,
            ..Break::default()
        });
        while !self.closes() {
            if self.word_for("..", "..") {
                if !self.closes() {
                    value(self);
                }
                self.layout.space();
                break;
            }
            self.take();
            if self.skip(":") {
                self.layout.word(": ");
                value(self);
            }
            self.separator();
            self.layout.comma_or_space(self.closes());
        }
        self.layout.dedent();
        self.expect("}");
    }
}
