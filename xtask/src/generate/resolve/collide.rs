//! Names that are fine alone and cannot stand side by side: one name once written in Rust or SQL,
//! two functions that clients would call by one name, two managers on one port; and names that are
//! taken by the server.

use std::collections::BTreeMap;

use aliya_macros_core::names as mapped;

use crate::generate::ast::{self, Access};
use crate::generate::diagnostic::{Code, Diagnostics};
use crate::generate::source::Name;

use super::declare::{Declared, Manager, by_name};
use super::{config, formulas, table_names, types};

/// What the token server answers to.
const TOKEN_SERVER: [&str; 3] = ["login", "login_unique", "bind_account"];

/// Services that are no managers, and that calls between services name.
const SERVICES: [&str; 2] = ["gateway", "token"];

/// Names that no step can bind, because expressions use them.
pub(super) const RESERVED: [&str; 4] = ["args", "caller", "config", "now"];

/// Checks all names against each other and against the reserved ones.
pub(super) fn check(names: &Declared, diagnostics: &mut Diagnostics) {
    check_enums(names, diagnostics);
    check_records(names, diagnostics);
    config::check_names(names, diagnostics);
    formulas::check_names(names, diagnostics);
    let managers = || names.managers.iter().map(|m| &m.ast.name);
    distinct(
        "managers",
        managers().map(|n| (n, mapped::module_name(&n.value))),
        diagnostics,
    );
    for name in managers() {
        if SERVICES.contains(&name.value.as_str()) {
            reserved(
                name,
                "a service of the server itself is called that",
                diagnostics,
            );
        }
    }
    table_names::check(names, diagnostics);
    for manager in &names.managers {
        check_manager(manager, diagnostics);
    }
    check_public(names, diagnostics);
    check_ports(names, diagnostics);
}

/// Says which of the names are one name once mapped, and gives whether there are any; equal names
/// are not its business.
pub(super) fn distinct<'n>(
    what: &str,
    names: impl Iterator<Item = (&'n Name, String)>,
    diagnostics: &mut Diagnostics,
) -> bool {
    let mut firsts: BTreeMap<String, &Name> = BTreeMap::new();
    let mut any = false;
    for (name, mapped) in names {
        if let Some(first) = firsts.get(&mapped) {
            if first.value != name.value {
                collision(what, first, name, &mapped, diagnostics);
                any = true;
            }
        } else {
            firsts.insert(mapped, name);
        }
    }
    any
}

fn collision(what: &str, first: &Name, name: &Name, mapped: &str, diagnostics: &mut Diagnostics) {
    diagnostics
        .error(
            Code::NameCollision,
            name.span,
            format!(
                "the {what} `{}` and `{}` are both `{mapped}` in the code that is written",
                first.value, name.value
            ),
            format!("`{mapped}` once more"),
        )
        .label(first.span, format!("`{mapped}` first"))
        .help("give one of them another name");
}

/// The same of names of two kinds.
fn collision_of_kinds(
    [of_first, of_second]: [&str; 2],
    first: &Name,
    name: &Name,
    mapped: &str,
    diagnostics: &mut Diagnostics,
) {
    diagnostics
        .error(
            Code::NameCollision,
            name.span,
            format!(
                "the {of_first} `{}` and the {of_second} `{}` are both `{mapped}` in the code that is written",
                first.value, name.value
            ),
            format!("`{mapped}` once more"),
        )
        .label(first.span, format!("`{mapped}` first"))
        .help("give one of them another name");
}

/// Says that a name is taken.
pub(super) fn reserved(name: &Name, why: &str, diagnostics: &mut Diagnostics) {
    diagnostics
        .error(
            Code::ReservedName,
            name.span,
            format!("`{}` is reserved", name.value),
            why,
        )
        .help("give it another name");
}

fn check_enums(names: &Declared, diagnostics: &mut Diagnostics) {
    let enums = names.enums.iter();
    distinct(
        "enums",
        enums.map(|e| (&e.name, mapped::enum_type(&e.name.value))),
        diagnostics,
    );
    for declared in &names.enums {
        if types::is_type_word(&declared.name.value) {
            reserved(&declared.name, "a type of the language", diagnostics);
        }
        let variants = declared.variants.iter();
        distinct(
            "variants",
            variants.map(|v| (&v.name, mapped::variant_name(&v.name.value))),
            diagnostics,
        );
        check_numbers(declared, diagnostics);
    }
}

/// Records have names that no enum has, and fields that stay apart in Rust.
fn check_records(names: &Declared, diagnostics: &mut Diagnostics) {
    let records = names.records.iter();
    distinct(
        "records",
        records.map(|r| (&r.name, mapped::type_name(&r.name.value))),
        diagnostics,
    );
    for declared in &names.records {
        if types::is_type_word(&declared.name.value) {
            reserved(&declared.name, "a type of the language", diagnostics);
        }
        if let Some(id) = names.enum_id(&declared.name.value) {
            diagnostics
                .error(
                    Code::NameCollision,
                    declared.name.span,
                    format!("`{}` is an enum and a record", declared.name.value),
                    "the record",
                )
                .label(names.declared_enum(id).name.span, "the enum")
                .help("give one of them another name");
        }
        let fields = || declared.fields.iter().map(|field| &field.name);
        by_name("field", fields(), &names.faults, diagnostics);
        let in_rust = fields().map(|name| (name, mapped::value_name(&name.value)));
        distinct("fields", in_rust, diagnostics);
    }
}

/// All variants of an enum have numbers, each its own, or none has.
fn check_numbers(declared: &ast::Enum, diagnostics: &mut Diagnostics) {
    let mut firsts = BTreeMap::new();
    for variant in &declared.variants {
        let Some(number) = &variant.number else {
            continue;
        };
        if let Some(first) = firsts.insert(number.value, number.span) {
            diagnostics
                .error(
                    Code::BadDeclaration,
                    number.span,
                    format!(
                        "two variants of `{}` travel as {}",
                        declared.name.value, number.value
                    ),
                    "the second one",
                )
                .label(first, "the first one")
                .help("give each variant a number of its own");
        }
    }
    let bare = declared.variants.iter().find(|v| v.number.is_none());
    if let (Some(bare), false) = (bare, firsts.is_empty()) {
        diagnostics
            .error(
                Code::BadDeclaration,
                bare.name.span,
                format!(
                    "`{}` has no number, and others of `{}` have",
                    bare.name.value, declared.name.value
                ),
                "travels as text, the others as numbers",
            )
            .help("give all variants numbers, or none");
    }
}

/// A manager's module in Rust: its types in one set, its functions in another.
fn check_manager(manager: &Manager, diagnostics: &mut Diagnostics) {
    let ast = manager.ast;
    let functions = ast.functions.iter().map(|f| &f.name);
    distinct(
        "functions",
        functions.clone().map(|n| (n, mapped::value_name(&n.value))),
        diagnostics,
    );
    let own = (&ast.name, mapped::manager_type(&ast.name.value));
    let tables = ast
        .tables
        .iter()
        .map(|t| (&t.name, mapped::table_type(&t.name.value)));
    let of_functions = functions.clone().flat_map(|n| {
        [
            (n, mapped::args_type(&n.value)),
            (n, mapped::reply_type(&n.value)),
        ]
    });
    let by_hand = ast.functions.iter().filter(|f| f.native.is_some());
    let its_trait = by_hand.clone().next().map(|_| {
        let name = mapped::native_trait(&ast.name.value);
        (&ast.name, name)
    });
    let errors = by_hand.map(|f| (&f.name, mapped::error_type(&f.name.value)));
    let own = std::iter::once(own).chain(its_trait);
    let mut types: BTreeMap<String, &Name> = BTreeMap::new();
    for (name, mapped) in own.chain(tables).chain(of_functions).chain(errors) {
        match types.get(&mapped) {
            // A name that is declared twice in one kind was reported; one type name of two kinds was not.
            Some(first) if first.span != name.span => {
                // Tables that are one in the database, too, were reported as that.
                let both_tables = !is_function(ast, first) && !is_function(ast, name);
                if both_tables && first.value.eq_ignore_ascii_case(&name.value) {
                    continue;
                }
                if first.value != name.value || is_function(ast, first) != is_function(ast, name) {
                    let what = [kind_of(ast, first), kind_of(ast, name)];
                    collision_of_kinds(what, first, name, &mapped, diagnostics);
                }
            }
            Some(_) => {}
            None => {
                types.insert(mapped, name);
            }
        }
    }
}

/// What is called by that name, in the manager or as the manager.
fn kind_of(manager: &ast::Manager, name: &Name) -> &'static str {
    match is_function(manager, name) {
        true => "function",
        false if manager.name.span == name.span => "manager",
        false => "table",
    }
}

fn is_function(manager: &ast::Manager, name: &Name) -> bool {
    manager.functions.iter().any(|f| f.name.span == name.span)
}

/// What clients call is unique in the game.
fn check_public(names: &Declared, diagnostics: &mut Diagnostics) {
    let mut firsts: BTreeMap<&str, (&Name, &Name)> = BTreeMap::new();
    for manager in &names.managers {
        let functions = manager.ast.functions.iter();
        for function in functions.filter(|f| matches!(f.access, Access::Player | Access::Public)) {
            let name = &function.name;
            if TOKEN_SERVER.contains(&name.value.as_str()) {
                reserved(
                    name,
                    "clients call the token server by this name",
                    diagnostics,
                );
            }
            let Some((first, of)) = firsts.get(name.value.as_str()) else {
                firsts.insert(&name.value, (name, &manager.ast.name));
                continue;
            };
            // Twice in one manager was reported.
            if of.value != manager.ast.name.value {
                diagnostics
                    .error(
                        Code::SamePublicName,
                        name.span,
                        format!(
                            "clients would call two functions `{}`, of `{}` and of `{}`",
                            name.value, of.value, manager.ast.name.value
                        ),
                        "the second one",
                    )
                    .label(first.span, "the first one")
                    .help("give one of them another name, or `access: internal` where only managers call it");
            }
        }
    }
}

fn check_ports(names: &Declared, diagnostics: &mut Diagnostics) {
    let mut firsts = BTreeMap::new();
    for manager in &names.managers {
        let Some(port) = &manager.ast.port else {
            continue;
        };
        let Some((first, of)) = firsts.get(&port.value) else {
            firsts.insert(port.value, (port.span, &manager.ast.name.value));
            continue;
        };
        diagnostics
            .error(
                Code::SamePort,
                port.span,
                format!(
                    "the managers `{of}` and `{}` are both on port {}",
                    manager.ast.name.value, port.value
                ),
                "taken",
            )
            .label(*first, "first here")
            .help("give each manager a port of its own");
    }
}
