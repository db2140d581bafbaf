//! The steps that read rows: `get` and `select`.

use super::Reader;
use super::form::Entries;
use super::step::is_empty_mapping;
use crate::generate::ast::{Comparison, Expr, ExprKind, Filter, Missing, Order, StepKind};
use crate::generate::diagnostic::{Code, did_you_mean};
use crate::generate::source::{Name, Span};
use crate::generate::yaml::{Key, Kind, Node};

pub(super) const COMPARISONS: [(&str, Comparison); 7] = [
    ("gt", Comparison::Gt),
    ("lt", Comparison::Lt),
    ("ge", Comparison::Ge),
    ("le", Comparison::Le),
    ("ne", Comparison::Ne),
    ("in", Comparison::In),
    ("between", Comparison::Between),
];

/// What comparisons are called elsewhere, and here; equality needs no word.
const ELSEWHERE: [(&str, &str); 11] = [
    (">", "gt"),
    ("<", "lt"),
    (">=", "ge"),
    ("<=", "le"),
    ("!=", "ne"),
    ("gte", "ge"),
    ("lte", "le"),
    ("neq", "ne"),
    ("eq", ""),
    ("=", ""),
    ("==", ""),
];

impl Reader<'_> {
    pub fn get(&mut self, parts: &Entries<'_>, value: &Node) -> Option<StepKind> {
        let missing = self.when_missing(parts);
        let data = self.data_of(parts);
        let bind = self.bind_of(parts);
        if let Kind::Scalar(scalar) = &value.kind
            && scalar.text.starts_with("config.")
        {
            return self.get_config(parts, value, (missing, data), bind);
        }
        let filter = self.filters(parts);
        if let Some(node) = parts.get("where")
            && !matches!(node.kind, Kind::Mapping(_))
        {
            return None;
        }
        if parts.get("where").is_none() {
            self.missing(
                parts,
                "where",
                "say which row, by its key: `where: { player: caller }`",
            );
            return None;
        }
        Some(StepKind::Get {
            table: self.name(value, "a table", parts.place)?,
            filter,
            missing,
            data,
            bind,
        })
    }

    fn when_missing(&mut self, parts: &Entries<'_>) -> Missing {
        self.not_both(parts, "else", "or");
        if parts.get("else").is_some() {
            return self
                .name_of(parts, "else")
                .map_or(Missing::Unsaid, Missing::Error);
        }
        let Some((key, node)) = parts.entry("or") else {
            self.diagnostics
                .error(
                    Code::MissingPart,
                    parts.place,
                    "`get` does not say what happens where there is no row",
                    "has neither `else` nor `or`",
                )
                .help("add `else: error`, `or: default` or `or: none`");
            return Missing::Unsaid;
        };
        match self.word(node, "`or` of `get`", key.span, &["default", "none"]) {
            Some(0) => Missing::Default(node.span),
            Some(_) => Missing::None(node.span),
            None => Missing::Unsaid,
        }
    }

    pub fn select(&mut self, parts: &Entries<'_>, value: &Node) -> Option<StepKind> {
        if parts.get("as").is_none() {
            self.missing(parts, "as", "name the list that it reads: `as: rows`");
        }
        let filter = self.filters(parts);
        let order = self.order(parts);
        let first = self.expr_of(parts, "first");
        let offset = self.expr_of(parts, "offset");
        let bind = self.bind_of(parts);
        Some(StepKind::Select {
            table: self.name(value, "a table", parts.place)?,
            filter,
            order,
            first,
            offset,
            bind,
        })
    }

    /// `order: [-a, b]`
    pub fn order(&mut self, parts: &Entries<'_>) -> Vec<Order> {
        let Some((key, node)) = parts.entry("order") else {
            return Vec::new();
        };
        let items = self.sequence(node, "`order`", key.span).unwrap_or_default();
        let mut order = Vec::new();
        for item in items {
            let Some(mut column) = self.text(item, "a column of `order`", item.span) else {
                continue;
            };
            let descending = column.value.starts_with('-');
            if descending {
                column.value.remove(0);
                if let Kind::Scalar(scalar) = &item.kind {
                    column.span = scalar.place(1..scalar.text.len());
                }
            }
            self.check_name(&column.value, column.span, "a column");
            order.push(Order { column, descending });
        }
        order
    }

    /// `where: { column: value, other: { gt: value } }`
    pub fn filters(&mut self, parts: &Entries<'_>) -> Vec<Filter> {
        let Some((key, node)) = parts.entry("where") else {
            return Vec::new();
        };
        let mut filters = Vec::new();
        for (column, node) in self.named(node, "`where`", "a column", key.span) {
            if let Kind::Mapping(_) = node.kind {
                self.comparisons(&column, node, &mut filters);
            } else {
                filters.push(Filter {
                    comparison: Comparison::Eq,
                    value: self.expr(node, &format!("`{}`", column.value), column.span),
                    upper: None,
                    column,
                });
            }
        }
        filters
    }

    /// `{ gt: 5, lt: 9 }`: one filter each.
    fn comparisons(&mut self, column: &Name, node: &Node, filters: &mut Vec<Filter>) {
        if is_empty_mapping(node) {
            self.empty(node.span, &format!("the comparison of `{}`", column.value));
            return;
        }
        let entries = self.mapping(node, "a comparison", column.span);
        for (key, node) in entries.unwrap_or_default() {
            let found = COMPARISONS.iter().find(|(word, _)| *word == key.text);
            let Some(&(word, comparison)) = found else {
                self.unknown_comparison(key);
                continue;
            };
            let bounds = match comparison {
                Comparison::Between => self.between(node, key.span),
                _ => Some((self.expr(node, &format!("`{word}`"), key.span), None)),
            };
            if let Some((value, upper)) = bounds {
                filters.push(Filter {
                    column: column.clone(),
                    comparison,
                    value,
                    upper,
                });
            }
        }
    }

    fn unknown_comparison(&mut self, key: &Key) {
        let ours = ELSEWHERE.iter().find(|(word, _)| *word == key.text);
        let help = match ours {
            Some((_, "")) => Some("for equality write `column: value`".to_owned()),
            Some((_, ours)) => Some(format!("write `{ours}`")),
            None => did_you_mean(&key.text, COMPARISONS.map(|(word, _)| word)),
        };
        self.diagnostics
            .error(
                Code::UnknownWord,
                key.span,
                format!("there is no comparison `{}`", key.text),
                "unknown word",
            )
            .maybe_help(help);
    }

    /// `between: [low, high]`
    fn between(&mut self, node: &Node, owner: Span) -> Option<(Expr, Option<Expr>)> {
        let expr = self.expr(node, "`between`", owner);
        let span = expr.span;
        match expr.kind {
            ExprKind::Error => return None,
            ExprKind::List(items) => {
                if let Ok([low, high]) = <[Expr; 2]>::try_from(items) {
                    return Some((low, Some(high)));
                }
            }
            _ => {}
        }
        self.diagnostics
            .error(
                Code::WrongShape,
                span,
                "`between` must be a list of two values",
                "not two values",
            )
            .help("write `between: [low, high]`; both are included");
        None
    }

    /// Reports parts that exclude each other.
    pub fn not_both(&mut self, parts: &Entries<'_>, one: &str, other: &str) {
        if let (Some(first), Some(second)) = (parts.key_span(one), parts.key_span(other)) {
            let (first, second) = (first.min(second), first.max(second));
            self.diagnostics
                .error(
                    Code::Contradiction,
                    second,
                    format!("`{one}` and `{other}` exclude each other"),
                    "and here the other",
                )
                .label(first, "here is one");
        }
    }
}
