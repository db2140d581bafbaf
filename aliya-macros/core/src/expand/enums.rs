//! `#[derive(Enum)]`.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;
use syn::spanned::Spanned;
use syn::{Data, DeriveInput, Error, Expr, Fields, Variant};

use super::Expanded;
use super::bounds::Number;
use super::{fields, keys};

/// What a variant travels as.
#[derive(PartialEq)]
enum Form {
    Text(String),
    Number(i64),
}

pub(super) fn expand(input: TokenStream) -> Expanded {
    let item = match syn::parse2(input).and_then(checked) {
        Ok(item) => item,
        Err(error) => return (TokenStream::new(), vec![error]),
    };
    let mut errors = Vec::new();
    let forms = forms(&item.1, &mut errors);
    if !errors.is_empty() {
        return (TokenStream::new(), errors);
    }
    (tokens(&item.0, &item.1, &forms), errors)
}

fn checked(item: DeriveInput) -> Result<(Ident, Vec<Variant>), Error> {
    fields::plain("Enum", &item)?;
    let Data::Enum(data) = item.data else {
        return Err(Error::new(item.ident.span(), "`Enum` is for enums"));
    };
    if data.variants.is_empty() {
        return Err(Error::new(item.ident.span(), "an enum needs a variant"));
    }
    Ok((item.ident, data.variants.into_iter().collect()))
}

/// What each variant travels as; all texts or all numbers, where there is no error.
fn forms(variants: &[Variant], errors: &mut Vec<Error>) -> Vec<Form> {
    let mut forms: Vec<Form> = Vec::new();
    for variant in variants {
        if !matches!(variant.fields, Fields::Unit) {
            let what = "a variant that travels has no fields";
            errors.push(Error::new_spanned(&variant.fields, what));
        }
        match form(variant).and_then(|(form, value)| fits(&forms, form, &value)) {
            Ok(form) => forms.push(form),
            Err(error) => errors.push(error),
        }
    }
    forms
}

/// What the variant's `#[value(...)]` says, and where.
fn form(variant: &Variant) -> Result<(Form, Expr), Error> {
    let mut found = variant.attrs.iter().filter(|a| a.path().is_ident("value"));
    let Some(attribute) = found.next() else {
        let name = &variant.ident;
        let what = format!("what `{name}` travels as is missing: `#[value(...)]`");
        return Err(Error::new(name.span(), what));
    };
    if let Some(again) = found.next() {
        let what = "`#[value]` is here a second time";
        return Err(Error::new_spanned(again, what));
    }
    let wanted = "`#[value(...)]` holds a text or an integer";
    let value: Expr = attribute
        .parse_args()
        .map_err(|_| Error::new_spanned(attribute, wanted))?;
    let text = keys::text(&value).map(|text| Form::Text(text.value()));
    let number = || Number::of(&value).and_then(Number::int).map(Form::Number);
    match text.or_else(number) {
        Some(form) => Ok((form, value)),
        None => Err(Error::new_spanned(value, wanted)),
    }
}

/// Refuses a form that does not go with those of the variants before it.
fn fits(earlier: &[Form], form: Form, value: &Expr) -> Result<Form, Error> {
    let what = match (earlier.last(), &form) {
        _ if earlier.contains(&form) => "two variants travel as the same",
        (Some(Form::Text(_)), Form::Number(_)) | (Some(Form::Number(_)), Form::Text(_)) => {
            "the variants of an enum travel all as text or all as numbers"
        }
        (Some(Form::Number(before)), Form::Number(number)) if number < before => {
            "numbers ascend: the order of the variants is the order of their values"
        }
        _ => return Ok(form),
    };
    Err(Error::new(value.span(), what))
}

fn tokens(ident: &Ident, variants: &[Variant], forms: &[Form]) -> TokenStream {
    let idents: Vec<_> = variants.iter().map(|variant| &variant.ident).collect();
    let texts = matches!(forms, [Form::Text(_), ..]);
    let forms: Vec<_> = forms.iter().map(Form::tokens).collect();
    let (ty, accessor, doc, read, write, from_value, param) = if texts {
        (
            quote!(&'static str),
            quote!(as_str),
            " The text that it travels and is stored as.",
            quote!(::aliya_runtime::wire::choice::read_text),
            quote!(::aliya_runtime::wire::write_text(self.as_str(), out)),
            quote!(::aliya_runtime::columns::text_choice),
            quote!(::aliya_runtime::db::Param::Text(self.as_str())),
        )
    } else {
        (
            quote!(i64),
            quote!(value),
            " The number that it travels and is stored as.",
            quote!(::aliya_runtime::wire::choice::read_number),
            quote!(::aliya_runtime::wire::ToWire::write(&self.value(), out)),
            quote!(::aliya_runtime::columns::number_choice),
            quote!(::aliya_runtime::db::Param::Int(self.value())),
        )
    };
    quote! {
        impl #ident {
            /// Every variant with what it travels and is stored as, in the order of declaration.
            pub const ALL: &'static [(#ty, Self)] = &[#((#forms, Self::#idents)),*];

            #[doc = #doc]
            pub const fn #accessor(self) -> #ty {
                match self {
                    #(Self::#idents => #forms,)*
                }
            }
        }
        #[automatically_derived]
        impl ::aliya_runtime::wire::ToWire for #ident {
            fn write(&self, out: &mut ::std::string::String) {
                #write;
            }
        }
        #[automatically_derived]
        impl ::aliya_runtime::wire::Wire for #ident {
            fn read(
                value: &::aliya_runtime::wire::Value,
            ) -> ::core::result::Result<Self, ::aliya_runtime::wire::Mismatch> {
                #read(value, Self::ALL)
            }
        }
        #[automatically_derived]
        impl ::aliya_runtime::wire::Key for #ident {}
        #[automatically_derived]
        impl ::aliya_runtime::db::Column for #ident {
            fn from_value(
                value: ::aliya_runtime::db::Value,
            ) -> ::core::result::Result<Self, ::aliya_runtime::db::ColumnError> {
                #from_value(&value, Self::ALL)
            }
            fn param(&self) -> ::aliya_runtime::db::Param<'_> {
                #param
            }
        }
    }
}

impl Form {
    fn tokens(&self) -> TokenStream {
        match self {
            Self::Text(text) => quote!(#text),
            Self::Number(number) => {
                let size = Literal::u64_unsuffixed(number.unsigned_abs());
                if *number < 0 {
                    quote!(-#size)
                } else {
                    quote!(#size)
                }
            }
        }
    }
}
