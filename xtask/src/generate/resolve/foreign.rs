//! Functions of other languages that designers reach for, and what there is in their place.

/// What to write instead of a call of that name.
pub(super) fn instead(name: &str) -> Option<&'static str> {
    let name = name.to_ascii_lowercase();
    Some(match name.as_str() {
        "round" | "floor" | "ceil" | "ceiling" | "trunc" | "truncate" | "int" | "to_int"
        | "integer" => {
            "of floats none is made an int: multiply and divide ints, as in `x * 3 / 2`, which is the floor"
        }
        "sqrt" | "pow" | "power" | "exp" | "log" | "ln" => {
            "powers, roots and logarithms stand in a balance table, as in `tier(config.levels, x)`"
        }
        "float" | "to_float" => "an int becomes a float where one is wanted: write `x * 1.0`",
        "length" | "size" | "count" => {
            "write `len(list)`; rows of the database are counted by a `count` step"
        }
        "avg" | "average" | "mean" => "write `sum(list) / len(list)`",
        "rand" | "randint" | "randrange" | "rnd" | "dice" => {
            "write `random(1, 6)`, or `chance(0.3)`"
        }
        "upper" | "uppercase" | "toupper" => {
            "only `lower(text)` is there: compare texts in small letters"
        }
        "lowercase" | "tolower" => "write `lower(text)`",
        "str" | "string" | "to_string" | "tostring" | "text" | "format" => {
            "write `{ text: \"...{x}...\" }`, a text with holes"
        }
        "join" | "append" | "push" | "add" => "write `concat(a, b)`, of texts or of lists",
        "includes" | "has" | "exists" | "in" | "any" => "write `contains(list, x)`",
        "isset" | "is_null" | "isnull" | "defined" | "present" => "write `found(x)`",
        "coalesce" | "ifnull" | "nvl" | "or_else" => "write `default(x, instead)`",
        "iif" | "when" | "case" => "write `if c { a } else { b }`",
        "today" => "write `start_of(day, now)`, or `day_of(now)`",
        "time" | "timestamp" | "datetime" => "write `now`, or `date(\"2026-11-29\")`",
        "values" => "go through the map: `for: x, k in map`",
        "sign" => "write `if x < 0 { -1 } else { 1 }`",
        _ => return None,
    })
}
