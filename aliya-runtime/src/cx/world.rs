//! What functions see of the world beside their request: one for all functions of a group.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::allow;
use crate::call::Peers;
use crate::db::Db;
use crate::function::{FunctionInfo, Game, Manager};
use crate::stop::Stop;
use crate::time_zone::Zone;
use crate::wire::Callee;

/// The managers of a group, their database, the way to the others, and the calendar.
pub(crate) struct World {
    /// The game.
    pub(crate) game: &'static Game,
    /// The managers that the group hosts, sorted by name.
    pub(crate) managers: Vec<&'static Manager>,
    /// The database that they share.
    pub(crate) db: Db,
    /// The way to all other managers.
    pub(crate) peers: Arc<dyn Peers>,
    /// The game's time zone.
    pub(crate) zone: Zone,
    /// How often an allowance was used since the process started.
    pub(crate) allowances_used: AtomicU64,
}

impl World {
    /// Whether the group hosts the manager of that name.
    pub(crate) fn hosts(&self, manager: &str) -> bool {
        self.hosted_manager(manager).is_some()
    }

    /// Whether the group hosts all managers that a function reaches.
    pub(crate) fn hosts_all(&self, function: &FunctionInfo) -> bool {
        function.reaches.iter().all(|manager| self.hosts(manager))
    }

    /// A function of a manager in the group; `None` of one that is elsewhere.
    pub(crate) fn hosted(&self, callee: Callee) -> Option<&'static FunctionInfo> {
        self.hosted_manager(callee.manager)?
            .function(callee.function)
    }

    /// A function of any manager of the game; a fault where there is none.
    pub(crate) fn function(
        &self,
        manager: &str,
        function: &str,
    ) -> Result<&'static FunctionInfo, Stop> {
        let found = self.game.manager(manager);
        let found = found.and_then(|manager| manager.function(function));
        found.ok_or_else(|| {
            Stop::fault(format!(
                "the game has no function `{function}` of `{manager}`"
            ))
        })
    }

    /// Whether the use of an allowance that comes now also collects those of past windows.
    pub(super) fn collects_allowances(&self) -> bool {
        allow::collects(self.allowances_used.fetch_add(1, Ordering::Relaxed))
    }

    /// The manager of that name, where the group hosts it.
    pub(crate) fn hosted_manager(&self, name: &str) -> Option<&'static Manager> {
        let found = self.managers.binary_search_by(|it| it.name.cmp(name));
        found.ok().and_then(|at| self.managers.get(at)).copied()
    }
}
