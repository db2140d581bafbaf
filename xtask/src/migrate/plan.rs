//! What has to be done to tables: the changes between two schemas, each in a line of a plan.

use std::fmt;

use super::databases::{Database, Each};
use super::snapshot::{Reference, Table};

/// How much a change asks of a database that is in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// Every row stays as it is.
    Safe,
    /// The rows that are there need a value that they never had.
    NeedsDefault,
    /// Every row is read, and most are written anew.
    Rewrites,
    /// Values are gone afterwards.
    Destroys,
}

impl Class {
    /// All of them.
    pub const ALL: [Self; 4] = [
        Self::Safe,
        Self::NeedsDefault,
        Self::Rewrites,
        Self::Destroys,
    ];

    /// What it is called in plans and migrations.
    pub fn name(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::NeedsDefault => "needs a default",
            Self::Rewrites => "rewrites the table",
            Self::Destroys => "destroys data",
        }
    }

    /// The class of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.name() == name)
    }
}

/// A line of a plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// How much it asks of each database.
    pub class: Each<Class>,
    /// The change, in words.
    pub what: String,
    /// What a migration of this change alone is called.
    pub name: String,
    /// Why it cannot be done, and what to do instead.
    pub refused: Option<String>,
}

impl From<Class> for Each<Class> {
    /// The same of all databases.
    fn from(class: Class) -> Self {
        Self::new(|_| class)
    }
}

impl Line {
    /// A line of what can be done.
    pub fn new(class: impl Into<Each<Class>>, name: String, what: String) -> Self {
        Self {
            class: class.into(),
            what,
            name,
            refused: None,
        }
    }

    /// The greatest of its classes.
    pub fn greatest(&self) -> Class {
        let Each {
            sqlite,
            postgres,
            mysql,
        } = self.class;
        sqlite.max(postgres).max(mysql)
    }

    /// Where it asks less than its greatest class says: ` (safe in postgres)`.
    fn exceptions(&self) -> String {
        let of = |class: Class| {
            let names = self.class.iter().filter(|(_, it)| **it == class);
            let names: Vec<_> = names.map(|(database, _)| database.name()).collect();
            (!names.is_empty()).then(|| format!("{} in {}", class.name(), names.join(" and ")))
        };
        let less = Class::ALL
            .into_iter()
            .filter(|class| *class < self.greatest());
        let less: Vec<_> = less.filter_map(of).collect();
        match less.is_empty() {
            true => String::new(),
            false => format!(" ({})", less.join(", ")),
        }
    }
}

/// Where the values of a column come from.
#[derive(Clone, Debug, PartialEq)]
pub enum Source {
    /// From that column of the table as it was, at this place.
    Old(usize),
    /// There is none: a default, nothing, or a number that the database gives.
    New,
}

/// What happens to a table.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// It is made.
    Create(Table),
    /// It goes, with its rows.
    Drop(Table),
    /// It becomes another.
    Alter(Box<Altered>),
}

/// A table before and after.
#[derive(Clone, Debug, PartialEq)]
pub struct Altered {
    /// The name that it had.
    pub old_name: String,
    /// As it was.
    pub old: Table,
    /// As it will be.
    pub new: Table,
    /// Where each of the new columns comes from.
    pub sources: Vec<Source>,
}

/// A table's part of a plan.
#[derive(Clone, Debug, PartialEq)]
pub struct TablePlan {
    /// The manager whose it is.
    pub manager: String,
    /// Its name: the new one.
    pub table: String,
    /// What happens.
    pub change: Change,
    /// The same, for people: at least one line.
    pub lines: Vec<Line>,
}

/// What leads from one schema to another.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    /// By manager and table, in an order in which it can be done.
    pub tables: Vec<TablePlan>,
    /// By manager and table: the references that cannot stay while tables change, as they were.
    pub references_off: Vec<Referring>,
    /// Those that are put on the changed tables.
    pub references_on: Vec<Referring>,
}

/// A reference, and whose it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Referring {
    /// The manager of both tables.
    pub manager: String,
    /// The table whose rows refer.
    pub table: String,
    /// To what they refer.
    pub reference: Reference,
    /// Whether rows may be there that name none.
    pub is_new: bool,
}

impl TablePlan {
    /// The greatest class of its lines in a database.
    pub fn class(&self, database: Database) -> Class {
        let classes = self.lines.iter().map(|line| *line.class.of(database));
        classes.max().unwrap_or(Class::Safe)
    }

    /// Its lines in one.
    pub fn said(&self) -> String {
        let lines: Vec<_> = self.lines.iter().map(|line| line.what.as_str()).collect();
        lines.join("; ")
    }
}

impl Plan {
    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.tables.is_empty()
    }

    /// All its lines.
    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        self.tables.iter().flat_map(|table| &table.lines)
    }

    /// What a migration of it is called where nobody gives it a name.
    pub fn name(&self) -> String {
        let mut names = self.lines().map(|line| line.name.as_str());
        let first = names.next().unwrap_or("nothing").to_owned();
        match names.count() {
            0 => first,
            more => format!("{first}_and_{more}_more"),
        }
    }
}

impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let classes = self.lines().map(|line| line.greatest().name().len());
        let width = classes.max().unwrap_or_default();
        for table in &self.tables {
            writeln!(f, "{}.{}", table.manager, table.table)?;
            for line in &table.lines {
                let (class, exceptions) = (line.greatest().name(), line.exceptions());
                writeln!(f, "  {class:width$}  {}{exceptions}", line.what)?;
                if let Some(help) = &line.refused {
                    writeln!(f, "  {:width$}  cannot be done: {help}", "")?;
                }
            }
        }
        Ok(())
    }
}
