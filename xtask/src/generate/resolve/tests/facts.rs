//! Small declarations, and what they mean.

use expect_test::{Expect, expect};

use super::dump;

/// Two managers: `bag`, with tables and one function, and `shop`, whose functions are given.
const GAME: &str = r#"game: test
enums:
  kind: [iron, coin]
  metal: [iron, gold]
  rank: { basic: 0, elite: 4, owner: 10 }
errors:
  lost: [40, lost]
managers:
  bag:
    port: 8001
    tables:
      supply:
        columns: { player: player, item: kind, amount: { type: int, default: 0 } }
        key: [player, item]
    functions:
      take_back: { access: internal, args: { item: kind, amount: int }, steps: [{ return: {} }] }
      add:
        access: internal
        undone_by: take_back
        args: { item: kind, amount: { type: int, default: 1 }, note: { type: text, optional: true } }
        errors: { full: [2, full], odd: [3, odd] }
        steps:
          - get: supply
            where: { player: caller, item: args.item }
            or: default
            as: s
          - require: args.amount % 2 == 0
            else: odd
          - save: s
            set: { amount: s.amount + args.amount }
          - return: { left: s.amount }
  shop:
    port: 8002
    errors: { closed: [50, closed] }
    tables:
      offer:
        columns: { id: id, item: kind, price: { type: float, default: 1 }, ends: { type: time, optional: true }, of: { type: int, default: 0 } }
        key: [id]
        unique: [[of, item]]
      member:
        columns: { player: player, rank: { type: rank, default: basic }, since: { type: time, optional: true } }
        key: [player]
    functions:
"#;

/// Checks what the functions of `shop` mean, which are indented by six.
fn check(functions: &str, expected: &Expect) {
    let said = match dump::game(&format!("{GAME}{functions}")) {
        Ok(game) => {
            let shop = game.managers.iter().find(|m| m.name == "shop").unwrap();
            let functions = shop.functions.iter();
            functions.map(|f| dump::function(&game, f)).collect()
        }
        Err(said) => said,
    };
    expected.assert_eq(&said);
}

#[test]
fn types_of_lets() {
    check(
        r#"
      buy:
        args: { n: int, share: float, at: { type: time, optional: true }, many: list int, what: kind }
        steps:
          - let:
              half: args.n / 2
              exact: args.n / 2.0
              wide: "max(args.n, args.share)"
              later: hours(args.n) + now
              waits: later - default(args.at, now)
              perhaps: args.at
              first: args.many[0]
              all: "concat(args.many, [1, 2])"
              mixed: "[1, 2.5]"
              most: "min(1, 2, args.n)"
              negative: -5
              same: "if args.n > 0 { args.what } else { iron }"
              is_iron: iron == same
              is_late: now > 0
              ranked: elite
              wants: found(perhaps) and not is_iron
          - return: {}
"#,
        &expect![[r#"
            buy player
              arg n: int
              arg share: float
              arg at: time?
              arg many: list int
              arg what: kind
              half: int unused
              exact: float unused
              wide: float unused
              later: time
              waits: int unused
              perhaps: time?
              first: int unused
              all: list int unused
              mixed: list float unused
              most: int unused
              negative: int unused
              same: kind
              is_iron: bool
              is_late: bool unused
              ranked: rank unused
              wants: bool unused
              reply {}
              let #0
              let #1
              let #2
              let #3
              let #4
              let #5
              let #6
              let #7
              let #8
              let #9
              let #10
              let #11
              let #12
              let #13
              let #14
              let #15
              return  None
        "#]],
    );
}

#[test]
fn names_bound_on_branches() {
    check(
        r#"
      buy:
        args: { n: int }
        steps:
          - if: args.n > 3
            then:
              - let: { got: 1, unread: 2 }
            else:
              - if: args.n > 2
                then:
                  - return: { left: 0 }
                else:
                  - let: { got: 2, unread: 3 }
          - if: args.n > 4
            then:
              - get: member
                where: { player: caller }
                or: default
                as: m
            else:
              - get: member
                where: { player: caller }
                else: closed
                as: m
          - save: m
            set: { rank: owner }
          - if: args.n > 5
            then:
              - let: { only_here: 1 }
              - require: only_here > got
                else: lost
          - let: { only_here: caller }
          - return: { left: got }
"#,
        &expect![[r#"
            buy player writes caller
              arg n: int
              error 50 closed
              error 40 lost
              got: int hoisted
              unread: int unused
              unread: int unused
              m: row member hoisted
              only_here: int
              only_here: player unused
              reply {left: int}
              if
                let #0
                let #1
              else
                if
                  return x None
                else
                  let #0
                  let #2
              if
                get #3 locked
              else
                get #3 locked
              save #3 or insert
              if
                let #4
                require or 1
              else
              let #5
              return x None
        "#]],
    );
}

#[test]
fn a_name_bound_where_the_other_way_ends() {
    check(
        r#"
      buy:
        args: { n: int }
        steps:
          - if: args.n > 3
            then:
              - let: { got: 1 }
            else:
              - return: {}
          - return: { left: got }
"#,
        &expect![[r#"
            buy player
              arg n: int
              got: int hoisted
              reply {left: int?}
              if
                let #0
              else
                return - None
              return x None
        "#]],
    );
}

#[test]
fn replies_of_all_returns() {
    check(
        r#"
      buy:
        args: { n: int, at: { type: time, optional: true } }
        outcomes: { held: [1, held] }
        steps:
          - if: args.n > 3
            then:
              - return: { left: 1, pairs: [], form: { a: 1, b: [1, 2] }, at: now }
                outcome: held
          - select: offer
            where: { of: { between: [1, args.n] }, price: 2, id: { in: [1, 2] } }
            order: [-ends, id]
            first: 10
            as: rows
          - return: { pairs: { each: "o, i in rows", if: i > 0, give: [o.id, o.item] }, left: 0.5, form: { a: 1.5, b: [args.n, 2] }, at: args.at, ids: rows.id }
"#,
        &expect![[r#"
            buy player
              arg n: int
              arg at: time?
              rows: list row offer
              o: row offer
              i: int
              reply {left: float, pairs: list [id, kind], form: {a: float, b: [int, int]}, at: time?, ids: list id?}
              if
                return xxxx- Some(0)
              else
              select #0
              return xxxxx None
        "#]],
    );
}

#[test]
fn calls_reach_and_write_and_map_errors() {
    check(
        r#"
      buy:
        errors: { full: [7, too full] }
        steps:
          - call: bag.add
            with: { item: iron }
            else: { full: full, odd: invalid, lost: closed }
            as: added
          - call: inner
            with: { n: added.left }
            else: full
            as: i
          - return: { left: added.left, inner: i, deep: i.deep.n }
      inner:
        access: internal
        args: { n: int }
        steps:
          - call: bag.add
            with: { item: coin, amount: args.n, note: 'lower(concat("A", "b", "c"))' }
          - return: { deep: { n: args.n } }
      lend:
        access: internal
        undone_by: shop.undo
        steps:
          - return: {}
      undo:
        access: internal
        steps:
          - return: {}
"#,
        &expect![[r#"
            buy player writes reaches bag
              error 7 full
              error 10 invalid
              error 50 closed
              added: reply add
              i: reply inner
              reply {left: int, inner: reply inner, deep: int}
              call [(2, 0), (3, 1), (40, 2)] None
              call [] Some(0)
              return xxx None
            inner internal writes reaches bag
              arg n: int
              reply {deep: {n: int}}
              call [] None
              return x None
            lend internal undone_by undo
              reply {}
              return  None
            undo internal
              reply {}
              return  None
        "#]],
    );
}

#[test]
fn rows_by_unique_columns_absent_rows_and_inserts() {
    check(
        r#"
      buy:
        access: public
        args: { of: id, when: { type: time, optional: true } }
        steps:
          - get: offer
            where: { item: iron, of: args.of }
            or: none
            as: o
          - get: offer
            where: { id: 3 }
            else: lost
          - insert: offer
            set: { item: iron, ends: args.when, of: args.of }
            else: closed
            as: made
          - insert: offer
            set: { item: coin, price: 3, ends: now }
            or: ignore
          - return: { price: "default(o.price, 0)", ends: o.ends, made: made.id }
"#,
        &expect![[r#"
            buy public writes
              arg of: id
              arg when: time?
              error 40 lost
              error 50 closed
              o: row offer?
              _row1: row offer unused
              made: row offer
              reply {price: float, ends: time?, made: id}
              get #0
              get #1
              insert
              insert
              return xxx None
        "#]],
    );
}

#[test]
fn a_bound_name_comes_before_a_variant() {
    check(
        r#"
      buy:
        args: { what: kind }
        steps:
          - let: { iron: metal.gold }
          - return: { same: args.what == kind.iron, gold: iron == gold }
"#,
        &expect![[r#"
            buy player
              arg what: kind
              iron: metal
              reply {same: bool, gold: bool}
              let #0
              return xx None
        "#]],
    );
}
