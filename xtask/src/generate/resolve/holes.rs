//! Text with holes: what stands in one becomes text.

use crate::generate::ast;
use crate::generate::diagnostic::Code;
use crate::generate::ir::{Builtin, Expr, ExprKind, Literal, Ty};
use crate::generate::source::Span;

use super::body::Body;
use super::expr::constant;
use super::types;

impl<'a> Body<'_, 'a> {
    /// `{ text: "Welcome, {me.name}" }`.
    pub(super) fn holes(&mut self, parts: &'a [ast::Expr], span: Span) -> Option<Expr> {
        let texts: Vec<Option<Expr>> = parts.iter().map(|part| self.hole(part)).collect();
        let mut texts = texts
            .into_iter()
            .collect::<Option<Vec<Expr>>>()?
            .into_iter();
        let first = texts.next()?;
        Some(texts.fold(first, |before, next| Expr {
            ty: Ty::Text,
            kind: ExprKind::Builtin(Builtin::Concat, vec![before, next]),
            span,
        }))
    }

    fn hole(&mut self, part: &'a ast::Expr) -> Option<Expr> {
        if let ast::ExprKind::Text(text) = &part.kind {
            let text = Literal::Text(text.clone());
            return Some(constant(text, Ty::Text, part.span));
        }
        let value = self.infer(part, None)?;
        let help = match &value.ty {
            Ty::Text => return Some(value),
            Ty::Int | Ty::Id | Ty::Float | Ty::Player => return Some(to_text(value)),
            Ty::Enum(id) => {
                let declared = self.names().declared_enum(*id);
                if declared.variants.iter().all(|v| v.number.is_none()) {
                    return Some(to_text(value));
                }
                "it travels as a number: choose the words by `if`".to_owned()
            }
            Ty::Optional(_) => {
                self.say_may_be_absent(&value, "a text");
                return None;
            }
            Ty::Bool => {
                let text = self.text(value.span);
                format!("write `if {text} {{ \"yes\" }} else {{ \"no\" }}`")
            }
            Ty::Time => "how people read a time depends on where they are: send it as a field of its own, in milliseconds".to_owned(),
            _ => "take a part of it that is a text or a number".to_owned(),
        };
        let is = types::describe(self.names(), &value.ty);
        self.diagnostics
            .error(
                Code::WrongType,
                value.span,
                format!("a hole of a text takes a text or a number, and this is {is}"),
                format!("this is {is}"),
            )
            .help(help);
        None
    }
}

fn to_text(value: Expr) -> Expr {
    Expr {
        ty: Ty::Text,
        span: value.span,
        kind: ExprKind::Builtin(Builtin::ToText, vec![value]),
    }
}
