//! Ints and floats.

use crate::body::Body;
use crate::model::Ty;

impl Body<'_> {
    pub(super) fn int(&mut self, depth: usize) -> String {
        let a = self.expr(&Ty::Int, depth);
        match self.c.below(12) {
            0..=2 => {
                let operators = ["+", "-", "*", "/", "%"];
                // None that faults as soon as something is 0.
                let some = if self.world.trades { 3 } else { 5 };
                let operator = *self.c.pick(&operators[..some]);
                format!("({a} {operator} {})", self.expr(&Ty::Int, depth))
            }
            3 => format!("(-{a})"),
            4 => format!("abs({a})"),
            5 => {
                let least = *self.c.pick(&["min", "max"]);
                let (b, c) = (self.expr(&Ty::Int, depth), self.expr(&Ty::Int, depth));
                format!("{least}({a}, {b}, {c})")
            }
            6 => format!("clamp({a}, 0, {})", self.expr(&Ty::Int, depth)),
            7 => self.size(depth),
            8 => self.of_time(depth),
            9 if !self.is_formula => format!("random(1, {})", self.c.pick(&["6", "1", "100"])),
            10 => {
                let list = self.expr(&Ty::Int.list(), depth);
                format!("tier({list}, {a})")
            }
            _ => format!("({a} + {})", self.leaf(&Ty::Int)),
        }
    }

    /// How long or how much something is.
    fn size(&mut self, depth: usize) -> String {
        match self.c.below(4) {
            0 => format!("len({})", self.expr(&Ty::Text, depth)),
            1 => format!("sum({})", self.expr(&Ty::Int.list(), depth)),
            2 => match self.read_list() {
                Some((list, _)) => format!("len({list})"),
                None => self.leaf(&Ty::Int),
            },
            _ => match self.read_map() {
                Some((map, _, Ty::Int)) => format!("sum({map})"),
                Some((map, ..)) => format!("len({map})"),
                None => self.leaf(&Ty::Int),
            },
        }
    }

    /// A number that a time gives.
    fn of_time(&mut self, depth: usize) -> String {
        if !self.can(&Ty::Time) {
            return self.leaf(&Ty::Int);
        }
        let time = self.expr(&Ty::Time, depth);
        match self.c.below(3) {
            0 => format!("day_of({time})"),
            1 => format!("day_of_month({time})"),
            _ => format!("({time} - {})", self.expr(&Ty::Time, depth)),
        }
    }

    pub(super) fn float(&mut self, depth: usize) -> String {
        let a = self.expr(&Ty::Float, depth);
        let other = self.c.pick(&[Ty::Float, Ty::Int]).clone();
        let b = self.expr(&other, depth);
        match self.c.below(7) {
            0..=2 => {
                let operators = ["+", "-", "*", "/"];
                let some = if self.world.trades { 3 } else { 4 };
                let operator = *self.c.pick(&operators[..some]);
                format!("({a} {operator} {b})")
            }
            3 => format!("(-{a})"),
            4 => format!("abs({a})"),
            5 => format!("max({a}, {b})"),
            _ => format!("clamp({a}, 0, {b})"),
        }
    }
}
