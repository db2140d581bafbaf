//! Columns and args: their types, bounds and defaults.

use std::collections::BTreeMap;

use crate::generate::ast::{self, Number};
use crate::generate::diagnostic::{Code, Diagnostics};
use crate::generate::ir::{self, FunctionId, Literal, Ty};
use crate::generate::source::Sources;

use super::constants;
use super::declare::Declared;
use super::types;

/// A column or an arg as it was understood.
pub(super) struct Field<'a> {
    /// Its declaration.
    pub(super) ast: &'a ast::Field,
    /// Its type, [`Ty::Optional`] where it may be absent; `None` was reported.
    pub(super) ty: Option<Ty>,
    /// Its default, where it is a right one.
    pub(super) default: Option<Literal>,
    /// Its least value or length, where it is a right one.
    pub(super) min: Option<Literal>,
    /// Its greatest value or length, where it is a right one.
    pub(super) max: Option<Literal>,
}

impl Field<'_> {
    /// Its name.
    pub(super) fn name(&self) -> &str {
        &self.ast.name.value
    }

    /// Whether a value need not be given.
    pub(super) fn may_be_left_out(&self) -> bool {
        self.ast.optional || self.ast.default.is_some()
    }

    /// The field for emitters; `None` where it has no type.
    pub(super) fn to_ir(&self) -> Option<ir::Field> {
        Some(ir::Field {
            name: self.name().to_owned(),
            ty: self.ty.clone()?,
            default: self.default.clone(),
            min: self.min.clone(),
            max: self.max.clone(),
            doc: self.ast.doc.as_ref().map(|doc| doc.value.clone()),
        })
    }

    /// How a constant passes the bounds, such as "is below the least value, 1"; `None` where it does
    /// not.
    pub(super) fn passes_bounds(&self, value: &Literal) -> Option<String> {
        let below = |bound: &Option<Literal>| bound.as_ref().is_some_and(|b| less(value, b));
        let above = |bound: &Option<Literal>| bound.as_ref().is_some_and(|b| more(value, b));
        let unit = match value {
            Literal::Text(_) => " characters",
            Literal::EmptyList => " items",
            Literal::EmptyMap => " entries",
            _ => "",
        };
        let (how, bound) = if below(&self.min) {
            ("below the least", self.ast.min.as_ref())
        } else if above(&self.max) {
            ("above the greatest", self.ast.max.as_ref())
        } else {
            return None;
        };
        let bound = bound.map_or("", |number| number.text.as_str());
        Some(format!(
            "{how} that `{}` may have, {bound}{unit}",
            self.name()
        ))
    }
}

/// The args of all functions.
pub(super) fn all_args<'a>(
    names: &Declared<'a>,
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<FunctionId, Vec<Field<'a>>> {
    let ids: Vec<FunctionId> = names.function_ids().collect();
    ids.into_iter()
        .map(|id| {
            let args = &names.function(id).args;
            let fields = args
                .iter()
                .map(|arg| of_kind(names, sources, arg, Kind::Arg, diagnostics))
                .collect();
            (id, fields)
        })
        .collect()
}

/// What a field is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// An arg, of which a list or a map has bounds, too.
    Arg,
    /// A column, or a part of a record or a reply.
    Other,
}

/// A column, or a part of a record or a reply: its type, and bounds and default that fit it.
pub(super) fn resolve<'a>(
    names: &Declared,
    sources: &Sources,
    field: &'a ast::Field,
    diagnostics: &mut Diagnostics,
) -> Field<'a> {
    of_kind(names, sources, field, Kind::Other, diagnostics)
}

fn of_kind<'a>(
    names: &Declared,
    sources: &Sources,
    field: &'a ast::Field,
    kind: Kind,
    diagnostics: &mut Diagnostics,
) -> Field<'a> {
    let ty = types::parse(names, &field.ty, diagnostics);
    let mut bound = |number: &Option<Number>| {
        let number = number.as_ref()?;
        constants::bound(names, (field, kind), ty.as_ref()?, number, diagnostics)
    };
    let (min, max) = (bound(&field.min), bound(&field.max));
    let mut resolved = Field {
        ast: field,
        ty: None,
        default: None,
        min,
        max,
    };
    constants::check_bounds(&mut resolved, diagnostics);
    if let (Some(ty), Some(default)) = (&ty, &field.default) {
        if *ty == Ty::Id {
            diagnostics
                .error(
                    Code::BadDeclaration,
                    default.span,
                    format!("`{}` is an id, which has no default", field.name.value),
                    "the server gives ids",
                )
                .help("leave it out");
        } else if field.optional {
            diagnostics
                .error(
                    Code::BadBounds,
                    default.span,
                    format!("`{}` is optional and has a default", field.name.value),
                    "with a default it is never absent",
                )
                .help("leave out `optional`, or the default");
        } else {
            resolved.default =
                constants::default_value(names, sources, &resolved, ty, default, diagnostics);
        }
    }
    resolved.ty = ty.map(|ty| match field.optional {
        true => types::optional(ty),
        false => ty,
    });
    resolved
}

/// What a bound counts: the number, a text's characters, a list's items, or a map's entries.
fn measure(value: &Literal) -> Option<f64> {
    match value {
        Literal::Int(value) => Some(*value as f64),
        Literal::Float(value) => Some(*value),
        Literal::Text(text) => Some(text.chars().count() as f64),
        Literal::EmptyList | Literal::EmptyMap => Some(0.0),
        _ => None,
    }
}

fn less(a: &Literal, b: &Literal) -> bool {
    match (a, b) {
        (Literal::Int(a), Literal::Int(b)) => a < b,
        _ => measure(a).zip(measure(b)).is_some_and(|(a, b)| a < b),
    }
}

/// Whether the first is the greater one of two values or lengths.
pub(super) fn more(a: &Literal, b: &Literal) -> bool {
    less(b, a)
}
