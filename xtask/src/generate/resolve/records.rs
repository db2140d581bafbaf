//! Records: those that `types:` declares, and those that expressions make.

use std::collections::BTreeMap;

use aliya_macros_core::names as mapped;

use crate::generate::ast;
use crate::generate::diagnostic::{Code, Diagnostics, did_you_mean};
use crate::generate::ir::{self, Expr, ExprKind, RecordId, Ty};
use crate::generate::source::{Name, Sources, Span};

use super::body::Body;
use super::coerce::Wanted;
use super::declare::Declared;
use super::fields::{self, Field};
use super::{World, collide, types};

/// The fields of all records.
pub(super) fn all<'a>(
    names: &Declared<'a>,
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) -> Vec<Vec<Field<'a>>> {
    let resolved = names.records.iter().map(|record| {
        let fields = record.fields.iter();
        fields
            .map(|field| fields::resolve(names, sources, field, diagnostics))
            .collect()
    });
    let mut records: Vec<Vec<Field>> = resolved.collect();
    for at in 0..records.len() {
        if let Some(path) = circle(&records, at) {
            say_circle(names, &path, diagnostics);
        }
    }
    // What is within itself has no end: nothing else is said of it.
    let endless: Vec<usize> = (0..records.len())
        .filter(|&at| circle(&records, at).is_some())
        .collect();
    for at in endless {
        records[at].iter_mut().for_each(|field| field.ty = None);
    }
    records
}

/// The records for emitters.
pub(super) fn to_ir(world: &World) -> Vec<ir::Record> {
    let records = world.names.records.iter().zip(&world.records);
    let record = |(ast, fields): (&&ast::RecordType, &Vec<Field>)| ir::Record {
        name: ast.name.value.clone(),
        fields: fields.iter().filter_map(Field::to_ir).collect(),
    };
    records.map(record).collect()
}

/// The way from a record back to itself, where it is the first of those on it.
fn circle(records: &[Vec<Field>], first: usize) -> Option<Vec<usize>> {
    fn walk(records: &[Vec<Field>], first: usize, path: &mut Vec<usize>) -> bool {
        let at = path[path.len() - 1];
        let mut within = Vec::new();
        let types = records[at].iter().filter_map(|field| field.ty.as_ref());
        types.for_each(|ty| named_in(ty, &mut within));
        for next in within {
            if next == first {
                return true;
            }
            if next > first && !path.contains(&next) {
                path.push(next);
                if walk(records, first, path) {
                    return true;
                }
                path.pop();
            }
        }
        false
    }
    let mut path = vec![first];
    walk(records, first, &mut path).then_some(path)
}

fn named_in(ty: &Ty, found: &mut Vec<usize>) {
    match ty {
        Ty::Named(id) => found.push(id.0),
        Ty::List(inner) | Ty::Optional(inner) | Ty::Map(_, inner) => named_in(inner, found),
        _ => {}
    }
}

fn say_circle(names: &Declared, path: &[usize], diagnostics: &mut Diagnostics) {
    let name = |at: &usize| format!("`{}`", names.records[*at].name.value);
    let way: Vec<String> = path.iter().chain(path.first()).map(name).collect();
    diagnostics
        .error(
            Code::BadDeclaration,
            names.records[path[0]].name.span,
            format!("a record within itself has no end: {}", way.join(" -> ")),
            "is a part of itself",
        )
        .help("leave out the field that leads back");
}

impl<'a> Body<'_, 'a> {
    /// `{ a: x }`: the record that its place wants, else one of its own.
    pub(super) fn record_value(
        &mut self,
        fields: &'a [(Name, ast::Expr)],
        span: Span,
        hint: Option<&Ty>,
    ) -> Option<Expr> {
        match hint.map(types::present) {
            Some(ty @ Ty::Map(..)) if fields.is_empty() => {
                let ty = ty.clone();
                Some(super::expr::constant(ir::Literal::EmptyMap, ty, span))
            }
            Some(Ty::Map(_, value)) => self.own_record(fields, span, Some(value)),
            Some(Ty::Named(id)) => self.named_record(*id, fields, span),
            _ => match self.record_of_fields(fields) {
                Some(id) => self.named_record(id, fields, span),
                None => self.own_record(fields, span, None),
            },
        }
    }

    /// The one declared record that has just these fields, its optional ones left out or not.
    fn record_of_fields(&self, fields: &[(Name, ast::Expr)]) -> Option<RecordId> {
        let given = |name: &str| fields.iter().any(|(field, _)| field.value == name);
        let fits = |record: &&Vec<Field>| {
            let is_field = |name: &str| record.iter().any(|field| field.name() == name);
            fields.iter().all(|(name, _)| is_field(&name.value))
                && record
                    .iter()
                    .all(|field| field.ast.optional || given(field.name()))
        };
        let mut found = self.world.records.iter().enumerate();
        let (at, _) = found.find(|(_, record)| fits(record))?;
        let only = !found.any(|(_, record)| fits(&record));
        only.then_some(RecordId(at))
    }

    fn named_record(
        &mut self,
        id: RecordId,
        fields: &'a [(Name, ast::Expr)],
        span: Span,
    ) -> Option<Expr> {
        let world = self.world;
        let record = world.names.declared_record(id);
        let declared = &world.records[id.0];
        let mut given: BTreeMap<&str, &'a ast::Expr> = BTreeMap::new();
        let mut right = true;
        for (name, value) in fields {
            let known = declared.iter().any(|field| field.name() == name.value);
            if !known {
                right = false;
                self.look(value, None);
                let fields = declared.iter().map(Field::name);
                self.say_unknown_field(record, name, fields.collect());
            } else if given.insert(&name.value, value).is_some() {
                right = false;
                self.say_given_twice(fields, name);
            }
        }
        let mut values = Vec::new();
        for field in declared {
            let value = given.get(field.name()).copied();
            let Some(ty) = &field.ty else {
                value.into_iter().for_each(|value| self.look(value, None));
                right = false;
                continue;
            };
            let value = match value {
                Some(value) => {
                    let wanted = Wanted {
                        ty,
                        what: format!("the field `{}`", field.name()),
                        declared: Some(field.ast.ty.span),
                    };
                    self.check(value, &wanted)
                }
                None if field.ast.optional => Some(Expr {
                    ty: ty.clone(),
                    kind: ExprKind::Absent,
                    span,
                }),
                None => {
                    self.say_lacks(record, field, span);
                    None
                }
            };
            right &= value.is_some();
            values.extend(value);
        }
        right.then_some(Expr {
            ty: Ty::Named(id),
            kind: ExprKind::Record(values),
            span,
        })
    }

    /// A record that no type declares; `hint` is what its fields are where it becomes a map.
    fn own_record(
        &mut self,
        fields: &'a [(Name, ast::Expr)],
        span: Span,
        hint: Option<&Ty>,
    ) -> Option<Expr> {
        let in_rust = fields
            .iter()
            .map(|(name, _)| (name, mapped::value_name(&name.value)));
        let mut right = !collide::distinct("fields", in_rust, self.diagnostics);
        let (mut types, mut values) = (Vec::new(), Vec::new());
        for (at, (name, value)) in fields.iter().enumerate() {
            if fields[..at]
                .iter()
                .any(|(before, _)| before.value == name.value)
            {
                right = false;
                self.say_given_twice(fields, name);
            }
            let Some(value) = self.infer(value, hint) else {
                right = false;
                continue;
            };
            let value = self.hinted(value, hint);
            if !types::can_travel(types::present(&value.ty)) {
                right = false;
                let is = types::describe(self.names(), &value.ty);
                self.diagnostics
                    .error(
                        Code::WrongType,
                        value.span,
                        format!("a record is made of plain values, and this is {is}"),
                        format!("this is {is}"),
                    )
                    .help("name its parts one by one");
            }
            types.push((name.value.clone(), value.ty.clone()));
            values.push(value);
        }
        right.then_some(Expr {
            ty: Ty::Record(types),
            kind: ExprKind::Record(values),
            span,
        })
    }

    /// `base.field` of a record that `types:` declares.
    pub(super) fn record_field(
        &mut self,
        base: Expr,
        id: RecordId,
        field: &Name,
        span: Span,
    ) -> Option<Expr> {
        let world = self.world;
        let declared = &world.records[id.0];
        let Some(found) = declared.iter().find(|f| f.name() == field.value) else {
            let fields = declared.iter().map(Field::name).collect();
            self.say_unknown_field(world.names.declared_record(id), field, fields);
            return None;
        };
        let ty = found.ty.clone()?;
        // A part of what may be absent may be absent.
        let ty = match &base.ty {
            Ty::Optional(_) => types::optional(ty),
            _ => ty,
        };
        Some(Expr {
            ty,
            kind: ExprKind::Field(Box::new(base), field.value.clone()),
            span,
        })
    }

    /// `map[key]`.
    pub(super) fn entry(&mut self, map: Expr, key: &'a ast::Expr, span: Span) -> Option<Expr> {
        let Ty::Map(key_ty, value) = &map.ty else {
            return None;
        };
        let (key_ty, value) = ((**key_ty).clone(), (**value).clone());
        let key = self.check(key, &Wanted::new(&key_ty, "the key of a map"))?;
        Some(Expr {
            ty: value,
            kind: ExprKind::Index(Box::new(map), Box::new(key)),
            span,
        })
    }

    fn say_unknown_field(&mut self, record: &ast::RecordType, field: &Name, known: Vec<&str>) {
        if self.names().faults.in_declaration(&record.name) {
            return;
        }
        self.diagnostics
            .error(
                Code::UnknownField,
                field.span,
                format!("`{}` has no field `{}`", record.name.value, field.value),
                "not a field",
            )
            .label(record.name.span, "the record")
            .maybe_help(did_you_mean(&field.value, known));
    }

    fn say_given_twice(&mut self, fields: &[(Name, ast::Expr)], name: &Name) {
        let mut all = fields.iter().map(|(given, _)| given);
        let first = all.find(|given| given.value == name.value);
        self.diagnostics
            .error(
                Code::DuplicateKey,
                name.span,
                format!("`{}` is given twice", name.value),
                "given once more",
            )
            .label(first.map_or(name.span, |first| first.span), "given first")
            .help("leave one of them out");
    }

    fn say_lacks(&mut self, record: &ast::RecordType, field: &Field, span: Span) {
        self.diagnostics
            .error(
                Code::MissingArg,
                span,
                format!("`{}` has a field `{}`", record.name.value, field.name()),
                format!("lacks `{}`", field.name()),
            )
            .label(field.ast.name.span, "declared here")
            .help(format!("say it: `{}: ...`", field.name()));
    }
}
