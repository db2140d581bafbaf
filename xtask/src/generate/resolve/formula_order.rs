//! In which order formulas are looked at: those that others use first, and circles are said.

use std::collections::BTreeMap;

use crate::generate::ast;
use crate::generate::diagnostic::{Code, Diagnostics};
use crate::generate::ir::FormulaId;
use crate::generate::source::{Name, Span};

use super::declare::Declared;

/// A formula whose uses of others are being followed.
struct Visit {
    formula: FormulaId,
    next: usize,
}

/// All formulas, each after those that it uses; where that goes in a circle, it is said, and those on
/// it are left out, with all that use them.
pub(super) fn used_first(names: &Declared, diagnostics: &mut Diagnostics) -> Vec<FormulaId> {
    let uses = |formula: &&ast::Formula| {
        let mut found = Vec::new();
        calls_in(&formula.is, &mut |name| {
            let used = names.formula_id(&name.value);
            found.extend(used.map(|used| (used, name.span)));
        });
        found
    };
    let uses: Vec<Vec<(FormulaId, Span)>> = names.formulas.iter().map(uses).collect();
    let mut order = Vec::new();
    // Whether it is right to use, for those that were begun; `None` while they are.
    let mut seen: BTreeMap<FormulaId, Option<bool>> = BTreeMap::new();
    for start in (0..uses.len()).map(FormulaId) {
        if seen.contains_key(&start) {
            continue;
        }
        seen.insert(start, None);
        let mut path = vec![Visit {
            formula: start,
            next: 0,
        }];
        while let Some(visit) = path.last_mut() {
            let formula = visit.formula;
            let Some(&(used, place)) = uses[formula.0].get(visit.next) else {
                let right = uses[formula.0]
                    .iter()
                    .all(|(used, _)| seen.get(used) == Some(&Some(true)));
                seen.insert(formula, Some(right));
                order.extend(right.then_some(formula));
                path.pop();
                continue;
            };
            visit.next += 1;
            match seen.get(&used) {
                None => {
                    seen.insert(used, None);
                    path.push(Visit {
                        formula: used,
                        next: 0,
                    });
                }
                Some(None) => {
                    let from = path.iter().position(|visit| visit.formula == used);
                    say_circle(names, &uses, &path[from.unwrap_or(0)..], place, diagnostics);
                }
                Some(Some(_)) => {}
            }
        }
    }
    order
}

fn say_circle(
    names: &Declared,
    uses: &[Vec<(FormulaId, Span)>],
    path: &[Visit],
    last: Span,
    diagnostics: &mut Diagnostics,
) {
    let name = |visit: &Visit| names.formulas[visit.formula.0].name.value.clone();
    let way: Vec<String> = path.iter().chain(path.first()).map(name).collect();
    let title = match path {
        [_] => format!("the formula `{}` uses itself", way[0]),
        _ => format!("formulas use each other in a circle: {}", way.join(" -> ")),
    };
    let said = diagnostics.error(Code::FormulaCycle, last, title, "leads back");
    for visit in &path[..path.len() - 1] {
        if let Some((_, place)) = uses[visit.formula.0].get(visit.next - 1) {
            said.label(*place, format!("`{}` uses it here", name(visit)));
        }
    }
    said.help("a formula is made of its args, and of others that do not need it");
}

/// All calls in an expression, the inner ones too.
fn calls_in<'e>(expr: &'e ast::Expr, found: &mut impl FnMut(&'e Name)) {
    match &expr.kind {
        ast::ExprKind::Call(name, args) => {
            found(name);
            args.iter().for_each(|arg| calls_in(arg, found));
        }
        ast::ExprKind::Field(of, _) | ast::ExprKind::Unary(_, of) => calls_in(of, found),
        ast::ExprKind::Index(a, b) | ast::ExprKind::Binary(a, _, b) => {
            calls_in(a, found);
            calls_in(b, found);
        }
        ast::ExprKind::If(a, b, c) => {
            [a, b, c].into_iter().for_each(|part| calls_in(part, found));
        }
        ast::ExprKind::List(parts) | ast::ExprKind::Holes(parts) => {
            parts.iter().for_each(|part| calls_in(part, found));
        }
        ast::ExprKind::Record(fields) => {
            fields.iter().for_each(|(_, part)| calls_in(part, found));
        }
        ast::ExprKind::Int(_)
        | ast::ExprKind::Float(_)
        | ast::ExprKind::Bool(_)
        | ast::ExprKind::Text(_)
        | ast::ExprKind::Name(_)
        | ast::ExprKind::Error => {}
    }
}
