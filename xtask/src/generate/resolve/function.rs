//! A function: what is known while its steps are looked at, and what comes out.

use std::collections::{BTreeMap, BTreeSet};

use aliya_macros_core::names as mapped;

use crate::generate::ast::{self, Access};
use crate::generate::diagnostic::{Code, Diagnostics, did_you_mean};
use crate::generate::ir::{self, ErrorIndex, FunctionId, LocalId, ManagerId, Ty};
use crate::generate::source::{Name, Span};

use super::declare::{self, Declared};
use super::fields::Field;
use super::returns::Return;
use super::scope::{Binding, Bound, Got, Scope};
use super::statuses::{self, Named, Statuses};
use super::warnings::Saved;
use super::{World, collide, finish};

/// What callers need to know of a function.
pub(super) struct Signature {
    /// The fields of its reply; `None` as a type was reported.
    pub(super) reply: Vec<(String, Option<Ty>)>,
    /// Whether `reply` has all fields: a way without `return` may lack some.
    pub(super) whole: bool,
    /// What it does, the functions that it calls included.
    pub(super) effects: Effects,
}

/// What a function does, and what it calls does.
#[derive(Clone, Default)]
pub(super) struct Effects {
    /// Whether anything is written.
    pub(super) writes: bool,
    /// The managers whose functions run.
    pub(super) reaches: BTreeSet<ManagerId>,
    /// Whether `caller` is read.
    pub(super) needs_caller: bool,
}

/// A function whose steps are being looked at.
pub(super) struct Body<'w, 'a> {
    pub(super) world: &'w World<'a>,
    pub(super) id: FunctionId,
    pub(super) ast: &'a ast::Function,
    pub(super) args: &'w [Field<'a>],
    pub(super) diagnostics: &'w mut Diagnostics,
    pub(super) scope: Scope,
    pub(super) effects: Effects,
    pub(super) returns: Vec<Return<'a>>,
    /// What was saved on the way that leads here.
    pub(super) saved: Vec<Saved>,
    /// Whether an earlier stage dropped a part of it.
    pub(super) broken: bool,
    /// Every name that it binds anywhere, and where first.
    pub(super) bound_anywhere: BTreeMap<&'a str, Span>,
    locals: Vec<ir::Local>,
    /// For each local, the one that it shares a variable with; itself if none.
    same_as: Vec<LocalId>,
    bound: Vec<&'a Name>,
    errors: Vec<Named>,
    uses_caller: bool,
}

/// Looks at a function; those that it calls were looked at before.
pub(super) fn resolve<'a>(
    world: &World<'a>,
    id: FunctionId,
    diagnostics: &mut Diagnostics,
) -> (Signature, Option<ir::Function>) {
    let ast = world.names.function(id);
    let args = &world.args[&id];
    check_args(&world.names, ast, diagnostics);
    let undone_by = undone_by(world, id, diagnostics);
    let mut bound_anywhere = BTreeMap::new();
    names_bound(&ast.steps, &mut bound_anywhere);
    let mut body = Body {
        world,
        id,
        ast,
        args,
        diagnostics,
        scope: Scope::default(),
        effects: Effects::default(),
        returns: Vec::new(),
        saved: Vec::new(),
        broken: world.names.faults.in_declaration(&ast.name),
        bound_anywhere,
        locals: Vec::new(),
        same_as: Vec::new(),
        bound: Vec::new(),
        errors: Vec::new(),
        uses_caller: false,
    };
    let (mut steps, goes_on) = body.block(&ast.steps);
    if goes_on && !body.broken {
        body.say_no_return();
    }
    let bound = body
        .bound
        .iter()
        .map(|n| (*n, mapped::value_name(&n.value)));
    collide::distinct("names", bound, body.diagnostics);
    let reply = body.reply();
    body.effects.reaches.remove(&id.0);
    let signature = Signature {
        whole: !goes_on && !body.broken,
        effects: body.effects.clone(),
        reply,
    };
    let whole: Option<Vec<(String, Ty)>> = signature
        .reply
        .iter()
        .map(|(name, ty)| Some((name.clone(), ty.clone()?)))
        .collect();
    let fields: Option<Vec<ir::Field>> = args.iter().map(Field::to_ir).collect();
    let (Some(reply), Some(args)) = (whole, fields) else {
        return (signature, None);
    };
    finish::align_returns(&mut steps, &body.returns, &reply);
    let locals = finish::unite_locals(&mut steps, body.locals, &body.same_as);
    let function = ir::Function {
        name: ast.name.value.clone(),
        doc: ast.doc.as_ref().map(|doc| doc.value.clone()),
        access: ast.access,
        args,
        errors: body.errors.into_iter().map(|error| error.status).collect(),
        outcomes: world.statuses[&id].outcomes(),
        undone_by,
        writes: signature.effects.writes,
        reaches: signature.effects.reaches.iter().copied().collect(),
        uses_caller: body.uses_caller,
        reply,
        locals,
        steps,
    };
    (signature, Some(function))
}

fn check_args(names: &Declared, function: &ast::Function, diagnostics: &mut Diagnostics) {
    let args = || function.args.iter().map(|arg| &arg.name);
    declare::by_name("arg", args(), &names.faults, diagnostics);
    let in_rust = args().map(|name| (name, mapped::value_name(&name.value)));
    collide::distinct("args", in_rust, diagnostics);
    for name in args().filter(|name| name.value == "token") {
        collide::reserved(
            name,
            "clients send their token under this name",
            diagnostics,
        );
    }
}

/// The function that takes this one back: one of the same manager.
fn undone_by(world: &World, id: FunctionId, diagnostics: &mut Diagnostics) -> Option<FunctionId> {
    let names = &world.names;
    let manager = names.manager(id.0).ast;
    let wanted = names.function(id).undone_by.as_ref()?;
    let found = names.called(id.0, &wanted.value);
    match found.filter(|undo| undo.0 == id.0) {
        Some(undo) if undo == id => {
            diagnostics
                .error(
                    Code::BadUndo,
                    wanted.span,
                    format!("`{}` cannot undo itself", wanted.value),
                    "the same function",
                )
                .help("name the function that does the opposite");
            None
        }
        Some(undo) => Some(undo),
        None => {
            if !names.faults.in_manager(&manager.name) {
                let functions = manager.functions.iter().map(|f| f.name.value.as_str());
                diagnostics
                    .error(
                        Code::BadUndo,
                        wanted.span,
                        format!(
                            "`{}` has no function `{}`",
                            manager.name.value, wanted.value
                        ),
                        "what undoes a function is a function of the same manager",
                    )
                    .maybe_help(did_you_mean(&wanted.value, functions));
            }
            None
        }
    }
}

/// Every name that steps bind, and where first.
fn names_bound<'a>(steps: &'a [ast::Step], found: &mut BTreeMap<&'a str, Span>) {
    use ast::StepKind;
    for step in steps {
        match &step.kind {
            StepKind::Get { bind, .. }
            | StepKind::Select { bind, .. }
            | StepKind::Insert { bind, .. }
            | StepKind::Call { bind, .. } => {
                if let Some(name) = bind {
                    found.entry(&name.value).or_insert(name.span);
                }
            }
            StepKind::Let(lets) => {
                for entry in lets {
                    found.entry(&entry.name.value).or_insert(entry.name.span);
                }
            }
            StepKind::If {
                then, otherwise, ..
            } => {
                names_bound(then, found);
                names_bound(otherwise, found);
            }
            StepKind::Save { .. } | StepKind::Require { .. } | StepKind::Return { .. } => {}
        }
    }
}

impl<'w, 'a> Body<'w, 'a> {
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
        self.bound.push(name);
        // A function with a wrong value has no code, so that its type there is of no account.
        let local = self.local(&name.value, ty.clone().unwrap_or(Ty::Int));
        let mut value = ty.map(|ty| Bound {
            locals: vec![local],
            from_branches: false,
            ty,
            got,
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

    fn local(&mut self, name: &str, ty: Ty) -> LocalId {
        let id = LocalId(self.locals.len());
        self.locals.push(ir::Local {
            name: name.to_owned(),
            ty,
            mutable: false,
            used: false,
            hoisted: false,
        });
        self.same_as.push(id);
        id
    }

    /// The local behind a name that is read or saved here; `saves` where it changes.
    pub(super) fn read(&mut self, bound: &Bound, saves: bool) -> LocalId {
        for local in &bound.locals {
            let read = &mut self.locals[local.0];
            read.used = true;
            read.mutable |= saves;
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
        if self.ast.access == Access::Public {
            let function = &self.ast.name;
            self.diagnostics
                .error(
                    Code::NoCaller,
                    span,
                    format!("`{}` is public and has no `caller`", function.value),
                    "nobody is known here",
                )
                .label(function.span, "clients call it without a token")
                .help("leave out `access: public`, or take the player as an arg");
            return false;
        }
        self.uses_caller = true;
        self.effects.needs_caller = true;
        true
    }

    /// The place of an error that a step names, among those that the function can end with.
    pub(super) fn error(&mut self, name: &Name) -> Option<ErrorIndex> {
        let statuses: &Statuses = &self.world.statuses[&self.id];
        let named = statuses.error(name, &self.ast.name.value, self.diagnostics)?;
        let same = |known: &Named| known.status.name == named.status.name;
        if let Some(at) = self.errors.iter().position(same) {
            return Some(at);
        }
        // A shared error may have a status that one of the function's own has: as long as the
        // function does not name it, nobody can mistake them.
        let shared = named.declared.filter(|declared| !self.is_own(*declared));
        if shared.is_some() {
            let status = named.status.status;
            let own = statuses.own_with(status).map(|own| own.name.span);
            let mut before = self.errors.iter();
            let before = before.find(|error| error.status.status == status);
            if let Some(other) = own.or(before.and_then(|error| error.declared)) {
                statuses::same_status(other, name.span, status, self.diagnostics);
            }
        }
        self.errors.push(named);
        Some(self.errors.len() - 1)
    }

    /// Whether the error declared there is the function's own: those were compared before.
    fn is_own(&self, declared: Span) -> bool {
        self.ast
            .errors
            .iter()
            .any(|error| error.name.span == declared)
    }

    fn say_no_return(&mut self) {
        let name = &self.ast.name;
        let last = self.ast.steps.last().map(|step| step.keyword);
        let diagnostic = self.diagnostics.error(
            Code::NoReturn,
            name.span,
            format!("`{}` can come to its end without a `return`", name.value),
            "every way through its steps ends in a `return`",
        );
        if let Some(last) = last {
            diagnostic.label(last, "after this step there is none");
        }
        diagnostic.help("end it with `- return: {}`, or with what it replies");
    }
}
