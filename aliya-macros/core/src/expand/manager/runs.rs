//! `runs = ...` of a function: when the server runs it by itself.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::{Error, Expr};

use crate::expand::bounds::Number;

/// The variants of `aliya_runtime::time_zone::Span`.
const SPANS: [&str; 4] = ["Hour", "Day", "Week", "Month"];

const WANTED: &str = "`runs` must be `PlayerCreated`, `After`, `Every(Hour)` (or `Day`, `Week`, \
                      `Month`) or `Every(MILLISECONDS)`";

/// `PlayerCreated`, `After`, `Every(Day)` or `Every(90_000)` as a value of the runtime's `Runs`.
pub(super) fn of(value: &Expr, errors: &mut Vec<Error>) -> Option<TokenStream> {
    let found = match value {
        Expr::Path(_) => plain(value),
        Expr::Call(call) => match (ident(&call.func), call.args.first()) {
            (Some(name), Some(window)) if name == "Every" && call.args.len() == 1 => every(window),
            _ => None,
        },
        _ => None,
    };
    if found.is_none() {
        errors.push(Error::new_spanned(value, WANTED));
    }
    found
}

fn plain(value: &Expr) -> Option<TokenStream> {
    let name = ident(value).filter(|name| *name == "PlayerCreated" || *name == "After")?;
    Some(quote!(::aliya_runtime::runs::Runs::#name))
}

fn every(window: &Expr) -> Option<TokenStream> {
    let per = match ident(window) {
        Some(span) if SPANS.contains(&span.to_string().as_str()) => {
            quote!(Calendar(::aliya_runtime::time_zone::Span::#span))
        }
        Some(_) => return None,
        None => {
            let ms = Number::of(window)?;
            ms.int().filter(|ms| *ms > 0)?;
            let ms = ms.tokens();
            quote!(Ms(#ms))
        }
    };
    Some(quote!(::aliya_runtime::runs::Runs::Every(::aliya_runtime::time_zone::Per::#per)))
}

fn ident(value: &Expr) -> Option<&Ident> {
    match value {
        Expr::Path(path) => path.path.get_ident(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> Result<String, usize> {
        let mut errors = Vec::new();
        let found = of(&syn::parse_str(text).unwrap(), &mut errors);
        let found = found.map(|found| found.to_string().replace(' ', ""));
        found.ok_or(errors.len())
    }

    #[test]
    fn what_runs_by_itself() {
        let runs = |text: &str| Ok(format!("::aliya_runtime::runs::Runs::{text}"));
        assert_eq!(tokens("PlayerCreated"), runs("PlayerCreated"));
        assert_eq!(tokens("After"), runs("After"));
        let per = "Every(::aliya_runtime::time_zone::Per::";
        assert_eq!(
            tokens("Every(Day)"),
            runs(&format!(
                "{per}Calendar(::aliya_runtime::time_zone::Span::Day))"
            ))
        );
        assert_eq!(tokens("Every(90_000)"), runs(&format!("{per}Ms(90000))")));
        for wrong in [
            "Created",
            "Every",
            "Every(Year)",
            "Every(0)",
            "Every(1, 2)",
            "7",
        ] {
            assert_eq!(tokens(wrong), Err(1), "{wrong}");
        }
    }
}
