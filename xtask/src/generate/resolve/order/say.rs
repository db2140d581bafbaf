//! What is said of steps that are out of order.

use crate::generate::diagnostic::Code;
use crate::generate::source::Span;

use super::{Take, Walk};

impl Walk<'_, '_> {
    /// Calls that give before steps that do not: each once, with the last of these.
    pub(super) fn say_given_too_early(&mut self) {
        for (give, last) in std::mem::take(&mut self.too_early) {
            let keyword = self.keyword(last);
            self.diagnostics
                .error(
                    Code::StepOrder,
                    give,
                    format!("below this call, which gives, stands a `{keyword}` that does not"),
                    "gives: it writes and cannot fail",
                )
                .label(last, "must come before what gives")
                .help(format!(
                    "move this call below that `{keyword}`: what gives comes last, when all else is certain"
                ));
        }
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

    /// A take that nothing takes back, though a step after it may fail.
    pub(super) fn say_no_undo(&mut self, take: Take, fails: Span) {
        let called = self.world.names.full_name(take.function);
        let declared = self.world.names.function(take.function).name.span;
        let keyword = self.keyword(fails);
        self.diagnostics
            .error(
                Code::NoUndo,
                take.step,
                format!("nothing takes `{called}` back when a step after it fails"),
                "takes: it writes and may fail",
            )
            .label(fails, "may fail")
            .label(declared, "has no `undone_by`")
            .help(format!(
                "move this call below that `{keyword}`, or give `{called}` an `undone_by`: the function that does the opposite"
            ));
    }

    fn keyword(&self, step: Span) -> String {
        self.world.sources.text(step).to_owned()
    }
}
