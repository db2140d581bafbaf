//! What is said of steps that are out of order.

use crate::generate::diagnostic::Code;
use crate::generate::source::Span;

use super::walk::{TooEarly, Walk};
use super::{Does, Take};

impl Walk<'_, '_> {
    /// Calls that give before steps that do not: each once, with the last of these.
    pub(super) fn say_given_too_early(&mut self) {
        for (give, last) in std::mem::take(&mut self.too_early) {
            let TooEarly { step, next_round } = last;
            let keyword = self.keyword(step);
            if next_round {
                self.say_given_in_round(give, step);
                continue;
            }
            let by = self.given_by(give);
            let said = self.diagnostics.error(
                Code::StepOrder,
                give,
                format!("below this call, which gives, stands a `{keyword}` that does not"),
                match by {
                    Some(_) => "gives by what runs after it",
                    None => "gives: it writes and cannot fail",
                },
            );
            said.label(step, "must come before what gives");
            if let Some((name, runs)) = by {
                said.label(
                    runs,
                    format!("`{name}`, of another manager, runs after what is called"),
                );
            }
            said.help(format!(
                "move this call below that `{keyword}`: what gives comes last, when all else is certain"
            ));
        }
    }

    /// The function that makes a call give by running after what is called, and where it says so.
    fn given_by(&self, give: Span) -> Option<(String, Span)> {
        let by = *self.given_by.get(&give)?;
        let runs = self.world.names.function(by).runs.as_ref()?;
        Some((self.world.names.full_name(by), runs.span))
    }

    /// A loop that reads what it gave, and then does something else in its next round.
    fn say_given_in_round(&mut self, give: Span, step: Span) {
        let keyword = self.keyword(step);
        let by = self.given_by(give);
        let said = self.diagnostics.error(
            Code::StepOrder,
            give,
            format!("after this call, which gives, comes the `{keyword}` of the next round"),
            "gives, and its reply is read",
        );
        said.label(step, "must come before what gives, in all rounds");
        if let Some((name, runs)) = by {
            said.label(
                runs,
                format!("`{name}`, of another manager, runs after what is called"),
            );
        }
        said.help(format!(
            "do the `{keyword}` in a loop above, or do without the reply: it is there only when all else is certain"
        ));
    }

    /// A take that comes after a step that writes own rows.
    pub(super) fn say_take_after_write(&mut self, take: Take, write: Span) {
        let called = self.world.names.full_name(take.function);
        let keyword = self.keyword(write);
        self.diagnostics
            .error(
                Code::StepOrder,
                take.step,
                format!("`{called}` may fail, and rows were written before it"),
                "takes: it writes and may fail",
            )
            .label(write, "writes")
            .help(format!(
                "move this call above that `{keyword}`: first what may fail, then what is written"
            ));
    }

    /// A step that comes after a take that nothing takes back, and does not give.
    pub(super) fn say_after_last(&mut self, take: Take, step: Span, does: &Does) {
        let called = self.world.names.full_name(take.function);
        let keyword = self.keyword(step);
        let undo = format!("give `{called}` an `undone_by`: the function that does the opposite");
        let (what, why) = match (does.may_fail, does.writes) {
            (Some(_), _) => (" when a step after it fails", "may fail"),
            (_, Some(_)) => (", and rows are written after it", "writes"),
            _ => (
                ", and below it stands a step that does not give",
                "must come before it",
            ),
        };
        let other = (step != take.step).then_some((step, why));
        let (what, help) = match (self.again, other) {
            (true, None) => (" when it fails in a later round", undo),
            (true, Some(_)) => (
                ", and in the next round comes a step that does not give",
                format!("do the `{keyword}` in a loop above, or {undo}"),
            ),
            (false, _) if does.may_fail.is_none() && does.writes.is_some() => (
                what,
                format!(
                    "{undo}. Without it, the call comes last, and where it fails, the rows would stay"
                ),
            ),
            (false, _) => (
                what,
                format!("move this call below that `{keyword}`, or {undo}"),
            ),
        };
        let title = format!("nothing takes `{called}` back{what}");
        self.say_no_undo(take, title, other, help);
    }

    /// A take that nothing takes back, after a step that counts uses.
    pub(super) fn say_beside_allow(&mut self, take: Take, allow: Span) {
        let called = self.world.names.full_name(take.function);
        let title = format!("nothing takes `{called}` back, and uses are counted before it");
        let help = format!(
            "give `{called}` an `undone_by`: the function that does the opposite. Without it, the call comes \
             last, and where it fails, the uses would stay counted"
        );
        self.say_no_undo(take, title, Some((allow, "counts a use")), help);
    }

    fn say_no_undo(
        &mut self,
        take: Take,
        title: String,
        other: Option<(Span, &str)>,
        help: String,
    ) {
        let declared = self.world.names.function(take.function).name.span;
        let diagnostic = self.diagnostics.error(
            Code::NoUndo,
            take.step,
            title,
            "takes: it writes and may fail",
        );
        if let Some((step, why)) = other {
            diagnostic.label(step, why);
        }
        diagnostic.label(declared, "has no `undone_by`").help(help);
    }

    fn keyword(&self, step: Span) -> String {
        self.world.sources.text(step).to_owned()
    }
}
