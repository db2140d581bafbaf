//! Files that change, found by looking at them: a few hundred are looked at in a millisecond, on any
//! file system, and no editor's way of saving is missed.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

/// How often is looked.
const INTERVAL: Duration = Duration::from_millis(100);

/// For how long nothing may change before it is acted upon: an editor may write several files.
const QUIET: Duration = Duration::from_millis(50);

/// For how many of these is waited at most.
const QUIET_MAX: usize = 6;

/// Whether the person has asked to stop.
#[derive(Clone, Debug, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// Set by ctrl-c and SIGTERM from now on.
    ///
    /// # Errors
    /// Where the system refuses to install the handlers.
    pub fn on_signals() -> io::Result<Self> {
        let stop = Self::default();
        for signal in [SIGINT, SIGTERM] {
            flag::register(signal, Arc::clone(&stop.0))?;
        }
        Ok(stop)
    }

    /// Asks to stop.
    pub fn set(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether that was asked.
    pub fn is_set(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// What is looked at.
#[derive(Clone, Debug)]
pub struct Place {
    /// The folder.
    pub folder: PathBuf,
    /// Whether also what is below its folders.
    pub deep: bool,
    /// The files' extensions.
    pub extensions: &'static [&'static str],
}

/// How the files are: when each was changed, and its length.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen(BTreeMap<PathBuf, (Option<SystemTime>, u64)>);

impl Seen {
    /// Looks at all places. What cannot be read is not there.
    pub fn of(places: &[Place]) -> Self {
        let mut seen = BTreeMap::new();
        for place in places {
            look(place, &place.folder, &mut seen);
        }
        Self(seen)
    }
}

fn look(place: &Place, folder: &Path, seen: &mut BTreeMap<PathBuf, (Option<SystemTime>, u64)>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let extension = path.extension().and_then(|extension| extension.to_str());
        let wanted = extension.is_some_and(|it| place.extensions.contains(&it));
        if wanted && let Ok(about) = fs::metadata(&path) {
            seen.insert(path, (about.modified().ok(), about.len()));
        } else if place.deep && entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            look(place, &path, seen);
        }
    }
}

/// Waits until the files are no longer as they were `seen`, and at rest; or `stop`: then it is false.
/// `meanwhile` is called between looks.
pub fn changed(places: &[Place], seen: &Seen, stop: &Stop, mut meanwhile: impl FnMut()) -> bool {
    while !stop.is_set() {
        let mut now = Seen::of(places);
        if now == *seen {
            meanwhile();
            std::thread::sleep(INTERVAL);
            continue;
        }
        for _ in 0..QUIET_MAX {
            std::thread::sleep(QUIET);
            let later = Seen::of(places);
            if later == now {
                break;
            }
            now = later;
        }
        return true;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_new_changed_or_gone_is_seen() {
        let folder = tempfile::tempdir().expect("a folder");
        let deep = folder.path().join("a/b");
        fs::create_dir_all(&deep).expect("folders");
        let places = [Place {
            folder: folder.path().to_owned(),
            deep: true,
            extensions: &["yaml"],
        }];
        let stop = Stop::default();
        let before = Seen::of(&places);
        fs::write(deep.join("x.txt"), "").expect("writes");
        assert_eq!(Seen::of(&places), before);
        fs::write(deep.join("x.yaml"), "").expect("writes");
        assert!(changed(&places, &before, &stop, || {}));
        let new = Seen::of(&places);
        fs::write(deep.join("x.yaml"), "longer").expect("writes");
        assert!(changed(&places, &new, &stop, || {}));
        fs::remove_file(deep.join("x.yaml")).expect("deletes");
        assert_eq!(Seen::of(&places), before);
    }

    #[test]
    fn it_ends_when_asked() {
        let stop = Stop::default();
        let nothing = Seen::of(&[]);
        let asked = stop.clone();
        assert!(!changed(&[], &nothing, &stop, move || asked.set()));
    }
}
