//! `min` and `max` of a field.

use std::fmt;

use proc_macro2::{Literal, Span, TokenStream};
use quote::quote;
use syn::spanned::Spanned;
use syn::{Error, Expr, GenericArgument, Lit, PathArguments, Type, UnOp};

use super::keys::Keys;

/// A number as it stands in an attribute.
#[derive(Clone, Copy)]
pub(super) struct Number {
    span: Span,
    amount: Amount,
}

#[derive(Clone, Copy)]
enum Amount {
    Int(i64),
    Float(f64),
}

impl Number {
    /// `value` as a literal with an optional minus; `None` where it is something else or does not
    /// fit 64 bits.
    pub(super) fn of(value: &Expr) -> Option<Self> {
        let (negative, literal) = match value {
            Expr::Unary(unary) if matches!(unary.op, UnOp::Neg(_)) => (true, &*unary.expr),
            other => (false, other),
        };
        let Expr::Lit(literal) = literal else {
            return None;
        };
        let amount = match &literal.lit {
            Lit::Int(int) if int.suffix().is_empty() => {
                let size: i128 = int.base10_parse().ok()?;
                let signed = if negative { -size } else { size };
                Amount::Int(i64::try_from(signed).ok()?)
            }
            Lit::Float(float) if float.suffix().is_empty() => {
                let size: f64 = float.base10_parse().ok()?;
                Amount::Float(if negative { -size } else { size })
            }
            _ => return None,
        };
        let span = value.span();
        Some(Self { span, amount })
    }

    /// The number where it is an integer.
    pub(super) fn int(self) -> Option<i64> {
        match self.amount {
            Amount::Int(int) => Some(int),
            Amount::Float(_) => None,
        }
    }

    /// Where it stands.
    pub(super) fn span(self) -> Span {
        self.span
    }

    fn float(self) -> f64 {
        match self.amount {
            // A bound is a number that a person wrote: far below 2^53, where this would round.
            Amount::Int(int) => int as f64,
            Amount::Float(float) => float,
        }
    }

    /// The number as Rust writes it.
    pub(super) fn tokens(self) -> TokenStream {
        let (negative, mut literal) = match self.amount {
            Amount::Int(int) => (int < 0, Literal::u64_unsuffixed(int.unsigned_abs())),
            Amount::Float(float) => (float < 0.0, Literal::f64_unsuffixed(float.abs())),
        };
        literal.set_span(self.span);
        if negative {
            quote!(-#literal)
        } else {
            quote!(#literal)
        }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.amount {
            Amount::Int(int) => int.fmt(f),
            Amount::Float(float) => float.fmt(f),
        }
    }
}

/// A bound that a field has.
pub(super) struct Bound {
    /// `min` or `max`.
    pub(super) key: &'static str,
    /// The bound, a float where the field is one.
    pub(super) number: Number,
}

/// Takes `min` and `max` of a field of type `ty`.
pub(super) fn take(keys: &mut Keys, ty: &Type, errors: &mut Vec<Error>) -> Vec<Bound> {
    let mut bound = |key| {
        let number = typed(keys.number(key, errors)?, key, ty, errors)?;
        Some(Bound { key, number })
    };
    let bounds: Vec<_> = [bound("min"), bound("max")].into_iter().flatten().collect();
    if let [min, max] = bounds.as_slice() {
        let empty = match (min.number.amount, max.number.amount) {
            (Amount::Int(min), Amount::Int(max)) => min > max,
            _ => min.number.float() > max.number.float(),
        };
        if empty {
            errors.push(Error::new(max.number.span, "`max` is below `min`"));
        }
    }
    bounds
}

/// `number` with the type that the runtime's bounds have for a field of type `ty`.
fn typed(number: Number, key: &str, ty: &Type, errors: &mut Vec<Error>) -> Option<Number> {
    let amount = match number.amount {
        _ if is_float(ty) => Amount::Float(number.float()),
        Amount::Int(int) => Amount::Int(int),
        Amount::Float(_) => {
            let what = format!("`{key}` must be an integer: only an `f64` has fractions");
            errors.push(Error::new(number.span, what));
            return None;
        }
    };
    Some(Number { amount, ..number })
}

/// The type inside an `Option`, `None` for another type.
pub(super) fn optional(ty: &Type) -> Option<&Type> {
    let Type::Path(path) = ty else {
        return None;
    };
    let last = path.path.segments.last()?;
    match &last.arguments {
        PathArguments::AngleBracketed(generics) if last.ident == "Option" => {
            generics.args.iter().find_map(|generic| match generic {
                GenericArgument::Type(inner) => Some(inner),
                _ => None,
            })
        }
        _ => None,
    }
}

/// Whether it is the number itself that is bounded, rather than a length.
pub(super) fn is_number(ty: &Type) -> bool {
    is_float(ty) || is(ty, "i64")
}

fn is_float(ty: &Type) -> bool {
    is(ty, "f64")
}

/// Whether it is the type of that name, or an optional one.
fn is(ty: &Type, name: &str) -> bool {
    match optional(ty).unwrap_or(ty) {
        Type::Path(path) => path.path.is_ident(name),
        _ => false,
    }
}
