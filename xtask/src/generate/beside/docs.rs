//! A manager's page of documentation: its tables, and every function with args, statuses, reply and a
//! sample.

use super::json::Json;
use super::samples::{Sample, Samples};
use super::statuses::{Possible, Statuses};
use super::{request, words};
use crate::generate::ir::{Access, Function, FunctionId, Game, ManagerId, Table, Ty};

/// The player of the samples.
const PLAYER: &str = "ada";

/// The page of one manager.
pub(super) fn page(
    game: &Game,
    id: ManagerId,
    statuses: &mut Statuses<'_>,
    samples: &Samples,
) -> String {
    let manager = &game.managers[id.0];
    let mut out = format!("# {}\n\n", manager.name);
    paragraph(&mut out, manager.doc.as_deref());
    out.push_str(&format!(
        "Declared in `{}`; listens on port {}. HTTP API: [openapi/{name}.json](../openapi/{name}.json). \
         All managers: [index](index.md).\n\n",
        manager.file,
        manager.port,
        name = manager.name
    ));
    for (at, function) in manager.functions.iter().enumerate() {
        let sample = samples.get(&manager.name);
        let sample = sample.and_then(|samples| samples.get(&function.name));
        let possible = statuses.of(FunctionId(id, at));
        let page = Page {
            game,
            manager: &manager.name,
            function,
        };
        page.write(&mut out, &possible, sample);
    }
    if !manager.tables.is_empty() {
        out.push_str("## Tables\n\n");
    }
    for a_table in &manager.tables {
        table(game, a_table, &mut out);
    }
    // One line break at the end.
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

struct Page<'g> {
    game: &'g Game,
    manager: &'g str,
    function: &'g Function,
}

impl Page<'_> {
    fn write(&self, out: &mut String, possible: &[Possible], sample: Option<&Sample>) {
        let function = self.function;
        out.push_str(&format!("## {}\n\n", function.name));
        paragraph(out, function.doc.as_deref());
        let who = match function.access {
            Access::Player => "clients with a token",
            Access::Public => "clients, without a token",
            Access::Internal => "managers",
            Access::Admin => "the operator",
        };
        let access = words::access(function.access);
        if let Some(runs) = &function.runs {
            let when = words::runs(self.game, runs);
            out.push_str(&format!("Runs {when}. Nobody calls it.\n\n"));
            if !function.args.is_empty() {
                self.args(out);
            }
            return;
        }
        out.push_str(&format!("Access: {access} ({who}).\n\n"));
        self.args(out);
        statuses_table(possible, out);
        out.push_str("### Reply\n\n");
        self.reply(out);
        self.sample(out, sample);
    }

    fn args(&self, out: &mut String) {
        let args = &self.function.args;
        if args.is_empty() {
            out.push_str("No args.\n\n");
            return;
        }
        out.push_str("| arg | type | range | without it | |\n| --- | --- | --- | --- | --- |\n");
        for arg in args {
            let (ty, may_be_absent) = words::present(&arg.ty);
            let without = match &arg.default {
                Some(default) => words::literal(self.game, default),
                None if may_be_absent => "absent".to_owned(),
                None => "refused".to_owned(),
            };
            row(
                out,
                &[
                    &arg.name,
                    &words::ty(self.game, ty),
                    &words::range(self.game, arg),
                    &without,
                    arg.doc.as_deref().unwrap_or_default(),
                ],
            );
        }
        out.push('\n');
    }

    fn reply(&self, out: &mut String) {
        let fields = &self.function.reply;
        if fields.is_empty() {
            out.push_str("No data.\n\n");
            return;
        }
        out.push_str("| field | type | |\n| --- | --- | --- |\n");
        for (name, ty) in fields {
            let (ty, may_be_absent) = words::present(ty);
            let absent = if may_be_absent { "may be left out" } else { "" };
            row(out, &[name, &words::ty(self.game, ty), absent]);
        }
        out.push('\n');
    }

    fn sample(&self, out: &mut String, sample: Option<&Sample>) {
        out.push_str("### Sample\n\n");
        let before = sample.map(|sample| sample.before.as_slice());
        let before = before.unwrap_or_default();
        if !before.is_empty() {
            let calls = before.iter().map(|(name, args)| admin_call(name, args));
            out.push_str(&format!(
                "After\n\n```sh\n{}```\n\n",
                calls.collect::<String>()
            ));
        }
        let args = request::args(self.game, self.function, sample);
        if matches!(self.function.access, Access::Player | Access::Public) {
            let data = match (self.function.access, args) {
                (Access::Player, Json::Object(members)) => {
                    let token = ("token".to_owned(), Json::from("..."));
                    Json::Object([token].into_iter().chain(members).collect())
                }
                (_, args) => args,
            };
            let request = Json::object([("function", Json::from(self.function.name.as_str()))]);
            fenced(out, &request.with("data", data));
        } else {
            let name = format!("{}.{}", self.manager, self.function.name);
            out.push_str(&format!("```sh\n{}```\n\n", admin_call(&name, &args)));
        }
        match sample.and_then(|sample| sample.reply.as_ref()) {
            Some(reply) => {
                out.push_str("is answered with\n\n");
                fenced(out, reply);
            }
            None => out.push_str("Its reply has not been recorded yet.\n\n"),
        }
    }
}

fn statuses_table(possible: &[Possible], out: &mut String) {
    out.push_str("| status | message | |\n| --- | --- | --- |\n");
    for status in possible {
        let about = match (&status.from, status.succeeds) {
            (Some(from), _) => format!("from `{from}`; nothing is kept"),
            (None, true) => "everything is kept".to_owned(),
            (None, false) => "nothing is kept".to_owned(),
        };
        row(out, &[&status.status.to_string(), &status.message, &about]);
    }
    out.push_str("\nAnd [those of every function](index.md#statuses).\n\n");
}

fn table(game: &Game, table: &Table, out: &mut String) {
    out.push_str(&format!("### {}\n\n", table.name));
    paragraph(out, table.doc.as_deref());
    out.push_str("| column | type | range | default | |\n| --- | --- | --- | --- | --- |\n");
    for (at, column) in table.columns.iter().enumerate() {
        let (ty, may_be_absent) = words::present(&column.ty);
        let default = column.default.as_ref();
        let default = default.map(|value| words::literal(game, value));
        let notes = [
            table.key.contains(&at).then_some("key"),
            may_be_absent.then_some("may be absent"),
            column.doc.as_deref(),
        ];
        let notes: Vec<_> = notes.into_iter().flatten().collect();
        row(
            out,
            &[
                &column.name,
                &words::ty(game, ty),
                // Which values an enum or a player has does not differ from column to column.
                &match ty {
                    Ty::Enum(_) | Ty::Player | Ty::Time => String::new(),
                    _ => words::range(game, column),
                },
                &default.unwrap_or_default(),
                &notes.join("; "),
            ],
        );
    }
    out.push('\n');
}

/// The operator's command that calls a function for [`PLAYER`].
fn admin_call(name: &str, args: &Json) -> String {
    let mut line = format!("aliya admin call {name} --player {PLAYER}");
    if let Json::Object(members) = args {
        for (key, value) in members {
            let value = match value {
                Json::Text(text) => text.clone(),
                other => other.to_string(),
            };
            line.push(' ');
            line.push_str(&shell_word(&format!("{key}={value}")));
        }
    }
    line.push('\n');
    line
}

fn shell_word(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_-=.,:/".contains(c);
    if word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "'\\''"))
}

fn fenced(out: &mut String, json: &Json) {
    out.push_str(&format!("```json\n{}```\n\n", json.pretty()));
}

fn paragraph(out: &mut String, text: Option<&str>) {
    if let Some(text) = text {
        out.push_str(&format!("{}\n\n", text.trim()));
    }
}

/// A row of a table: what would end a cell is escaped.
pub(super) fn row(out: &mut String, cells: &[&str]) {
    out.push('|');
    for cell in cells {
        let cell = cell.replace('|', "\\|");
        let cell = cell.split_whitespace().collect::<Vec<_>>().join(" ");
        if !cell.is_empty() {
            out.push(' ');
            out.push_str(&cell);
        }
        out.push_str(" |");
    }
    out.push('\n');
}
