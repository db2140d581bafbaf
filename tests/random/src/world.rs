//! What a game has declared so far: all that a function made next can name.

use crate::choices::Choices;
use crate::model::{Config, Enum, Formula, Function, Record, Table, Ty};
use crate::names::Names;

/// What functions share: names.
#[derive(Clone, Debug, Default)]
pub struct Shared {
    /// Errors.
    pub errors: Vec<String>,
    /// Outcomes.
    pub outcomes: Vec<String>,
}

/// All that is declared.
#[derive(Clone, Debug, Default)]
pub struct World {
    /// The names of all that is not part of something.
    pub names: Names,
    /// The names of all columns, args and fields, which no local is called.
    pub parts: Vec<String>,
    /// The enums.
    pub enums: Vec<Enum>,
    /// The records.
    pub records: Vec<Record>,
    /// The balance tables.
    pub config: Vec<Config>,
    /// The formulas.
    pub formulas: Vec<Formula>,
    /// The functions of all managers.
    pub functions: Vec<Function>,
    /// The tables of the manager that is made now.
    pub tables: Vec<Table>,
    /// What all functions of the manager that is made now may name.
    pub shared: Shared,
    /// Allowances of that manager: name, window, and the types of what they count by.
    pub allowances: Vec<(String, String, Option<Vec<Ty>>)>,
    /// Whether most steps are calls: of games whose managers take from each other and give.
    pub trades: bool,
    /// How many statuses were given away.
    pub statuses: usize,
}

impl World {
    /// A status that no other error or outcome has.
    pub fn status(&mut self) -> usize {
        self.statuses += 1;
        match self.statuses {
            few @ 0..=9 => few,
            many => many + 10,
        }
    }

    /// A name of a part of something, in the scope of its other parts.
    pub fn part(&mut self, c: &mut Choices, scope: &mut Names) -> String {
        let name = scope.fresh(c);
        self.parts.push(name.clone());
        name
    }

    /// A type as it is written.
    pub fn written(&self, ty: &Ty) -> String {
        match ty {
            Ty::Int => "int".to_owned(),
            Ty::Float => "float".to_owned(),
            Ty::Bool => "bool".to_owned(),
            Ty::Text => "text".to_owned(),
            Ty::Time => "time".to_owned(),
            Ty::Player => "player".to_owned(),
            Ty::Id => "id".to_owned(),
            Ty::Enum(at) => self.enums[*at].name.clone(),
            Ty::Record(at) => self.records[*at].name.clone(),
            Ty::List(item) => format!("list {}", self.written(item)),
            Ty::Map(key, value) => format!("map {} {}", self.written(key), self.written(value)),
        }
    }

    /// A type that a key of a map, and a column of a key, can have.
    pub fn key_type(&self, c: &mut Choices) -> Ty {
        match c.below(6) {
            0 => Ty::Int,
            1 => Ty::Text,
            2 => Ty::Player,
            3 => Ty::Time,
            _ => self.enum_type(c),
        }
    }

    /// A type of one value.
    pub fn plain_type(&self, c: &mut Choices) -> Ty {
        match c.below(8) {
            0 => Ty::Int,
            1 => Ty::Text,
            2 => Ty::Bool,
            3 => Ty::Float,
            4 => Ty::Time,
            5 => Ty::Player,
            _ => self.enum_type(c),
        }
    }

    fn enum_type(&self, c: &mut Choices) -> Ty {
        match self.enums.len() {
            0 => Ty::Int,
            many => Ty::Enum(c.below(many)),
        }
    }

    /// Any type.
    pub fn any_type(&self, c: &mut Choices, depth: usize) -> Ty {
        match c.below(10) {
            7 if depth > 0 => self.any_type(c, depth - 1).list(),
            8 if depth > 0 => {
                let key = self.key_type(c);
                Ty::Map(Box::new(key), Box::new(self.any_type(c, depth - 1)))
            }
            9 if !self.records.is_empty() => Ty::Record(c.below(self.records.len())),
            _ => self.plain_type(c),
        }
    }
}
