//! A file, and what stands at its top: enums, errors, managers.

use super::form::{Entries, Form};
use super::status::stand_in;
use super::{Reader, Role};
use crate::generate::ast::{Document, Enum, Manager, Variant};
use crate::generate::diagnostic::Code;
use crate::generate::source::{Name, Span, Spanned};
use crate::generate::yaml::{Kind, Node};

const ROOT_KEYS: [&str; 3] = ["game", "time_zone", "include"];

const FILE: Form = Form {
    what: "a file",
    keys: &[
        "game",
        "time_zone",
        "include",
        "enums",
        "errors",
        "managers",
        "types",
        "config",
        "formulas",
    ],
    later: &["outcomes"],
};

const MANAGER: Form = Form {
    what: "a manager",
    keys: &["doc", "port", "errors", "tables", "functions"],
    later: &["types", "config", "formulas", "enums", "outcomes"],
};

/// The forms of this file.
pub(super) const FORMS: &[&Form] = &[&FILE, &MANAGER];

impl Reader<'_> {
    pub fn document(&mut self, node: &Node, role: Role) -> Document {
        let top = self.top(node);
        let Some(entries) = self.mapping(node, "a file", top) else {
            return Document::default();
        };
        self.check_keys(entries, &FILE);
        let entries = self.unchecked(entries, "managers.yaml", top);
        match role {
            Role::Root => {
                if entries.get("game").is_none() {
                    self.missing(&entries, "game", "name the game: `game: aliya`");
                }
            }
            Role::Included => self.root_only(&entries),
        }
        Document {
            game: self.name_of(&entries, "game"),
            time_zone: self.text_of(&entries, "time_zone"),
            include: self.includes(&entries),
            enums: match entries.entry("enums") {
                Some((key, node)) => self.enums(node, key.span),
                None => Vec::new(),
            },
            errors: self.statuses_of(&entries, "errors"),
            managers: match entries.entry("managers") {
                Some((key, node)) => self.managers(node, key.span),
                None => Vec::new(),
            },
            types: match entries.entry("types") {
                Some((key, node)) => self.types(node, key.span),
                None => Vec::new(),
            },
            config: match entries.entry("config") {
                Some((key, node)) => self.config(node, key.span),
                None => Vec::new(),
            },
            formulas: match entries.entry("formulas") {
                Some((key, node)) => self.formulas(node, key.span),
                None => Vec::new(),
            },
        }
    }

    /// The first key: short enough to be underlined when the file lacks something.
    fn top(&mut self, node: &Node) -> Span {
        match &node.kind {
            Kind::Mapping(entries) => entries.first().map_or(node.span, |(key, _)| key.span),
            _ => node.span,
        }
    }

    /// What holds for the game is said in managers.yaml alone.
    fn root_only(&mut self, entries: &Entries<'_>) {
        for key in ROOT_KEYS {
            if let Some(span) = entries.key_span(key) {
                self.diagnostics
                    .error(
                        Code::UnknownKey,
                        span,
                        format!("an included file has no key `{key}`"),
                        "belongs in managers.yaml",
                    )
                    .help("say it there, once");
            }
        }
    }

    fn includes(&mut self, entries: &Entries<'_>) -> Vec<Name> {
        let Some((key, node)) = entries.entry("include") else {
            return Vec::new();
        };
        let items = self.sequence(node, "`include`", key.span);
        items
            .unwrap_or_default()
            .iter()
            .filter_map(|item| self.text(item, "a pattern of `include`", item.span))
            .collect()
    }

    fn enums(&mut self, node: &Node, owner: Span) -> Vec<Enum> {
        self.named(node, "`enums`", "an enum", owner)
            .into_iter()
            .map(|(name, node)| Enum {
                variants: self.variants(node, &name),
                name,
            })
            .collect()
    }

    fn variants(&mut self, node: &Node, name: &Name) -> Vec<Variant> {
        let what = format!("the enum `{}`", name.value);
        match &node.kind {
            Kind::Mapping(_) => self
                .named(node, &what, "a variant", name.span)
                .into_iter()
                .map(|(name, node)| {
                    let what = format!("the number of `{}`", name.value);
                    let number = self.int(node, &what, name.span, (i64::MIN, i64::MAX));
                    Variant {
                        number: Some(number.unwrap_or_else(|| stand_in(&name))),
                        name,
                    }
                })
                .collect(),
            Kind::Scalar(_) => {
                self.wrong_shape(node, &what, "a list or a mapping")
                    .push_str("write `[iron, coin]`, or `{ basic: 0, elite: 4 }`");
                Vec::new()
            }
            _ => self
                .names(node, &what, "a variant", name.span)
                .into_iter()
                .map(|name| Variant { name, number: None })
                .collect(),
        }
    }

    fn managers(&mut self, node: &Node, owner: Span) -> Vec<Manager> {
        self.named(node, "`managers`", "a manager", owner)
            .into_iter()
            .filter_map(|(name, node)| self.manager(name, node))
            .collect()
    }

    fn manager(&mut self, name: Name, node: &Node) -> Option<Manager> {
        let entries = self.form(node, &MANAGER, &name)?;
        let port = match entries.entry("port") {
            Some((key, node)) => self
                .int(node, "`port`", key.span, (1, i64::from(u16::MAX)))
                .and_then(|port| {
                    Some(Spanned {
                        value: u16::try_from(port.value).ok()?,
                        span: port.span,
                    })
                }),
            None => {
                self.missing(&entries, "port", "give it one of its own: `port: 8082`");
                None
            }
        };
        Some(Manager {
            doc: self.text_of(&entries, "doc"),
            port,
            errors: self.statuses_of(&entries, "errors"),
            tables: match entries.entry("tables") {
                Some((key, node)) => self.tables(node, key.span),
                None => Vec::new(),
            },
            functions: match entries.entry("functions") {
                Some((key, node)) => self.functions(node, key.span),
                None => Vec::new(),
            },
            name,
        })
    }
}
