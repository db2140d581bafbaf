//! The project's own declaration.

use std::path::Path;

use crate::generate::{load, resolve};

#[test]
fn resolves_without_a_mistake() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../managers.yaml");
    let mut loaded = load::load(&root);
    let game = resolve::resolve(&loaded.sources, &loaded.documents, &mut loaded.diagnostics);
    assert_eq!(loaded.diagnostics.render(&loaded.sources, false), "");
    let names: Vec<&str> = game.managers.iter().map(|m| m.name.as_str()).collect();
    assert!(
        names.contains(&"bag") && names.contains(&"weapon"),
        "{names:?}"
    );
}
