//! The SQL statements of a manager: each text once, under a name that tells what it does.

use std::collections::BTreeSet;

use aliya_macros_core::names;
use aliya_macros_core::sql::Texts;

use super::code::{ident, raw_text};
use super::explain::Stated;
use super::quote::quote;
use super::tokens::{Ident, TokenStream};
use crate::generate::source::Span;

/// How many columns a statement's name has at most.
const NAMED_MAX: usize = 4;
/// How many it has where there are more, which are counted.
const NAMED_OF_MORE: usize = 2;

struct Statement {
    /// Of its static.
    ident: String,
    /// For logs.
    name: String,
    texts: Texts,
}

/// The statements so far, in the order of their first use.
pub(super) struct Statements {
    manager: String,
    all: Vec<Statement>,
    taken: BTreeSet<String>,
    /// The step that is emitted.
    step: Option<Span>,
    /// Which steps use which statements, and whether only where they have written.
    uses: Vec<(Span, usize, bool)>,
    /// Whether what is added reads rows again.
    again: bool,
}

impl Statements {
    /// `reserved` are names that no static may have.
    pub(super) fn new(manager: &str, reserved: BTreeSet<String>) -> Self {
        Self {
            manager: manager.to_owned(),
            all: Vec::new(),
            taken: reserved,
            step: None,
            uses: Vec::new(),
            again: false,
        }
    }

    /// What is added from here on belongs to the step that stands there.
    pub(super) fn begin_step(&mut self, span: Span) {
        self.step = Some(span);
    }

    /// Whether what is added from here on reads rows again, where its step has written.
    pub(super) fn again(&mut self, again: bool) {
        self.again = again;
    }

    /// What the steps add, in order.
    pub(super) fn uses(&self) -> impl Iterator<Item = Stated> {
        self.uses.iter().map(|(step, at, again)| {
            let Statement { name, texts, .. } = &self.all[*at];
            Stated {
                step: *step,
                name: name.clone(),
                texts: texts.clone(),
                again: *again,
            }
        })
    }

    /// The static of a statement over a table; `action` is what it does, such as
    /// `get_by_player_item`.
    pub(super) fn add(&mut self, table: &str, action: &str, texts: Texts) -> Ident {
        let known = self.all.iter().position(|s| s.texts == texts);
        let at = known.unwrap_or(self.all.len());
        let again = self.again;
        self.uses.extend(self.step.map(|step| (step, at, again)));
        if let Some(known) = known {
            return ident(&self.all[known].ident);
        }
        let mut action = action.to_owned();
        let mut number = 2;
        let first = action.clone();
        while !self.taken.insert(names::statement_static(table, &action)) {
            action = format!("{first}_{number}");
            number += 1;
        }
        let statement = Statement {
            ident: names::statement_static(table, &action),
            name: names::statement_name(&self.manager, table, &action),
            texts,
        };
        let name = ident(&statement.ident);
        self.all.push(statement);
        name
    }

    /// All statements as statics.
    pub(super) fn items(&self) -> TokenStream {
        let items = self.all.iter().map(|statement| {
            let ident = ident(&statement.ident);
            let name = &statement.name;
            let Texts {
                sqlite,
                postgres,
                mysql,
            } = &statement.texts;
            let (sqlite, postgres, mysql) = (raw_text(sqlite), raw_text(postgres), raw_text(mysql));
            quote! {
                static #ident: Statement = Statement {
                    name: #name,
                    sqlite: #sqlite,
                    postgres: #postgres,
                    mysql: #mysql,
                };
            }
        });
        quote!(#(#items)*)
    }
}

/// `verb` and the columns that a statement is about, as an action.
pub(super) fn action<'n>(verb: &str, columns: impl ExactSizeIterator<Item = &'n str>) -> String {
    let named = if columns.len() > NAMED_MAX {
        NAMED_OF_MORE
    } else {
        columns.len()
    };
    let rest = columns.len() - named;
    let mut action = verb.to_owned();
    for column in columns.take(named) {
        action.push('_');
        action.push_str(column);
    }
    if rest > 0 {
        action.push_str(&format!("_and_{rest}_more"));
    }
    action
}
