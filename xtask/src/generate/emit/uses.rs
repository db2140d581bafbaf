//! Which values a step uses, and how often: a value that nothing uses afterwards can be moved, any
//! other must be cloned.

use crate::generate::ir::{
    Expr, ExprKind, Filter, Function, Literal, LocalId, Missing, Outcome, Step, StepKind, Template,
    TemplateKind, Ty,
};

/// A value with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Root {
    Caller,
    Now,
    Args,
    Local(LocalId),
    Config,
}

/// The whole of a value, or a part of it that can be moved on its own.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    Whole,
    Column(usize),
    Field(String),
}

/// How often each part of each value is used. They are few.
#[derive(Clone, Debug, Default)]
pub(super) struct Uses(Vec<(Root, Part, usize)>);

impl Uses {
    pub(super) fn of_function(function: &Function) -> Self {
        let mut uses = Self::default();
        uses.steps(&function.steps);
        uses
    }

    pub(super) fn of_steps(steps: &[Step]) -> Self {
        let mut uses = Self::default();
        uses.steps(steps);
        uses
    }

    /// What the step itself uses, without the steps inside it.
    pub(super) fn of_step(step: &Step) -> Self {
        let mut uses = Self::default();
        uses.step(step);
        uses
    }

    pub(super) fn add(&mut self, other: &Self) {
        for (root, part, times) in &other.0 {
            match self.times(*root, part) {
                Some(known) => *known += times,
                None => self.0.push((*root, part.clone(), *times)),
            }
        }
    }

    /// The same without some values.
    pub(super) fn without(&self, roots: &[Root]) -> Self {
        let uses = self.0.iter().filter(|(root, ..)| !roots.contains(root));
        Self(uses.cloned().collect())
    }

    /// Whether any part of it is used.
    pub(super) fn any(&self, root: Root) -> bool {
        self.0.iter().any(|(used, ..)| *used == root)
    }

    /// How often a use of `part` meets a use of the same, of the whole, or, if it is the whole, of
    /// any part.
    pub(super) fn meeting(&self, root: Root, part: &Part) -> usize {
        let meets = |(used, other, _): &&(Root, Part, usize)| {
            *used == root && (other == part || *other == Part::Whole || *part == Part::Whole)
        };
        self.0.iter().filter(meets).map(|(.., times)| times).sum()
    }

    fn count(&mut self, root: Root, part: Part, times: usize) {
        match self.times(root, &part) {
            Some(known) => *known += times,
            None => self.0.push((root, part, times)),
        }
    }

    fn times(&mut self, root: Root, part: &Part) -> Option<&mut usize> {
        let known = |(used, other, _): &&mut (Root, Part, usize)| *used == root && other == part;
        self.0.iter_mut().find(known).map(|(.., times)| times)
    }

    fn steps(&mut self, steps: &[Step]) {
        for step in steps {
            self.step(step);
            if let StepKind::If {
                then, otherwise, ..
            } = &step.kind
            {
                self.steps(then);
                self.steps(otherwise);
            }
            if let StepKind::For { .. } = &step.kind {
                self.round(step);
            }
        }
    }

    /// What each round of a `for` uses.
    pub(super) fn round(&mut self, step: &Step) {
        let StepKind::For {
            condition,
            steps,
            give,
            ..
        } = &step.kind
        else {
            return;
        };
        self.exprs(condition);
        self.steps(steps);
        self.exprs(give.iter().map(|(value, _)| value));
    }

    fn filters(&mut self, filter: &[Filter]) {
        for Filter { value, upper, .. } in filter {
            self.exprs([Some(value), upper.as_ref()].into_iter().flatten());
        }
    }

    fn step(&mut self, step: &Step) {
        for row in &step.renews {
            self.count(Root::Local(*row), Part::Whole, 1);
        }
        match &step.kind {
            StepKind::Get {
                by, missing, data, ..
            } => {
                data.iter().for_each(|data| self.template(data));
                self.exprs(by.iter().map(|(_, value)| value));
                if let Missing::Default(values) = missing {
                    self.exprs(values);
                }
            }
            StepKind::Select {
                filter,
                first,
                offset,
                ..
            } => {
                self.filters(filter);
                self.exprs([first, offset].into_iter().flatten());
            }
            StepKind::Save { row, set, .. } => {
                self.count(Root::Local(*row), Part::Whole, 1);
                self.exprs(set.iter().map(|(_, value)| value));
            }
            StepKind::Insert { set, data, .. } => {
                self.exprs(set.iter().map(|(_, value)| value));
                data.iter().for_each(|data| self.template(data));
            }
            StepKind::Require { condition, .. } if holds(condition) => {}
            StepKind::Require {
                condition, data, ..
            } => {
                self.expr(condition);
                data.iter().for_each(|data| self.template(data));
            }
            StepKind::Let { value, .. } => self.expr(value),
            StepKind::Call {
                with,
                act_for,
                map,
                data,
                ..
            } => {
                self.exprs(with.iter().flatten().chain(act_for));
                // It stands in an arm for each error that becomes one of the caller's.
                for _ in 0..=map.len() {
                    data.iter().for_each(|data| self.template(data));
                }
            }
            StepKind::If { condition, .. } => self.expr(condition),
            StepKind::Draw(draw) => {
                self.exprs(
                    [Some(&draw.list), draw.times.as_ref()]
                        .into_iter()
                        .flatten(),
                );
                // Once for each item, as in an `each`.
                self.exprs(&draw.weight);
                self.exprs(&draw.weight);
            }
            StepKind::Lookup(lookup) => {
                self.exprs([&lookup.of, &lookup.key]);
                lookup.data.iter().for_each(|data| self.template(data));
            }
            StepKind::Allow(allow) => {
                self.exprs(&allow.by);
                self.exprs([&allow.max, &allow.uses]);
                allow.data.iter().for_each(|data| self.template(data));
            }
            StepKind::Return { data, outcome } => {
                if let Outcome::Passed(status) = outcome {
                    self.count(Root::Local(*status), Part::Whole, 1);
                }
                data.iter().flatten().for_each(|data| self.template(data));
            }
            StepKind::Update { filter, set, .. } => {
                self.filters(filter);
                for (_, change) in set {
                    change.values(&mut |value| self.expr(value));
                }
            }
            StepKind::DeleteRow { row, .. } => self.count(Root::Local(*row), Part::Whole, 1),
            StepKind::DeleteMany { filter, .. } | StepKind::Measure { filter, .. } => {
                self.filters(filter);
            }
            StepKind::Rank { of, filter, .. } => {
                self.filters(filter);
                self.exprs(of.iter().map(|(_, value)| value));
            }
            StepKind::InsertEach {
                list, set, data, ..
            } => {
                self.expr(list);
                let round = Self::of_values(set.iter().map(|(_, value)| value));
                self.add(&round);
                self.add(&round);
                data.iter().for_each(|data| self.template(data));
            }
            StepKind::For { list, .. } => self.expr(list),
        }
    }

    /// What values use.
    pub(super) fn of_values<'e>(values: impl IntoIterator<Item = &'e Expr>) -> Self {
        let mut uses = Self::default();
        uses.exprs(values);
        uses
    }

    fn template(&mut self, template: &Template) {
        match &template.kind {
            TemplateKind::Record(parts) | TemplateKind::Tuple(parts) => {
                parts.iter().for_each(|part| self.template(part));
            }
            TemplateKind::Each {
                list,
                condition,
                give,
                ..
            } => {
                self.expr(list);
                // Once for each item: what is not the item's own cannot be moved there.
                let mut round = Self::default();
                condition.iter().for_each(|condition| round.expr(condition));
                round.template(give);
                self.add(&round);
                self.add(&round);
            }
            TemplateKind::Leaf(value) => self.expr(value),
            TemplateKind::Entry(key, value) => {
                self.expr(key);
                self.template(value);
            }
        }
    }

    /// What one round of an `each` uses.
    pub(super) fn of_round(condition: Option<&Expr>, give: &Template) -> Self {
        let mut uses = Self::default();
        condition.iter().for_each(|condition| uses.expr(condition));
        uses.template(give);
        uses
    }

    fn exprs<'e>(&mut self, exprs: impl IntoIterator<Item = &'e Expr>) {
        exprs.into_iter().for_each(|expr| self.expr(expr));
    }

    pub(super) fn expr(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Literal(_) | ExprKind::Absent => {}
            ExprKind::Config(_) => self.count(Root::Config, Part::Whole, 1),
            ExprKind::Formula(call) => {
                if call.needs.config {
                    self.count(Root::Config, Part::Whole, 1);
                }
                self.exprs(&call.args);
            }
            ExprKind::Caller => self.count(Root::Caller, Part::Whole, 1),
            ExprKind::Now => self.count(Root::Now, Part::Whole, 1),
            ExprKind::Arg(_) => self.count(Root::Args, Part::Whole, 1),
            ExprKind::Local(local) => self.count(Root::Local(*local), Part::Whole, 1),
            ExprKind::Column(of, column) => self.part(of, Part::Column(*column)),
            ExprKind::Field(of, field) if !matches!(of.ty, Ty::List(_)) => {
                self.part(of, Part::Field(field.clone()));
            }
            ExprKind::Field(of, _)
            | ExprKind::Pluck(of, _)
            | ExprKind::Unary(_, of)
            | ExprKind::ToFloat(of)
            | ExprKind::ToInt(of)
            | ExprKind::ToId(of)
            | ExprKind::ToOptional(of) => self.expr(of),
            ExprKind::Index(a, b) | ExprKind::Binary(_, a, b) => self.exprs([&**a, &**b]),
            ExprKind::If(a, b, c) => self.exprs([&**a, &**b, &**c]),
            ExprKind::List(items) | ExprKind::Builtin(_, items) | ExprKind::Record(items) => {
                self.exprs(items);
            }
        }
    }

    fn part(&mut self, of: &Expr, part: Part) {
        match of.kind {
            ExprKind::Local(local) => self.count(Root::Local(local), part, 1),
            _ => self.expr(of),
        }
    }
}

/// The value that can be moved where `expr` is used, if it is a name or a part of one.
pub(super) fn movable(expr: &Expr) -> Option<(Root, Part)> {
    let local = |of: &Expr| match of.kind {
        ExprKind::Local(local) => Some(Root::Local(local)),
        _ => None,
    };
    match &expr.kind {
        ExprKind::Caller => Some((Root::Caller, Part::Whole)),
        ExprKind::Local(id) => Some((Root::Local(*id), Part::Whole)),
        ExprKind::Column(of, column) => Some((local(of)?, Part::Column(*column))),
        ExprKind::Field(of, field) if !matches!(of.ty, Ty::List(_)) => {
            Some((local(of)?, Part::Field(field.clone())))
        }
        _ => None,
    }
}

/// Whether it is `true`: then a `require` is not written, nor the data of its error.
pub(super) fn holds(condition: &Expr) -> bool {
    matches!(condition.kind, ExprKind::Literal(Literal::Bool(true)))
}
