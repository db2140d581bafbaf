//! Reads the settings of a YAML file: what is written, with the lines.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};

use super::error::Problem;
use super::kinds;
use super::layers::{File, Given};
use super::list::SETTINGS;
use super::origin::Origin;

/// Every key of the file with its value as text; a mistake is a problem.
pub(super) fn read(file: &File, problems: &mut Vec<Problem>) -> Vec<Given> {
    // YAML has no document there, and would complain.
    let is_said = |line: &str| !line.trim().is_empty() && !line.trim_start().starts_with('#');
    if !file.text.lines().any(is_said) {
        return Vec::new();
    }
    let entries = match serde_yaml::Deserializer::from_str(&file.text).deserialize_any(Entries) {
        Ok(entries) => entries,
        Err(error) => {
            problems.push(Problem::File {
                file: file.name.clone(),
                reason: error.to_string(),
            });
            return Vec::new();
        }
    };
    let mut seen = BTreeMap::new();
    let mut given = Vec::new();
    for (key, text) in entries {
        let earlier: &mut usize = seen.entry(key.clone()).or_default();
        let origin = Origin::File {
            name: file.name.clone(),
            line: line_of(&file.text, &key, *earlier),
        };
        *earlier += 1;
        if *earlier > 1 {
            let at = origin.called(&key);
            problems.push(Problem::Twice { at });
        } else {
            given.push(Given { key, text, origin });
        }
    }
    given
}

/// The line of the key's next mention after `earlier` ones, counted from 1. A key of the outermost
/// mapping begins its line, unless that is written with braces: then there is none to find.
fn line_of(text: &str, key: &str, earlier: usize) -> Option<usize> {
    let is_key = |line: &str| {
        let line = line.trim_start_matches(['"', '\'']);
        let rest = line.strip_prefix(key);
        rest.is_some_and(|rest| rest.trim_start_matches(['"', '\'', ' ']).starts_with(':'))
    };
    (1..)
        .zip(text.lines())
        .filter(|(_, line)| is_key(line))
        .nth(earlier)
        .map(|(number, _)| number)
}

/// Visits the file's mapping. Values are taken as text, whatever they look like: a key of eight
/// digits is no number.
struct Entries;

impl<'de> Visitor<'de> for Entries {
    type Value = Vec<(String, String)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("settings, each as `name: value`")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Vec::new())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut entries = Vec::new();
        while let Some(key) = map.next_key::<String>()? {
            let setting = SETTINGS.iter().find(|setting| setting.name == key);
            // One that is none is told, and ends of lines in it would look like others of a log.
            let key = match key.chars().any(char::is_control) {
                true => key.escape_default().to_string(),
                false => key,
            };
            let text = match setting.map(|setting| setting.value) {
                None => {
                    map.next_value::<IgnoredAny>()?;
                    String::new()
                }
                Some(value) if value == kinds::URLS.value => {
                    let urls: BTreeMap<String, String> = map.next_value()?;
                    let pairs: Vec<_> = urls.iter().map(|(k, v)| format!("{k}={v}")).collect();
                    pairs.join(",")
                }
                Some(_) => map.next_value()?,
            };
            entries.push((key, text));
        }
        Ok(entries)
    }
}
