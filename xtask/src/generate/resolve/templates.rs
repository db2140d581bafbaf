//! The data of replies: mappings and lists whose leaves are expressions.

use aliya_macros_core::names as mapped;

use crate::generate::ast;
use crate::generate::diagnostic::Code;
use crate::generate::ir::{Expr, Template, TemplateKind, Ty};
use crate::generate::source::{Name, Span};

use super::body::Body;
use super::collide;
use super::types;

/// Where a part of a reply stands.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    /// Under a name: it is left out where it is absent.
    Named,
    /// In a list: it is always there.
    Listed,
}

impl<'a> Body<'_, 'a> {
    /// A template that must be a mapping, such as `data`.
    pub(super) fn record(&mut self, template: &'a ast::Template, what: &str) -> Option<Template> {
        if let ast::Template::Record(fields, _) = template {
            let parts: Option<Vec<Template>> = self.parts(fields).into_iter().collect();
            return Some(record_of(fields, parts?));
        }
        self.say_no_record(template, what);
        None
    }

    /// The parts of a mapping, each typed where it is right.
    pub(super) fn parts(&mut self, fields: &'a [(Name, ast::Template)]) -> Vec<Option<Template>> {
        let names = fields
            .iter()
            .map(|(name, _)| (name, mapped::value_name(&name.value)));
        collide::distinct("fields", names, self.diagnostics);
        fields
            .iter()
            .map(|(_, part)| self.template(part, Place::Named))
            .collect()
    }

    /// Says that a template is no mapping.
    pub(super) fn say_no_record(&mut self, template: &'a ast::Template, what: &str) {
        let span = span_of(template);
        if !matches!(
            template,
            ast::Template::Leaf(ast::Expr {
                kind: ast::ExprKind::Error,
                ..
            })
        ) {
            self.diagnostics
                .error(
                    Code::WrongType,
                    span,
                    format!("{what} is a mapping of names to values"),
                    "not a mapping",
                )
                .help("give it a name, as in `{ left: ... }`");
        }
        self.template(template, Place::Named);
    }

    fn template(&mut self, template: &'a ast::Template, place: Place) -> Option<Template> {
        match template {
            ast::Template::Record(fields, _) => {
                let parts: Option<Vec<Template>> = self.parts(fields).into_iter().collect();
                Some(record_of(fields, parts?))
            }
            ast::Template::Tuple(items, _) => {
                let items: Vec<Option<Template>> = items
                    .iter()
                    .map(|item| self.template(item, Place::Listed))
                    .collect();
                let items = items.into_iter().collect::<Option<Vec<Template>>>()?;
                Some(Template {
                    ty: Ty::Tuple(items.iter().map(|item| item.ty.clone()).collect()),
                    kind: TemplateKind::Tuple(items),
                })
            }
            ast::Template::Each {
                item,
                index,
                list,
                condition,
                key,
                give,
                ..
            } => {
                let names = (item, index.as_ref());
                self.each(names, list, condition.as_ref(), key.as_deref(), give)
            }
            ast::Template::Leaf(expr) => {
                let value = self.infer(expr, None)?;
                self.can_be_sent(&value, place).then(|| Template {
                    ty: value.ty.clone(),
                    kind: TemplateKind::Leaf(value),
                })
            }
        }
    }

    fn each(
        &mut self,
        (item, index): (&'a Name, Option<&'a Name>),
        list: &'a ast::Expr,
        condition: Option<&'a ast::Expr>,
        key: Option<&'a ast::Expr>,
        give: &'a ast::Template,
    ) -> Option<Template> {
        let (list, types) = self.list_and_item("`each`", list);
        let outside = self.scope.clone();
        let known = types.is_some();
        let (item_ty, index_ty) = types.unzip();
        let item = self.bind(item, item_ty, None);
        let index = index.map(|name| self.bind(name, index_ty, None));
        let condition = condition.map(|condition| self.condition(condition, "`if`"));
        let has_key = key.is_some();
        let key = key.and_then(|key| self.key(key));
        let give = self.template(give, Place::Listed);
        self.scope = outside;
        let mut give = give.filter(|_| known)?;
        let mut ty = Ty::List(Box::new(give.ty.clone()));
        if has_key {
            let key = key?;
            ty = Ty::Map(Box::new(key.ty.clone()), Box::new(give.ty.clone()));
            give = Template {
                ty: Ty::Tuple(vec![key.ty.clone(), give.ty.clone()]),
                kind: TemplateKind::Entry(key, Box::new(give)),
            };
        }
        Some(Template {
            ty,
            kind: TemplateKind::Each {
                item,
                index,
                list: list?,
                condition: match condition {
                    Some(condition) => Some(condition?),
                    None => None,
                },
                give: Box::new(give),
            },
        })
    }

    /// The key of an entry of a map.
    fn key(&mut self, key: &'a ast::Expr) -> Option<Expr> {
        let key = self.infer(key, None)?;
        if self.any_absent("`key`", [&key]) {
            return None;
        }
        if !types::is_key(&key.ty) {
            let is = types::describe(self.names(), &key.ty);
            self.diagnostics
                .error(
                    Code::WrongType,
                    key.span,
                    format!("the key of a map cannot be {is}"),
                    format!("this is {is}"),
                )
                .help("take an int, a text, a player, an id, a time or an enum");
            return None;
        }
        Some(key)
    }

    /// Whether a value can be part of a reply; else that is said.
    fn can_be_sent(&mut self, value: &Expr, place: Place) -> bool {
        let inner = types::present(&value.ty);
        if *inner != value.ty && place == Place::Listed {
            self.say_may_be_absent(value, "a place in a list");
            return false;
        }
        let help = match inner {
            ty if types::can_travel(ty) => return true,
            Ty::Row(table) => {
                let columns = self
                    .world
                    .tables
                    .get(table)
                    .map_or(&[][..], |table| &table.columns);
                let text = self.text(value.span);
                let columns = columns
                    .iter()
                    .take(3)
                    .map(|c| format!("{text}.{}", c.name()));
                let columns: Vec<String> = columns.collect();
                format!(
                    "name the columns that players may see: `[{}]`",
                    columns.join(", ")
                )
            }
            Ty::List(item) if matches!(**item, Ty::Row(_)) => {
                let text = self.text(value.span);
                format!(
                    "name the columns that players may see: `{{ each: x in {text}, give: [x.a, x.b] }}`"
                )
            }
            Ty::List(item) if matches!(**item, Ty::Tuple(_)) => types::NAME_PARTS.to_owned(),
            Ty::List(_) => {
                let text = self.text(value.span);
                format!("go through it: `{{ each: x in {text}, give: ... }}`")
            }
            Ty::Record(fields) => {
                let text = self.text(value.span);
                let parts = fields.iter().take(3);
                let parts: Vec<_> = parts
                    .map(|(name, _)| format!("{name}: {text}.{name}"))
                    .collect();
                let more = if fields.len() > 3 { ", ..." } else { "" };
                format!(
                    "name its parts one by one: `{{ {}{more} }}`",
                    parts.join(", ")
                )
            }
            Ty::Tuple(_) => types::NAME_PARTS.to_owned(),
            _ => "name its parts one by one".to_owned(),
        };
        let is = types::describe(self.names(), inner);
        self.diagnostics
            .error(
                Code::WrongType,
                value.span,
                format!("a reply is made of plain values, and this is {is}"),
                format!("this is {is}"),
            )
            .help(help);
        false
    }
}

fn record_of(fields: &[(Name, ast::Template)], parts: Vec<Template>) -> Template {
    let types = fields
        .iter()
        .zip(&parts)
        .map(|((name, _), part)| (name.value.clone(), part.ty.clone()))
        .collect();
    Template {
        ty: Ty::Record(types),
        kind: TemplateKind::Record(parts),
    }
}

fn span_of(template: &ast::Template) -> Span {
    match template {
        ast::Template::Record(_, span)
        | ast::Template::Tuple(_, span)
        | ast::Template::Each { span, .. } => *span,
        ast::Template::Leaf(expr) => expr.span,
    }
}
