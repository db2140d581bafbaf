//! An expression that is written down with as few parentheses as precedence allows is read as the
//! same one.

use proptest::prelude::*;
use xtask::generate::ast::{BinaryOp, Expr, ExprKind, UnaryOp};
use xtask::generate::diagnostic::Diagnostics;
use xtask::generate::expr;
use xtask::generate::source::{FileId, Span, Spanned};
use xtask::generate::yaml::Scalar;

const NOWHERE: Span = Span {
    file: FileId(0),
    start: 0,
    end: 0,
};

const OPERATORS: [(BinaryOp, &str, u8); 13] = [
    (BinaryOp::Or, "or", 1),
    (BinaryOp::And, "and", 2),
    (BinaryOp::Eq, "==", 4),
    (BinaryOp::Ne, "!=", 4),
    (BinaryOp::Lt, "<", 4),
    (BinaryOp::Le, "<=", 4),
    (BinaryOp::Gt, ">", 4),
    (BinaryOp::Ge, ">=", 4),
    (BinaryOp::Add, "+", 5),
    (BinaryOp::Sub, "-", 5),
    (BinaryOp::Mul, "*", 6),
    (BinaryOp::Div, "/", 6),
    (BinaryOp::Rem, "%", 6),
];

fn expr(kind: ExprKind) -> Expr {
    Expr {
        kind,
        span: NOWHERE,
    }
}

fn spanned<T>(value: T) -> Spanned<T> {
    Spanned {
        value,
        span: NOWHERE,
    }
}

/// As a designer would write it, and how tightly it binds: 9 needs no parentheses anywhere.
fn written(e: &Expr) -> (String, u8) {
    let within = |e: &Expr, least: u8| match written(e) {
        (text, binds) if binds >= least => text,
        (text, _) => format!("({text})"),
    };
    let all = |items: &[Expr]| {
        let items: Vec<String> = items.iter().map(|item| within(item, 0)).collect();
        items.join(", ")
    };
    match &e.kind {
        ExprKind::Int(n) => (n.to_string(), if *n < 0 { 7 } else { 8 }),
        ExprKind::Float(x) => (format!("{x:?}"), if *x < 0.0 { 7 } else { 8 }),
        ExprKind::Bool(b) => (b.to_string(), 8),
        ExprKind::Text(t) => (
            format!("\"{}\"", t.replace('\\', "\\\\").replace('"', "\\\"")),
            8,
        ),
        ExprKind::Name(name) => (name.clone(), 9),
        ExprKind::Field(base, name) => (format!("{}.{}", within(base, 9), name.value), 9),
        ExprKind::Index(base, at) => (format!("{}[{}]", within(base, 9), within(at, 0)), 9),
        ExprKind::Call(name, args) => (format!("{}({})", name.value, all(args)), 9),
        ExprKind::Unary(UnaryOp::Neg, a) => (format!("-{}", within(a, 7)), 7),
        ExprKind::Unary(UnaryOp::Not, a) => (format!("not {}", within(a, 3)), 3),
        ExprKind::Binary(a, op, b) => {
            let (_, sign, level) = OPERATORS.iter().find(|o| o.0 == op.value).unwrap();
            // Comparisons do not chain; all others lean to the left.
            let left = if *level == 4 { 5 } else { *level };
            (
                format!("{} {sign} {}", within(a, left), within(b, level + 1)),
                *level,
            )
        }
        ExprKind::If(c, a, b) => (
            format!(
                "if {} {{ {} }} else {{ {} }}",
                within(c, 0),
                within(a, 0),
                within(b, 0)
            ),
            8,
        ),
        ExprKind::List(items) => (format!("[{}]", all(items)), 9),
        ExprKind::Record(fields) => {
            let fields = fields.iter();
            let fields =
                fields.map(|(name, value)| format!("{}: {}", name.value, within(value, 0)));
            (
                format!("{{ {} }}", fields.collect::<Vec<_>>().join(", ")),
                9,
            )
        }
        ExprKind::Error | ExprKind::Holes(_) => unreachable!("none is made"),
    }
}

/// Every part in parentheses, so that two of one shape are the same.
fn shape(e: &Expr) -> String {
    let all = |items: &[Expr]| items.iter().map(shape).collect::<Vec<_>>().join(" ");
    match &e.kind {
        ExprKind::Field(a, name) => format!("(field {} {})", shape(a), name.value),
        ExprKind::Index(a, b) => format!("(index {} {})", shape(a), shape(b)),
        ExprKind::Call(name, args) => format!("(call {} {})", name.value, all(args)),
        ExprKind::Unary(op, a) => format!("({op:?} {})", shape(a)),
        ExprKind::Binary(a, op, b) => format!("({:?} {} {})", op.value, shape(a), shape(b)),
        ExprKind::If(c, a, b) => format!("(if {} {} {})", shape(c), shape(a), shape(b)),
        ExprKind::List(items) => format!("(list {})", all(items)),
        ExprKind::Record(fields) => {
            let fields = fields.iter();
            let fields = fields.map(|(name, value)| format!("({} {})", name.value, shape(value)));
            format!("(record {})", fields.collect::<String>())
        }
        leaf => format!("{leaf:?}"),
    }
}

fn expressions() -> impl Strategy<Value = Expr> {
    let leaf = prop_oneof![
        any::<i64>().prop_map(|n| expr(ExprKind::Int(n))),
        (-1e6..1e6).prop_map(|x: f64| expr(ExprKind::Float((x * 8.0).round() / 8.0))),
        any::<bool>().prop_map(|b| expr(ExprKind::Bool(b))),
        "[ a-z\"\\\\é]{0,6}".prop_map(|t| expr(ExprKind::Text(t))),
        "[x-z][0-9_]{0,2}".prop_map(|n| expr(ExprKind::Name(n))),
    ];
    leaf.prop_recursive(5, 40, 3, |inner| {
        let boxed = || inner.clone().prop_map(Box::new);
        let name = || "[x-z]{1,3}".prop_map(spanned);
        let some = || prop::collection::vec(inner.clone(), 0..3);
        prop_oneof![
            (boxed(), name()).prop_map(|(a, n)| expr(ExprKind::Field(a, n))),
            (boxed(), boxed()).prop_map(|(a, b)| expr(ExprKind::Index(a, b))),
            (name(), some()).prop_map(|(n, args)| expr(ExprKind::Call(n, args))),
            // The sign of a number is part of it.
            boxed()
                .prop_filter("a number", |a| !matches!(
                    a.kind,
                    ExprKind::Int(0..) | ExprKind::Float(_)
                ))
                .prop_map(|a| expr(ExprKind::Unary(UnaryOp::Neg, a))),
            boxed().prop_map(|a| expr(ExprKind::Unary(UnaryOp::Not, a))),
            (boxed(), prop::sample::select(&OPERATORS[..]), boxed())
                .prop_map(|(a, op, b)| expr(ExprKind::Binary(a, spanned(op.0), b))),
            (boxed(), boxed(), boxed()).prop_map(|(c, a, b)| expr(ExprKind::If(c, a, b))),
            some().prop_map(|items| expr(ExprKind::List(items))),
            prop::collection::vec((name(), inner.clone()), 0..3)
                .prop_map(|fields| expr(ExprKind::Record(fields))),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_down_is_read_as_the_same(e in expressions()) {
        let (text, _) = written(&e);
        let scalar = Scalar::whole(FileId(0), &text, 0..text.len());
        let mut diagnostics = Diagnostics::default();
        let read = expr::parse(&scalar, &mut diagnostics);
        prop_assert!(diagnostics.is_empty(), "{text}: {diagnostics:?}");
        prop_assert_eq!(shape(&read), shape(&e), "{}", text);
        prop_assert_eq!(read.span.end as usize, text.len());
    }
}

#[test]
fn precedence_is_that_of_the_language() {
    for (text, shaped) in [
        ("a or b and not c == d", "(Or a (And b (Not (Eq c d))))"),
        (
            "a - b - c * -d % e",
            "(Sub (Sub a b) (Rem (Mul c (Neg d)) e))",
        ),
        ("-x.y[0]", "(Neg (index (field x y) Int(0)))"),
        (
            "if a { b } else if c { d } else { e }",
            "(if a b (if c d e))",
        ),
        ("-9223372036854775808", "Int(-9223372036854775808)"),
    ] {
        let scalar = Scalar::whole(FileId(0), text, 0..text.len());
        let mut diagnostics = Diagnostics::default();
        let read = expr::parse(&scalar, &mut diagnostics);
        assert!(diagnostics.is_empty(), "{text}: {diagnostics:?}");
        let plain = shape(&read).replace("Name(\"", "").replace("\")", "");
        assert_eq!(plain, shaped, "{text}");
    }
}
