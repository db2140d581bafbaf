//! Operators and conditions. Arithmetic that can fail goes through `ops`; what is true or false is
//! plain Rust, and a condition is turned around rather than negated as a whole.

use super::body::Body;
use super::code::{Code, Level, fails, int, int_value};
use super::quote::quote;
use super::to_tokens::ToTokens;
use super::tokens::TokenStream;
use crate::generate::ir::{BinaryOp, Builtin, Expr, ExprKind, Literal, Ty, UnaryOp};

impl Body<'_, '_> {
    pub(super) fn binary(&mut self, expr: &Expr, op: BinaryOp, a: &Expr, b: &Expr) -> Code {
        match op {
            BinaryOp::And => {
                let a = self.look(a).within(Level::And);
                let b = self.look(b).within(Level::And);
                Code::new(Level::And, quote!(#a && #b))
            }
            BinaryOp::Or => {
                let a = self.look(a).within(Level::Or);
                let b = self.look(b).within(Level::Or);
                Code::new(Level::Or, quote!(#a || #b))
            }
            BinaryOp::Eq
            | BinaryOp::Ne
            | BinaryOp::Lt
            | BinaryOp::Le
            | BinaryOp::Gt
            | BinaryOp::Ge => self.compare(op, a, b),
            BinaryOp::Add | BinaryOp::Sub | BinaryOp::Mul | BinaryOp::Div | BinaryOp::Rem => {
                match (&a.ty, &b.ty) {
                    (Ty::Float, _) => self.float_arithmetic(expr, op, a, b),
                    (Ty::Text, _) => self.concat_texts(&[a, b]),
                    _ if expr.ty == Ty::Time => {
                        let millis = self.int_arithmetic(expr, op, a, b);
                        Code::postfix(quote!(Time(#millis)))
                    }
                    _ => self.int_arithmetic(expr, op, a, b),
                }
            }
        }
    }

    fn compare(&mut self, op: BinaryOp, a: &Expr, b: &Expr) -> Code {
        let sign = sign(op);
        let ordered = !matches!(op, BinaryOp::Eq | BinaryOp::Ne);
        let (a, b) = if a.ty == Ty::Text && ordered {
            (self.text(a), self.text(b))
        } else if Self::is_untyped(a) && Self::is_untyped(b) {
            (self.operand(a, true), self.operand(b, false))
        } else {
            (self.operand(a, false), self.operand(b, false))
        };
        Code::new(Level::Compare, quote!(#a #sign #b))
    }

    /// One side of a comparison.
    fn operand(&mut self, expr: &Expr, typed: bool) -> TokenStream {
        match &expr.kind {
            // A String compares with a &str.
            ExprKind::Literal(Literal::Text(text)) if expr.ty == Ty::Text => text.to_token_stream(),
            _ if typed => self.look_typed(expr).within(Level::Unary),
            _ => self.look(expr).within(Level::Unary),
        }
    }

    /// What holds where `expr`, a bool, does not.
    pub(super) fn negated(&mut self, expr: &Expr) -> Code {
        match &expr.kind {
            ExprKind::Literal(Literal::Bool(value)) => Code::postfix((!value).to_token_stream()),
            ExprKind::Unary(UnaryOp::Not, of) => self.look(of),
            ExprKind::Binary(BinaryOp::And, a, b) => {
                let a = self.negated(a).within(Level::Or);
                let b = self.negated(b).within(Level::Or);
                Code::new(Level::Or, quote!(#a || #b))
            }
            ExprKind::Binary(BinaryOp::Or, a, b) => {
                let a = self.negated(a).within(Level::And);
                let b = self.negated(b).within(Level::And);
                Code::new(Level::And, quote!(#a && #b))
            }
            ExprKind::Binary(op, a, b) => {
                // Floats are finite, so that these are opposites for them, too.
                let opposite = match op {
                    BinaryOp::Eq => BinaryOp::Ne,
                    BinaryOp::Ne => BinaryOp::Eq,
                    BinaryOp::Lt => BinaryOp::Ge,
                    BinaryOp::Ge => BinaryOp::Lt,
                    BinaryOp::Gt => BinaryOp::Le,
                    BinaryOp::Le => BinaryOp::Gt,
                    _ => unreachable!("arithmetic is not a bool"),
                };
                self.compare(opposite, a, b)
            }
            ExprKind::Builtin(Builtin::Found, args) => {
                let of = self.receiver(&args[0]);
                Code::postfix(quote!(#of.is_none()))
            }
            _ => {
                let value = self.look(expr).within(Level::Unary);
                Code::new(Level::Unary, quote!(!#value))
            }
        }
    }

    pub(super) fn minus(&mut self, expr: &Expr, of: &Expr) -> Code {
        match &of.kind {
            ExprKind::Literal(Literal::Int(value)) if *value != i64::MIN => {
                int_value(-value, false)
            }
            _ if of.ty == Ty::Float => {
                // `--x` would read like another language's decrement.
                let of = self.look(of);
                let of = match of.is_negative() {
                    true => of.within(Level::Postfix),
                    false => of.within(Level::Unary),
                };
                Code::new(Level::Unary, quote!(-#of))
            }
            _ => {
                let of = self.value(of);
                let at = self.place(expr.span);
                Code::postfix(quote!(ops::neg(#of).at(#at)?))
            }
        }
    }

    fn int_arithmetic(&mut self, expr: &Expr, op: BinaryOp, a: &Expr, b: &Expr) -> Code {
        let mut terms = Vec::new();
        terms_of(expr, &mut terms);
        if terms.len() > 2 {
            let terms: Vec<_> = terms.into_iter().map(|term| self.value(term)).collect();
            let at = self.place(expr.span);
            return Code::postfix(quote!(ops::sum([#(#terms),*]).at(#at)?));
        }
        let function = match op {
            BinaryOp::Add => quote!(add),
            BinaryOp::Sub => quote!(sub),
            BinaryOp::Mul => quote!(mul),
            BinaryOp::Div => quote!(div),
            BinaryOp::Rem => quote!(rem),
            _ => unreachable!("{op:?} is not arithmetic"),
        };
        let (a, b) = (self.millis(a), self.millis(b));
        let at = self.place(expr.span);
        Code::postfix(quote!(ops::#function(#a, #b).at(#at)?))
    }

    /// An int, also that of a time.
    fn millis(&mut self, expr: &Expr) -> TokenStream {
        if expr.ty != Ty::Time {
            return self.value(expr).to_token_stream();
        }
        match &expr.kind {
            ExprKind::Literal(Literal::Int(value)) => int(*value, false).to_token_stream(),
            ExprKind::Binary(op, a, b) => self.int_arithmetic(expr, *op, a, b).to_token_stream(),
            _ => {
                let time = self.look(expr).receiver();
                quote!(#time.0)
            }
        }
    }

    fn float_arithmetic(&mut self, expr: &Expr, op: BinaryOp, a: &Expr, b: &Expr) -> Code {
        let sign = sign(op);
        let a = self.look(a).within(Level::Unary);
        let b = self.look(b).within(Level::Unary);
        let at = self.place(expr.span);
        let checked = match op {
            BinaryOp::Div | BinaryOp::Rem => quote!(quotient),
            _ => quote!(finite),
        };
        Code::postfix(quote!(ops::#checked(#a #sign #b).at(#at)?))
    }

    pub(super) fn concat_texts(&mut self, texts: &[&Expr]) -> Code {
        let mut parts = Vec::new();
        texts.iter().for_each(|text| flatten(text, &mut parts));
        let parts: Vec<_> = parts.iter().map(|part| self.text(part)).collect();
        Code::postfix(quote!([#(#parts),*].concat()))
    }

    /// `list` has `item`.
    pub(super) fn contains(&mut self, list: &Expr, item: &Expr) -> Code {
        let wanted = self.operand(item, false);
        if let ExprKind::Pluck(rows, column) = &list.kind
            && !fails(&wanted)
            && let Ty::List(of) = &rows.ty
            && let Ty::Row(table) = **of
        {
            let column = self.column(table, *column);
            let rows = self.receiver(rows);
            return Code::postfix(quote!(#rows.iter().any(|row| row.#column == #wanted)));
        }
        if let ExprKind::List(items) = &list.kind {
            // An array on the spot, of &str where the items are texts.
            let text = item.ty == Ty::Text;
            let items: Vec<_> = items
                .iter()
                .map(|item| {
                    if text {
                        self.text(item)
                    } else {
                        self.value(item).to_token_stream()
                    }
                })
                .collect();
            let item = if text {
                let item = self.text(item);
                quote!(&#item)
            } else {
                self.borrowed(item)
            };
            return Code::postfix(quote!([#(#items),*].contains(#item)));
        }
        let list = self.receiver(list);
        let item = self.borrowed(item);
        Code::postfix(quote!(#list.contains(#item)))
    }
}

/// The args of `concat`, those of one inside another among them.
pub(super) fn flatten<'e>(expr: &'e Expr, parts: &mut Vec<&'e Expr>) {
    match &expr.kind {
        ExprKind::Builtin(Builtin::Concat, args) => {
            args.iter().for_each(|arg| flatten(arg, parts));
        }
        _ => parts.push(expr),
    }
}

/// The ints that `a + b + c` adds from left to right.
fn terms_of<'e>(expr: &'e Expr, terms: &mut Vec<&'e Expr>) {
    match &expr.kind {
        ExprKind::Binary(BinaryOp::Add, a, b) if expr.ty == Ty::Int => {
            terms_of(a, terms);
            terms.push(b);
        }
        _ => terms.push(expr),
    }
}

fn sign(op: BinaryOp) -> TokenStream {
    match op {
        BinaryOp::Add => quote!(+),
        BinaryOp::Sub => quote!(-),
        BinaryOp::Mul => quote!(*),
        BinaryOp::Div => quote!(/),
        BinaryOp::Rem => quote!(%),
        BinaryOp::Eq => quote!(==),
        BinaryOp::Ne => quote!(!=),
        BinaryOp::Lt => quote!(<),
        BinaryOp::Le => quote!(<=),
        BinaryOp::Gt => quote!(>),
        BinaryOp::Ge => quote!(>=),
        BinaryOp::And => quote!(&&),
        BinaryOp::Or => quote!(||),
    }
}
