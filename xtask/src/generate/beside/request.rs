//! A request that a function takes, from the types and bounds of its args: always the same one.

use super::json::Json;
use super::samples::Sample;
use super::words::present;
use crate::generate::ir::{Field, Function, Game, Literal, Ty};

/// A time of 2026, in milliseconds since 1970.
const A_TIME_MS: i64 = 1_790_000_000_000;

/// A player who is not the caller.
const ANOTHER_PLAYER: &str = "bob";

/// The args of a function's sample: the recorded ones, or those that follow from their types.
pub(super) fn args(game: &Game, function: &Function, sample: Option<&Sample>) -> Json {
    let recorded = sample.and_then(|sample| sample.args.clone());
    recorded.unwrap_or_else(|| {
        let args = function.args.iter();
        Json::object(args.map(|arg| (arg.name.as_str(), of_arg(game, arg))))
    })
}

fn of_arg(game: &Game, arg: &Field) -> Json {
    match present(&arg.ty).0 {
        Ty::Int | Ty::Id => Json::Int(within(arg, 1)),
        Ty::Time => Json::Int(within(arg, A_TIME_MS)),
        Ty::Float => Json::Float(float_within(arg)),
        Ty::Text => Json::Text(text(arg)),
        Ty::List(item) => {
            let item = item_of(game, item);
            let count = usize::try_from(within(arg, 1)).unwrap_or(0);
            Json::List(vec![item; count])
        }
        other => item_of(game, other),
    }
}

/// A value of a type without bounds.
fn item_of(game: &Game, ty: &Ty) -> Json {
    match ty {
        Ty::Int | Ty::Id => Json::Int(1),
        Ty::Float => Json::Float(1.0),
        Ty::Bool => Json::Bool(true),
        Ty::Text => Json::from("text"),
        Ty::Time => Json::Int(A_TIME_MS),
        Ty::Player => Json::from(ANOTHER_PLAYER),
        Ty::Enum(id) => {
            let first = game.enums[id.0].variants.first();
            let first = first.expect("an enum has variants");
            match first.number {
                Some(number) => Json::Int(number),
                None => Json::from(first.name.as_str()),
            }
        }
        Ty::List(item) => Json::List(vec![item_of(game, item)]),
        Ty::Optional(inner) => item_of(game, inner),
        Ty::Record(fields) => {
            let fields = fields.iter();
            Json::object(fields.map(|(name, ty)| (name.as_str(), item_of(game, ty))))
        }
        Ty::Tuple(items) => Json::List(items.iter().map(|ty| item_of(game, ty)).collect()),
        Ty::Named(id) => {
            let fields = game.records[id.0].fields.iter();
            Json::object(fields.map(|field| (field.name.as_str(), item_of(game, &field.ty))))
        }
        Ty::Map(key, value) => {
            let key = match item_of(game, key) {
                Json::Text(text) => text,
                other => other.to_string(),
            };
            Json::object([(key, item_of(game, value))])
        }
        Ty::Row(_) | Ty::Reply(_) => unreachable!("{ty:?} is no arg"),
    }
}

/// The number of an arg's bounds that is nearest to `wanted`.
fn within(arg: &Field, wanted: i64) -> i64 {
    let bound = |bound: &Option<Literal>, otherwise| match bound {
        Some(Literal::Int(value)) => *value,
        _ => otherwise,
    };
    let wanted = wanted.min(bound(&arg.max, i64::MAX));
    wanted.max(bound(&arg.min, i64::MIN))
}

fn float_within(arg: &Field) -> f64 {
    let bound = |bound: &Option<Literal>, otherwise| match bound {
        Some(Literal::Float(value)) => *value,
        #[allow(clippy::cast_precision_loss)]
        Some(Literal::Int(value)) => *value as f64,
        _ => otherwise,
    };
    let wanted = 1.0_f64.min(bound(&arg.max, f64::MAX));
    wanted.max(bound(&arg.min, f64::MIN))
}

/// The arg's name and a 1, as often or as much of it as the bounds want.
fn text(arg: &Field) -> String {
    let whole = format!("{}1", arg.name);
    let wanted = i64::try_from(whole.len()).unwrap_or(i64::MAX);
    let length = usize::try_from(within(arg, wanted)).unwrap_or(0);
    whole.chars().cycle().take(length).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(ty: Ty, min: Option<i64>, max: Option<i64>) -> String {
        let game = Game {
            name: "small".to_owned(),
            time_zone: "UTC".to_owned(),
            enums: Vec::new(),
            managers: Vec::new(),
            records: Vec::new(),
            config: Vec::new(),
            formulas: Vec::new(),
        };
        let arg = Field {
            name: "of".to_owned(),
            ty,
            default: None,
            min: min.map(Literal::Int),
            max: max.map(Literal::Int),
            doc: None,
        };
        of_arg(&game, &arg).to_string()
    }

    #[test]
    fn values_keep_their_bounds() {
        assert_eq!(of(Ty::Int, None, None), "1");
        assert_eq!(of(Ty::Int, Some(5), Some(9)), "5");
        assert_eq!(of(Ty::Int, None, Some(-2)), "-2");
        assert_eq!(of(Ty::Float, Some(2), None), "2.0");
        assert_eq!(of(Ty::Text, None, None), "\"of1\"");
        assert_eq!(of(Ty::Text, None, Some(2)), "\"of\"");
        assert_eq!(of(Ty::Text, Some(5), Some(9)), "\"of1of\"");
        assert_eq!(
            of(Ty::List(Box::new(Ty::Bool)), Some(2), None),
            "[true, true]"
        );
        assert_eq!(of(Ty::List(Box::new(Ty::Bool)), None, Some(0)), "[]");
        assert_eq!(of(Ty::Optional(Box::new(Ty::Int)), Some(3), None), "3");
    }
}
