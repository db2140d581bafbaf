//! Expressions.

use aliya_macros_core::names;

use super::body::Body;
use super::code::{Code, Level, ident};
use super::foreign::is_foreign;
use super::literal::literal;
use super::quote::quote;
use super::records::is_map;
use super::to_tokens::ToTokens;
use super::tokens::TokenStream;
use super::types::is_copy;
use crate::generate::ir::{Builtin, Expr, ExprKind, Literal, Ty, UnaryOp};

impl Body<'_, '_> {
    /// An expression as an owned value.
    pub(super) fn value(&mut self, expr: &Expr) -> Code {
        match self.place_of(expr) {
            Some(place) => self.taken_from(expr, place),
            None => self.computed(expr, false),
        }
    }

    /// An expression to look at: a place where it has one, else the value.
    pub(super) fn look(&mut self, expr: &Expr) -> Code {
        match self.place_of(expr) {
            Some(place) => place,
            None => self.computed(expr, false),
        }
    }

    /// The same, where nothing else says the type of an int literal.
    pub(super) fn look_typed(&mut self, expr: &Expr) -> Code {
        match self.place_of(expr) {
            Some(place) => place,
            None => self.computed(expr, true),
        }
    }

    /// A reference to an expression's value.
    pub(super) fn borrowed(&mut self, expr: &Expr) -> TokenStream {
        if let ExprKind::Local(id) = expr.kind
            && self.is_borrowed(id)
        {
            return self.local(id).to_token_stream();
        }
        if let Some(entry) = self.entry_of(expr) {
            return entry;
        }
        let place = self.look_typed(expr).within(Level::Unary);
        quote!(&#place)
    }

    /// Something to call a method on that takes its receiver by reference.
    pub(super) fn receiver(&mut self, expr: &Expr) -> TokenStream {
        if let ExprKind::Local(id) = expr.kind
            && self.is_borrowed(id)
        {
            return self.local(id).to_token_stream();
        }
        match self.entry_of(expr) {
            Some(entry) => entry,
            None => self.look_typed(expr).receiver(),
        }
    }

    /// Text as a `&str`.
    pub(super) fn text(&mut self, expr: &Expr) -> TokenStream {
        if let ExprKind::Literal(Literal::Text(text)) = &expr.kind {
            return text.to_token_stream();
        }
        if let ExprKind::Builtin(Builtin::ToText, args) = &expr.kind
            && let [of] = args.as_slice()
            && matches!(of.ty, Ty::Enum(_) | Ty::Player)
        {
            let of = self.receiver(of);
            return quote!(#of.as_str());
        }
        let text = self.receiver(expr);
        quote!(#text.as_str())
    }

    /// Where a value lies, if it has a name or is a part of what has one, and is of this function's types.
    fn place_of(&mut self, expr: &Expr) -> Option<Code> {
        match is_foreign(expr) {
            true => None,
            false => self.any_place_of(expr),
        }
    }

    /// The same of any types.
    fn any_place_of(&mut self, expr: &Expr) -> Option<Code> {
        Some(match &expr.kind {
            ExprKind::Caller => Code::postfix(quote!(caller)),
            ExprKind::Now => Code::postfix(quote!(now)),
            ExprKind::Arg(at) => {
                let arg = ident(&names::value_name(&self.function.args[*at].name));
                Code::postfix(quote!(args.#arg))
            }
            ExprKind::Local(id) => {
                let local = self.local(*id);
                if self.is_borrowed(*id) {
                    Code::new(Level::Unary, quote!(*#local))
                } else {
                    Code::postfix(quote!(#local))
                }
            }
            ExprKind::Config(id) => {
                let table = ident(&names::value_name(&self.scope.game.config[id.0].name));
                Code::postfix(quote!(config.#table))
            }
            ExprKind::Column(of, column) => {
                let Ty::Row(table) = of.ty else {
                    return None;
                };
                let column = self.column(table, *column);
                self.part(of, quote!(#column))?
            }
            ExprKind::Field(of, field) => {
                if let Ty::Optional(_) | Ty::List(_) = of.ty {
                    return None;
                }
                let field = ident(&names::value_name(field));
                self.part(of, quote!(#field))?
            }
            ExprKind::Index(map, key) if is_map(map) => {
                let entry = self.entry(expr, map, key);
                Code::new(Level::Unary, quote!(*#entry))
            }
            _ => return None,
        })
    }

    fn part(&mut self, of: &Expr, part: TokenStream) -> Option<Code> {
        let of = match &of.kind {
            // Field access sees through references.
            ExprKind::Local(id) => self.local(*id).to_token_stream(),
            ExprKind::Index(map, key) if is_map(map) => self.entry(of, map, key),
            _ => self.any_place_of(of)?.receiver(),
        };
        Some(Code::postfix(quote!(#of.#part)))
    }

    /// A value that has no place.
    fn computed(&mut self, expr: &Expr, typed: bool) -> Code {
        match &expr.kind {
            ExprKind::Literal(constant) => literal(self.scope, constant, &expr.ty, typed),
            ExprKind::Column(of, column) => self.column_of(of, *column, &expr.ty),
            ExprKind::Field(of, name) if is_foreign(expr) => self.adopted(expr, of, name),
            ExprKind::Field(of, name) if matches!(of.ty, Ty::Optional(_)) => {
                self.field_of(of, name, &expr.ty)
            }
            ExprKind::Field(of, field) if matches!(of.ty, Ty::List(_)) => {
                let clone = match &expr.ty {
                    Ty::List(item) if !is_copy(item) => Some(quote!(.clone())),
                    _ => None,
                };
                let field = ident(&names::value_name(field));
                let of = self.receiver(of);
                Code::postfix(quote!(#of.iter().map(|item| item.#field #clone).collect::<Vec<_>>()))
            }
            ExprKind::Field(of, field) => {
                let field = ident(&names::value_name(field));
                let of = self.look(of).receiver();
                Code::postfix(quote!(#of.#field))
            }
            ExprKind::Pluck(rows, column) => self.pluck(rows, *column, &expr.ty),
            ExprKind::Index(list, index) => self.index(expr, list, index),
            ExprKind::Unary(UnaryOp::Not, of) => self.negated(of),
            ExprKind::Unary(UnaryOp::Neg, of) => self.minus(expr, of),
            ExprKind::Binary(op, a, b) => self.binary(expr, *op, a, b),
            ExprKind::If(condition, a, b) => {
                let condition = self.look(condition);
                let a = self.branch(a, typed);
                let b = self.branch(b, typed).after_else();
                Code::new(Level::If, quote!(if #condition { #a } else #b))
            }
            ExprKind::List(items) => {
                let items: Vec<_> = items.iter().map(|item| self.branch(item, typed)).collect();
                Code::postfix(quote!(vec![#(#items),*]))
            }
            ExprKind::Builtin(builtin, args) => self.builtin(expr, *builtin, args),
            ExprKind::ToFloat(of) => self.float_of(of),
            ExprKind::ToInt(of) => {
                let id = self.look(of).receiver();
                Code::postfix(quote!(#id.0))
            }
            ExprKind::ToId(of) => {
                let int = self.value(of);
                Code::postfix(quote!(Id(#int)))
            }
            ExprKind::ToOptional(of) => {
                let value = self.value(of);
                Code::postfix(quote!(Some(#value)))
            }
            ExprKind::Absent => Code::postfix(quote!(None)),
            ExprKind::Record(values) => self.record_value(&expr.ty, values),
            ExprKind::Formula(call) => self.formula(call),
            ExprKind::Caller
            | ExprKind::Now
            | ExprKind::Arg(_)
            | ExprKind::Local(_)
            | ExprKind::Config(_) => {
                unreachable!("has a place")
            }
        }
    }

    /// An owned value, whose type may be that of an int literal in it.
    pub(super) fn branch(&mut self, expr: &Expr, typed: bool) -> Code {
        match self.place_of(expr) {
            Some(place) => self.taken_from(expr, place),
            None => self.computed(expr, typed),
        }
    }

    /// A column of a row that is computed, or that may be absent.
    fn column_of(&mut self, row: &Expr, column: usize, ty: &Ty) -> Code {
        let (table, absent) = match &row.ty {
            Ty::Row(table) => (*table, false),
            Ty::Optional(inner) => match **inner {
                Ty::Row(table) => (table, true),
                _ => unreachable!("a column of {:?}", row.ty),
            },
            _ => unreachable!("a column of {:?}", row.ty),
        };
        let ident = self.column(table, column);
        let row = self.receiver(row);
        if !absent {
            return Code::postfix(quote!(#row.#ident));
        }
        let declared = &self.scope.game.the_table(table).columns[column].ty;
        let then = match declared {
            Ty::Optional(_) => quote!(and_then),
            _ => quote!(map),
        };
        let clone = (!is_copy(ty)).then(|| quote!(.clone()));
        Code::postfix(quote!(#row.as_ref().#then(|row| row.#ident #clone)))
    }

    /// A field of a reply that may be absent.
    fn field_of(&mut self, reply: &Expr, field: &str, ty: &Ty) -> Code {
        let declared = self.declared_field(reply, field);
        let then = match declared {
            Some(Ty::Optional(_)) => quote!(and_then),
            _ => quote!(map),
        };
        let clone = (!is_copy(ty)).then(|| quote!(.clone()));
        let field = ident(&names::value_name(field));
        let reply = self.receiver(reply);
        Code::postfix(quote!(#reply.as_ref().#then(|reply| reply.#field #clone)))
    }

    /// The list of a column of a list of rows.
    fn pluck(&mut self, rows: &Expr, column: usize, ty: &Ty) -> Code {
        let plucked = self.plucked(rows, column, ty);
        Code::postfix(quote!(#plucked.collect::<Vec<_>>()))
    }

    /// The same as an iterator over owned values.
    pub(super) fn plucked(&mut self, rows: &Expr, column: usize, ty: &Ty) -> TokenStream {
        let Ty::List(item) = ty else {
            unreachable!("a column of many rows is a list");
        };
        let ident = self.column(row_of(&rows.ty), column);
        let clone = (!is_copy(item)).then(|| quote!(.clone()));
        let rows = self.receiver(rows);
        quote!(#rows.iter().map(|row| row.#ident #clone))
    }

    fn index(&mut self, expr: &Expr, list: &Expr, index: &Expr) -> Code {
        let at = self.place(expr.span);
        let index = self.value(index);
        // One value of a column needs no list of all.
        if let ExprKind::Pluck(rows, column) = &list.kind {
            let column = self.column(row_of(&rows.ty), *column);
            let rows = self.borrowed(rows);
            return Code::postfix(quote!(ops::index(#rows, #index).at(#at)?.#column));
        }
        let list = self.borrowed(list);
        Code::postfix(quote!(ops::index(#list, #index).at(#at)?))
    }

    fn float_of(&mut self, of: &Expr) -> Code {
        if let ExprKind::Literal(constant) = &of.kind {
            return literal(self.scope, constant, &Ty::Float, false);
        }
        let int = self.look_typed(of).within(Level::Unary);
        Code::new(Level::Arithmetic, quote!(#int as f64))
    }

    /// Whether the compiler cannot tell the type from the expression alone.
    pub(super) fn is_untyped(expr: &Expr) -> bool {
        match &expr.kind {
            ExprKind::Literal(literal) => {
                let number = matches!(literal, Literal::Int(_) | Literal::Float(_));
                let plain = matches!(expr.ty, Ty::Int | Ty::Float);
                (number && plain) || *literal == Literal::EmptyList
            }
            ExprKind::Absent => true,
            ExprKind::ToOptional(of) | ExprKind::Unary(_, of) => Self::is_untyped(of),
            ExprKind::If(_, a, b) => Self::is_untyped(a) && Self::is_untyped(b),
            ExprKind::List(items) => items.iter().all(Self::is_untyped),
            ExprKind::Index(list, _) => Self::is_untyped(list),
            ExprKind::Builtin(builtin, args) => match builtin {
                Builtin::Min | Builtin::Max | Builtin::Clamp | Builtin::Concat => {
                    args.iter().all(Self::is_untyped)
                }
                Builtin::Seconds | Builtin::Minutes | Builtin::Hours | Builtin::Days => {
                    args.iter().all(Self::is_untyped)
                }
                _ => false,
            },
            _ => false,
        }
    }
}

/// The table of a list of rows.
fn row_of(rows: &Ty) -> crate::generate::ir::TableId {
    match rows {
        Ty::List(item) => match **item {
            Ty::Row(table) => table,
            _ => unreachable!("a list of rows, not {rows:?}"),
        },
        _ => unreachable!("a list of rows, not {rows:?}"),
    }
}
