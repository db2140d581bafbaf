//! Expressions: operators, chains of calls, and what they begin with.

use super::super::tokens::Kind;
use super::cursor::Printer;
use super::layout::{Break, Breaks, INDENT};

/// What was laid out, as far as what stands around it asks.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Shown {
    pub(super) form: Form,
    /// Where it breaks, what follows it begins a line.
    pub(super) wraps: bool,
}

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Form {
    /// An array, a tuple, a struct, a block, a closure: it keeps its brackets on the line around it.
    Enclosed,
    /// `if` and the like; whether it is a statement that takes no semicolon.
    Flow(bool),
    Match,
    /// A call of a function.
    Call,
    /// `return`, an assignment: a statement that wants a semicolon.
    Act,
    /// A name of at most four letters.
    ShortName,
    Other,
}

impl Shown {
    pub(super) const fn new(form: Form) -> Self {
        Self { form, wraps: false }
    }

    const OPERATION: Self = Self {
        form: Form::Other,
        wraps: true,
    };
}

/// How tightly an operator holds, from 1.
fn level(operator: &str) -> Option<u8> {
    Some(match operator {
        "||" => 1,
        "&&" => 2,
        "==" | "!=" | "<" | ">" | "<=" | ">=" => 3,
        "|" => 4,
        "^" => 5,
        "&" => 6,
        "+" | "-" => 7,
        "*" | "/" | "%" => 8,
        "as" => 9,
        _ => return None,
    })
}

/// What a `let` within a condition holds at least.
pub(super) const ABOVE_AND: u8 = 3;

impl Printer<'_> {
    /// An expression that stands in something.
    pub(super) fn expr(&mut self) -> Shown {
        self.expr_at(false)
    }

    /// An expression; `first` of a line it is where it is a statement.
    pub(super) fn expr_at(&mut self, first: bool) -> Shown {
        let mark = self.layout.mark();
        let left = self.operation(0, first);
        if self.skip("=") {
            self.layout.begin_at(mark, 0, Breaks::AsNeeded);
            self.layout.word(" = ");
            self.layout.never();
            self.expr();
        } else if self.next().text.len() == 2
            && self.next().text.ends_with('=')
            && level(self.next().text).is_none()
        {
            self.layout.begin_at(mark, -INDENT, Breaks::AsNeeded);
            self.layout.begin_at(mark, INDENT, Breaks::AsNeeded);
            self.layout.end();
            self.layout.space();
            self.take();
            self.layout.word(" ");
            self.expr();
        } else {
            return left;
        }
        self.layout.end();
        Shown {
            form: Form::Act,
            wraps: true,
        }
    }

    /// Operators that hold at least as tightly as `least`, and ranges.
    pub(super) fn operation(&mut self, least: u8, first: bool) -> Shown {
        let mark = self.layout.mark();
        let mut shown = match self.is("..") {
            true => Shown::new(Form::Other),
            false => self.unary(first),
        };
        let over = first && matches!(shown.form, Form::Flow(_) | Form::Match);
        while !over && let Some(level) = self.operator().filter(|level| *level >= least) {
            self.layout.begin_at(mark, -INDENT, Breaks::AsNeeded);
            self.layout.begin_at(mark, INDENT, Breaks::AsNeeded);
            self.layout.end();
            self.layout.space();
            if self.word_for("as", "as ") {
                self.ty();
            } else {
                self.take();
                self.layout.word(" ");
                self.operation(level + 1, false);
            }
            self.layout.end();
            shown = Shown::OPERATION;
        }
        if least == 0 && (self.is("..") || self.is("..=")) {
            self.take();
            let ends = self.closes() || [",", ";", "=>", "{"].iter().any(|end| self.is(end));
            shown = match ends {
                true => Shown::new(Form::Other),
                false => self.operation(1, false),
            };
            shown.form = Form::Other;
        }
        shown
    }

    fn operator(&self) -> Option<u8> {
        let token = self.next();
        match token.kind {
            Kind::Sign | Kind::Word => level(token.text),
            _ => None,
        }
    }

    fn unary(&mut self, first: bool) -> Shown {
        match self.next().text {
            "&" | "&&" | "-" | "!" | "*" if self.next().kind == Kind::Sign => {
                self.take();
                self.word_for("mut", "mut ");
                Shown {
                    form: Form::Other,
                    ..self.unary(false)
                }
            }
            _ => self.chain(first),
        }
    }

    /// A value and what follows it: fields, calls, `?`. Where it does not fit into a line, each
    /// field and each method begins one.
    fn chain(&mut self, first: bool) -> Shown {
        let mark = self.layout.mark();
        let mut shown = self.primary();
        let over = first && matches!(shown.form, Form::Flow(_) | Form::Match);
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
                            if open == 0 {
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
            it.skip(",");
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

    /// What a chain begins with.
    fn primary(&mut self) -> Shown {
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
