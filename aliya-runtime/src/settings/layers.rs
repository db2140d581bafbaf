//! The layers that settings come from, and which of them wins.

use super::error::{Problem, SettingsError};
use super::list::{SETTINGS, Settings};
use super::origin::Origin;
use super::table::Held;
use super::{file, kinds, url_of};

/// The one secret that nothing stands in for where it is not set: none is accepted then.
const SECOND_SECRET: &str = "internal_secret_also";

/// What settings are read from: the first that has one wins, over the defaults. Not `Debug`, as it
/// holds secrets.
#[derive(Clone, Default)]
pub struct Layers {
    /// The flags of the command line: names of settings with their values.
    pub flags: Vec<(String, String)>,
    /// The environment: those that begin with `ALIYA_` are settings, others are left alone.
    pub variables: Vec<(String, String)>,
    /// The file of settings, if there is one.
    pub file: Option<File>,
}

/// A file of settings.
#[derive(Clone)]
pub struct File {
    /// Its name, for messages.
    pub name: String,
    /// Its content: YAML.
    pub text: String,
}

/// Something that a layer gives.
pub(super) struct Given {
    /// The name, as it is written there.
    pub(super) key: String,
    pub(super) text: String,
    pub(super) origin: Origin,
}

impl Settings {
    /// The settings that these layers make. Reads nothing else.
    ///
    /// # Errors
    ///
    /// Everything that is wrong at once: names that are no setting's in any layer, values that
    /// hold and are of the wrong kind, and in production all secrets that are not set. A value
    /// that another layer overrides is not looked at.
    pub fn load(layers: &Layers) -> Result<Self, SettingsError> {
        let mut problems = Vec::new();
        let mut held: Vec<Held> = SETTINGS.iter().map(Held::default).collect();
        for given in layers.given(&mut problems) {
            settle(given, &mut held, &mut problems);
        }
        follow_token(&mut held);
        let settings = Self::build(&held, &mut problems);
        problems.extend(unset_in_production(&held));
        match settings {
            Some(settings) if problems.is_empty() => Ok(settings),
            _ => Err(SettingsError { problems }),
        }
    }
}

impl Layers {
    /// What all layers give, the strongest first.
    fn given(&self, problems: &mut Vec<Problem>) -> Vec<Given> {
        let flags = self.flags.iter().map(|(name, text)| Given {
            key: Origin::Flag.spelled(name),
            text: text.clone(),
            origin: Origin::Flag,
        });
        let variables = self.variables.iter().map(|(key, text)| Given {
            key: key.clone(),
            text: text.clone(),
            origin: Origin::Variable,
        });
        let ours = variables.filter(|given| given.key.starts_with("ALIYA_"));
        let file = self.file.iter().flat_map(|file| file::read(file, problems));
        flags.chain(ours).chain(file).collect()
    }
}

/// Holds what is given, unless a stronger layer gave it before.
fn settle(given: Given, held: &mut [Held], problems: &mut Vec<Problem>) {
    let Given { key, text, origin } = given;
    let named = |held: &&mut Held| origin.spelled(held.setting.name) == key;
    match held.iter_mut().find(named) {
        None => problems.push(Problem::Unknown {
            at: origin.called(&key),
            nearest: nearest(&key, &origin),
        }),
        Some(held) if held.origin == Origin::Default => {
            held.text = Some(text);
            held.origin = origin;
        }
        Some(_) => {}
    }
}

/// The setting whose name is nearest to `key`, as it is written there, unless all are far.
fn nearest(key: &str, origin: &Origin) -> Option<String> {
    let names = SETTINGS.iter().map(|setting| origin.spelled(setting.name));
    let (distance, name) = names
        .map(|name| (strsim::osa_distance(key, &name), name))
        .min_by_key(|(distance, _)| *distance)?;
    (distance <= 1 + key.len() / 4).then_some(name)
}

/// Where the token server is called follows from where it listens, if only that is set.
fn follow_token(held: &mut [Held]) {
    let of = |name: &str| held.iter().position(|held| held.setting.name == name);
    let (Some(token), Some(url)) = (of("token"), of("token_url")) else {
        return;
    };
    if held[token].origin == Origin::Default || held[url].origin != Origin::Default {
        return;
    }
    let address = held[token].text.as_deref().and_then(kinds::ADDRESS.read);
    if let Some(address) = address {
        held[url].text = Some(url_of(address));
        held[url].origin = Origin::Setting("token");
    }
}

/// In production, the secrets that nobody has set.
fn unset_in_production(held: &[Held]) -> Option<Problem> {
    let production = held.iter().find(|held| held.setting.name == "production")?;
    if production.text.as_deref() != Some("true") {
        return None;
    }
    let is_needed = |held: &&Held| held.setting.is_secret() && held.setting.name != SECOND_SECRET;
    let is_unset = |held: &&Held| is_needed(held) && held.origin == Origin::Default;
    let unset: Vec<_> = held
        .iter()
        .filter(is_unset)
        .map(|held| held.setting.name)
        .collect();
    (!unset.is_empty()).then_some(Problem::Unset(unset))
}
