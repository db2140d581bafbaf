//! The last look at a function's steps: names that several branches bound become one local, and
//! every `return` gets a place for each field of the reply.

use std::collections::BTreeSet;

use crate::generate::ir::{
    Expr, ExprKind, Filter, Local, LocalId, Missing, Outcome, Step, StepKind, Template,
    TemplateKind, Ty,
};

use super::returns::{self, Return};

/// The local that stands for all that `local` shares a variable with.
pub(super) fn root(same_as: &[LocalId], mut local: LocalId) -> LocalId {
    while same_as[local.0] != local {
        local = same_as[local.0];
    }
    local
}

/// Writes every local as the one that stands for it, and gives those that are left new numbers.
pub(super) fn unite_locals(
    steps: &mut [Step],
    locals: Vec<Local>,
    same_as: &[LocalId],
) -> Vec<Local> {
    let mut united: Vec<Local> = Vec::new();
    let mut numbers = vec![LocalId(0); locals.len()];
    for (at, local) in locals.iter().enumerate() {
        if root(same_as, LocalId(at)) == LocalId(at) {
            numbers[at] = LocalId(united.len());
            united.push(local.clone());
        }
    }
    for (at, local) in locals.iter().enumerate() {
        let stands = numbers[root(same_as, LocalId(at)).0];
        numbers[at] = stands;
        let united = &mut united[stands.0];
        united.used |= local.used;
        united.hoisted |= local.hoisted;
    }
    each_local(steps, &mut |local| *local = numbers[local.0]);
    united
}

/// Has each `get` lock the row that a later step writes.
pub(super) fn lock_rows(steps: &mut [Step]) {
    let mut written = BTreeSet::new();
    each_step(steps, &mut |step| {
        if let StepKind::Save { row, .. } | StepKind::DeleteRow { row, .. } = &step.kind {
            written.insert(*row);
        }
    });
    each_step(steps, &mut |step| {
        if let StepKind::Get { bind, lock, .. } = &mut step.kind {
            *lock = written.contains(bind);
        }
    });
}

/// Brings the fields of every `return` into the order and to the types of the reply. `returns` are in
/// the order in which the steps hold them.
pub(super) fn align_returns(steps: &mut [Step], returns: &[Return], reply: &[(String, Ty)]) {
    let mut returns = returns.iter();
    each_step(steps, &mut |step| {
        let StepKind::Return { data, .. } = &mut step.kind else {
            return;
        };
        let mut given = std::mem::take(data);
        let Some(of) = returns.next() else {
            return;
        };
        *data = reply
            .iter()
            .map(|(name, ty)| {
                let at = of.fields.iter().position(|field| field.name == *name)?;
                let template = given.get_mut(at)?.take()?;
                Some(returns::adapt(template, ty, of.fields[at].span))
            })
            .collect();
    });
}

/// Each step, those within others in their order, too.
fn each_step(steps: &mut [Step], found: &mut impl FnMut(&mut Step)) {
    for step in steps {
        found(step);
        match &mut step.kind {
            StepKind::If {
                then, otherwise, ..
            } => {
                each_step(then, found);
                each_step(otherwise, found);
            }
            StepKind::For { steps, .. } => each_step(steps, found),
            _ => {}
        }
    }
}

/// Each local that steps name, those that they bind among them.
pub(super) fn each_local(steps: &mut [Step], found: &mut impl FnMut(&mut LocalId)) {
    for step in steps {
        match &mut step.kind {
            StepKind::Get {
                by,
                missing,
                data,
                bind,
                ..
            } => {
                data.iter_mut().for_each(|data| in_template(data, found));
                in_exprs(by.iter_mut().map(|(_, value)| value), found);
                if let Missing::Default(values) = missing {
                    in_exprs(values.iter_mut(), found);
                }
                found(bind);
            }
            StepKind::Select {
                filter,
                first,
                offset,
                bind,
                ..
            } => {
                in_filters(filter, found);
                in_exprs(first.iter_mut().chain(offset), found);
                found(bind);
            }
            StepKind::Save { row, set, .. } => {
                found(row);
                in_exprs(set.iter_mut().map(|(_, value)| value), found);
            }
            StepKind::Insert {
                set, data, bind, ..
            } => {
                data.iter_mut().for_each(|data| in_template(data, found));
                in_exprs(set.iter_mut().map(|(_, value)| value), found);
                bind.iter_mut().for_each(&mut *found);
            }
            StepKind::Require {
                condition, data, ..
            } => {
                in_expr(condition, found);
                data.iter_mut().for_each(|data| in_template(data, found));
            }
            StepKind::Let { bind, value } => {
                in_expr(value, found);
                found(bind);
            }
            StepKind::Call {
                with,
                act_for,
                data,
                bind,
                outcome,
                ..
            } => {
                in_exprs(with.iter_mut().flatten().chain(act_for), found);
                data.iter_mut().for_each(|data| in_template(data, found));
                bind.iter_mut().chain(outcome).for_each(&mut *found);
            }
            StepKind::If {
                condition,
                then,
                otherwise,
            } => {
                in_expr(condition, found);
                each_local(then, found);
                each_local(otherwise, found);
            }
            StepKind::Draw(draw) => {
                in_expr(&mut draw.list, found);
                in_exprs(draw.weight.iter_mut().chain(&mut draw.times), found);
                found(&mut draw.item);
                found(&mut draw.bind);
            }
            StepKind::Allow(allow) => {
                in_exprs(allow.by.iter_mut(), found);
                in_exprs([&mut allow.max, &mut allow.uses].into_iter(), found);
                allow
                    .data
                    .iter_mut()
                    .for_each(|data| in_template(data, found));
                allow.bind.iter_mut().for_each(&mut *found);
            }
            StepKind::Lookup(lookup) => {
                in_exprs([&mut lookup.of, &mut lookup.key].into_iter(), found);
                let data = lookup.data.iter_mut();
                data.for_each(|data| in_template(data, found));
                found(&mut lookup.bind);
            }
            StepKind::Return { data, outcome } => {
                if let Outcome::Passed(status) = outcome {
                    found(status);
                }
                let templates = data.iter_mut().flatten();
                templates.for_each(|template| in_template(template, found));
            }
            StepKind::Update {
                filter, set, bind, ..
            } => {
                in_filters(filter, found);
                for (_, change) in set {
                    change.values_mut(&mut |value| in_expr(value, found));
                }
                bind.iter_mut().for_each(&mut *found);
            }
            StepKind::DeleteRow { row, .. } => found(row),
            StepKind::DeleteMany { filter, bind, .. } => {
                in_filters(filter, found);
                bind.iter_mut().for_each(&mut *found);
            }
            StepKind::Measure { filter, bind, .. } => {
                in_filters(filter, found);
                found(bind);
            }
            StepKind::Rank {
                of, filter, bind, ..
            } => {
                in_filters(filter, found);
                in_exprs(of.iter_mut().map(|(_, value)| value), found);
                found(bind);
            }
            StepKind::InsertEach {
                item,
                index,
                list,
                set,
                data,
                bind,
                ..
            } => {
                in_expr(list, found);
                in_exprs(set.iter_mut().map(|(_, value)| value), found);
                data.iter_mut().for_each(|data| in_template(data, found));
                let bound = std::iter::once(item).chain(index).chain(bind);
                bound.for_each(&mut *found);
            }
            StepKind::For {
                item,
                index,
                list,
                condition,
                steps,
                give,
            } => {
                in_exprs(std::iter::once(list).chain(condition), found);
                std::iter::once(item).chain(index).for_each(&mut *found);
                each_local(steps, found);
                if let Some((value, bind)) = give {
                    in_expr(value, found);
                    found(bind);
                }
            }
        }
    }
}

fn in_filters(filters: &mut [Filter], found: &mut impl FnMut(&mut LocalId)) {
    for Filter { value, upper, .. } in filters {
        in_exprs(std::iter::once(value).chain(upper), found);
    }
}

fn in_template(template: &mut Template, found: &mut impl FnMut(&mut LocalId)) {
    match &mut template.kind {
        TemplateKind::Record(parts) | TemplateKind::Tuple(parts) => {
            parts.iter_mut().for_each(|part| in_template(part, found));
        }
        TemplateKind::Each {
            item,
            index,
            list,
            condition,
            give,
        } => {
            found(item);
            index.iter_mut().for_each(&mut *found);
            in_expr(list, found);
            condition.iter_mut().for_each(|c| in_expr(c, found));
            in_template(give, found);
        }
        TemplateKind::Leaf(expr) => in_expr(expr, found),
        TemplateKind::Entry(key, value) => {
            in_expr(key, found);
            in_template(value, found);
        }
    }
}

fn in_exprs<'e>(exprs: impl Iterator<Item = &'e mut Expr>, found: &mut impl FnMut(&mut LocalId)) {
    exprs.for_each(|expr| in_expr(expr, found));
}

fn in_expr(expr: &mut Expr, found: &mut impl FnMut(&mut LocalId)) {
    match &mut expr.kind {
        ExprKind::Local(local) => found(local),
        ExprKind::Literal(_)
        | ExprKind::Caller
        | ExprKind::Now
        | ExprKind::Arg(_)
        | ExprKind::Config(_)
        | ExprKind::Absent => {}
        ExprKind::Column(inner, _)
        | ExprKind::Pluck(inner, _)
        | ExprKind::Field(inner, _)
        | ExprKind::Unary(_, inner)
        | ExprKind::ToFloat(inner)
        | ExprKind::ToInt(inner)
        | ExprKind::ToId(inner)
        | ExprKind::ToOptional(inner) => in_expr(inner, found),
        ExprKind::Index(a, b) | ExprKind::Binary(_, a, b) => {
            in_expr(a, found);
            in_expr(b, found);
        }
        ExprKind::If(a, b, c) => {
            in_expr(a, found);
            in_expr(b, found);
            in_expr(c, found);
        }
        ExprKind::List(items) | ExprKind::Builtin(_, items) | ExprKind::Record(items) => {
            in_exprs(items.iter_mut(), found)
        }
        ExprKind::Formula(call) => in_exprs(call.args.iter_mut(), found),
    }
}
