//! The step `draw`.

use crate::generate::ast;
use crate::generate::diagnostic::Code;
use crate::generate::ir::{self, Literal, Ty};

use super::body::Body;
use super::coerce::{Wanted, literal};
use super::types;

impl<'a> Body<'_, 'a> {
    /// A weighted random choice from a list.
    pub(super) fn draw(&mut self, draw: &'a ast::Draw) -> Option<ir::StepKind> {
        let list = self.infer(&draw.list, None);
        let item_ty = match &list {
            Some(list) => self.item_of_draw(list),
            None => None,
        };
        let times = self.limit(draw.times.as_ref(), "`times`", 0);
        let outside = self.scope.clone();
        let item = self.bind(&draw.item, item_ty.clone(), None);
        let wanted = Wanted::new(&Ty::Int, "`weight`");
        let weight = draw.weight.as_ref().map(|w| self.check(w, &wanted));
        self.scope = outside;
        if let Some(Some(weight)) = &weight {
            self.check_weight(weight);
        }
        let drawn = item_ty.map(|ty| match draw.times {
            Some(_) => Ty::List(Box::new(ty)),
            None => ty,
        });
        let known = drawn.is_some();
        let bind = match &draw.bind {
            Some(name) => self.bind_as(name, drawn, None),
            None => self.unnamed(drawn.unwrap_or(Ty::Int)),
        };
        let list = list.filter(|_| known)?;
        Some(ir::StepKind::Draw(Box::new(ir::Draw {
            item,
            list,
            weight: match weight {
                Some(weight) => Some(weight?),
                None => None,
            },
            times: times?,
            distinct: draw.distinct,
            bind,
        })))
    }

    fn item_of_draw(&mut self, list: &ir::Expr) -> Option<Ty> {
        match &list.ty {
            Ty::List(item) => Some((**item).clone()),
            Ty::Optional(_) => {
                self.any_absent("`draw`", [list]);
                None
            }
            other => {
                let is = types::describe(self.names(), other);
                self.diagnostics
                    .error(
                        Code::WrongType,
                        list.span,
                        format!("`draw` chooses from a list, and this is {is}"),
                        "not a list",
                    )
                    .help("`select` binds a list of rows");
                None
            }
        }
    }

    /// A constant weight is the same for every item: it says nothing, or nothing good.
    fn check_weight(&mut self, weight: &ir::Expr) {
        let Some(Literal::Int(value)) = literal(weight) else {
            return;
        };
        if *value <= 0 {
            self.diagnostics
                .error(
                    Code::BadBounds,
                    weight.span,
                    "nothing can be drawn by this weight",
                    "the same for every item, and not above 0",
                )
                .help("leave `weight` out where every item is as likely");
        }
    }
}
