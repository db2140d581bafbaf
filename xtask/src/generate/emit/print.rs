//! Tokens as the text of a file: laid out by this printer, which knows the Rust that the generator
//! writes and no more: to parse all of Rust and lay it out took more time than all else of a run.

mod attributes;
mod blocks;
mod chains;
mod cursor;
mod exprs;
mod flow;
mod functions;
mod items;
mod layout;
#[cfg(test)]
mod tests;
mod types;
mod values;
mod writer;

use super::tokens::TokenStream;
use cursor::Printer;
use items::Neighbour;
use layout::Breaks;

/// How long a token is expected to be, with what stands around it.
const TOKEN_BYTES: usize = 6;

/// The first lines of a Rust file: what it is, and where it comes from.
pub(super) fn head(about: &str, from: &str) -> String {
    let mut text = String::new();
    for line in about.trim().lines() {
        text.push_str(format!("//! {}", line.trim()).trim_end());
        text.push('\n');
    }
    text.push_str(&format!(
        "//!\n//! Written by `cargo xtask gen` from {from}. Do not edit.\n"
    ));
    text
}

/// The text of a Rust file: what it is, where it comes from, `attributes` as they are, and the
/// items, with blank lines where a person would leave them.
///
/// # Panics
///
/// Where the tokens are no Rust that is known here, which is a mistake of this generator.
pub(super) fn file(about: &str, from: &str, attributes: &str, items: &TokenStream) -> String {
    let mut text = head(about, from);
    text.reserve(items.list().len() * TOKEN_BYTES);
    text.push_str(attributes);
    let mut printer = Printer::new(items.list());
    let mut last = None;
    while !printer.closes() {
        let neighbour = printer.neighbour();
        let together = last == Some(neighbour) && neighbour != Neighbour::Other;
        if !together {
            text.push('\n');
        }
        last = Some(neighbour);
        printer.layout.begin(0, Breaks::All);
        printer.item();
        printer.layout.end();
        printer.layout.write(&mut text);
    }
    text
}
