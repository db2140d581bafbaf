//! What functions name that belongs to no manager: enums, records, formulas, balance tables.

use std::collections::{BTreeMap, BTreeSet};

use aliya_macros_core::names;

use super::super::formulas;
use super::super::game;
use super::super::records;
use super::super::tokens::{Kind, Token, TokenStream};
use crate::generate::ir::{Field, Game};

/// All definitions of a game, and by which names others mention them.
pub(super) struct Definitions {
    all: Vec<Definition>,
    enums: BTreeMap<String, usize>,
    records: BTreeMap<String, usize>,
    formulas: BTreeMap<String, usize>,
    config: BTreeMap<String, usize>,
}

/// Something that functions mention.
#[derive(Default)]
struct Definition {
    text: String,
    /// Which others it mentions itself.
    mentions: BTreeSet<usize>,
}

impl Definitions {
    /// Those of a game.
    pub(super) fn of(game: &Game) -> Self {
        let mut items = Vec::new();
        let mut named = |name: String, item: TokenStream| {
            items.push(item);
            (name, items.len() - 1)
        };
        let enums = game.enums.iter();
        let enums = enums.map(|it| named(names::enum_type(&it.name), game::an_enum(it)));
        let enums = enums.collect();
        let records = game.records.iter();
        let records =
            records.map(|it| named(names::type_name(&it.name), records::a_record(game, it)));
        let records = records.collect();
        let config = game.config.iter().map(|table| {
            let field = Field {
                name: table.name.clone(),
                ty: table.ty.clone(),
                default: None,
                min: None,
                max: None,
                doc: None,
            };
            named(
                names::value_name(&table.name),
                records::a_field(game, &field),
            )
        });
        let config = config.collect();
        let formulas = game.formulas.iter().zip(formulas::functions(game, None).1);
        let formulas = formulas.map(|(it, item)| named(names::value_name(&it.name), item));
        let formulas: BTreeMap<_, _> = formulas.collect();
        let of_formulas = formulas.len();
        let mut definitions = Self {
            all: Vec::new(),
            enums,
            records,
            formulas,
            config,
        };
        let first_formula = items.len() - of_formulas;
        for (at, item) in items.iter().enumerate() {
            let definition = Definition {
                text: canonical(item),
                mentions: definitions.mentioned(item, at >= first_formula),
            };
            definitions.all.push(definition);
        }
        definitions
    }

    /// The texts of all that `tokens` mention, and of what these mention in turn.
    pub(super) fn texts(&self, tokens: &TokenStream) -> BTreeSet<&str> {
        let mut waiting: Vec<_> = self.mentioned(tokens, false).into_iter().collect();
        let mut found = BTreeSet::new();
        while let Some(at) = waiting.pop() {
            if found.insert(at) {
                waiting.extend(&self.all[at].mentions);
            }
        }
        found
            .into_iter()
            .map(|at| self.all[at].text.as_str())
            .collect()
    }

    /// What `tokens` mention, by place. Formulas name each other without the name of their module.
    fn mentioned(&self, tokens: &TokenStream, in_formula: bool) -> BTreeSet<usize> {
        let tokens = tokens.list();
        let words = tokens
            .iter()
            .enumerate()
            .filter(|(_, token)| token.kind == Kind::Word);
        let found = words.flat_map(|(at, token)| {
            let before = tokens.get(at.saturating_sub(2)..at).unwrap_or_default();
            let behind = |word: &str, sign: &str| is_pair(before, word, sign);
            let name = token.text();
            let of_formulas = in_formula || behind("formulas", "::");
            [
                self.enums.get(name),
                self.records.get(name).filter(|_| behind("types", "::")),
                self.formulas.get(name).filter(|_| of_formulas),
                self.config.get(name).filter(|_| behind("config", ".")),
            ]
        });
        found.flatten().copied().collect()
    }
}

fn is_pair(tokens: &[Token], word: &str, sign: &str) -> bool {
    matches!(tokens, [first, second] if first.text() == word && second.is_sign(sign))
}

/// Tokens as a text that has no documentation in it.
pub(super) fn canonical(tokens: &TokenStream) -> String {
    let mut text = String::new();
    for token in tokens.list().iter().filter(|it| it.kind != Kind::Doc) {
        text.push_str(token.text());
        text.push(' ');
    }
    text
}
