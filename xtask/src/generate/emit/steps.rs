//! Steps: the statements of a function's body.

use super::body::Body;
use super::code::int;
use super::quote::quote;
use super::shapes::part;
use super::to_tokens::ToTokens;
use super::tokens::{Kind, TokenStream};
use super::uses::{Root, Uses, holds};
use crate::generate::ir::{ErrorIndex, Expr, LocalId, Outcome, Step, StepKind, Template};

impl Body<'_, '_> {
    /// A list of steps; `tail` where its last one is the function's last, `later` is what is used
    /// after the list.
    pub(super) fn steps(&mut self, steps: &[Step], tail: bool, later: &Uses) -> TokenStream {
        let mut afterwards = vec![later.clone()];
        for step in steps.iter().skip(1).rev() {
            let mut uses = Uses::of_steps(std::slice::from_ref(step));
            uses.add(&afterwards[afterwards.len() - 1]);
            afterwards.push(uses);
        }
        let mut tokens = TokenStream::new();
        for (at, (step, later)) in steps.iter().zip(afterwards.iter().rev()).enumerate() {
            let tail = tail && at + 1 == steps.len();
            tokens.append(self.step(step, tail, later));
        }
        tokens
    }

    fn step(&mut self, step: &Step, tail: bool, later: &Uses) -> TokenStream {
        if let StepKind::If {
            condition,
            then,
            otherwise,
        } = &step.kind
        {
            let declared = self.hoisted(step, later);
            let mut after = later.clone();
            after.add(&Uses::of_steps(then));
            after.add(&Uses::of_steps(otherwise));
            let (condition, negated) = self.at_step(step, &after, |body| {
                (body.look(condition), body.negated(condition))
            });
            let then = self.steps(then, tail, later);
            let otherwise = self.steps(otherwise, tail, later);
            let branches = match (then.is_empty(), otherwise.is_empty()) {
                (_, true) => quote!(if #condition { #then }),
                (true, false) => quote!(if #negated { #otherwise }),
                (false, false) if is_one_if(&otherwise) => {
                    quote!(if #condition { #then } else #otherwise)
                }
                (false, false) => quote!(if #condition { #then } else { #otherwise }),
            };
            return quote!(#declared #branches);
        }
        if let StepKind::For { .. } = step.kind {
            return self.for_each(step, later);
        }
        let ends = matches!(step.kind, StepKind::Return { .. });
        let later = if ends { &Uses::default() } else { later };
        self.at_step(step, later, |body| {
            let written = body.simple(step, tail);
            body.with_renewed(step, written)
        })
    }

    /// Any step but an `if`.
    fn simple(&mut self, step: &Step, tail: bool) -> TokenStream {
        match &step.kind {
            StepKind::Get {
                table,
                by,
                missing,
                data,
                bind,
                lock,
            } => self.get(*table, (by, *lock), (missing, data.as_ref()), *bind),
            StepKind::Select {
                table,
                filter,
                order,
                first,
                offset,
                bind,
            } => {
                let part = (first.as_ref(), offset.as_ref());
                self.select(*table, filter, order, part, *bind)
            }
            StepKind::Save {
                table,
                row,
                may_insert,
                set,
            } => self.save(*table, *row, *may_insert, set, &step.renews),
            StepKind::Insert {
                table,
                set,
                duplicate,
                data,
                bind,
            } => {
                let duplicate = (*duplicate, data.as_ref());
                self.insert(*table, set, duplicate, *bind, &step.renews)
            }
            StepKind::Require {
                condition,
                error,
                data,
            } => self.require(condition, *error, data.as_ref()),
            StepKind::Let { bind, value } => self.let_value(*bind, value),
            StepKind::Call {
                function,
                with,
                act_for,
                map,
                otherwise,
                data,
                or_none,
                bind,
                outcome,
            } => {
                let call = self.call_of(*function, with, act_for.as_ref());
                if *or_none {
                    self.call_or_none(*function, &call, *bind)
                } else {
                    let arms = self.arms(map, *otherwise, data.as_ref());
                    self.call(*function, &call, &arms, *bind, *outcome)
                }
            }
            StepKind::Return { data, outcome } => self.return_data(data, *outcome, tail),
            StepKind::Update {
                table,
                filter,
                set,
                bind,
            } => {
                let at = self.place(step.span);
                self.update(*table, filter, set, *bind, &at)
            }
            StepKind::DeleteRow { table, row } => {
                let at = self.place(step.span);
                self.delete_row(*table, *row, &at)
            }
            StepKind::DeleteMany {
                table,
                filter,
                bind,
            } => {
                let at = self.place(step.span);
                self.delete_many(*table, filter, *bind, &at)
            }
            StepKind::Measure {
                what,
                table,
                filter,
                bind,
            } => {
                let at = self.place(step.span);
                self.measure(*what, *table, filter, *bind, &at)
            }
            StepKind::Rank {
                table,
                order,
                of,
                filter,
                bind,
            } => {
                let at = self.place(step.span);
                self.rank(*table, (order, of), filter, *bind, &at)
            }
            StepKind::InsertEach { .. } => self.insert_each(step),
            StepKind::Draw(draw) => {
                let at = self.place(step.span);
                self.draw(draw, &at)
            }
            StepKind::Lookup(lookup) => self.lookup(lookup),
            StepKind::Allow(allow) => {
                let at = self.place(step.span);
                self.allow(allow, &at)
            }
            StepKind::If { .. } | StepKind::For { .. } => unreachable!("has steps inside"),
        }
    }

    /// Declares the names that the branches of an `if` bind and something after it uses.
    fn hoisted(&mut self, step: &Step, later: &Uses) -> TokenStream {
        let mut bound = Vec::new();
        binds(step, &mut bound);
        bound.sort_unstable();
        bound.dedup();
        let mut tokens = TokenStream::new();
        for id in bound {
            if later.any(Root::Local(id)) && !self.is_declared(id) {
                tokens.append(self.declare(id));
            }
        }
        tokens
    }

    fn require(
        &mut self,
        condition: &Expr,
        error: ErrorIndex,
        data: Option<&Template>,
    ) -> TokenStream {
        if holds(condition) {
            return TokenStream::new();
        }
        let negated = self.negated(condition);
        let failure = self.failure(error, data);
        quote! {
            if #negated {
                return Err(#failure.into());
            }
        }
    }

    /// One of the function's errors, with its data.
    pub(super) fn failure(&mut self, error: ErrorIndex, data: Option<&Template>) -> TokenStream {
        let name = part(&self.function.errors[error].name);
        let error = self.error(error);
        let Some(data) = data else {
            return quote!(#error);
        };
        self.shapes.of(self.scope, &data.ty, &name);
        let data = self.template(data, &data.ty);
        quote!(#error.with(&#data))
    }

    fn let_value(&mut self, bind: LocalId, value: &Expr) -> TokenStream {
        let ty = Self::is_untyped(value).then(|| self.ty(&value.ty));
        let value = self.value(value);
        self.bind(bind, ty, &value.to_token_stream())
    }

    fn return_data(
        &mut self,
        data: &[Option<Template>],
        outcome: Outcome,
        tail: bool,
    ) -> TokenStream {
        let reply = self.reply(data);
        // What is followed stands in an async block, which does not tell the type of its end.
        let of_any_type = self.function.followed_by.is_some();
        let of_any_type = of_any_type.then(|| quote!(as Box<dyn Reply>));
        let reply = quote!(Box::new(#reply) #of_any_type);
        let of = |at: usize, reply: &TokenStream| {
            let outcome = &self.function.outcomes[at];
            let (status, message) = (int(outcome.status, false), &outcome.message);
            quote!(Returned::outcome(#status, #message, #reply))
        };
        let mut before = None;
        let returned = match outcome {
            Outcome::Plain => quote!(Ok(Returned::success(#reply))),
            Outcome::Of(at) => {
                let returned = of(at, &reply);
                quote!(Ok(#returned))
            }
            Outcome::Passed(status) => {
                let (status, made) = (self.local(status), self.free("reply"));
                let made = made.to_token_stream();
                let arms = self.function.outcomes.iter().enumerate().map(|(at, it)| {
                    let (number, returned) = (int(it.status, false), of(at, &made));
                    quote!(#number => #returned,)
                });
                before = Some(quote!(let #made = #reply;));
                quote!(Ok(match #status { #(#arms)* _ => Returned::success(#made), }))
            }
        };
        if tail {
            quote!(#before #returned)
        } else {
            quote!(#before return #returned;)
        }
    }
}

/// The names that a step, or one inside it, binds.
pub(super) fn binds(step: &Step, bound: &mut Vec<LocalId>) {
    match &step.kind {
        StepKind::Get { bind, .. } | StepKind::Select { bind, .. } | StepKind::Let { bind, .. } => {
            bound.push(*bind);
        }
        StepKind::Measure { bind, .. } | StepKind::Rank { bind, .. } => bound.push(*bind),
        StepKind::Insert { bind, .. }
        | StepKind::Update { bind, .. }
        | StepKind::DeleteMany { bind, .. }
        | StepKind::InsertEach { bind, .. } => bound.extend(bind),
        StepKind::Call { bind, outcome, .. } => bound.extend(bind.iter().chain(outcome)),
        // What its rounds bind, nothing outside of it reads.
        StepKind::For { give, .. } => bound.extend(give.iter().map(|(_, bind)| *bind)),
        StepKind::If {
            then, otherwise, ..
        } => {
            then.iter()
                .chain(otherwise)
                .for_each(|step| binds(step, bound));
        }
        StepKind::Draw(draw) => bound.push(draw.bind),
        StepKind::Lookup(lookup) => bound.push(lookup.bind),
        StepKind::Allow(allow) => bound.extend(allow.bind),
        StepKind::Save { .. }
        | StepKind::DeleteRow { .. }
        | StepKind::Require { .. }
        | StepKind::Return { .. } => {}
    }
}

/// Whether it is an `if` and nothing else, which can follow `else` as it is.
fn is_one_if(tokens: &TokenStream) -> bool {
    let list = tokens.list();
    let is = |at: usize, word: &str| list.get(at).is_some_and(|token| token.text() == word);
    // After the condition come a block, and pairs of `else` and block (or `else if`).
    let mut at = 0;
    while at < list.len() {
        if list[at].kind != Kind::Open {
            at += 1;
            continue;
        }
        let after = tokens.closes_at(at) + 1;
        if is(at, "{") && !is(after, "else") {
            return is(0, "if") && after == list.len();
        }
        at = after;
    }
    false
}
