//! The steps that neither read nor write rows: `require`, `let`, `call`, `if`, `return`.

use super::Reader;
use super::form::Entries;
use super::step::is_empty_mapping;
use super::value::error_expr;
use crate::generate::ast::{CallElse, StepKind, Template};
use crate::generate::diagnostic::Code;
use crate::generate::source::Span;
use crate::generate::yaml::{Kind, Node};

impl Reader<'_> {
    pub fn require(&mut self, parts: &Entries<'_>) -> StepKind {
        let error = self.name_of(parts, "else");
        if parts.get("else").is_none() {
            self.missing(
                parts,
                "else",
                "name the error that the function ends with: `else: insufficient`",
            );
        }
        StepKind::Require {
            condition: self
                .expr_of(parts, "require")
                .unwrap_or_else(|| error_expr(parts.place)),
            error,
            data: parts
                .entry("data")
                .map(|(key, node)| self.template(node, key.span)),
        }
    }

    pub fn bindings(&mut self, node: &Node, owner: Span) -> StepKind {
        let bindings = self.assigns(node, "`let`", "a name", owner);
        for binding in &bindings {
            self.check_binder(&binding.name);
        }
        StepKind::Let(bindings)
    }

    pub fn call(&mut self, parts: &Entries<'_>, value: &Node) -> Option<StepKind> {
        let with = match parts.entry("with") {
            Some((_, node)) if is_empty_mapping(node) => Vec::new(),
            Some((key, node)) => self.assigns(node, "`with`", "an arg", key.span),
            None => Vec::new(),
        };
        let act_for = self.expr_of(parts, "act_for");
        let otherwise = self.call_else(parts);
        let data = self.data_of(parts);
        let bind = self.bind_of(parts);
        if let (CallElse::None(place), None) = (&otherwise, &bind) {
            self.diagnostics
                .error(
                    Code::MissingPart,
                    *place,
                    "`call` lacks `as` beside `or: none`",
                    "what may be absent has no name",
                )
                .help("name the reply, as in `as: paid`; `found(paid)` asks whether there is one");
        }
        Some(StepKind::Call {
            function: self.path(value, "a function", parts.place)?,
            with,
            act_for,
            otherwise,
            data,
            bind,
        })
    }

    /// `data:`, which goes with the error of an `else`.
    pub fn data_of(&mut self, parts: &Entries<'_>) -> Option<Template> {
        let (key, node) = parts.entry("data")?;
        if parts.get("else").is_none() {
            self.diagnostics
                .error(
                    Code::MissingPart,
                    key.span,
                    format!("{} has `data` and no `else`", parts.owner),
                    "goes with no error",
                )
                .help("name the error that it goes with: `else: insufficient`");
        }
        Some(self.template(node, key.span))
    }

    /// `else: error`, `else: { theirs: mine }` or `or: none`
    fn call_else(&mut self, parts: &Entries<'_>) -> CallElse {
        self.not_both(parts, "else", "or");
        let Some((key, node)) = parts.entry("else") else {
            let Some((key, node)) = parts.entry("or") else {
                return CallElse::PassThrough;
            };
            return match self.word(node, "`or` of `call`", key.span, &["none"]) {
                Some(_) => CallElse::None(node.span),
                None => CallElse::PassThrough,
            };
        };
        if let Kind::Mapping(_) = node.kind {
            let pairs = self.named(node, "`else`", "an error", key.span);
            return CallElse::Each(
                pairs
                    .into_iter()
                    .filter_map(|(theirs, node)| {
                        let mine = self.name(node, "an error", theirs.span)?;
                        Some((theirs, mine))
                    })
                    .collect(),
            );
        }
        self.name(node, "`else`", key.span)
            .map_or(CallElse::PassThrough, CallElse::All)
    }

    pub fn branch(&mut self, parts: &Entries<'_>) -> StepKind {
        if parts.get("then").is_none() {
            self.missing(parts, "then", "`then:` holds the steps where it is true");
        }
        let mut steps = |key: &str| match parts.entry(key) {
            Some((at, node)) => self
                .steps(node, &format!("`{key}`"), at.span)
                .unwrap_or_default(),
            None => Vec::new(),
        };
        let (then, otherwise) = (steps("then"), steps("else"));
        StepKind::If {
            condition: self
                .expr_of(parts, "if")
                .unwrap_or_else(|| error_expr(parts.place)),
            then,
            otherwise,
        }
    }

    pub fn give_back(&mut self, parts: &Entries<'_>, value: &Node) -> StepKind {
        let outcome = self.name_of(parts, "outcome");
        let data = if value.kind == Kind::Empty {
            self.diagnostics
                .error(
                    Code::EmptyPart,
                    parts.place,
                    "`return` must not be empty",
                    "nothing in it",
                )
                .help("write `return: {}` for a reply without data");
            Template::Record(Vec::new(), parts.place)
        } else {
            self.reply(value, parts.place)
        };
        StepKind::Return { data, outcome }
    }
}
