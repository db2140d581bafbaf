//! The text of an explanation.

use aliya_macros_core::sql::Texts;

use super::{served, trips};
use crate::generate::ast::Per;
use crate::generate::emit::{Stated, statements_of};
use crate::generate::ir::{FunctionId, Game, Step, StepKind, Table, TableId};
use crate::generate::source::Sources;
use crate::migrate::databases::Database;

/// What there is to say of a function.
pub(super) fn told(
    game: &Game,
    sources: &Sources,
    id: FunctionId,
    databases: &[Database],
) -> String {
    let function = game.the_function(id);
    let does = if function.writes {
        "writes"
    } else {
        "only reads"
    };
    let mut told = Told {
        game,
        sources,
        databases,
        text: format!("{}: {does}\n", name(game, id)),
        depth: 0,
        within: Vec::new(),
    };
    for database in databases {
        told.line(database.name(), around(game, id, *database));
    }
    if databases.iter().any(|it| *it != Database::Sqlite) {
        told.line("server", &trips::said(game, sources, id));
    }
    told.function(id);
    told.text
}

/// What stands around the statements.
fn around(game: &Game, id: FunctionId, database: Database) -> &'static str {
    let function = game.the_function(id);
    match (database, function.writes) {
        (Database::Sqlite, true) => {
            "the write lock from the first statement to the commit (BEGIN IMMEDIATE)"
        }
        (Database::Sqlite, false) => "a snapshot, without locks",
        (_, true) => "a serializable transaction (BEGIN, COMMIT)",
        (_, false) if game.is_one_query(function) => "no transaction: it is one query",
        (_, false) => "a snapshot (BEGIN, COMMIT)",
    }
}

fn name(game: &Game, id: FunctionId) -> String {
    let manager = &game.managers[id.0.0];
    format!("{}.{}", manager.name, manager.functions[id.1].name)
}

fn text(texts: &Texts, database: Database) -> &str {
    match database {
        Database::Sqlite => &texts.sqlite,
        Database::Postgres => &texts.postgres,
        Database::Mysql => &texts.mysql,
    }
}

struct Told<'g> {
    game: &'g Game,
    sources: &'g Sources,
    databases: &'g [Database],
    text: String,
    depth: usize,
    /// The functions whose steps are being told.
    within: Vec<FunctionId>,
}

impl<'g> Told<'g> {
    fn function(&mut self, id: FunctionId) {
        let game = self.game;
        self.within.push(id);
        let stated = statements_of(game, self.sources, id);
        let function = game.the_function(id);
        self.steps(&function.steps, &stated);
        if let Some(followers) = &function.followed_by {
            self.steps(&followers.steps, &stated);
        }
        self.within.pop();
    }

    fn steps(&mut self, steps: &'g [Step], stated: &[Stated]) {
        for step in steps {
            self.step(step, stated);
        }
    }

    fn step(&mut self, step: &'g Step, stated: &[Stated]) {
        match &step.kind {
            StepKind::If {
                then, otherwise, ..
            } => self.inside(step, "a branch alone runs", &[then, otherwise], stated),
            StepKind::For { steps, .. } => self.inside(step, "each round", &[steps], stated),
            StepKind::Call { function, .. } => {
                self.call(step, *function);
                self.again(step, stated);
            }
            StepKind::Allow(allow) => {
                let per = match allow.per {
                    Per::Calendar(_) => "of the calendar",
                    Per::Ms(_) => "of a length",
                };
                let what = format!("counts uses of `{}` in a window {per}", allow.name);
                self.place(step, &what);
                self.line("served", "the key of the runtime's table aliya$allowance");
            }
            kind => {
                if let Some((table, served)) = self.served(kind) {
                    self.place(step, &table.name);
                    let own = stated.iter().filter(|it| it.step == step.span && !it.again);
                    own.for_each(|found| self.texts(found));
                    self.line("served", &served);
                    self.again(step, stated);
                }
            }
        }
    }

    /// The statements that read rows again which the function holds, where the step has written.
    fn again(&mut self, step: &Step, stated: &[Stated]) {
        let again = stated.iter().filter(|it| it.step == step.span && it.again);
        let mut again = again.peekable();
        if again.peek().is_some() {
            self.line(
                "then",
                "where that wrote, rows that are held are read again",
            );
            again.for_each(|found| self.texts(found));
        }
    }

    fn texts(&mut self, found: &Stated) {
        for database in self.databases {
            self.line(database.name(), text(&found.texts, *database));
        }
    }

    /// The table of a step that runs a statement, and what leads to its rows.
    fn served(&self, kind: &StepKind) -> Option<(&'g Table, String)> {
        let game = self.game;
        let table = |id: &TableId| &game.managers[id.0.0].tables[id.1];
        Some(match kind {
            StepKind::Get { table: id, by, .. } => {
                let columns: Vec<_> = by.iter().map(|(column, _)| *column).collect();
                (table(id), served::by_columns(table(id), &columns))
            }
            StepKind::Select {
                table: id, filter, ..
            }
            | StepKind::Update {
                table: id, filter, ..
            }
            | StepKind::DeleteMany {
                table: id, filter, ..
            }
            | StepKind::Measure {
                table: id, filter, ..
            } => (table(id), served::by_filter(table(id), filter)),
            StepKind::Rank {
                table: id,
                of,
                filter,
                ..
            } => {
                let columns: Vec<_> = of.iter().map(|(column, _)| *column).collect();
                let own = served::by_columns(table(id), &columns);
                let others = served::by_filter(table(id), filter);
                (table(id), format!("{own}; those before it, {others}"))
            }
            StepKind::Save { table: id, .. } | StepKind::DeleteRow { table: id, .. } => {
                (table(id), served::by_columns(table(id), &table(id).key))
            }
            StepKind::Insert { table: id, .. } | StepKind::InsertEach { table: id, .. } => {
                (table(id), served::by_insert(table(id)))
            }
            _ => return None,
        })
    }

    /// A step with steps inside, where any of those has something to say.
    fn inside(&mut self, step: &Step, what: &str, inside: &[&'g Vec<Step>], stated: &[Stated]) {
        let before = self.text.len();
        self.place(step, what);
        let headed = self.text.len();
        self.depth += 1;
        for steps in inside {
            self.steps(steps, stated);
        }
        self.depth -= 1;
        if self.text.len() == headed {
            self.text.truncate(before);
        }
    }

    fn call(&mut self, step: &Step, id: FunctionId) {
        self.place(step, &name(self.game, id));
        // The generator takes no circle of calls.
        if self.within.contains(&id) {
            return;
        }
        self.depth += 1;
        self.function(id);
        self.depth -= 1;
    }

    /// `managers/bag.yaml:12  get supply`
    fn place(&mut self, step: &Step, what: &str) {
        let (line, _) = self.sources.line_column(step.span);
        let file = &self.sources.file(step.span.file).path;
        let keyword = self.sources.text(step.span);
        let indent = self.depth * 2;
        self.text.push_str(&format!(
            "\n{:indent$}{file}:{line}  {keyword} {what}\n",
            ""
        ));
    }

    fn line(&mut self, name: &str, text: &str) {
        let indent = self.depth * 2 + 2;
        let mut name = name;
        for line in text.lines() {
            self.text
                .push_str(&format!("{:indent$}{name:10}{line}\n", ""));
            name = "";
        }
    }
}
