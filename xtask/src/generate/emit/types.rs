//! Types of the language as Rust types, and the names that a module imports for them.

use std::collections::BTreeSet;

use aliya_macros_core::names;

use super::code::ident;
use super::imports::Imports;
use super::quote::quote;
use super::tokens::{Ident, TokenStream};
use crate::generate::ir::{
    Enum, EnumId, FormulaId, Function, FunctionId, Game, Manager, ManagerId, RecordId, Table,
    TableId, Ty,
};

/// Whether a reply's object or fixed list is in it: a struct of whichever function has the reply.
pub(super) fn has_shape(ty: &Ty) -> bool {
    match ty {
        Ty::Record(_) | Ty::Tuple(_) => true,
        Ty::List(inner) | Ty::Optional(inner) | Ty::Map(_, inner) => has_shape(inner),
        _ => false,
    }
}

/// What is there where an optional is; any other type as it is.
pub(super) fn present(ty: &Ty) -> &Ty {
    match ty {
        Ty::Optional(inner) => inner,
        _ => ty,
    }
}

/// Whether values of the type are copied, not cloned.
pub(super) fn is_copy(ty: &Ty) -> bool {
    match ty {
        Ty::Int | Ty::Float | Ty::Bool | Ty::Time | Ty::Id | Ty::Enum(_) => true,
        Ty::Optional(inner) => is_copy(inner),
        Ty::Text
        | Ty::Player
        | Ty::List(_)
        | Ty::Row(_)
        | Ty::Reply(_)
        | Ty::Record(_)
        | Ty::Tuple(_)
        | Ty::Named(_)
        | Ty::Map(..) => false,
    }
}

impl Game {
    pub(super) fn the_enum(&self, id: EnumId) -> &Enum {
        &self.enums[id.0]
    }

    pub(super) fn the_manager(&self, id: ManagerId) -> &Manager {
        &self.managers[id.0]
    }

    pub(super) fn the_table(&self, id: TableId) -> &Table {
        &self.the_manager(id.0).tables[id.1]
    }

    pub(crate) fn the_function(&self, id: FunctionId) -> &Function {
        &self.the_manager(id.0).functions[id.1]
    }
}

/// The types that a manager's module has and imports.
pub(super) struct Scope<'g> {
    pub(super) game: &'g Game,
    pub(super) manager: ManagerId,
    /// Names of types that are taken in this module.
    taken: BTreeSet<String>,
    imports: Imports,
    /// The same of what others call, which stands in a module of its own.
    imports_of_calls: Imports,
    /// Whether it is that module that is written.
    in_calls: bool,
}

impl<'g> Scope<'g> {
    pub(super) fn new(game: &'g Game, id: ManagerId) -> Self {
        let manager = game.the_manager(id);
        let tables = manager
            .tables
            .iter()
            .map(|table| names::table_type(&table.name));
        let functions = manager.functions.iter().flat_map(|function| {
            let name = function.name.as_str();
            [names::args_type(name), names::reply_type(name)]
        });
        let mut taken: BTreeSet<_> = tables.chain(functions).collect();
        for function in manager.functions.iter().filter(|f| f.native) {
            taken.insert(names::error_type(&function.name));
            taken.insert(names::native_trait(&manager.name));
        }
        taken.insert(names::manager_type(&manager.name));
        Self {
            game,
            manager: id,
            taken,
            imports: Imports::default(),
            imports_of_calls: Imports::default(),
            in_calls: false,
        }
    }

    /// The module of the formulas, which is no manager's.
    pub(super) fn of_formulas(game: &'g Game) -> Self {
        Self {
            game,
            manager: ManagerId(usize::MAX),
            taken: BTreeSet::new(),
            imports: Imports::default(),
            imports_of_calls: Imports::default(),
            in_calls: false,
        }
    }

    /// Writes what belongs to the module that the args and the reply of a function stand in.
    pub(super) fn within<R>(
        &mut self,
        function: &Function,
        write: impl FnOnce(&mut Self) -> R,
    ) -> R {
        let before = std::mem::replace(&mut self.in_calls, function.called_elsewhere);
        let written = write(self);
        self.in_calls = before;
        written
    }

    fn imported(&mut self) -> &mut Imports {
        match self.in_calls {
            true => &mut self.imports_of_calls,
            false => &mut self.imports,
        }
    }

    /// A formula, as another module calls it, or this one, which is theirs.
    pub(super) fn formula(&mut self, id: FormulaId) -> TokenStream {
        let name = ident(&names::value_name(&self.game.formulas[id.0].name));
        if self.manager == ManagerId(usize::MAX) {
            return quote!(#name);
        }
        self.imported().formulas = true;
        quote!(formulas::#name)
    }

    /// A type's name that nothing else in the module has.
    pub(super) fn fresh(&mut self, wanted: &str) -> Ident {
        let enums = self.game.enums.iter().map(|e| names::enum_type(&e.name));
        let enums: BTreeSet<_> = enums.collect();
        let mut name = wanted.to_owned();
        let mut number = 2;
        while enums.contains(&name) || !self.taken.insert(name.clone()) {
            name = format!("{wanted}V{number}");
            number += 1;
        }
        ident(&name)
    }

    /// An enum, imported unless the module has a type of that name itself.
    pub(super) fn an_enum(&mut self, id: EnumId) -> TokenStream {
        let name = names::enum_type(&self.game.the_enum(id).name);
        let ident = ident(&name);
        if self.taken.contains(&name) {
            return quote!(crate::enums::#ident);
        }
        self.imported().enums.insert(id);
        quote!(#ident)
    }

    /// A record of `types:`.
    pub(super) fn record(&mut self, id: RecordId) -> TokenStream {
        self.imported().records = true;
        let ident = ident(&names::type_name(&self.game.records[id.0].name));
        quote!(types::#ident)
    }

    /// An enum's variant.
    pub(super) fn variant(&mut self, id: EnumId, at: usize) -> TokenStream {
        let variant = ident(&names::variant_name(
            &self.game.the_enum(id).variants[at].name,
        ));
        let path = self.an_enum(id);
        quote!(#path::#variant)
    }

    /// The struct of a table's rows; a table is only touched by its own manager.
    pub(super) fn row(&self, id: TableId) -> Ident {
        ident(&names::table_type(&self.game.the_table(id).name))
    }

    /// A type that a function of any manager has, such as that of its args.
    pub(super) fn of_function(
        &mut self,
        id: FunctionId,
        name: impl Fn(&str) -> String,
    ) -> TokenStream {
        let name = ident(&name(&self.game.the_function(id).name));
        if id.0 == self.manager {
            return quote!(#name);
        }
        self.imported().modules.insert(id.0);
        let module = ident(&names::module_name(&self.game.the_manager(id.0).name));
        quote!(#module::#name)
    }

    /// A type that has a name of its own in Rust: any but objects and fixed lists of replies.
    pub(super) fn ty(
        &mut self,
        ty: &Ty,
        shape: &mut dyn FnMut(&mut Self, &Ty) -> Ident,
    ) -> TokenStream {
        match ty {
            Ty::Int => quote!(i64),
            Ty::Float => quote!(f64),
            Ty::Bool => quote!(bool),
            Ty::Text => quote!(String),
            Ty::Time => quote!(Time),
            Ty::Player => quote!(PlayerId),
            Ty::Id => quote!(Id),
            Ty::Enum(id) => self.an_enum(*id),
            Ty::List(item) => {
                let item = self.ty(item, shape);
                quote!(Vec<#item>)
            }
            Ty::Optional(inner) => {
                let inner = self.ty(inner, shape);
                quote!(Option<#inner>)
            }
            Ty::Row(table) => {
                let row = self.row(*table);
                quote!(#row)
            }
            Ty::Reply(function) => self.of_function(*function, names::reply_type),
            // `[]`: no items of no type.
            Ty::Tuple(items) if items.is_empty() => quote!(Vec<i64>),
            Ty::Record(_) | Ty::Tuple(_) => {
                let shape = shape(self, ty);
                quote!(#shape)
            }
            Ty::Named(id) => self.record(*id),
            Ty::Map(key, value) => {
                let key = self.ty(key, shape);
                let value = self.ty(value, shape);
                quote!(BTreeMap<#key, #value>)
            }
        }
    }

    /// The `use` lines for everything that was named in the manager's module.
    pub(super) fn imports(&self) -> TokenStream {
        self.imports.lines(self.game)
    }

    /// The same in the module of what others call.
    pub(super) fn imports_of_calls(&self) -> TokenStream {
        self.imports_of_calls.lines(self.game)
    }
}
