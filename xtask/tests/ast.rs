//! What the front makes of a declaration: its parts, their places, and what stands for a part that
//! was reported.

use std::path::Path;

use xtask::generate::ast::{
    Access, CallElse, Comparison, Duplicate, Expr, ExprKind, Function, Missing, StepKind, Template,
};
use xtask::generate::load::{Loaded, load_text};
use xtask::generate::source::Span;

const BAG: &str = r#"game: aliya
time_zone: Asia/Shanghai
enums:
  supply_kind: [iron, coin]
  family_rank: { basic: 0, owner: 10 }
errors:
  unlucky: [30, no luck today]
managers:
  bag:
    doc: Everything a player carries.
    port: 8082
    tables:
      supply:
        columns:
          player: player
          item:   supply_kind
          name:   { type: text, max: 32, default: "" }
          amount: { type: int, min: -3, default: 0, index: true }
          notes:  { type: list  int, default: [], optional: true }
        key: [player, item]
        index: [[item, amount]]
        unique: [[name]]
    functions:
      spend:
        access: internal
        undone_by: shop.add
        args: { item: supply_kind, amount: { type: int, min: 1 } }
        errors: { few: [2, "too few, sorry"] }
        outcomes: { held: [1, held already] }
        steps:
          - get: supply
            where: { player: caller, item: args.item }
            or: default
            as: s
          - select: supply
            where: { player: caller, amount: { ge: 1, between: [1, "s.amount"] }, item: { in: [iron, coin] } }
            order: [-amount, item]
            first: 10
            as: rows
          - if: s.amount < args.amount
            then:
              - require: false
                else: few
                data: { left: s.amount }
            else:
              - let: { left: 'if s.name == "x" { 1 } else { s.amount }' }
          - call: shop.add
            with: { item: iron }
            else: { gone: few }
            as: got
          - insert: supply
            set: { player: caller, item: coin }
            or: ignore
          - save: s
            set: { amount: s.amount - args.amount }
          - return: { all: { each: r, i in rows, if: i > 0, give: [r.item, i] }, left: got.left }
            outcome: held
"#;

fn read(text: &str) -> Loaded {
    load_text(Path::new("no_such_folder/managers.yaml"), text)
}

fn function(loaded: &Loaded) -> &Function {
    &loaded.documents[0].1.managers[0].functions[0]
}

/// What is written at a span.
fn at(loaded: &Loaded, span: Span) -> &str {
    loaded.sources.text(span)
}

#[test]
fn enums_errors_and_tables() {
    let loaded = read(BAG);
    assert_eq!(loaded.diagnostics.render(&loaded.sources, false), "");
    let document = &loaded.documents[0].1;
    assert_eq!(document.time_zone.as_ref().unwrap().value, "Asia/Shanghai");
    assert_eq!(document.errors[0].status.value, 30);
    assert_eq!(document.enums[0].variants[1].name.value, "coin");
    let owner = &document.enums[1].variants[1];
    assert_eq!(owner.number.as_ref().unwrap().value, 10);

    let manager = &document.managers[0];
    assert_eq!(manager.port.as_ref().unwrap().value, 8082);
    let table = &manager.tables[0];
    let [_, item, name, amount, notes] = table.columns.as_slice() else {
        panic!("{table:?}");
    };
    assert_eq!(item.field.ty.value, "supply_kind");
    assert_eq!(name.field.max.as_ref().unwrap().text, "32");
    let default = name.field.default.as_ref().unwrap();
    assert_eq!(default.kind, ExprKind::Text(String::new()));
    assert_eq!(amount.field.min.as_ref().unwrap().text, "-3");
    assert_eq!(at(&loaded, amount.index.unwrap()), "true");
    assert_eq!(notes.field.ty.value, "list int");
    assert_eq!(
        notes.field.default.as_ref().unwrap().kind,
        ExprKind::List(vec![])
    );
    assert!(notes.field.optional);
    assert_eq!(at(&loaded, table.index[0].span), "[item, amount]");
    assert_eq!(table.unique[0].value[0].value, "name");
    assert_eq!(table.key.len(), 2);
}

#[test]
fn a_function_and_its_steps() {
    let loaded = read(BAG);
    let function = function(&loaded);
    assert_eq!(function.access, Access::Internal);
    assert_eq!(function.undone_by.as_ref().unwrap().value, "shop.add");
    assert_eq!(function.errors[0].message.value, "too few, sorry");
    assert_eq!(function.outcomes[0].name.value, "held");
    let words: Vec<&str> = function
        .steps
        .iter()
        .map(|step| at(&loaded, step.keyword))
        .collect();
    assert_eq!(
        words,
        ["get", "select", "if", "call", "insert", "save", "return"]
    );

    let StepKind::Get {
        missing, filter, ..
    } = &function.steps[0].kind
    else {
        panic!();
    };
    assert!(matches!(missing, Missing::Default(span) if at(&loaded, *span) == "default"));
    assert_eq!(at(&loaded, filter[1].value.span), "args.item");

    let StepKind::Select { filter, order, .. } = &function.steps[1].kind else {
        panic!();
    };
    let comparisons: Vec<_> = filter.iter().map(|f| f.comparison).collect();
    assert_eq!(
        comparisons,
        [
            Comparison::Eq,
            Comparison::Ge,
            Comparison::Between,
            Comparison::In
        ]
    );
    let upper = filter[2].upper.as_ref().unwrap();
    assert_eq!(at(&loaded, upper.span), "s.amount");
    assert!(order[0].descending && !order[1].descending);
    assert_eq!(at(&loaded, order[0].column.span), "amount");

    let StepKind::If {
        then, otherwise, ..
    } = &function.steps[2].kind
    else {
        panic!();
    };
    assert!(matches!(
        &then[0].kind,
        StepKind::Require { error: Some(error), data: Some(Template::Record(..)), .. }
            if error.value == "few"
    ));
    let StepKind::Let(bindings) = &otherwise[0].kind else {
        panic!();
    };
    let ExprKind::If(condition, ..) = &bindings[0].value.kind else {
        panic!();
    };
    assert_eq!(at(&loaded, condition.span), r#"s.name == "x""#);
}

#[test]
fn calls_writes_and_the_reply() {
    let loaded = read(BAG);
    let [.., call, insert, _, give] = function(&loaded).steps.as_slice() else {
        panic!();
    };
    assert!(matches!(
        &call.kind,
        StepKind::Call { otherwise: CallElse::Each(each), bind: Some(_), .. }
            if each[0].0.value == "gone" && each[0].1.value == "few"
    ));
    assert!(matches!(
        &insert.kind,
        StepKind::Insert {
            duplicate: Duplicate::Ignore(_),
            bind: None,
            ..
        }
    ));
    let StepKind::Return {
        data: Template::Record(fields, _),
        outcome: Some(_),
    } = &give.kind
    else {
        panic!();
    };
    let Template::Each {
        item,
        index: Some(index),
        list,
        condition: Some(_),
        give,
        ..
    } = &fields[0].1
    else {
        panic!();
    };
    assert_eq!((item.value.as_str(), index.value.as_str()), ("r", "i"));
    assert_eq!(at(&loaded, list.span), "rows");
    assert!(matches!(&**give, Template::Tuple(items, _) if items.len() == 2));
}

/// The names and values of a function's `let` steps.
fn bindings(function: &Function) -> Vec<(&str, &Expr)> {
    let lets = function.steps.iter().filter_map(|step| match &step.kind {
        StepKind::Let(assigns) => Some(assigns),
        _ => None,
    });
    lets.flatten()
        .map(|assign| (assign.name.value.as_str(), &assign.value))
        .collect()
}

#[test]
fn a_reported_step_binds_its_name_to_what_fits_everywhere() {
    let text = BAG
        .replace("- get: supply", "- gett: supply")
        .replace("- call: shop.add", "- rank: supply")
        .replace("- return:", "- retrun:");
    let loaded = read(&text);
    let errors: Vec<_> = loaded.diagnostics.iter().map(|d| d.code.as_str()).collect();
    assert_eq!(errors, ["A0208", "A0201", "A0201", "A0208"]);
    let last = function(&loaded).steps.last().unwrap();
    assert!(matches!(last.kind, StepKind::Return { .. }));
    let names: Vec<_> = bindings(function(&loaded));
    assert_eq!(names.len(), 2);
    for (name, value) in names {
        assert!(["s", "got"].contains(&name));
        assert_eq!(value.kind, ExprKind::Error);
    }
}

#[test]
fn a_function_without_steps_and_a_field_without_type_stand_all_the_same() {
    let loaded =
        read("game: a\nmanagers: { m: { port: 1, functions: { f: { args: { x: map int } } } } }\n");
    let function = function(&loaded);
    assert_eq!(function.args[0].ty.value, "");
    assert!(matches!(
        function.steps[0].kind,
        StepKind::Return {
            data: Template::Leaf(Expr {
                kind: ExprKind::Error,
                ..
            }),
            ..
        }
    ));
    assert_eq!(loaded.diagnostics.count(), (2, 0));
}

#[test]
fn what_could_not_be_read_leaves_the_rest_incomplete() {
    assert!(read(BAG).complete);
    assert!(!read("game: [\n").complete);
    assert!(!read("game: a\ninclude: [nowhere.yaml]\n").complete);
}
