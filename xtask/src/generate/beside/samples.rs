//! What is recorded of functions: `samples/<manager>.json` holds, of each, a request and the reply
//! that the server gives to it. A test sends them all and records them; people may write others
//! there, and what has to be called before.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use anyhow::Context;
use serde::Deserialize;

use super::json::Json;
use crate::generate::ir::Game;

/// The folder, beside managers.yaml.
const FOLDER: &str = "samples";

/// Of one function.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Sample {
    /// What the operator calls before it, in order: `["manager.function", { args }]`.
    pub before: Vec<(String, Json)>,
    /// The args; without them, those that follow from their types.
    pub args: Option<Json>,
    /// Whether the reply's data is another each time, by chance.
    pub varies: bool,
    /// The reply: status, message, data.
    pub reply: Option<Json>,
}

/// Samples by manager and function.
pub type Samples = BTreeMap<String, BTreeMap<String, Sample>>;

/// Reads the samples of a game's managers; those without a file have none.
///
/// # Errors
/// Where a file cannot be read, or is no such JSON.
pub fn read(root: &Path, game: &Game) -> anyhow::Result<Samples> {
    let mut samples = Samples::new();
    for manager in &game.managers {
        let path = root.join(FOLDER).join(format!("{}.json", manager.name));
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(error).with_context(|| path.display().to_string()),
        };
        let of_manager = serde_json::from_str(&text).with_context(|| path.display().to_string())?;
        samples.insert(manager.name.clone(), of_manager);
    }
    Ok(samples)
}
