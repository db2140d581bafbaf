//! What there is, by name: enums, managers, their tables and functions get their ids here.

use std::collections::BTreeMap;

use crate::generate::ast::{self, Document};
use crate::generate::diagnostic::{Code, Diagnostics, did_you_mean};
use crate::generate::ir::{ConfigId, EnumId, FormulaId, FunctionId, ManagerId, RecordId, TableId};
use crate::generate::source::{FileId, Name};

use super::faults::Faults;
use super::game::TIME_ZONE;

/// All that is declared. Of two declarations of one name, the first has it; both have ids.
pub(super) struct Declared<'a> {
    /// Enums, by name.
    pub(super) enums: Vec<&'a ast::Enum>,
    /// Managers, by name.
    pub(super) managers: Vec<Manager<'a>>,
    /// Records, by name.
    pub(super) records: Vec<&'a ast::RecordType>,
    /// Balance tables, by name.
    pub(super) config: Vec<&'a ast::ConfigTable>,
    /// Formulas, by name.
    pub(super) formulas: Vec<&'a ast::Formula>,
    /// What was wrong before.
    pub(super) faults: Faults,
    /// The game's time zone.
    pub(super) time_zone: &'a str,
    record_ids: BTreeMap<&'a str, RecordId>,
    config_ids: BTreeMap<&'a str, ConfigId>,
    formula_ids: BTreeMap<&'a str, FormulaId>,
    enum_ids: BTreeMap<&'a str, EnumId>,
    manager_ids: BTreeMap<&'a str, ManagerId>,
    variants: BTreeMap<&'a str, Vec<(EnumId, usize)>>,
}

/// A manager, and what it declares by name.
pub(super) struct Manager<'a> {
    /// Its declaration.
    pub(super) ast: &'a ast::Manager,
    /// The file's declaration, for the errors that the file shares.
    pub(super) document: &'a Document,
    tables: BTreeMap<&'a str, usize>,
    functions: BTreeMap<&'a str, usize>,
}

impl<'a> Declared<'a> {
    /// Collects what the documents declare, and says which names are taken twice.
    pub(super) fn new(documents: &'a [(FileId, Document)], diagnostics: &mut Diagnostics) -> Self {
        let faults = Faults::new(documents, diagnostics);
        let root = documents.first().map(|(_, document)| document);
        let zone = root.and_then(|root| root.time_zone.as_ref());
        let time_zone = zone.map_or(TIME_ZONE, |zone| zone.value.as_str());
        let mut enums: Vec<&ast::Enum> = documents.iter().flat_map(|(_, d)| &d.enums).collect();
        enums.sort_by_key(|declared| &declared.name.value);
        let enum_ids = by_name("enum", enums.iter().map(|e| &e.name), &faults, diagnostics);

        let mut config: Vec<_> = documents.iter().flat_map(|(_, d)| &d.config).collect();
        config.sort_by_key(|table| &table.name.value);
        let config_ids = by_name(
            "balance table",
            config.iter().map(|table| &table.name),
            &faults,
            diagnostics,
        );

        let mut formulas: Vec<_> = documents.iter().flat_map(|(_, d)| &d.formulas).collect();
        formulas.sort_by_key(|formula| &formula.name.value);
        let formula_ids = by_name(
            "formula",
            formulas.iter().map(|formula| &formula.name),
            &faults,
            diagnostics,
        );

        let mut records: Vec<_> = documents.iter().flat_map(|(_, d)| &d.types).collect();
        // Of two balance tables of one name, the first has it.
        records.extend(config_ids.values().filter_map(|&at| match &config[at].ty {
            ast::ConfigType::Record(record) => Some(record),
            ast::ConfigType::Written(_) => None,
        }));
        records.sort_by_key(|declared| &declared.name.value);
        let record_ids = by_name(
            "record",
            records.iter().map(|r| &r.name),
            &faults,
            diagnostics,
        );

        let mut managers: Vec<Manager> = documents
            .iter()
            .flat_map(|(_, document)| document.managers.iter().map(move |ast| (document, ast)))
            .map(|(document, ast)| Manager {
                ast,
                document,
                tables: by_name(
                    "table",
                    ast.tables.iter().map(|t| &t.name),
                    &faults,
                    diagnostics,
                ),
                functions: by_name(
                    "function",
                    ast.functions.iter().map(|f| &f.name),
                    &faults,
                    diagnostics,
                ),
            })
            .collect();
        managers.sort_by_key(|manager| &manager.ast.name.value);
        let manager_ids = by_name(
            "manager",
            managers.iter().map(|m| &m.ast.name),
            &faults,
            diagnostics,
        );

        let mut variants: BTreeMap<&str, Vec<(EnumId, usize)>> = BTreeMap::new();
        for (id, declared) in enums.iter().enumerate() {
            by_name(
                "variant",
                declared.variants.iter().map(|v| &v.name),
                &faults,
                diagnostics,
            );
            for (place, variant) in declared.variants.iter().enumerate() {
                let of_name = variants.entry(&variant.name.value).or_default();
                if !of_name.iter().any(|&(of, _)| of == EnumId(id)) {
                    of_name.push((EnumId(id), place));
                }
            }
        }
        Self {
            enums,
            managers,
            records,
            config,
            formulas,
            faults,
            time_zone,
            formula_ids: formula_ids
                .into_iter()
                .map(|(n, at)| (n, FormulaId(at)))
                .collect(),
            config_ids: config_ids
                .into_iter()
                .map(|(n, at)| (n, ConfigId(at)))
                .collect(),
            record_ids: record_ids
                .into_iter()
                .map(|(n, at)| (n, RecordId(at)))
                .collect(),
            enum_ids: enum_ids
                .into_iter()
                .map(|(n, at)| (n, EnumId(at)))
                .collect(),
            manager_ids: manager_ids
                .into_iter()
                .map(|(n, at)| (n, ManagerId(at)))
                .collect(),
            variants,
        }
    }

    /// The enum of that name.
    pub(super) fn enum_id(&self, name: &str) -> Option<EnumId> {
        self.enum_ids.get(name).copied()
    }

    /// The names of all enums.
    pub(super) fn enum_names(&self) -> impl Iterator<Item = &'a str> {
        self.enums
            .iter()
            .map(|declared| declared.name.value.as_str())
    }

    /// An enum's declaration.
    pub(super) fn declared_enum(&self, id: EnumId) -> &'a ast::Enum {
        self.enums[id.0]
    }

    /// The record of that name.
    pub(super) fn record_id(&self, name: &str) -> Option<RecordId> {
        self.record_ids.get(name).copied()
    }

    /// A record's declaration.
    pub(super) fn declared_record(&self, id: RecordId) -> &'a ast::RecordType {
        self.records[id.0]
    }

    /// The formula of that name.
    pub(super) fn formula_id(&self, name: &str) -> Option<FormulaId> {
        self.formula_ids.get(name).copied()
    }

    /// The balance table of that name.
    pub(super) fn config_id(&self, name: &str) -> Option<ConfigId> {
        self.config_ids.get(name).copied()
    }

    /// The place of an enum's variant.
    pub(super) fn variant(&self, id: EnumId, name: &str) -> Option<usize> {
        let variants = &self.declared_enum(id).variants;
        variants
            .iter()
            .position(|variant| variant.name.value == name)
    }

    /// All enums that have a variant of that name, and its place in each.
    pub(super) fn variants(&self, name: &str) -> &[(EnumId, usize)] {
        self.variants.get(name).map_or(&[], Vec::as_slice)
    }

    /// The names of all variants of all enums.
    pub(super) fn variant_names(&self) -> impl Iterator<Item = &'a str> {
        self.variants.keys().copied()
    }

    /// A manager.
    pub(super) fn manager(&self, id: ManagerId) -> &Manager<'a> {
        &self.managers[id.0]
    }

    /// A function's declaration.
    pub(super) fn function(&self, id: FunctionId) -> &'a ast::Function {
        &self.manager(id.0).ast.functions[id.1]
    }

    /// `manager.function`.
    pub(super) fn full_name(&self, id: FunctionId) -> String {
        let manager = &self.manager(id.0).ast.name.value;
        format!("{manager}.{}", self.function(id).name.value)
    }

    /// A table's name.
    pub(super) fn table_name(&self, id: TableId) -> &'a str {
        &self.manager(id.0).ast.tables[id.1].name.value
    }

    /// The ids of all functions, by manager and in the order of their declaration.
    pub(super) fn function_ids(&self) -> impl Iterator<Item = FunctionId> {
        let counts = self.managers.iter().map(|m| m.ast.functions.len());
        counts
            .enumerate()
            .flat_map(|(m, count)| (0..count).map(move |f| FunctionId(ManagerId(m), f)))
    }

    /// A manager's own function of that name.
    pub(super) fn own_function(&self, manager: ManagerId, name: &str) -> Option<FunctionId> {
        let at = self.manager(manager).functions.get(name)?;
        Some(FunctionId(manager, *at))
    }

    /// A manager's table of that name; where there is none, that is said.
    pub(super) fn table(
        &self,
        manager: ManagerId,
        name: &Name,
        diagnostics: &mut Diagnostics,
    ) -> Option<TableId> {
        let of = self.manager(manager);
        if let Some(&at) = of.tables.get(name.value.as_str()) {
            return Some(TableId(manager, at));
        }
        if self.faults.in_manager(&of.ast.name) {
            return None;
        }
        let others = self.managers.iter();
        let owner = others
            .filter(|other| other.tables.contains_key(name.value.as_str()))
            .map(|other| &other.ast.name.value)
            .next();
        let help = match owner {
            Some(owner) => Some(format!(
                "it is a table of `{owner}`: a table is touched by its own manager alone, so call a \
                 function of `{owner}`"
            )),
            None => did_you_mean(&name.value, of.tables.keys().copied()),
        };
        diagnostics
            .error(
                Code::UnknownTable,
                name.span,
                format!("`{}` has no table `{}`", of.ast.name.value, name.value),
                "not a table of this manager",
            )
            .maybe_help(help);
        None
    }

    /// Whether a manager has a table of that name.
    pub(super) fn has_table(&self, manager: ManagerId, name: &str) -> bool {
        self.manager(manager).tables.contains_key(name)
    }

    /// The function that a `call` names, its own manager's or `manager.function`; nothing is said.
    pub(super) fn called(&self, from: ManagerId, name: &str) -> Option<FunctionId> {
        match name.split_once('.') {
            None => self.own_function(from, name),
            Some((manager, function)) => {
                self.own_function(*self.manager_ids.get(manager)?, function)
            }
        }
    }

    /// Says why [`Declared::called`] found nothing.
    pub(super) fn say_unknown_function(
        &self,
        from: ManagerId,
        name: &Name,
        diagnostics: &mut Diagnostics,
    ) {
        let (manager, function) = match name.value.split_once('.') {
            None => (Some(from), name.value.as_str()),
            Some((manager, function)) => (self.manager_ids.get(manager).copied(), function),
        };
        let Some(manager) = manager else {
            if !self.faults.in_types() {
                let wanted = name.value.split('.').next().unwrap_or_default();
                let help = did_you_mean(wanted, self.manager_ids.keys().copied());
                diagnostics
                    .error(
                        Code::UnknownFunction,
                        name.span,
                        format!("there is no manager `{wanted}`"),
                        "not a manager of this game",
                    )
                    .maybe_help(help);
            }
            return;
        };
        let of = self.manager(manager);
        if self.faults.in_manager(&of.ast.name) {
            return;
        }
        let elsewhere = self.managers.iter();
        let owner = elsewhere
            .filter(|other| other.functions.contains_key(function))
            .map(|other| &other.ast.name.value)
            .next();
        let help = match owner {
            Some(owner) => Some(format!("did you mean `{owner}.{function}`?")),
            None => did_you_mean(function, of.functions.keys().copied()),
        };
        diagnostics
            .error(
                Code::UnknownFunction,
                name.span,
                format!("`{}` has no function `{function}`", of.ast.name.value),
                "not a function of that manager",
            )
            .maybe_help(help);
    }
}

/// The place of each name, the first one's where there are two, which is said.
pub(super) fn by_name<'a>(
    kind: &str,
    names: impl Iterator<Item = &'a Name>,
    faults: &Faults,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<&'a str, usize> {
    let mut firsts: BTreeMap<&str, (usize, &Name)> = BTreeMap::new();
    for (at, name) in names.enumerate() {
        if let Some((_, first)) = firsts.get(name.value.as_str()) {
            if faults.at(name) {
                continue;
            }
            let plural = if kind.ends_with('s') { "es" } else { "s" };
            diagnostics
                .error(
                    Code::NameCollision,
                    name.span,
                    format!("there are two {kind}{plural} `{}`", name.value),
                    "the second one",
                )
                .label(first.span, "the first one")
                .help("give one of them another name");
        } else {
            firsts.insert(&name.value, (at, name));
        }
    }
    firsts
        .into_iter()
        .map(|(name, (at, _))| (name, at))
        .collect()
}
