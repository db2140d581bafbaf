//! Tables, and the fields that columns and args are.

use super::Reader;
use super::form::{Entries, Form};
use super::value::error_expr;
use crate::generate::ast::{Column, Expr, ExprKind, Field, Table};
use crate::generate::diagnostic::Code;
use crate::generate::source::{Name, Span, Spanned};
use crate::generate::yaml::{Kind, Node};

const TABLE: Form = Form {
    what: "a table",
    keys: &[
        "doc",
        "columns",
        "key",
        "index",
        "unique",
        "references",
        "was",
    ],
    later: &[],
};

const COLUMN: Form = Form {
    what: "a column",
    keys: &[
        "type", "default", "min", "max", "optional", "unique", "index", "doc", "was",
    ],
    later: &[],
};

const ARG: Form = Form {
    what: "an arg",
    keys: &["type", "min", "max", "default", "optional", "doc"],
    later: &[],
};

/// The forms of this file.
pub(super) const FORMS: &[&Form] = &[&TABLE, &COLUMN, &ARG];

impl Reader<'_> {
    pub fn tables(&mut self, node: &Node, owner: Span) -> Vec<Table> {
        let mut tables = self.named(node, "`tables`", "a table", owner);
        let first = tables.iter().position(|(_, node)| is_function(node));
        if let Some(first) = first {
            let name = &tables[first].0;
            self.diagnostics
                .error(
                    Code::WrongShape,
                    name.span,
                    format!("`{}` has steps, as a function has", name.value),
                    "stands among the tables",
                )
                .label(owner, "the tables begin here")
                .help("write `functions:` above it, on a line indented like `tables:`");
        }
        tables.retain(|(_, node)| !is_function(node));
        tables
            .into_iter()
            .map(|(name, node)| self.table(name, node))
            .collect()
    }

    fn table(&mut self, name: Name, node: &Node) -> Table {
        let Some(entries) = self.form(node, &TABLE, &name) else {
            return reported_table(name);
        };
        let columns = match entries.entry("columns") {
            Some((key, node)) => self
                .named(node, "`columns`", "a column", key.span)
                .into_iter()
                .map(|(name, node)| self.column(name, node))
                .collect(),
            None => {
                self.missing(
                    &entries,
                    "columns",
                    "name them: `columns: { player: player }`",
                );
                Vec::new()
            }
        };
        let key = match entries.entry("key") {
            Some((at, node)) => self.names(node, "`key`", "a column", at.span),
            None => {
                self.missing(
                    &entries,
                    "key",
                    "name the columns that tell one row from another: `key: [player]`",
                );
                Vec::new()
            }
        };
        Table {
            doc: self.text_of(&entries, "doc"),
            columns,
            key,
            index: self.column_sets(&entries, "index"),
            unique: self.column_sets(&entries, "unique"),
            references: self.references(&entries),
            was: self.was(&entries),
            name,
        }
    }

    /// `index: [[a, b], [c]]`
    fn column_sets(&mut self, entries: &Entries<'_>, key: &str) -> Vec<Spanned<Vec<Name>>> {
        let Some((at, node)) = entries.entry(key) else {
            return Vec::new();
        };
        let what = format!("`{key}`");
        let mut sets = Vec::new();
        for item in self.sequence(node, &what, at.span).unwrap_or_default() {
            if let Kind::Scalar(_) = item.kind {
                self.wrong_shape(item, &format!("an item of {what}"), "a list")
                    .push_str(&format!(
                        "one list for each set of columns: `{key}: [[a, b]]`"
                    ));
                continue;
            }
            let names = self.names(item, &what, "a column", item.span);
            if !names.is_empty() {
                sets.push(Spanned {
                    value: names,
                    span: item.span,
                });
            }
        }
        sets
    }

    fn column(&mut self, name: Name, node: &Node) -> Column {
        let (field, entries) = self.field(name, node, &COLUMN);
        let (unique, index, was) = match entries {
            Some(entries) => (
                self.flag_of(&entries, "unique"),
                self.flag_of(&entries, "index"),
                self.was(&entries),
            ),
            None => (None, None, None),
        };
        Column {
            field,
            unique,
            index,
            was,
        }
    }

    /// `args:`
    pub fn args_of(&mut self, entries: &Entries<'_>) -> Vec<Field> {
        let Some((key, node)) = entries.entry("args") else {
            return Vec::new();
        };
        if matches!(&node.kind, Kind::Mapping(args) if args.is_empty()) {
            return Vec::new();
        }
        self.named(node, "`args`", "an arg", key.span)
            .into_iter()
            .map(|(name, node)| self.field(name, node, &ARG).0)
            .collect()
    }

    /// `name: type` or `name: { type: ... }`, and the entries of the latter.
    pub(super) fn field<'n>(
        &mut self,
        name: Name,
        node: &'n Node,
        form: &Form,
    ) -> (Field, Option<Entries<'n>>) {
        if let Kind::Scalar(_) = node.kind {
            let ty = self.type_name(node, name.span);
            return (plain_field(name, ty), None);
        }
        if node.kind == Kind::Empty {
            self.empty(name.span, &format!("the type of `{}`", name.value));
            let ty = reported_type(&name);
            return (plain_field(name, ty), None);
        }
        let Some(entries) = self.form(node, form, &name) else {
            let ty = reported_type(&name);
            return (plain_field(name, ty), None);
        };
        let ty = match entries.entry("type") {
            Some((key, node)) => self.type_name(node, key.span),
            None => {
                self.missing(&entries, "type", "such as `type: int`");
                reported_type(&name)
            }
        };
        let default = self.default_of(&entries, &ty);
        let min = self.number_of(&entries, "min");
        let max = self.number_of(&entries, "max");
        let optional = self.flag_of(&entries, "optional").is_some();
        let doc = self.text_of(&entries, "doc");
        let field = Field {
            default,
            min,
            max,
            optional,
            doc,
            ..plain_field(name, ty)
        };
        (field, Some(entries))
    }

    /// The default of a text is the text itself; all others are expressions.
    fn default_of(&mut self, entries: &Entries<'_>, ty: &Name) -> Option<Expr> {
        let (key, node) = entries.entry("default")?;
        if let ("text", Kind::Scalar(scalar)) = (ty.value.as_str(), &node.kind) {
            let is_literal = scalar.text.len() > 1 && scalar.text.starts_with('"');
            if !is_literal {
                return Some(Expr {
                    kind: ExprKind::Text(scalar.text.clone()),
                    span: node.span,
                });
            }
        }
        if ty.value.is_empty() {
            return Some(error_expr(node.span));
        }
        Some(self.expr(node, "`default`", key.span))
    }
}

/// Whether something among the tables was meant as a function.
fn is_function(node: &Node) -> bool {
    let Kind::Mapping(entries) = &node.kind else {
        return false;
    };
    let has = |word: &str| entries.iter().any(|(key, _)| key.text == word);
    has("steps") && !has("columns")
}

/// Stands for a table that was reported as a whole, so that steps with it are not.
fn reported_table(name: Name) -> Table {
    Table {
        name,
        doc: None,
        columns: Vec::new(),
        key: Vec::new(),
        index: Vec::new(),
        unique: Vec::new(),
        references: Vec::new(),
        was: None,
    }
}

/// The type of a field whose type was reported.
fn reported_type(name: &Name) -> Name {
    Name {
        value: String::new(),
        span: name.span,
    }
}

fn plain_field(name: Name, ty: Name) -> Field {
    Field {
        name,
        ty,
        default: None,
        min: None,
        max: None,
        optional: false,
        doc: None,
    }
}
