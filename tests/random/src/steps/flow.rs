//! Steps that bind, ask and branch: `let`, `require`, `allow`, `if`, `for`.

use crate::body::{Body, Bound};
use crate::expr::DEPTH;
use crate::model::Ty;
use crate::reply::Plan;
use crate::yaml::{Node, map, scalar};

impl Body<'_> {
    pub(super) fn let_(&mut self) -> Node {
        let mut values = map::<&str>([]);
        for _ in 0..self.c.between(1, 2) {
            let (name, ty) = (self.name(), self.exact_type());
            let value = match ty {
                Ty::Text if self.c.chance(30) => self.template(),
                _ => scalar(self.expr(&ty, DEPTH)),
            };
            values.push(&name, value);
            self.bind(&name, Bound::Value(ty));
        }
        map([("let", values)])
    }

    pub(super) fn require(&mut self) -> Option<Node> {
        if !self.may_fail {
            return None;
        }
        let condition = self.expr(&Ty::Bool, DEPTH);
        let mut node = map([
            ("require", scalar(condition)),
            ("else", scalar(self.error())),
        ]);
        self.push_data(&mut node);
        Some(node)
    }

    pub(super) fn allow(&mut self) -> Option<Node> {
        if !self.may_fail || !self.may_write {
            return None;
        }
        let again = self.world.allowances.clone();
        let (name, per, by) = if self.c.chance(40) && !again.is_empty() {
            self.c.pick(&again).clone()
        } else {
            let name = self.name();
            // Another function's local may not be called like it: nobody could tell them apart.
            self.world.names.take(&name);
            let per = *self.c.pick(&["day", "hour", "week", "month", "15m", "90s"]);
            let by = match self.c.below(3) {
                0 => None,
                1 => Some(Vec::new()),
                _ => Some(vec![self.c.pick(&[Ty::Int, Ty::Text, Ty::Player]).clone()]),
            };
            (name, per.to_owned(), by)
        };
        if by.is_none() && !self.has_caller {
            return None;
        }
        let max = self.c.pick(&["3", "1", "100"]).to_string();
        let mut node = map([
            ("allow", scalar(&name)),
            ("max", scalar(max)),
            ("per", scalar(&per)),
        ]);
        match &by {
            None => self.does.asks_caller = true,
            Some(types) => {
                let values = types.iter().map(|ty| scalar(self.wanted_type(ty, 1)));
                let values = Node::List(values.collect());
                node.push("by", values);
            }
        }
        if self.c.chance(30) {
            node.push(
                "uses",
                scalar(format!("clamp({}, 0, 3)", self.expr(&Ty::Int, 1))),
            );
        }
        node.push("else", scalar(self.error()));
        self.push_data(&mut node);
        if !again.iter().any(|(it, ..)| *it == name) {
            self.world.allowances.push((name, per, by));
        }
        self.does.writes = true;
        self.keeps = true;
        if self.c.chance(50) {
            let name = self.name();
            node.push("as", scalar(&name));
            self.bind(&name, Bound::Value(Ty::Int));
        }
        Some(node)
    }

    pub(super) fn if_(&mut self, depth: usize, plan: &mut Plan) -> Node {
        let condition = self.expr(&Ty::Bool, DEPTH);
        let mut node = map([("if", scalar(condition))]);
        let before = self.phase;
        let both = self.c.chance(40).then(|| (self.name(), self.exact_type()));
        let (mut then, ends) = self.branch(depth, plan, true);
        let after_then = std::mem::replace(&mut self.phase, before);
        let (mut other, _) = match both.is_some() || self.c.chance(40) {
            true => self.branch(depth, plan, false),
            false => (Vec::new(), false),
        };
        self.phase = self.phase.max(after_then);
        if let Some((name, ty)) = both {
            // Before all else: what the branches bind is not known to it.
            if !ends {
                let value = self.expr(&ty, 2);
                then.push(map([("let", map([(name.as_str(), scalar(value))]))]));
            }
            let value = self.expr(&ty, 2);
            other.push(map([("let", map([(name.as_str(), scalar(value))]))]));
            self.bind(&name, Bound::Value(ty));
        }
        if then.is_empty() {
            then.push(self.inner_let());
        }
        node.push("then", Node::List(then));
        if !other.is_empty() {
            node.push("else", Node::List(other));
        }
        node
    }

    /// The steps of one way, and whether it ends the function.
    fn branch(&mut self, depth: usize, plan: &mut Plan, may_end: bool) -> (Vec<Node>, bool) {
        let from = self.bound.len();
        let mut steps = self.steps(3, depth, plan);
        let ends = may_end && self.c.chance(25);
        if ends {
            steps.push(self.early(plan));
        }
        self.bound.truncate(from);
        (steps, ends)
    }

    /// A `let` in a way or round, whose name ends with it.
    fn inner_let(&mut self) -> Node {
        let from = self.bound.len();
        let node = self.let_();
        self.bound.truncate(from);
        node
    }

    pub(super) fn for_(&mut self, depth: usize, plan: &mut Plan) -> Option<Node> {
        let (from, saves_from) = (self.bound.len(), self.saves_from);
        let source = self.source();
        let mut node = map([("for", scalar(source))]);
        if self.c.chance(30) {
            node.push("if", scalar(self.expr(&Ty::Bool, 2)));
        }
        self.saves_from = from;
        let outer = self.loop_from;
        self.loop_from = outer.or(Some(self.phase));
        let steps = self.steps(3, depth, plan);
        self.loop_from = outer;
        let gives = steps.is_empty() || self.c.chance(40);
        if !steps.is_empty() {
            node.push("do", Node::List(steps));
        }
        let mut given = None;
        if gives {
            let ty = self.exact_type();
            node.push("give", scalar(self.expr(&ty, 2)));
            given = Some(ty);
        }
        self.bound.truncate(from);
        self.saves_from = saves_from;
        if let Some(ty) = given {
            let name = self.name();
            node.push("as", scalar(&name));
            self.bind(&name, Bound::Value(ty.list()));
        }
        Some(node)
    }
}
