//! Steps that go through a list.

use super::body::Body;
use super::bounds::{self, may_stop};
use super::code::Code;
use super::quote::quote;
use super::steps::binds;
use super::tables::row_number;
use super::tokens::TokenStream;
use super::types::has_shape;
use super::uses::{Root, Uses};
use crate::generate::ir::{Duplicate, Expr, LocalId, Step, StepKind};

impl Body<'_, '_> {
    /// A `for`; `later` is what is used after it.
    pub(super) fn for_each(&mut self, step: &Step, later: &Uses) -> TokenStream {
        let StepKind::For {
            item,
            index,
            list,
            condition,
            steps,
            give,
        } = &step.kind
        else {
            unreachable!("{step:?} is no loop");
        };
        let mut inside: Vec<_> = index.iter().chain([item]).copied().collect();
        steps
            .iter()
            .for_each(|step| binds_within(step, &mut inside));
        let inside: Vec<_> = inside.into_iter().map(Root::Local).collect();
        let mut round = Uses::default();
        round.round(step);
        // What is bound outside is used again by the next round.
        let mut after = later.clone();
        after.add(&round.without(&inside));

        let mut after_list = later.clone();
        after_list.add(&round);
        let (pattern, _, looped) = self.at_step(step, &after_list, |body| {
            body.gone_through(list, (*item, *index))
        });

        let skip = condition.as_ref().map(|condition| {
            let mut after_condition = after.clone();
            after_condition.add(&round);
            let here = Uses::of_values([condition]);
            let negated = self.at_uses(here, after_condition, |body| body.negated(condition));
            quote!(if #negated { continue; })
        });
        let mut after_steps = after.clone();
        let given = Uses::of_values(give.iter().map(|(value, _)| value));
        after_steps.add(&given);
        let steps = self.steps(steps, false, &after_steps);
        let Some((value, bind)) = give else {
            return quote!(for #pattern in #looped { #skip #steps });
        };
        let value = self.at_uses(given, after, |body| body.value(value));
        let ty = self.local_ty(*bind);
        let ty = (!has_shape(ty)).then(|| self.ty(ty));
        let made = self.bind(*bind, ty, &quote!(Vec::new()));
        let list = self.local(*bind);
        quote! {
            #made
            for #pattern in #looped {
                #skip
                #steps
                #list.push(#value);
            }
        }
    }

    /// An `insert` with `each`.
    pub(super) fn insert_each(&mut self, step: &Step) -> TokenStream {
        let StepKind::InsertEach {
            table,
            item,
            index,
            list,
            set,
            duplicate,
            data,
            bind,
        } = &step.kind
        else {
            unreachable!("{step:?} inserts no list");
        };
        let (pattern, items, looped) = self.gone_through(list, (*item, *index));
        let roots: Vec<_> = index
            .iter()
            .chain([item])
            .copied()
            .map(Root::Local)
            .collect();
        let round = Uses::of_values(set.iter().map(|(_, value)| value));
        let number = row_number(self.table(*table));
        let (row, fails) = self.in_round_of(&roots, round, |body| {
            let values = set.iter().map(|(at, value)| (*at, body.value(value)));
            let mut values: Vec<_> = values.collect();
            values.extend(number.map(|at| (at, Code::postfix(quote!(Id(0))))));
            values.sort_by_key(|(at, _)| *at);
            let fails = values.iter().any(|(_, value)| value.fails());
            (body.row(*table, &values), fails)
        });
        let name = self.scope.row(*table);
        let rows = self.fresh("rows");
        let stops = may_stop(self.function, self.table(*table), set);
        let stop = stops.then(|| bounds::stop_each(&rows));
        let mutable = stops.then(|| quote!(mut));
        let made = if fails {
            quote! {
                let mut #rows = Vec::new();
                for #pattern in #looped { #rows.push(#row); }
            }
        } else {
            quote!(let #mutable #rows: Vec<_> = #items.map(|#pattern| #row).collect();)
        };
        let statement = self.insert_statement(*table, *duplicate);
        let params = self.params_of_each(*table, number, &name);
        let insert = match duplicate {
            Duplicate::Error(_) | Duplicate::Ignore => quote!(insert_all_or_ignore),
            Duplicate::Fault | Duplicate::Replace => quote!(insert_all),
        };
        let inserted = quote!(cx.#insert(&#statement, &#rows, #params).await?);
        let bind = bind.filter(|bind| self.is_used(*bind));
        let Duplicate::Error(error) = duplicate else {
            let inserted = match bind {
                Some(bind) => self.bind(bind, None, &inserted),
                None => quote!(#inserted;),
            };
            return quote!(#made #stop #inserted);
        };
        let failure = self.failure(*error, data.as_ref());
        let written = quote!(ops::len(&#rows));
        let bound = bind.map(|bind| self.bind(bind, None, &written));
        quote! {
            #made
            if #inserted < #written {
                return Err(#failure.into());
            }
            #bound
        }
    }
}

/// The names that a step binds, within its rounds, too.
fn binds_within(step: &Step, bound: &mut Vec<LocalId>) {
    binds(step, bound);
    let steps: Vec<&Step> = match &step.kind {
        StepKind::For {
            item, index, steps, ..
        } => {
            bound.extend(index.iter().chain([item]));
            steps.iter().collect()
        }
        StepKind::InsertEach { item, index, .. } => {
            bound.extend(index.iter().chain([item]));
            Vec::new()
        }
        StepKind::If {
            then, otherwise, ..
        } => then.iter().chain(otherwise).collect(),
        _ => Vec::new(),
    };
    steps.into_iter().for_each(|step| binds_within(step, bound));
}

/// The list through whose items a step goes under that name.
pub(super) fn list_of(steps: &[Step], name: LocalId) -> Option<&Expr> {
    steps.iter().find_map(|step| match &step.kind {
        StepKind::For { item, list, .. } | StepKind::InsertEach { item, list, .. }
            if *item == name =>
        {
            Some(list)
        }
        StepKind::For { steps, .. } => list_of(steps, name),
        StepKind::If {
            then, otherwise, ..
        } => list_of(then, name).or_else(|| list_of(otherwise, name)),
        _ => None,
    })
}
