//! What a designer wrote, with the place of everything: nothing is resolved or typed yet.

mod allow;
mod config;
mod draw;
mod expr;
mod formula;
mod reference;
mod runs;
mod step;

use super::source::{Name, Span, Spanned};

pub use allow::{Allow, Calendar, Per};
pub use config::{ConfigTable, ConfigType, GetConfig};
pub use draw::Draw;
pub use expr::*;
pub use formula::Formula;
pub use reference::Reference;
pub use runs::{Runs, When};
pub use step::*;

/// One file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// `game:`
    pub game: Option<Name>,
    /// `time_zone:`
    pub time_zone: Option<Name>,
    /// `include:`
    pub include: Vec<Name>,
    /// `enums:`
    pub enums: Vec<Enum>,
    /// `errors:` of the file, shared by all its functions.
    pub errors: Vec<Status>,
    /// `managers:`
    pub managers: Vec<Manager>,
    /// `types:`
    pub types: Vec<RecordType>,
    /// `config:`
    pub config: Vec<ConfigTable>,
    /// `formulas:`
    pub formulas: Vec<Formula>,
}

/// A record of `types:`.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordType {
    /// Its name.
    pub name: Name,
    /// Its fields, in order; empty was reported.
    pub fields: Vec<Field>,
}

/// `supply_kind: [iron, coin]` or `family_rank: { basic: 0, elite: 4 }`
#[derive(Clone, Debug, PartialEq)]
pub struct Enum {
    /// Its name.
    pub name: Name,
    /// Its variants, in order; empty was reported.
    pub variants: Vec<Variant>,
}

/// A variant; with a number, it travels as that.
#[derive(Clone, Debug, PartialEq)]
pub struct Variant {
    /// Its name.
    pub name: Name,
    /// The number behind it, in the map form.
    pub number: Option<Spanned<i64>>,
}

/// A manager.
#[derive(Clone, Debug, PartialEq)]
pub struct Manager {
    /// Its name.
    pub name: Name,
    /// `doc:`
    pub doc: Option<Name>,
    /// `port:`; `None` was reported.
    pub port: Option<Spanned<u16>>,
    /// `errors:` of the manager, shared by its functions.
    pub errors: Vec<Status>,
    /// `tables:`
    pub tables: Vec<Table>,
    /// `functions:`
    pub functions: Vec<Function>,
}

/// A table.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// Its name.
    pub name: Name,
    /// `doc:`
    pub doc: Option<Name>,
    /// `columns:`; empty was reported.
    pub columns: Vec<Column>,
    /// `key:`; empty was reported.
    pub key: Vec<Name>,
    /// `index:`, each with the place of its list.
    pub index: Vec<Spanned<Vec<Name>>>,
    /// `unique:`, each with the place of its list.
    pub unique: Vec<Spanned<Vec<Name>>>,
    /// `references:`
    pub references: Vec<Reference>,
    /// `was:`, the name that it had before.
    pub was: Option<Name>,
}

/// A column or an arg: they are declared in the same form.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Its name.
    pub name: Name,
    /// The type as written, such as `int`, `list int`, `supply_kind`, with one space between words;
    /// empty was reported, and fits everywhere.
    pub ty: Name,
    /// `default:`, an expression without names of rows or args.
    pub default: Option<Expr>,
    /// `min:`
    pub min: Option<Number>,
    /// `max:`
    pub max: Option<Number>,
    /// `optional: true`
    pub optional: bool,
    /// `doc:`
    pub doc: Option<Name>,
}

/// A bound as written: an integer or a float.
#[derive(Clone, Debug, PartialEq)]
pub struct Number {
    /// The text, such as `-3` or `0.5`.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// A column.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Name, type and bounds.
    pub field: Field,
    /// `unique: true`, with its place.
    pub unique: Option<Span>,
    /// `index: true`, with its place.
    pub index: Option<Span>,
    /// `was:`, the name that it had before.
    pub was: Option<Name>,
}

/// `insufficient: [2, insufficient materials]`, an error or an outcome.
#[derive(Clone, Debug, PartialEq)]
pub struct Status {
    /// Its name.
    pub name: Name,
    /// Its number.
    pub status: Spanned<i64>,
    /// Its message.
    pub message: Name,
}

/// Who may call a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Clients with a token: the default.
    Player,
    /// Clients without a token.
    Public,
    /// Managers.
    Internal,
    /// The operator.
    Admin,
}

/// A function.
#[derive(Clone, Debug, PartialEq)]
pub struct Function {
    /// Its name.
    pub name: Name,
    /// `doc:`
    pub doc: Option<Name>,
    /// `access:`
    pub access: Access,
    /// `args:`
    pub args: Vec<Field>,
    /// `errors:`
    pub errors: Vec<Status>,
    /// `outcomes:`
    pub outcomes: Vec<Status>,
    /// `undone_by:`
    pub undone_by: Option<Name>,
    /// `steps:`
    pub steps: Vec<Step>,
    /// `runs:`; `None` where it was wrong, which was reported.
    pub runs: Option<Runs>,
}
