//! A function whose steps are being looked at: what is bound, read, named and said on the way.

use std::collections::BTreeMap;

use crate::generate::ast::{self, Access};
use crate::generate::diagnostic::{Code, Diagnostics};
use crate::generate::ir::{self, FunctionId, LocalId, ManagerId, Ty};
use crate::generate::source::{FileId, Name, Span};

use super::declare::Declared;
use super::fields::Field;
use super::function::Effects;
use super::returns::Return;
use super::scope::{Binding, Bound, Got, Scope};
use super::statuses::Named;
use super::warnings::Saved;
use super::{World, collide, finish, runs};

/// A function whose steps are being looked at.
pub(super) struct Body<'w, 'a> {
    pub(super) world: &'w World<'a>,
    pub(super) id: FunctionId,
    pub(super) ast: &'a ast::Function,
    pub(super) args: &'w [Field<'a>],
    pub(super) diagnostics: &'w mut Diagnostics,
    pub(super) scope: Scope,
    pub(super) effects: Effects,
    pub(super) returns: Vec<Return>,
    /// What was saved on the way that leads here.
    pub(super) saved: Vec<Saved>,
    /// Whether an earlier stage dropped a part of it.
    pub(super) broken: bool,
    /// Every name that it binds anywhere, and where first.
    pub(super) bound_anywhere: BTreeMap<&'a str, Span>,
    locals: Vec<ir::Local>,
    /// For each local, the one that it shares a variable with; itself if none.
    same_as: Vec<LocalId>,
    /// The errors that its steps named so far.
    pub(super) errors: Vec<Named>,
    /// Its own outcomes, then the shared ones that its returns named so far.
    pub(super) outcomes: Vec<Named>,
    /// Whether it reads `caller` itself.
    pub(super) uses_caller: bool,
    /// Set where it is no function but a formula, whose args are bound like the names of steps.
    pub(super) formula: Option<&'a ast::Formula>,
    /// The last `get` that binds no name: one that nothing binds was meant for it.
    pub(super) nameless: Option<Span>,
}

/// What a formula is as a function: one that nothing is asked of.
static NOTHING: ast::Function = ast::Function {
    name: Name {
        value: String::new(),
        span: Span {
            file: FileId(0),
            start: 0,
            end: 0,
        },
    },
    doc: None,
    access: Access::Internal,
    args: Vec::new(),
    errors: Vec::new(),
    outcomes: Vec::new(),
    undone_by: None,
    runs: None,
    native: None,
    steps: Vec::new(),
};

impl<'w, 'a> Body<'w, 'a> {
    /// A function of which nothing was looked at yet.
    pub(super) fn new(
        world: &'w World<'a>,
        id: FunctionId,
        diagnostics: &'w mut Diagnostics,
    ) -> Self {
        let ast = world.names.function(id);
        Self {
            world,
            id,
            ast,
            args: &world.args[&id],
            diagnostics,
            scope: Scope::default(),
            effects: Effects::default(),
            returns: Vec::new(),
            saved: Vec::new(),
            broken: world.names.faults.in_declaration(&ast.name),
            bound_anywhere: BTreeMap::new(),
            locals: Vec::new(),
            same_as: Vec::new(),
            errors: Vec::new(),
            outcomes: ast.outcomes.iter().map(Named::of).collect(),
            uses_caller: false,
            formula: None,
            nameless: None,
        }
    }

    /// A formula, as a function of neither manager nor steps.
    pub(super) fn of_formula(
        world: &'w World<'a>,
        formula: &'a ast::Formula,
        diagnostics: &'w mut Diagnostics,
    ) -> Self {
        Self {
            world,
            // Only steps ask for it.
            id: FunctionId(ManagerId(usize::MAX), usize::MAX),
            ast: &NOTHING,
            args: &[],
            diagnostics,
            scope: Scope::default(),
            effects: Effects::default(),
            returns: Vec::new(),
            saved: Vec::new(),
            broken: world.names.faults.in_declaration(&formula.name),
            bound_anywhere: BTreeMap::new(),
            locals: Vec::new(),
            same_as: Vec::new(),
            errors: Vec::new(),
            outcomes: Vec::new(),
            uses_caller: false,
            formula: Some(formula),
            nameless: None,
        }
    }

    /// A local as it is now.
    pub(super) fn local_of(&self, id: LocalId) -> ir::Local {
        self.locals[id.0].clone()
    }

    /// The locals, errors and outcomes of the function, once all its steps were looked at; `steps`
    /// get the locals' last numbers.
    pub(super) fn finish(
        self,
        steps: &mut [ir::Step],
    ) -> (Vec<ir::Local>, Vec<ir::Status>, Vec<ir::Status>) {
        let locals = finish::unite_locals(steps, self.locals, &self.same_as);
        finish::lock_rows(steps);
        let statuses = |named: Vec<Named>| named.into_iter().map(|named| named.status).collect();
        (locals, statuses(self.errors), statuses(self.outcomes))
    }

    /// What is declared.
    pub(super) fn names(&self) -> &'w Declared<'a> {
        &self.world.names
    }

    /// The text of a place.
    pub(super) fn text(&self, span: Span) -> &str {
        self.world.sources.text(span)
    }

    /// Binds a name to a value of that type, `None` where the value was wrong. `got` is set where a
    /// `get` bound it. A name that cannot be bound is said, and is wrong from there on.
    pub(super) fn bind(&mut self, name: &'a Name, ty: Option<Ty>, got: Option<Got>) -> LocalId {
        // A function with a wrong value has no code, so that its type there is of no account.
        let local = self.local(&name.value, ty.clone().unwrap_or(Ty::Int));
        let mut value = ty.map(|ty| Bound {
            locals: vec![local],
            from_branches: false,
            ty,
            got,
            united: false,
            outcome: Vec::new(),
        });
        if collide::RESERVED.contains(&name.value.as_str()) {
            collide::reserved(name, "it has a meaning of its own", self.diagnostics);
            value = None;
        } else if let Some(first) = self.scope.get(&name.value) {
            let first = first.place;
            self.diagnostics
                .error(
                    Code::BoundTwice,
                    name.span,
                    format!("`{}` is bound already", name.value),
                    "bound once more",
                )
                .label(first, "bound first")
                .help("take another name: a name means one thing in a function");
            value = None;
        }
        let place = name.span;
        self.scope.bind(&name.value, Binding { place, value });
        local
    }

    /// Binds the name of an `as`, which is none of a table.
    pub(super) fn bind_as(&mut self, name: &'a Name, ty: Option<Ty>, got: Option<Got>) -> LocalId {
        let manager = self.names().manager(self.id.0).ast;
        let table = manager.tables.iter().find(|t| t.name.value == name.value);
        if let Some(table) = table {
            let declared = table.name.span;
            self.diagnostics
                .error(
                    Code::ShadowsTable,
                    name.span,
                    format!(
                        "`{}` is a table, and a name that a step binds is not",
                        name.value
                    ),
                    "reads like the table",
                )
                .label(declared, "the table")
                .help("take another name, such as its first letter");
        }
        self.bind(name, ty, got)
    }

    /// A local that no name is bound to.
    pub(super) fn unnamed(&mut self, ty: Ty) -> LocalId {
        let name = (1..)
            .map(|n| format!("_row{n}"))
            .find(|name| {
                let taken = self.locals.iter().any(|local| local.name == *name);
                !taken && !self.bound_anywhere.contains_key(name.as_str())
            })
            .expect("there is always a next number");
        self.local(&name, ty)
    }

    /// A local whose name is made of another one's, and no other's.
    pub(super) fn derived(&mut self, of: &str, ty: Ty) -> LocalId {
        let name = (1..)
            .map(|n| format!("{of}_{n}"))
            .find(|name| {
                let taken = self.locals.iter().any(|local| local.name == *name);
                !taken && !self.bound_anywhere.contains_key(name.as_str())
            })
            .expect("there is always a next number");
        self.local(&name, ty)
    }

    /// A local of that name; nothing is bound to it yet.
    pub(super) fn local(&mut self, name: &str, ty: Ty) -> LocalId {
        let id = LocalId(self.locals.len());
        self.locals.push(ir::Local {
            name: name.to_owned(),
            ty,
            used: false,
            hoisted: false,
        });
        self.same_as.push(id);
        id
    }

    /// The local behind a name that is read or saved here.
    pub(super) fn read(&mut self, bound: &Bound) -> LocalId {
        for local in &bound.locals {
            let read = &mut self.locals[local.0];
            read.used = true;
            read.hoisted |= bound.from_branches;
        }
        let first = finish::root(&self.same_as, bound.locals[0]);
        for local in &bound.locals {
            let other = finish::root(&self.same_as, *local);
            self.same_as[other.0] = first;
        }
        first
    }

    /// Notes that `caller` is read here; says so where there is none.
    pub(super) fn read_caller(&mut self, span: Span) -> bool {
        if self.say_not_in_formula("`caller`", span) {
            return false;
        }
        if let Some(why) = runs::no_caller(self.ast) {
            let function = &self.ast.name.value;
            let help = match self.ast.access {
                Access::Public => format!("{}, or take the player as an arg", why.help),
                _ => "it runs for all players at once: take them from rows of a table".to_owned(),
            };
            self.diagnostics
                .error(
                    Code::NoCaller,
                    span,
                    format!("`{function}` is {} and has no `caller`", why.is),
                    "nobody is known here",
                )
                .label(why.place, why.label)
                .help(help);
            return false;
        }
        self.uses_caller = true;
        self.effects.needs_caller = true;
        true
    }
}
