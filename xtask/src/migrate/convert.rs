//! How the values of a column become those of another type.

use std::collections::BTreeMap;

use aliya_macros_core::sql::{Constant, Convert};

use super::snapshot::{Shape, Variants};

/// What becomes of a column's values, and what to say of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Conversion {
    /// What the database does with them.
    pub convert: Convert,
    /// The same in words, after the types: `the same numbers`.
    pub said: String,
}

/// How values of `from` become those of `to`. The error says that nothing does.
pub fn conversion(from: &Shape, to: &Shape) -> Result<Conversion, String> {
    use Shape::{Bool, Enum, Float, Id, Int, Player, Text, Time};
    let (convert, said) = match (from, to) {
        (Int, Time) => (Convert::Same, "each number is milliseconds since 1970 UTC"),
        (Time, Int) => (
            Convert::Same,
            "each becomes its milliseconds since 1970 UTC",
        ),
        (Int, Id) | (Id, Int) => (Convert::Same, "the same numbers"),
        (Int, Float) => (
            Convert::IntToFloat,
            "the same numbers; one beyond 2^53 stops the migration",
        ),
        (Float, Int) => (
            Convert::FloatToInt,
            "the same numbers; one with a fraction stops the migration",
        ),
        (Int | Id, Text) => (Convert::IntToText, "each number becomes its digits"),
        (Bool, Int) => (Convert::BoolToInt, "false becomes 0, true 1"),
        (Int, Bool) => (
            Convert::IntToBool,
            "0 becomes false, 1 true; another number stops the migration",
        ),
        (Text, Player) | (Player, Text) => (Convert::Same, "the same texts"),
        (Enum(Variants::Named(_)), Text) => (Convert::Same, "each becomes its name"),
        (Text, Enum(Variants::Named(_))) => (
            Convert::Same,
            "the same texts; one that is no variant stops the migration",
        ),
        (Enum(Variants::Numbered(_)), Int) => (Convert::Same, "each becomes its number"),
        (Int, Enum(Variants::Numbered(_))) => (
            Convert::Same,
            "the same numbers; one that is no variant stops the migration",
        ),
        (Enum(Variants::Numbered(numbers)), Text) => {
            (Convert::Map(named(numbers)), "each becomes its name")
        }
        (Enum(from), Enum(to)) => return Ok(between(from, to)),
        _ if from.is_json() && to.is_json() && still_reads(from, to) => {
            (Convert::Same, "what is stored reads as before")
        }
        _ => return Err(format!("nothing makes {to} of {from}")),
    };
    Ok(Conversion {
        convert,
        said: said.to_owned(),
    })
}

/// From one enum to another: a variant is known by its name, and by its number where its name has
/// changed.
fn between(from: &Variants, to: &Variants) -> Conversion {
    let of = |convert, said: &str| Conversion {
        convert,
        said: said.to_owned(),
    };
    match (from, to) {
        (Variants::Named(_), Variants::Named(_)) => of(Convert::Same, "the same names"),
        (Variants::Named(names), Variants::Numbered(numbers)) => {
            let pairs = names.iter().filter_map(|name| {
                let number = numbers.get(name)?;
                Some((Constant::Text(name.clone()), Constant::Int(*number)))
            });
            of(
                Convert::Map(pairs.collect()),
                "each name becomes its number",
            )
        }
        (Variants::Numbered(numbers), Variants::Named(names)) => {
            let pairs = named(numbers).into_iter();
            let kept = pairs.filter(|(_, name)| {
                names
                    .iter()
                    .any(|kept| *name == Constant::Text(kept.clone()))
            });
            of(Convert::Map(kept.collect()), "each number becomes its name")
        }
        (Variants::Numbered(before), Variants::Numbered(after)) => {
            let pairs = before.iter().filter_map(|(name, number)| {
                let same_number = after.values().any(|kept| kept == number);
                let now = after
                    .get(name)
                    .copied()
                    .or(same_number.then_some(*number))?;
                Some((*number, now))
            });
            let pairs: Vec<_> = pairs.collect();
            if pairs.iter().all(|(before, after)| before == after) {
                return of(Convert::Same, "the same numbers");
            }
            let pairs = pairs
                .into_iter()
                .map(|(before, after)| (Constant::Int(before), Constant::Int(after)));
            of(
                Convert::Map(pairs.collect()),
                "each number becomes the one that its name has now",
            )
        }
    }
}

fn named(numbers: &BTreeMap<String, i64>) -> Vec<(Constant, Constant)> {
    let pairs = numbers.iter();
    let pairs = pairs.map(|(name, number)| (Constant::Int(*number), Constant::Text(name.clone())));
    pairs.collect()
}

/// Whether what was stored as JSON of one type is of the other, too.
fn still_reads(from: &Shape, to: &Shape) -> bool {
    match (from, to) {
        (Shape::List(from), Shape::List(to)) => still_reads(from, to),
        (Shape::Map(key, value), Shape::Map(to_key, to_value)) => {
            still_reads(key, to_key) && still_reads(value, to_value)
        }
        (Shape::Record(from), Shape::Record(to)) => {
            let find = |name: &String| from.iter().find(|(known, _)| known == name);
            let reads = to.iter().all(|(name, shape)| match find(name) {
                Some((_, before)) => still_reads(before, shape),
                None => matches!(shape, Shape::Optional(_)),
            });
            // What is declared no more would be lost with the next write of the value.
            reads
                && from
                    .iter()
                    .all(|(name, _)| to.iter().any(|(kept, _)| kept == name))
        }
        (Shape::Optional(from), Shape::Optional(to)) => still_reads(from, to),
        (from, Shape::Optional(to)) => still_reads(from, to),
        (Shape::Enum(Variants::Named(from)), Shape::Enum(Variants::Named(to))) => {
            from.iter().all(|name| to.contains(name))
        }
        (Shape::Enum(Variants::Numbered(from)), Shape::Enum(Variants::Numbered(to))) => {
            from.values()
                .all(|number| to.values().any(|kept| kept == number))
                && from
                    .iter()
                    .all(|(name, number)| to.get(name).is_none_or(|now| now == number))
        }
        (from, to) => from == to,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(names: &[&str]) -> Shape {
        let names = names.iter().map(|&name| name.to_owned());
        Shape::Enum(Variants::Named(names.collect()))
    }

    fn numbered(numbers: &[(&str, i64)]) -> Shape {
        let numbers = numbers
            .iter()
            .map(|&(name, number)| (name.to_owned(), number));
        Shape::Enum(Variants::Numbered(numbers.collect()))
    }

    fn map_of(from: &Shape, to: &Shape) -> Vec<(Constant, Constant)> {
        match conversion(from, to).map(|found| found.convert) {
            Ok(Convert::Map(pairs)) => pairs,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_variant_is_known_by_its_name_then_by_its_number() {
        let before = numbered(&[("basic", 0), ("elite", 4), ("officer", 8)]);
        let int = Constant::Int;
        let moved = numbered(&[("basic", 0), ("elite", 5), ("officer", 8)]);
        let pairs = [(int(0), int(0)), (int(4), int(5)), (int(8), int(8))];
        assert_eq!(map_of(&before, &moved), pairs);
        let renamed = numbered(&[("basic", 0), ("veteran", 4), ("officer", 8)]);
        assert_eq!(
            conversion(&before, &renamed).map(|it| it.convert),
            Ok(Convert::Same)
        );
        // A swap is one of numbers, as the names tell.
        let swapped = numbered(&[("basic", 4), ("elite", 0), ("officer", 8)]);
        let pairs = [(int(0), int(4)), (int(4), int(0)), (int(8), int(8))];
        assert_eq!(map_of(&before, &swapped), pairs);
        let text = named(&["elite"]);
        assert_eq!(
            map_of(&before, &text),
            [(int(4), Constant::Text("elite".to_owned()))]
        );
    }

    #[test]
    fn what_is_stored_as_json_must_read_as_before() {
        let list = |shape| Shape::List(Box::new(shape));
        let record = |fields: &[(&str, Shape)]| {
            let fields = fields
                .iter()
                .map(|(name, it)| ((*name).to_owned(), it.clone()));
            Shape::Record(fields.collect())
        };
        let optional = Shape::Optional(Box::new(Shape::Int));
        let (one, two) = (("a", Shape::Int), ("b", optional));
        assert!(conversion(&list(named(&["x"])), &list(named(&["y", "x"]))).is_ok());
        assert!(conversion(&list(named(&["x"])), &list(named(&["y"]))).is_err());
        assert!(conversion(&list(Shape::Int), &list(Shape::Text)).is_err());
        let (small, large) = (record(std::slice::from_ref(&one)), record(&[one, two]));
        assert!(conversion(&small, &large).is_ok());
        assert!(conversion(&large, &small).is_err());
    }

    #[test]
    fn what_cannot_be_converted_is_told() {
        for (from, to) in [
            (Shape::Text, Shape::Int),
            (Shape::Float, Shape::Text),
            (Shape::Time, Shape::Float),
            (Shape::Player, Shape::Int),
            (Shape::Bool, Shape::Text),
        ] {
            assert!(conversion(&from, &to).is_err(), "{from} to {to}");
        }
    }
}
