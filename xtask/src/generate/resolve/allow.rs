//! The step `allow`, and that those of one name count in one window.

use std::collections::BTreeMap;

use crate::generate::ast::{self, StepKind};
use crate::generate::diagnostic::{Code, Diagnostics};
use crate::generate::ir::{self, Expr, ExprKind, Literal, Ty};
use crate::generate::source::Span;

use super::body::Body;
use super::coerce::literal;
use super::declare::Declared;
use super::expr::constant;
use super::types;

impl<'a> Body<'_, 'a> {
    /// A require and a write of the runtime's own in one.
    pub(super) fn allow(&mut self, allow: &'a ast::Allow, span: Span) -> Option<ir::StepKind> {
        let max = self.limit(Some(&allow.max), "`max`", 1).flatten();
        let by = match &allow.by {
            Some(by) => self.allow_by(by),
            None => self.read_caller(span).then(|| {
                let (ty, kind) = (Ty::Player, ExprKind::Caller);
                vec![Expr { ty, kind, span }]
            }),
        };
        let uses = match self.limit(allow.uses.as_ref(), "`uses`", 0) {
            Some(None) => Some(constant(Literal::Int(1), Ty::Int, span)),
            said => said.flatten(),
        };
        if let (Some(max), Some(uses)) = (&max, &uses) {
            self.check_uses(max, uses);
        }
        let error = allow.error.as_ref().and_then(|error| self.error(error));
        let data = allow.data.as_ref().map(|data| self.record(data, "`data`"));
        self.effects.writes = true;
        let bind = allow
            .bind
            .as_ref()
            .map(|name| self.bind_as(name, Some(Ty::Int), None));
        Some(ir::StepKind::Allow(Box::new(ir::Allow {
            name: allow.name.value.clone(),
            per: allow.per.as_ref()?.value,
            max: max?,
            by: by?,
            uses: uses?,
            error: error?,
            data: match data {
                Some(data) => Some(data?),
                None => None,
            },
            bind,
        })))
    }

    /// Whose uses are counted together: one plain value, or several.
    fn allow_by(&mut self, by: &'a ast::Expr) -> Option<Vec<Expr>> {
        let items = match &by.kind {
            ast::ExprKind::List(items) => items.as_slice(),
            _ => std::slice::from_ref(by),
        };
        let typed: Vec<Option<Expr>> = items.iter().map(|item| self.allow_key(item)).collect();
        typed.into_iter().collect()
    }

    fn allow_key(&mut self, item: &'a ast::Expr) -> Option<Expr> {
        let value = self.infer(item, None)?;
        if self.any_absent("`by`", [&value]) {
            return None;
        }
        if !types::is_scalar(&value.ty) || value.ty == Ty::Float {
            let is = types::describe(self.names(), &value.ty);
            self.diagnostics
                .error(
                    Code::WrongType,
                    value.span,
                    format!("`by` tells apart by plain values, and this is {is}"),
                    format!("this is {is}"),
                )
                .help("name ints, texts, players or the like: `by: [caller, args.mode]`");
            return None;
        }
        Some(value)
    }

    fn check_uses(&mut self, max: &Expr, uses: &Expr) {
        let (Some(Literal::Int(most)), Some(Literal::Int(used))) = (literal(max), literal(uses))
        else {
            return;
        };
        if used > most {
            self.diagnostics
                .error(
                    Code::BadBounds,
                    uses.span,
                    "no window has as many uses",
                    format!("more than {most}"),
                )
                .label(max.span, "`max`")
                .help("`uses` is at most `max`");
        }
    }
}

/// Says where steps of one name in one manager, which share what they count, count otherwise.
pub(super) fn check_all(names: &Declared, diagnostics: &mut Diagnostics) {
    for manager in &names.managers {
        let mut first: BTreeMap<&str, &ast::Allow> = BTreeMap::new();
        let functions = manager.ast.functions.iter();
        let steps = functions.flat_map(|function| &function.steps);
        steps.for_each(|step| compare(step, &mut first, diagnostics));
    }
}

fn compare<'a>(
    step: &'a ast::Step,
    first: &mut BTreeMap<&'a str, &'a ast::Allow>,
    diagnostics: &mut Diagnostics,
) {
    match &step.kind {
        StepKind::If {
            then, otherwise, ..
        } => {
            let inner = then.iter().chain(otherwise);
            inner.for_each(|step| compare(step, first, diagnostics));
        }
        StepKind::For { steps, .. } => {
            steps
                .iter()
                .for_each(|step| compare(step, first, diagnostics));
        }
        StepKind::Allow(allow) => {
            let known = *first.entry(&allow.name.value).or_insert(allow);
            let (Some(a), Some(b)) = (&known.per, &allow.per) else {
                return;
            };
            let (what, there, here) = if a.value != b.value {
                ("another window", a.span, b.span)
            } else if keys(known) != keys(allow) {
                ("other values", known.name.span, allow.name.span)
            } else {
                return;
            };
            let name = &allow.name.value;
            diagnostics
                .error(
                    Code::AllowDiffers,
                    here,
                    format!("`{name}` is counted by {what} elsewhere in this manager"),
                    "differs",
                )
                .label(there, "from this")
                .help("those of one name share what they count: give this one another name");
        }
        _ => {}
    }
}

/// By how many values it tells apart.
fn keys(allow: &ast::Allow) -> usize {
    allow.by.as_ref().map_or(1, |by| match &by.kind {
        ast::ExprKind::List(items) => items.len(),
        _ => 1,
    })
}
