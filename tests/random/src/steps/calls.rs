//! Calls of other functions: reads, takes, own steps and gives.

use crate::body::{Body, Bound, Phase};
use crate::model::{Function, Ty};
use crate::yaml::{Node, map, scalar};

impl Body<'_> {
    pub(super) fn call(&mut self) -> Option<Node> {
        let can = 0..self.world.functions.len();
        let can: Vec<usize> = can.filter(|at| self.can_call(*at)).collect();
        if can.is_empty() {
            return None;
        }
        let at = self.which(&can);
        self.world.functions[at].called = true;
        let called = self.world.functions[at].clone();
        let home = called.manager == self.manager;
        let name = match home && self.c.chance(80) {
            true => called.name.clone(),
            false => format!("{}.{}", called.manager, called.name),
        };
        let mut node = map([("call", scalar(name))]);
        self.push_with(&called, &mut node);
        let acts = called.access == "internal"
            && (called.does.asks_caller && !self.has_caller || self.c.chance(20));
        if acts {
            node.push("act_for", scalar(self.wanted_type(&Ty::Player, 1)));
        } else if called.does.asks_caller {
            self.does.asks_caller = true;
        }
        let absent = self.push_answer(&called, &mut node);
        self.does.leaves |= !home || called.does.leaves;
        if called.does.writes {
            self.does.writes = true;
            self.does.trades |= !home;
            self.keeps |= home;
            self.phase = match (home, called.does.fails && called.undone) {
                (true, _) => self.phase.max(Phase::Writes),
                (false, true) => self.phase,
                (false, false) => Phase::Gives,
            };
        }
        // In a loop, the steps of the next round come after what waits for the reply of a give.
        let gives = !home && self.phase == Phase::Gives;
        let may_bind = !gives || self.loop_from.is_none_or(|from| from == Phase::Gives);
        if absent || may_bind && self.c.chance(60) {
            let name = self.name();
            node.push("as", scalar(&name));
            let fields = called.reply;
            self.bind(&name, Bound::Reply { fields, absent });
        }
        Some(node)
    }

    /// One of the functions that can be called: where managers trade, most often one that takes or gives.
    fn which(&mut self, can: &[usize]) -> usize {
        let trades = |takes: bool| -> Vec<usize> {
            let wanted = can.iter().copied().filter(|at| {
                let function = &self.world.functions[*at];
                let is_take = function.does.fails && function.undone;
                function.manager != self.manager && function.does.writes && is_take == takes
            });
            wanted.collect()
        };
        let (takes, gives) = (trades(true), trades(false));
        let wanted = match self.world.trades {
            true if !takes.is_empty() && self.c.chance(60) => &takes,
            true if !gives.is_empty() && self.c.chance(60) => &gives,
            _ => can,
        };
        *self.c.pick(wanted)
    }

    /// Whether the function may be called here.
    fn can_call(&self, at: usize) -> bool {
        let Function {
            manager,
            access,
            does,
            undone,
            callable,
            ..
        } = &self.world.functions[at];
        let home = *manager == self.manager;
        let knows_caller = self.has_caller || !does.asks_caller || *access == "internal";
        let may = *callable
            && knows_caller
            && (self.may_fail || !does.fails)
            && (self.may_write || !does.writes)
            && (!self.stays_home || home && !does.leaves);
        // Nothing takes back what the function that is taken back does elsewhere.
        let may = may && (!self.is_undone || !does.writes || home && !does.trades);
        let is_last = !self.keeps && self.loop_from.is_none();
        let in_order = match (home, does.writes, does.fails) {
            (_, false, _) => self.phase != Phase::Gives,
            (true, true, _) => !does.trades && self.phase <= Phase::Writes,
            (false, true, true) => (*undone || is_last) && self.phase == Phase::Reads,
            (false, true, false) => true,
        };
        may && in_order
    }

    fn push_with(&mut self, called: &Function, node: &mut Node) {
        let mut with = map::<&str>([]);
        for arg in &called.args {
            if arg.may_lack() && !self.c.chance(60) {
                continue;
            }
            let value = self.wanted_node(arg);
            with.push(&arg.name, value);
        }
        crate::push(node, "with", with);
    }

    /// What follows from an error of it; whether there may be no reply.
    fn push_answer(&mut self, called: &Function, node: &mut Node) -> bool {
        if !called.does.fails {
            return false;
        }
        if !called.does.writes && (!self.may_fail || self.c.chance(30)) {
            node.push("or", scalar("none"));
            return true;
        }
        match self.c.below(3) {
            1 => {
                node.push("else", scalar(self.error()));
                self.push_data(node);
            }
            2 if !called.errors.is_empty() => {
                let theirs = self.c.pick(&called.errors).clone();
                let mine = self.error();
                node.push("else", map([(theirs, scalar(mine))]));
                self.push_data(node);
            }
            _ => {}
        }
        self.does.fails = true;
        false
    }
}
