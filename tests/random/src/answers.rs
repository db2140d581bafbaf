//! What a game answered: whether it is what the game declares.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use jsonschema::Validator;
use rusqlite::Connection;
use serde_json::Value;
use xtask::generate::ir::{Field, Game, Literal, Ty};

use crate::requests::resolved;

/// What the log says of faults that an expression or step asks for, as the language's reference tells:
/// with their place. All others are faults of the generator or of the runtime.
const AT_A_PLACE: &[&str] = &[
    "overflow, division by zero or index out of range",
    "no number is from",
    "a chance is from 0 to 1",
    "a weight is 0 or more",
    "draws from ",
    "draws are from",
    "`uses` is 0 or more",
    "ms are beyond the calendar",
    // Of a database that sums up.
    ": integer overflow",
];

/// The same of rows that break the rules of their table.
const OF_ROWS: &[&str] = &[
    ": UNIQUE constraint failed",
    ": FOREIGN KEY constraint failed",
    ": CHECK constraint failed",
    ", its min is ",
    ", its max is ",
];

/// The same of args, of a call that is made below a give or an undo: it never ends.
const OF_ARGS: &[&str] = &["` must have ", "` must be "];

/// What is wrong with the answers of a game that lies in a folder and was played there.
pub fn mistakes(root: &Path) -> Result<Vec<String>> {
    let game = resolved(root);
    let requests = list(&root.join("requests.json"))?;
    let documents = documents(root, &game)?;
    let mut mistakes = Vec::new();
    let first = list(&root.join("first/answers.json"))?;
    if first != list(&root.join("second/answers.json"))? {
        mistakes.push("the same requests get other answers over a fresh database".to_owned());
    }
    // What cannot go on past its commit point, over several groups, is told to try again: from the
    // first fault on, which in one group takes all back, the rows may differ.
    let faults = first.iter().position(|answer| answer["fault"].is_string());
    let faults = faults.unwrap_or(first.len());
    for (run, answers) in [
        ("first", first),
        ("apart", list(&root.join("apart/answers.json"))?),
    ] {
        for (at, (request, answer)) in requests.iter().zip(&answers).enumerate() {
            if run == "apart" && at >= faults && answer["status"] == 13 {
                continue;
            }
            if let Some(wrong) = wrong(&documents, request, answer) {
                mistakes.push(format!("{run}: {request}: {wrong}"));
            }
        }
        for entry in fs::read_dir(root.join(run))? {
            let path = entry?.path();
            if path.extension().is_some_and(|it| it == "sqlite") {
                mistakes.extend(out_of_bounds(&game, &Connection::open(path)?)?);
            }
        }
    }
    Ok(mistakes)
}

fn list(path: &Path) -> Result<Vec<Value>> {
    let text = fs::read(path).with_context(|| path.display().to_string())?;
    Ok(serde_json::from_slice(&text)?)
}

/// By manager and function, what its answers look like: as the OpenAPI documents say.
type Documents = BTreeMap<(String, String), Validator>;

fn documents(root: &Path, game: &Game) -> Result<Documents> {
    let mut documents = Documents::new();
    for manager in &game.managers {
        let path = format!("generated/openapi/{}.json", manager.name);
        let text = fs::read(root.join(&path)).context(path)?;
        let document: Value = serde_json::from_slice(&text)?;
        for function in &manager.functions {
            let place = format!(
                "/paths/~1{}/post/responses/200/content/application~1json/schema",
                function.name
            );
            let schema = document.pointer(&place).cloned();
            let Some(mut schema) = schema else { continue };
            schema["components"] = document["components"].clone();
            let validator = jsonschema::draft202012::new(&schema)?;
            documents.insert((manager.name.clone(), function.name.clone()), validator);
        }
    }
    Ok(documents)
}

/// What is wrong with an answer, if anything is.
fn wrong(documents: &Documents, request: &Value, answer: &Value) -> Option<String> {
    if let Some(fault) = answer["fault"].as_str() {
        return (!is_asked_for(fault)).then(|| format!("a fault that nobody asked for: {fault}"));
    }
    if let Some(what) = answer["unavailable"].as_str() {
        let asked_for = is_asked_for(what) || OF_ARGS.iter().any(|it| what.contains(it));
        return (!asked_for).then(|| format!("what it needs does not answer: {what}"));
    }
    let name = |key: &str| request[key].as_str().unwrap_or_default().to_owned();
    let validator = documents.get(&(name("manager"), name("function")))?;
    let errors = validator.iter_errors(answer).map(|error| error.to_string());
    let errors: Vec<_> = errors.collect();
    (!errors.is_empty()).then(|| format!("{answer} is not as declared: {}", errors.join("; ")))
}

/// Whether the log says that of a fault for which an expression, a step or a row asks.
fn is_asked_for(fault: &str) -> bool {
    let said = |list: &[&str]| list.iter().any(|it| fault.contains(it));
    let has_place = fault.contains(" at managers.yaml:") || fault.contains(" at managers/");
    said(OF_ROWS) || has_place && said(AT_A_PLACE)
}

/// Columns of rows that are outside of their bounds.
fn out_of_bounds(game: &Game, database: &Connection) -> Result<Vec<String>> {
    let mut mistakes = Vec::new();
    for manager in &game.managers {
        for table in &manager.tables {
            for column in &table.columns {
                let Some(rule) = rule(column) else { continue };
                let name = aliya_macros_core::names::sql_table(&manager.name, &table.name);
                if !exists(database, &name)? {
                    continue;
                }
                let select = format!("SELECT count(*) FROM \"{name}\" WHERE NOT ({rule})");
                let wrong: i64 = database.query_row(&select, [], |row| row.get(0))?;
                if wrong > 0 {
                    mistakes.push(format!("{wrong} rows of `{name}` break {rule}"));
                }
            }
        }
    }
    Ok(mistakes)
}

fn exists(database: &Connection, table: &str) -> Result<bool> {
    let select = "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = ?1";
    let found: i64 = database.query_row(select, [table], |row| row.get(0))?;
    Ok(found > 0)
}

/// A column's bounds as a condition.
fn rule(column: &Field) -> Option<String> {
    // SQLite would take a name that there is not for a text.
    let name = format!("\"{}\"", column.name);
    let measured = match &column.ty {
        Ty::Text => format!("length({name})"),
        Ty::Optional(inner) if **inner == Ty::Text => format!("length({name})"),
        _ => name,
    };
    let bound = |literal: &Option<Literal>, sign: &str| match literal {
        Some(Literal::Int(bound)) => Some(format!("{measured} {sign} {bound}")),
        Some(Literal::Float(bound)) => Some(format!("{measured} {sign} {bound}")),
        _ => None,
    };
    let rules = [bound(&column.min, ">="), bound(&column.max, "<=")];
    let rules: Vec<String> = rules.into_iter().flatten().collect();
    (!rules.is_empty()).then(|| rules.join(" AND "))
}
