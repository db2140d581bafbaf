//! A game as text, for tests to compare.

use std::fmt::Write;
use std::path::Path;

use crate::generate::ir::{Function, Game, Literal, Outcome, Step, StepKind, Ty};
use crate::generate::{load, resolve};

/// The game that the text of a managers.yaml declares, or what is wrong with it.
pub(super) fn game(text: &str) -> Result<Game, String> {
    let mut loaded = load::load_text(Path::new("managers.yaml"), text);
    let game = resolve::resolve(&loaded.sources, &loaded.documents, &mut loaded.diagnostics);
    if loaded.diagnostics.is_empty() {
        Ok(game)
    } else {
        Err(loaded.diagnostics.render(&loaded.sources, false))
    }
}

/// A type, shortly.
pub(super) fn ty(game: &Game, of: &Ty) -> String {
    match of {
        Ty::Enum(id) => game.enums[id.0].name.clone(),
        Ty::List(item) => format!("list {}", ty(game, item)),
        Ty::Optional(inner) => format!("{}?", ty(game, inner)),
        Ty::Row(table) => format!("row {}", game.managers[table.0.0].tables[table.1].name),
        Ty::Reply(f) => format!("reply {}", game.managers[f.0.0].functions[f.1].name),
        Ty::Record(fields) => format!("{{{}}}", named(game, fields)),
        Ty::Tuple(items) => {
            let items: Vec<String> = items.iter().map(|item| ty(game, item)).collect();
            format!("[{}]", items.join(", "))
        }
        plain => format!("{plain:?}").to_lowercase(),
    }
}

fn named(game: &Game, fields: &[(String, Ty)]) -> String {
    let fields = fields
        .iter()
        .map(|(name, of)| format!("{name}: {}", ty(game, of)));
    fields.collect::<Vec<_>>().join(", ")
}

/// A function: what it does, replies, and binds.
pub(super) fn function(game: &Game, of: &Function) -> String {
    let mut out = format!("{} {:?}", of.name, of.access).to_lowercase();
    let marks = [(of.writes, " writes"), (of.uses_caller, " caller")];
    marks
        .iter()
        .filter(|(is, _)| *is)
        .for_each(|(_, mark)| out.push_str(mark));
    if !of.reaches.is_empty() {
        let names: Vec<&str> = of
            .reaches
            .iter()
            .map(|m| game.managers[m.0].name.as_str())
            .collect();
        write!(out, " reaches {}", names.join(" ")).unwrap();
    }
    if let Some(undo) = of.undone_by {
        write!(
            out,
            " undone_by {}",
            game.managers[undo.0.0].functions[undo.1].name
        )
        .unwrap();
    }
    out.push('\n');
    for arg in &of.args {
        writeln!(
            out,
            "  arg {}: {}{}",
            arg.name,
            ty(game, &arg.ty),
            default(arg.default.as_ref())
        )
        .unwrap();
    }
    for error in &of.errors {
        writeln!(out, "  error {} {}", error.status, error.name).unwrap();
    }
    for local in &of.locals {
        let marks = [(!local.used, " unused"), (local.hoisted, " hoisted")];
        write!(out, "  {}: {}", local.name, ty(game, &local.ty)).unwrap();
        marks
            .iter()
            .filter(|(is, _)| *is)
            .for_each(|(_, mark)| out.push_str(mark));
        out.push('\n');
    }
    writeln!(out, "  reply {{{}}}", named(game, &of.reply)).unwrap();
    steps(&of.steps, 1, &mut out);
    out
}

fn default(of: Option<&Literal>) -> String {
    of.map_or(String::new(), |value| format!(" = {value:?}"))
}

/// Steps by their kind, and the local that each binds or writes.
fn steps(of: &[Step], depth: usize, out: &mut String) {
    for step in of {
        let indent = "  ".repeat(depth);
        match &step.kind {
            StepKind::Get { bind, lock, .. } => {
                let lock = if *lock { " locked" } else { "" };
                writeln!(out, "{indent}get #{}{lock}", bind.0).unwrap();
            }
            StepKind::Select { bind, .. } => writeln!(out, "{indent}select #{}", bind.0).unwrap(),
            StepKind::Save {
                row, may_insert, ..
            } => {
                writeln!(
                    out,
                    "{indent}save #{}{}",
                    row.0,
                    if *may_insert { " or insert" } else { "" }
                )
                .unwrap();
            }
            StepKind::Insert { .. } => writeln!(out, "{indent}insert").unwrap(),
            StepKind::Require { error, .. } => writeln!(out, "{indent}require or {error}").unwrap(),
            StepKind::Let { bind, .. } => writeln!(out, "{indent}let #{}", bind.0).unwrap(),
            StepKind::Call { map, otherwise, .. } => {
                writeln!(out, "{indent}call {map:?} {otherwise:?}").unwrap()
            }
            StepKind::If {
                then, otherwise, ..
            } => {
                writeln!(out, "{indent}if").unwrap();
                steps(then, depth + 1, out);
                writeln!(out, "{indent}else").unwrap();
                steps(otherwise, depth + 1, out);
            }
            StepKind::Draw(draw) => writeln!(out, "{indent}draw #{}", draw.bind.0).unwrap(),
            StepKind::Lookup(lookup) => writeln!(out, "{indent}lookup #{}", lookup.bind.0).unwrap(),
            StepKind::Allow(allow) => writeln!(out, "{indent}allow or {}", allow.error).unwrap(),
            StepKind::Return { data, outcome } => {
                let given: Vec<&str> = data
                    .iter()
                    .map(|d| if d.is_some() { "x" } else { "-" })
                    .collect();
                let of = match outcome {
                    Outcome::Plain => "None".to_owned(),
                    Outcome::Of(at) => format!("Some({at})"),
                    Outcome::Passed(local) => format!("of {}", local.0),
                };
                writeln!(out, "{indent}return {} {of}", given.join("")).unwrap();
            }
            StepKind::For { steps: round, .. } => {
                writeln!(out, "{indent}for").unwrap();
                steps(round, depth + 1, out);
            }
            StepKind::Update { .. } => writeln!(out, "{indent}update").unwrap(),
            StepKind::DeleteRow { row, .. } => writeln!(out, "{indent}delete #{}", row.0).unwrap(),
            StepKind::DeleteMany { .. } => writeln!(out, "{indent}delete").unwrap(),
            StepKind::Measure { what, bind, .. } => {
                writeln!(out, "{indent}{what:?} #{}", bind.0).unwrap();
            }
            StepKind::Rank { bind, .. } => writeln!(out, "{indent}rank #{}", bind.0).unwrap(),
            StepKind::InsertEach { .. } => writeln!(out, "{indent}insert each").unwrap(),
        }
    }
}
