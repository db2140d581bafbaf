//! Blocks and their statements.

use super::super::tokens::Kind;
use super::cursor::Printer;
use super::exprs::Form;
use super::layout::{Breaks, INDENT};

impl Printer<'_> {
    /// `{`, lines and `}`, in a group that is begun.
    pub(super) fn block(&mut self, lines: impl FnOnce(&mut Self)) {
        self.expect("{");
        self.layout.word("{");
        if !self.closes() {
            self.layout.line();
            self.inside(lines);
            self.layout.dedent();
        }
        self.expect("}");
        self.layout.word("}");
    }

    /// A block of a loop, a `match` or a function: never on one line.
    pub(super) fn open_block(&mut self, lines: impl FnOnce(&mut Self)) {
        self.expect("{");
        self.layout.word("{");
        self.layout.never();
        self.layout.begin(INDENT, Breaks::All);
        self.layout.open_line();
        self.inside(lines);
        self.layout.dedent();
        self.layout.end();
        self.expect("}");
        self.layout.word("}");
    }

    /// A block that stands on one line where it fits and has one expression.
    pub(super) fn small_block(&mut self) {
        let lone = self.has_one_expression();
        self.expect("{");
        self.layout.word("{");
        if !self.closes() {
            self.layout.space();
            if lone {
                self.layout.begin(0, Breaks::AsNeeded);
                self.inside(|it| it.expr_at(true));
                self.layout.end();
                self.layout.space();
            } else {
                self.inside(Self::statements);
            }
            self.layout.dedent();
        }
        self.expect("}");
        self.layout.word("}");
    }

    /// Whether the block that begins here is an expression and nothing else.
    pub(super) fn has_one_expression(&self) -> bool {
        let close = self.next().close;
        let mut at = self.at + 1;
        let first = self.at_place(at).text;
        if at == close {
            return false;
        }
        let flows = matches!(first, "if" | "match" | "for" | "{");
        while at < close {
            let token = self.at_place(at);
            if token.text == ";" && token.kind == Kind::Sign {
                return false;
            }
            at = match token.kind {
                Kind::Open => token.close + 1,
                _ => at + 1,
            };
            let over = flows && token.text == "{" && self.at_place(at).text != "else";
            if over && !matches!(self.at_place(at).text, "." | "?") {
                return at == close;
            }
        }
        true
    }

    pub(super) fn statements(&mut self) {
        while !self.closes() {
            self.statement();
        }
    }

    fn statement(&mut self) {
        match self.next().text {
            "let" => self.binding(),
            "const" | "static" => self.item(),
            ";" => self.at += 1,
            _ => {
                self.layout.begin(0, Breaks::AsNeeded);
                let form = self.expr_at(true).form;
                let semicolon = self.skip(";") && form != Form::Flow(true);
                if semicolon || form == Form::Act {
                    self.layout.word(";");
                }
                self.layout.end();
                self.layout.line();
            }
        }
    }

    /// `let`, perhaps with `else`.
    fn binding(&mut self) {
        self.layout.begin(0, Breaks::AsNeeded);
        self.take();
        self.layout.word(" ");
        self.pattern();
        if self.skip(":") {
            self.layout.word(": ");
            self.ty();
        }
        if self.skip("=") {
            self.layout.word(" = ");
            self.layout.never();
            self.expr();
            if self.skip("else") {
                self.layout.space();
                self.layout.word("else ");
                self.layout.end();
                self.layout.never();
                self.layout.begin(INDENT, Breaks::All);
                self.small_block();
            }
        }
        self.layout.end();
        self.expect(";");
        self.layout.word(";");
        self.layout.line();
    }
}
