//! A game of any size, to measure the generator by: managers like the project's own, each with ten
//! functions, some of which call other managers.

use std::fs;
use std::io;
use std::path::Path;

use crate::random::Random;

/// The port of the first manager.
const FIRST_PORT: usize = 10_000;

/// The kinds of supply.
const KINDS: [&str; 6] = ["iron", "coin", "diamonds", "scroll", "energy", "potion"];

/// A number that [`edit`] changes.
const EDITED: &str = "bonus: 30";

/// Writes managers.yaml and a file for each of `managers` (at most 50,000) into `folder`; what was
/// declared there before is deleted. The same size gives the same files. Returns how many lines
/// they have.
pub fn write(folder: &Path, managers: usize) -> io::Result<usize> {
    let files = folder.join("managers");
    if files.exists() {
        fs::remove_dir_all(&files)?;
    }
    fs::create_dir_all(&files)?;
    let root = format!(
        "game: growth\ntime_zone: UTC\ninclude: [\"managers/*.yaml\"]\nenums:\n  supply_kind: [{}]\n",
        KINDS.join(", ")
    );
    fs::write(folder.join("managers.yaml"), &root)?;
    let mut lines = root.lines().count();
    let mut random = Random::new(1);
    for at in 0..managers {
        let text = manager(at, &mut random);
        lines += text.lines().count();
        fs::write(files.join(format!("{}.yaml", name(at))), text)?;
    }
    Ok(lines)
}

/// Changes one line of one manager in the middle of what [`write`] wrote.
pub fn edit(folder: &Path, managers: usize) -> io::Result<()> {
    let file = format!("managers/{}.yaml", name(managers / 2));
    let file = folder.join(file);
    let text = fs::read_to_string(&file)?;
    fs::write(&file, text.replace(EDITED, "bonus: 31"))
}

fn name(at: usize) -> String {
    format!("camp{at:04}")
}

/// A manager; the others that it calls come before it, so that calls form no circle.
fn manager(at: usize, random: &mut Random) -> String {
    let name = name(at);
    let port = FIRST_PORT + at;
    let passives = random.between(2, 6);
    let passive = |form: &dyn Fn(usize) -> String| -> String { (1..=passives).map(form).collect() };
    let columns =
        passive(&|n| format!("          passive{n}: {{ type: int, min: 0, default: 0 }}\n"));
    let adds = passive(&|n| {
        format!("              add{n}: if args.passive == \"passive_{n}\" {{ 1 }} else {{ 0 }}\n")
    });
    let sum = passive(&|n| format!(" + add{n}"));
    let saves = passive(&|n| format!("              passive{n}: w.passive{n} + add{n}\n"));
    let shown = passive(&|n| format!(", w.passive{n}"));
    let kind = random.pick(&KINDS);
    let price = random.between(5, 40);
    let top = random.between(20, 200);
    // The first one has only itself to call.
    let other = match at {
        0 => name.clone(),
        _ => self::name(random.below(at)),
    };
    let giver = match at {
        0 => name.clone(),
        _ => self::name(random.below(at)),
    };
    format!(
        r#"managers:
  {name}:
    doc: What players carry and train in camp {at}.
    port: {port}
    tables:
      supply:
        doc: How many of each supply a player holds.
        columns:
          player: player
          item: supply_kind
          amount: {{ type: int, min: 0, default: 0 }}
        key: [player, item]
      weapon:
        doc: A weapon that a player holds.
        columns:
          player: player
          weapon: {{ type: text, max: 32 }}
          star: {{ type: int, min: 0, max: 10, default: 0 }}
          level: {{ type: int, min: 0, max: {top}, default: 0 }}
{columns}          skill_point: {{ type: int, min: 0, default: 0 }}
          segment: {{ type: int, min: 0, default: 0 }}
        key: [player, weapon]
      trade:
        doc: What was traded.
        columns:
          id: id
          player: player
          item: supply_kind
          amount: {{ type: int, min: 1 }}
          at: time
        key: [id]
        index: [[player, at]]
    functions:
      supplies_{name}:
        doc: All supplies in the caller's bag.
        steps:
          - select: supply
            where: {{ player: caller }}
            order: [item]
            as: rows
          - return: {{ supplies: {{ each: s in rows, give: [s.item, s.amount] }} }}
      get_supply:
        doc: How many of one supply the caller's bag holds.
        access: internal
        args: {{ item: supply_kind }}
        steps:
          - get: supply
            where: {{ player: caller, item: args.item }}
            or: default
            as: s
          - return: {{ left: s.amount }}
      add_supply:
        doc: Put supplies into the caller's bag.
        access: internal
        args: {{ item: supply_kind, amount: {{ type: int, min: 1 }} }}
        steps:
          - get: supply
            where: {{ player: caller, item: args.item }}
            or: default
            as: s
          - save: s
            set: {{ amount: s.amount + args.amount }}
          - return: {{ left: s.amount }}
      spend_supply:
        doc: Take supplies out of the caller's bag, or fail and take nothing.
        access: internal
        undone_by: add_supply
        args: {{ item: supply_kind, amount: {{ type: int, min: 1 }} }}
        errors:
          insufficient: [2, insufficient materials]
        steps:
          - get: supply
            where: {{ player: caller, item: args.item }}
            or: default
            as: s
          - require: s.amount >= args.amount
            else: insufficient
          - save: s
            set: {{ amount: s.amount - args.amount }}
          - return: {{ left: s.amount }}
      weapons_{name}:
        doc: Every weapon that the caller holds.
        steps:
          - select: weapon
            where: {{ player: caller }}
            order: [weapon]
            as: rows
          - return:
              weapons: {{ each: w in rows, give: [w.weapon, w.star, w.level{shown}, w.skill_point, w.segment] }}
      give_weapon:
        doc: Give the caller a weapon, or segments of it where it is held already.
        access: internal
        args: {{ weapon: {{ type: text, min: 1, max: 32 }} }}
        outcomes:
          held: [1, weapon already held]
        steps:
          - get: weapon
            where: {{ player: caller, weapon: args.weapon }}
            or: default
            as: w
          - let: {{ {EDITED} }}
          - if: w.star > 0
            then:
              - save: w
                set: {{ segment: w.segment + bonus }}
              - return: {{ weapon: w.weapon, star: w.star, segment: w.segment }}
                outcome: held
          - save: w
            set: {{ star: 1 }}
          - return: {{ weapon: w.weapon, star: w.star, segment: w.segment }}
      level_up_{name}:
        doc: Spend supplies to raise a weapon's level.
        args:
          weapon: {{ type: text, max: 32 }}
          paid: {{ type: int, min: 1 }}
        errors:
          no_weapon: [1, user does not have that weapon]
          insufficient: [2, "insufficient materials, upgrade failed"]
          max_level: [9, weapon has reached max level]
        steps:
          - get: weapon
            where: {{ player: caller, weapon: args.weapon }}
            else: no_weapon
            as: w
          - let: {{ room: {top} - w.level, wanted: args.paid / {price} }}
          - require: room > 0
            else: max_level
          - call: {other}.get_supply
            with: {{ item: {kind} }}
            as: held
          - require: wanted > 0 and held.left >= args.paid
            else: insufficient
          - let: {{ gained: "min(wanted, room)" }}
          - call: {other}.spend_supply
            with: {{ item: {kind}, amount: gained * {price} }}
            else: insufficient
            as: left
          - save: w
            set: {{ level: w.level + gained, skill_point: w.skill_point + gained }}
          - return:
              weapon: [w.player, w.level{shown}, w.skill_point, w.segment]
              item: [supply_kind.{kind}, left.left]
      train_{name}:
        doc: Spend one skill point on a passive skill of a weapon.
        args:
          weapon: {{ type: text, max: 32 }}
          passive: {{ type: text, max: 32 }}
        errors:
          no_weapon: [1, user does not have that weapon]
          insufficient: [2, "insufficient skill points, upgrade failed"]
          no_passive: [9, passive skill does not exist]
        steps:
          - get: weapon
            where: {{ player: caller, weapon: args.weapon }}
            else: no_weapon
            as: w
          - require: w.skill_point > 0
            else: insufficient
          - let:
{adds}          - require: 0{sum} == 1
            else: no_passive
          - save: w
            set:
              skill_point: w.skill_point - 1
{saves}          - return: {{ weapon: [w.player, w.level{shown}, w.skill_point, w.segment] }}
      trade_{name}:
        doc: Trade one supply of this camp for some of another one.
        args: {{ item: supply_kind, amount: {{ type: int, min: 1, max: 1000 }} }}
        errors:
          insufficient: [2, insufficient materials]
        steps:
          - call: spend_supply
            with: {{ item: args.item, amount: args.amount }}
            else: insufficient
            as: spent
          - insert: trade
            set: {{ player: caller, item: args.item, amount: args.amount, at: now }}
            as: t
          - call: {giver}.add_supply
            with: {{ item: {kind}, amount: args.amount * {price} }}
            as: got
          - return: {{ id: t.id, left: spent.left, got: got.left }}
      trades_{name}:
        doc: The caller's trades, the latest first.
        args: {{ days: {{ type: int, min: 1, max: 30, default: 7 }} }}
        steps:
          - select: trade
            where: {{ player: caller, at: {{ gt: now - days(args.days) }} }}
            order: [-at]
            first: 20
            as: rows
          - let: {{ all: sum(rows.amount) }}
          - return: {{ all: all, trades: {{ each: t in rows, give: {{ item: t.item, amount: t.amount, at: t.at }} }} }}
"#
    )
}
