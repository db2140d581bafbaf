//! A mistake is told once: each of these changes makes one mistake in a game that is right, and what
//! is said is one diagnostic of the expected code, whatever reads what the mistake has broken.

use std::path::Path;

use xtask::generate::check_text;

const GAME: &str = r#"
game: small
time_zone: Asia/Shanghai
enums:
  kind: [iron, coin, crystal]
  metal: [lead, iron]
  rank: { basic: 0, elite: 4, owner: 10 }
types:
  reward: { kind: kind, amount: int, note: { type: text, optional: true } }
errors:
  lost: [40, lost]
managers:
  bag:
    doc: What players carry.
    port: 8001
    errors: { full: [30, full] }
    tables:
      supply:
        doc: How many of each a player holds.
        columns:
          player: player
          item:   kind
          amount: { type: int, min: 0, max: 1000, default: 0 }
          level:  { type: rank, default: basic }
          note:   { type: text, max: 20, optional: true }
          gifts:  { type: list reward, default: [] }
        key: [player, item]
        index: [[item, amount]]
      letter:
        columns:
          id:      id
          player:  player
          subject: { type: text, max: 20 }
          sent:    { type: time, default: 0 }
        key: [id]
        unique: [[player, subject]]
    functions:
      add:
        access: internal
        args: { item: kind, amount: { type: int, min: 1, max: 10 } }
        steps:
          - get: supply
            where: { player: caller, item: args.item }
            or: default
            as: s
          - save: s
            set: { amount: "min(s.amount + args.amount, 1000)" }
          - return: { left: s.amount, item: s.item }
      spend:
        access: internal
        undone_by: add
        args: { item: kind, amount: { type: int, min: 1, max: 10 } }
        errors: { few: [2, too few] }
        steps:
          - get: supply
            where: { player: caller, item: args.item }
            else: few
            as: s
          - require: s.amount >= args.amount
            else: few
            data: { has: s.amount }
          - save: s
            set: { amount: s.amount - args.amount }
          - return: { paid: args.amount }
      look:
        doc: What the caller has.
        args: { least: { type: int, default: 0 }, words: list text, note: { type: text, optional: true } }
        outcomes: { nothing: [1, nothing there] }
        steps:
          - select: supply
            where: { player: caller, amount: { ge: args.least } }
            order: [-amount, item]
            first: 20
            as: rows
          - if: len(rows) == 0
            then:
              - return: { rows: [] }
                outcome: nothing
          - count: letter
            where: { player: caller, sent: { lt: now } }
            as: letters
          - sum: supply.amount
            where: { player: caller }
            as: total
          - exists: letter
            where: { player: caller, subject: { in: args.words } }
            as: greeted
          - rank: supply
            where: { item: iron }
            order: [-amount]
            of: { player: caller, item: iron }
            as: place
          - draw: r in rows
            weight: r.amount
            as: drawn
          - for: r, i in rows
            if: r.level < elite
            do:
              - let: { double: r.amount * 2 }
            give: double + i
            as: doubled
          - if: greeted
            then:
              - let: { words: '"again"' }
            else:
              - let: { words: '"first"' }
          - let:
              best: "{ kind: drawn.item, amount: drawn.amount }"
              day: day_of(now) - day_of(start_of(week, now))
              note: 'default(args.note, "none")'
          - return:
              rows: { each: "r, i in rows", if: r.amount > 1, give: [i, r.amount] }
              letters: letters
              total: total + sum(doubled)
              place: place
              best: best.amount
              greeting: { text: "Hello {caller}, {words}: {note}" }
              day: day
      letters:
        steps:
          - select: letter
            where: { player: caller }
            order: [-sent]
            first: 30
            as: rows
          - return: { subjects: rows.subject }
      tidy:
        errors: { often: [3, too often] }
        steps:
          - get: letter
            where: { player: caller, subject: '"hello"' }
            or: none
            as: old
          - allow: tidying
            max: 3
            per: day
            else: often
            as: left
          - update: supply
            where: { player: caller, amount: { gt: 0 } }
            set: { amount: "max(amount - 1, 0)", note: "default(note, \"old\")" }
            as: changed
          - delete: letter
            where: { player: caller, sent: { lt: now - days(7) } }
            as: gone
          - insert: letter
            set: { player: caller, subject: '"hello"', sent: now }
            or: replace
            as: new
          - insert: supply
            each: k in [kind.iron, coin]
            set: { player: caller, item: k }
            or: ignore
          - return: { left: left, new: new.id, old: old.sent }
  shop:
    port: 8002
    tables:
      stall: { columns: { player: player, bought: { type: int, default: 0 } }, key: [player] }
    functions:
      buy:
        args: { friend: { type: player, optional: true } }
        errors: { poor: [2, poor] }
        steps:
          - call: bag.spend
            with: { item: coin, amount: 5 }
            else: { few: poor }
            as: paid
          - get: stall
            where: { player: caller }
            or: default
            as: s
          - require: s.bought < 9
            else: lost
          - save: s
            set: { bought: s.bought + paid.paid }
          - call: bag.add
            with: { item: iron, amount: 1 }
            act_for: default(args.friend, caller)
            as: got
          - return: { left: got.left, item: got.item, bought: s.bought }
"#;

/// What is written, what instead, and the code of what is said.
const MISTAKES: &[(&str, &str, &str)] = &[
    // Files and YAML.
    (
        "doc: What players carry.",
        "doc: What: players carry.",
        "A0105",
    ),
    (
        "or: default\n            as: s\n          - save",
        "or: default\n            or: default\n            as: s\n          - save",
        "A0106",
    ),
    (
        "kind: [iron, coin, crystal]",
        "kind: [iron, coin, crystal",
        "A0104",
    ),
    ("port: 8001", "port:8001", "A0104"),
    (
        "\"min(s.amount + args.amount, 1000)\"",
        "min(s.amount + args.amount, 1000)",
        "A0105",
    ),
    (
        "require: s.amount >= args.amount",
        "require: !s.amount",
        "A0105",
    ),
    (
        "else: few\n            data",
        "else: few\n            date",
        "A0201",
    ),
    // The form of declarations.
    (
        "columns:\n          player: player\n          item:",
        "colums:\n          player: player\n          item:",
        "A0201",
    ),
    ("tables:\n      supply", "table:\n      supply", "A0201"),
    ("functions:\n      add:", "function:\n      add:", "A0201"),
    ("types:\n", "type:\n", "A0201"),
    ("enums:\n", "enum:\n", "A0201"),
    (
        "amount: { type: int, min: 0, max: 1000, default: 0 }",
        "amount: { typ: int, min: 0, max: 1000, default: 0 }",
        "A0201",
    ),
    ("order: [-amount, item]", "order: -amount", "A0202"),
    ("key: [player, item]", "key: player", "A0202"),
    ("        key: [player, item]\n", "", "A0203"),
    (
        "            as: rows\n          - if",
        "          - if",
        "A0203",
    ),
    (
        "            else: few\n            as: s",
        "            as: s",
        "A0203",
    ),
    (
        "            set: { amount: s.amount - args.amount }\n",
        "",
        "A0203",
    ),
    ("    port: 8001\n", "", "A0203"),
    ("    port: 8001\n", "    port:\n", "A0204"),
    ("supply:\n        doc", "sup ply:\n        doc", "A0205"),
    ("min: 0, max: 1000", "min: none, max: 1000", "A0207"),
    ("- select: supply", "- selct: supply", "A0208"),
    (
        "- save: s\n            set: { amount: s.amount - ",
        "- svae: s\n            set: { amount: s.amount - ",
        "A0208",
    ),
    (
        "          - save: s\n            set: { bought",
        "            save: s\n            set: { bought",
        "A0209",
    ),
    (
        "access: internal\n        undone_by",
        "access: private\n        undone_by",
        "A0211",
    ),
    ("per: day", "per: dya", "A0211"),
    ("{ ge: args.least }", "{ gte: args.least }", "A0211"),
    // Expressions.
    ("r.amount * 2 }", "r.amount $ 2 }", "A0301"),
    ("s.bought < 9", "s.bought <", "A0302"),
    ("s.bought < 9", "0 < s.bought < 9", "A0304"),
    ("'\"again\"'", "'\"again'", "A0305"),
    ("{caller}, {words}", "{caller}, {words", "A0305"),
    (
        "require: s.bought < 9",
        "require: s.bought < 9 && s.bought > 1",
        "A0307",
    ),
    // Names.
    ("weight: r.amount", "weight: q.amount", "A0401"),
    (
        "let: { double: r.amount * 2 }",
        "let: { double: rr.amount * 2 }",
        "A0401",
    ),
    ("len(rows) == 0", "size(rows) == 0", "A0401"),
    ("item:   kind", "item:   kinds", "A0402"),
    (
        "args: { item: kind, amount: { type: int, min: 1, max: 10 } }\n        steps",
        "args: { item: knd, amount: { type: int, min: 1, max: 10 } }\n        steps",
        "A0402",
    ),
    ("kind: kind, amount: int", "kind: knd, amount: int", "A0402"),
    ("get: stall", "get: stal", "A0403"),
    ("select: supply", "select: suply", "A0403"),
    ("update: supply", "update: suply", "A0403"),
    ("key: [player, item]", "key: [player, itme]", "A0404"),
    ("index: [[item, amount]]", "index: [[item, amout]]", "A0404"),
    ("order: [-amount, item]", "order: [-amout, item]", "A0404"),
    ("sum: supply.amount", "sum: supply.amout", "A0404"),
    (
        "set: { bought: s.bought + paid.paid }",
        "set: { boght: s.bought + paid.paid }",
        "A0404",
    ),
    ("give: [i, r.amount]", "give: [i, r.amout]", "A0404"),
    ("call: bag.spend", "call: bag.spent", "A0405"),
    ("call: bag.spend", "call: bg.spend", "A0405"),
    ("else: lost", "else: lots", "A0406"),
    ("else: { few: poor }", "else: { fw: poor }", "A0406"),
    ("outcome: nothing", "outcome: noting", "A0406"),
    ("default: basic", "default: basik", "A0407"),
    (
        "item: coin, amount: 5",
        "item: kind.coins, amount: 5",
        "A0407",
    ),
    ("args.least }", "args.lest }", "A0408"),
    ("got.left, item", "got.lef, item", "A0409"),
    ("best: best.amount", "best: best.amout", "A0409"),
    ("best: best.amount", "best: best.amount.x", "A0409"),
    ("r.level < elite", "r.level < iron", "A0410"),
    ("r.level < elite", "r.level < coin", "A0501"),
    (
        "total: total + sum(doubled)",
        "total: total + double",
        "A0412",
    ),
    (
        "          - if: greeted\n",
        "          - let: { early: day }\n          - if: greeted\n",
        "A0411",
    ),
    (
        "              - let: { words: '\"first\"' }",
        "              - let: { word: '\"first\"' }",
        "A0412",
    ),
    (
        "  metal: [lead, iron]",
        "  metal: [lead, iron]\n  Metal: [x]",
        "A0413",
    ),
    ("  shop:\n", "  token:\n", "A0414"),
    ("as: changed", "as: supply", "A0415"),
    ("as: gone", "as: left", "A0416"),
    // Types.
    (
        "total: total + sum(doubled)",
        "total: total + words",
        "A0501",
    ),
    (
        "where: { item: iron }\n            order",
        "where: { item: 3 }\n            order",
        "A0501",
    ),
    ("weight: r.amount", "weight: r.note", "A0501"),
    (
        "with: { item: coin, amount: 5 }",
        "with: { item: coin }",
        "A0502",
    ),
    (
        "with: { item: coin, amount: 5 }",
        "with: { item: coin, amount: 5, note: 1 }",
        "A0503",
    ),
    ("start_of(week, now)", "start_of(week, now, 1)", "A0503"),
    ("min: 0, max: 1000", "min: 2000, max: 1000", "A0504"),
    ("subject: { type: text, max: 20 }", "subject: text", "A0505"),
    (
        "note: 'default(args.note, \"none\")'",
        "note: lower(args.note)",
        "A0506",
    ),
    (
        "kind: [iron, coin, crystal]",
        "kind: [iron, coin, crystal]\n  doubled: { a: 1, b: 1 }",
        "A0507",
    ),
    // Steps.
    (
        "where: { player: caller, item: args.item }\n            else",
        "where: { item: args.item }\n            else",
        "A0601",
    ),
    (
        "save: s\n            set: { bought",
        "save: paid\n            set: { bought",
        "A0602",
    ),
    (
        "set: { player: caller, item: k }",
        "set: { item: k }",
        "A0603",
    ),
    (
        "set: { amount: \"max(amount - 1, 0)\"",
        "set: { item: iron, amount: \"max(amount - 1, 0)\"",
        "A0603",
    ),
    (
        "          - return: { paid: args.amount }\n",
        "          - return: { paid: args.amount }\n          - let: { x: 1 }\n",
        "A0604",
    ),
    ("          - return: { paid: args.amount }\n", "", "A0605"),
    ("        undone_by: add\n", "", "A0609"),
    (
        "access: internal\n        undone_by",
        "access: admin\n        undone_by",
        "A0607",
    ),
    // The game.
    ("      buy:\n", "      look:\n", "A0701"),
    (
        "errors: { poor: [2, poor] }",
        "errors: { poor: [40, poor] }",
        "A0702",
    ),
    ("full: [30, full]", "full: [12, full]", "A0703"),
    ("port: 8002", "port: 8001", "A0704"),
    ("undone_by: add", "undone_by: ad", "A0705"),
    ("Asia/Shanghai", "Asia/Shangai", "A0706"),
    // Warnings.
    ("            first: 30\n", "", "A0901"),
    (
        "where: { item: iron }\n            order",
        "where: { level: basic }\n            order",
        "A0903",
    ),
];

fn codes(text: &str) -> Vec<String> {
    let said = check_text(Path::new("managers.yaml"), text);
    let heads = said.lines().filter_map(|line| {
        let rest = line.strip_prefix("error[");
        let rest = rest.or_else(|| line.strip_prefix("warning["))?;
        rest.split_once(']').map(|(code, _)| code.to_owned())
    });
    heads.collect()
}

#[test]
fn each_is_told_once() {
    assert_eq!(check_text(Path::new("managers.yaml"), GAME), "");
    let mut wrong = String::new();
    for (right, mistake, code) in MISTAKES {
        assert!(GAME.contains(right), "the game has no {right:?}");
        let text = GAME.replacen(right, mistake, 1);
        let said = codes(&text);
        if said != [*code] {
            let all = check_text(Path::new("managers.yaml"), &text);
            wrong.push_str(&format!("{mistake:?}: {said:?} instead of {code}\n{all}\n"));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
