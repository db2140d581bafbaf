//! Mappings: those with keys of the language, and those whose keys are names of the designer's.

use super::Reader;
use crate::generate::diagnostic::{Code, did_you_mean};
use crate::generate::source::{Name, Span};
use crate::generate::yaml::{Key, Kind, Node};

/// What may stand in a kind of mapping.
pub(super) struct Form {
    /// What it is, such as `a table`.
    pub what: &'static str,
    /// The keys that it may have.
    pub keys: &'static [&'static str],
    /// Keys of the language that this version does not have.
    pub later: &'static [&'static str],
}

/// The entries of a mapping with keys of the language.
pub(super) struct Entries<'n> {
    /// What has them, such as the name of a table or `get`.
    pub owner: String,
    /// What to underline when something is missing.
    pub place: Span,
    entries: &'n [(Key, Node)],
}

impl<'n> Entries<'n> {
    pub fn get(&self, key: &str) -> Option<&'n Node> {
        self.entry(key).map(|(_, node)| node)
    }

    pub fn entry(&self, key: &str) -> Option<(&'n Key, &'n Node)> {
        self.entries
            .iter()
            .find(|(k, _)| k.text == key)
            .map(|(key, node)| (key, node))
    }

    pub fn key_span(&self, key: &str) -> Option<Span> {
        self.entry(key).map(|(key, _)| key.span)
    }
}

impl Reader<'_> {
    /// The entries of a mapping that declares `owner`; unknown keys are reported.
    pub fn form<'n>(&mut self, node: &'n Node, form: &Form, owner: &Name) -> Option<Entries<'n>> {
        let what = format!("`{}`", owner.value);
        let entries = self.mapping(node, &what, owner.span)?;
        self.check_keys(entries, form);
        Some(self.unchecked(entries, &owner.value, owner.span))
    }

    /// Entries whose keys are checked later by [`Reader::check_keys`].
    pub fn unchecked<'n>(
        &self,
        entries: &'n [(Key, Node)],
        owner: &str,
        place: Span,
    ) -> Entries<'n> {
        Entries {
            owner: format!("`{owner}`"),
            place,
            entries,
        }
    }

    /// Reports the keys that do not belong into a form.
    pub fn check_keys(&mut self, entries: &[(Key, Node)], form: &Form) {
        for (key, _) in entries {
            let word = key.text.as_str();
            if form.keys.contains(&word) {
                continue;
            }
            if form.later.contains(&word) {
                self.later(key.span, &format!("`{word}` of {}", form.what));
            } else {
                let all = form.keys.iter().chain(form.later).copied();
                self.diagnostics
                    .error(
                        Code::UnknownKey,
                        key.span,
                        format!("{} has no key `{word}`", form.what),
                        "unknown key",
                    )
                    .maybe_help(did_you_mean(word, all));
            }
        }
    }

    /// Entries whose keys are names of the designer's; `item` is what a name stands for.
    pub fn named<'n>(
        &mut self,
        node: &'n Node,
        what: &str,
        item: &str,
        owner: Span,
    ) -> Vec<(Name, &'n Node)> {
        let Some(entries) = self.mapping(node, what, owner) else {
            return Vec::new();
        };
        if entries.is_empty() {
            self.empty(node.span, what);
        }
        entries
            .iter()
            .map(|(key, node)| (self.key_name(key, item), node))
            .collect()
    }

    /// A key as a name; a bad one is reported and stands all the same.
    pub fn key_name(&mut self, key: &Key, what: &str) -> Name {
        self.check_name(&key.text, key.span, what);
        Name {
            value: key.text.clone(),
            span: key.span,
        }
    }

    /// The entries of a mapping of any keys.
    pub fn mapping<'n>(
        &mut self,
        node: &'n Node,
        what: &str,
        owner: Span,
    ) -> Option<&'n [(Key, Node)]> {
        match &node.kind {
            Kind::Mapping(entries) => Some(entries),
            Kind::Broken => None,
            Kind::Empty => {
                self.empty(owner, what);
                None
            }
            Kind::Scalar(scalar) if scalar.text.contains(':') => {
                self.wrong_shape(node, what, "a mapping")
                    .push_str("a space belongs behind the colon: `key: value`");
                None
            }
            _ => {
                self.wrong_shape(node, what, "a mapping")
                    .push_str("write `key: value` lines below it, or `{ key: value }`");
                None
            }
        }
    }

    /// The items of a list.
    pub fn sequence<'n>(&mut self, node: &'n Node, what: &str, owner: Span) -> Option<&'n [Node]> {
        match &node.kind {
            Kind::Sequence(items) => Some(items),
            Kind::Broken => None,
            Kind::Empty => {
                self.empty(owner, what);
                None
            }
            Kind::Scalar(scalar) => {
                let help = format!("write `[{}]`", scalar.text);
                self.wrong_shape(node, what, "a list").push_str(&help);
                None
            }
            Kind::Mapping(_) => {
                self.wrong_shape(node, what, "a list")
                    .push_str("begin each item with `- `, or write `[..]`");
                None
            }
        }
    }

    /// Reports a value of another form; the help is to be filled in.
    pub fn wrong_shape(&mut self, node: &Node, what: &str, wanted: &str) -> &mut String {
        let found = match node.kind {
            Kind::Scalar(_) => "a text",
            Kind::Sequence(_) => "a list",
            Kind::Mapping(_) => "a mapping",
            Kind::Empty | Kind::Broken => "nothing",
        };
        self.diagnostics
            .error(
                Code::WrongShape,
                node.span,
                format!("{what} must be {wanted}"),
                format!("this is {found}"),
            )
            .help
            .get_or_insert_default()
    }

    /// Reports that nothing stands where something belongs.
    pub fn empty(&mut self, place: Span, what: &str) {
        self.diagnostics.error(
            Code::EmptyPart,
            place,
            format!("{what} must not be empty"),
            "nothing in it",
        );
    }

    /// Reports that a key is missing; the help is to be filled in.
    pub fn missing(&mut self, entries: &Entries<'_>, key: &str, help: impl Into<String>) {
        self.diagnostics
            .error(
                Code::MissingPart,
                entries.place,
                format!("{} lacks `{key}`", entries.owner),
                format!("has no `{key}`"),
            )
            .help(help);
    }

    /// Reports something of the language that this version does not have.
    pub fn later(&mut self, place: Span, what: &str) {
        self.diagnostics.error(
            Code::NotYet,
            place,
            format!("{what} is not in this version yet"),
            "known, but not made yet",
        );
    }
}
