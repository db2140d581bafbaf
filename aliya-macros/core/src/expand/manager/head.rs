//! What stands in `#[manager(...)]` itself.

use proc_macro2::{Span, TokenStream};
use syn::{Error, LitStr};

use crate::expand::bounds::Number;
use crate::expand::keys::{Keys, path};

/// A manager's name, port and schema.
pub(super) struct Head {
    pub(super) name: LitStr,
    pub(super) port: u16,
    /// The statements that make its tables.
    pub(super) schema: Vec<syn::Path>,
    /// How they came to be.
    pub(super) migrations: Option<syn::Path>,
}

impl Head {
    /// Reads them; `None` where one is missing or wrong, which is then among `errors`.
    pub(super) fn of(tokens: TokenStream, errors: &mut Vec<Error>) -> Option<Self> {
        let before = errors.len();
        let known = ["name", "port", "schema", "migrations"];
        let mut keys = Keys::parse(tokens, Span::call_site(), &known, errors);
        let name = keys.text("name", errors);
        let port = keys.number("port", errors);
        let schema = keys.list("schema", "statements", path, errors);
        let migrations = keys.path("migrations", errors);
        // A key that is misspelt is not also missing.
        if errors.len() == before {
            for (key, missing) in [("name", name.is_none()), ("port", port.is_none())] {
                if missing {
                    errors.push(Error::new(keys.span(), format!("`{key}` is missing")));
                }
            }
        }
        let port = port.and_then(|port| numbered(port, errors));
        Some(Self {
            name: name?,
            port: port?,
            schema,
            migrations,
        })
    }
}

fn numbered(port: Number, errors: &mut Vec<Error>) -> Option<u16> {
    let number = port.int().and_then(|port| u16::try_from(port).ok());
    if number.is_none_or(|number| number == 0) {
        let what = "`port` must be a number from 1 to 65535";
        errors.push(Error::new(port.span(), what));
    }
    number
}
