//! How long keys, unique sets and indexes are: databases have bounds for both their columns and their bytes.

use crate::generate::diagnostic::{Code, Diagnostics};
use crate::generate::ir::{Literal, Ty};
use crate::generate::source::{Name, Span};

use super::declare::Declared;
use super::tables::Table;
use super::types;

/// What MySQL has room for: the least of the databases.
const COLUMNS_MAX: usize = 16;
const BYTES_MAX: i64 = 3072;

/// What a text without a bound has room for in an index, and an enum that travels as text at least, in
/// characters: as the tables are made.
const TEXT_CHARS: i64 = 255;
const ENUM_CHARS: i64 = 64;

/// Says which sets of columns no index can have.
pub(super) fn check(names: &Declared, table: &Table, diagnostics: &mut Diagnostics) {
    let ast = table.ast;
    let key = (ast.key.as_slice(), ast.key.first().map(|name| name.span));
    let sets = ast.unique.iter().chain(&ast.index);
    let sets = sets.map(|set| (set.value.as_slice(), Some(set.span)));
    for (columns, place) in std::iter::once(key).chain(sets) {
        if let Some(place) = place {
            check_set(names, table, columns, place, diagnostics);
        }
    }
    let single = ast.columns.iter().filter_map(|column| {
        let place = column.unique.or(column.index)?;
        Some((std::slice::from_ref(&column.field.name), place))
    });
    for (column, place) in single {
        check_set(names, table, column, place, diagnostics);
    }
}

fn check_set(
    names: &Declared,
    table: &Table,
    set: &[Name],
    place: Span,
    diagnostics: &mut Diagnostics,
) {
    if set.len() > COLUMNS_MAX {
        diagnostics
            .error(
                Code::BadDeclaration,
                place,
                format!(
                    "{} columns in one key or index of `{}`: databases have room for {COLUMNS_MAX}",
                    set.len(),
                    table.name()
                ),
                "too many columns",
            )
            .help("leave out those by which no rows are told apart or found");
        return;
    }
    let bytes: Vec<(i64, &Name)> = set
        .iter()
        .map(|name| (bytes(names, table, name), name))
        .collect();
    let all: i64 = bytes.iter().map(|(bytes, _)| bytes).sum();
    let Some((_, longest)) = bytes.iter().max_by_key(|(bytes, _)| *bytes) else {
        return;
    };
    if all > BYTES_MAX {
        diagnostics
            .error(
                Code::BadDeclaration,
                place,
                format!(
                    "a key or index of `{}` can take {all} bytes, and databases have room for {BYTES_MAX}",
                    table.name()
                ),
                "too long",
            )
            .label(longest.span, "the longest of its columns")
            .help("give its texts a smaller `max` (a character can take 4 bytes), or take fewer columns");
    }
}

/// What a column takes in an index at most; 0 of one that is none, which was said.
fn bytes(names: &Declared, table: &Table, name: &Name) -> i64 {
    let column = table.columns.iter().find(|it| it.name() == name.value);
    let Some(ty) = column.and_then(|column| column.ty.as_ref()) else {
        return 0;
    };
    let of_text = |chars: i64| chars.max(1).saturating_mul(4);
    match types::present(ty) {
        Ty::Text => match column.and_then(|column| column.max.as_ref()) {
            Some(Literal::Int(max)) => of_text(*max),
            _ => 0,
        },
        Ty::Player => of_text(TEXT_CHARS),
        Ty::Enum(id) => {
            let variants = &names.declared_enum(*id).variants;
            let longest = variants.iter().map(|it| it.name.value.len()).max();
            match variants.iter().any(|it| it.number.is_some()) {
                true => 8,
                false => of_text(
                    i64::try_from(longest.unwrap_or(0))
                        .unwrap_or(0)
                        .max(ENUM_CHARS),
                ),
            }
        }
        _ => 8,
    }
}
