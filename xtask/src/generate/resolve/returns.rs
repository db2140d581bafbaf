//! `return`, and the one type that the replies of all ways through a function have.

use crate::generate::ast;
use crate::generate::diagnostic::Code;
use crate::generate::ir::{self, Expr, Literal, Template, TemplateKind, Ty};
use crate::generate::source::{Name, Span};

use super::body::Body;
use super::coerce::coerce;
use super::expr::constant;
use super::types;

/// A `return` as it was found.
pub(super) struct Return {
    /// The fields that it gives, in its order.
    pub(super) fields: Vec<Given>,
}

/// A field that a `return` gives.
pub(super) struct Given {
    /// Its name.
    pub(super) name: String,
    /// Where that stands.
    pub(super) span: Span,
    /// Its type; `None` as that was reported.
    pub(super) ty: Option<Ty>,
}

impl<'a> Body<'_, 'a> {
    /// A `return`. Its data is in its own order until all of them are known.
    pub(super) fn return_step(
        &mut self,
        data: &'a ast::Template,
        outcome: Option<&'a Name>,
    ) -> ir::StepKind {
        let mut outcome = match outcome.and_then(|name| self.outcome(name)) {
            Some(at) => ir::Outcome::Of(at),
            None => ir::Outcome::Plain,
        };
        let mut fields = Vec::new();
        let mut parts = Vec::new();
        if let ast::Template::Record(named, _) = data {
            parts = self.parts(named);
            let given = named.iter().zip(&parts).map(|((name, _), part)| Given {
                name: name.value.clone(),
                span: name.span,
                ty: part.as_ref().map(|part| part.ty.clone()),
            });
            fields = given.collect();
        } else if let Some((given, passed, of_call)) = self.return_reply(data) {
            (fields, parts) = (given, passed);
            if outcome == ir::Outcome::Plain {
                outcome = of_call;
            }
        } else {
            // Whatever it is to have been, its fields are not known.
            self.broken = true;
            self.say_no_record(data, "what a function returns");
        }
        self.returns.push(Return { fields });
        ir::StepKind::Return {
            data: parts,
            outcome,
        }
    }

    /// The fields of the reply, in the order in which returns first name them. One that a return
    /// leaves out is optional; one that has two types is said, and has none.
    pub(super) fn reply(&mut self) -> Vec<(String, Option<Ty>)> {
        let mut reply: Vec<(&Given, Option<Ty>)> = Vec::new();
        let mut differ: Vec<(Span, &Given, [Ty; 2])> = Vec::new();
        for given in self.returns.iter().flat_map(|r| &r.fields) {
            let Some((first, known)) = reply.iter_mut().find(|(n, _)| n.name == given.name) else {
                reply.push((given, given.ty.clone()));
                continue;
            };
            *known = match (known.take(), &given.ty) {
                (Some(a), Some(b)) => {
                    let both = common(&a, b);
                    if both.is_none() {
                        differ.push((first.span, given, [a, b.clone()]));
                    }
                    both
                }
                _ => None,
            };
        }
        for (first, second, [a, b]) in differ {
            let mut part = second.name.clone();
            let types = first_apart(&a, &b, &mut part);
            let [a, b] = [types.0, types.1].map(|ty| types::describe(self.names(), ty));
            self.diagnostics
                .error(
                    Code::WrongType,
                    second.span,
                    format!("`{part}` is {a} in one reply and {b} in another one"),
                    format!("{b} here"),
                )
                .label(first, format!("{a} here"))
                .help("a field of a reply has the same form on every way; give one of the two another name");
        }
        let returns = &self.returns;
        let everywhere = |name: &str| {
            returns
                .iter()
                .all(|r| r.fields.iter().any(|field| field.name == name))
        };
        reply
            .into_iter()
            .map(|(given, ty)| {
                let ty = ty.map(|ty| match everywhere(&given.name) {
                    true => ty,
                    false => types::optional(ty),
                });
                (given.name.clone(), ty)
            })
            .collect()
    }
}

/// The type that values of both are in a reply, if there is one.
fn common(a: &Ty, b: &Ty) -> Option<Ty> {
    match (a, b) {
        _ if a == b => Some(a.clone()),
        (Ty::Optional(a), b) | (b, Ty::Optional(a)) => {
            Some(types::optional(common(a, types::present(b))?))
        }
        (Ty::Int, Ty::Float) | (Ty::Float, Ty::Int) => Some(Ty::Float),
        (Ty::Int, Ty::Id) | (Ty::Id, Ty::Int) => Some(Ty::Int),
        (Ty::Tuple(none), list @ Ty::List(_)) | (list @ Ty::List(_), Ty::Tuple(none))
            if none.is_empty() =>
        {
            Some(list.clone())
        }
        (Ty::List(a), Ty::List(b)) => Some(Ty::List(Box::new(common(a, b).filter(|both| {
            // A list that is a value cannot be gone through here to make its items follow.
            both == &**a && both == &**b || !types::is_scalar(both)
        })?))),
        (Ty::Tuple(a), Ty::Tuple(b)) if a.len() == b.len() => {
            let items = a.iter().zip(b).map(|(a, b)| common(a, b));
            Some(Ty::Tuple(items.collect::<Option<_>>()?))
        }
        (Ty::Record(a), Ty::Record(b)) if a.len() == b.len() => {
            let fields = a.iter().zip(b).map(|((name, a), (other, b))| {
                let ty = common(a, b).filter(|_| name == other)?;
                Some((name.clone(), ty))
            });
            Some(Ty::Record(fields.collect::<Option<_>>()?))
        }
        _ => None,
    }
}

/// The first parts of two types that have nothing in common; `part` is what is read of both, and becomes what
/// is read of these.
fn first_apart<'t>(a: &'t Ty, b: &'t Ty, part: &mut String) -> (&'t Ty, &'t Ty) {
    let apart = |(a, b): &(&Ty, &Ty)| common(a, b).is_none();
    match (a, b) {
        (Ty::Optional(a), Ty::Optional(b)) => return first_apart(a, b, part),
        (Ty::List(a), Ty::List(b)) if apart(&(&**a, &**b)) => {
            part.push_str("[..]");
            return first_apart(a, b, part);
        }
        (Ty::Tuple(all_a), Ty::Tuple(all_b)) if all_a.len() == all_b.len() => {
            let mut pairs = all_a.iter().zip(all_b).enumerate();
            if let Some((at, (a, b))) = pairs.find(|(_, pair)| apart(pair)) {
                part.push_str(&format!("[{at}]"));
                return first_apart(a, b, part);
            }
        }
        (Ty::Record(all_a), Ty::Record(all_b)) if all_a.len() == all_b.len() => {
            let mut pairs = all_a.iter().zip(all_b);
            let found = pairs.find(|((name, a), (other, b))| name == other && apart(&(a, b)));
            if let Some(((name, a), (_, b))) = found {
                part.push_str(&format!(".{name}"));
                return first_apart(a, b, part);
            }
        }
        _ => {}
    }
    (a, b)
}

/// A part of a reply as a value of the type that [`common`] found for it. Of an optional, the value
/// within stays what it is. `span` is where its name stands.
pub(super) fn adapt(template: Template, ty: &Ty, span: Span) -> Template {
    let wanted = match ty {
        Ty::Optional(inner) if !matches!(template.ty, Ty::Optional(_)) => inner,
        _ => ty,
    };
    if template.ty == *wanted {
        return template;
    }
    let kind = match (template.kind, wanted) {
        (TemplateKind::Leaf(expr), _) => TemplateKind::Leaf(leaf(expr, wanted)),
        (TemplateKind::Tuple(items), Ty::List(_)) if items.is_empty() => {
            TemplateKind::Leaf(constant(Literal::EmptyList, wanted.clone(), span))
        }
        (TemplateKind::Tuple(items), Ty::Tuple(types)) => {
            let items = items.into_iter().zip(types);
            TemplateKind::Tuple(items.map(|(item, ty)| adapt(item, ty, span)).collect())
        }
        (TemplateKind::Record(parts), Ty::Record(fields)) => {
            let parts = parts.into_iter().zip(fields);
            TemplateKind::Record(parts.map(|(part, (_, ty))| adapt(part, ty, span)).collect())
        }
        (
            TemplateKind::Each {
                item,
                index,
                list,
                condition,
                give,
            },
            Ty::List(ty),
        ) => TemplateKind::Each {
            item,
            index,
            list,
            condition,
            give: Box::new(adapt(*give, ty, span)),
        },
        (kind, _) => kind,
    };
    Template {
        ty: wanted.clone(),
        kind,
    }
}

fn leaf(expr: Expr, wanted: &Ty) -> Expr {
    match coerce(expr, wanted) {
        Ok(expr) | Err(expr) => expr,
    }
}
