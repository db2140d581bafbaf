//! Tokens as the text of a file.

use proc_macro2::TokenStream;
use syn::{File, Item};

/// The text of a Rust file: what it is, where it comes from, `attributes` as they are, and the
/// items, with blank lines where a person would leave them.
///
/// # Panics
///
/// Where the tokens are no Rust, which is a mistake of this generator.
pub(super) fn file(about: &str, from: &str, attributes: &str, items: TokenStream) -> String {
    let parsed: File = match syn::parse2(items) {
        Ok(parsed) => parsed,
        Err(error) => panic!("of {from} the generator wrote what is no Rust: {error}"),
    };
    let mut text = String::new();
    for line in about.trim().lines() {
        text.push_str(format!("//! {}", line.trim()).trim_end());
        text.push('\n');
    }
    text.push_str(&format!(
        "//!\n//! Written by `cargo xtask gen` from {from}. Do not edit.\n"
    ));
    text.push_str(attributes);
    let mut last = None;
    for item in parsed.items {
        let kind = Kind::of(&item);
        let together = last == Some(kind) && kind != Kind::Other;
        if !together {
            text.push('\n');
        }
        last = Some(kind);
        text.push_str(&print(item));
    }
    text
}

/// Items of one kind stand together without blank lines.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    /// `use` of this crate.
    UseHere,
    /// Any other `use`.
    Use,
    Mod,
    Other,
}

impl Kind {
    fn of(item: &Item) -> Self {
        match item {
            Item::Use(item) => match &item.tree {
                syn::UseTree::Path(path) if path.ident == "crate" => Self::UseHere,
                _ => Self::Use,
            },
            Item::Mod(_) => Self::Mod,
            _ => Self::Other,
        }
    }
}

fn print(item: Item) -> String {
    let is_impl = matches!(item, Item::Impl(_));
    let text = prettyplease::unparse(&File {
        shebang: None,
        frontmatter: None,
        attrs: Vec::new(),
        items: vec![item],
    });
    if is_impl { spaced(&text) } else { text }
}

/// An impl block with what the printer leaves to wish for: blank lines between its functions, `::<`
/// and `>` on the line of the type between them, and long lists of an attribute with a line for
/// each item.
fn spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len());
    let mut after_function = false;
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if after_function && line != "}" {
            spaced.push('\n');
        }
        after_function = line == "    }";
        if let Some(first) = line.strip_prefix("    schema = [")
            && !line.ends_with(']')
        {
            spaced.push_str("    schema = [\n");
            let rest = lines.by_ref().map(str::trim);
            for name in std::iter::once(first).chain(rest) {
                spaced.push_str(&format!("        {},\n", name.trim_end_matches([',', ']'])));
                if name.ends_with(']') {
                    break;
                }
            }
            spaced.push_str("    ],\n");
            continue;
        }
        spaced.push_str(line);
        if line.ends_with("::<") {
            let ty = lines.next().unwrap_or_default().trim();
            spaced.push_str(ty.trim_end_matches(','));
            spaced.push_str(lines.next().unwrap_or_default().trim_start());
        }
        spaced.push('\n');
    }
    spaced
}
