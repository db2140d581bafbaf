//! Expressions of a type that is wanted, made of what is bound: they are right as they are made.

mod bools;
mod lists;
mod numbers;
mod wanted;

use crate::body::Body;
use crate::model::{Formula, Ty};
use crate::values;

/// How deep an expression goes.
pub const DEPTH: usize = 3;

impl Body<'_> {
    /// Whether an expression can be just of that type here, with no place that wants it.
    pub fn can(&self, ty: &Ty) -> bool {
        let readable = || self.reads().iter().any(|it| it.ty == *ty && !it.absent);
        match ty {
            Ty::Int | Ty::Float | Ty::Bool | Ty::Text | Ty::Enum(_) => true,
            Ty::Time => !self.is_formula || readable(),
            Ty::Player => self.has_caller || readable(),
            Ty::Id | Ty::Map(..) => readable(),
            Ty::Record(_) => readable(),
            Ty::List(item) => readable() || self.can(item) && !matches!(**item, Ty::Map(..)),
        }
    }

    /// A type that an expression can be of here.
    pub fn exact_type(&mut self) -> Ty {
        let ty = self.world.any_type(self.c, 1);
        if self.can(&ty) { ty } else { Ty::Int }
    }

    /// The same, of one value.
    pub fn exact_plain_type(&mut self) -> Ty {
        let ty = self.world.plain_type(self.c);
        if self.can(&ty) { ty } else { Ty::Int }
    }

    /// An expression of a type for which [`Body::can`] holds: a small one where managers trade, so
    /// that they come to it.
    pub fn expr(&mut self, ty: &Ty, depth: usize) -> String {
        let depth = if self.world.trades {
            depth.min(1)
        } else {
            depth
        };
        if depth == 0 || !self.c.chance(70) {
            return self.leaf(ty);
        }
        let depth = depth - 1;
        match self.c.below(8) {
            0 => self.leaf(ty),
            1 => self.either(ty, depth),
            2 => self.instead(ty, depth),
            3 if !self.world.trades => self.item(ty, depth),
            4 => self.formula_call(ty, depth),
            _ => match ty {
                Ty::Int => self.int(depth),
                Ty::Float => self.float(depth),
                Ty::Bool => self.bool(depth),
                Ty::Text => self.text(depth),
                Ty::Time => self.time(depth),
                Ty::List(item) => self.list(&item.clone(), depth),
                _ => self.leaf(ty),
            },
        }
    }

    /// Something to read, or a constant.
    pub fn leaf(&mut self, ty: &Ty) -> String {
        let constant = matches!(ty, Ty::Int | Ty::Float | Ty::Bool | Ty::Text | Ty::Enum(_));
        if constant && self.c.chance(30) {
            return self.constant(ty);
        }
        if let Some(read) = self.read(ty) {
            return read;
        }
        self.constant(ty)
    }

    /// What is always there of a type.
    fn constant(&mut self, ty: &Ty) -> String {
        match ty {
            Ty::Int => {
                let most = if self.world.trades { 10 } else { i64::MAX };
                values::int(self.c, Some(0), Some(most)).to_string()
            }
            Ty::Float => values::float(self.c, Some(0), None),
            Ty::Bool => self.c.pick(&["true", "false"]).to_string(),
            Ty::Text => written_text(&values::text(self.c, None, None)),
            Ty::Time => "now".to_owned(),
            Ty::Player => self.caller(),
            Ty::Enum(at) => self.variant(*at),
            Ty::List(item) => format!("[{}]", self.leaf(item)),
            Ty::Id | Ty::Record(_) | Ty::Map(..) => panic!("nothing gives {ty:?}"),
        }
    }

    /// `caller`, which is asked for from now on.
    pub fn caller(&mut self) -> String {
        assert!(self.has_caller, "nobody calls it");
        self.does.asks_caller = true;
        "caller".to_owned()
    }

    /// A variant, by its enum or alone: every name of a variant is known once in a game.
    pub fn variant(&mut self, at: usize) -> String {
        let declared = &self.world.enums[at];
        let is_column = |name: &String| {
            let row = self.of_row.iter().flat_map(|table| &table.columns);
            row.into_iter().any(|column| column.name == *name)
        };
        let mut alone = declared.variants.clone();
        alone.retain(|variant| !is_column(variant));
        if !is_column(&declared.name) && (alone.is_empty() || self.c.chance(50)) {
            let variant = self.c.pick(&declared.variants);
            return format!("{}.{variant}", declared.name);
        }
        self.c.pick(&alone).clone()
    }

    /// `if condition { a } else { b }`
    fn either(&mut self, ty: &Ty, depth: usize) -> String {
        let condition = self.expr(&Ty::Bool, depth);
        let (then, other) = (self.expr(ty, depth), self.expr(ty, depth));
        format!("(if {condition} {{ {then} }} else {{ {other} }})")
    }

    /// `default(what may be absent, b)`
    fn instead(&mut self, ty: &Ty, depth: usize) -> String {
        match self.read_absent(ty) {
            Some(read) => format!("default({read}, {})", self.expr(ty, depth)),
            None => self.leaf(ty),
        }
    }

    /// An item of a list, or what a map has for a key.
    fn item(&mut self, ty: &Ty, depth: usize) -> String {
        if let Some(list) = self.read(&ty.clone().list()) {
            let at = match self.c.chance(50) {
                true => self.expr(&Ty::Int, depth),
                false => "0".to_owned(),
            };
            return format!("{list}[{at}]");
        }
        match self.read_map() {
            Some((map, key, value)) if value == *ty && self.can(&key) => {
                format!("{map}[{}]", self.expr(&key, depth))
            }
            _ => self.leaf(ty),
        }
    }

    /// A call of a formula that gives the type.
    fn formula_call(&mut self, ty: &Ty, depth: usize) -> String {
        let giving = self.world.formulas.iter().filter(|it| it.ty == *ty);
        let giving: Vec<Formula> = giving.cloned().collect();
        if giving.is_empty() {
            return self.leaf(ty);
        }
        let Formula { name, args, .. } = self.c.pick(&giving).clone();
        let args: Vec<_> = args
            .iter()
            .map(|arg| self.wanted(arg, depth.min(1)))
            .collect();
        format!("{name}({})", args.join(", "))
    }

    fn text(&mut self, depth: usize) -> String {
        let first = self.expr(&Ty::Text, depth);
        match self.c.below(2) {
            0 => format!("lower({first})"),
            _ => {
                let second = self.expr(&Ty::Text, depth);
                format!("concat({first}, {second})")
            }
        }
    }

    fn time(&mut self, depth: usize) -> String {
        let time = self.expr(&Ty::Time, depth);
        match self.c.below(5) {
            0 => format!("({time} + {})", self.length(depth)),
            1 => format!("({time} - {})", self.length(depth)),
            2 => {
                let span = *self.c.pick(&["hour", "day", "week", "month"]);
                format!("start_of({span}, {time})")
            }
            3 => {
                let clock = *self.c.pick(&["", " 00:00", "T23:59"]);
                format!("date(\"{}-02-28{clock}\")", 1999 + self.c.below(40))
            }
            _ => {
                let least = *self.c.pick(&["min", "max"]);
                format!("{least}({time}, {})", self.expr(&Ty::Time, depth))
            }
        }
    }

    /// Milliseconds.
    fn length(&mut self, depth: usize) -> String {
        let unit = *self.c.pick(&["seconds", "minutes", "hours", "days"]);
        format!("{unit}({})", self.expr(&Ty::Int, depth.min(1)))
    }
}

/// A text as expressions have it.
pub fn written_text(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
