//! Balance tables: the numbers of a game that change while it runs. They are typed in managers.yaml;
//! their values stand in a folder of files, `<name>.yaml` each.
//!
//! All files are read and checked before the server starts. After that a file that changes is read
//! when it has been still for a moment, and all tables change at once, or, where a file is wrong, none does. A
//! request works on the tables as they were when it came, in all its runs and in all that it calls in
//! this process.

mod read;
mod shape;
mod store;

use std::any::Any;
use std::path::PathBuf;
use std::sync::Arc;

pub use shape::{Field, Shape, Table};
pub use store::{Reloaded, Store};

use crate::wire::{Data, Incoming, Mismatch};

/// What a game declares.
#[derive(Debug)]
pub struct Config {
    /// Its tables, by name.
    pub tables: &'static [Table],
    /// Makes the game's own type of all values, which are as the tables say.
    pub decode: Decode,
}

/// See [`Config::decode`].
pub type Decode = fn(&Data) -> Result<Values, Mismatch>;

/// The values of all tables: the struct that the game's code reads.
pub type Values = Arc<dyn Any + Send + Sync>;

/// What [`Config::decode`] is for the struct `C`.
pub fn decode<C: Incoming + Sync>(data: &Data) -> Result<Values, Mismatch> {
    Ok(Arc::new(C::decode(data)?))
}

/// Why the balance tables cannot be read: every file that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", lines(.0))]
pub struct ConfigError(pub Vec<Problem>);

/// What is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// It cannot be read.
    #[error("{}: {reason} (the folder is the setting `config_dir`)", .file.display())]
    Unreadable {
        /// The file.
        file: PathBuf,
        /// What the system says.
        reason: String,
    },
    /// A value is not what is declared.
    #[error("{}{}: {what}", .file.display(), line_column(*.place))]
    Wrong {
        /// The file.
        file: PathBuf,
        /// Line and column, from 1, where they are known.
        place: Option<(usize, usize)>,
        /// The path within the file, and what was expected.
        what: String,
    },
}

/// A text in which what is no character to be seen is written as an escape.
fn visible(text: &str) -> String {
    let mut visible = String::with_capacity(text.len());
    for c in text.chars() {
        match c.is_control() {
            true => visible.extend(c.escape_default()),
            false => visible.push(c),
        }
    }
    visible
}

fn line_column(place: Option<(usize, usize)>) -> String {
    place.map_or_else(String::new, |(line, column)| format!(":{line}:{column}"))
}

fn lines(problems: &[Problem]) -> String {
    let lines: Vec<_> = problems.iter().map(Problem::to_string).collect();
    lines.join("\n")
}
