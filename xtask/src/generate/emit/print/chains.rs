//! Chains: a value and the fields, calls and `?` that follow it.

use super::super::tokens::Kind;
use super::cursor::Printer;
use super::exprs::{Form, Shown, level};
use super::layout::{Break, Breaks, INDENT};

impl Printer<'_> {
    /// A value and what follows it: fields, calls, `?`. Where it does not fit into a line, each
    /// field and each method begins one.
    pub(super) fn chain(&mut self, first: bool) -> Shown {
        let mark = self.layout.mark();
        let mut shown = self.primary();
        let over = first && shown.form.is_flow();
        if over && !self.is(".") && !self.is("?") {
            return shown;
        }
        let (mut dots, after) = self.dots();
        let operand =
            level(self.at_place(after).text).is_some() || self.at_place(after).text.ends_with('=');
        // It stands on the line of its method: it is no longer than an indentation.
        let mut short = first && !operand && shown.form == Form::ShortName;
        let lone = dots == 1;
        if dots > 0 {
            self.layout.begin_at(mark, -INDENT, Breaks::All);
            self.layout.begin_at(mark, INDENT, Breaks::All);
            self.layout.end();
        }
        while self.at < after {
            match self.next().text {
                "." => {
                    self.at += 1;
                    if !short {
                        self.layout.zero();
                    }
                    self.layout.word(".");
                    self.take();
                    if self.is("::") {
                        self.turbofish();
                    }
                    if self.is("(") {
                        let indent = if short && lone { -INDENT } else { 0 };
                        self.layout.begin(indent, Breaks::All);
                        self.args();
                        self.layout.end();
                    }
                    shown = Shown::OPERATION;
                    dots -= 1;
                    if dots == 0 {
                        self.layout.end();
                    }
                }
                "?" => {
                    self.take();
                    shown.form = Form::Other;
                }
                "(" => {
                    self.args();
                    shown.form = Form::Call;
                }
                _ => {
                    self.take();
                    self.inside(Self::expr);
                    self.expect("]");
                    self.layout.word("]");
                    shown = Shown::OPERATION;
                }
            }
            short = false;
        }
        shown
    }

    /// How many fields and methods follow, and where the chain of them ends.
    fn dots(&self) -> (usize, usize) {
        let (mut dots, mut at) = (0, self.at);
        loop {
            let token = self.at_place(at);
            at = match (token.kind, token.text) {
                (Kind::Open, "(" | "[") => token.close + 1,
                (Kind::Sign, "?") => at + 1,
                (Kind::Sign, ".") => {
                    dots += 1;
                    let is = |at: usize, text: &str| self.at_place(at).text == text;
                    let mut after = at + 2;
                    if is(after, "::") {
                        let mut open = 0;
                        after += 1;
                        loop {
                            open += usize::from(is(after, "<"));
                            open -= usize::from(is(after, ">"));
                            after += 1;
                            if open == 0 || self.at_place(after).kind == Kind::Close {
                                break;
                            }
                        }
                    }
                    match is(after, "(") {
                        true => self.at_place(after).close + 1,
                        false => after,
                    }
                }
                _ => return (dots, at),
            };
        }
    }

    /// `(a, b)` of a call. One that has brackets of its own keeps to these.
    fn args(&mut self) {
        self.take();
        let mark = self.layout.mark();
        self.inside(|it| {
            if it.closes() {
                return;
            }
            let only = it.expr();
            it.separator();
            if it.closes() && only.form == Form::Enclosed {
                return;
            }
            it.layout.comma(it.closes());
            it.items(&mut |it| {
                it.expr();
            });
            it.layout.place_at(mark, Break::default());
            it.layout.begin_at(mark, INDENT, Breaks::All);
            it.layout.dedent();
            it.layout.end();
        });
        self.expect(")");
        self.layout.word(")");
    }
}
