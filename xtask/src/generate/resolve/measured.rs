//! How many bytes of JSON a value may take.

use crate::generate::ir::{
    Builtin, ColumnIndex, Expr, ExprKind, Literal, Template, TemplateKind, Ty,
};

use super::World;
use super::fields::Field;
use super::types;

/// A number of bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bytes {
    /// As many at most.
    AtMost(u64),
    /// Nothing limits it.
    Any,
}

/// The digits and the sign of an int.
const INT: u64 = 20;
/// The digits of a float.
const FLOAT: u64 = 24;
/// A player's unique_id, which has 128 characters at most.
const PLAYER: u64 = 130;
/// The most bytes of a character.
const CHARACTER: u64 = 4;

impl Bytes {
    /// Both together.
    pub(super) fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::AtMost(a), Self::AtMost(b)) => Self::AtMost(a.saturating_add(b)),
            _ => Self::Any,
        }
    }

    /// So many of it in a list, with the commas between them; any number where there is none.
    pub(super) fn times(self, most: Option<u64>) -> Self {
        match (self, most) {
            (Self::AtMost(bytes), Some(most)) => {
                Self::AtMost(bytes.saturating_add(1).saturating_mul(most))
            }
            _ => Self::Any,
        }
    }

    /// Whether it may be more.
    pub(super) fn is_more_than(self, other: Self) -> bool {
        match (self, other) {
            (Self::AtMost(a), Self::AtMost(b)) => a > b,
            (Self::Any, Self::AtMost(_)) => true,
            (_, Self::Any) => false,
        }
    }
}

/// What a part of a reply may take.
pub(super) fn template(world: &World, template: &Template) -> Bytes {
    let all = |parts: &[Template]| {
        parts.iter().fold(Bytes::AtMost(2), |sum, part| {
            sum.and(self::template(world, part)).and(Bytes::AtMost(1))
        })
    };
    match (&template.kind, &template.ty) {
        (TemplateKind::Record(parts), Ty::Record(fields)) => {
            let names = fields.iter().map(|(name, _)| name.len() as u64 + 3).sum();
            all(parts).and(Bytes::AtMost(names))
        }
        (TemplateKind::Record(parts) | TemplateKind::Tuple(parts), _) => all(parts),
        (TemplateKind::Each { .. }, _) => Bytes::Any,
        (TemplateKind::Leaf(expr), _) => value(world, expr),
        (TemplateKind::Entry(key, value), _) => self::value(world, key)
            .and(self::template(world, value))
            .and(Bytes::AtMost(3)),
    }
}

/// What a value may take: of a text, as its column says.
fn value(world: &World, expr: &Expr) -> Bytes {
    let ty = types::present(&expr.ty);
    if let (Ty::Int, ExprKind::Column(row, at)) = (ty, &expr.kind) {
        return of_column(world, types::present(&row.ty), *at);
    }
    if let (Ty::Int, ExprKind::Literal(Literal::Int(int))) = (ty, &expr.kind) {
        return Bytes::AtMost(digits(*int));
    }
    if *ty != Ty::Text {
        return of_type(world, &expr.ty);
    }
    match &expr.kind {
        ExprKind::Literal(Literal::Text(text)) => Bytes::AtMost(text.len() as u64 + 2),
        ExprKind::Column(row, at) => of_column(world, types::present(&row.ty), *at),
        ExprKind::ToOptional(of) => value(world, of),
        ExprKind::Builtin(Builtin::Lower | Builtin::ToText, parts) => match parts.as_slice() {
            [of] => value(world, of).and(Bytes::AtMost(2)),
            _ => Bytes::Any,
        },
        ExprKind::Builtin(Builtin::Concat | Builtin::Default, parts) => {
            let parts = parts.iter().map(|part| value(world, part));
            parts.fold(Bytes::AtMost(0), Bytes::and)
        }
        ExprKind::If(_, a, b) => value(world, a).and(value(world, b)),
        _ => Bytes::Any,
    }
}

/// What an item of a list, or of a map, may take.
pub(super) fn item(world: &World, list: &Expr) -> Bytes {
    match (&list.kind, types::present(&list.ty)) {
        (ExprKind::Pluck(rows, at), Ty::List(item)) if matches!(**item, Ty::Text | Ty::Int) => {
            match &rows.ty {
                Ty::List(row) => of_column(world, row, *at),
                _ => Bytes::Any,
            }
        }
        (_, Ty::List(item) | Ty::Map(_, item)) => of_type(world, item),
        _ => Bytes::Any,
    }
}

/// What a column of text or ints of a row may take.
fn of_column(world: &World, row: &Ty, at: ColumnIndex) -> Bytes {
    match row {
        Ty::Row(table) => {
            let table = world.tables.get(table);
            table.map_or(Bytes::Any, |table| {
                let column = &table.columns[at];
                match column.ty.as_ref().map(types::present) {
                    Some(Ty::Int) => of_int(column),
                    _ => of_text(column),
                }
            })
        }
        _ => Bytes::Any,
    }
}

/// What an int in a column may take.
fn of_int(column: &Field) -> Bytes {
    let bound = |bound: &Option<Literal>| match bound {
        Some(Literal::Int(int)) => digits(*int),
        _ => INT,
    };
    Bytes::AtMost(bound(&column.min).max(bound(&column.max)))
}

/// The digits of a number, and its sign.
fn digits(int: i64) -> u64 {
    int.to_string().len() as u64
}

/// What a text in a column may take, with its quotes.
fn of_text(column: &Field) -> Bytes {
    match &column.max {
        Some(Literal::Int(max)) => {
            let characters = u64::try_from(*max).unwrap_or(0);
            Bytes::AtMost(characters.saturating_mul(CHARACTER).saturating_add(2))
        }
        _ => Bytes::Any,
    }
}

/// What a value of a type may take.
pub(super) fn of_type(world: &World, ty: &Ty) -> Bytes {
    let object = |fields: &mut dyn Iterator<Item = (&str, Option<&Ty>)>| {
        fields.fold(Bytes::AtMost(2), |sum, (name, ty)| {
            let value = ty.map_or(Bytes::Any, |ty| of_type(world, ty));
            sum.and(value).and(Bytes::AtMost(name.len() as u64 + 4))
        })
    };
    match ty {
        Ty::Int | Ty::Time | Ty::Id => Bytes::AtMost(INT),
        Ty::Float => Bytes::AtMost(FLOAT),
        Ty::Bool => Bytes::AtMost(1),
        Ty::Player => Bytes::AtMost(PLAYER),
        Ty::Enum(id) => {
            let variants = world.names.declared_enum(*id).variants.iter();
            let longest = variants.map(|variant| match &variant.number {
                Some(number) => digits(number.value),
                None => variant.name.value.len() as u64 + 2,
            });
            Bytes::AtMost(longest.max().unwrap_or(0))
        }
        Ty::Optional(inner) => of_type(world, inner),
        Ty::Tuple(items) => items.iter().fold(Bytes::AtMost(2), |sum, item| {
            sum.and(of_type(world, item)).and(Bytes::AtMost(1))
        }),
        Ty::Record(fields) => {
            object(&mut fields.iter().map(|(name, ty)| (name.as_str(), Some(ty))))
        }
        Ty::Named(id) => object(
            &mut world.records[id.0]
                .iter()
                .map(|field| (field.name(), field.ty.as_ref())),
        ),
        Ty::Reply(function) => match world.signatures.get(function) {
            Some(signature) => object(
                &mut signature
                    .reply
                    .iter()
                    .map(|(name, ty)| (name.as_str(), ty.as_ref())),
            ),
            None => Bytes::Any,
        },
        Ty::Text | Ty::List(_) | Ty::Map(..) | Ty::Row(_) => Bytes::Any,
    }
}
