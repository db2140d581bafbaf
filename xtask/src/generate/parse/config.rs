//! Balance tables.

use super::Reader;
use super::form::Entries;
use super::record::FIELD;
use crate::generate::ast::{
    ConfigTable, ConfigType, ExprKind, GetConfig, Missing, RecordType, StepKind, Template,
};
use crate::generate::diagnostic::Code;
use crate::generate::source::{Name, Span};
use crate::generate::yaml::{Kind, Node};

impl Reader<'_> {
    /// `config:`
    pub fn config(&mut self, node: &Node, owner: Span) -> Vec<ConfigTable> {
        self.named(node, "`config`", "a balance table", owner)
            .into_iter()
            .map(|(name, node)| ConfigTable {
                ty: self.config_type(&name, node),
                name,
                value: None,
            })
            .collect()
    }

    /// A type, or the fields of a record.
    fn config_type(&mut self, name: &Name, node: &Node) -> ConfigType {
        let Kind::Mapping(_) = node.kind else {
            return ConfigType::Written(self.type_name(node, name.span));
        };
        let what = format!("the balance table `{}`", name.value);
        let fields = self.named(node, &what, "a field", name.span).into_iter();
        let fields = fields.map(|(field, node)| self.field(field, node, &FIELD).0);
        ConfigType::Record(RecordType {
            fields: fields.collect(),
            // No designer can write it: a name has no point.
            name: Name {
                value: format!("config.{}", name.value),
                span: name.span,
            },
        })
    }

    /// `get: config.stages[x]`
    pub(super) fn get_config(
        &mut self,
        parts: &Entries<'_>,
        value: &Node,
        (missing, data): (Missing, Option<Template>),
        bind: Option<Name>,
    ) -> Option<StepKind> {
        if let Some(span) = parts.key_span("where") {
            self.diagnostics
                .error(
                    Code::UnknownKey,
                    span,
                    "`get` of a balance table has no `where`",
                    "not here",
                )
                .help("say which by its key: `get: config.stages[args.stage]`");
        }
        let mut missing = missing;
        if let Missing::Default(place) = missing {
            missing = Missing::Unsaid;
            self.diagnostics
                .error(
                    Code::UnknownWord,
                    place,
                    "`or` of a `get` of a balance table cannot be `default`",
                    "a balance table has no defaults",
                )
                .help("write `or: none` and take `default(x, ...)` of it, or `else: error`");
        }
        let value = self.expr(value, "`get`", parts.place);
        match value.kind {
            ExprKind::Index(..) => Some(StepKind::GetConfig(Box::new(GetConfig {
                value,
                missing,
                data,
                bind,
            }))),
            ExprKind::Error => None,
            _ => {
                self.diagnostics
                    .error(
                        Code::WrongShape,
                        value.span,
                        "`get` takes one value out of a balance table",
                        "says not which",
                    )
                    .help("say which: `config.stages[args.stage]`; all of a table is read where it is used");
                None
            }
        }
    }
}
