//! `native: true`, in place of `steps`, and the `reply:` that steps would show.

use super::Reader;
use super::form::{Entries, Form};
use super::record;
use super::step::is_empty_mapping;
use crate::generate::ast::{Field, Native};
use crate::generate::diagnostic::Code;

const REPLY: Form = Form {
    what: "a field of a reply",
    ..record::FIELD
};

impl Reader<'_> {
    /// `native:` of a function; `None` where it is made of steps.
    pub fn native(&mut self, function: &Entries<'_>) -> Option<Native> {
        let told = self.diagnostics.len();
        let Some(span) = self.flag_of(function, "native") else {
            // Where it is no flag, nobody knows what the reply is for.
            if let (Some((key, _)), true) =
                (function.entry("reply"), self.diagnostics.len() == told)
            {
                self.diagnostics
                    .error(
                        Code::Contradiction,
                        key.span,
                        format!("{} has `reply` and is not `native`", function.owner),
                        "of functions that are written by hand",
                    )
                    .help("leave it out: what is returned is the reply");
            }
            return None;
        };
        if let Some((key, _)) = function.entry("steps") {
            self.diagnostics
                .error(
                    Code::Contradiction,
                    key.span,
                    "`native` and `steps` exclude each other",
                    "not beside the other",
                )
                .label(span, "the other")
                .help("its body is either these steps or written by hand");
        }
        Some(Native {
            span,
            reply: self.reply_fields(function),
        })
    }

    fn reply_fields(&mut self, function: &Entries<'_>) -> Vec<Field> {
        match function.entry("reply") {
            Some((_, node)) if is_empty_mapping(node) => Vec::new(),
            Some((key, node)) => self
                .named(node, "`reply`", "a field", key.span)
                .into_iter()
                .map(|(name, node)| self.field(name, node, &REPLY).0)
                .collect(),
            None => Vec::new(),
        }
    }
}
