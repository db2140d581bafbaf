//! Random expressions of a wanted type, over names that are bound.

use xtask::random::Random;

/// A type of the language that values are made of here.
#[derive(Clone, Debug, PartialEq)]
pub enum Type {
    Int,
    Float,
    Bool,
    Text,
    Time,
    Player,
    /// An enum, by its place in [`super::declare::ENUMS`].
    Enum(usize),
    List(Box<Type>),
    Optional(Box<Type>),
}

/// Variants of the enums, by their place.
pub const VARIANTS: [&[&str]; 2] = [&["none", "self", "iron"], &["owner", "basic", "type"]];

/// A value that an expression can read.
#[derive(Clone, Debug)]
pub struct Known {
    /// As it is written, such as `args.x`.
    pub text: String,
    /// Its type.
    pub ty: Type,
}

impl Type {
    /// As it is declared.
    pub fn word(&self) -> String {
        match self {
            Self::Int => "int".into(),
            Self::Float => "float".into(),
            Self::Bool => "bool".into(),
            Self::Text => "text".into(),
            Self::Time => "time".into(),
            Self::Player => "player".into(),
            Self::Enum(at) => super::declare::ENUMS[*at].into(),
            Self::List(item) => format!("list {}", item.word()),
            Self::Optional(inner) => inner.word(),
        }
    }

    /// One that holds a single value.
    pub fn single(random: &mut Random) -> Self {
        match random.below(9) {
            0 | 1 => Self::Int,
            2 => Self::Float,
            3 => Self::Bool,
            4 | 5 => Self::Text,
            6 => Self::Time,
            7 => Self::Player,
            _ => Self::Enum(random.below(2)),
        }
    }
}

/// An expression of type `ty`, nested at most `depth` times.
pub fn expr(random: &mut Random, known: &[Known], ty: &Type, depth: usize) -> String {
    let fitting: Vec<&Known> = known.iter().filter(|known| known.ty == *ty).collect();
    if !fitting.is_empty() && random.chance(if depth == 0 { 85 } else { 40 }) {
        return random.pick(&fitting).text.clone();
    }
    if depth == 0 {
        return literal(random, ty);
    }
    let inner = depth - 1;
    let of = |random: &mut Random, ty: &Type| expr(random, known, ty, inner);
    if random.chance(10) {
        let optional = Type::Optional(Box::new(ty.clone()));
        if known.iter().any(|known| known.ty == optional) {
            let (a, b) = (of(random, &optional), of(random, ty));
            return format!("default({a}, {b})");
        }
    }
    if random.chance(12) && !matches!(ty, Type::Optional(_)) {
        let (c, a, b) = (of(random, &Type::Bool), of(random, ty), of(random, ty));
        return format!("(if {c} {{ {a} }} else {{ {b} }})");
    }
    match ty {
        Type::Int | Type::Float => number(random, known, ty, inner),
        Type::Bool => condition(random, known, inner),
        Type::Text => match random.below(3) {
            0 => format!("concat({}, {})", of(random, ty), of(random, ty)),
            1 => format!("lower({})", of(random, ty)),
            _ => literal(random, ty),
        },
        Type::Time => match random.below(3) {
            0 => format!("{} + hours({})", of(random, ty), of(random, &Type::Int)),
            1 => format!("now - ({})", of(random, &Type::Int)),
            _ => literal(random, ty),
        },
        Type::List(item) => match random.below(3) {
            0 => format!("[{}, {}]", of(random, item), of(random, item)),
            1 => format!("concat({}, {})", of(random, ty), of(random, ty)),
            _ => literal(random, ty),
        },
        Type::Player | Type::Enum(_) | Type::Optional(_) => literal(random, ty),
    }
}

fn number(random: &mut Random, known: &[Known], ty: &Type, depth: usize) -> String {
    let of = |random: &mut Random, ty: &Type| expr(random, known, ty, depth);
    let list = Type::List(Box::new(Type::Int));
    match random.below(if *ty == Type::Int { 12 } else { 7 }) {
        0..=2 => {
            let sign = *random.pick(&["+", "-", "*"]);
            format!("({} {sign} {})", of(random, ty), of(random, ty))
        }
        3 => format!("-({})", of(random, ty)),
        4 => format!("abs({})", of(random, ty)),
        5 => format!(
            "{}({}, {})",
            random.pick(&["min", "max"]),
            of(random, ty),
            of(random, ty)
        ),
        6 => format!(
            "clamp({}, {}, {})",
            of(random, ty),
            of(random, ty),
            of(random, ty)
        ),
        7 => format!("len({})", of(random, &Type::Text)),
        8 => format!("sum({})", of(random, &list)),
        9 => format!("({} % {})", of(random, ty), of(random, ty)),
        10 => format!(
            "({} - {})",
            of(random, &Type::Time),
            of(random, &Type::Time)
        ),
        _ => format!("len({})", of(random, &Type::List(Box::new(Type::Text)))),
    }
}

fn condition(random: &mut Random, known: &[Known], depth: usize) -> String {
    let of = |random: &mut Random, ty: &Type| expr(random, known, ty, depth);
    match random.below(8) {
        0..=2 => {
            let ty = Type::single(random);
            let signs: &[&str] = match ty {
                Type::Int | Type::Float | Type::Time => &["==", "!=", "<", "<=", ">", ">="],
                _ => &["==", "!="],
            };
            let sign = *random.pick(signs);
            format!("({} {sign} {})", of(random, &ty), of(random, &ty))
        }
        3 => format!("not ({})", of(random, &Type::Bool)),
        4 => format!(
            "({} and {})",
            of(random, &Type::Bool),
            of(random, &Type::Bool)
        ),
        5 => format!(
            "({} or {})",
            of(random, &Type::Bool),
            of(random, &Type::Bool)
        ),
        6 => {
            let item = Type::single(random);
            let list = Type::List(Box::new(item.clone()));
            format!("contains({}, {})", of(random, &list), of(random, &item))
        }
        _ => {
            let optional: Vec<_> = known
                .iter()
                .filter(|known| matches!(known.ty, Type::Optional(_)))
                .collect();
            match optional.as_slice() {
                [] => literal(random, &Type::Bool),
                some => format!("found({})", random.pick(some).text),
            }
        }
    }
}

/// A constant.
pub fn literal(random: &mut Random, ty: &Type) -> String {
    match ty {
        Type::Int => random
            .pick(&["0", "1", "2", "7", "-3", "1000", "9223372036854775807"])
            .to_string(),
        Type::Float => random.pick(&["0.0", "0.5", "-1.5", "100.0"]).to_string(),
        Type::Bool => random.pick(&["true", "false"]).to_string(),
        Type::Text => random
            .pick(&[r#""""#, r#""a""#, r#""{x}""#, r#""it's""#, r#""ü\"\\""#])
            .to_string(),
        Type::Time => "now".into(),
        Type::Player => "caller".into(),
        Type::Enum(at) => format!(
            "{}.{}",
            super::declare::ENUMS[*at],
            random.pick(VARIANTS[*at])
        ),
        Type::List(item) => format!("[{}]", literal(random, item)),
        Type::Optional(inner) => literal(random, inner),
    }
}
