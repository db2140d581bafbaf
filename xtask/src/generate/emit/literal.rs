//! Constants as Rust.

use super::code::{Code, float, int, int_value};
use super::quote::quote;
use super::to_tokens::ToTokens;
use super::tokens::TokenStream;
use super::types::Scope;
use crate::generate::ir::{Field, Literal, Ty};

/// A constant as an owned value of type `ty`; `suffixed` where nothing else says an int's type.
pub(super) fn literal(scope: &mut Scope<'_>, literal: &Literal, ty: &Ty, suffixed: bool) -> Code {
    match (literal, ty) {
        (_, Ty::Optional(inner)) => {
            let inner = self::literal(scope, literal, inner, suffixed);
            Code::postfix(quote!(Some(#inner)))
        }
        (Literal::Int(value), Ty::Time) => {
            let millis = int(*value, false);
            Code::postfix(quote!(Time(#millis)))
        }
        (Literal::Int(value), Ty::Id) => {
            let id = int(*value, false);
            Code::postfix(quote!(Id(#id)))
        }
        #[allow(clippy::cast_precision_loss)] // An int that a designer wrote where a float stands.
        (Literal::Int(value), Ty::Float) => float(*value as f64, suffixed),
        (Literal::Int(value), _) => int_value(*value, suffixed),
        (Literal::Float(value), _) => float(*value, suffixed),
        (Literal::Bool(value), _) => Code::postfix(value.to_token_stream()),
        (Literal::Text(text), Ty::Player) => Code::postfix(quote!(PlayerId::new(#text))),
        (Literal::Text(text), _) if text.is_empty() => Code::postfix(quote!(String::new())),
        (Literal::Text(text), _) => Code::postfix(quote!(#text.to_owned())),
        (Literal::Variant(id, at), _) => Code::postfix(scope.variant(*id, *at)),
        (Literal::EmptyMap, _) => Code::postfix(quote!(BTreeMap::new())),
        (Literal::EmptyList, _) => Code::postfix(quote!(Vec::new())),
    }
}

/// `min = 0` and `max = 10`, as far as the field has them.
pub(super) fn bounds(field: &Field) -> Vec<TokenStream> {
    let bound = |literal: &Literal| match literal {
        Literal::Float(value) => Some(float(*value, false)),
        Literal::Int(value) => Some(int(*value, false)),
        _ => None,
    };
    let min = field
        .min
        .as_ref()
        .and_then(bound)
        .map(|min| quote!(min = #min));
    let max = field
        .max
        .as_ref()
        .and_then(bound)
        .map(|max| quote!(max = #max));
    min.into_iter().chain(max).collect()
}
