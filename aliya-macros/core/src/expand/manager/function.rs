//! A function of a manager: its attribute and its signature.

use proc_macro2::{Ident, TokenStream};
use syn::ext::IdentExt;
use syn::{Error, Expr, FnArg, GenericArgument, ImplItemFn, LitStr, PathArguments};
use syn::{PathSegment, ReturnType, Signature, Type};

use super::runs;
use crate::expand::bounds::Number;
use crate::expand::keys::{self, Keys};
use crate::names;

/// The variants of `aliya_runtime::Access`.
const ACCESS: [&str; 4] = ["Player", "Public", "Internal", "Admin"];

/// A function as `#[manager]` wants it.
pub(super) struct Function {
    pub(super) ident: Ident,
    /// Its name on the wire.
    pub(super) name: String,
    /// The name of the unit struct that stands for it.
    pub(super) marker: Ident,
    pub(super) access: Ident,
    pub(super) writes: bool,
    pub(super) one_query: bool,
    pub(super) reaches: Vec<LitStr>,
    pub(super) outcomes: Vec<Number>,
    pub(super) args: Type,
    pub(super) reply: Type,
    /// When it runs by itself: a value of `aliya_runtime::runs::Runs`.
    pub(super) runs: Option<TokenStream>,
}

impl Function {
    /// Takes its attribute off `item`; `None` where something is wrong, which is then among
    /// `errors`.
    pub(super) fn of(item: &mut ImplItemFn, errors: &mut Vec<Error>) -> Option<Self> {
        let known = [
            "name",
            "access",
            "writes",
            "one_query",
            "reaches",
            "outcomes",
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
        let runs = keys.expr("runs", errors);
        let runs = runs.and_then(|runs| runs::of(&runs, errors));
        let signature = Types::of(&item.sig, errors);
        let (access, types) = (access?, signature?);
        Some(Self {
            ident: item.sig.ident.clone(),
            marker: Ident::new(&names::function_type(&name), item.sig.ident.span()),
            name,
            access,
            writes,
            one_query,
            reaches,
            outcomes,
            args: types.args,
            reply: types.reply,
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

/// The types of a function's args and reply.
struct Types {
    args: Type,
    reply: Type,
}

impl Types {
    fn of(signature: &Signature, errors: &mut Vec<Error>) -> Option<Self> {
        if signature.asyncness.is_none() {
            let what = "a manager's function is `async`";
            errors.push(Error::new_spanned(signature.fn_token, what));
        }
        if !signature.generics.params.is_empty() {
            let what = "a manager's function has no generics";
            errors.push(Error::new_spanned(&signature.generics, what));
        }
        let args = args(signature);
        if args.is_none() {
            let what = "its parameters must be `cx: &mut Cx<'_>, args: &TheArgs`";
            let at = signature.paren_token.span.join();
            errors.push(Error::new(at, what));
        }
        let reply = reply(signature);
        if reply.is_none() {
            let what = "it must return `Result<Returned<TheReply>, Stop>`";
            errors.push(match &signature.output {
                ReturnType::Default => Error::new(signature.ident.span(), what),
                ReturnType::Type(_, found) => Error::new_spanned(found, what),
            });
        }
        Some(Self {
            args: args?,
            reply: reply?,
        })
    }
}

/// `T` of `(cx: &mut Cx<'_>, args: &T)`.
fn args(signature: &Signature) -> Option<Type> {
    let mut inputs = signature.inputs.iter();
    let (Some(FnArg::Typed(cx)), Some(FnArg::Typed(args)), None) =
        (inputs.next(), inputs.next(), inputs.next())
    else {
        return None;
    };
    let (Type::Reference(cx), Type::Reference(args)) = (&*cx.ty, &*args.ty) else {
        return None;
    };
    let right = cx.mutability.is_some() && args.mutability.is_none();
    (right && last(&cx.elem)?.ident == "Cx").then(|| (*args.elem).clone())
}

/// `T` of `-> Result<Returned<T>, Stop>`.
fn reply(signature: &Signature) -> Option<Type> {
    let ReturnType::Type(_, result) = &signature.output else {
        return None;
    };
    let returned = inside(result, "Result", 2)?;
    inside(returned, "Returned", 1).cloned()
}

/// `T` of `Name<T, ...>`, which has `count` generics.
fn inside<'t>(ty: &'t Type, name: &str, count: usize) -> Option<&'t Type> {
    let segment = last(ty).filter(|segment| segment.ident == name)?;
    let PathArguments::AngleBracketed(generics) = &segment.arguments else {
        return None;
    };
    match generics.args.first() {
        Some(GenericArgument::Type(inner)) if generics.args.len() == count => Some(inner),
        _ => None,
    }
}

/// The last segment of a type's path.
fn last(ty: &Type) -> Option<&PathSegment> {
    match ty {
        Type::Path(path) => path.path.segments.last(),
        _ => None,
    }
}
