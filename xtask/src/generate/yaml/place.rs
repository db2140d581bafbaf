//! Where a finished piece of the tree belongs, and what does not belong there: too many parts, a key that is no
//! word, a key that is there twice.

use std::collections::HashMap;
use std::ops::Range;

use super::build::{Builder, Content, Pending};
use super::scalar::span;
use super::{Key, Kind, Node};
use crate::generate::diagnostic::Code;
use crate::generate::source::Span;

impl Builder<'_> {
    /// Puts a finished node where it belongs.
    pub(super) fn place(&mut self, node: Node) {
        if self.is_too_many(node.span) {
            return;
        }
        let mut node = node;
        if self.is_key() && matches!(&node.kind, Kind::Scalar(scalar) if scalar.is_merge()) {
            let range = node.span.start as usize..node.span.end as usize;
            self.not_ours(
                range,
                "a merge key (`<<`)",
                "takes over what another mapping has",
            )
            .push_str("write the parts out");
            node.kind = Kind::Broken;
        }
        match self.open.last_mut().map(|open| &mut open.content) {
            None => self.root = Some(node),
            Some(Content::Sequence(items)) => items.push(node),
            Some(Content::Mapping { entries, pending }) => {
                match std::mem::replace(pending, Pending::No) {
                    Pending::Key(key) => entries.push((key, node)),
                    Pending::Broken => {}
                    Pending::No => {
                        let place = node.span;
                        *pending = match node.kind {
                            Kind::Scalar(scalar) => Pending::Key(Key {
                                text: scalar.text,
                                span: place,
                            }),
                            Kind::Broken => Pending::Broken,
                            _ => {
                                self.diagnostics
                                    .error(
                                        Code::WrongShape,
                                        place,
                                        "a key is a word, not a list or a mapping",
                                        "stands where a key belongs",
                                    )
                                    .help("if this is a text, quote it");
                                Pending::Broken
                            }
                        };
                    }
                }
            }
        }
    }

    /// Whether a key comes next.
    fn is_key(&self) -> bool {
        let open = self.open.last();
        open.is_some_and(|open| {
            matches!(
                open.content,
                Content::Mapping {
                    pending: Pending::No,
                    ..
                }
            )
        })
    }

    /// Whether what is open has as many parts as it may have; the first that is too many is reported.
    fn is_too_many(&mut self, place: Span) -> bool {
        let (Some(open), Some(parts)) = (self.open.last_mut(), self.parts) else {
            return false;
        };
        let (count, what) = match &open.content {
            Content::Sequence(items) => (items.len(), "list"),
            Content::Mapping {
                pending: Pending::Key(_),
                ..
            } => (0, ""),
            Content::Mapping { entries, .. } => (entries.len(), "mapping"),
        };
        if count < parts {
            return false;
        }
        if !std::mem::replace(&mut open.too_many, true) {
            let begin = span(self.file, open.range.clone());
            // On one line, all between the two would be shown.
            let between = self.source.get(open.range.start..place.start as usize);
            let apart = between.is_some_and(|between| between.contains('\n'));
            let said = self.diagnostics.error(
                Code::TooMany,
                place,
                format!("this {what} has more than {parts} parts"),
                "one too many",
            );
            if apart {
                said.label(begin, format!("the {what} begins here"));
            }
            said.help(
                "take it apart; many values of one kind belong into a balance table, or into rows",
            );
        }
        true
    }

    pub(super) fn broken(&mut self, range: Range<usize>) {
        let span = span(self.file, range);
        self.place(Node {
            span,
            kind: Kind::Broken,
        });
    }

    /// Reports keys that are there twice; the first one stands.
    pub(super) fn unique(&mut self, entries: Vec<(Key, Node)>) -> Vec<(Key, Node)> {
        let mut first: HashMap<String, Span> = HashMap::new();
        let mut kept = Vec::with_capacity(entries.len());
        for (key, node) in entries {
            if let Some(before) = first.get(&key.text) {
                self.diagnostics
                    .error(
                        Code::DuplicateKey,
                        key.span,
                        format!("`{}` is declared twice", key.text),
                        "declared again here",
                    )
                    .label(*before, "first declared here");
            } else {
                first.insert(key.text.clone(), key.span);
                kept.push((key, node));
            }
        }
        kept
    }
}
