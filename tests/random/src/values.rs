//! Constants: what docs say, defaults, and the values of balance tables.

use crate::choices::Choices;
use crate::model::{Config, Field, Ty};
use crate::world::World;
use crate::yaml::{Node, map, scalar};

/// Texts that somebody may write, the plain ones first.
const TEXTS: &[&str] = &[
    "a",
    "bob",
    "ann",
    "x y",
    "",
    "It's \"new\"",
    "{",
    "a\\b",
    "ünï",
    "日本",
    "🎲",
    "%s $1 ?1",
    "-- ;",
    "/* */",
    "'",
    "e\u{301}",
    "A",
];

/// Documentation that somebody may write.
const DOCS: &[&str] = &[
    "What it is.",
    "Two lines,\nof which this is the second.",
    "`code` and [a link](nowhere) */ /* \" \\ {}",
    "Ünïcödé 日本 🎲 — fine.",
    "# Not a heading\n\n    not a block\n```\nnor this",
    "ends in a backslash \\",
];

/// What something is for, to its declaration, or nothing.
pub fn doc(c: &mut Choices, node: &mut Node) {
    if c.chance(25) {
        node.push("doc", scalar(*c.pick(DOCS)));
    }
}

/// A message of an error or outcome.
pub fn message(c: &mut Choices) -> Node {
    scalar(*c.pick(&["not so", "it's \"full\"", "日本 🎲", "100 % {}", "\\"]))
}

/// A text of so many characters.
pub fn text(c: &mut Choices, min: Option<i64>, max: Option<i64>) -> String {
    let length = |text: &str| i64::try_from(text.chars().count()).expect("a short text");
    let fits = |text: &&&str| {
        min.is_none_or(|min| length(text) >= min) && max.is_none_or(|max| length(text) <= max)
    };
    let fitting: Vec<_> = TEXTS.iter().filter(fits).collect();
    (**c.pick(&fitting)).to_owned()
}

/// An int within bounds.
pub fn int(c: &mut Choices, min: Option<i64>, max: Option<i64>) -> i64 {
    const INTS: &[i64] = &[
        0,
        1,
        2,
        3,
        5,
        10,
        7,
        -1,
        100,
        1000,
        -3,
        86_400_000,
        i64::MAX,
        i64::MIN + 1,
    ];
    let fits = |n: &&i64| min.is_none_or(|min| **n >= min) && max.is_none_or(|max| **n <= max);
    let fitting: Vec<i64> = INTS.iter().filter(fits).copied().collect();
    match fitting.as_slice() {
        [] => min.or(max).unwrap_or_default(),
        some => *c.pick(some),
    }
}

/// A float within bounds.
pub fn float(c: &mut Choices, min: Option<i64>, max: Option<i64>) -> String {
    const FLOATS: &[(i64, &str)] = &[
        (1, "1.0"),
        (0, "0.5"),
        (2, "2.25"),
        (-1, "-0.75"),
        (10, "10.0"),
        (100, "100.125"),
    ];
    let fits = |(whole, _): &&(i64, &str)| {
        min.is_none_or(|min| *whole >= min) && max.is_none_or(|max| *whole < max)
    };
    let fitting: Vec<_> = FLOATS.iter().filter(fits).collect();
    match fitting.as_slice() {
        [] => format!("{}.0", min.or(max).unwrap_or_default()),
        some => c.pick(some).1.to_owned(),
    }
}

/// A default of a column or arg.
pub fn default(c: &mut Choices, world: &World, field: &Field) -> Node {
    scalar(match &field.ty {
        Ty::Int | Ty::Id => int(c, field.min, field.max).to_string(),
        Ty::Float => float(c, field.min, field.max),
        Ty::Bool => c.pick(&["false", "true"]).to_string(),
        // What YAML would take for a mapping or list cannot begin a text without more quotes.
        Ty::Text => text(c, field.min, field.max),
        Ty::Time => c.pick(&["0", "hours(2) + 1", "1790000000000"]).to_string(),
        Ty::Player => "\"ann\"".to_owned(),
        Ty::Enum(at) => c.pick(&world.enums[*at].variants).clone(),
        Ty::Record(_) => panic!("a record has no default"),
        Ty::List(_) => return Node::List(Vec::new()),
        Ty::Map(..) => return map::<&str>([]),
    })
}

/// The values of a balance table.
pub fn config(c: &mut Choices, world: &World, config: &Config) -> Node {
    match &config.ty {
        Some(ty) => value(c, world, ty),
        None => fields(c, world, &config.fields),
    }
}

fn fields(c: &mut Choices, world: &World, fields: &[Field]) -> Node {
    let mut node = map::<&str>([]);
    for field in fields {
        if !field.optional || c.chance(50) {
            node.push(&field.name, value(c, world, &field.ty));
        }
    }
    node
}

/// A value in the file of a balance table.
fn value(c: &mut Choices, world: &World, ty: &Ty) -> Node {
    match ty {
        Ty::Int | Ty::Id => scalar(int(c, None, None).to_string()),
        Ty::Float => scalar(float(c, None, None)),
        Ty::Bool => scalar(*c.pick(&["true", "false"])),
        Ty::Text => scalar(text(c, None, None)),
        Ty::Player => scalar(*c.pick(&["ann", "bob"])),
        Ty::Time => scalar("1790000000000"),
        Ty::Enum(at) => scalar(c.pick(&world.enums[*at].variants)),
        Ty::Record(at) => fields(c, world, &world.records[*at].fields),
        Ty::List(item) => {
            let items = 0..c.below(4);
            Node::List(items.map(|_| value(c, world, item)).collect())
        }
        Ty::Map(key, of) => {
            let mut node = map::<&str>([]);
            for at in 0..c.below(3) {
                let key = match &**key {
                    Ty::Text => ["a", "x y", "日本"][at].to_owned(),
                    Ty::Player => ["ann", "bob", "cid"][at].to_owned(),
                    Ty::Enum(it) => match world.enums[*it].variants.get(at) {
                        Some(variant) => variant.clone(),
                        None => break,
                    },
                    _ => at.to_string(),
                };
                node.push(key, value(c, world, of));
            }
            node
        }
    }
}
