//! Rows that a function holds while steps write: a row is one thing within a function and all that it
//! calls, so that each name of it shows what any step has made of it.
//!
//! A step may write a row that a `get` bound where it writes to the same table, by itself or through the
//! functions that it calls, and where keys do not tell the two rows apart. What the generator cannot
//! tell, the code that is written compares.

use std::collections::{BTreeMap, BTreeSet};

use crate::generate::ir::{
    ColumnIndex, Comparison, Expr, ExprKind, Function, FunctionId, Literal, LocalId, Step,
    StepKind, TableId,
};

use super::World;
use super::finish::each_local;

/// The tables that each function writes to, or what it calls.
type Written = BTreeMap<FunctionId, BTreeSet<TableId>>;
/// Columns of a key whose values are known.
type Known = BTreeMap<ColumnIndex, Literal>;

/// Has each step renew the rows that it may have written and that later steps use.
pub(super) fn mark(
    world: &World,
    order: &[FunctionId],
    functions: &mut BTreeMap<FunctionId, Option<Function>>,
) {
    let written = written(world, order, functions);
    for function in functions.values_mut().flatten() {
        let mut held = BTreeMap::new();
        rows(world, &function.steps, &mut held);
        if held.is_empty() {
            continue;
        }
        let marking = Marking {
            world,
            written: &written,
            held: &held,
        };
        marking.steps(&mut function.steps, &BTreeSet::new(), Vec::new());
    }
}

/// A row that a `get` or an `insert` binds, or one on each branch.
struct Held {
    table: TableId,
    known: Known,
}

/// The rows that steps bind.
fn rows(world: &World, steps: &[Step], held: &mut BTreeMap<LocalId, Held>) {
    for step in steps {
        match &step.kind {
            StepKind::Get {
                table,
                by: values,
                bind,
                ..
            }
            | StepKind::Insert {
                table,
                set: values,
                bind: Some(bind),
                ..
            } => {
                let known = known(world, *table, values.iter().map(|(at, value)| (*at, value)));
                let row = held.entry(*bind).or_insert_with(|| Held {
                    table: *table,
                    known: known.clone(),
                });
                row.known.retain(|at, value| known.get(at) == Some(value));
            }
            StepKind::If {
                then, otherwise, ..
            } => {
                rows(world, then, held);
                rows(world, otherwise, held);
            }
            StepKind::For { steps, .. } => rows(world, steps, held),
            _ => {}
        }
    }
}

/// The columns of a table's key that constants are given to.
fn known<'e>(
    world: &World,
    table: TableId,
    values: impl IntoIterator<Item = (ColumnIndex, &'e Expr)>,
) -> Known {
    let key = world.tables.get(&table).map_or(&[][..], |it| &it.key);
    let constants = values.into_iter().filter_map(|(at, value)| {
        let ExprKind::Literal(literal) = &value.kind else {
            return None;
        };
        key.contains(&at).then(|| (at, literal.clone()))
    });
    constants.collect()
}

/// What functions write to. A function may run after one that it is not called by, which comes later
/// in `order`: then once more is needed.
fn written(
    world: &World,
    order: &[FunctionId],
    functions: &BTreeMap<FunctionId, Option<Function>>,
) -> Written {
    let mut written = Written::new();
    loop {
        let mut grows = false;
        for id in order {
            let Some(Some(function)) = functions.get(id) else {
                continue;
            };
            let mut tables = BTreeSet::new();
            if function.native {
                // Nobody sees what is written by hand.
                tables.extend(world.tables.keys());
            }
            let followers = function.followed_by.iter().flat_map(|it| &it.steps);
            for step in function.steps.iter().chain(followers) {
                written_by(step, &written, &mut tables);
            }
            let known = written.entry(*id).or_default();
            grows |= known.len() < tables.len();
            *known = tables;
        }
        if !grows {
            return written;
        }
    }
}

/// The tables that a step writes to, and those within it.
fn written_by(step: &Step, written: &Written, tables: &mut BTreeSet<TableId>) {
    match &step.kind {
        StepKind::Save { table, .. }
        | StepKind::Insert { table, .. }
        | StepKind::InsertEach { table, .. }
        | StepKind::Update { table, .. }
        | StepKind::DeleteRow { table, .. }
        | StepKind::DeleteMany { table, .. } => {
            tables.insert(*table);
        }
        StepKind::Call { function, .. } => {
            tables.extend(written.get(function).into_iter().flatten());
        }
        StepKind::If {
            then, otherwise, ..
        } => {
            let all = then.iter().chain(otherwise);
            all.for_each(|step| written_by(step, written, tables));
        }
        StepKind::For { steps, .. } => {
            let all = steps.iter();
            all.for_each(|step| written_by(step, written, tables));
        }
        _ => {}
    }
}

/// The steps of a function that holds rows.
struct Marking<'m, 'a> {
    world: &'m World<'a>,
    written: &'m Written,
    held: &'m BTreeMap<LocalId, Held>,
}

impl Marking<'_, '_> {
    /// Marks steps; `later` is what is used after them, `bound` the rows that are bound before.
    fn steps(&self, steps: &mut [Step], later: &BTreeSet<LocalId>, mut bound: Vec<LocalId>) {
        let mut afterwards = vec![later.clone()];
        for step in steps.iter().skip(1).rev() {
            let mut used = self.used(std::slice::from_ref(step));
            used.extend(&afterwards[afterwards.len() - 1]);
            afterwards.push(used);
        }
        for (step, later) in steps.iter_mut().zip(afterwards.iter().rev()) {
            let mut within = BTreeMap::new();
            rows(self.world, std::slice::from_ref(step), &mut within);
            match &mut step.kind {
                StepKind::If {
                    then, otherwise, ..
                } => {
                    self.steps(then, later, bound.clone());
                    self.steps(otherwise, later, bound.clone());
                }
                StepKind::For { steps, .. } => {
                    // What is bound outside is used again by the next round.
                    let mut again = self.used(steps);
                    again.retain(|row| !within.contains_key(row));
                    again.extend(later);
                    self.steps(steps, &again, bound.clone());
                }
                _ => {
                    let rows = bound.iter().copied();
                    let renews = rows.filter(|row| later.contains(row) && self.writes(step, *row));
                    step.renews = renews.collect();
                }
            }
            bound.extend(within.into_keys());
        }
    }

    /// The rows that steps use, those aside that they bind.
    fn used(&self, steps: &[Step]) -> BTreeSet<LocalId> {
        let mut used = BTreeSet::new();
        let mut steps = steps.to_vec();
        each_local(&mut steps, &mut |local| {
            used.insert(*local);
        });
        used.retain(|local| self.held.contains_key(local));
        if let [step] = steps.as_slice()
            && let StepKind::Get { bind, .. }
            | StepKind::Insert {
                bind: Some(bind), ..
            } = &step.kind
        {
            used.remove(bind);
        }
        used
    }

    /// Whether a step may write the row that is bound to that name, under another one.
    fn writes(&self, step: &Step, name: LocalId) -> bool {
        let Some(held) = self.held.get(&name) else {
            return false;
        };
        let of = |row: &LocalId| self.held.get(row).map(|it| it.known.clone());
        let (table, known) = match &step.kind {
            StepKind::Save { row, .. } | StepKind::DeleteRow { row, .. } if *row == name => {
                return false;
            }
            StepKind::Save { table, row, .. } | StepKind::DeleteRow { table, row } => {
                (table, of(row).unwrap_or_default())
            }
            StepKind::Insert { table, set, .. } | StepKind::InsertEach { table, set, .. } => {
                let set = set.iter().map(|(at, value)| (*at, value));
                (table, known(self.world, *table, set))
            }
            StepKind::Update { table, filter, .. } | StepKind::DeleteMany { table, filter, .. } => {
                let equal = filter.iter().filter(|it| it.comparison == Comparison::Eq);
                let values = equal.map(|it| (it.column, &it.value));
                (table, known(self.world, *table, values))
            }
            StepKind::Call { function, .. } => {
                let tables = self.written.get(function);
                return tables.is_some_and(|tables| tables.contains(&held.table));
            }
            _ => return false,
        };
        let differs = |(at, value): (&ColumnIndex, &Literal)| {
            known.get(at).is_some_and(|other| other != value)
        };
        *table == held.table && !held.known.iter().any(differs)
    }
}
