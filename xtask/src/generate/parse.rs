//! Spanned tree to AST. All mistakes of form are reported, and what is wrong is recovered so that
//! nothing follows from it: a wrong expression becomes [`ExprKind::Error`](super::ast::ExprKind),
//! a wrong step a `let` of the name that it would have bound.

mod allow;
mod config;
mod document;
mod draw;
mod form;
mod formula;
mod function;
mod name;
mod record;
mod reference;
mod runs;
mod status;
mod step;
mod step_flow;
mod step_loop;
mod step_many;
mod step_measure;
mod step_read;
mod step_write;
mod table;
mod template;
mod value;

use super::ast::Document;
use super::diagnostic::Diagnostics;
use super::source::Span;
use super::yaml::Node;

/// Whether a file is managers.yaml itself or one that it includes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// managers.yaml: it alone says what holds for the whole game.
    Root,
    /// A file of its `include`.
    Included,
}

/// Reads one file.
pub fn document(node: &Node, role: Role, diagnostics: &mut Diagnostics) -> Document {
    let mut reader = Reader {
        diagnostics,
        misspelt: Vec::new(),
        moved_out: Vec::new(),
    };
    reader.document(node, role)
}

/// What the parts of this module share.
struct Reader<'a> {
    diagnostics: &'a mut Diagnostics,
    /// Unknown keys, and what each was probably meant as: that one is not missing.
    misspelt: Vec<(Span, Option<&'static str>)>,
    /// Keys whose parts stand beside them instead of below: those are not empty.
    moved_out: Vec<Span>,
}

/// The mappings with keys of the language: what each is, such as "a table", and its keys. For what
/// describes the language elsewhere, so that it misses none.
pub fn forms() -> Vec<(&'static str, &'static [&'static str])> {
    let forms = document::FORMS.iter().chain(table::FORMS).copied();
    let forms = forms.chain([
        &function::FUNCTION,
        &runs::RUNS,
        &template::EACH,
        &record::FIELD,
        &reference::REFERENCE,
        &formula::FORMULA,
    ]);
    let forms = forms.chain(step::STEPS);
    forms.map(|form| (form.what, form.keys)).collect()
}

/// The steps, by their keywords. For what describes the language elsewhere, so that it misses none.
pub fn steps() -> impl Iterator<Item = &'static str> {
    step::STEPS
        .iter()
        .filter_map(|form| form.keys.first().copied())
}

/// The comparisons of a `where`. For what describes the language elsewhere, so that it misses none.
pub fn comparisons() -> impl Iterator<Item = &'static str> {
    step_read::COMPARISONS.iter().map(|(word, _)| *word)
}
