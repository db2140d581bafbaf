//! Formulas: a plain function each, and the expressions that use them.

use super::quote::quote;
use super::tokens::TokenStream;
use std::collections::BTreeSet;

use aliya_macros_core::names;

use super::body::Body;
use super::code::{Code, doc, ident};
use super::print;
use super::records::outside;
use super::statements::Statements;
use super::types::Scope;
use super::uses::Uses;
use crate::generate::ir::{
    Access, Formula, FormulaCall, Function, Game, Local, LocalId, Step, StepKind,
};
use crate::generate::source::Sources;

/// The file that a designer begins with.
const ROOT: &str = "managers.yaml";

/// src/formulas.rs
pub(super) fn file(game: &Game, sources: &Sources) -> String {
    let (imports, formulas) = functions(game, Some(sources));
    let items = quote! {
        use aliya_runtime::prelude::*;
        #imports
        #(#formulas)*
    };
    print::file("The game's formulas.", ROOT, "", &items)
}

/// What the module imports, and a function for each formula, in their order.
pub(super) fn functions(game: &Game, sources: Option<&Sources>) -> (TokenStream, Vec<TokenStream>) {
    let as_functions: Vec<Function> = game.formulas.iter().map(as_function).collect();
    let mut scope = Scope::of_formulas(game);
    let formulas = game.formulas.iter().zip(&as_functions);
    let formulas: Vec<_> = formulas
        .map(|(formula, as_function)| function(&mut scope, sources, formula, as_function))
        .collect();
    (scope.imports(), formulas)
}

fn function<'g>(
    scope: &mut Scope<'g>,
    sources: Option<&'g Sources>,
    formula: &Formula,
    as_function: &'g Function,
) -> TokenStream {
    let game = scope.game;
    let mut statements = Statements::new("", BTreeSet::new());
    let mut body = Body::new(scope, &mut statements, sources, as_function);
    body.in_formula = true;
    let here = Uses::of_values([&formula.value]);
    let value = body.at_uses(here, Uses::default(), |body| body.value(&formula.value));
    let value = value.result();
    let args = formula.args.iter().zip(&formula.locals);
    let args = args.map(|(arg, (local, _))| {
        let (name, ty) = (body.local(*local), outside(game, &arg.ty));
        quote!(#name: #ty)
    });
    let args: Vec<_> = args.collect();
    let cx = formula.needs.calendar.then(|| quote!(cx: &Cx<'_>,));
    let config = formula.needs.config;
    let config = config.then(|| quote!(config: &crate::config::Config,));
    let name = ident(&names::value_name(&formula.name));
    let ty = outside(game, &formula.value.ty);
    let docs = match &formula.doc {
        Some(text) => doc(text),
        None => doc(&format!(
            "The formula `{}`, of {}.",
            formula.name, formula.file
        )),
    };
    quote! {
        #docs
        pub fn #name(#cx #config #(#args),*) -> Result<#ty, Stop> {
            #value
        }
    }
}

/// A formula as a function of one step.
fn as_function(formula: &Formula) -> Function {
    let mut locals: Vec<Local> = formula
        .locals
        .iter()
        .map(|(_, local)| local.clone())
        .collect();
    let bind = LocalId(locals.len());
    locals.push(Local {
        name: "value".to_owned(),
        ty: formula.value.ty.clone(),
        used: false,
        hoisted: false,
    });
    Function {
        name: formula.name.clone(),
        doc: None,
        access: Access::Internal,
        args: Vec::new(),
        errors: Vec::new(),
        outcomes: Vec::new(),
        undone_by: None,
        runs: None,
        followed_by: None,
        native: false,
        called: false,
        called_elsewhere: false,
        writes: false,
        fails: false,
        reaches: Vec::new(),
        uses_caller: false,
        reply: Vec::new(),
        locals,
        steps: vec![Step::new(
            StepKind::Let {
                bind,
                value: formula.value.clone(),
            },
            formula.value.span,
        )],
    }
}

impl Body<'_, '_> {
    /// A use of a formula.
    pub(super) fn formula(&mut self, call: &FormulaCall) -> Code {
        let cx = call.needs.calendar.then(|| quote!(cx,));
        let config = match (call.needs.config, self.in_formula) {
            (false, _) => None,
            (true, true) => Some(quote!(config,)),
            (true, false) => Some(quote!(&config,)),
        };
        let args: Vec<_> = call.args.iter().map(|arg| self.value(arg)).collect();
        let name = self.scope.formula(call.formula);
        Code::postfix(quote!(#name(#cx #config #(#args),*)?))
    }
}
