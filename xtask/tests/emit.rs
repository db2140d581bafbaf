//! How single functions are written. The whole language is in `emit/language`.

use std::path::Path;

use expect_test::{Expect, expect};
use xtask::generate::{emit, load, resolve};

/// Checks what becomes of a function's steps, given at the indentation of the first.
fn check(steps: &str, expected: Expect) {
    let steps: String = steps
        .lines()
        .map(|line| format!("          {line}\n"))
        .collect();
    let game = format!(
        "
game: small
time_zone: UTC
managers:
  bag:
    port: 9000
    tables:
      item:
        columns:
          player: player
          name: {{ type: text, max: 9 }}
          amount: {{ type: int, default: 0 }}
        key: [player, name]
    functions:
      other: {{ args: {{ name: text, who: player }}, steps: [{{ return: {{ name: args.name }} }}] }}
      f:
        args: {{ name: {{ type: text, max: 9 }}, n: int, yes: bool }}
        errors: {{ bad: [30, bad], worse: [31, worse] }}
        steps:
{steps}"
    );
    let mut loaded = load::load_text(Path::new("managers.yaml"), &game);
    let game = resolve::resolve(&loaded.sources, &loaded.documents, &mut loaded.diagnostics);
    let said = loaded.diagnostics.render(&loaded.sources, false);
    assert!(!loaded.diagnostics.has_errors(), "{said}");
    let files = emit::emit(&game, &loaded.sources);
    let (_, body) = files["part-0/src/bag.rs"]
        .split_once("args: &FArgs")
        .expect("f");
    let (_, body) = body.split_once("{\n").expect("a body");
    let (body, _) = body.split_once("\n    }\n").expect("its end");
    let lines = body
        .lines()
        .map(|line| line.strip_prefix("        ").unwrap_or(line));
    let lines: String = lines.map(|line| format!("{line}\n")).collect();
    expected.assert_eq(&lines);
}

#[test]
fn a_value_is_moved_where_nothing_uses_it_afterwards() {
    check(
        "- get: item
  where: { player: caller, name: args.name }
  else: bad
  as: i
- call: other
  with: { name: i.name, who: caller }
  as: o
- return: { name: o.name, again: o.name, player: i.player }",
        expect![[r#"
            const BAD: Failure = Failure::new(30, "bad");
            let caller = cx.caller()?;
            let i: Item = cx
                .get(&GET_ITEM_BY_PLAYER_NAME, &[caller.param(), args.name.param()])
                .await?
                .row()?
                .ok_or(BAD)?;
            let o: OtherReply = cx
                .call(
                    &OtherArgs {
                        name: i.name,
                        who: caller,
                    },
                )
                .await?
                .data()?;
            Ok(
                Returned::success(
                    Box::new(FReply {
                        name: o.name.clone(),
                        again: o.name.clone(),
                        player: i.player,
                    }),
                ),
            )
        "#]],
    );
}

#[test]
fn a_whole_row_keeps_its_parts() {
    check(
        "- get: item
  where: { player: caller, name: args.name }
  or: default
  as: i
- call: other
  with: { name: i.name, who: i.player }
- save: i
  set: { amount: args.n }
- return: { name: i.name, first: i.name == args.name }",
        expect![[r#"
            let caller = cx.caller()?;
            let mut i: Item = match cx
                .get(&LOCK_ITEM_BY_PLAYER_NAME, &[caller.param(), args.name.param()])
                .await?
                .row()?
            {
                Some(row) => row,
                None => {
                    Item {
                        player: caller.clone(),
                        name: args.name.clone(),
                        amount: 0,
                    }
                }
            };
            cx.call(
                    &OtherArgs {
                        name: i.name.clone(),
                        who: i.player.clone(),
                    },
                )
                .await?;
            i.amount = args.n;
            cx.save(&UPSERT_ITEM_AMOUNT, &i, &i.params()).await?;
            Ok(
                Returned::success(
                    Box::new(FReply {
                        name: i.name.clone(),
                        first: i.name == args.name,
                    }),
                ),
            )
        "#]],
    );
}

#[test]
fn a_condition_is_turned_around() {
    check(
        "- require: args.n > 0 and not (args.yes or args.n == 5)
  else: bad
- require: not args.yes
  else: worse
- if: not (args.n < 9)
  then:
    - return: { n: 1 }
- return: { n: 2 }",
        expect![[r#"
            const BAD: Failure = Failure::new(30, "bad");
            const WORSE: Failure = Failure::new(31, "worse");
            if args.n <= 0 || args.yes || args.n == 5 {
                return Err(BAD.into());
            }
            if args.yes {
                return Err(WORSE.into());
            }
            if args.n >= 9 {
                return Ok(Returned::success(Box::new(FReply { n: 1 })));
            }
            Ok(Returned::success(Box::new(FReply { n: 2 })))
        "#]],
    );
}

#[test]
fn what_nothing_reads_is_not_bound() {
    check(
        "- get: item
  where: { player: caller, name: args.name }
  else: bad
- select: item
  where: { player: caller }
  as: rows
- let: { twice: args.n * 2 }
- call: other
  with: { name: args.name, who: caller }
  else: worse
- return: {}",
        expect![[r#"
            const BAD: Failure = Failure::new(30, "bad");
            const WORSE: Failure = Failure::new(31, "worse");
            let caller = cx.caller()?;
            cx.get(&GET_ITEM_BY_PLAYER_NAME, &[caller.param(), args.name.param()])
                .await?
                .row::<Item>()?
                .ok_or(BAD)?;
            cx.select(&SELECT_ITEM_BY_PLAYER, &[caller.param()]).await?;
            let _twice = ops::mul(args.n, 2).at("managers.yaml:26:27: args.n * 2")?;
            match cx
                .call(
                    &OtherArgs {
                        name: args.name.clone(),
                        who: caller,
                    },
                )
                .await
            {
                Err(Stop::Failed(_)) => return Err(WORSE.into()),
                answered => answered?,
            };
            Ok(Returned::success(Box::new(FReply {})))
        "#]],
    );
}

#[test]
fn a_condition_takes_nothing_from_its_branches() {
    check(
        "- get: item
  where: { player: caller, name: args.name }
  or: none
  as: i
- call: other
  with: { name: args.name, who: caller }
  as: o
- let: { name: o.name }
- if: concat(name, lower(name)) == \"aa\" and found(i)
  then:
    - return: { name: name }
- return: { name: lower(name) }",
        expect![[r#"
            let caller = cx.caller()?;
            let i: Option<Item> = cx
                .get(&GET_ITEM_BY_PLAYER_NAME, &[caller.param(), args.name.param()])
                .await?
                .row()?;
            let o: OtherReply = cx
                .call(
                    &OtherArgs {
                        name: args.name.clone(),
                        who: caller,
                    },
                )
                .await?
                .data()?;
            let name = o.name;
            if [name.as_str(), name.to_lowercase().as_str()].concat() == "aa" && i.is_some()
            {
                return Ok(Returned::success(Box::new(FReply { name })));
            }
            Ok(
                Returned::success(
                    Box::new(FReply {
                        name: name.to_lowercase(),
                    }),
                ),
            )
        "#]],
    );
}

#[test]
fn a_reply_within_a_reply_stands_beside_it() {
    let game = "
game: small
time_zone: UTC
managers:
  bag:
    port: 9000
    functions:
      inner: { access: internal, steps: [{ return: { n: 1 } }] }
      outer:
        access: internal
        steps:
          - { call: inner, as: i }
          - return: { all: [{ of: i }] }
  shop:
    port: 9001
    functions:
      f: { steps: [{ call: bag.outer, as: o }, { return: { o: o } }] }
";
    let mut loaded = load::load_text(Path::new("managers.yaml"), game);
    let game = resolve::resolve(&loaded.sources, &loaded.documents, &mut loaded.diagnostics);
    let said = loaded.diagnostics.render(&loaded.sources, false);
    assert!(!loaded.diagnostics.has_errors(), "{said}");
    let files = emit::emit(&game, &loaded.sources);
    let calls = &files["shared/src/calls/bag.rs"];
    for name in ["pub struct InnerReply", "pub struct OuterReply"] {
        assert!(calls.contains(name), "{name} is elsewhere:\n{calls}");
    }
}
