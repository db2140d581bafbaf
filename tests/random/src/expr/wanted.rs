//! Values where a type is wanted: of an arg, a column, a field. More becomes such a value than is of
//! its type.

use crate::body::Body;
use crate::model::{Field, Ty};
use crate::values;
use crate::yaml::{Node, map, scalar};

use super::{DEPTH, written_text};

impl Body<'_> {
    /// A value for a field, within its bounds as far as a constant can be outside them.
    pub fn wanted(&mut self, field: &Field, depth: usize) -> String {
        if field.optional
            && self.c.chance(30)
            && let Some(read) = self.read_absent(&field.ty)
        {
            return read;
        }
        if field.min.is_none() && field.max.is_none() {
            return self.wanted_type(&field.ty, depth);
        }
        match field.ty {
            Ty::Int => {
                let (low, high) = (field.min.unwrap_or(-1000), field.max.unwrap_or(1000));
                match self.c.below(3) {
                    0 => values::int(self.c, Some(low), Some(high)).to_string(),
                    1 => match self.read(&Ty::Int) {
                        Some(read) => read,
                        None => low.to_string(),
                    },
                    _ => format!("clamp({}, {low}, {high})", self.expr(&Ty::Int, depth)),
                }
            }
            Ty::Float => {
                let (low, high) = (field.min.unwrap_or(-1000), field.max.unwrap_or(1000));
                match self.c.chance(50) {
                    true => format!("clamp({}, {low}, {high})", self.expr(&Ty::Float, depth)),
                    false => values::float(self.c, Some(low), Some(high)),
                }
            }
            _ => match self.c.chance(50).then(|| self.read(&Ty::Text)).flatten() {
                Some(read) => read,
                None => written_text(&values::text(self.c, field.min, field.max)),
            },
        }
    }

    /// The same, which may be a text with holes.
    pub fn wanted_node(&mut self, field: &Field) -> Node {
        if field.ty == Ty::Text && field.max.is_none_or(|max| max > 30) && self.c.chance(30) {
            return self.template();
        }
        scalar(self.wanted(field, DEPTH))
    }

    /// A value of a type, or what becomes one.
    pub fn wanted_type(&mut self, ty: &Ty, depth: usize) -> String {
        let can = self.can(ty);
        if can && !self.c.chance(30) {
            return self.expr(ty, depth);
        }
        match ty {
            Ty::Int => self.number_of_variant(depth),
            Ty::Float | Ty::Id => self.expr(&Ty::Int, depth),
            Ty::Time => self.c.pick(&["0", "1790000000000"]).to_string(),
            Ty::Player => {
                let name = *self.c.pick(&["ann", "bob"]);
                written_text(name)
            }
            Ty::Enum(at) => self.variant_of_number(*at),
            Ty::List(item) => self.wanted_list(item, depth),
            Ty::Map(key, value) => self.wanted_map(key, value, depth),
            Ty::Record(at) => self.wanted_record(*at, depth),
            _ => self.expr(ty, depth),
        }
    }

    /// An int, or a variant that has a number.
    fn number_of_variant(&mut self, depth: usize) -> String {
        for at in 0..self.world.enums.len() {
            if !self.world.enums[at].numbers.is_empty()
                && let Some(read) = self.read(&Ty::Enum(at))
            {
                return read;
            }
        }
        self.expr(&Ty::Int, depth)
    }

    fn variant_of_number(&mut self, at: usize) -> String {
        let numbers = self.world.enums[at].numbers.clone();
        match (numbers.is_empty(), self.read(&Ty::Int)) {
            (false, Some(read)) => read,
            (false, None) => self.c.pick(&numbers).to_string(),
            (true, _) => self.variant(at),
        }
    }

    fn wanted_list(&mut self, item: &Ty, depth: usize) -> String {
        let items = match item {
            Ty::Map(..) if !self.can(item) => 0,
            _ => self.c.below(3),
        };
        let items: Vec<_> = (0..items)
            .map(|_| match item {
                // Within a list, neither numbers and variants become each other, nor records maps.
                Ty::Int | Ty::Enum(_) | Ty::Map(..) => self.expr(item, depth.min(1)),
                other => self.wanted_type(other, depth.min(1)),
            })
            .collect();
        format!("[{}]", items.join(", "))
    }

    fn wanted_map(&mut self, key: &Ty, value: &Ty, depth: usize) -> String {
        let keys = match key {
            Ty::Text => vec!["one".to_owned(), "two".to_owned()],
            Ty::Enum(at) => self.world.enums[*at].variants.clone(),
            _ => Vec::new(),
        };
        // What is in it has to say by itself of which type it is.
        let some = match self.can(value) {
            true => self.c.below(keys.len() + 1),
            false => 0,
        };
        let mut entries = Vec::new();
        for key in keys.into_iter().take(some) {
            entries.push(format!("{key}: {}", self.expr(value, depth.min(1))));
        }
        match entries.is_empty() {
            true => "{}".to_owned(),
            false => format!("{{ {} }}", entries.join(", ")),
        }
    }

    /// A record, as it is made where it is wanted.
    pub fn wanted_record(&mut self, at: usize, depth: usize) -> String {
        let fields = self.world.records[at].fields.clone();
        let mut parts = Vec::new();
        for field in fields {
            if !field.optional || self.c.chance(50) {
                let value = self.wanted(&field, depth.saturating_sub(1).min(1));
                parts.push(format!("{}: {value}", field.name));
            }
        }
        format!("{{ {} }}", parts.join(", "))
    }

    /// A text with holes.
    pub fn template(&mut self) -> Node {
        let mut text = self.c.pick(&["", "{{}} ", "ü \"", "a\\ "]).to_string();
        for _ in 0..self.c.between(1, 3) {
            let ty = match self.c.below(5) {
                0 => Ty::Int,
                1 => Ty::Text,
                2 => Ty::Float,
                3 if self.can(&Ty::Player) => Ty::Player,
                _ => self.word_enum(),
            };
            let mut hole = self.expr(&ty, 1);
            if hole.contains(['{', '}']) {
                hole = "1".to_owned();
            }
            text.push_str(&format!("{{{hole}}}, "));
        }
        map([("text", scalar(text))])
    }

    /// An enum that travels as a word, or what else a hole takes.
    fn word_enum(&mut self) -> Ty {
        let mut enums = self.world.enums.iter();
        match enums.position(|declared| declared.numbers.is_empty()) {
            Some(at) => Ty::Enum(at),
            None => Ty::Int,
        }
    }
}
