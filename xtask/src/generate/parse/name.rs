//! Names: what they may look like, and lists of them.

use super::Reader;
use super::form::Entries;
use crate::generate::diagnostic::Code;
use crate::generate::expr::WORDS;
use crate::generate::source::{Name, Span};
use crate::generate::yaml::{Kind, Node};

/// The length that a name may have in every database.
const NAME_MAX_CHARS: usize = 63;

impl Reader<'_> {
    /// A name that refers to something or declares it; a bad one is reported and stands all the same.
    pub fn name(&mut self, node: &Node, what: &str, owner: Span) -> Option<Name> {
        let name = self.text(node, what, owner)?;
        self.check_name(&name.value, name.span, what);
        Some(name)
    }

    /// The same of one among several.
    fn item(&mut self, node: &Node, what: &str) -> Option<Name> {
        let name = self.text(node, what, node.span)?;
        let several = words(&name.value).map(|words| {
            let [one, several] = ["_", ", "].map(|between| words.join(between));
            format!("one name is written `{one}`, several `{several}`")
        });
        self.check(&name.value, name.span, what, several);
        Some(name)
    }

    /// The name of a key that may be left out.
    pub fn name_of(&mut self, entries: &Entries<'_>, key: &str) -> Option<Name> {
        let (at, node) = entries.entry(key)?;
        self.name(node, &format!("`{key}`"), at.span)
    }

    /// The name that a step binds: expressions will read it.
    pub fn bind_of(&mut self, entries: &Entries<'_>) -> Option<Name> {
        let name = self.name_of(entries, "as")?;
        self.check_binder(&name);
        Some(name)
    }

    /// Reports a bound name that expressions could not read.
    pub fn check_binder(&mut self, name: &Name) {
        if WORDS.contains(&name.value.as_str()) {
            self.diagnostics.error(
                Code::BadName,
                name.span,
                format!("`{}` is a word of expressions", name.value),
                "cannot be a name here",
            );
        }
    }

    /// `manager.function` or `function`, for instance: names with a point between them.
    pub fn path(&mut self, node: &Node, what: &str, owner: Span) -> Option<Name> {
        let name = self.text(node, what, owner)?;
        if name.value.split('.').count() > 2 {
            self.diagnostics
                .error(
                    Code::BadName,
                    name.span,
                    format!("`{}` is no name for {what}", name.value),
                    "more than one point",
                )
                .help("write `manager.function`, or `function` for one of this manager's own");
        } else {
            let told = self.diagnostics.len();
            for part in name.value.split('.') {
                self.check_name(part, name.span, what);
            }
            if self.diagnostics.len() > told {
                // What is no name can be nothing's name: it is not looked for.
                return None;
            }
        }
        Some(name)
    }

    /// Reports a name that is none.
    pub fn check_name(&mut self, name: &str, place: Span, what: &str) {
        self.check(name, place, what, None);
    }

    fn check(&mut self, name: &str, place: Span, what: &str, help: Option<String>) {
        let letters = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let label = if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            "does not begin with a letter"
        } else if !name.chars().all(letters) {
            "not only letters, digits and `_`"
        } else if name.len() > NAME_MAX_CHARS {
            "longer than 63 letters"
        } else {
            return;
        };
        let help = help.or_else(|| meant(name)).unwrap_or_else(|| {
            "a name is up to 63 letters from a to z, digits and `_`, and begins with a letter"
                .to_owned()
        });
        self.diagnostics
            .error(
                Code::BadName,
                place,
                format!("`{}` is no name for {what}", name.escape_debug()),
                label,
            )
            .help(help);
    }

    /// Names in a list.
    pub fn names(&mut self, node: &Node, what: &str, item: &str, owner: Span) -> Vec<Name> {
        let items = self.sequence(node, what, owner).unwrap_or_default();
        let is_empty = matches!(&node.kind, Kind::Sequence(items) if items.is_empty());
        if is_empty {
            self.empty(node.span, what);
        }
        items
            .iter()
            .filter_map(|node| self.item(node, item))
            .collect()
    }
}

fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// The names of which a text is made, where it is made of several.
fn words(text: &str) -> Option<Vec<&str>> {
    let words: Vec<&str> = text.split_whitespace().collect();
    (words.len() > 1 && words.iter().copied().all(is_name)).then_some(words)
}

/// What a text that is no name was probably meant as.
fn meant(name: &str) -> Option<String> {
    let wide = name.chars().find(|c| ('\u{ff01}'..='\u{ff5e}').contains(c));
    if let Some(wide) = wide {
        // The wide forms stand in the order of the narrow ones.
        let narrow = char::from_u32(u32::from(wide) - 0xfee0).unwrap_or(wide);
        return Some(format!("`{wide}` is the wide form: write `{narrow}`"));
    }
    if let Some((function, _)) = name.split_once('(') {
        return is_name(function).then(|| {
            "write the name without parentheses; what it is given stands in `with`".to_owned()
        });
    }
    if let Some((manager, function)) = name.split_once(':') {
        let are_names = is_name(manager) && is_name(function);
        return are_names.then(|| format!("between names stands a point: `{manager}.{function}`"));
    }
    if let Some(words) = words(name) {
        return Some(format!("write `{}`", words.join("_")));
    }
    let joined = name.replace('-', "_");
    (joined != name && is_name(&joined)).then(|| format!("write `{joined}`"))
}
