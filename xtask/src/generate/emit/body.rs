//! What the emission of one function's body knows at a step.

use std::collections::{BTreeMap, BTreeSet};

use aliya_macros_core::names;

use super::code::{Code, ident};
use super::mutable::is_changed;
use super::quote::quote;
use super::shapes::Shapes;
use super::statements::Statements;
use super::to_tokens::ToTokens;
use super::tokens::{Ident, TokenStream};
use super::types::{Scope, has_shape, is_copy};
use super::uses::{Part, Root, Uses, movable};
use crate::generate::ir::{
    ErrorIndex, Expr, ExprKind, Function, LocalId, Step, TableId, Template, Ty,
};
use crate::generate::source::{Sources, Span};

/// Names that a function's body has before any step binds one.
const BOUND_BEFORE: [&str; 5] = ["cx", "args", "caller", "now", "config"];

/// A name that a step binds.
struct Local {
    ident: Ident,
    /// Whether it holds a reference: an item of a list that is used again.
    borrowed: bool,
    /// Whether it was declared before the `if` that binds it.
    declared: bool,
    mutable: bool,
}

/// A function's body under way.
pub(super) struct Body<'m, 'g> {
    pub(super) scope: &'m mut Scope<'g>,
    pub(super) statements: &'m mut Statements,
    pub(super) shapes: Shapes<'g>,
    /// Where expressions stand; none where that is nobody's matter.
    pub(super) sources: Option<&'g Sources>,
    pub(super) function: &'g Function,
    /// Whether it is a formula's: then `config` is a reference.
    pub(super) in_formula: bool,
    /// The errors that were written down so far.
    pub(super) errors: BTreeSet<ErrorIndex>,
    locals: Vec<Local>,
    used: Uses,
    /// What the step, or the round of an `each`, uses.
    here: Uses,
    /// What is used after it.
    later: Uses,
    /// Names of locals that are taken.
    taken: BTreeSet<String>,
}

impl<'m, 'g> Body<'m, 'g> {
    pub(super) fn new(
        scope: &'m mut Scope<'g>,
        statements: &'m mut Statements,
        sources: Option<&'g Sources>,
        function: &'g Function,
    ) -> Self {
        let shapes = Shapes::new(function);
        let mut body = Self {
            scope,
            statements,
            shapes,
            sources,
            function,
            in_formula: false,
            errors: BTreeSet::new(),
            locals: Vec::new(),
            used: Uses::of_function(function),
            here: Uses::default(),
            later: Uses::default(),
            taken: BOUND_BEFORE.map(str::to_owned).into(),
        };
        // A name that is bound twice is out of sight the first time when it is bound again.
        let mut idents: BTreeMap<(&str, bool), Ident> = BTreeMap::new();
        for (at, local) in function.locals.iter().enumerate() {
            let id = LocalId(at);
            let used = body.used.any(Root::Local(id));
            let known = idents.get(&(local.name.as_str(), used)).cloned();
            let ident = known.unwrap_or_else(|| body.fresh(&local_name(&local.name, used)));
            idents.insert((&local.name, used), ident.clone());
            body.locals.push(Local {
                ident,
                borrowed: false,
                declared: false,
                mutable: is_changed(body.scope.game, function, id),
            });
        }
        body
    }

    /// A local's name that no other local of the function has.
    pub(super) fn fresh(&mut self, wanted: &str) -> Ident {
        let name = self.free(wanted);
        self.taken.insert(name.text().to_owned());
        name
    }

    /// The same for a name within a block of its own, which others may take elsewhere.
    pub(super) fn free(&self, wanted: &str) -> Ident {
        let mut name = wanted.to_owned();
        let mut number = 2;
        while self.taken.contains(&name) {
            name = format!("{}_{number}", names::plain(wanted));
            number += 1;
        }
        ident(&name)
    }

    pub(super) fn is_used(&self, local: LocalId) -> bool {
        self.used.any(Root::Local(local))
    }

    pub(super) fn local(&self, id: LocalId) -> &Ident {
        &self.locals[id.0].ident
    }

    pub(super) fn local_ty(&self, id: LocalId) -> &'g Ty {
        &self.function.locals[id.0].ty
    }

    pub(super) fn is_borrowed(&self, id: LocalId) -> bool {
        self.locals[id.0].borrowed
    }

    pub(super) fn borrow(&mut self, id: LocalId) {
        self.locals[id.0].borrowed = true;
    }

    /// `let x = value;`, or `x = value;` where it was declared already.
    pub(super) fn bind(
        &self,
        id: LocalId,
        ty: Option<TokenStream>,
        value: &TokenStream,
    ) -> TokenStream {
        let Local {
            ident,
            declared,
            mutable,
            ..
        } = &self.locals[id.0];
        if *declared {
            return quote!(#ident = #value;);
        }
        let mutable = mutable.then(|| quote!(mut));
        let ty = ty.map(|ty| quote!(: #ty));
        quote!(let #mutable #ident #ty = #value;)
    }

    /// `let x: T;` for a name that an `if` binds.
    pub(super) fn declare(&mut self, id: LocalId) -> TokenStream {
        self.locals[id.0].declared = true;
        let ty = self.local_ty(id);
        // A part of another function's reply has that function's type.
        let ty = (!has_shape(ty)).then(|| self.ty(ty));
        let ty = ty.map(|ty| quote!(: #ty));
        let Local { ident, mutable, .. } = &self.locals[id.0];
        let mutable = mutable.then(|| quote!(mut));
        quote!(let #mutable #ident #ty;)
    }

    pub(super) fn is_declared(&self, id: LocalId) -> bool {
        self.locals[id.0].declared
    }

    /// A type; objects and fixed lists are those of this function's replies.
    pub(super) fn ty(&mut self, ty: &Ty) -> TokenStream {
        let shapes = &mut self.shapes;
        self.scope
            .ty(ty, &mut |scope, ty| shapes.of(scope, ty, "Value"))
    }

    /// Emits something that belongs to `step`, which `later` follows.
    pub(super) fn at_step<T>(
        &mut self,
        step: &Step,
        later: &Uses,
        emit: impl FnOnce(&mut Self) -> T,
    ) -> T {
        self.statements.begin_step(step.span);
        self.at_uses(Uses::of_step(step), later.clone(), emit)
    }

    /// Emits something that uses `here`, which `later` follows.
    pub(super) fn at_uses<T>(
        &mut self,
        here: Uses,
        later: Uses,
        emit: impl FnOnce(&mut Self) -> T,
    ) -> T {
        self.here = here;
        self.later = later;
        emit(self)
    }

    /// Emits one round of an `each` over `items`, which each round has anew. Everything else is
    /// used in every round: `here` counts it twice, so that it is not moved.
    pub(super) fn in_round<T>(
        &mut self,
        items: &[Root],
        condition: Option<&Expr>,
        give: &Template,
        emit: impl FnOnce(&mut Self) -> T,
    ) -> T {
        self.in_round_of(items, Uses::of_round(condition, give), emit)
    }

    /// The same, where the round is known by what it uses.
    pub(super) fn in_round_of<T>(
        &mut self,
        items: &[Root],
        mut round: Uses,
        emit: impl FnOnce(&mut Self) -> T,
    ) -> T {
        round.add(&self.here.without(items));
        let here = std::mem::replace(&mut self.here, round);
        let emitted = emit(self);
        self.here = here;
        emitted
    }

    /// Whether `expr` is a value, or a part of one, that nothing else uses here or later.
    pub(super) fn may_move(&self, expr: &Expr) -> bool {
        movable(expr).is_some_and(|(root, part)| self.may_move_part(root, &part))
    }

    fn may_move_part(&self, root: Root, part: &Part) -> bool {
        let borrowed = match root {
            Root::Local(id) => self.is_borrowed(id),
            Root::Caller => false,
            Root::Args | Root::Now | Root::Config => true,
        };
        !borrowed && self.here.meeting(root, part) <= 1 && self.later.meeting(root, part) == 0
    }

    /// `managers/bag.yaml:12:7: a + b`, for the log.
    pub(super) fn place(&self, span: Span) -> String {
        let Some(sources) = self.sources else {
            return String::new();
        };
        let text: Vec<_> = sources.text(span).split_whitespace().collect();
        format!("{}: {}", sources.place(span), text.join(" "))
    }

    /// The constant of one of the function's errors.
    pub(super) fn error(&mut self, error: ErrorIndex) -> Ident {
        self.errors.insert(error);
        ident(&names::const_name(&self.function.errors[error].name))
    }

    /// A column's field.
    pub(super) fn column(&self, table: TableId, at: usize) -> Ident {
        ident(&names::value_name(
            &self.scope.game.the_table(table).columns[at].name,
        ))
    }

    /// The value, cloned or moved out of `place`, which is where `expr` lies.
    pub(super) fn taken_from(&self, expr: &Expr, place: Code) -> Code {
        if is_copy(&expr.ty) || self.may_move(expr) {
            return place;
        }
        let place = match expr.kind {
            ExprKind::Local(id) if self.is_borrowed(id) => self.local(id).to_token_stream(),
            // `(*entry).clone()` is `entry.clone()`.
            ExprKind::Index(..) => place.dereferenced(),
            _ => place.receiver(),
        };
        Code::postfix(quote!(#place.clone()))
    }
}

fn local_name(declared: &str, used: bool) -> String {
    let name = names::value_name(declared);
    if used || name.starts_with('_') {
        return name;
    }
    format!("_{}", names::plain(&name))
}
