//! What a database lacks, of what it has applied and what the program knows.

use crate::db::DbError;

use super::{History, MigrateError, Migration, Planned, Step, is_checksum};

/// What a database says of a migration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::db) struct Applied {
    pub(in crate::db) number: u32,
    pub(in crate::db) name: String,
    pub(in crate::db) checksum: String,
    /// How many of its steps are done: all, unless the database cannot undo and was interrupted.
    pub(in crate::db) steps_done: usize,
}

impl Applied {
    /// From a row of `aliya$migration`: number, name, checksum, steps done.
    pub(in crate::db) fn of(
        (number, name, checksum, steps_done): (i64, String, String, i64),
        database: &str,
    ) -> Result<Self, DbError> {
        let number = u32::try_from(number).ok();
        let steps_done = usize::try_from(steps_done).ok();
        let (Some(number), Some(steps_done)) = (number, steps_done) else {
            let what = format!("the table aliya$migration of {database} is damaged");
            return Err(DbError::Failed(what));
        };
        Ok(Self {
            number,
            name,
            checksum,
            steps_done,
        })
    }
}

/// A migration that a database lacks, or has a part of.
#[derive(Clone, Copy, Debug)]
pub(in crate::db) struct Pending {
    pub(in crate::db) history: &'static History,
    pub(in crate::db) migration: &'static Migration,
    /// Those that a database has.
    pub(in crate::db) steps: &'static [Step],
    pub(in crate::db) steps_done: usize,
    /// Whether the database has applied none of this history: the tables may be there none the less,
    /// from before there were migrations.
    pub(in crate::db) first: bool,
}

impl Pending {
    /// As people see it. `in_the_way` is what its rows do not keep.
    pub(super) fn planned(&self, in_the_way: Vec<String>) -> Planned {
        let steps = self.steps.iter().map(|step| (step.class, step.what));
        Planned {
            owner: self.history.owner,
            migration: self.migration.full_name(),
            steps: steps.collect(),
            in_the_way,
        }
    }
}

/// What `database` lacks of a history, in order. `applied` is what it says of this owner, by
/// number; `steps` chooses the steps of its dialect.
pub(super) fn pending(
    history: &'static History,
    applied: &[Applied],
    steps: fn(&'static Migration) -> &'static [Step],
    database: &str,
) -> Result<Vec<Pending>, MigrateError> {
    let owner = history.owner;
    if let Some(what) = history.behind {
        return Err(MigrateError::Behind { owner, what });
    }
    let database = || database.to_owned();
    for found in applied {
        let migration = format!("{:04}_{}", found.number, found.name);
        let known = history
            .migrations
            .iter()
            .find(|it| it.number == found.number);
        let last = history.migrations.last();
        match known {
            Some(known)
                if known.name == found.name && is_checksum(&found.checksum, steps(known)) => {}
            None if last.is_none_or(|last| last.number < found.number) => {
                return Err(MigrateError::Newer {
                    database: database(),
                    owner,
                    migration,
                    last: last.map_or_else(|| "none".to_owned(), Migration::full_name),
                });
            }
            _ => {
                return Err(MigrateError::Edited {
                    database: database(),
                    owner,
                    migration,
                });
            }
        }
    }
    let mut pending = Vec::new();
    for migration in history.migrations {
        let found = applied.iter().find(|it| it.number == migration.number);
        let steps = steps(migration);
        let steps_done = found.map_or(0, |found| found.steps_done);
        if found.is_some() && steps_done >= steps.len() {
            continue;
        }
        if let Some(later) = applied.iter().find(|it| it.number > migration.number) {
            return Err(MigrateError::Unordered {
                database: database(),
                owner,
                migration: migration.full_name(),
                later: format!("{:04}_{}", later.number, later.name),
            });
        }
        pending.push(Pending {
            history,
            migration,
            steps,
            steps_done,
            first: applied.is_empty() && pending.is_empty(),
        });
    }
    Ok(pending)
}

#[cfg(test)]
mod tests {
    use super::super::{Class, checksum};
    use super::*;

    const fn step(statements: &'static [&'static str]) -> Step {
        Step {
            class: Class::Safe,
            what: "",
            checks: &[],
            statements,
        }
    }

    static ONE: [Step; 1] = [step(&["CREATE"])];
    static TWO: [Step; 2] = [step(&["ALTER 1"]), step(&["ALTER 2"])];
    static OTHER: [Step; 2] = [step(&["ALTER 1", "ALTER 2"]), step(&[])];
    static BAG: History = History {
        owner: "bag",
        migrations: &[
            Migration {
                number: 1,
                name: "begin",
                sqlite: &ONE,
                postgres: &ONE,
                mysql: &ONE,
            },
            Migration {
                number: 4,
                name: "more",
                sqlite: &TWO,
                postgres: &TWO,
                mysql: &TWO,
            },
        ],
        behind: None,
    };

    fn applied(number: u32, name: &str, steps: &[Step], steps_done: usize) -> Applied {
        Applied {
            number,
            name: name.to_owned(),
            checksum: checksum(steps),
            steps_done,
        }
    }

    fn decide(applied: &[Applied]) -> Result<Vec<(u32, usize, bool)>, MigrateError> {
        let pending = pending(&BAG, applied, |migration| migration.sqlite, "game.db")?;
        let pending = pending.iter();
        let short = pending.map(|it| (it.migration.number, it.steps_done, it.first));
        Ok(short.collect())
    }

    #[test]
    fn what_is_lacking_comes_in_order() {
        let begin = applied(1, "begin", &ONE, 1);
        assert_eq!(decide(&[]), Ok(vec![(1, 0, true), (4, 0, false)]));
        assert_eq!(
            decide(std::slice::from_ref(&begin)),
            Ok(vec![(4, 0, false)])
        );
        let half = applied(4, "more", &TWO, 1);
        assert_eq!(decide(&[begin.clone(), half]), Ok(vec![(4, 1, false)]));
        let more = applied(4, "more", &TWO, 2);
        assert_eq!(decide(&[begin, more]), Ok(vec![]));
    }

    #[test]
    fn histories_that_do_not_fit_are_refused() {
        let begin = applied(1, "begin", &ONE, 1);
        let newer = decide(&[begin.clone(), applied(5, "beyond", &ONE, 1)]);
        assert!(matches!(newer, Err(MigrateError::Newer { last, .. }) if last == "0004_more"));
        for edited in [
            applied(4, "more", &OTHER, 2),
            applied(4, "other", &TWO, 2),
            applied(3, "more", &TWO, 2),
        ] {
            let refused = decide(&[begin.clone(), edited]);
            assert!(
                matches!(refused, Err(MigrateError::Edited { .. })),
                "{refused:?}"
            );
        }
        let unordered = decide(&[applied(4, "more", &TWO, 2)]);
        assert!(matches!(unordered, Err(MigrateError::Unordered { .. })));
    }
}
