//! Mappings: those with keys of the language, and those whose keys are names of the designer's.

use super::Reader;
use crate::generate::diagnostic::{Code, did_you_mean, nearest};
use crate::generate::source::{Name, Span};
use crate::generate::yaml::{Key, Kind, Node};

/// What may stand in a kind of mapping.
pub(super) struct Form {
    /// What it is, such as `a table`.
    pub what: &'static str,
    /// The keys that it may have.
    pub keys: &'static [&'static str],
    /// Keys that are not its own but those of a file: they stand beside `managers`.
    pub elsewhere: &'static [&'static str],
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
        let mut empty: Option<&Key> = None;
        for (key, node) in entries {
            let word = key.text.as_str();
            if form.keys.contains(&word) {
                empty = (node.kind == Kind::Empty).then_some(key);
                continue;
            }
            if form.elsewhere.contains(&word) {
                self.of_a_file(key, form);
                continue;
            }
            let all = || form.keys.iter().copied();
            let meant = nearest(word, all());
            if let (Some(owner), None) = (empty, meant) {
                self.beside(key, owner, form);
                continue;
            }
            self.misspelt.push((key.span, meant));
            self.diagnostics
                .error(
                    Code::UnknownKey,
                    key.span,
                    format!("{} has no key `{word}`", form.what),
                    "unknown key",
                )
                .maybe_help(did_you_mean(word, all()));
        }
    }

    /// Reports a key of a file that stands in something else.
    fn of_a_file(&mut self, key: &Key, form: &Form) {
        let word = &key.text;
        let stand = if word.ends_with('s') {
            "stand"
        } else {
            "stands"
        };
        self.diagnostics
            .error(
                Code::UnknownKey,
                key.span,
                format!("{} has no key `{word}`", form.what),
                "belongs to the file",
            )
            .help(format!(
                "`{word}` {stand} beside `managers`, at the file's top level"
            ));
    }

    /// Reports a key that stands beside one with nothing below it, the first time.
    fn beside(&mut self, key: &Key, owner: &Key, form: &Form) {
        if self.moved_out.contains(&owner.span) {
            return;
        }
        self.moved_out.push(owner.span);
        self.diagnostics
            .error(
                Code::UnknownKey,
                key.span,
                format!("{} has no key `{}`", form.what, key.text),
                format!("beside `{}`, not below it", owner.text),
            )
            .label(owner.span, "nothing is below this")
            .help(format!(
                "to put it below `{}`, indent it and what belongs to it by two spaces more",
                owner.text
            ));
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
            Kind::Scalar(scalar) if is_assignment(&scalar.text) => {
                let written = scalar.text.replacen(" = ", ": ", 1);
                self.wrong_shape(node, what, "a mapping")
                    .push_str(&format!("a colon sets a value: `{{ {written} }}`"));
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
        if self.moved_out.contains(&place) {
            return;
        }
        self.diagnostics.error(
            Code::EmptyPart,
            place,
            format!("{what} must not be empty"),
            "nothing in it",
        );
    }

    /// Reports that a key is missing, unless a misspelt one was told; the help is to be filled in.
    pub fn missing(&mut self, entries: &Entries<'_>, key: &str, help: impl Into<String>) {
        let here = |place: Span| entries.entries.iter().any(|(key, _)| key.span == place);
        let mut unknown = self.misspelt.iter().filter(|(place, _)| here(*place));
        let stands_for = unknown.find(|(_, meant)| meant.is_none_or(|meant| meant == key));
        if let Some(&(place, meant)) = stands_for {
            // What is unknown stands for what is missing: one mistake.
            let said = self.diagnostics.find(Code::UnknownKey, place);
            if let (Some(said), None) = (said, meant) {
                let help = help.into();
                said.help(format!("`{key}` is missing: {help}"));
            }
            return;
        }
        self.diagnostics
            .error(
                Code::MissingPart,
                entries.place,
                format!("{} lacks `{key}`", entries.owner),
                format!("has no `{key}`"),
            )
            .help(help);
    }
}

/// Whether a text is `name = value`, as other languages write it.
fn is_assignment(text: &str) -> bool {
    let is_name = |name: &str| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    text.split_once(" = ")
        .is_some_and(|(name, _)| is_name(name.trim()))
}
