//! Warns of replies that can become too long to be sent, because a `select` says nothing of how many
//! rows it reads at most, or reads too many, or because an arg may have any number of items.
//!
//! Runs over the functions as they were understood, the called before the caller: the rows of a
//! `select` may go through a `let`, a loop, and the replies of other functions before they are sent.

mod rows;
mod said;

use std::collections::{BTreeMap, BTreeSet};

use crate::generate::ast::Access;
use crate::generate::diagnostic::Diagnostics;
use crate::generate::ir::{
    Builtin, Expr, ExprKind, Function, FunctionId, Literal, LocalId, Step, StepKind, Template,
    TemplateKind, Ty,
};

use super::World;
use super::measured::{self, Bytes};
use super::types;
use rows::{Rows, Source, is_echo, longer, most_rows};

/// The longest reply that clients take, in bytes of JSON: 9,999 once ciphered and in base64.
const MAX_REPLY_BYTES: u64 = 7_399;

/// Of each function, the fields of its reply that have something for each of such rows, and what
/// that takes.
type Replies = BTreeMap<FunctionId, BTreeMap<String, (Rows, Bytes)>>;

/// Looks at all functions; `order` has the called before the caller.
pub(super) fn check(
    world: &World,
    order: &[FunctionId],
    functions: &BTreeMap<FunctionId, Option<Function>>,
    diagnostics: &mut Diagnostics,
) {
    let mut replies = Replies::new();
    let mut said = BTreeSet::new();
    for id in order {
        let Some(Some(function)) = functions.get(id) else {
            continue;
        };
        let mut look = Look {
            world,
            id: *id,
            function,
            replies: &replies,
            locals: BTreeMap::new(),
            fields: BTreeMap::new(),
            long: None,
        };
        look.steps(&function.steps);
        let (fields, long) = (look.fields, look.long);
        replies.insert(*id, fields);
        let ast = world.names.function(*id);
        // Where a part was dropped, it may have been the `first`.
        let is_whole = !world.names.faults.in_declaration(&ast.name);
        // An operator, and a server that calls another one, take longer ones.
        let is_sent = matches!(function.access, Access::Player | Access::Public) && is_whole;
        if let Some((rows, bytes)) = long.filter(|_| is_sent)
            && said.insert(rows.select)
        {
            said::say(world, *id, rows, bytes, diagnostics);
        }
    }
}

/// A function that is being looked at.
struct Look<'w, 'a> {
    world: &'w World<'a>,
    id: FunctionId,
    function: &'w Function,
    replies: &'w Replies,
    /// Lists with an item for each of the rows.
    locals: BTreeMap<LocalId, Rows>,
    /// Fields of the reply with something for each of the rows.
    fields: BTreeMap<String, (Rows, Bytes)>,
    /// What makes a reply too long, and what it takes.
    long: Option<(Rows, Bytes)>,
}

impl Look<'_, '_> {
    fn steps(&mut self, steps: &[Step]) {
        for step in steps {
            self.step(step);
        }
    }

    fn step(&mut self, step: &Step) {
        match &step.kind {
            StepKind::Select {
                table,
                filter,
                first,
                bind,
                ..
            } => {
                let of_key = most_rows(self.world, *table, filter);
                let of_first = first.as_ref().and_then(|first| self.greatest(first));
                let rows = Rows {
                    select: step.span,
                    of: Source::Table(*table),
                    first: first.as_ref().map(|first| first.span),
                    most: of_key.into_iter().chain(of_first).min(),
                };
                self.locals.insert(*bind, rows);
            }
            StepKind::Let { bind, value } => {
                let rows = self.rows(value);
                self.locals.extend(rows.map(|rows| (*bind, rows)));
            }
            StepKind::If {
                then, otherwise, ..
            } => {
                self.steps(then);
                self.steps(otherwise);
            }
            StepKind::For {
                list, steps, give, ..
            } => {
                self.steps(steps);
                if let Some((value, bind)) = give {
                    let rows = self.rows(list).or_else(|| self.rows(value));
                    self.locals.extend(rows.map(|rows| (*bind, rows)));
                }
            }
            StepKind::Return { data, .. } => self.reply(data),
            _ => {}
        }
    }

    /// The greatest value that an int may have, where bounds and constants say so.
    fn greatest(&self, value: &Expr) -> Option<u64> {
        let number = |literal: &Literal| match literal {
            Literal::Int(int) => Some(u64::try_from(*int).unwrap_or(0)),
            _ => None,
        };
        let arg = |at: &usize| self.function.args[*at].max.as_ref().and_then(number);
        match &value.kind {
            ExprKind::Literal(literal) => number(literal),
            ExprKind::Arg(at) => arg(at),
            ExprKind::Builtin(Builtin::Min, of) => {
                of.iter().filter_map(|of| self.greatest(of)).min()
            }
            ExprKind::Builtin(Builtin::Max | Builtin::Default, of) => {
                let of: Option<Vec<_>> = of.iter().map(|of| self.greatest(of)).collect();
                of?.into_iter().max()
            }
            ExprKind::If(_, a, b) => Some(self.greatest(a)?.max(self.greatest(b)?)),
            ExprKind::ToOptional(of) => self.greatest(of),
            _ => None,
        }
    }

    /// A reply: what is in it for each of the rows, and whether that is too much.
    fn reply(&mut self, data: &[Option<Template>]) {
        let mut whole = Bytes::AtMost(0);
        let mut longest: Option<(Rows, Bytes)> = None;
        for ((name, _), part) in self.function.reply.iter().zip(data) {
            let Some(part) = part else {
                continue;
            };
            let mut found = Vec::new();
            self.in_template(part, &mut found);
            for (rows, bytes) in found {
                let known = self.fields.entry(name.clone()).or_insert((rows, bytes));
                if bytes.is_more_than(known.1) {
                    *known = (rows, bytes);
                }
                whole = whole.and(bytes);
                longest = match longest {
                    Some((_, most)) if !bytes.is_more_than(most) => longest,
                    _ => Some((rows, bytes)),
                };
            }
        }
        let too_long = whole.is_more_than(Bytes::AtMost(MAX_REPLY_BYTES));
        if let Some((rows, _)) = longest.filter(|_| too_long) {
            self.long.get_or_insert((rows, whole));
        }
    }

    /// All lists in a part of a reply that have something for each of the rows, and what they take.
    fn in_template(&self, template: &Template, found: &mut Vec<(Rows, Bytes)>) {
        match &template.kind {
            TemplateKind::Record(parts) | TemplateKind::Tuple(parts) => {
                for part in parts {
                    self.in_template(part, found);
                }
            }
            TemplateKind::Each {
                list, give, item, ..
            } => {
                if let Some(rows) = self.rows(list)
                    && !(rows.is_arg() && is_echo(give, *item))
                {
                    let each = measured::template(self.world, give);
                    found.extend(rows.with(each));
                }
                self.in_template(give, found);
            }
            TemplateKind::Entry(_, value) => self.in_template(value, found),
            TemplateKind::Leaf(expr) => self.in_leaf(expr, found),
        }
    }

    fn in_leaf(&self, expr: &Expr, found: &mut Vec<(Rows, Bytes)>) {
        if let Ty::Reply(function) = types::present(&expr.ty) {
            let fields = self.replies.get(function).into_iter().flatten();
            found.extend(fields.map(|(_, of_rows)| *of_rows));
            return;
        }
        if let Some(rows) = self.rows(expr)
            && !matches!(expr.kind, ExprKind::Arg(_))
        {
            let item = measured::item(self.world, expr);
            found.extend(rows.with(item));
        }
    }

    /// The items of an arg, if it is a list or a map.
    fn items(&self, at: usize) -> Option<Rows> {
        let arg = self.world.args.get(&self.id)?.get(at)?;
        let list = matches!(types::present(arg.ty.as_ref()?), Ty::List(_) | Ty::Map(..));
        list.then(|| Rows {
            select: arg.ast.name.span,
            of: Source::Arg(self.id, at),
            first: None,
            most: match &arg.max {
                Some(Literal::Int(items)) => u64::try_from(*items).ok(),
                _ => None,
            },
        })
    }

    /// The rows of which an expression has an item each; `None` where it is no such list.
    fn rows(&self, expr: &Expr) -> Option<Rows> {
        match &expr.kind {
            ExprKind::Local(local) => self.locals.get(local).copied(),
            ExprKind::Arg(at) => self.items(*at),
            ExprKind::Pluck(of, _) | ExprKind::ToOptional(of) => self.rows(of),
            ExprKind::Field(of, name) => match types::present(&of.ty) {
                Ty::Reply(function) => self.replies.get(function)?.get(name).map(|(rows, _)| *rows),
                Ty::List(_) => self.rows(of),
                _ => None,
            },
            ExprKind::Builtin(Builtin::Concat | Builtin::Default, parts) => {
                longer(parts.iter().map(|part| self.rows(part)))
            }
            ExprKind::Builtin(Builtin::Keys, parts) => self.rows(parts.first()?),
            ExprKind::If(_, a, b) => longer([self.rows(a), self.rows(b)].into_iter()),
            _ => None,
        }
    }
}
