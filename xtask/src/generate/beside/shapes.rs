//! JSON Schema (2020-12, as OpenAPI 3.1 has it) of args and replies.

use std::collections::BTreeMap;

use super::json::Json;
use super::words;
use crate::generate::ir::{EnumId, Field, Function, Game, Literal, Ty};

/// The longest id of a player, in characters (client protocol).
const PLAYER_MAX_CHARS: i64 = 128;

/// Where a document keeps its schemas.
pub(super) const SCHEMAS: &str = "#/components/schemas/";

/// A function's args, as a request has them: unknown ones are ignored.
pub(super) fn args(game: &Game, function: &Function) -> Json {
    fields_sent(game, &function.args)
}

fn fields_sent(game: &Game, args: &[Field]) -> Json {
    let properties = args.iter().map(|arg| {
        let schema = arg_schema(game, arg);
        let schema = schema.with_some("description", arg.doc.as_deref());
        let default = arg.default.as_ref().map(|value| constant(game, value));
        (arg.name.as_str(), schema.with_some("default", default))
    });
    let required = args.iter().filter(|arg| {
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
fn an_enum(game: &Game, id: EnumId) -> Json {
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
        Ty::Map(..) => ("minProperties", "maxProperties"),
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
        Ty::Named(id) => named(&sent_name(&game.records[id.0].name)),
        Ty::Map(key, value) => map(game, key, sent(game, value)),
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
        Ty::Named(id) => named(&game.records[id.0].name),
        Ty::Map(key, value) => map(game, key, replied(game, value)),
        Ty::Reply(id) => reply(game, &game.managers[id.0.0].functions[id.1]),
        Ty::Row(id) => {
            let columns = game.managers[id.0.0].tables[id.1].columns.iter();
            let columns = columns.map(|column| (column.name.clone(), column.ty.clone()));
            record(game, &columns.collect::<Vec<_>>())
        }
    }
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

/// An object of any keys: texts, also where the map's are numbers.
fn map(game: &Game, key: &Ty, value: Json) -> Json {
    let number = || Json::object([("pattern", Json::from("^-?[0-9]{1,19}$"))]);
    let names = match key {
        Ty::Int | Ty::Id | Ty::Time => Some(number()),
        Ty::Enum(id) => {
            let variants = game.enums[id.0].variants.iter();
            let names = variants.map(|variant| match variant.number {
                Some(number) => number.to_string(),
                None => variant.name.clone(),
            });
            Some(Json::object([("enum", Json::list(names))]))
        }
        _ => None,
    };
    Json::object([("type", Json::from("object"))])
        .with_some("propertyNames", names)
        .with("additionalProperties", value)
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
    named(&game.enums[id.0].name)
}

fn named(name: &str) -> Json {
    Json::object([("$ref", Json::from(format!("{SCHEMAS}{name}")))])
}

/// The schema of a record in requests: no name of the game's, those have no point.
fn sent_name(record: &str) -> String {
    format!("{record}.sent")
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
        Literal::EmptyMap => Json::Object(Vec::new()),
    }
}

/// The schemas that those of a function name, by name.
pub(super) fn components(game: &Game, function: &Function, found: &mut BTreeMap<String, Json>) {
    let args = function.args.iter().map(|arg| &arg.ty);
    let reply = function.reply.iter().map(|(_, ty)| ty);
    for ty in args.chain(reply) {
        components_of(game, ty, found);
    }
}

fn components_of(game: &Game, ty: &Ty, found: &mut BTreeMap<String, Json>) {
    match ty {
        Ty::Enum(id) => {
            let name = &game.enums[id.0].name;
            if !found.contains_key(name) {
                found.insert(name.clone(), an_enum(game, *id));
            }
        }
        Ty::Named(id) => {
            let declared = &game.records[id.0];
            if found.contains_key(&declared.name) {
                return;
            }
            let fields = declared.fields.iter();
            let fields: Vec<_> = fields
                .map(|field| (field.name.clone(), field.ty.clone()))
                .collect();
            found.insert(declared.name.clone(), record(game, &fields));
            found.insert(
                sent_name(&declared.name),
                fields_sent(game, &declared.fields),
            );
            let types = fields.iter();
            types.for_each(|(_, ty)| components_of(game, ty, found));
        }
        Ty::List(inner) | Ty::Optional(inner) => components_of(game, inner, found),
        Ty::Map(key, value) => {
            components_of(game, key, found);
            components_of(game, value, found);
        }
        Ty::Record(fields) => {
            let types = fields.iter();
            types.for_each(|(_, ty)| components_of(game, ty, found));
        }
        Ty::Tuple(items) => items.iter().for_each(|ty| components_of(game, ty, found)),
        Ty::Row(id) => {
            let columns = game.managers[id.0.0].tables[id.1].columns.iter();
            columns.for_each(|column| components_of(game, &column.ty, found));
        }
        Ty::Reply(id) => components(game, &game.managers[id.0.0].functions[id.1], found),
        Ty::Int | Ty::Float | Ty::Bool | Ty::Text | Ty::Time | Ty::Player | Ty::Id => {}
    }
}
