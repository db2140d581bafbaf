//! Steps that go through a list: `for`, and `insert` with `each`.

use crate::generate::ast::{self, Assign};
use crate::generate::diagnostic::Code;
use crate::generate::ir::{self, Expr, LocalId, Ty};
use crate::generate::source::{Name, Span};

use super::body::Body;
use super::types;

impl<'a> Body<'_, 'a> {
    /// `for`.
    pub(super) fn for_each(
        &mut self,
        each: &'a ast::Each,
        condition: Option<&'a ast::Expr>,
        steps: &'a [ast::Step],
        (give, bind): (Option<&'a ast::Expr>, Option<&'a Name>),
        span: Span,
    ) -> Option<ir::StepKind> {
        let (list, types) = self.list_and_item("`for`", &each.list);
        let outside = self.scope.clone();
        let (item, index) = self.bind_items(each, types);
        let filtered = condition.is_some();
        let condition = match condition {
            Some(condition) => self.condition(condition, "`if`").map(Some),
            None => Some(None),
        };
        if let Some(Some(condition)) = &condition {
            self.warn_of_saved(condition);
        }
        let (steps, goes_on) = self.block(steps);
        let given = match give {
            Some(give) => {
                let given = self.infer(give, None);
                Some(given.filter(|given| self.can_be_listed(given)))
            }
            None => None,
        };
        if !goes_on && !self.broken {
            self.say_one_round(filtered, give.map(|give| give.span), span);
        }
        let inside = std::mem::replace(&mut self.scope, outside.clone());
        self.scope = outside.after_loop(inside, span);
        let ty = given
            .as_ref()
            .and_then(|given| Some(Ty::List(Box::new(given.as_ref()?.ty.clone()))));
        let bind = bind.map(|name| self.bind_as(name, ty, None));
        Some(ir::StepKind::For {
            item,
            index,
            list: list?,
            condition: condition?,
            steps,
            give: match given {
                Some(given) => Some((given?, bind?)),
                None => None,
            },
        })
    }

    /// Says that a loop does not go on after a round, where that cannot be meant.
    fn say_one_round(&mut self, filtered: bool, give: Option<Span>, looped: Span) {
        if let Some(give) = give {
            self.diagnostics
                .error(
                    Code::AfterReturn,
                    give,
                    "this is never reached",
                    "after a `return`",
                )
                .label(looped, "every way through its steps ends")
                .help("leave it out");
        } else if !filtered {
            self.diagnostics
                .error(
                    Code::AfterReturn,
                    looped,
                    "this loop has no second round",
                    "every way through its steps ends",
                )
                .help("say by `if` for which item it ends, or take the first one, as in `list[0]`");
        }
    }

    /// Whether a value can be an item of the list that a loop builds.
    fn can_be_listed(&mut self, value: &Expr) -> bool {
        match &value.ty {
            ty if types::is_scalar(ty) => return true,
            Ty::Row(_) | Ty::Reply(_) | Ty::Named(_) => return true,
            ty @ Ty::Record(_) if types::is_plain(ty) => return true,
            Ty::Optional(_) => {
                self.say_may_be_absent(value, "an item of a list");
                return false;
            }
            _ => {}
        }
        let is = types::describe(self.names(), &value.ty);
        self.diagnostics
            .error(
                Code::WrongType,
                value.span,
                format!("a loop gives plain values, records, rows or replies, and this is {is}"),
                "cannot be listed",
            )
            .help("give a part of it");
        false
    }

    /// `insert` with `each`.
    pub(super) fn insert_each(
        &mut self,
        table: &'a Name,
        each: &'a ast::Each,
        set: &'a [Assign],
        (duplicate, data): (&'a ast::Duplicate, Option<&'a ast::Template>),
        bind: Option<&'a Name>,
        span: Span,
    ) -> Option<ir::StepKind> {
        self.effects.writes = true;
        let id = self.names().table(self.id.0, table, self.diagnostics);
        let (list, types) = self.list_and_item("`each`", &each.list);
        let outside = self.scope.clone();
        let (item, index) = self.bind_items(each, types);
        let set = match id {
            Some(id) => self.row_to_insert(id, set, span),
            None => {
                set.iter().for_each(|assign| self.look(&assign.value, None));
                None
            }
        };
        let inside = std::mem::replace(&mut self.scope, outside.clone());
        self.scope = outside.after_loop(inside, span);
        let duplicate = self.duplicate(id, duplicate);
        let data = self.data(data);
        let bind = bind.map(|name| self.bind_as(name, Some(Ty::Int), None));
        Some(ir::StepKind::InsertEach {
            table: id?,
            item,
            index,
            list: list?,
            set: set?,
            duplicate: duplicate?,
            data: data?,
            bind,
        })
    }

    fn bind_items(
        &mut self,
        each: &'a ast::Each,
        types: Option<(Ty, Ty)>,
    ) -> (LocalId, Option<LocalId>) {
        // What a list is not known to be has no known places either.
        let (item_ty, index_ty) = types.unzip();
        let item = self.bind(&each.item, item_ty, None);
        let index = each.index.as_ref();
        let index = index.map(|name| self.bind(name, index_ty, None));
        (item, index)
    }

    /// A list or map that `what` goes through, the type of its items, and that of their indices or
    /// keys.
    pub(super) fn list_and_item(
        &mut self,
        what: &str,
        list: &'a ast::Expr,
    ) -> (Option<Expr>, Option<(Ty, Ty)>) {
        let Some(list) = self.infer(list, None) else {
            return (None, None);
        };
        let item = match &list.ty {
            Ty::List(item) => Some(((**item).clone(), Ty::Int)),
            Ty::Map(key, item) => Some(((**item).clone(), (**key).clone())),
            Ty::Optional(_) => {
                self.any_absent(what, [&list]);
                None
            }
            other => {
                let is = types::describe(self.names(), other);
                self.diagnostics
                    .error(
                        Code::WrongType,
                        list.span,
                        format!("{what} goes through a list, and this is {is}"),
                        "not a list",
                    )
                    .help("`select` binds a list of rows");
                None
            }
        };
        (Some(list), item)
    }
}
