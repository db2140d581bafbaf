//! What can be declared.

/// A type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ty {
    /// `int`
    Int,
    /// `float`
    Float,
    /// `bool`
    Bool,
    /// `text`
    Text,
    /// `time`
    Time,
    /// `player`
    Player,
    /// `id`
    Id,
    /// One of [`World::enums`].
    Enum(usize),
    /// One of [`World::records`].
    Record(usize),
    /// `list T`
    List(Box<Ty>),
    /// `map K T`
    Map(Box<Ty>, Box<Ty>),
}

impl Ty {
    /// A list of it.
    pub fn list(self) -> Ty {
        Ty::List(Box::new(self))
    }

    /// Whether `==` takes it, and a column of it is looked for.
    pub fn is_plain(&self) -> bool {
        !matches!(self, Ty::Record(_) | Ty::List(_) | Ty::Map(..))
    }
}

/// A column, an arg, or a field of a record or reply.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// Its type.
    pub ty: Ty,
    /// Whether it may be absent.
    pub optional: bool,
    /// Whether something stands where nothing was said.
    pub default: bool,
    /// The least value, or length.
    pub min: Option<i64>,
    /// The greatest value, or length.
    pub max: Option<i64>,
}

impl Field {
    /// One that is always there, without bounds.
    pub fn plain(name: String, ty: Ty) -> Self {
        Field {
            name,
            ty,
            optional: false,
            default: false,
            min: None,
            max: None,
        }
    }

    /// Whether it may be left out.
    pub fn may_lack(&self) -> bool {
        self.optional || self.default
    }
}

/// An enum.
#[derive(Clone, Debug)]
pub struct Enum {
    /// Its name.
    pub name: String,
    /// Its variants.
    pub variants: Vec<String>,
    /// Their numbers; empty where they travel as words.
    pub numbers: Vec<i64>,
}

/// A record of `types`.
#[derive(Clone, Debug)]
pub struct Record {
    /// Its name.
    pub name: String,
    /// Its fields.
    pub fields: Vec<Field>,
}

/// A balance table.
#[derive(Clone, Debug)]
pub struct Config {
    /// Its name.
    pub name: String,
    /// Its type, where it is not declared by fields.
    pub ty: Option<Ty>,
    /// Its fields, where it is.
    pub fields: Vec<Field>,
}

/// A formula.
#[derive(Clone, Debug)]
pub struct Formula {
    /// Its name.
    pub name: String,
    /// Its args.
    pub args: Vec<Field>,
    /// What it gives.
    pub ty: Ty,
}

/// A table.
#[derive(Clone, Debug)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Its columns.
    pub columns: Vec<Field>,
    /// The key.
    pub key: Vec<usize>,
    /// Its unique sets of columns that are always there.
    pub unique: Vec<Vec<usize>>,
    /// How many unique sets it has in all.
    pub unique_sets: usize,
}

impl Table {
    /// Whether an id is its key.
    pub fn is_numbered(&self) -> bool {
        self.key
            .first()
            .is_some_and(|at| self.columns[*at].ty == Ty::Id)
    }

    /// Whether a row can be made of its key alone.
    pub fn has_defaults(&self) -> bool {
        let mut columns = self.columns.iter().enumerate();
        columns.all(|(at, column)| self.key.contains(&at) || column.may_lack())
    }
}

/// What others see of a function.
#[derive(Clone, Debug)]
pub struct Function {
    /// The manager that has it.
    pub manager: String,
    /// Its name.
    pub name: String,
    /// Who may call it.
    pub access: &'static str,
    /// Its args.
    pub args: Vec<Field>,
    /// Its own errors, and those of others that its steps name.
    pub errors: Vec<String>,
    /// The fields of its reply.
    pub reply: Vec<Field>,
    /// What its steps do, and what they call.
    pub does: Does,
    /// Whether another function takes it back, or it does that.
    pub undone: bool,
    /// Whether others may call it.
    pub callable: bool,
    /// Whether it is called by one that was made.
    pub called: bool,
}

/// What the steps of a function do, with all that they call.
#[derive(Clone, Copy, Debug, Default)]
pub struct Does {
    /// It writes.
    pub writes: bool,
    /// It may end with an error.
    pub fails: bool,
    /// It takes from other managers, or gives to them.
    pub trades: bool,
    /// It calls another manager.
    pub leaves: bool,
    /// It asks who called it.
    pub asks_caller: bool,
}
