//! Tables: columns, and the key, unique sets and indexes over them.

use std::collections::BTreeMap;

use aliya_macros_core::names as mapped;

use crate::generate::ast;
use crate::generate::diagnostic::{Code, Diagnostics, did_you_mean};
use crate::generate::ir::{self, ColumnIndex, ManagerId, TableId, Ty};
use crate::generate::source::{Name, Sources, Span};

use super::collide;
use super::declare::{self, Declared};
use super::fields::{self, Field};
use super::index_size;
use super::references;

/// A table as it was understood.
pub(super) struct Table<'a> {
    /// Its declaration.
    pub(super) ast: &'a ast::Table,
    /// Its columns, in order.
    pub(super) columns: Vec<Field<'a>>,
    /// The primary key.
    pub(super) key: Vec<ColumnIndex>,
    /// Unique sets of columns beside the key.
    pub(super) unique: Vec<Vec<ColumnIndex>>,
    /// Whether a part of it could not be understood: then nothing is said to be missing in it.
    pub(super) broken: bool,
    /// Sets of columns that rows are found by, beside these.
    pub(super) index: Vec<Vec<ColumnIndex>>,
    /// What its rows refer to.
    pub(super) references: Vec<ir::Reference>,
    by_name: BTreeMap<&'a str, ColumnIndex>,
}

impl Table<'_> {
    /// Its name.
    pub(super) fn name(&self) -> &str {
        &self.ast.name.value
    }

    /// The column of that name; where there is none, that is said.
    pub(super) fn column(&self, name: &Name, diagnostics: &mut Diagnostics) -> Option<ColumnIndex> {
        if let Some(&at) = self.by_name.get(name.value.as_str()) {
            return Some(at);
        }
        if !self.broken {
            let columns = self.columns.iter().map(Field::name);
            diagnostics
                .error(
                    Code::UnknownColumn,
                    name.span,
                    format!("the table `{}` has no column `{}`", self.name(), name.value),
                    "not a column",
                )
                .label(self.ast.name.span, "the table")
                .maybe_help(did_you_mean(&name.value, columns));
        }
        None
    }

    /// The table for emitters; `None` where a column has no type.
    pub(super) fn to_ir(&self) -> Option<ir::Table> {
        Some(ir::Table {
            name: self.name().to_owned(),
            doc: self.ast.doc.as_ref().map(|doc| doc.value.clone()),
            columns: self
                .columns
                .iter()
                .map(Field::to_ir)
                .collect::<Option<_>>()?,
            key: self.key.clone(),
            unique: self.unique.clone(),
            index: self.index.clone(),
            references: self.references.clone(),
            was: self.ast.was.as_ref().map(|was| was.value.clone()),
            renamed: references::renamed(self.ast),
        })
    }
}

/// All tables of all managers.
pub(super) fn all<'a>(
    names: &Declared<'a>,
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<TableId, Table<'a>> {
    let mut tables = BTreeMap::new();
    for (manager, declared) in names.managers.iter().enumerate() {
        for (at, ast) in declared.ast.tables.iter().enumerate() {
            let table = resolve(names, sources, ast, diagnostics);
            tables.insert(TableId(ManagerId(manager), at), table);
        }
        references::check_was(declared.ast, diagnostics);
    }
    references::all(names, &mut tables, diagnostics);
    tables
}

fn resolve<'a>(
    names: &Declared,
    sources: &Sources,
    ast: &'a ast::Table,
    diagnostics: &mut Diagnostics,
) -> Table<'a> {
    let column_names = || ast.columns.iter().map(|c| &c.field.name);
    let by_name = declare::by_name("column", column_names(), &names.faults, diagnostics);
    let in_rust = column_names().map(|n| (n, mapped::value_name(&n.value)));
    if !collide::distinct("columns", in_rust, diagnostics) {
        // Databases do not tell small letters from capitals.
        let in_database = column_names().map(|n| (n, n.value.to_lowercase()));
        collide::distinct("columns", in_database, diagnostics);
    }
    for name in column_names() {
        if let Some(database) = mapped::refused_column(&name.value) {
            let why = format!("a column that {database} has in every table");
            collide::reserved(name, &why, diagnostics);
        }
    }
    let columns: Vec<Field> = ast
        .columns
        .iter()
        .map(|column| fields::resolve(names, sources, &column.field, diagnostics))
        .collect();
    let mut table = Table {
        ast,
        columns,
        key: Vec::new(),
        unique: Vec::new(),
        broken: names.faults.in_declaration(&ast.name),
        index: Vec::new(),
        references: Vec::new(),
        by_name,
    };
    table.key = table.set("the key", &ast.key, true, diagnostics);
    check_id(&table, diagnostics);
    sets(&mut table, diagnostics);
    index_size::check(names, &table, diagnostics);
    table
}

impl Table<'_> {
    /// The columns of a key, unique set or index, each checked to be one that can stand there.
    fn set(
        &mut self,
        what: &str,
        names: &[Name],
        is_key: bool,
        diagnostics: &mut Diagnostics,
    ) -> Vec<ColumnIndex> {
        let mut columns = Vec::new();
        for name in names {
            let Some(at) = self.column(name, diagnostics) else {
                self.broken = true;
                continue;
            };
            if columns.contains(&at) {
                diagnostics
                    .error(
                        Code::BadDeclaration,
                        name.span,
                        format!(
                            "`{}` stands twice in {what} of `{}`",
                            name.value,
                            self.name()
                        ),
                        "once more",
                    )
                    .help("leave it out here");
                continue;
            }
            self.check_member(what, at, name.span, is_key, diagnostics);
            columns.push(at);
        }
        columns
    }

    fn check_member(
        &self,
        what: &str,
        at: ColumnIndex,
        span: Span,
        is_key: bool,
        diagnostics: &mut Diagnostics,
    ) {
        let column = &self.columns[at];
        let name = column.name();
        if is_key && column.ast.optional {
            diagnostics
                .error(
                    Code::BadDeclaration,
                    span,
                    format!(
                        "`{name}` is optional, and {what} of `{}` cannot be absent",
                        self.name()
                    ),
                    "may be absent",
                )
                .label(column.ast.name.span, "declared here")
                .help("leave out `optional: true`, or take another column");
        }
        match column.ty.as_ref().map(super::types::present) {
            Some(Ty::Text) if column.ast.max.is_none() => {
                diagnostics
                    .error(
                        Code::TextWithoutMax,
                        span,
                        format!("`{name}` is a text without `max`, and stands in {what} of `{}`", self.name()),
                        "how long can it be?",
                    )
                    .label(column.ast.ty.span, "declared here")
                    .help(format!("declare it as `{name}: {{ type: text, max: 32 }}`, with the length it needs"));
            }
            Some(Ty::Float) => {
                diagnostics
                    .error(
                        Code::BadDeclaration,
                        span,
                        format!(
                            "`{name}` is a float, and cannot stand in {what} of `{}`",
                            self.name()
                        ),
                        "no two floats are surely equal",
                    )
                    .label(column.ast.ty.span, "declared here")
                    .help("use an int, such as a number of hundredths");
            }
            Some(ty) if super::types::is_json(ty) => {
                diagnostics
                    .error(
                        Code::BadDeclaration,
                        span,
                        format!(
                            "`{name}` is a list, a map or a record, and cannot stand in {what} of `{}`",
                            self.name()
                        ),
                        "stored as one piece of JSON",
                    )
                    .label(column.ast.ty.span, "declared here")
                    .help("make a column of its own of what rows are looked up by");
            }
            _ => {}
        }
    }
}

/// An id is the whole key of its table.
fn check_id(table: &Table, diagnostics: &mut Diagnostics) {
    for (at, column) in table.columns.iter().enumerate() {
        if column.ty.as_ref().map(super::types::present) != Some(&Ty::Id) {
            continue;
        }
        let help = "where it is the id of another table's row, make it an `int`; where it is this \
                    row's own, make it the whole `key`";
        if table.key != [at] && !table.broken {
            diagnostics
                .error(
                    Code::BadDeclaration,
                    column.ast.ty.span,
                    format!(
                        "`{}` is an id and not the whole key of `{}`",
                        column.name(),
                        table.name()
                    ),
                    "filled in by the server for each new row",
                )
                .help(help);
        }
    }
}

/// Unique sets and indexes, none of which says what another one says already.
fn sets(table: &mut Table, diagnostics: &mut Diagnostics) {
    let ast = table.ast;
    let mut seen: Vec<(Vec<ColumnIndex>, Option<Span>)> = vec![(table.key.clone(), None)];
    let single = |is_unique: bool| {
        let marks = ast.columns.iter().enumerate();
        marks.filter_map(move |(at, column)| {
            let mark = if is_unique {
                column.unique
            } else {
                column.index
            };
            mark.map(|span| (at, span))
        })
    };
    for is_unique in [true, false] {
        let what = if is_unique {
            "a unique set"
        } else {
            "an index"
        };
        let mut found: Vec<(Vec<ColumnIndex>, Span)> = Vec::new();
        for (at, span) in single(is_unique) {
            table.check_member(what, at, span, false, diagnostics);
            found.push((vec![at], span));
        }
        for names in if is_unique { &ast.unique } else { &ast.index } {
            found.push((
                table.set(what, &names.value, false, diagnostics),
                names.span,
            ));
        }
        for (columns, span) in found {
            if let Some((_, first)) = seen.iter().find(|(other, _)| *other == columns) {
                if !columns.is_empty() && !table.broken {
                    let diagnostic = diagnostics.error(
                        Code::BadDeclaration,
                        span,
                        format!("`{}` has {what} over columns that have one", table.name()),
                        "says nothing new",
                    );
                    diagnostic.help("leave it out: a key and a unique set are indexes, too");
                    if let Some(first) = first.or(ast.key.first().map(|name| name.span)) {
                        diagnostic.label(first, "they have one here");
                    }
                }
                continue;
            }
            seen.push((columns.clone(), Some(span)));
            if is_unique {
                table.unique.push(columns);
            } else {
                table.index.push(columns);
            }
        }
    }
}
