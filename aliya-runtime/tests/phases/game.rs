//! A diary, whose functions ask a critic that another process hosts.

use aliya_runtime::prelude::*;

/// A line of a diary.
#[derive(Clone, Debug, PartialEq, Table)]
#[table(name = "diary_line")]
pub struct Line {
    pub id: Id,
    pub text: String,
}

#[derive(Args, Outgoing)]
#[callee(manager = "critic", function = "judge")]
pub struct JudgeArgs {
    #[arg(max = 20)]
    pub text: String,
}

#[derive(Reply, Incoming)]
pub struct JudgeReply {
    pub verdict: String,
}

#[derive(Args)]
pub struct AskAndNoteArgs {
    pub text: String,
}

#[derive(Args)]
pub struct NoteAndAskArgs {
    pub text: String,
}

#[derive(Args)]
pub struct NoteArgs {
    pub text: String,
}

#[derive(Args)]
pub struct NoteTwiceArgs {
    pub text: String,
}

/// How many lines there were before, the ids of the new ones, and what the critic said.
#[derive(Clone, Debug, PartialEq, Reply)]
pub struct NoteReply {
    pub before: i64,
    pub ids: Vec<Id>,
    pub verdict: String,
}

static CREATE_LINE: Statement = Statement {
    name: "diary.line.create",
    sqlite: "CREATE TABLE \"diary_line\" (\"id\" INTEGER PRIMARY KEY, \"text\" TEXT NOT NULL) STRICT",
    ..Statement::SQLITE_ALONE
};

static SELECT_LINES: Statement = Statement {
    name: "diary.line.select",
    sqlite: "SELECT \"id\", \"text\" FROM \"diary_line\" ORDER BY \"id\"",
    ..Statement::SQLITE_ALONE
};

static INSERT_LINE: Statement = Statement {
    name: "diary.line.insert",
    sqlite: "INSERT INTO \"diary_line\" (\"text\") VALUES (?1) RETURNING \"id\"",
    ..Statement::SQLITE_ALONE
};

static SAVE_LINE: Statement = Statement {
    name: "diary.line.save",
    sqlite: "UPDATE \"diary_line\" SET \"text\" = ?2 WHERE \"id\" = ?1",
    ..Statement::SQLITE_ALONE
};

/// What another process hosts; what it does there is the tests' own.
pub mod critic {
    use super::*;

    pub struct Critic;

    #[manager(name = "critic", port = 1, schema = [])]
    impl Critic {
        /// Only its name and types count: no test runs it.
        #[function(access = Internal, writes, outcomes = [1])]
        pub async fn judge(_cx: &mut Cx<'_>, _args: &JudgeArgs) -> Result<Returned, Stop> {
            Err(Stop::fault("another process runs this"))
        }
    }
}

pub mod diary {
    use super::*;

    pub struct Diary;

    #[manager(name = "diary", port = 2, schema = [CREATE_LINE])]
    impl Diary {
        /// Reads, calls, writes.
        #[function(access = Player, writes, reaches = ["critic"])]
        pub async fn ask_and_note(
            cx: &mut Cx<'_>,
            args: &AskAndNoteArgs,
        ) -> Result<Returned, Stop> {
            let lines: Vec<Line> = cx.select(&SELECT_LINES, &[]).await?.rows()?;
            let verdict = judge(cx, &args.text).await?;
            let id = insert(cx, &args.text).await?;
            reply(&lines, vec![id], verdict)
        }

        /// Writes, calls, writes what it was told, and more.
        #[function(access = Player, writes, reaches = ["critic"])]
        pub async fn note_and_ask(
            cx: &mut Cx<'_>,
            args: &NoteAndAskArgs,
        ) -> Result<Returned, Stop> {
            let lines: Vec<Line> = cx.select(&SELECT_LINES, &[]).await?.rows()?;
            let first = insert(cx, "to be judged").await?;
            let verdict = judge(cx, &args.text).await?;
            let line = Line {
                id: first,
                text: args.text.clone(),
            };
            let params = [line.id.param(), line.text.param()];
            cx.save(&SAVE_LINE, &line, &params).await?;
            let second = insert(cx, &verdict).await?;
            reply(&lines, vec![first, second], verdict)
        }

        /// Writes here and calls nobody.
        #[function(access = Player, writes)]
        pub async fn note(cx: &mut Cx<'_>, args: &NoteArgs) -> Result<Returned, Stop> {
            let lines: Vec<Line> = cx.select(&SELECT_LINES, &[]).await?.rows()?;
            let id = insert(cx, &args.text).await?;
            reply(&lines, vec![id], String::new())
        }

        /// Notes a short line.
        #[function(access = Internal, writes)]
        pub async fn note_word(cx: &mut Cx<'_>, args: &WordArgs) -> Result<Returned, Stop> {
            insert(cx, &args.text).await?;
            Ok(Returned::success(Box::new(WordReply {})))
        }

        /// Notes a line, and another one like it through `note_word`.
        #[function(access = Player, writes)]
        pub async fn note_twice(cx: &mut Cx<'_>, args: &NoteTwiceArgs) -> Result<Returned, Stop> {
            insert(cx, &args.text).await?;
            let text = args.text.clone();
            Ok(Returned::success(cx.call(&WordArgs { text }).await?.data::<WordReply>()?).boxed())
        }

        /// All lines.
        #[function(access = Player)]
        pub async fn read(cx: &mut Cx<'_>, _args: &ReadArgs) -> Result<Returned, Stop> {
            let lines: Vec<Line> = cx.select(&SELECT_LINES, &[]).await?.rows()?;
            let lines = lines.into_iter().map(|line| line.text).collect();
            Ok(Returned::success(Box::new(ReadReply { lines })))
        }
    }

    async fn judge(cx: &mut Cx<'_>, text: &str) -> Result<String, Stop> {
        let text = text.to_owned();
        let judged = cx.call(&JudgeArgs { text }).await?;
        let judged: JudgeReply = judged.data()?;
        Ok(judged.verdict)
    }

    pub async fn insert(cx: &mut Cx<'_>, text: &str) -> Result<Id, Stop> {
        let line = Line {
            id: Id(0),
            text: text.to_owned(),
        };
        cx.insert_id(&INSERT_LINE, &line, &[line.text.param()])
            .await
    }

    fn reply(lines: &[Line], ids: Vec<Id>, verdict: String) -> Result<Returned, Stop> {
        let before = ops::len(lines);
        Ok(Returned::success(Box::new(NoteReply {
            before,
            ids,
            verdict,
        })))
    }
}

#[derive(Args, Outgoing)]
#[callee(manager = "diary", function = "note_word")]
pub struct WordArgs {
    #[arg(max = 5)]
    pub text: String,
}

#[derive(Reply, Incoming)]
pub struct WordReply {}

#[derive(Clone, Debug, PartialEq, Args)]
pub struct ReadArgs {}

#[derive(Clone, Debug, PartialEq, Reply)]
pub struct ReadReply {
    pub lines: Vec<String>,
}

pub static GAME: Game = Game {
    time_zone: "UTC",
    name: "diaries",
    managers: &[&critic::CRITIC, &diary::DIARY],
    routes: &[],
    config: None,
};
