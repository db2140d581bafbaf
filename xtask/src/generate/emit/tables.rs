//! A table as a struct of its rows, as core describes it to write SQL, and its schema.

use aliya_macros_core::{names, sql};

use super::bounds::is_fixed;
use super::code::{doc, ident};
use super::literal::bounds;
use super::quote::quote;
use super::statements::{Statements, action};
use super::tokens::{Ident, TokenStream};
use super::types::Scope;
use crate::generate::ir::{EnumId, Field, Game, Literal, Reference, Table, TableId, Ty};

/// The column that the database fills in: the key, where that is one id.
pub(super) fn row_number(table: &Table) -> Option<usize> {
    match table.key.as_slice() {
        [only] if table.columns[*only].ty == Ty::Id => Some(*only),
        _ => None,
    }
}

/// The struct of a table's rows.
pub(super) fn row_struct(scope: &mut Scope<'_>, id: TableId) -> TokenStream {
    let game = scope.game;
    let table = game.the_table(id);
    let name = names::sql_table(&game.the_manager(id.0).name, &table.name);
    let row = scope.row(id);
    let docs = match &table.doc {
        Some(text) => doc(text),
        None => doc(&format!("A row of `{}`.", table.name)),
    };
    let columns = table.columns.iter().enumerate().map(|(at, column)| {
        let fixed = is_fixed(table, at);
        let ident = ident(&names::value_name(&column.name));
        let attribute = attribute(&quote!(column), column, &ident, None, fixed);
        let docs = column.doc.as_deref().map(doc);
        let ty = scope.ty(&column.ty, &mut |_, ty| {
            unreachable!("a column of type {ty:?}")
        });
        quote!(#docs #attribute pub #ident: #ty)
    });
    let columns: Vec<_> = columns.collect();
    quote! {
        #docs
        #[derive(Clone, Table)]
        #[table(name = #name)]
        pub struct #row { #(#columns),* }
    }
}

/// `#[column(...)]` or `#[arg(...)]`, where there is something to say.
pub(super) fn attribute(
    attribute: &TokenStream,
    field: &Field,
    ident: &Ident,
    default: Option<TokenStream>,
    fixed: bool,
) -> TokenStream {
    let mut keys = Vec::new();
    if names::plain(ident.text()) != field.name {
        let name = &field.name;
        keys.push(quote!(name = #name));
    }
    keys.extend(bounds(field));
    keys.extend(fixed.then(|| quote!(fixed)));
    keys.extend(default.map(|default| quote!(default = #default)));
    if keys.is_empty() {
        return TokenStream::new();
    }
    quote!(#[#attribute(#(#keys),*)])
}

/// A table as core knows it.
pub(super) fn describe(game: &Game, id: TableId) -> sql::Table {
    let table = game.the_table(id);
    let columns = table.columns.iter().map(|column| sql::Column {
        name: column.name.clone(),
        ty: stored(game, &column.ty),
        optional: matches!(column.ty, Ty::Optional(_)),
        min: column.min.as_ref().and_then(|min| constant(game, min)),
        max: column.max.as_ref().and_then(|max| constant(game, max)),
        default: column
            .default
            .as_ref()
            .and_then(|default| constant(game, default)),
    });
    sql::Table {
        name: names::sql_table(&game.the_manager(id.0).name, &table.name),
        columns: columns.collect(),
        key: table.key.clone(),
        row_number: row_number(table),
        unique: table.unique.clone(),
        index: table.index.clone(),
        references: table
            .references
            .iter()
            .map(|reference| refers(game, reference))
            .collect(),
    }
}

fn refers(game: &Game, reference: &Reference) -> sql::Reference {
    let table = game.the_table(reference.table);
    let manager = game.the_manager(reference.table.0);
    let to = reference
        .to
        .iter()
        .map(|&at| table.columns[at].name.clone());
    sql::Reference {
        columns: reference.columns.clone(),
        table: names::sql_table(&manager.name, &table.name),
        to: to.collect(),
    }
}

/// Adds the statements that make a table and its indexes; returns their statics.
pub(super) fn schema(game: &Game, id: TableId, statements: &mut Statements) -> Vec<Ident> {
    let table = game.the_table(id);
    let described = describe(game, id);
    let create = described.texts(|sql| sql.create_table());
    let mut made = vec![statements.add(&table.name, "create", create)];
    // What the key or a unique set of the same columns has needs no index again.
    let mut indexed: Vec<&[usize]> = vec![&table.key];
    let unique = table.unique.iter().map(|columns| (columns, true));
    let index = table.index.iter().map(|columns| (columns, false));
    for (columns, unique) in unique.chain(index) {
        if indexed.contains(&columns.as_slice()) {
            continue;
        }
        indexed.push(columns);
        let verb = if unique { "unique" } else { "index" };
        let names = columns.iter().map(|&at| table.columns[at].name.as_str());
        let action = action(verb, names);
        let texts = described.texts(|sql| sql.create_index(columns, unique));
        made.push(statements.add(&table.name, &action, texts));
    }
    made
}

fn stored(game: &Game, ty: &Ty) -> sql::Type {
    match ty {
        Ty::Int | Ty::Time | Ty::Id => sql::Type::Int,
        Ty::Float => sql::Type::Float,
        Ty::Bool => sql::Type::Bool,
        Ty::Enum(id) => sql::Type::OneOf(values(game, *id)),
        Ty::Optional(inner) => stored(game, inner),
        Ty::Text | Ty::Player | Ty::List(_) | Ty::Map(..) | Ty::Named(_) => sql::Type::Text,
        Ty::Row(_) | Ty::Reply(_) | Ty::Record(_) | Ty::Tuple(_) => {
            unreachable!("a column of type {ty:?}")
        }
    }
}

fn values(game: &Game, id: EnumId) -> Vec<sql::Constant> {
    let variants = 0..game.the_enum(id).variants.len();
    variants
        .filter_map(|at| constant(game, &Literal::Variant(id, at)))
        .collect()
}

/// A constant as it is stored; `None` of those that no column has.
fn constant(game: &Game, literal: &Literal) -> Option<sql::Constant> {
    Some(match literal {
        Literal::Int(int) => sql::Constant::Int(*int),
        Literal::Float(float) => sql::Constant::Float(*float),
        Literal::Bool(bool) => sql::Constant::Bool(*bool),
        Literal::Text(text) => sql::Constant::Text(text.clone()),
        Literal::Variant(id, at) => {
            let variant = &game.the_enum(*id).variants[*at];
            match variant.number {
                Some(number) => sql::Constant::Int(number),
                None => sql::Constant::Text(variant.name.clone()),
            }
        }
        Literal::EmptyList => sql::Constant::Text("[]".to_owned()),
        Literal::EmptyMap => sql::Constant::Text("{}".to_owned()),
    })
}
