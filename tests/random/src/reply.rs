//! What functions reply, and what stands beside their errors.

use crate::body::{Body, Bound};
use crate::expr::DEPTH;
use crate::model::{Field, Ty};
use crate::names::Names;
use crate::yaml::{Node, map, scalar};

/// The fields that returns have in common.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    scope: Names,
    fields: Vec<Field>,
    /// Names that some return has.
    given: Vec<String>,
}

impl Body<'_> {
    /// The fields that every return may have; the types can be given from the first step on.
    pub fn plan(&mut self) -> Plan {
        let mut plan = Plan::default();
        if !self.replies {
            return plan;
        }
        if self.is_undone {
            for arg in &self.args {
                plan.scope.take(&arg.name);
            }
        }
        for _ in 0..self.c.below(4) {
            let name = self.world.part(self.c, &mut plan.scope);
            let ty = self.exact_type();
            plan.fields.push(Field::plain(name, ty));
        }
        plan
    }

    /// A return above the last one, which may lack some of the fields.
    pub fn early(&mut self, plan: &mut Plan) -> Node {
        let mut reply = map::<&str>([]);
        for at in 0..plan.fields.len() {
            if self.c.chance(30) {
                plan.fields[at].optional = true;
                continue;
            }
            let Field { name, ty, .. } = plan.fields[at].clone();
            let value = self.reply_value(&ty);
            plan.given.push(name.clone());
            reply.push(name, value);
        }
        self.ending(reply)
    }

    /// The end of the steps: a return, or two.
    pub fn last(&mut self, steps: &mut Vec<Node>, mut plan: Plan) -> Vec<Field> {
        if self.c.chance(15) {
            let condition = self.expr(&Ty::Bool, DEPTH);
            let (then, other) = (self.early(&mut plan), self.early(&mut plan));
            steps.push(map([
                ("if", scalar(condition)),
                ("then", Node::List(vec![then])),
                ("else", Node::List(vec![other])),
            ]));
            let given = plan.given;
            plan.fields.retain(|field| given.contains(&field.name));
            return plan.fields;
        }
        let mut reply = map::<&str>([]);
        for field in &plan.fields {
            let value = self.reply_value(&field.ty);
            reply.push(&field.name, value);
        }
        let more = match self.replies {
            true => self.c.below(4),
            false => 0,
        };
        let mut fields = plan.fields;
        for _ in 0..more {
            let name = self.world.part(self.c, &mut plan.scope);
            let mut absent = self.reads();
            absent.retain(|read| read.absent);
            if self.c.chance(30) && !absent.is_empty() {
                let read = self.c.pick(&absent).clone();
                reply.push(&name, scalar(read.text));
                let mut field = Field::plain(name, read.ty);
                field.optional = true;
                fields.push(field);
                continue;
            }
            let value = match self.c.chance(15) {
                true => self.whole_value(),
                false => self.shown(2),
            };
            reply.push(&name, value);
        }
        let end = self.ending(reply);
        steps.push(end);
        fields
    }

    fn ending(&mut self, reply: Node) -> Node {
        let mut node = map([("return", reply)]);
        if self.c.chance(25) && self.replies {
            node.push("outcome", scalar(self.outcome()));
        }
        node
    }

    fn reply_value(&mut self, ty: &Ty) -> Node {
        match ty {
            Ty::Text if self.c.chance(30) => self.template(),
            _ => scalar(self.expr(ty, DEPTH)),
        }
    }

    /// A value of any form that a reply has, mappings and lists and loops among them.
    pub fn shown(&mut self, depth: usize) -> Node {
        match self.c.below(6) {
            1 if depth > 0 => {
                let items = 0..self.c.between(1, 3);
                Node::List(items.map(|_| self.shown(depth - 1)).collect())
            }
            2 if depth > 0 => {
                let (mut scope, mut node) = (Names::default(), map::<&str>([]));
                // `{ text: ... }` is a text with holes.
                scope.take("text");
                for _ in 0..self.c.between(1, 3) {
                    let name = scope.fresh(self.c);
                    node.push(name, self.shown(depth - 1));
                }
                node
            }
            3 | 4 if depth > 0 => self.each(depth),
            _ => {
                let ty = self.exact_type();
                self.reply_value(&ty)
            }
        }
    }

    /// A row or reply as it is.
    fn whole_value(&mut self) -> Node {
        let whole = self
            .bound
            .iter()
            .filter(|(_, bound)| matches!(bound, Bound::Reply { .. } | Bound::Maybe(_)));
        let whole: Vec<String> = whole.map(|(name, _)| name.clone()).collect();
        match whole.is_empty() {
            true => scalar(self.expr(&Ty::Int, 1)),
            false => scalar(self.c.pick(&whole)),
        }
    }

    /// `each` through a list or map.
    fn each(&mut self, depth: usize) -> Node {
        let from = self.bound.len();
        let source = self.source();
        let mut node = map([("each", scalar(source))]);
        if self.c.chance(30) {
            node.push("if", scalar(self.expr(&Ty::Bool, 2)));
        }
        if self.c.chance(20) {
            let mut key = self.world.key_type(self.c);
            if !self.can(&key) {
                key = Ty::Int;
            }
            node.push("key", scalar(self.expr(&key, 1)));
        }
        node.push("give", self.shown(depth - 1));
        self.bound.truncate(from);
        node
    }

    /// What stands in `data` beside an error, or nothing.
    pub fn push_data(&mut self, node: &mut Node) {
        if !self.c.chance(25) {
            return;
        }
        let (mut scope, mut data) = (Names::default(), map::<&str>([]));
        for _ in 0..self.c.between(1, 2) {
            let name = scope.fresh(self.c);
            data.push(name, self.shown(1));
        }
        node.push("data", data);
    }
}
