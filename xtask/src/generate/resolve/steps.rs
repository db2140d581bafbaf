//! Steps, one after the other: what they bind, and where they end.

use crate::generate::ast::{self, Assign, StepKind};
use crate::generate::diagnostic::Code;
use crate::generate::ir;
use crate::generate::source::{Name, Span};

use super::body::Body;
use super::scope::Scope;

impl<'a> Body<'_, 'a> {
    /// A list of steps, and whether what follows it is reached.
    pub(super) fn block(&mut self, steps: &'a [ast::Step]) -> (Vec<ir::Step>, bool) {
        let mut resolved = Vec::new();
        let mut ended: Option<Span> = None;
        // Of what an earlier stage repaired, the order is not the designer's.
        let mut reported = self.broken;
        for step in steps {
            if let (Some(end), false) = (ended, reported) {
                reported = true;
                self.diagnostics
                    .error(
                        Code::AfterReturn,
                        step.keyword,
                        "this step is never reached",
                        "after a `return`",
                    )
                    .label(end, "every way ends here")
                    .help("move it up, or leave it out");
            }
            let goes_on = self.step(step, &mut resolved);
            if !goes_on {
                ended = ended.or(Some(step.keyword));
            }
        }
        (resolved, ended.is_none())
    }

    /// A step: added to `into` where it is right; returns whether the next one is reached.
    fn step(&mut self, step: &'a ast::Step, into: &mut Vec<ir::Step>) -> bool {
        let span = step.keyword;
        let kind = match &step.kind {
            StepKind::Get {
                table,
                filter,
                missing,
                data,
                bind,
            } => self.get(table, filter, (missing, data.as_ref()), bind.as_ref(), span),
            StepKind::Select {
                table,
                filter,
                order,
                first,
                offset,
                bind,
            } => self.select(
                table,
                filter,
                order,
                [first.as_ref(), offset.as_ref()],
                bind.as_ref(),
            ),
            StepKind::Save { row, set } => self.save(row, set),
            StepKind::Insert {
                table,
                set,
                duplicate,
                data,
                bind,
            } => self.insert(table, set, (duplicate, data.as_ref()), bind.as_ref(), span),
            StepKind::Require {
                condition,
                error,
                data,
            } => self.require(condition, error.as_ref(), data.as_ref()),
            StepKind::Let(entries) => {
                for entry in entries {
                    let kind = self.let_entry(entry);
                    into.extend(kind.map(|kind| ir::Step::new(kind, span)));
                }
                return true;
            }
            StepKind::Call {
                function,
                with,
                act_for,
                otherwise,
                data,
                bind,
            } => {
                let errors = (otherwise, data.as_ref());
                self.call(function, with, act_for.as_ref(), errors, bind.as_ref())
            }
            StepKind::If {
                condition,
                then,
                otherwise,
            } => {
                let (kind, goes_on) = self.branch(condition, then, otherwise, span);
                into.extend(kind.map(|kind| ir::Step::new(kind, span)));
                return goes_on;
            }
            StepKind::Return { data, outcome } => {
                let kind = self.return_step(data, outcome.as_ref());
                into.push(ir::Step::new(kind, span));
                return false;
            }
            StepKind::Update {
                table,
                filter,
                set,
                bind,
            } => self.update(table, filter, set, bind.as_ref()),
            StepKind::DeleteRow { row } => self.delete_row(row),
            StepKind::DeleteMany {
                table,
                filter,
                bind,
            } => self.delete_many(table, filter, bind.as_ref()),
            StepKind::Measure {
                what,
                table,
                filter,
                bind,
            } => self.measure(what, table, filter, bind.as_ref()),
            StepKind::Rank {
                table,
                order,
                of,
                filter,
                bind,
            } => self.rank(table, order, of, filter, bind.as_ref(), span),
            StepKind::InsertEach {
                table,
                each,
                set,
                duplicate,
                data,
                bind,
            } => {
                let duplicate = (duplicate, data.as_ref());
                self.insert_each(table, each, set, duplicate, bind.as_ref(), span)
            }
            StepKind::For {
                each,
                condition,
                steps,
                give,
                bind,
            } => self.for_each(
                each,
                condition.as_ref(),
                steps,
                (give.as_ref(), bind.as_ref()),
                span,
            ),
            StepKind::Draw(draw) => self.draw(draw),
            StepKind::GetConfig(get) => self.get_config(get, span),
            StepKind::Allow(allow) => self.allow(allow, span),
        };
        into.extend(kind.map(|kind| ir::Step::new(kind, span)));
        true
    }

    fn require(
        &mut self,
        condition: &'a ast::Expr,
        error: Option<&'a Name>,
        data: Option<&'a ast::Template>,
    ) -> Option<ir::StepKind> {
        let condition = self.condition(condition, "`require`");
        condition.iter().for_each(|c| self.warn_of_saved(c));
        let error = error.and_then(|error| self.error(error));
        let data = data.map(|data| self.record(data, "`data`"));
        Some(ir::StepKind::Require {
            condition: condition?,
            error: error?,
            data: match data {
                Some(data) => Some(data?),
                None => None,
            },
        })
    }

    fn let_entry(&mut self, entry: &'a Assign) -> Option<ir::StepKind> {
        let value = self.infer(&entry.value, None);
        let bind = self.bind(
            &entry.name,
            value.as_ref().map(|value| value.ty.clone()),
            None,
        );
        Some(ir::StepKind::Let {
            bind,
            value: value?,
        })
    }

    /// An `if`: what both ways bind is bound afterwards.
    fn branch(
        &mut self,
        condition: &'a ast::Expr,
        then: &'a [ast::Step],
        otherwise: &'a [ast::Step],
        span: Span,
    ) -> (Option<ir::StepKind>, bool) {
        let condition = self.condition(condition, "`if`");
        condition.iter().for_each(|c| self.warn_of_saved(c));
        let before = self.scope.clone();
        let saved = self.saved.len();
        let (mut then, then_goes_on) = self.block(then);
        let mut after_then = std::mem::replace(&mut self.scope, before.clone());
        let saved_then = self.saved.split_off(saved);
        let (mut otherwise, otherwise_goes_on) = self.block(otherwise);
        if !otherwise_goes_on {
            self.saved.truncate(saved);
        }
        if then_goes_on {
            self.saved.extend(saved_then);
        }
        let mut after_otherwise = std::mem::take(&mut self.scope);
        if then_goes_on && otherwise_goes_on {
            let ways = [
                (&mut after_then, &mut then),
                (&mut after_otherwise, &mut otherwise),
            ];
            self.unite(&before, ways, span);
        }
        let ends = [
            (after_then, then_goes_on),
            (after_otherwise, otherwise_goes_on),
        ];
        let open: Vec<Scope> = ends
            .into_iter()
            .filter_map(|(scope, goes_on)| goes_on.then_some(scope))
            .collect();
        let goes_on = !open.is_empty();
        self.scope = Scope::join(before, open, span);
        let kind = condition.map(|condition| ir::StepKind::If {
            condition,
            then,
            otherwise,
        });
        (kind, goes_on)
    }
}
