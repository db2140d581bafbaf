//! Warns of replies that can become too long to be sent, because a `select` says nothing of how many
//! rows it reads at most, or reads too many.
//!
//! Runs over the functions as they were understood, the called before the caller: the rows of a
//! `select` may go through a `let`, a loop, and the replies of other functions before they are sent.

use std::collections::{BTreeMap, BTreeSet};

use crate::generate::ast::{Access, Comparison};
use crate::generate::diagnostic::{Code, Diagnostics};
use crate::generate::ir::{
    Builtin, Expr, ExprKind, Filter, Function, FunctionId, Literal, LocalId, Step, StepKind,
    TableId, Template, TemplateKind, Ty,
};
use crate::generate::source::Span;

use super::World;
use super::measured::{self, Bytes};
use super::types;

/// The longest reply that clients take, in bytes of JSON: 9,999 once ciphered and in base64.
const MAX_REPLY_BYTES: u64 = 7_399;

/// Rows of a `select`.
#[derive(Clone, Copy)]
struct Rows {
    /// The `select`.
    select: Span,
    /// Its table.
    table: TableId,
    /// Where `first` is, as it is written.
    first: Option<Span>,
    /// How many they are at most, where the table's key or `first` says so.
    most: Option<u64>,
}

impl Rows {
    /// What so many bytes for each row come to. Nothing is said of texts that may be of any length where
    /// `first` says how many there are.
    fn with(self, each: Bytes) -> Option<(Self, Bytes)> {
        let is_said = self.first.is_some() && self.most.is_some() && each == Bytes::Any;
        (!is_said).then(|| (self, each.times(self.most)))
    }
}

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
            say(world, *id, rows, bytes, diagnostics);
        }
    }
}

fn say(world: &World, id: FunctionId, rows: Rows, bytes: Bytes, diagnostics: &mut Diagnostics) {
    let name = &world.names.function(id).name;
    let table = world.names.table_name(rows.table);
    let why = match (rows.most, bytes) {
        (Some(most), Bytes::AtMost(bytes)) => {
            format!("with {most} rows of `{table}` it may have {bytes}")
        }
        (Some(_), Bytes::Any) => format!("a row of `{table}` may be of any length"),
        (None, _) => format!("nothing limits how many rows of `{table}` are in it"),
    };
    let (place, here) = match (rows.first, rows.most) {
        (None, _) => (rows.select, "without `first`"),
        (Some(first), Some(_)) => (first, "reads so many"),
        (Some(first), None) => (first, "may be any number"),
    };
    let help = match (rows.most, bytes) {
        (Some(most), Bytes::AtMost(bytes)) => {
            let first = (most.saturating_mul(MAX_REPLY_BYTES) / bytes).max(1);
            format!("read fewer at once, as in `first: {first}`; with `offset` clients read page by page")
        }
        (None, _) if rows.first.is_some() => "give the arg that it comes from a `max`, or write `first: min(args.count, 50)`".to_owned(),
        _ => "say how many rows are read at most, as in `first: 50`; with `offset: (args.page - 1) * 50` clients read page by page".to_owned(),
    };
    diagnostics
        .error(
            Code::LongReply,
            place,
            format!(
                "the reply of `{}` can pass 7,399 bytes of JSON: {why}",
                name.value
            ),
            here,
        )
        .label(name.span, "its caller gets status 14 then")
        .help(help);
}

/// A function that is being looked at.
struct Look<'w, 'a> {
    world: &'w World<'a>,
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
                    table: *table,
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
            TemplateKind::Each { list, give, .. } => {
                if let Some(rows) = self.rows(list) {
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
        if let Some(rows) = self.rows(expr) {
            let item = measured::item(self.world, expr);
            found.extend(rows.with(item));
        }
    }

    /// The rows of which an expression has an item each; `None` where it is no such list.
    fn rows(&self, expr: &Expr) -> Option<Rows> {
        match &expr.kind {
            ExprKind::Local(local) => self.locals.get(local).copied(),
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

/// Of several lists, the one that has the most rows.
fn longer(lists: impl Iterator<Item = Option<Rows>>) -> Option<Rows> {
    let lists = lists.flatten();
    lists.max_by_key(|rows| rows.most.unwrap_or(u64::MAX))
}

/// How many rows there can be for which the conditions hold, where the key or a unique set says so:
/// each of its columns is compared with some values, or has only some.
fn most_rows(world: &World, table: TableId, filter: &[Filter]) -> Option<u64> {
    let table = world.tables.get(&table)?;
    let values = |at: usize| {
        let of_column = filter.iter().filter(|condition| condition.column == at);
        let compared = of_column.filter_map(|condition| match condition.comparison {
            Comparison::Eq => Some(1),
            Comparison::In => match &condition.value.kind {
                ExprKind::List(items) => Some(items.len() as u64),
                _ => None,
            },
            _ => None,
        });
        // A unique set may hold any number of rows that lack one of its columns.
        let has = match table.columns[at].ty.as_ref()? {
            Ty::Bool => Some(2),
            Ty::Enum(id) => Some(world.names.declared_enum(*id).variants.len() as u64),
            _ => None,
        };
        compared.chain(has).min()
    };
    let sets = std::iter::once(&table.key).chain(&table.unique);
    let products = sets.filter_map(|set| {
        set.iter().try_fold(1_u64, |product, &at| {
            values(at).map(|values| product.saturating_mul(values))
        })
    });
    products.min()
}
