//! The functions of the language.

use super::allow::span;
use super::body::Body;
use super::code::{Code, int};
use super::loops::list_of;
use super::operators::flatten;
use super::quote::quote;
use super::tokens::TokenStream;
use super::types::is_copy;
use crate::generate::ir::{Builtin, Expr, ExprKind, Literal, Ty};

impl Body<'_, '_> {
    /// A call of a built-in function, which `expr` is.
    pub(super) fn builtin(&mut self, expr: &Expr, builtin: Builtin, args: &[Expr]) -> Code {
        match (builtin, args) {
            (Builtin::Min, [a, b]) => self.smaller_or_greater(quote!(min), &expr.ty, a, b),
            (Builtin::Max, [a, b]) => self.smaller_or_greater(quote!(max), &expr.ty, a, b),
            (Builtin::Abs, [a]) if a.ty == Ty::Float => {
                let a = self.look(a);
                Code::postfix(quote!(f64::abs(#a)))
            }
            (Builtin::Abs, [a]) => {
                let a = self.look(a);
                self.checked(expr, quote!(ops::abs(#a)))
            }
            (Builtin::Clamp, [x, low, high]) => {
                let (x, low, high) = (self.look(x), self.look(low), self.look(high));
                Code::postfix(quote!(ops::clamp(#x, #low, #high)))
            }
            (Builtin::Len, [of]) if of.ty == Ty::Text => {
                let text = match &of.kind {
                    ExprKind::Literal(Literal::Text(text)) => quote!(#text),
                    _ => self.borrowed(of),
                };
                Code::postfix(quote!(ops::characters(#text)))
            }
            (Builtin::Len, [of]) if matches!(of.ty, Ty::Map(..)) => {
                let map = self.borrowed(of);
                Code::postfix(quote!(ops::entries(#map)))
            }
            (Builtin::Tier, [steps, x]) => {
                let (steps, x) = (self.borrowed(steps), self.borrowed(x));
                Code::postfix(quote!(ops::tier(#steps, #x)))
            }
            (Builtin::Range, [first, end]) => {
                let (first, end) = (self.value(first), self.value(end));
                self.checked(expr, quote!(ops::range(#first, #end)))
            }
            (Builtin::Keys, [map]) => {
                let map = self.receiver(map);
                Code::postfix(quote!(#map.keys().cloned().collect::<Vec<_>>()))
            }
            (Builtin::Contains, [map, key]) if matches!(map.ty, Ty::Map(..)) => {
                let (map, key) = (self.receiver(map), self.borrowed(key));
                Code::postfix(quote!(#map.contains_key(#key)))
            }
            (Builtin::Len, [of]) => {
                let list = match &of.kind {
                    ExprKind::Pluck(rows, _) => self.borrowed(rows),
                    _ => self.borrowed(of),
                };
                Code::postfix(quote!(ops::len(#list)))
            }
            (Builtin::Sum, [list]) => {
                let items = match &list.kind {
                    ExprKind::Pluck(rows, column) => self.plucked(rows, *column, &list.ty),
                    _ if matches!(list.ty, Ty::Map(..)) => {
                        let map = self.receiver(list);
                        quote!(#map.values().copied())
                    }
                    _ => {
                        let list = self.receiver(list);
                        quote!(#list.iter().copied())
                    }
                };
                self.checked(expr, quote!(ops::sum(#items)))
            }
            (Builtin::Contains, [list, item]) => self.contains(list, item),
            (Builtin::Concat, lists) if expr.ty == Ty::Text => {
                self.concat_texts(&lists.iter().collect::<Vec<_>>())
            }
            (Builtin::Concat, lists) => {
                let mut parts = Vec::new();
                lists.iter().for_each(|list| flatten(list, &mut parts));
                let lists = parts.iter().map(|list| {
                    let list = self.list(list, false);
                    quote!(#list.as_slice())
                });
                let lists: Vec<_> = lists.collect();
                Code::postfix(quote!([#(#lists),*].concat()))
            }
            (Builtin::Lower, [text]) => {
                let text = self.text_receiver(text);
                Code::postfix(quote!(#text.to_lowercase()))
            }
            (Builtin::Found, [of]) => {
                let of = self.receiver(of);
                Code::postfix(quote!(#of.is_some()))
            }
            (Builtin::Default, [of, default]) => self.or_default(of, default),
            (Builtin::Seconds, [n]) => self.duration(expr, n, 1_000),
            (Builtin::Minutes, [n]) => self.duration(expr, n, 60_000),
            (Builtin::Hours, [n]) => self.duration(expr, n, 3_600_000),
            (Builtin::Days, [n]) => self.duration(expr, n, 86_400_000),
            (Builtin::ToText, [of]) => {
                let value = self.look_typed(of).receiver();
                Code::postfix(match of.ty {
                    Ty::Id => quote!(#value.0.to_string()),
                    Ty::Enum(_) | Ty::Player => quote!(#value.as_str().to_owned()),
                    _ => quote!(#value.to_string()),
                })
            }
            (Builtin::ToNumber, [of]) => {
                let of = self.look(of).receiver();
                Code::postfix(quote!(#of.value()))
            }
            (Builtin::ToVariant, [of]) => {
                let Ty::Enum(id) = &expr.ty else {
                    unreachable!("a variant of type {:?}", expr.ty)
                };
                let arg = self.arg_named(of);
                let (of, choices) = (self.value(of), self.scope.an_enum(*id));
                Code::postfix(match arg {
                    Some(arg) => quote!(ops::variant_of_arg(#of, #choices::ALL, #arg)?),
                    None => {
                        let name = &self.scope.game.the_enum(*id).name;
                        let at = self.place(expr.span);
                        quote!(ops::variant(#of, #choices::ALL, #name, #at)?)
                    }
                })
            }
            (Builtin::ToMap, [of]) => self.map_of(expr, of),
            (Builtin::StartOf(calendar), [time]) => {
                let (span, at, time) = (span(calendar), self.place(expr.span), self.value(time));
                Code::postfix(quote!(cx.start_of(#span, #time, #at)?))
            }
            (Builtin::DayOf, [time]) => self.of_cx(expr, quote!(day_of), &[time]),
            (Builtin::DayOfMonth, [time]) => self.of_cx(expr, quote!(day_of_month), &[time]),
            (Builtin::Random, [low, high]) => self.of_cx(expr, quote!(random), &[low, high]),
            (Builtin::Chance, [p]) => self.of_cx(expr, quote!(chance), &[p]),
            _ => unreachable!("{builtin:?} of {} args", args.len()),
        }
    }

    /// The arg that an expression is, or is a part of, as whoever sends it knows it.
    fn arg_named(&self, expr: &Expr) -> Option<String> {
        match &expr.kind {
            ExprKind::Local(item) => {
                let list = list_of(&self.function.steps, *item)?;
                Some(format!("{}[]", self.arg_named(list)?))
            }
            ExprKind::Arg(at) => Some(self.function.args[*at].name.clone()),
            ExprKind::Field(of, field) => Some(format!("{}.{field}", self.arg_named(of)?)),
            _ => None,
        }
    }

    /// Something of `ops` that gives an Option, with the place of `expr`.
    fn checked(&self, expr: &Expr, call: TokenStream) -> Code {
        let at = self.place(expr.span);
        Code::postfix(quote!(#call.at(#at)?))
    }

    /// A method of `Cx` that takes values and the place of `expr`.
    fn of_cx(&mut self, expr: &Expr, method: TokenStream, args: &[&Expr]) -> Code {
        let at = self.place(expr.span);
        let args = args.iter().map(|arg| {
            let arg = self.value(arg);
            quote!(#arg,)
        });
        let args: Vec<_> = args.collect();
        Code::postfix(quote!(cx.#method(#(#args)* #at)?))
    }

    /// `function` is `min` or `max` of two values of type `ty`.
    fn smaller_or_greater(&mut self, function: TokenStream, ty: &Ty, a: &Expr, b: &Expr) -> Code {
        let untyped = Self::is_untyped(a);
        let (a, b) = (self.look(a), self.look(b));
        Code::postfix(match ty {
            Ty::Float if untyped => quote!(f64::#function(#a, #b)),
            Ty::Int if untyped => quote!(i64::#function(#a, #b)),
            _ => {
                let a = a.receiver();
                quote!(#a.#function(#b))
            }
        })
    }

    /// A list to call a method of slices on: an array where it is made on the spot, whose first item
    /// says its type where it is `typed` and a literal of which that is not plain.
    pub(super) fn list(&mut self, list: &Expr, typed: bool) -> TokenStream {
        match &list.kind {
            ExprKind::List(items) => {
                let items = items.iter().enumerate();
                let typed = typed && Self::is_untyped(list);
                let items = items.map(|(at, item)| self.branch(item, typed && at == 0));
                let items: Vec<_> = items.collect();
                quote!([#(#items),*])
            }
            _ => self.receiver(list),
        }
    }

    /// Text to call a method of `str` on.
    fn text_receiver(&mut self, text: &Expr) -> TokenStream {
        match &text.kind {
            ExprKind::Literal(Literal::Text(text)) => quote!(#text),
            _ => self.receiver(text),
        }
    }

    /// `default(of, d)`: `d` is only looked at where `of` is absent.
    fn or_default(&mut self, of: &Expr, default: &Expr) -> Code {
        let empty = match &default.kind {
            ExprKind::Literal(Literal::EmptyList) => true,
            ExprKind::Literal(Literal::Text(text)) => text.is_empty() && default.ty == Ty::Text,
            _ => false,
        };
        if empty {
            let of = self.value(of).receiver();
            return Code::postfix(quote!(#of.unwrap_or_default()));
        }
        let simple = match &default.kind {
            ExprKind::Literal(literal) => !matches!(literal, Literal::Text(_)),
            ExprKind::Arg(_) | ExprKind::Local(_) | ExprKind::Now => is_copy(&default.ty),
            _ => false,
        };
        let of = self.value(of).receiver();
        let default = self.value(default);
        if simple {
            return Code::postfix(quote!(#of.unwrap_or(#default)));
        }
        if default.fails() {
            return Code::postfix(quote! {
                match #of {
                    Some(value) => value,
                    None => #default,
                }
            });
        }
        Code::postfix(quote!(#of.unwrap_or_else(|| #default)))
    }

    /// `n` times so many milliseconds.
    fn duration(&mut self, expr: &Expr, n: &Expr, millis: i64) -> Code {
        if let ExprKind::Literal(Literal::Int(n)) = &n.kind
            && let Some(product) = n.checked_mul(millis)
        {
            return int(product, false);
        }
        let (n, millis) = (self.value(n), int(millis, false));
        self.checked(expr, quote!(ops::mul(#n, #millis)))
    }
}
