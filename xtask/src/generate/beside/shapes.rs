//! JSON Schema (2020-12, as OpenAPI 3.1 has it) of args and replies.

use super::json::Json;
use super::words;
use crate::generate::ir::{EnumId, Field, Function, Game, Literal, RecordId, Ty};

/// The longest id of a player, in characters (client protocol).
const PLAYER_MAX_CHARS: i64 = 128;

/// Where a document keeps its schemas.
pub(super) const SCHEMAS: &str = "#/components/schemas/";

/// A function's args, as a request has them: unknown ones are ignored.
pub(super) fn args(game: &Game, function: &Function) -> Json {
    let properties = function.args.iter().map(|arg| {
        let schema = arg_schema(game, arg);
        let schema = schema.with_some("description", arg.doc.as_deref());
        let default = arg.default.as_ref().map(|value| constant(game, value));
        (arg.name.as_str(), schema.with_some("default", default))
    });
    let required = function.args.iter().filter(|arg| {
        let (_, may_be_absent) = words::present(&arg.ty);
        arg.default.is_none() && !may_be_absent
    });
    object(properties, required.map(|arg| arg.name.as_str()))
}

/// A function's reply.
pub(super) fn reply(game: &Game, function: &Function) -> Json {
    record(game, &function.reply)
}

/// An enum, as replies have it.
pub(super) fn an_enum(game: &Game, id: EnumId) -> Json {
    let variants = &game.enums[id.0].variants;
    let numbers: Option<Vec<i64>> = variants.iter().map(|variant| variant.number).collect();
    match numbers {
        Some(numbers) => Json::object([("type", Json::from("integer"))])
            .with("enum", Json::list(numbers))
            .with("description", words::variants(game, id.0)),
        None => {
            let names = variants.iter().map(|variant| variant.name.as_str());
            Json::object([("type", Json::from("string"))]).with("enum", Json::list(names))
        }
    }
}

/// Clients may send numbers and bools as text (client protocol).
fn arg_schema(game: &Game, arg: &Field) -> Json {
    let (ty, _) = words::present(&arg.ty);
    let bound = |bound: &Option<Literal>| bound.as_ref().map(|it| constant(game, it));
    let (min, max) = match ty {
        Ty::Text => ("minLength", "maxLength"),
        Ty::List(_) => ("minItems", "maxItems"),
        _ => ("minimum", "maximum"),
    };
    sent(game, ty)
        .with_some(min, bound(&arg.min))
        .with_some(max, bound(&arg.max))
}

/// A type as a request has it.
fn sent(game: &Game, ty: &Ty) -> Json {
    match ty {
        Ty::Int | Ty::Id => number("integer", "^-?[0-9]{1,19}$").with("format", "int64"),
        Ty::Time => sent(game, &Ty::Int).with("title", TIME),
        Ty::Float => number("number", "^-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?$"),
        Ty::Bool => {
            let texts = ["0", "1", "false", "true", "False", "True"].map(Json::from);
            let values = [true.into(), false.into(), 0.into(), 1.into()];
            let values = values.into_iter().chain(texts);
            Json::object([("enum", Json::List(values.collect()))])
        }
        Ty::Text => text().with("pattern", "^[^\\u0000]*$"),
        Ty::Enum(id) => {
            let numbers = game.enums[id.0]
                .variants
                .iter()
                .map(|variant| variant.number);
            let as_text: Vec<_> = numbers.flatten().map(|it| it.to_string()).collect();
            if as_text.is_empty() {
                return reference(game, *id);
            }
            let as_text = text().with("enum", Json::list(as_text));
            Json::object([("anyOf", Json::List(vec![reference(game, *id), as_text]))])
        }
        Ty::List(item) => list(sent(game, item)),
        Ty::Map(_, item) => map(sent(game, item)),
        Ty::Named(id) => named(game, *id, sent),
        Ty::Player | Ty::Optional(_) | Ty::Row(_) | Ty::Reply(_) | Ty::Record(_) | Ty::Tuple(_) => {
            replied(game, ty)
        }
    }
}

/// What tells a time from another int.
const TIME: &str = "time in milliseconds since 1970 UTC";

/// A type as a reply has it.
fn replied(game: &Game, ty: &Ty) -> Json {
    let simple = |name: &str| Json::object([("type", Json::from(name))]);
    match ty {
        Ty::Int | Ty::Id => simple("integer").with("format", "int64"),
        Ty::Time => replied(game, &Ty::Int).with("title", TIME),
        Ty::Float => simple("number"),
        Ty::Bool => simple("integer").with("enum", Json::list([0, 1])),
        Ty::Text => text(),
        Ty::Player => text()
            .with("minLength", 1)
            .with("maxLength", PLAYER_MAX_CHARS),
        Ty::Enum(id) => reference(game, *id),
        Ty::List(item) => list(replied(game, item)),
        Ty::Optional(inner) => replied(game, inner),
        Ty::Record(fields) => record(game, fields),
        // `[]`: no items of no type.
        Ty::Tuple(items) if items.is_empty() => simple("array").with("maxItems", 0),
        Ty::Tuple(items) => {
            let count = i64::try_from(items.len()).unwrap_or(i64::MAX);
            let items = items.iter().map(|item| replied(game, item));
            simple("array")
                .with("prefixItems", Json::List(items.collect()))
                .with("minItems", count)
                .with("maxItems", count)
        }
        Ty::Reply(id) => reply(game, &game.managers[id.0.0].functions[id.1]),
        Ty::Row(id) => {
            let columns = game.managers[id.0.0].tables[id.1].columns.iter();
            let columns = columns.map(|column| (column.name.clone(), column.ty.clone()));
            record(game, &columns.collect::<Vec<_>>())
        }
        Ty::Map(_, item) => map(replied(game, item)),
        Ty::Named(id) => named(game, *id, replied),
    }
}

/// A record of the game, whose fields are all of the same direction.
fn named(game: &Game, id: RecordId, schema: fn(&Game, &Ty) -> Json) -> Json {
    let fields = &game.records[id.0].fields;
    let properties = fields.iter();
    let properties = properties.map(|field| (field.name.as_str(), schema(game, present(field))));
    let required = fields.iter().filter(|field| !words::present(&field.ty).1);
    object(properties, required.map(|field| field.name.as_str()))
}

fn present(field: &Field) -> &Ty {
    words::present(&field.ty).0
}

/// What is absent is left out.
fn record(game: &Game, fields: &[(String, Ty)]) -> Json {
    let properties = fields.iter();
    let properties = properties.map(|(name, ty)| (name.as_str(), replied(game, ty)));
    let required = fields.iter().filter(|(_, ty)| !words::present(ty).1);
    let schema = object(properties, required.map(|(name, _)| name.as_str()));
    schema.with("additionalProperties", false)
}

fn object<'n>(
    properties: impl Iterator<Item = (&'n str, Json)>,
    required: impl Iterator<Item = &'n str>,
) -> Json {
    let properties = Json::object(properties);
    let required: Vec<_> = required.collect();
    let required = (!required.is_empty()).then(|| Json::list(required));
    Json::object([("type", Json::from("object"))])
        .with("properties", properties)
        .with_some("required", required)
}

fn list(item: Json) -> Json {
    Json::object([("type", Json::from("array"))]).with("items", item)
}

/// An object whose keys are the map's.
fn map(item: Json) -> Json {
    Json::object([("type", Json::from("object"))]).with("additionalProperties", item)
}

fn text() -> Json {
    Json::object([("type", Json::from("string"))])
}

/// A number, or text that is one.
fn number(name: &str, pattern: &str) -> Json {
    let types = Json::list([name, "string"]);
    Json::object([("type", types)]).with("pattern", pattern)
}

fn reference(game: &Game, id: EnumId) -> Json {
    let path = format!("{SCHEMAS}{}", game.enums[id.0].name);
    Json::object([("$ref", Json::from(path))])
}

fn constant(game: &Game, literal: &Literal) -> Json {
    match literal {
        Literal::Int(value) => Json::Int(*value),
        Literal::Float(value) => Json::Float(*value),
        Literal::Bool(value) => Json::Bool(*value),
        Literal::Text(text) => Json::from(text.as_str()),
        Literal::Variant(id, at) => {
            let variant = &game.enums[id.0].variants[*at];
            match variant.number {
                Some(number) => Json::Int(number),
                None => Json::from(variant.name.as_str()),
            }
        }
        Literal::EmptyList => Json::List(Vec::new()),
        Literal::EmptyMap => Json::object(std::iter::empty::<(&str, Json)>()),
    }
}

/// The enums that a function's args and reply name.
pub(super) fn enums_of(game: &Game, function: &Function) -> Vec<EnumId> {
    let mut found = Vec::new();
    let args = function.args.iter().map(|arg| &arg.ty);
    for ty in args.chain(function.reply.iter().map(|(_, ty)| ty)) {
        enums_in(game, ty, &mut found);
    }
    found
}

fn enums_in(game: &Game, ty: &Ty, found: &mut Vec<EnumId>) {
    match ty {
        Ty::Enum(id) => found.push(*id),
        Ty::List(inner) | Ty::Optional(inner) => enums_in(game, inner, found),
        Ty::Map(_, item) => enums_in(game, item, found),
        Ty::Named(id) => {
            let fields = game.records[id.0].fields.iter();
            fields.for_each(|field| enums_in(game, &field.ty, found));
        }
        Ty::Record(fields) => fields.iter().for_each(|(_, ty)| enums_in(game, ty, found)),
        Ty::Tuple(items) => items.iter().for_each(|ty| enums_in(game, ty, found)),
        Ty::Row(id) => {
            let columns = &game.managers[id.0.0].tables[id.1].columns;
            columns
                .iter()
                .for_each(|column| enums_in(game, &column.ty, found));
        }
        Ty::Reply(id) => found.extend(enums_of(game, &game.managers[id.0.0].functions[id.1])),
        Ty::Int | Ty::Float | Ty::Bool | Ty::Text | Ty::Time | Ty::Player | Ty::Id => {}
    }
}
