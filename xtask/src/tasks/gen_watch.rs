//! `cargo xtask gen --watch`: generates after each change of the game's files, and says what there is
//! to say.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::Result;

use super::root;
use super::watch::{Place, Seen, Stop, changed};
use crate::generate::command::{self, Gen, Outcome};
use crate::generate::load;
use crate::migrate::history::FOLDER;

/// Where games keep their files, beside those that they include from elsewhere.
const FOLDERS: [&str; 4] = ["", "managers", "config", "samples"];

/// Generates now and after each change, until `stop`. What there is to say goes to `out`.
///
/// # Errors
/// Where nothing can be said any more.
pub fn watch(args: &Gen, out: &mut impl Write, stop: &Stop) -> Result<()> {
    let root = args.root.clone().unwrap_or_else(root);
    loop {
        // What changes from here on is seen.
        let places = places(&root);
        let seen = Seen::of(&places);
        generate(args, out)?;
        writeln!(out, "watching; ctrl-c ends")?;
        out.flush()?;
        if !changed(&places, &seen, stop, || {}) {
            return Ok(());
        }
    }
}

/// Generates; a fault is said like a mistake, it may be mended.
pub(super) fn generate(args: &Gen, out: &mut impl Write) -> Result<Option<Outcome>> {
    let start = Instant::now();
    let outcome = match command::run(args, out) {
        Ok(outcome) => Some(outcome),
        Err(error) => {
            writeln!(out, "error: {error:#}")?;
            None
        }
    };
    if outcome == Some(Outcome::Done) {
        writeln!(out, "in {} ms", start.elapsed().as_millis())?;
    }
    Ok(outcome)
}

/// The folders of all the game's files.
pub(super) fn places(root: &Path) -> Vec<Place> {
    let loaded = load::load(&root.join("managers.yaml"));
    let files = loaded.sources.files().iter();
    let included = files.filter_map(|file| file.on_disk.parent().map(Path::to_owned));
    let usual = FOLDERS.iter().map(|folder| match *folder {
        "" => root.to_owned(),
        folder => root.join(folder),
    });
    let folders: BTreeSet<PathBuf> = usual.chain(included).collect();
    let place = |folder| Place {
        folder,
        deep: false,
        extensions: &["yaml", "json"],
    };
    let migrations = Place {
        folder: root.join(FOLDER),
        deep: true,
        extensions: &["sql", "json"],
    };
    let folders = folders.into_iter().map(place);
    folders.chain([migrations]).collect()
}
