//! The steps of a function, in an order that is right.

mod calls;
mod flow;
mod reads;
mod rows;
mod writes;

use crate::body::{Body, Phase};
use crate::reply::Plan;
use crate::yaml::Node;

impl Body<'_> {
    /// Some steps, at most so many. `depth` is how deep `if` and `for` may stand in each other.
    pub fn steps(&mut self, most: usize, depth: usize, plan: &mut Plan) -> Vec<Node> {
        let mut steps = Vec::new();
        for _ in 0..self.c.below(most + 1) {
            if let Some(step) = self.step(depth, plan) {
                steps.push(step);
            }
        }
        steps
    }

    /// A step that may stand here, if it is one that can be made.
    fn step(&mut self, depth: usize, plan: &mut Plan) -> Option<Node> {
        let kind = match self.world.trades && self.c.chance(60) {
            // A call, or what there is to save.
            true => *self.c.pick(&[23, 23, 15, 1]),
            false => self.c.below(24),
        };
        let writes = self.may_write && self.phase <= Phase::Writes;
        match kind {
            0 => Some(self.let_()),
            21..=23 => self.call(),
            11 | 12 if depth > 0 => Some(self.if_(depth - 1, plan)),
            13 | 14 if depth > 0 => self.for_(depth - 1, plan),
            _ if self.phase == Phase::Gives => Some(self.let_()),
            1..=3 => self.get(),
            4 => self.get_config(),
            5 => self.select(),
            6 => self.measure(),
            7 => self.rank(),
            8 => self.draw(),
            9 => self.require(),
            10 => self.allow(),
            15 | 16 if writes => self.save(),
            17 if writes => self.insert(),
            18 if writes => self.insert_each(),
            19 if writes => self.update(),
            20 if writes => self.delete(),
            _ => self.get(),
        }
    }

    /// Says that the steps write from here on.
    fn writes(&mut self) {
        self.does.writes = true;
        self.keeps = true;
        self.phase = self.phase.max(Phase::Writes);
    }
}
