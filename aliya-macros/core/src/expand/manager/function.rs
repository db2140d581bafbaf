//! A function of a manager: its attribute and its signature.

use proc_macro2::{Ident, TokenStream};
use syn::ext::IdentExt;
use syn::{Error, Expr, FnArg, GenericArgument, LitStr, PathArguments};
use syn::{PathSegment, ReturnType, Signature, Type};

use super::block::Method;
use super::runs;
use crate::expand::bounds::Number;
use crate::expand::keys::{self, Keys};

/// The variants of `aliya_runtime::Access`.
const ACCESS: [&str; 4] = ["Player", "Public", "Internal", "Admin"];

/// A function as `#[manager]` wants it.
pub(super) struct Function {
    pub(super) ident: Ident,
    /// Its name on the wire.
    pub(super) name: String,
    pub(super) access: Ident,
    pub(super) writes: bool,
    pub(super) one_query: bool,
    pub(super) reaches: Vec<LitStr>,
    pub(super) outcomes: Vec<Number>,
    pub(super) fails: bool,
    /// The name of the function that takes it back.
    pub(super) undone_by: Option<LitStr>,
    /// A hash of what it means; none for a function that no generator wrote.
    pub(super) declaration: Option<LitStr>,
    /// When it runs by itself: a value of `aliya_runtime::runs::Runs`.
    pub(super) runs: Option<TokenStream>,
}

impl Function {
    /// Takes its attribute off `item`; `None` where something is wrong, which is then among
    /// `errors`.
    pub(super) fn of(item: &mut Method, errors: &mut Vec<Error>) -> Option<Self> {
        let known = [
            "name",
            "access",
            "writes",
            "one_query",
            "reaches",
            "outcomes",
            "fails",
            "undone_by",
            "declaration",
            "runs",
        ];
        let attributed = item.attrs.iter().any(is_function);
        let before = errors.len();
        let mut keys = Keys::of("function", &known, &item.attrs, errors);
        item.attrs.retain(|attribute| !is_function(attribute));
        let access = keys.expr("access", errors);
        if access.is_none() && errors.len() == before {
            errors.push(if attributed {
                Error::new(keys.span(), "`access` is missing")
            } else {
                let what = "a manager's function needs `#[function(access = ...)]`";
                Error::new(item.sig.ident.span(), what)
            });
        }
        let access = access.and_then(|access| access_of(&access, errors));
        let name = keys.text("name", errors);
        let name = name.map_or_else(|| item.sig.ident.unraw().to_string(), |name| name.value());
        let writes = keys.flag("writes", errors);
        let one_query = keys.flag("one_query", errors);
        let reaches = keys.list("reaches", "strings", keys::text, errors);
        let outcomes = keys.list("outcomes", "integers", integer, errors);
        let fails = keys.flag("fails", errors);
        let undone_by = keys.text("undone_by", errors);
        let declaration = keys.text("declaration", errors);
        let runs = keys.expr("runs", errors);
        let runs = runs.and_then(|runs| runs::of(&runs, errors));
        check_signature(&item.sig, errors);
        let access = access?;
        Some(Self {
            ident: item.sig.ident.clone(),
            name,
            access,
            writes,
            one_query,
            reaches,
            outcomes,
            fails,
            undone_by,
            declaration,
            runs,
        })
    }
}

fn is_function(attribute: &syn::Attribute) -> bool {
    attribute.path().is_ident("function")
}

fn access_of(value: &Expr, errors: &mut Vec<Error>) -> Option<Ident> {
    let ident = match value {
        Expr::Path(path) => path.path.get_ident(),
        _ => None,
    };
    let found = ident.map(ToString::to_string).unwrap_or_default();
    if ACCESS.contains(&found.as_str()) {
        return ident.cloned();
    }
    let what = format!("unknown access{}", keys::hint(&found, &ACCESS));
    errors.push(Error::new_spanned(value, what));
    None
}

fn integer(value: &Expr) -> Option<Number> {
    Number::of(value).filter(|number| number.int().is_some())
}

/// Whether the signature is one of a manager's function.
fn check_signature(signature: &Signature, errors: &mut Vec<Error>) {
    if signature.asyncness.is_none() {
        let what = "a manager's function is `async`";
        errors.push(Error::new_spanned(signature.fn_token, what));
    }
    if !signature.generics.params.is_empty() {
        let what = "a manager's function has no generics";
        errors.push(Error::new_spanned(&signature.generics, what));
    }
    if !has_params(signature) {
        let what = "its parameters must be `cx: &mut Cx<'_>, args: &TheArgs`";
        let at = signature.paren_token.span.join();
        errors.push(Error::new(at, what));
    }
    if !returns(signature) {
        let what = "it must return `Result<Returned, Stop>`";
        errors.push(match &signature.output {
            ReturnType::Default => Error::new(signature.ident.span(), what),
            ReturnType::Type(_, found) => Error::new_spanned(found, what),
        });
    }
}

/// Whether it is `(cx: &mut Cx<'_>, args: &T)`.
fn has_params(signature: &Signature) -> bool {
    let mut inputs = signature.inputs.iter();
    let (Some(FnArg::Typed(cx)), Some(FnArg::Typed(args)), None) =
        (inputs.next(), inputs.next(), inputs.next())
    else {
        return false;
    };
    let (Type::Reference(cx), Type::Reference(args)) = (&*cx.ty, &*args.ty) else {
        return false;
    };
    let is_cx = last(&cx.elem).is_some_and(|cx| cx.ident == "Cx");
    is_cx && cx.mutability.is_some() && args.mutability.is_none()
}

/// Whether it is `-> Result<Returned, Stop>`.
fn returns(signature: &Signature) -> bool {
    let ReturnType::Type(_, result) = &signature.output else {
        return false;
    };
    let Some(result) = last(result).filter(|result| result.ident == "Result") else {
        return false;
    };
    let PathArguments::AngleBracketed(generics) = &result.arguments else {
        return false;
    };
    match generics.args.first() {
        Some(GenericArgument::Type(returned)) if generics.args.len() == 2 => last(returned)
            .is_some_and(|returned| returned.ident == "Returned" && returned.arguments.is_none()),
        _ => false,
    }
}

/// The last segment of a type's path.
fn last(ty: &Type) -> Option<&PathSegment> {
    match ty {
        Type::Path(path) => path.path.segments.last(),
        _ => None,
    }
}
