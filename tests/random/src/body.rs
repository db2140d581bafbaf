//! A function, or formula, while it is made: what is bound, and what its steps may still do.

use crate::choices::Choices;
use crate::model::{Does, Field, Table, Ty};
use crate::names::Names;
use crate::world::World;

/// How far the steps have come: each begins what stands before it no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// Reads, and takes.
    Reads,
    /// Own writes, and reads.
    Writes,
    /// Gives, also after a take that nothing takes back, and the end.
    Gives,
}

/// What a name is bound to.
#[derive(Clone, Debug)]
pub enum Bound {
    /// A value that is there.
    Value(Ty),
    /// A value that may be absent.
    Maybe(Ty),
    /// A row, which may be absent, and may be saved.
    Row {
        table: usize,
        absent: bool,
        saves: bool,
    },
    /// Rows of a `select`.
    Rows(usize),
    /// The reply of a function, which may be absent.
    Reply { fields: Vec<Field>, absent: bool },
}

/// What is being made.
pub struct Body<'a> {
    /// What decides.
    pub c: &'a mut Choices,
    /// What is declared.
    pub world: &'a mut World,
    /// The manager that has the function.
    pub manager: String,
    /// What is bound, in order.
    pub bound: Vec<(String, Bound)>,
    /// The args.
    pub args: Vec<Field>,
    /// Whether there is a caller.
    pub has_caller: bool,
    /// Whether a step may end with an error.
    pub may_fail: bool,
    /// Whether a step may write.
    pub may_write: bool,
    /// Whether it calls no other manager.
    pub stays_home: bool,
    /// Whether another one takes it back, by its args and its reply: no two of these have one name.
    pub is_undone: bool,
    /// Whether it replies anything.
    pub replies: bool,
    /// Whether it is a formula, which knows its args alone.
    pub is_formula: bool,
    /// How far the steps have come.
    pub phase: Phase,
    /// How far they had come before the outermost loop that is made, if any is.
    pub loop_from: Option<Phase>,
    /// Whether they wrote own rows, or counted uses.
    pub keeps: bool,
    /// What they do.
    pub does: Does,
    /// Own errors and the shared ones that steps named.
    pub errors: Vec<String>,
    /// Errors of its own: names and statuses.
    pub own_errors: Vec<(String, usize)>,
    /// Outcomes of its own.
    pub outcomes: Vec<(String, usize)>,
    /// Names of this function.
    pub names: Names,
    /// The rows that stand above the loop or branch that is made can be saved there from here on.
    pub saves_from: usize,
    /// The columns of the row that an `update` changes: bare names in it.
    pub of_row: Option<Table>,
}

impl<'a> Body<'a> {
    /// The body of a formula with these args.
    pub fn formula(c: &'a mut Choices, world: &'a mut World, args: &[Field]) -> Self {
        let mut body = Self::function(c, world, "", Vec::new());
        body.is_formula = true;
        body.has_caller = false;
        for arg in args {
            let bound = match arg.optional {
                true => Bound::Maybe(arg.ty.clone()),
                false => Bound::Value(arg.ty.clone()),
            };
            body.bound.push((arg.name.clone(), bound));
        }
        body
    }

    /// The body of a manager's function with these args.
    pub fn function(
        c: &'a mut Choices,
        world: &'a mut World,
        manager: &str,
        args: Vec<Field>,
    ) -> Self {
        let mut names = world.names.clone();
        for part in &world.parts {
            names.take(part);
        }
        Self {
            c,
            manager: manager.to_owned(),
            bound: Vec::new(),
            args,
            has_caller: true,
            may_fail: true,
            may_write: true,
            stays_home: false,
            is_undone: false,
            replies: true,
            is_formula: false,
            phase: Phase::Reads,
            loop_from: None,
            keeps: false,
            does: Does::default(),
            errors: Vec::new(),
            own_errors: Vec::new(),
            outcomes: Vec::new(),
            names,
            saves_from: 0,
            of_row: None,
            world,
        }
    }

    /// A name for a step to bind.
    pub fn name(&mut self) -> String {
        self.names.fresh(self.c)
    }

    /// Binds a name.
    pub fn bind(&mut self, name: &str, bound: Bound) {
        self.bound.push((name.to_owned(), bound));
    }
}
