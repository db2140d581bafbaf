//! What a module imports.

use std::collections::BTreeSet;

use aliya_macros_core::names;

use super::code::ident;
use super::quote::quote;
use super::tokens::TokenStream;
use crate::generate::ir::{EnumId, Game, ManagerId};

/// What a module names of others.
#[derive(Default)]
pub(super) struct Imports {
    pub(super) enums: BTreeSet<EnumId>,
    /// What other managers have to call.
    pub(super) modules: BTreeSet<ManagerId>,
    /// Whether `types` is imported, the module of the records.
    pub(super) records: bool,
    /// Whether `formulas` is imported.
    pub(super) formulas: bool,
}

impl Imports {
    /// The `use` lines.
    pub(super) fn lines(&self, game: &Game) -> TokenStream {
        let enums: Vec<_> = self
            .enums
            .iter()
            .map(|id| ident(&names::enum_type(&game.the_enum(*id).name)))
            .collect();
        let enums = match enums.as_slice() {
            [] => TokenStream::new(),
            [one] => quote!(use crate::enums::#one;),
            several => quote!(use crate::enums::{#(#several),*};),
        };
        let modules = self.modules.iter().map(|id| {
            let module = ident(&names::module_name(&game.the_manager(*id).name));
            quote!(use crate::calls::#module;)
        });
        let records = self.records.then(|| {
            quote!(
                use crate::types;
            )
        });
        let formulas = self.formulas.then(|| {
            quote!(
                use crate::formulas;
            )
        });
        quote!(#(#modules)* #enums #formulas #records)
    }
}
