//! Functions that the server runs by itself: what they are to those who would call them.

use crate::generate::ast::{Access, Function, When};
use crate::generate::diagnostic::Code;
use crate::generate::ir::{FunctionId, Runs};
use crate::generate::source::{Name, Span};

use super::World;
use super::body::Body;

/// When a function runs by itself; `None` where it does not, or what it runs after is not known.
pub(super) fn of(world: &World, id: FunctionId) -> Option<Runs> {
    match &world.names.function(id).runs.as_ref()?.when {
        When::PlayerCreated => Some(Runs::PlayerCreated),
        When::After { function, .. } => {
            let after = world.names.called(id.0, &function.value)?;
            Some(Runs::After(after))
        }
        When::Every(per) => Some(Runs::Every(*per)),
    }
}

/// Why a function has no caller, and what helps; `None` where it has one.
pub(super) struct NoCaller {
    /// Such as "is public and has none".
    pub(super) is: &'static str,
    /// What to underline.
    pub(super) place: Span,
    /// What that is.
    pub(super) label: &'static str,
    /// Without it there would be a caller.
    pub(super) help: &'static str,
}

/// Why `function` has no caller.
pub(super) fn no_caller(function: &Function) -> Option<NoCaller> {
    if function.access == Access::Public {
        return Some(NoCaller {
            is: "public",
            place: function.name.span,
            label: "clients call it without a token",
            help: "leave out `access: public`",
        });
    }
    let runs = function.runs.as_ref()?;
    matches!(runs.when, When::Every(_)).then_some(NoCaller {
        is: "run by the clock",
        place: runs.span,
        label: "runs for nobody",
        help: "name a player: `act_for: row.player`",
    })
}

impl Body<'_, '_> {
    /// Whether steps may call it: the server alone runs those that run by themselves.
    pub(super) fn may_be_called(&mut self, to: FunctionId, written: &Name) -> bool {
        let called = self.names().function(to);
        let Some(runs) = &called.runs else {
            return true;
        };
        self.diagnostics
            .error(
                Code::MayNotCall,
                written.span,
                format!("`{}` runs by itself", written.value),
                "may not be called",
            )
            .label(runs.span, "when it runs")
            .help("take what both need into a third function, which both call");
        false
    }
}
