//! Lists.

use crate::body::Body;
use crate::model::Ty;

impl Body<'_> {
    pub(super) fn list(&mut self, item: &Ty, depth: usize) -> String {
        let list = item.clone().list();
        match self.c.below(5) {
            0 if *item == Ty::Int => format!("range(0, {})", self.c.pick(&["3", "0", "9", "-1"])),
            1 => {
                let (a, b) = (self.expr(&list, depth), self.expr(&list, depth));
                format!("concat({a}, {b})")
            }
            2 => match self.read_map() {
                Some((map, key, _)) if key == *item => format!("keys({map})"),
                _ => self.leaf(&list),
            },
            3 | 4 if self.can(item) => {
                let items: Vec<_> = (0..self.c.between(1, 3))
                    .map(|_| self.expr(item, depth))
                    .collect();
                format!("[{}]", items.join(", "))
            }
            _ => self.leaf(&list),
        }
    }
}
