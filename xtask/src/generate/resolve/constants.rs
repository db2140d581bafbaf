//! Constants in declarations: bounds and defaults of columns and args.

use crate::generate::ast::{self, BinaryOp, Expr, ExprKind, Number, UnaryOp};
use crate::generate::diagnostic::{Code, Diagnostics, did_you_mean};
use crate::generate::ir::{Literal, Ty};
use crate::generate::source::Sources;

use super::dates;
use super::declare::Declared;
use super::fields::{Field, Kind, more};
use super::types;

/// `min` or `max` as a value of the type, or a length.
pub(super) fn bound(
    names: &Declared,
    (field, kind): (&ast::Field, Kind),
    ty: &Ty,
    number: &Number,
    diagnostics: &mut Diagnostics,
) -> Option<Literal> {
    let literal = match ty {
        Ty::Int => number.text.parse().ok().map(Literal::Int),
        Ty::Float => {
            let value: Option<f64> = number.text.parse().ok();
            value.filter(|value| value.is_finite()).map(Literal::Float)
        }
        Ty::List(_) | Ty::Map(..) if kind == Kind::Arg => {
            let items: Option<u32> = number.text.parse().ok();
            items.map(|items| Literal::Int(i64::from(items)))
        }
        Ty::Text => {
            let length: Option<u32> = number.text.parse().ok();
            length.map(|length| Literal::Int(i64::from(length)))
        }
        _ => {
            diagnostics
                .error(
                    Code::BadBounds,
                    number.span,
                    format!(
                        "`{}` is {}, which has no bounds",
                        field.name.value,
                        types::describe(names, ty)
                    ),
                    "a bound belongs to an int, a float or a text, and to an arg that is a list or a map",
                )
                .help("leave it out");
            return None;
        }
    };
    if literal.is_none() {
        let wanted = match ty {
            Ty::Text => "a length in characters, from 0",
            Ty::List(_) => "a number of items, from 0",
            Ty::Map(..) => "a number of entries, from 0",
            Ty::Float => "a number",
            _ => "an integer",
        };
        diagnostics
            .error(
                Code::BadBounds,
                number.span,
                format!("a bound of `{}` is {wanted}", field.name.value),
                "cannot be this bound",
            )
            .help(format!("write {wanted}"));
    }
    literal
}

/// Bounds between which there is nothing are said, and hold nowhere else.
pub(super) fn check_bounds(field: &mut Field, diagnostics: &mut Diagnostics) {
    let (Some(min), Some(max)) = (&field.min, &field.max) else {
        return;
    };
    if more(min, max) {
        let ast = field.ast;
        if let (Some(low), Some(high)) = (&ast.min, &ast.max) {
            diagnostics
                .error(
                    Code::BadBounds,
                    high.span,
                    format!("no `{}` is within its bounds", field.name()),
                    format!("less than `min`, {}", low.text),
                )
                .label(low.span, "more than `max`")
                .help("`min` is at most `max`");
        }
        (field.min, field.max) = (None, None);
    }
}

/// A default as a value of the field's type, within its bounds; what is none is said.
pub(super) fn default_value(
    names: &Declared,
    sources: &Sources,
    field: &Field,
    ty: &Ty,
    default: &Expr,
    diagnostics: &mut Diagnostics,
) -> Option<Literal> {
    if matches!(default.kind, ExprKind::Error) {
        return None;
    }
    if let (Ty::Time, ExprKind::Call(name, args)) = (ty, &default.kind)
        && name.value == dates::NAME
    {
        let time = dates::constant_of(names, args, default.span, diagnostics)?;
        return Some(Literal::Int(time));
    }
    let Some(value) = constant(names, ty, default) else {
        let enum_name = match (ty, &default.kind) {
            (Ty::Enum(id), ExprKind::Name(word)) => Some((names.declared_enum(*id), word)),
            _ => None,
        };
        if let Some((declared, word)) = enum_name {
            let variants = declared.variants.iter().map(|v| v.name.value.as_str());
            diagnostics
                .error(
                    Code::UnknownVariant,
                    default.span,
                    format!("`{}` has no variant `{word}`", declared.name.value),
                    "not a variant",
                )
                .label(declared.name.span, "the enum")
                .maybe_help(did_you_mean(word, variants));
        } else {
            diagnostics
                .error(
                    Code::WrongType,
                    default.span,
                    format!(
                        "the default of `{}` wants {}, and `{}` is no constant of that type",
                        field.name(),
                        types::describe(names, ty),
                        sources.text(default.span)
                    ),
                    format!("not {}", types::describe(names, ty)),
                )
                .label(field.ast.ty.span, "the type")
                .help(match ty {
                    Ty::Time => format!("a day is written {}", dates::FORM),
                    _ => "a default is a constant, such as `0`, `\"text\"`, `true` or `days(1)`"
                        .to_owned(),
                });
        }
        return None;
    };
    if let Some(how) = field.passes_bounds(&value) {
        diagnostics
            .error(
                Code::BadBounds,
                default.span,
                format!("the default is {how}"),
                "outside the bounds",
            )
            .help("change the default or the bound");
        return None;
    }
    Some(value)
}

/// The expression as a constant of the type, where it is one.
fn constant(names: &Declared, ty: &Ty, expr: &Expr) -> Option<Literal> {
    match (ty, &expr.kind) {
        (Ty::Int | Ty::Time, _) => constant_int(expr).map(Literal::Int),
        (Ty::Float, ExprKind::Float(value)) => Some(Literal::Float(*value)),
        (Ty::Float, ExprKind::Unary(UnaryOp::Neg, inner)) => match constant(names, ty, inner)? {
            Literal::Float(value) => Some(Literal::Float(-value)),
            _ => None,
        },
        // The nearest float is what an int becomes anywhere else, too.
        (Ty::Float, _) => constant_int(expr).map(|value| Literal::Float(value as f64)),
        (Ty::Bool, ExprKind::Bool(value)) => Some(Literal::Bool(*value)),
        (Ty::Text | Ty::Player, ExprKind::Text(value)) => Some(Literal::Text(value.clone())),
        (Ty::List(_), ExprKind::List(items)) if items.is_empty() => Some(Literal::EmptyList),
        (Ty::Map(..), ExprKind::Record(fields)) if fields.is_empty() => Some(Literal::EmptyMap),
        (Ty::Enum(id), ExprKind::Name(name)) => {
            Some(Literal::Variant(*id, names.variant(*id, name)?))
        }
        (Ty::Enum(id), ExprKind::Field(base, name)) => match &base.kind {
            ExprKind::Name(of) if names.enum_id(of) == Some(*id) => {
                Some(Literal::Variant(*id, names.variant(*id, &name.value)?))
            }
            _ => None,
        },
        _ => None,
    }
}

/// The value of an int expression that names nothing; `None` also where it overflows.
fn constant_int(expr: &Expr) -> Option<i64> {
    match &expr.kind {
        ExprKind::Int(value) => Some(*value),
        ExprKind::Unary(UnaryOp::Neg, inner) => constant_int(inner)?.checked_neg(),
        ExprKind::Binary(left, op, right) => {
            let (left, right) = (constant_int(left)?, constant_int(right)?);
            match op.value {
                BinaryOp::Add => left.checked_add(right),
                BinaryOp::Sub => left.checked_sub(right),
                BinaryOp::Mul => left.checked_mul(right),
                _ => None,
            }
        }
        ExprKind::Call(name, args) => {
            let unit_ms: i64 = match name.value.as_str() {
                "seconds" => 1_000,
                "minutes" => 60_000,
                "hours" => 3_600_000,
                "days" => 86_400_000,
                _ => return None,
            };
            let [count] = args.as_slice() else {
                return None;
            };
            constant_int(count)?.checked_mul(unit_ms)
        }
        _ => None,
    }
}
