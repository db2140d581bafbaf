//! Functions and their parameters.

use super::super::tokens::Kind;
use super::cursor::Printer;
use super::layout::{Breaks, INDENT};

impl Printer<'_> {
    /// `<'a, N: Bound>`
    pub(super) fn parameters(&mut self) {
        if !self.is("<") {
            return;
        }
        self.take();
        self.layout.begin(0, Breaks::All);
        self.layout.zero();
        while !self.is(">") {
            self.take();
            if self.skip(":") {
                self.layout.begin(INDENT, Breaks::AsNeeded);
                self.layout.word(": ");
                self.bounds();
                self.layout.end();
            }
            self.separator();
            self.layout.comma(self.is(">"));
        }
        self.layout.dedent();
        self.layout.end();
        self.take();
    }

    pub(super) fn function(&mut self) {
        self.layout.begin(INDENT, Breaks::All);
        self.visibility();
        self.word_for("async", "async ");
        self.take();
        self.layout.word(" ");
        self.take();
        self.parameters();
        self.take();
        self.layout.never();
        self.layout.begin(0, Breaks::All);
        self.layout.zero();
        self.items(&mut Self::parameter);
        self.layout.dedent();
        self.layout.end();
        self.take_close();
        self.layout.begin(-INDENT, Breaks::All);
        if self.skip("->") {
            self.layout.word(" -> ");
            self.ty();
        }
        self.layout.end();
        if self.is(";") {
            self.semicolon();
            self.layout.end();
            return;
        }
        self.layout.word(" ");
        self.take();
        self.layout.open_line();
        self.statements();
        self.layout.dedent();
        self.layout.end();
        self.take_close();
    }

    /// `name: Type`, or `self`.
    fn parameter(&mut self) {
        if self.is("&") {
            self.take();
            if self.next().kind == Kind::Lifetime {
                self.take();
                self.layout.word(" ");
            }
        }
        self.word_for("mut", "mut ");
        self.take();
        if self.skip(":") {
            self.layout.word(": ");
            self.ty();
        }
    }
}
