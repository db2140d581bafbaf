//! Balance tables: their types, and expressions that read them.

use aliya_macros_core::names as mapped;

use crate::generate::ast::{self, ConfigType};
use crate::generate::diagnostic::{Code, Diagnostics, did_you_mean};
use crate::generate::ir::{self, Expr, ExprKind, Ty};
use crate::generate::source::{Name, Span};

use super::body::Body;
use super::declare::Declared;
use super::fields::Field;
use super::{World, collide, config_values, types};

/// The types of all balance tables, whose values are held against them; `None` was reported.
pub(super) fn all(
    names: &Declared,
    records: &[Vec<Field>],
    diagnostics: &mut Diagnostics,
) -> Vec<Option<Ty>> {
    let mut all = Vec::new();
    for table in &names.config {
        let ty = match &table.ty {
            ConfigType::Written(written) => types::parse(names, written, diagnostics),
            ConfigType::Record(record) => names.record_id(&record.name.value).map(Ty::Named),
        };
        if let (Some(ty), Some(value)) = (&ty, &table.value) {
            config_values::check(names, records, &table.name, ty, value, diagnostics);
        }
        all.push(ty);
    }
    all
}

/// Says which tables are one name once written in Rust.
pub(super) fn check_names(names: &Declared, diagnostics: &mut Diagnostics) {
    let tables = names.config.iter().map(|table| &table.name);
    let in_rust = tables.map(|name| (name, mapped::value_name(&name.value)));
    collide::distinct("balance tables", in_rust, diagnostics);
}

/// The tables for emitters.
pub(super) fn to_ir(world: &World) -> Vec<ir::ConfigTable> {
    let tables = world.names.config.iter().zip(&world.config);
    tables
        .filter_map(|(table, ty)| {
            Some(ir::ConfigTable {
                name: table.name.value.clone(),
                ty: ty.clone()?,
            })
        })
        .collect()
}

impl<'a> Body<'_, 'a> {
    /// `config.table`
    pub(super) fn config_table(&mut self, name: &Name, span: Span) -> Option<Expr> {
        let names = self.names();
        let Some(id) = names.config_id(&name.value) else {
            if !names.faults.in_types() {
                let tables = names.config.iter().map(|table| table.name.value.as_str());
                let help = did_you_mean(&name.value, tables).unwrap_or_else(|| {
                    format!(
                        "declare it at the top of a file: `config: {{ {}: int }}`",
                        name.value
                    )
                });
                self.diagnostics
                    .error(
                        Code::UnknownConfig,
                        name.span,
                        format!("there is no balance table `{}`", name.value),
                        "not declared under `config`",
                    )
                    .help(help);
            }
            return None;
        };
        Some(Expr {
            ty: self.world.config.get(id.0)?.clone()?,
            kind: ExprKind::Config(id),
            span,
        })
    }

    /// `get: config.stages[x]`
    pub(super) fn get_config(
        &mut self,
        get: &'a ast::GetConfig,
        span: Span,
    ) -> Option<ir::StepKind> {
        let value = self.infer(&get.value, None);
        let missing = match &get.missing {
            ast::Missing::Error(error) => self.error(error).map(ir::Missing::Error),
            ast::Missing::None(_) => Some(ir::Missing::None),
            ast::Missing::Default(_) | ast::Missing::Unsaid => None,
        };
        let data = self.data(get.data.as_ref());
        let ty = value.as_ref().map(|value| match missing {
            Some(ir::Missing::None) => types::optional(value.ty.clone()),
            _ => value.ty.clone(),
        });
        let bind = match &get.bind {
            Some(name) => self.bind_as(name, ty, None),
            None => {
                self.nameless = Some(span);
                self.unnamed(ty.unwrap_or(Ty::Int))
            }
        };
        let ExprKind::Index(of, key) = value?.kind else {
            return None;
        };
        Some(ir::StepKind::Lookup(Box::new(ir::Lookup {
            of: *of,
            key: *key,
            missing: missing?,
            data: data?,
            bind,
        })))
    }
}
