//! A function, or formula, while it is made: what is bound, and what its steps may still do.

use crate::choices::Choices;
use crate::model::{Does, Field, Table, Ty, World};
use crate::names::Names;

/// How far the steps have come: each begins what stands before it no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// Reads, and takes.
    Reads,
    /// Own writes, and reads.
    Writes,
    /// Gives, and the end.
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
    Row { table: usize, absent: bool, saves: bool },
    /// Rows of a `select`.
    Rows(usize),
    /// The reply of a function, which may be absent.
    Reply { fields: Vec<Field>, absent: bool },
}

/// Something to read, and what that gives.
#[derive(Clone, Debug)]
pub struct Read {
    /// As it is written.
    pub text: String,
    /// Its type.
    pub ty: Ty,
    /// Whether it may be absent.
    pub absent: bool,
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

    /// Everything that an expression can read here. `caller` and `now` are not among it.
    pub fn reads(&self) -> Vec<Read> {
        let mut reads = Vec::new();
        for arg in &self.args {
            let text = format!("args.{}", arg.name);
            self.value(&mut reads, text, &arg.ty, arg.optional);
        }
        for (name, bound) in &self.bound {
            self.bound_reads(&mut reads, name, bound);
        }
        for table in &self.world.config {
            let name = format!("config.{}", table.name);
            if let Some(ty) = &table.ty {
                self.value(&mut reads, name.clone(), ty, false);
            }
            for field in &table.fields {
                let text = format!("{name}.{}", field.name);
                self.value(&mut reads, text, &field.ty, field.optional);
            }
        }
        reads
    }

    fn bound_reads(&self, reads: &mut Vec<Read>, name: &str, bound: &Bound) {
        match bound {
            Bound::Value(ty) => self.value(reads, name.to_owned(), ty, false),
            Bound::Maybe(ty) => self.value(reads, name.to_owned(), ty, true),
            Bound::Row { table, absent, .. } => {
                for column in &self.world.tables[*table].columns {
                    let text = format!("{name}.{}", column.name);
                    self.value(reads, text, &column.ty, column.optional || *absent);
                }
            }
            Bound::Rows(table) => {
                for column in &self.world.tables[*table].columns {
                    if !column.optional {
                        let ty = column.ty.clone().list();
                        self.value(reads, format!("{name}.{}", column.name), &ty, false);
                    }
                }
            }
            Bound::Reply { fields, absent } => {
                for field in fields {
                    let text = format!("{name}.{}", field.name);
                    self.value(reads, text, &field.ty, field.optional || *absent);
                }
            }
        }
    }

    /// A value, and the fields of a record.
    fn value(&self, reads: &mut Vec<Read>, text: String, ty: &Ty, absent: bool) {
        if let (Ty::Record(at), false) = (ty, absent) {
            for field in &self.world.records[*at].fields {
                let text = format!("{text}.{}", field.name);
                let (ty, absent) = (field.ty.clone(), field.optional);
                reads.push(Read { text, ty, absent });
            }
        }
        let ty = ty.clone();
        reads.push(Read { text, ty, absent });
    }

    /// Something to read of that type which is there.
    pub fn read(&mut self, ty: &Ty) -> Option<String> {
        let fits = |read: &Read| read.ty == *ty && !read.absent;
        let mut fitting = self.reads();
        fitting.retain(fits);
        match fitting.is_empty() {
            true => None,
            false => Some(self.c.pick(&fitting).text.clone()),
        }
    }

    /// Something to read of that type which may be absent.
    pub fn read_absent(&mut self, ty: &Ty) -> Option<String> {
        let mut fitting = self.reads();
        fitting.retain(|read| read.ty == *ty && read.absent);
        match fitting.is_empty() {
            true => None,
            false => Some(self.c.pick(&fitting).text.clone()),
        }
    }

    /// Any list to read, with the type of its items.
    pub fn read_list(&mut self) -> Option<(String, Ty)> {
        let mut lists = self.reads();
        lists.retain(|read| matches!(read.ty, Ty::List(_)) && !read.absent);
        if lists.is_empty() {
            return None;
        }
        let read = self.c.pick(&lists).clone();
        match read.ty {
            Ty::List(item) => Some((read.text, *item)),
            _ => None,
        }
    }

    /// Any map to read, with the types of its keys and values.
    pub fn read_map(&mut self) -> Option<(String, Ty, Ty)> {
        let mut maps = self.reads();
        maps.retain(|read| matches!(read.ty, Ty::Map(..)) && !read.absent);
        if maps.is_empty() {
            return None;
        }
        let read = self.c.pick(&maps).clone();
        match read.ty {
            Ty::Map(key, value) => Some((read.text, *key, *value)),
            _ => None,
        }
    }
}
