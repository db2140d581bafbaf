//! Documentation and attributes.

use super::super::tokens::Kind;
use super::cursor::Printer;
use super::layout::{Break, Breaks, INDENT};

impl Printer<'_> {
    /// The attributes of what follows.
    pub(super) fn attributes(&mut self) {
        loop {
            if self.next().kind == Kind::Doc {
                self.layout.word("///");
                self.take();
                self.layout.line();
                continue;
            }
            if !self.is("#") {
                return;
            }
            self.take();
            self.take();
            self.path();
            if !self.closes() {
                self.arguments();
            }
            self.expect("]");
            self.layout.word("]");
            self.layout.space();
        }
    }

    /// `(a, b = c, d = [e, f])`: any tokens, of which a comma may end a line. Where lines break, each
    /// item of a list of several has its own, too: whether it is such a list.
    fn arguments(&mut self) -> bool {
        let open = self.next();
        let several = (self.at..open.close).any(|at| self.at_place(at).text == ",");
        let group = open.text == "(";
        let indent = if group { 0 } else { INDENT };
        let breaks = group || (open.text == "[" && several);
        self.take();
        if group {
            self.layout.begin(INDENT, Breaks::All);
        }
        if breaks {
            self.layout.place(Break {
                indent,
                ..Break::default()
            });
        }
        let mut after_word = false;
        let mut after_comma = false;
        let mut after_lines = false;
        while !self.closes() {
            let token = self.next();
            (after_comma, after_lines) = (false, false);
            match token.kind {
                Kind::Open => {
                    after_lines = self.arguments();
                    after_word = false;
                    continue;
                }
                Kind::Sign => {
                    self.at += 1;
                    match token.text {
                        "=" => {
                            self.layout.word(if after_word { " = " } else { "= " });
                        }
                        "," if self.closes() => {
                            self.layout.comma(true);
                            after_comma = true;
                        }
                        "," => {
                            self.layout.word(",");
                            self.layout.place(Break {
                                blank: 1,
                                indent,
                                ..Break::default()
                            });
                        }
                        sign => self.layout.word(sign),
                    }
                    after_word = false;
                }
                _ => {
                    if after_word {
                        self.layout.space();
                    }
                    self.take();
                    after_word = true;
                }
            }
        }
        if group {
            if after_lines {
                self.layout.comma(true);
            } else if !after_comma {
                self.layout.zero();
            }
            self.layout.dedent();
            self.layout.end();
        } else if breaks {
            self.layout.comma(true);
        }
        let close = self.next().text;
        self.expect(close);
        self.layout.word(close);
        breaks && !group
    }
}
