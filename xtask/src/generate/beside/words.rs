//! Types and bounds in the words of the documentation.

use crate::generate::ir::{Access, Calendar, Field, FunctionId, Game, Literal, Per, Runs, Ty};

/// Who may call a function.
pub(super) fn access(access: Access) -> &'static str {
    match access {
        Access::Player => "player",
        Access::Public => "public",
        Access::Internal => "internal",
        Access::Admin => "admin",
    }
}

/// When a function runs by itself.
pub(super) fn runs(game: &Game, runs: &Runs) -> String {
    match runs {
        Runs::PlayerCreated => "when a player is created".to_owned(),
        Runs::After(FunctionId(manager, function)) => {
            let manager = &game.managers[manager.0];
            let function = &manager.functions[*function].name;
            format!("after each success of {}.{function}", manager.name)
        }
        Runs::Every(Per::Calendar(calendar)) => {
            let word = Calendar::ALL.iter().find(|(_, it)| it == calendar);
            format!("every {}", word.map_or("", |(word, _)| word))
        }
        Runs::Every(Per::Ms(ms)) => {
            let units = [(86_400_000, "d"), (3_600_000, "h"), (60_000, "m")];
            let unit = units.into_iter().find(|(unit_ms, _)| ms % unit_ms == 0);
            let (unit_ms, unit) = unit.unwrap_or((1_000, "s"));
            format!("every {}{unit}", ms / unit_ms)
        }
    }
}

/// A type, as a designer writes it, or as it travels where it cannot be written.
pub(super) fn ty(game: &Game, ty: &Ty) -> String {
    match ty {
        Ty::Int => "int".to_owned(),
        Ty::Float => "float".to_owned(),
        Ty::Bool => "bool".to_owned(),
        Ty::Text => "text".to_owned(),
        Ty::Time => "time".to_owned(),
        Ty::Player => "player".to_owned(),
        Ty::Id => "id".to_owned(),
        Ty::Enum(id) => game.enums[id.0].name.clone(),
        Ty::List(item) => format!("list {}", self::ty(game, item)),
        Ty::Optional(inner) => self::ty(game, inner),
        Ty::Row(table) => format!("row of {}", game.managers[table.0.0].tables[table.1].name),
        Ty::Reply(id) => {
            let name = &game.managers[id.0.0].functions[id.1].name;
            format!("reply of {name}")
        }
        Ty::Record(fields) => {
            let field = |(name, ty): &(String, Ty)| format!("{name}: {}", self::ty(game, ty));
            let fields: Vec<_> = fields.iter().map(field).collect();
            format!("{{ {} }}", fields.join(", "))
        }
        Ty::Tuple(items) => {
            let items: Vec<_> = items.iter().map(|item| self::ty(game, item)).collect();
            format!("[{}]", items.join(", "))
        }
        Ty::Named(id) => game.records[id.0].name.clone(),
        Ty::Map(key, value) => {
            let [key, value] = [key, value].map(|ty| self::ty(game, ty));
            format!("map {key} {value}")
        }
    }
}

/// A type without what may wrap it, and whether it may be absent.
pub(super) fn present(ty: &Ty) -> (&Ty, bool) {
    match ty {
        Ty::Optional(inner) => (inner, true),
        other => (other, false),
    }
}

/// What an arg may be: `1 to 32 characters`, `at least 1`, `iron, coin`; empty where anything.
pub(super) fn range(game: &Game, field: &Field) -> String {
    let (ty, _) = present(&field.ty);
    let bound = |bound: &Option<Literal>| bound.as_ref().map(|it| literal(game, it));
    let counted = match ty {
        Ty::Text => " characters",
        Ty::List(_) => " items",
        Ty::Map(..) => " entries",
        _ => "",
    };
    match (bound(&field.min), bound(&field.max)) {
        (Some(min), Some(max)) => format!("{min} to {max}{counted}"),
        (Some(min), None) => format!("at least {min}{counted}"),
        (None, Some(max)) => format!("at most {max}{counted}"),
        (None, None) => match ty {
            Ty::Enum(id) => variants(game, id.0),
            Ty::Time => "milliseconds since 1970 UTC".to_owned(),
            Ty::Player => "1 to 128 characters".to_owned(),
            _ => String::new(),
        },
    }
}

/// The values of an enum, as they travel.
pub(super) fn variants(game: &Game, at: usize) -> String {
    let variants = game.enums[at].variants.iter();
    let variant = variants.map(|variant| match variant.number {
        Some(number) => format!("{number} ({})", variant.name),
        None => variant.name.clone(),
    });
    variant.collect::<Vec<_>>().join(", ")
}

/// A constant, as it travels.
pub(super) fn literal(game: &Game, literal: &Literal) -> String {
    match literal {
        Literal::Int(value) => value.to_string(),
        Literal::Float(value) => format!("{value:?}"),
        Literal::Bool(value) => value.to_string(),
        Literal::Text(text) => format!("{text:?}"),
        Literal::Variant(id, at) => {
            let variant = &game.enums[id.0].variants[*at];
            let number = variant.number.map(|number| number.to_string());
            number.unwrap_or_else(|| variant.name.clone())
        }
        Literal::EmptyList => "[]".to_owned(),
        Literal::EmptyMap => "{}".to_owned(),
    }
}
