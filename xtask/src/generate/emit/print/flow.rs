//! What has blocks: conditions, loops, `match`, closures.

use super::cursor::Printer;
use super::exprs::{ABOVE_AND, Form, Shown};
use super::layout::{Break, Breaks, INDENT};

impl Printer<'_> {
    /// What begins with a keyword, if the next token is one.
    pub(super) fn keyword(&mut self) -> Option<Shown> {
        Some(match self.next().text {
            "if" => self.condition(),
            "match" => {
                self.matching();
                Shown::new(Form::Match)
            }
            "for" => {
                self.looping();
                Shown::new(Form::Flow(true))
            }
            "move" => self.closure(),
            "async" => {
                self.take();
                self.layout.word(" ");
                self.word_for("move", "move ");
                self.layout.begin(INDENT, Breaks::All);
                self.small_block();
                self.layout.end();
                Shown::new(Form::Enclosed)
            }
            "return" => {
                self.take();
                let mut wraps = false;
                if !self.closes() && !self.is(";") && !self.is(",") {
                    self.layout.word(" ");
                    wraps = self.expr().wraps;
                }
                Shown {
                    form: Form::Act,
                    wraps,
                }
            }
            "break" | "continue" => {
                self.take();
                Shown::new(Form::Act)
            }
            "let" => {
                self.take();
                self.layout.begin(0, Breaks::AsNeeded);
                self.layout.word(" ");
                self.layout.begin(0, Breaks::AsNeeded);
                self.pattern();
                self.layout.end();
                self.expect("=");
                self.layout.word(" = ");
                self.layout.never();
                self.layout.begin(0, Breaks::AsNeeded);
                let of = self.operation(ABOVE_AND, false);
                self.layout.end();
                self.layout.end();
                Shown {
                    form: Form::Other,
                    ..of
                }
            }
            _ => return None,
        })
    }

    /// What stands between a keyword and its block.
    fn head(&mut self) {
        self.layout.begin(0, Breaks::All);
        let outside = std::mem::replace(&mut self.in_condition, true);
        let shown = self.expr();
        self.in_condition = outside;
        match shown.wraps {
            true => self.layout.space(),
            false => self.layout.word(" "),
        }
        self.layout.end();
    }

    /// `if`, with all that `else` says.
    fn condition(&mut self) -> Shown {
        self.layout.begin(INDENT, Breaks::All);
        let mut has_else = false;
        loop {
            self.expect("if");
            self.layout.word("if ");
            self.layout.begin(-INDENT, Breaks::All);
            self.head();
            self.layout.end();
            let goes_on = self.at_place(self.next().close + 1).text == "else";
            has_else |= goes_on;
            match has_else {
                true => self.small_block(),
                false => self.block(Self::statements),
            }
            if !goes_on {
                self.layout.end();
                return Shown::new(Form::Flow(true));
            }
            self.expect("else");
            self.layout.word(" else ");
            if !self.is("if") {
                self.small_block();
                self.layout.end();
                return Shown::new(Form::Flow(false));
            }
        }
    }

    fn looping(&mut self) {
        self.layout.begin(0, Breaks::AsNeeded);
        self.expect("for");
        self.layout.word("for ");
        self.pattern();
        self.expect("in");
        self.layout.word(" in ");
        self.layout.never();
        self.head();
        self.open_block(Self::statements);
        self.layout.end();
    }

    fn matching(&mut self) {
        self.layout.begin(0, Breaks::AsNeeded);
        self.expect("match");
        self.layout.word("match ");
        self.head();
        self.open_block(|it| {
            while !it.closes() {
                it.arm();
                it.skip(",");
                it.layout.line();
            }
        });
        self.layout.end();
    }

    fn arm(&mut self) {
        self.layout.begin(0, Breaks::AsNeeded);
        self.pattern();
        if self.skip("if") {
            self.layout.word(" if ");
            self.expr();
        }
        self.expect("=>");
        self.layout.word(" => ");
        // A block around one expression says nothing.
        let mut blocks = 0;
        while self.is("{") && self.has_one_expression() {
            self.at += 1;
            blocks += 1;
        }
        if self.is("{") {
            self.open_block(Self::statements);
        } else if self.is("(") && self.is_ahead(1, ")") {
            self.at += 2;
            self.layout.word("{");
            self.layout.never();
            self.layout.word("}");
        } else {
            self.layout.never();
            self.braced_where_it_breaks(Some(','), |it| it.expr_at(true));
        }
        (0..blocks).for_each(|_| self.expect("}"));
        self.layout.end();
    }

    /// An expression that gets braces where it does not fit into the line.
    fn braced_where_it_breaks(
        &mut self,
        comma: Option<char>,
        expr: impl FnOnce(&mut Self) -> Shown,
    ) {
        self.layout.begin(INDENT, Breaks::All);
        self.layout.place(Break {
            before: Some('{'),
            ..Break::default()
        });
        let shown = expr(self);
        self.layout.place(Break {
            indent: -INDENT,
            before: (shown.form == Form::Act).then_some(';'),
            after: Some('}'),
            unbroken: comma.filter(|_| !shown.form.is_flow()),
            ..Break::default()
        });
        self.layout.end();
    }

    pub(super) fn closure(&mut self) -> Shown {
        self.layout.begin(0, Breaks::AsNeeded);
        self.word_for("move", "move ");
        self.layout.begin(INDENT, Breaks::All);
        self.layout.word("|");
        if !self.skip("||") {
            self.expect("|");
            self.layout.zero();
            while !self.skip("|") {
                self.one_pattern();
                if self.skip(":") {
                    self.layout.word(": ");
                    self.ty();
                }
                if self.skip(",") && !self.is("|") {
                    self.layout.word(",");
                    self.layout.space();
                }
            }
        }
        self.layout.word("|");
        self.layout.space();
        self.layout.dedent();
        self.layout.end();
        self.layout.never();
        let mark = self.layout.mark();
        let shown = self.expr();
        if !matches!(shown.form, Form::Enclosed | Form::Match | Form::Call) {
            self.layout.place_at(
                mark,
                Break {
                    before: Some('{'),
                    ..Break::default()
                },
            );
            self.layout.begin_at(mark, INDENT, Breaks::All);
            self.layout.place(Break {
                indent: -INDENT,
                before: (shown.form == Form::Act).then_some(';'),
                after: Some('}'),
                ..Break::default()
            });
            self.layout.end();
        }
        self.layout.end();
        Shown::new(Form::Enclosed)
    }
}
