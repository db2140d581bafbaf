//! The game as it was understood: resolved to ids, typed, every decision made. Emitters only write
//! it down.

mod expr;
mod formula;
mod queries;
mod runs;
mod step;

mod change;
mod config;
mod reference;

pub use change::{Arithmetic, Change};
pub use config::{ConfigId, ConfigTable, Lookup};
pub use reference::Reference;

pub use super::ast::{Access, BinaryOp, Calendar, Comparison, Per, UnaryOp};
pub use expr::*;
pub use formula::{Formula, FormulaCall, FormulaId, Needs};
pub use runs::Runs;
pub use step::*;

/// An enum of [`Game::enums`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EnumId(pub usize);

/// A manager of [`Game::managers`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ManagerId(pub usize);

/// A table of a manager.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TableId(pub ManagerId, pub usize);

/// A function of a manager.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FunctionId(pub ManagerId, pub usize);

/// A record of [`Game::records`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RecordId(pub usize);

/// A column of a table, by its place among the columns.
pub type ColumnIndex = usize;

/// A local of [`Function::locals`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LocalId(pub usize);

/// A whole game.
#[derive(Clone, Debug)]
pub struct Game {
    /// Its name.
    pub name: String,
    /// The IANA name of its time zone.
    pub time_zone: String,
    /// Its enums, by name.
    pub enums: Vec<Enum>,
    /// Its managers, by name.
    pub managers: Vec<Manager>,
    /// Its records of `types:`, by name, and those of balance tables.
    pub records: Vec<Record>,
    /// Its balance tables, by name.
    pub config: Vec<ConfigTable>,
    /// Its formulas, by name.
    pub formulas: Vec<Formula>,
}

/// A type.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Ty {
    /// i64
    Int,
    /// f64
    Float,
    /// bool
    Bool,
    /// Text.
    Text,
    /// Milliseconds since 1970 UTC.
    Time,
    /// A player's unique_id.
    Player,
    /// A row's id.
    Id,
    /// One of the game's enums.
    Enum(EnumId),
    /// `list T`
    List(Box<Ty>),
    /// May be absent.
    Optional(Box<Ty>),
    /// A row of a table.
    Row(TableId),
    /// The reply of a function.
    Reply(FunctionId),
    /// An object in a reply, with its fields in order.
    Record(Vec<(String, Ty)>),
    /// A list of fixed length in a reply.
    Tuple(Vec<Ty>),
    /// One of the game's records.
    Named(RecordId),
    /// `map K T`
    Map(Box<Ty>, Box<Ty>),
}

/// An enum.
#[derive(Clone, Debug)]
pub struct Enum {
    /// Its name as declared.
    pub name: String,
    /// Its variants, in order.
    pub variants: Vec<Variant>,
}

/// A record of `types:`.
#[derive(Clone, Debug)]
pub struct Record {
    /// Its name as declared.
    pub name: String,
    /// Its fields, in order; they have neither bounds nor defaults.
    pub fields: Vec<Field>,
}

impl Record {
    /// Whether a balance table was declared as this record, which has no other name.
    pub fn is_config(&self) -> bool {
        self.name.starts_with("config.")
    }
}

/// A variant.
#[derive(Clone, Debug)]
pub struct Variant {
    /// Its name as declared.
    pub name: String,
    /// Set in all variants of an enum or in none: travels as this number, else as its name.
    pub number: Option<i64>,
}

/// A manager.
#[derive(Clone, Debug)]
pub struct Manager {
    /// Its name as declared.
    pub name: String,
    /// What it is for.
    pub doc: Option<String>,
    /// Its port.
    pub port: u16,
    /// The file that declares it, as in `Sources`.
    pub file: String,
    /// Its tables.
    pub tables: Vec<Table>,
    /// Its functions, in the order of their declaration.
    pub functions: Vec<Function>,
}

/// A table.
#[derive(Clone, Debug)]
pub struct Table {
    /// Its name as declared.
    pub name: String,
    /// What it holds.
    pub doc: Option<String>,
    /// Its columns, in order.
    pub columns: Vec<Field>,
    /// The primary key.
    pub key: Vec<ColumnIndex>,
    /// Unique sets of columns beside the key.
    pub unique: Vec<Vec<ColumnIndex>>,
    /// Indexes beside key and unique.
    pub index: Vec<Vec<ColumnIndex>>,
    /// What its rows refer to: rows of the same manager.
    pub references: Vec<Reference>,
    /// The name that it had before, for migrations.
    pub was: Option<String>,
    /// Columns that had another name before, and which.
    pub renamed: Vec<(ColumnIndex, String)>,
}

/// A column or an arg.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name as declared.
    pub name: String,
    /// Its type; [`Ty::Optional`] where it may be absent.
    pub ty: Ty,
    /// What stands where nothing was said.
    pub default: Option<Literal>,
    /// The least value (int, float) or length in characters (text).
    pub min: Option<Literal>,
    /// The greatest value or length.
    pub max: Option<Literal>,
    /// What it is.
    pub doc: Option<String>,
}

/// A constant.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    /// An int, also a time in milliseconds.
    Int(i64),
    /// A float.
    Float(f64),
    /// A bool.
    Bool(bool),
    /// Text, also a player.
    Text(String),
    /// An enum's variant, by its place.
    Variant(EnumId, usize),
    /// `[]`, of lists.
    EmptyList,
    /// `{}`, of maps.
    EmptyMap,
}

/// A declared error or outcome.
#[derive(Clone, Debug)]
pub struct Status {
    /// Its name as declared.
    pub name: String,
    /// Its number.
    pub status: i64,
    /// Its message.
    pub message: String,
}

/// An error of [`Function::errors`], by its place.
pub type ErrorIndex = usize;

/// A function.
#[derive(Clone, Debug)]
pub struct Function {
    /// Its name as declared.
    pub name: String,
    /// What it does.
    pub doc: Option<String>,
    /// Who may call it.
    pub access: Access,
    /// Its args.
    pub args: Vec<Field>,
    /// The errors that its steps name: of its own, the shared ones, and the built-in `invalid`.
    pub errors: Vec<Status>,
    /// Its own outcomes, and those of the shared ones that its returns name.
    pub outcomes: Vec<Status>,
    /// The function that takes it back.
    pub undone_by: Option<FunctionId>,
    /// Whether it, or what it calls, writes.
    pub writes: bool,
    /// Whether it, or what it calls, may end with a declared error, or refuse a row that is there already.
    pub fails: bool,
    /// The other managers that it reaches, by name order.
    pub reaches: Vec<ManagerId>,
    /// Whether `caller` is read (by the function itself, not by what it calls).
    pub uses_caller: bool,
    /// The fields of the reply's data, from all its returns: a field that some way leaves out is
    /// [`Ty::Optional`].
    pub reply: Vec<(String, Ty)>,
    /// Every name that a step binds.
    pub locals: Vec<Local>,
    /// Its steps; every way through them ends in a `Return` or `Fail`.
    pub steps: Vec<Step>,
    /// Set where the server runs it by itself.
    pub runs: Option<Runs>,
    /// The calls that it makes after each success, as a function over its own args whose one local
    /// is its reply.
    pub followed_by: Option<Box<Function>>,
    /// Whether its body is written by hand: then it has no steps, and `errors` are those it declares.
    pub native: bool,
    /// Whether another function may call it, in a step or by hand.
    pub called: bool,
    /// Whether one of another manager does, or its reply stands in that of one that such a one calls.
    pub called_elsewhere: bool,
}

/// A name that a step binds.
#[derive(Clone, Debug)]
pub struct Local {
    /// The name as declared.
    pub name: String,
    /// Its type; [`Ty::Optional`] of a row for `or: none`.
    pub ty: Ty,
    /// Whether anything reads it.
    pub used: bool,
    /// Set where it is bound on the branches of an `if` and read after it: it is declared before
    /// that `if`.
    pub hoisted: bool,
}
