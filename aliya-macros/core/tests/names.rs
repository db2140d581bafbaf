//! Whatever a designer calls something, the mapped name is an identifier.

use aliya_macros_core::names;
use proptest::prelude::*;

/// Names as the language has them, keywords often among them, and any other text.
fn declared() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z_][a-z0-9_]{0,12}",
        prop::sample::select(vec![
            "self", "super", "crate", "_", "type", "gen", "Self", "async", "stop", "vec", "none",
        ])
        .prop_map(str::to_owned),
        any::<String>(),
    ]
}

fn is_value(name: &str) -> bool {
    name != "_" && syn::parse_str::<syn::Ident>(name).is_ok()
}

proptest! {
    #[test]
    fn mapped_names_are_identifiers(name in declared()) {
        let mapped = [
            names::value_name(&name),
            names::module_name(&name),
            names::type_name(&name),
            names::variant_name(&name),
            names::const_name(&name),
            names::table_type(&name),
            names::enum_type(&name),
            names::manager_type(&name),
            names::args_type(&name),
            names::reply_type(&name),
            names::manager_static(&name),
            names::statement_static(&name, "get_by_x"),
        ];
        for ident in &mapped {
            prop_assert!(is_value(ident), "{name:?} became {ident:?}");
        }
        for ty in [&mapped[2], &mapped[5], &mapped[6], &mapped[8]] {
            prop_assert!(!names::TYPES_IN_SCOPE.contains(&ty.as_str()), "{ty} hides one in scope");
        }
    }

    #[test]
    fn plain_names_stay_as_they_are(name in "[a-z][a-z0-9]{0,5}(_[a-z0-9]{1,5}){0,3}") {
        let mapped = names::value_name(&name);
        let kept = names::plain(&mapped) == name;
        let suffixed = mapped == format!("{name}_");
        prop_assert!(kept || suffixed, "{name} became {mapped}");
    }

    #[test]
    fn tables_never_take_a_name_that_sqlite_keeps(manager in "[a-z_]{1,8}", table in "[a-z_]{1,8}") {
        let name = names::sql_table(&manager, &table).to_lowercase();
        prop_assert!(!name.starts_with("sqlite_"));
        prop_assert!(!name.starts_with("idx_"));
        prop_assert!(!name.starts_with("unique_"));
    }
}

/// What generated code imports must not be hidden by a type of the game.
#[test]
fn the_runtime_prelude_is_in_scope() {
    let prelude = include_str!("../../../aliya-runtime/src/prelude.rs");
    let file = syn::parse_file(prelude).expect("Rust");
    let mut names = Vec::new();
    for item in &file.items {
        if let syn::Item::Use(item) = item {
            imported(&item.tree, &mut names);
        }
    }
    assert!(names.len() > 10, "{names:?}");
    for name in names {
        let is_type = name.starts_with(|c: char| c.is_uppercase());
        assert!(
            !is_type || names::TYPES_IN_SCOPE.contains(&name.as_str()),
            "{name} is not among the types in scope"
        );
    }
}

fn imported(tree: &syn::UseTree, names: &mut Vec<String>) {
    match tree {
        syn::UseTree::Path(path) => imported(&path.tree, names),
        syn::UseTree::Name(name) => names.push(name.ident.to_string()),
        syn::UseTree::Group(group) => group.items.iter().for_each(|tree| imported(tree, names)),
        syn::UseTree::Rename(rename) => names.push(rename.rename.to_string()),
        _ => panic!("the prelude names what it imports"),
    }
}
