//! `call`: the args, what becomes of the called function's errors, and what it does to its caller.

use crate::generate::ast::{self, Access, Assign, CallElse};
use crate::generate::diagnostic::{Code, did_you_mean};
use crate::generate::ir::{self, ErrorIndex, Expr, FunctionId, Ty};
use crate::generate::source::Name;

use super::body::Body;
use super::coerce::Wanted;
use super::fields::Field;
use super::runs;
use super::types;

/// Statuses of the called function's errors, and what they become.
type ErrorMap = Vec<(i64, ErrorIndex)>;

impl<'a> Body<'_, 'a> {
    /// A call.
    pub(super) fn call(
        &mut self,
        function: &'a Name,
        with: &'a [Assign],
        act_for: Option<&'a ast::Expr>,
        (otherwise, data): (&'a CallElse, Option<&'a ast::Template>),
        bind: Option<&'a Name>,
    ) -> Option<ir::StepKind> {
        let Some(to) = self.names().called(self.id.0, &function.value) else {
            self.names()
                .say_unknown_function(self.id.0, function, self.diagnostics);
            with.iter()
                .for_each(|assign| self.look(&assign.value, None));
            act_for.iter().for_each(|player| self.look(player, None));
            self.errors_of_unknown(otherwise);
            self.data(data);
            bind.map(|name| self.bind_as(name, None, None));
            return None;
        };
        let may = self.may_call(to, function, act_for.is_some());
        let with = self.with(to, function, with);
        let act_for = match act_for {
            Some(player) => self.act_for(to, player).map(Some),
            None => Some(None),
        };
        let or_none = matches!(otherwise, CallElse::None(_));
        let may = may & self.may_fail(to, otherwise);
        let (map, otherwise) = self.errors_of(to, otherwise).unzip();
        let data = self.data(data);
        let acts_for_another = !matches!(act_for, Some(None));
        // One that is in a circle has no signature: its reply is not known.
        let reply = self.world.signatures.get(&to).map(|signature| {
            let effects = &signature.effects;
            self.effects.writes |= effects.writes;
            self.effects.needs_caller |= effects.needs_caller && !acts_for_another;
            self.effects.reaches.extend(&effects.reaches);
            match or_none {
                true => types::optional(Ty::Reply(to)),
                false => Ty::Reply(to),
            }
        });
        self.effects.reaches.insert(to.0);
        let is_reply = matches!(reply, Some(Ty::Reply(_)));
        let bound = bind.map(|name| self.bind_as(name, reply, None));
        let outcome = bind.filter(|_| is_reply).and_then(|name| {
            let outcomes = &self.world.signatures.get(&to)?.outcomes;
            if outcomes.is_empty() {
                return None;
            }
            let outcome = self.derived(&format!("{}_outcome", name.value), Ty::Int);
            self.scope.has_outcome(&name.value, outcome);
            Some(outcome)
        });
        may.then_some(())?;
        Some(ir::StepKind::Call {
            function: to,
            with: with?,
            act_for: act_for?,
            map: map?,
            otherwise: otherwise?,
            data: data?,
            or_none,
            bind: bound,
            outcome,
        })
    }

    /// The player that a call acts for: only internal functions take another one than the caller.
    fn act_for(&mut self, to: FunctionId, player: &'a ast::Expr) -> Option<Expr> {
        let called = self.names().function(to);
        let wanted = Wanted::new(&Ty::Player, "`act_for`");
        let player = self.check(player, &wanted);
        if called.access != Access::Internal {
            let span = player.as_ref().map(|player| player.span)?;
            self.diagnostics
                .error(
                    Code::MayNotCall,
                    span,
                    format!("`{}` acts for who calls it alone", called.name.value),
                    "for another player",
                )
                .label(called.name.span, "not internal")
                .help("give it `access: internal`, or have an internal function do the same");
            return None;
        }
        player
    }

    /// Whether a call may go on after an error of the called function: what that had written would
    /// stay.
    fn may_fail(&mut self, to: FunctionId, otherwise: &CallElse) -> bool {
        let CallElse::None(span) = otherwise else {
            return true;
        };
        let signature = self.world.signatures.get(&to);
        if !signature.is_some_and(|signature| signature.effects.writes) {
            return true;
        }
        let called = self.names().function(to);
        self.diagnostics
            .error(
                Code::MayNotCall,
                *span,
                format!(
                    "`{}` writes, and an error of it ends its caller, too",
                    called.name.value
                ),
                "cannot go on after it",
            )
            .label(called.name.span, "it, or what it calls, writes")
            .help("say `else: error`, or ask before whether it can succeed");
        false
    }

    fn may_call(&mut self, to: FunctionId, written: &Name, acts_for_another: bool) -> bool {
        let called = self.names().function(to);
        if called.access == Access::Admin {
            self.diagnostics
                .error(
                    Code::MayNotCall,
                    written.span,
                    format!("`{}` is called by the operator alone", written.value),
                    "may not be called",
                )
                .label(called.name.span, "it has `access: admin`")
                .help("give it `access: internal` where managers call it, too");
            return false;
        }
        if !self.may_be_called(to, written) {
            return false;
        }
        let signature = self.world.signatures.get(&to);
        let needs_caller = signature.is_some_and(|s| s.effects.needs_caller);
        let why = runs::no_caller(self.ast).filter(|_| needs_caller && !acts_for_another);
        if let Some(why) = why {
            let function = &self.ast.name.value;
            self.diagnostics
                .error(
                    Code::NoCaller,
                    written.span,
                    format!(
                        "`{}` acts for a caller, and `{function}` is {} and has none",
                        written.value, why.is
                    ),
                    "for whom?",
                )
                .label(why.place, why.label)
                .label(called.name.span, "it, or what it calls, reads `caller`")
                .help(why.help);
            return false;
        }
        true
    }

    /// A value for every arg of the called function, `None` where it is left out.
    fn with(
        &mut self,
        to: FunctionId,
        written: &Name,
        with: &'a [Assign],
    ) -> Option<Vec<Option<Expr>>> {
        let args = self.world.args.get(&to)?;
        let mut values: Vec<Option<Expr>> = vec![None; args.len()];
        let mut given = vec![false; args.len()];
        let mut right = true;
        let broken = self
            .names()
            .faults
            .in_declaration(&self.names().function(to).name);
        for assign in with {
            let Some(at) = args.iter().position(|arg| arg.name() == assign.name.value) else {
                self.look(&assign.value, None);
                if !broken {
                    self.say_extra_arg(to, written, &assign.name, args);
                }
                right = false;
                continue;
            };
            let what = format!("the arg `{}` of `{}`", args[at].name(), written.value);
            let value = self.value_for(&args[at], what, &assign.value);
            right &= value.is_some();
            values[at] = value;
            given[at] = true;
        }
        let known = with.len() == given.iter().filter(|given| **given).count();
        let missing: Vec<&Field> = args
            .iter()
            .zip(&given)
            .filter(|(arg, given)| !**given && !arg.may_be_left_out())
            .map(|(arg, _)| arg)
            .collect();
        let Some(first) = missing.first() else {
            return right.then_some(values);
        };
        // An arg that is missing may be the one whose name was written wrong.
        if known && !self.broken {
            let names: Vec<String> = missing.iter().map(|a| format!("`{}`", a.name())).collect();
            self.diagnostics
                .error(
                    Code::MissingArg,
                    written.span,
                    format!("`{}` needs {}", written.value, names.join(" and ")),
                    "`with` leaves it out",
                )
                .label(first.ast.name.span, "declared here, without a default")
                .help(format!("write `with: {{ {}: ... }}`", first.name()));
        }
        None
    }

    fn say_extra_arg(&mut self, to: FunctionId, written: &Name, name: &Name, args: &[Field]) {
        let declared = self.names().function(to).name.span;
        let help = match args {
            [] => Some("it has no args: leave out `with`".to_owned()),
            _ => did_you_mean(&name.value, args.iter().map(Field::name)),
        };
        self.diagnostics
            .error(
                Code::ExtraArg,
                name.span,
                format!("`{}` has no arg `{}`", written.value, name.value),
                "not an arg",
            )
            .label(declared, "the function")
            .maybe_help(help);
    }

    /// What the called function's errors become: some of them by status, and all others.
    fn errors_of(
        &mut self,
        to: FunctionId,
        otherwise: &'a CallElse,
    ) -> Option<(ErrorMap, Option<ErrorIndex>)> {
        match otherwise {
            CallElse::PassThrough | CallElse::None(_) => Some((Vec::new(), None)),
            CallElse::All(error) => Some((Vec::new(), Some(self.error(error)?))),
            CallElse::Each(pairs) => {
                let of = self.names().full_name(to);
                let world = self.world;
                let statuses = world.statuses.get(&to)?;
                let mut map = Vec::new();
                for (theirs, mine) in pairs {
                    let theirs = statuses.error(theirs, &of, self.diagnostics);
                    let mine = self.error(mine);
                    map.push(
                        theirs
                            .zip(mine)
                            .map(|(theirs, mine)| (theirs.status.status, mine)),
                    );
                }
                Some((map.into_iter().collect::<Option<_>>()?, None))
            }
        }
    }

    fn errors_of_unknown(&mut self, otherwise: &'a CallElse) {
        match otherwise {
            CallElse::PassThrough | CallElse::None(_) => {}
            CallElse::All(error) => {
                self.error(error);
            }
            CallElse::Each(pairs) => {
                for (_, mine) in pairs {
                    self.error(mine);
                }
            }
        }
    }
}
