//! Settings of a running program: its command line, its environment, its file.

use std::io::ErrorKind;

use clap::{Arg, ArgMatches};

use super::FILE;
use super::error::{Problem, SettingsError};
use super::kinds;
use super::layers::{File, Layers};
use super::list::{SETTINGS, Settings};
use super::table::Setting;

const CONFIG: &str = "config";
const HEADING: &str = "Settings";

/// A flag for each setting, and `--config FILE`: for every command that needs settings.
pub fn flags() -> Vec<Arg> {
    let config = Arg::new(CONFIG)
        .long(CONFIG)
        .value_name("FILE")
        .help(format!(
            "File of settings [default: {FILE}, if there is one]"
        ))
        .help_heading(HEADING);
    SETTINGS.iter().map(flag).chain([config]).collect()
}

fn flag(setting: &Setting) -> Arg {
    let help = setting.help.trim_start();
    // The default is only told: clap must not give it, or it would win over the other layers.
    let help = match setting.default {
        Some(default) if !default.is_empty() => format!("{help} [default: {default}]"),
        _ => help.to_owned(),
    };
    let arg = Arg::new(setting.name)
        .long(setting.flag())
        .value_name(setting.value)
        .allow_negative_numbers(true)
        .help(help)
        .help_heading(HEADING);
    if setting.value == kinds::SWITCH.value {
        // `--production` and `--production=false`.
        return arg
            .num_args(0..=1)
            .require_equals(true)
            .default_missing_value("true");
    }
    arg
}

impl Settings {
    /// The settings of this program: the flags among `matches` (which [`flags`] defined), its
    /// environment, and the file that `--config` names, or [`FILE`] of the working directory if there is one.
    ///
    /// # Errors
    ///
    /// As [`Settings::load`], and where the file cannot be read.
    pub fn read(matches: &ArgMatches) -> Result<Self, SettingsError> {
        let mut problems = Vec::new();
        let layers = Layers {
            flags: given(matches),
            variables: variables(&mut problems),
            file: file(matches, &mut problems),
        };
        let loaded = Self::load(&layers);
        if problems.is_empty() {
            return loaded;
        }
        problems.extend(loaded.err().into_iter().flat_map(|error| error.problems));
        Err(SettingsError { problems })
    }
}

/// The flags of settings that the command line gives. A command may lack some, or all.
pub(super) fn given(matches: &ArgMatches) -> Vec<(String, String)> {
    let given = SETTINGS.iter().filter_map(|setting| {
        let text = matches.try_get_one::<String>(setting.name).ok()??;
        Some((setting.name.to_owned(), text.clone()))
    });
    given.collect()
}

fn variables(problems: &mut Vec<Problem>) -> Vec<(String, String)> {
    let mut variables = Vec::new();
    for (name, text) in std::env::vars_os() {
        let Ok(name) = name.into_string() else {
            continue;
        };
        match text.into_string() {
            Ok(text) => variables.push((name, text)),
            Err(_) if name.starts_with("ALIYA_") => problems.push(Problem::NotText { at: name }),
            Err(_) => {}
        }
    }
    variables
}

pub(super) fn file(matches: &ArgMatches, problems: &mut Vec<Problem>) -> Option<File> {
    let named = matches.try_get_one::<String>(CONFIG).ok().flatten();
    let name = named.map_or(FILE, String::as_str).to_owned();
    match std::fs::read_to_string(&name) {
        Ok(text) => Some(File { name, text }),
        Err(error) if error.kind() == ErrorKind::NotFound && named.is_none() => None,
        Err(error) => {
            problems.push(Problem::File {
                file: name,
                reason: error.to_string(),
            });
            None
        }
    }
}
