//! The data of a reply: YAML whose leaves are expressions.

use super::Reader;
use super::form::Form;
use super::value::error_expr;
use crate::generate::ast::Template;
use crate::generate::source::Span;
use crate::generate::yaml::{Key, Kind, Node};

pub(super) const EACH: Form = Form {
    what: "`each`",
    keys: &["each", "if", "key", "give"],
    elsewhere: &[],
};

impl Reader<'_> {
    /// The data of a `return`: at its top, `text` is a field like any other.
    pub fn reply(&mut self, node: &Node, owner: Span) -> Template {
        match &node.kind {
            Kind::Mapping(entries) if !has(entries, "each") => self.record(node, entries),
            _ => self.template(node, owner),
        }
    }

    /// Data, or a part of it.
    pub fn template(&mut self, node: &Node, owner: Span) -> Template {
        match &node.kind {
            Kind::Mapping(entries) if has(entries, "each") => self.each(node, entries),
            Kind::Mapping(entries) if has(entries, "text") && entries.len() == 1 => {
                Template::Leaf(self.holes(entries, node.span))
            }
            Kind::Mapping(entries) => self.record(node, entries),
            Kind::Sequence(items) => {
                let items = items.iter().map(|item| self.template(item, item.span));
                Template::Tuple(items.collect(), node.span)
            }
            _ => Template::Leaf(self.expr(node, "a value of the reply", owner)),
        }
    }

    fn record(&mut self, node: &Node, entries: &[(Key, Node)]) -> Template {
        let fields = entries
            .iter()
            .map(|(key, node)| {
                let name = self.key_name(key, "a field of the reply");
                (name, self.template(node, key.span))
            })
            .collect();
        Template::Record(fields, node.span)
    }

    /// `{ each: x, i in list, if: c, give: ... }`
    fn each(&mut self, node: &Node, entries: &[(Key, Node)]) -> Template {
        self.check_keys(entries, &EACH);
        let keyword = entries
            .iter()
            .find(|(key, _)| key.text == "each")
            .map_or(node.span, |(key, _)| key.span);
        let parts = self.unchecked(entries, "each", keyword);
        let condition = self.expr_of(&parts, "if");
        let key = self.expr_of(&parts, "key").map(Box::new);
        let give = match parts.entry("give") {
            Some((key, node)) => Some(self.template(node, key.span)),
            None => {
                self.missing(
                    &parts,
                    "give",
                    "say what each becomes: `give: [s.item, s.amount]`",
                );
                None
            }
        };
        let each = parts
            .entry("each")
            .and_then(|(key, node)| self.each_of(node, "`each`", key.span));
        match (each, give) {
            (Some(each), Some(give)) => Template::Each {
                item: each.item,
                index: each.index,
                list: each.list,
                condition,
                key,
                give: Box::new(give),
                span: node.span,
            },
            _ => Template::Leaf(error_expr(node.span)),
        }
    }
}

fn has(entries: &[(Key, Node)], word: &str) -> bool {
    entries.iter().any(|(key, _)| key.text == word)
}
