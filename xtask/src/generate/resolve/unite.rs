//! Names that both ways through an `if` bind to values that are not of one type, and have fields: a reply
//! on one way, and on the other a record with the same fields. Behind the `if` they are what they have in
//! common.

use crate::generate::ir::{self, Expr, ExprKind, LocalId, StepKind, Ty};
use crate::generate::source::Span;

use super::body::Body;
use super::scope::{Bound, Scope};
use super::types;

/// One way through an `if`: its scope at the end, and its steps.
pub(super) type Way<'s> = (&'s mut Scope, &'s mut Vec<ir::Step>);

impl Body<'_, '_> {
    /// Makes records of what such names have in common, on both ways; `before` is what was bound above
    /// the `if` at `branch`.
    pub(super) fn unite(&mut self, before: &Scope, [then, otherwise]: [Way<'_>; 2], branch: Span) {
        let names: Vec<String> = then.0.names().map(str::to_owned).collect();
        for name in names.iter().filter(|name| before.get(name).is_none()) {
            let bound = |scope: &Scope| scope.get(name).and_then(|binding| binding.value.clone());
            let (Some(a), Some(b)) = (bound(then.0), bound(otherwise.0)) else {
                continue;
            };
            if a.ty == b.ty && (!types::has_shape(&a.ty) || a.united && b.united) {
                continue;
            }
            let Some(common) = self.common_fields(&a.ty, &b.ty) else {
                continue;
            };
            for (way, bound) in [(&mut *then.0, a), (&mut *otherwise.0, b)]
                .into_iter()
                .zip([&mut *then.1, &mut *otherwise.1])
                .map(|((scope, bound), steps)| ((scope, steps), bound))
            {
                let (step, united) = self.record_of(name, &bound, &common, branch);
                way.1.push(step);
                way.0.rebind(name, united);
            }
        }
    }

    /// The fields that two types have in common, of one type each.
    fn common_fields(&self, a: &Ty, b: &Ty) -> Option<Vec<(String, Ty)>> {
        let (of_a, of_b) = (self.fields_of(a)?, self.fields_of(b)?);
        let common = of_a.into_iter().filter_map(|(name, ty)| {
            let ty =
                ty.filter(|ty| types::is_plain(types::present(ty)) && !types::has_shape(ty))?;
            let same =
                |(other, of): &(String, Option<Ty>)| *other == name && of.as_ref() == Some(&ty);
            of_b.iter().any(same).then_some((name, ty))
        });
        let common: Vec<(String, Ty)> = common.collect();
        (!common.is_empty()).then_some(common)
    }

    /// A step that binds the common fields of a value, and what it binds.
    fn record_of(
        &mut self,
        name: &str,
        bound: &Bound,
        common: &[(String, Ty)],
        span: Span,
    ) -> (ir::Step, Bound) {
        let local: LocalId = self.read(bound);
        let field = |(field, ty): &(String, Ty)| Expr {
            ty: ty.clone(),
            kind: ExprKind::Field(
                Box::new(Expr {
                    ty: bound.ty.clone(),
                    kind: ExprKind::Local(local),
                    span,
                }),
                field.clone(),
            ),
            span,
        };
        let ty = Ty::Record(common.to_vec());
        let value = Expr {
            ty: ty.clone(),
            kind: ExprKind::Record(common.iter().map(field).collect()),
            span,
        };
        let bind = self.derived(name, ty.clone());
        let step = ir::Step::new(StepKind::Let { bind, value }, span);
        let united = Bound {
            locals: vec![bind],
            from_branches: false,
            ty,
            got: None,
            united: true,
            outcome: Vec::new(),
        };
        (step, united)
    }
}
