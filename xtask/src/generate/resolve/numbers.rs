//! Values that become others where the declarations say how: the variants of an enum that travels as
//! numbers, and records that are maps.

use crate::generate::ast;
use crate::generate::diagnostic::Code;
use crate::generate::ir::{Builtin, EnumId, Expr, ExprKind, Literal, Ty};

use super::body::Body;
use super::coerce::{coerce, literal};
use super::expr::constant;
use super::types;

impl Body<'_, '_> {
    /// The expression as a value of the type, as [`coerce`] does it; also a variant as its number, an int
    /// as the variant of that number, and a record of this function's as a map.
    pub(super) fn fit(&self, expr: Expr, want: &Ty) -> Result<Expr, Expr> {
        let expr = match coerce(expr, want) {
            Ok(fitting) => return Ok(fitting),
            Err(expr) => expr,
        };
        match (&expr.ty, want) {
            (_, Ty::Optional(inner)) if !matches!(expr.ty, Ty::Optional(_)) => {
                let span = expr.span;
                let value = self.fit(expr, inner)?;
                Ok(Expr {
                    ty: want.clone(),
                    kind: ExprKind::ToOptional(Box::new(value)),
                    span,
                })
            }
            (Ty::Enum(id), Ty::Int) if self.has_numbers(*id) => Ok(self.number(expr)),
            (Ty::Int, Ty::Enum(id)) if self.has_numbers(*id) => self.variant_of(expr, *id),
            (Ty::Record(fields), Ty::Map(key, value)) => {
                let is_key = |name: &str| match &**key {
                    Ty::Text => true,
                    Ty::Enum(id) => self.names().variant(*id, name).is_some(),
                    _ => false,
                };
                let fits = |(name, ty): &(String, Ty)| is_key(name) && *ty == **value;
                if fields.iter().all(fits) {
                    Ok(builtin(Builtin::ToMap, expr, want.clone()))
                } else {
                    Err(expr)
                }
            }
            _ => Err(expr),
        }
    }

    /// A part of a list or map as the type `hint` where it fits, else as it was.
    pub(super) fn hinted(&self, part: Expr, hint: Option<&Ty>) -> Expr {
        match hint {
            Some(hint) => self.fit(part, hint).unwrap_or_else(|part| part),
            None => part,
        }
    }

    /// An int and a variant that travels as one, both as ints; as they were where they are none.
    pub(super) fn both_numbers(&self, a: Expr, b: Expr) -> Result<(Expr, Expr), Box<(Expr, Expr)>> {
        match (&a.ty, &b.ty) {
            (Ty::Enum(id), Ty::Int) if self.has_numbers(*id) => Ok((self.number(a), b)),
            (Ty::Int, Ty::Enum(id)) if self.has_numbers(*id) => {
                let b = self.number(b);
                Ok((a, b))
            }
            _ => Err(Box::new((a, b))),
        }
    }

    /// Says of a constant int that no variant has it; whether that was so.
    pub(super) fn say_no_variant(&mut self, expr: &Expr, want: &Ty) -> bool {
        let (Ty::Enum(id), Some(Literal::Int(number))) = (types::present(want), literal(expr))
        else {
            return false;
        };
        if !self.has_numbers(*id) {
            return false;
        }
        let declared = self.names().declared_enum(*id);
        let known: Vec<String> = declared
            .variants
            .iter()
            .filter_map(|v| {
                Some(format!(
                    "`{}` is {}",
                    v.name.value,
                    v.number.as_ref()?.value
                ))
            })
            .take(5)
            .collect();
        self.diagnostics
            .error(
                Code::UnknownVariant,
                expr.span,
                format!(
                    "`{}` has no variant of the number {number}",
                    declared.name.value
                ),
                "not a number of it",
            )
            .label(declared.name.span, "the enum")
            .help(known.join(", "));
        true
    }

    fn has_numbers(&self, id: EnumId) -> bool {
        let variants = &self.names().declared_enum(id).variants;
        !variants.is_empty() && variants.iter().all(|v| v.number.is_some())
    }

    fn number(&self, variant: Expr) -> Expr {
        if let ExprKind::Literal(Literal::Variant(id, at)) = variant.kind
            && let Some(number) = &self.names().declared_enum(id).variants[at].number
        {
            return constant(Literal::Int(number.value), Ty::Int, variant.span);
        }
        builtin(Builtin::ToNumber, variant, Ty::Int)
    }

    fn variant_of(&self, number: Expr, id: EnumId) -> Result<Expr, Expr> {
        let Some(Literal::Int(wanted)) = literal(&number) else {
            return Ok(builtin(Builtin::ToVariant, number, Ty::Enum(id)));
        };
        let mut variants = self.names().declared_enum(id).variants.iter();
        let is_it = |v: &ast::Variant| {
            v.number
                .as_ref()
                .is_some_and(|number| number.value == *wanted)
        };
        match variants.position(is_it) {
            Some(at) => Ok(constant(
                Literal::Variant(id, at),
                Ty::Enum(id),
                number.span,
            )),
            None => Err(number),
        }
    }
}

fn builtin(builtin: Builtin, of: Expr, ty: Ty) -> Expr {
    Expr {
        ty,
        span: of.span,
        kind: ExprKind::Builtin(builtin, vec![of]),
    }
}
