//! A migration for one database: steps of SQL, and their text as a file.
//!
//! Lines that begin with `-- manager: `, `-- step: ` or `-- check: ` say what follows; all else is
//! SQL, so that people can read, run and change the file.

use super::plan::Class;

/// What a migration does to the tables of each manager.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Script {
    /// By manager, in order.
    pub managers: Vec<(String, Vec<Step>)>,
}

/// What is done together: where the database cannot undo it, it is what is done again.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// How much it asks.
    pub class: Class,
    /// What it does, in words.
    pub what: String,
    /// What must hold before.
    pub checks: Vec<Check>,
    /// What is executed, in order.
    pub statements: Vec<String>,
}

/// What must hold before a step.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    /// The same, in words.
    pub what: String,
    /// A query of one number: how many rows are in the way.
    pub query: String,
}

/// What is wrong with a file, and in which line, from 1.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {what}")]
pub struct ScriptError {
    /// The line.
    pub line: usize,
    /// What is wrong.
    pub what: String,
}

const MANAGER: &str = "-- manager: ";
const STEP: &str = "-- step: ";
const CHECK: &str = "-- check: ";

impl Script {
    /// Adds a step behind the others; those of one manager come together.
    pub fn add(&mut self, manager: &str, step: Step) {
        match self.managers.iter_mut().find(|(name, _)| name == manager) {
            Some((_, steps)) => steps.push(step),
            None => self.managers.push((manager.to_owned(), vec![step])),
        }
    }

    /// Lets something be checked before the first step of a manager.
    pub fn check_first(&mut self, manager: &str, checks: Vec<Check>) {
        let found = self.managers.iter_mut().find(|(name, _)| name == manager);
        if let Some(first) = found.and_then(|(_, steps)| steps.first_mut()) {
            first.checks.extend(checks);
        }
    }

    /// The steps for a manager; none where it leaves that one's tables alone.
    pub fn steps(&self, manager: &str) -> &[Step] {
        let found = self.managers.iter().find(|(name, _)| name == manager);
        found.map_or(&[], |(_, steps)| steps)
    }

    /// The text of the file, below `head`, lines of comment.
    pub fn text(&self, head: &str) -> String {
        let mut text: String = head.lines().map(|line| format!("-- {line}\n")).collect();
        for (manager, steps) in &self.managers {
            text.push_str(&format!("\n{MANAGER}{manager}\n"));
            for step in steps {
                text.push_str(&format!("\n{STEP}{}: {}\n", step.class.name(), step.what));
                for check in &step.checks {
                    text.push_str(&format!("{CHECK}{}\n{};\n", check.what, check.query));
                }
                for statement in &step.statements {
                    text.push_str(&format!("{statement};\n"));
                }
            }
        }
        text
    }

    /// Reads the text of a file.
    pub fn read(text: &str) -> Result<Self, ScriptError> {
        let mut script = Self::default();
        let mut check: Option<(usize, String)> = None;
        for part in parts(text)? {
            let line = part.line;
            let wrong = |what: &str| {
                let what = what.to_owned();
                Err(ScriptError { line, what })
            };
            if let (Some((line, _)), Part { marker: true, .. }) = (&check, &part) {
                let what = "this check has no query".to_owned();
                return Err(ScriptError { line: *line, what });
            }
            let text = part.text.as_str();
            if !part.marker {
                let Some(step) = script.last_step() else {
                    return wrong(
                        "a statement that belongs to no step: write `-- step: CLASS: WHAT` above",
                    );
                };
                match check.take() {
                    Some((_, what)) => step.checks.push(Check {
                        what,
                        query: part.text,
                    }),
                    None => step.statements.push(part.text),
                }
            } else if let Some(name) = text.strip_prefix(MANAGER) {
                if script.managers.iter().any(|(known, _)| known == name) {
                    return wrong("this manager has a part already");
                }
                script.managers.push((name.trim().to_owned(), Vec::new()));
            } else if let Some(said) = text.strip_prefix(STEP) {
                let Some((_, steps)) = script.managers.last_mut() else {
                    return wrong(
                        "a step that belongs to no manager: write `-- manager: NAME` above",
                    );
                };
                let parts = said.split_once(": ");
                let found = parts.and_then(|(class, what)| Some((Class::named(class)?, what)));
                let Some((class, what)) = found else {
                    let classes = Class::ALL.map(Class::name).join(", ");
                    return wrong(&format!(
                        "a step has a class, one of {classes}, and says what it does"
                    ));
                };
                steps.push(Step {
                    class,
                    what: what.trim().to_owned(),
                    checks: Vec::new(),
                    statements: Vec::new(),
                });
            } else if let Some(what) = text.strip_prefix(CHECK) {
                match script.last_step() {
                    Some(step) if step.statements.is_empty() => {}
                    Some(_) => return wrong("a check stands before the statements of its step"),
                    None => return wrong("a check that belongs to no step"),
                }
                check = Some((line, what.trim().to_owned()));
            }
        }
        if let Some((line, _)) = check {
            let what = "this check has no query".to_owned();
            return Err(ScriptError { line, what });
        }
        Ok(script)
    }

    fn last_step(&mut self) -> Option<&mut Step> {
        self.managers.last_mut()?.1.last_mut()
    }
}

/// A marker's line, or a statement without its semicolon and comments around it.
struct Part {
    line: usize,
    marker: bool,
    text: String,
}

/// Takes a file apart. A semicolon ends a statement unless it stands in a text, in a name or in a
/// comment.
fn parts(text: &str) -> Result<Vec<Part>, ScriptError> {
    let mut parts = Vec::new();
    let (mut statement, mut begun, mut line) = (String::new(), 1, 1);
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let (piece, comment) = token(rest).ok_or_else(|| ScriptError {
            line,
            what: format!("what {c} begins here has no end"),
        })?;
        rest = &rest[piece.len()..];
        let at = line;
        line += piece.matches('\n').count();
        let outside = statement.trim().is_empty();
        if piece == ";" {
            if !outside {
                parts.push(Part {
                    line: begun,
                    marker: false,
                    text: statement.trim().to_owned(),
                });
            }
            statement.clear();
        } else if comment
            && [MANAGER, STEP, CHECK]
                .iter()
                .any(|it| piece.starts_with(it))
        {
            if !outside {
                let what = "the statement above lacks its semicolon".to_owned();
                return Err(ScriptError { line: at, what });
            }
            parts.push(Part {
                line: at,
                marker: true,
                text: piece.trim_end().to_owned(),
            });
        } else if !(comment && outside) {
            if outside {
                begun = at;
            }
            statement.push_str(piece);
        }
    }
    if !statement.trim().is_empty() {
        let what = "this statement lacks its semicolon".to_owned();
        return Err(ScriptError { line: begun, what });
    }
    Ok(parts)
}

/// The next piece of SQL, and whether it is a comment: a text, a name, a comment, or a character.
fn token(text: &str) -> Option<(&str, bool)> {
    let until = |end: &str, from: usize| {
        let found = text.get(from..)?.find(end)?;
        text.get(..from + found + end.len())
    };
    let first = text.chars().next()?;
    match first {
        _ if text.starts_with("--") => {
            let end = text.find('\n').unwrap_or(text.len());
            Some((&text[..end], true))
        }
        _ if text.starts_with("/*") => Some((until("*/", 2)?, true)),
        // Two in a row stand for one: the second begins a text that goes on.
        '\'' | '"' | '`' => Some((until(&first.to_string(), 1)?, false)),
        _ => Some((&text[..first.len_utf8()], false)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_comes_back_from_its_text() {
        let step = Step {
            class: Class::Rewrites,
            what: "`a` is int: becomes text".to_owned(),
            checks: vec![Check {
                what: "no row of `t` has an `a` above 9".to_owned(),
                query: "SELECT count(*) FROM \"t\"\nWHERE \"a\" > 9".to_owned(),
            }],
            statements: vec![
                "INSERT INTO \"t;\" VALUES ('it''s; -- step: no', 1)".to_owned(),
                "UPDATE t /* ; */ SET a = 1 -- ;\nWHERE b".to_owned(),
            ],
        };
        let script = Script {
            managers: vec![
                ("bag".to_owned(), vec![step.clone(), step.clone()]),
                ("weapon".to_owned(), vec![step]),
            ],
        };
        let text = script.text("What it is.\nIn lines;");
        assert!(text.starts_with("-- What it is.\n-- In lines;\n\n-- manager: bag\n"));
        assert_eq!(Script::read(&text), Ok(script));
    }

    #[test]
    fn mistakes_are_placed() {
        let begin = "-- manager: a\n-- step: safe: b\n";
        for (text, line, what) in [
            ("SELECT 1;", 1, "a statement that belongs to no step"),
            ("-- step: safe: b\n", 1, "a step that belongs to no manager"),
            ("-- manager: a\n-- step: b\n", 2, "a step has a class"),
            (
                "-- manager: a\n\n-- manager: a\n",
                3,
                "this manager has a part",
            ),
            (&format!("{begin}SELECT 1\n"), 3, "this statement lacks"),
            (&format!("{begin}SELECT 'x;\n"), 3, "what ' begins here"),
            (
                &format!("{begin}A\n{begin}"),
                4,
                "the statement above lacks",
            ),
            (
                &format!("{begin}-- check: c\n"),
                3,
                "this check has no query",
            ),
            (
                &format!("{begin}A;\n-- check: c\nB;"),
                4,
                "a check stands before",
            ),
        ] {
            let error = Script::read(text).expect_err(text);
            assert_eq!(error.line, line, "{text}");
            assert!(error.what.starts_with(what), "{text}: {error}");
        }
    }
}
