//! The keys of an attribute, such as `min = 0, writes`: read, checked, reported.

use proc_macro2::{Ident, Span, TokenStream};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Attribute, Error, Expr, Lit, LitStr, Token};

use super::bounds::Number;

/// The keys of one attribute that nobody has taken yet.
pub(super) struct Keys {
    span: Span,
    pairs: Vec<Pair>,
}

struct Pair {
    key: Ident,
    value: Option<Expr>,
}

impl Parse for Pair {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let key = input.call(Ident::parse_any)?;
        let equals: Option<Token![=]> = input.parse()?;
        let value = equals.map(|_| input.parse()).transpose()?;
        Ok(Self { key, value })
    }
}

impl Keys {
    /// Those of `#[attribute(...)]` among `attrs`, none where it is not there.
    pub(super) fn of(
        attribute: &str,
        known: &[&str],
        attrs: &[Attribute],
        errors: &mut Vec<Error>,
    ) -> Self {
        let mut found = attrs.iter().filter(|a| a.path().is_ident(attribute));
        let Some(first) = found.next() else {
            return Self::none(Span::call_site());
        };
        for again in found {
            let what = format!("`#[{attribute}]` is here a second time");
            errors.push(Error::new_spanned(again, what));
        }
        let span = span_of(first);
        match &first.meta {
            syn::Meta::Path(_) => Self::none(span),
            syn::Meta::List(list) => Self::parse(list.tokens.clone(), span, known, errors),
            syn::Meta::NameValue(_) => {
                let what =
                    format!("`{attribute}` takes keys in parentheses: `#[{attribute}(...)]`");
                errors.push(Error::new_spanned(first, what));
                Self::none(span)
            }
        }
    }

    /// Those of `key = value, key` as it stands between the parentheses.
    pub(super) fn parse(
        tokens: TokenStream,
        span: Span,
        known: &[&str],
        errors: &mut Vec<Error>,
    ) -> Self {
        let mut keys = Self::none(span);
        let pairs = match Punctuated::<Pair, Token![,]>::parse_terminated.parse2(tokens) {
            Ok(pairs) => pairs,
            Err(error) => {
                errors.push(error);
                return keys;
            }
        };
        for pair in pairs {
            let key = pair.key.to_string();
            if !known.contains(&key.as_str()) {
                let what = format!("unknown key `{key}`{}", hint(&key, known));
                errors.push(Error::new(pair.key.span(), what));
            } else if keys.pairs.iter().any(|earlier| earlier.key == pair.key) {
                let what = format!("`{key}` is here a second time");
                errors.push(Error::new(pair.key.span(), what));
            } else {
                keys.pairs.push(pair);
            }
        }
        keys
    }

    fn none(span: Span) -> Self {
        let pairs = Vec::new();
        Self { span, pairs }
    }

    /// Where the attribute is, for what is wrong with it as a whole.
    pub(super) fn span(&self) -> Span {
        self.span
    }

    /// The value of `key`, `None` where the key is not there.
    pub(super) fn expr(&mut self, key: &str, errors: &mut Vec<Error>) -> Option<Expr> {
        let pair = self.take(key)?;
        if pair.value.is_none() {
            let what = format!("`{key}` needs a value: `{key} = ...`");
            errors.push(Error::new(pair.key.span(), what));
        }
        pair.value
    }

    /// Whether `key`, which has no value, is there.
    pub(super) fn flag(&mut self, key: &str, errors: &mut Vec<Error>) -> bool {
        let Some(pair) = self.take(key) else {
            return false;
        };
        if let Some(value) = pair.value {
            let what = format!("`{key}` takes no value: leave the key out where it does not hold");
            errors.push(Error::new_spanned(value, what));
        }
        true
    }

    /// The string under `key`.
    pub(super) fn text(&mut self, key: &str, errors: &mut Vec<Error>) -> Option<LitStr> {
        let value = self.expr(key, errors)?;
        text(&value).or_else(|| wrong(key, "a string", &value, errors))
    }

    /// The number under `key`.
    pub(super) fn number(&mut self, key: &str, errors: &mut Vec<Error>) -> Option<Number> {
        let value = self.expr(key, errors)?;
        Number::of(&value)
            .or_else(|| wrong(key, "a literal number of at most 64 bits", &value, errors))
    }

    /// The path under `key`.
    pub(super) fn path(&mut self, key: &str, errors: &mut Vec<Error>) -> Option<syn::Path> {
        let value = self.expr(key, errors)?;
        path(&value).or_else(|| wrong(key, "a path", &value, errors))
    }

    /// The list under `key`, none where it is not there; `what` names its items.
    pub(super) fn list<T>(
        &mut self,
        key: &str,
        what: &str,
        item: impl Fn(&Expr) -> Option<T>,
        errors: &mut Vec<Error>,
    ) -> Vec<T> {
        let what = format!("a list of {what}");
        match self.expr(key, errors) {
            None => Vec::new(),
            Some(Expr::Array(list)) => {
                let mut of = |each| item(each).or_else(|| wrong(key, &what, each, errors));
                list.elems.iter().filter_map(&mut of).collect()
            }
            Some(other) => wrong(key, &what, &other, errors).unwrap_or_default(),
        }
    }

    fn take(&mut self, key: &str) -> Option<Pair> {
        let at = self.pairs.iter().position(|pair| pair.key == key)?;
        Some(self.pairs.remove(at))
    }
}

/// `value` as a path.
pub(super) fn path(value: &Expr) -> Option<syn::Path> {
    match value {
        Expr::Path(path) if path.qself.is_none() => Some(path.path.clone()),
        _ => None,
    }
}

/// `value` as a string literal.
pub(super) fn text(value: &Expr) -> Option<LitStr> {
    match value {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Str(text) => Some(text.clone()),
            _ => None,
        },
        _ => None,
    }
}

/// `: did you mean ...?`, or the names to choose from where none is near.
pub(super) fn hint(found: &str, known: &[&str]) -> String {
    let distance = |name: &&&str| strsim::osa_distance(found, name);
    match known.iter().min_by_key(distance) {
        Some(near) if distance(&near) <= 1 + found.len() / 4 => format!(": did you mean `{near}`?"),
        _ => {
            let known: Vec<_> = known.iter().map(|name| format!("`{name}`")).collect();
            format!(": there is {}", known.join(", "))
        }
    }
}

fn wrong<T>(key: &str, what: &str, value: &impl ToTokens, errors: &mut Vec<Error>) -> Option<T> {
    errors.push(Error::new_spanned(value, format!("`{key}` must be {what}")));
    None
}

fn span_of(attribute: &Attribute) -> Span {
    let last = attribute.path().segments.last();
    last.map_or_else(Span::call_site, |segment| segment.ident.span())
}
