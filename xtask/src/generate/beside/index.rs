//! The index of the documentation: managers, functions, enums, and what holds of every function.

use super::docs::row;
use super::{page_of, words};
use crate::generate::ir::{Game, Record, Ty};

/// docs/index.md
pub(super) fn page(game: &Game) -> String {
    let mut out = format!("# {}\n\n", game.name);
    out.push_str(
        "Written by `cargo xtask gen` from managers.yaml. The samples are true: \
         `cargo xtask test` sends each of them.\n\n",
    );
    for manager in &game.managers {
        let page = page_of(&manager.name);
        out.push_str(&format!("## [{}]({page}.md)\n\n", manager.name));
        if let Some(doc) = &manager.doc {
            out.push_str(&format!("{}\n\n", doc.trim()));
        }
        if manager.functions.is_empty() {
            continue;
        }
        out.push_str("| function | access | |\n| --- | --- | --- |\n");
        for function in &manager.functions {
            let link = format!("[{name}]({page}.md#{name})", name = function.name);
            let doc = function.doc.as_deref().unwrap_or_default();
            let access = match &function.runs {
                Some(runs) => format!("runs {}", words::runs(game, runs)),
                None => words::access(function.access).to_owned(),
            };
            row(&mut out, &[&link, &access, doc]);
        }
        out.push('\n');
    }
    if !game.enums.is_empty() {
        out.push_str("## Enums\n\n| enum | values |\n| --- | --- |\n");
        for (at, declared) in game.enums.iter().enumerate() {
            row(&mut out, &[&declared.name, &words::variants(game, at)]);
        }
        out.push('\n');
    }
    let types = game.records.iter().filter(|record| !record.is_config());
    let types: Vec<_> = types.collect();
    if !types.is_empty() {
        out.push_str("## Types\n\n| type | fields |\n| --- | --- |\n");
        for record in types {
            row(&mut out, &[&record.name, &fields(game, record)]);
        }
        out.push('\n');
    }
    if !game.config.is_empty() {
        out.push_str(CONFIG);
        for table in &game.config {
            let ty = match &table.ty {
                Ty::Named(id) if game.records[id.0].is_config() => {
                    fields(game, &game.records[id.0])
                }
                ty => words::ty(game, ty),
            };
            row(&mut out, &[&table.name, &ty]);
        }
        out.push('\n');
    }
    out.push_str(STATUSES);
    out
}

/// The fields of a record, with their types.
fn fields(game: &Game, record: &Record) -> String {
    let fields = record.fields.iter().map(|field| {
        let (ty, may_be_absent) = words::present(&field.ty);
        let absent = if may_be_absent {
            " (may be absent)"
        } else {
            ""
        };
        format!("{}: {}{absent}", field.name, words::ty(game, ty))
    });
    let fields: Vec<_> = fields.collect();
    fields.join(", ")
}

const CONFIG: &str = "\
## Balance tables

The values of each stand in config/, in a file of its name. A changed file holds from the next requests on.

| table | type |
| --- | --- |
";

const STATUSES: &str = "\
## Statuses

Every function can answer with these, too:

| status | message | when |
| --- | --- | --- |
| 10 | Invalid message format | an arg is missing, ill-typed or out of range: `data.reason` says which |
| 11 | Authorization required | the token is not a live one (access `player`) |
| 12 | Too many requests | come back after `data.retry_after_ms` |
| 13 | Try again | something that it needs did not answer |
| 14 | Reply too large | it does not fit a frame; nothing was changed |
| 15 | Internal error | a fault of the server: `data.request_id` finds it in the log |
";
