//! What an expression begins with: names, literals, structs, arrays, parentheses.

use super::super::tokens::Kind;
use super::cursor::Printer;
use super::exprs::{Form, Shown};
use super::layout::{Breaks, INDENT};

impl Printer<'_> {
    /// What a chain begins with.
    pub(super) fn primary(&mut self) -> Shown {
        let token = self.next();
        match (token.kind, token.text) {
            (Kind::Literal, _) => self.take(),
            (Kind::Open, "(") => return self.parentheses(),
            (Kind::Open, "[") => return self.array(),
            (Kind::Open, "{") => {
                self.layout.begin(INDENT, Breaks::All);
                self.small_block();
                self.layout.end();
                return Shown::new(Form::Enclosed);
            }
            (Kind::Sign, "|" | "||") => return self.closure(),
            (Kind::Word, _) => {
                if let Some(shown) = self.keyword() {
                    return shown;
                }
                return self.name();
            }
            _ => panic!("no expression: {}", self.around()),
        }
        Shown::new(Form::Other)
    }

    fn parentheses(&mut self) -> Shown {
        let mut inner = Shown::new(Form::Other);
        match self.inside(|it| it.tuple(|it| inner = it.expr())) {
            true => Shown::new(Form::Enclosed),
            false => Shown {
                form: Form::Other,
                ..inner
            },
        }
    }

    /// A name, and what it makes: a struct with its fields, a macro with its items.
    fn name(&mut self) -> Shown {
        let mark = self.layout.mark();
        let token = self.next();
        self.value_path();
        let alone = self.at_place(self.at - 1).text == token.text && !self.is("!");
        if self.is("!") && self.ahead(1).kind == Kind::Open {
            self.take();
            self.array();
            return Shown::new(Form::Other);
        }
        if self.is("{") && !self.in_condition {
            self.layout.begin_at(mark, -INDENT, Breaks::AsNeeded);
            self.layout.begin_at(mark, INDENT, Breaks::All);
            self.layout.end();
            self.inside(|it| {
                it.fields(|it| {
                    it.layout.begin(0, Breaks::AsNeeded);
                    it.expr();
                    it.layout.end();
                });
            });
            self.layout.break_longer(mark, 34);
            self.layout.end();
            self.layout.word("}");
            return Shown::new(Form::Enclosed);
        }
        let short = alone && token.text.len() <= 4;
        Shown::new(if short { Form::ShortName } else { Form::Other })
    }

    /// `[a, b]`: numbers fill lines, anything else has a line of its own where it breaks.
    fn array(&mut self) -> Shown {
        let open = self.next();
        let numbers = (self.at + 1..open.close).step_by(2).all(|at| {
            let token = self.at_place(at);
            let literal = token.kind == Kind::Literal && !token.text.contains(['"', '.']);
            (literal || matches!(token.text, "true" | "false"))
                && matches!(self.at_place(at + 1).text, "," | "]")
        });
        self.inside(|it| {
            if numbers && open.close > it.at + 1 {
                it.layout.begin(INDENT, Breaks::All);
                it.take();
                it.layout.zero();
                it.layout.begin(0, Breaks::AsNeeded);
                while !it.closes() {
                    it.take();
                    it.skip(",");
                    if !it.closes() {
                        it.layout.word(",");
                        it.layout.space();
                    }
                }
                it.layout.end();
                it.layout.comma(true);
                it.layout.dedent();
                it.layout.word("]");
                it.layout.end();
            } else {
                it.take();
                it.list(|it| {
                    it.expr();
                });
                it.layout.word("]");
            }
        });
        self.expect("]");
        Shown::new(Form::Enclosed)
    }
}
