//! A manager's module.

use aliya_macros_core::names;

use super::code::{doc, ident as ident_of};
use super::declaration::Declarations;
use super::function;
use super::native;
use super::print;
use super::quote::quote;
use super::statements::Statements;
use super::tables::{row_struct, schema};
use super::tokens::{Literal, TokenStream};
use super::types::Scope;
use crate::generate::ir::{FunctionId, Game, Manager, ManagerId, Table, TableId};
use crate::generate::source::Sources;

/// A manager as text.
pub(super) struct Module {
    pub(super) text: String,
    /// What others call of it, if they call anything: a module that all managers share.
    pub(super) calls: Option<String>,
}

/// The text of a manager's module, and of what others call of it.
pub(super) fn emit(
    game: &Game,
    sources: &Sources,
    declarations: &Declarations,
    id: ManagerId,
    migrates: bool,
) -> Module {
    let manager = game.the_manager(id);
    let mut scope = Scope::new(game, id);
    // A function's constants hide statics of their name.
    let errors = manager
        .functions
        .iter()
        .flat_map(|function| &function.errors);
    let mut reserved: std::collections::BTreeSet<_> =
        errors.map(|error| names::const_name(&error.name)).collect();
    reserved.insert(names::manager_static(&manager.name));
    reserved.insert(native::static_name(manager));
    let mut statements = Statements::new(&manager.name, reserved);

    let tables: Vec<_> = (0..manager.tables.len())
        .map(|at| TableId(id, at))
        .collect();
    let rows: Vec<_> = tables
        .iter()
        .map(|table| row_struct(&mut scope, *table))
        .collect();
    let schema: Vec<_> = in_order_of_references(&manager.tables)
        .into_iter()
        .flat_map(|at| schema(game, TableId(id, at), &mut statements))
        .collect();
    let functions: Vec<_> = manager
        .functions
        .iter()
        .map(|function| function::emit(&mut scope, &mut statements, Some(sources), function))
        .collect();
    let methods: Vec<_> = (0..manager.functions.len())
        .map(|at| FunctionId(id, at))
        .zip(&functions)
        .map(|(of, emitted)| {
            let declaration = declarations.get(&of).map_or("", String::as_str);
            function::method(game, game.the_function(of), &emitted.body, declaration)
        })
        .collect();
    let called: TokenStream = functions
        .iter()
        .map(|function| function.called.clone())
        .collect();
    let structs: Vec<_> = functions.into_iter().map(|it| it.structs).collect();

    let by_hand = native::items(&mut scope, manager);
    let imports = scope.imports();
    let calls = (!called.list().is_empty()).then(|| calls(&scope, manager, &called));
    let of_calls = calls.as_ref().map(|_| {
        let module = ident_of(&names::module_name(&manager.name));
        quote!(pub use crate::calls::#module::*;)
    });
    let statics = statements.items();
    let about = match &manager.doc {
        Some(text) => text.clone(),
        None => format!("The manager `{}`.", manager.name),
    };
    let docs = doc(&about);
    let (name, port) = (&manager.name, Literal::number(manager.port));
    let ident = ident_of(&names::manager_type(name));
    let migrations = (migrates && !schema.is_empty()).then(|| {
        let history = ident_of(&names::manager_static(name));
        quote!(, migrations = crate::migrations::#history)
    });
    let schema = (!schema.is_empty()).then(|| quote!(, schema = [#(#schema),*]));
    let items = quote! {
        use aliya_runtime::prelude::*;
        #of_calls
        #imports
        #(#rows)*
        #(#structs)*
        #statics
        #by_hand
        #docs
        pub struct #ident;
        #[manager(name = #name, port = #port #migrations #schema)]
        impl #ident { #(#methods)* }
    };
    Module {
        text: print::file(&about, &manager.file, "", &items),
        calls,
    }
}

/// The module of what others call.
fn calls(scope: &Scope<'_>, manager: &Manager, called: &TokenStream) -> String {
    let imports = scope.imports_of_calls();
    let items = quote! {
        use aliya_runtime::prelude::*;
        #imports
        #called
    };
    let about = format!("What others call of `{}`.", manager.name);
    print::file(&about, &manager.file, "", &items)
}

/// The tables, by place: each after those that it refers to, as they are to be made.
fn in_order_of_references(tables: &[Table]) -> Vec<usize> {
    fn visit(tables: &[Table], at: usize, order: &mut Vec<usize>, seen: &mut [bool]) {
        if std::mem::replace(&mut seen[at], true) {
            return;
        }
        for reference in &tables[at].references {
            visit(tables, reference.table.1, order, seen);
        }
        order.push(at);
    }
    let mut order = Vec::with_capacity(tables.len());
    let mut seen = vec![false; tables.len()];
    for at in 0..tables.len() {
        visit(tables, at, &mut order, &mut seen);
    }
    order
}
