//! The outcome with which a called function succeeded: `r.outcome`, which is compared with the names of
//! its outcomes, and `return: r`, which passes it on with the whole reply.

use crate::generate::ast;
use crate::generate::ir::{
    Expr, ExprKind, FunctionId, Literal, Outcome, Template, TemplateKind, Ty,
};
use crate::generate::source::{Name, Span};

use super::body::Body;
use super::expr::constant;
use super::returns::Given;
use super::scope::Bound;

/// What stands behind the point.
const OUTCOME: &str = "outcome";

impl<'a> Body<'_, 'a> {
    /// `r.outcome` of a reply that a call bound, whose function has outcomes: 0, or the number of one.
    pub(super) fn outcome_of(
        &mut self,
        reply: &ast::Expr,
        field: &Name,
        span: Span,
    ) -> Option<Expr> {
        let (bound, _) = self
            .with_outcome(reply)
            .filter(|_| field.value == OUTCOME)?;
        Some(Expr {
            ty: Ty::Int,
            kind: ExprKind::Local(self.read_outcome(&bound)),
            span,
        })
    }

    /// The number of the outcome that `name` is, where it stands beside `r.outcome` and nothing is bound
    /// to it.
    pub(super) fn outcome_named(&self, name: &ast::Expr, beside: &ast::Expr) -> Option<Expr> {
        let ast::ExprKind::Field(reply, field) = &beside.kind else {
            return None;
        };
        let ast::ExprKind::Name(wanted) = &name.kind else {
            return None;
        };
        let (_, function) = self.with_outcome(reply)?;
        let signature = self.world.signatures.get(&function)?;
        let of_reply = signature.reply.iter().any(|(name, _)| name == OUTCOME);
        if field.value != OUTCOME || of_reply || self.scope.get(wanted).is_some() {
            return None;
        }
        let outcome = signature.outcomes.iter().find(|it| it.name == *wanted)?;
        let number = Literal::Int(outcome.status);
        Some(constant(number, Ty::Int, name.span))
    }

    /// `return: r`: the fields of the reply that is bound to the name, and the outcome that came with it.
    pub(super) fn return_reply(
        &mut self,
        data: &'a ast::Template,
    ) -> Option<(Vec<Given>, Vec<Option<Template>>, Outcome)> {
        let ast::Template::Leaf(named) = data else {
            return None;
        };
        let ast::ExprKind::Name(name) = &named.kind else {
            return None;
        };
        let Some(Ty::Reply(function)) = self.scope.get(name)?.value.as_ref().map(|it| &it.ty)
        else {
            return None;
        };
        let function = *function;
        let whole = self.infer(named, None)?;
        let reply = &self.world.signatures.get(&function)?.reply;
        let given = reply.iter().map(|(name, ty)| Given {
            name: name.clone(),
            span: named.span,
            ty: ty.clone(),
        });
        let parts = reply.iter().map(|(name, ty)| {
            let field = Expr {
                ty: ty.clone()?,
                kind: ExprKind::Field(Box::new(whole.clone()), name.clone()),
                span: named.span,
            };
            Some(Template {
                ty: field.ty.clone(),
                kind: TemplateKind::Leaf(field),
            })
        });
        let (given, parts) = (given.collect(), parts.collect());
        let outcome = match self.with_outcome(named) {
            Some((bound, _)) => {
                self.pass_outcomes(function, named.span);
                Outcome::Passed(self.read_outcome(&bound))
            }
            None => Outcome::Plain,
        };
        Some((given, parts, outcome))
    }

    /// What the name of such a reply is bound to, and the called function.
    fn with_outcome(&self, reply: &ast::Expr) -> Option<(Bound, FunctionId)> {
        let ast::ExprKind::Name(name) = &reply.kind else {
            return None;
        };
        let bound = self.scope.get(name)?.value.as_ref()?;
        match bound.ty {
            Ty::Reply(function) if !bound.outcome.is_empty() => Some((bound.clone(), function)),
            _ => None,
        }
    }

    fn read_outcome(&mut self, of: &Bound) -> crate::generate::ir::LocalId {
        self.read(&Bound {
            locals: of.outcome.clone(),
            ty: Ty::Int,
            got: None,
            outcome: Vec::new(),
            ..of.clone()
        })
    }
}
