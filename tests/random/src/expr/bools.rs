//! Conditions.

use crate::body::Body;
use crate::model::Ty;

impl Body<'_> {
    pub(super) fn bool(&mut self, depth: usize) -> String {
        match self.c.below(8) {
            0 | 1 => self.comparison(depth),
            2 => self.equality(depth),
            3 => {
                let operator = *self.c.pick(&["and", "or"]);
                let (a, b) = (self.expr(&Ty::Bool, depth), self.expr(&Ty::Bool, depth));
                format!("({a} {operator} {b})")
            }
            4 => format!("(not {})", self.expr(&Ty::Bool, depth)),
            5 => self.contains(depth),
            6 => self.found(),
            _ if self.is_formula => self.leaf(&Ty::Bool),
            _ => format!("chance({})", self.c.pick(&["0.5", "0", "1", "0.05"])),
        }
    }

    fn comparison(&mut self, depth: usize) -> String {
        let mut ty = self.exact_plain_type();
        if matches!(ty, Ty::Bool | Ty::Player) {
            ty = Ty::Int;
        }
        let operator = *self.c.pick(&["<", "<=", ">", ">="]);
        let (a, b) = (self.expr(&ty, depth), self.expr(&ty, depth));
        format!("({a} {operator} {b})")
    }

    fn equality(&mut self, depth: usize) -> String {
        let ty = self.exact_plain_type();
        let operator = *self.c.pick(&["==", "!="]);
        let (a, b) = (self.expr(&ty, depth), self.expr(&ty, depth));
        format!("({a} {operator} {b})")
    }

    fn contains(&mut self, depth: usize) -> String {
        let ty = self.exact_plain_type();
        if self.c.chance(40)
            && let Some((map, key, _)) = self.read_map()
            && self.can(&key)
        {
            return format!("contains({map}, {})", self.expr(&key, depth));
        }
        let (list, item) = (self.expr(&ty.clone().list(), depth), self.expr(&ty, depth));
        format!("contains({list}, {item})")
    }

    fn found(&mut self) -> String {
        let mut absent = self.reads();
        absent.retain(|read| read.absent);
        match absent.is_empty() {
            true => self.leaf(&Ty::Bool),
            false => format!("found({})", self.c.pick(&absent).text),
        }
    }
}
