//! What the list of settings turns into: a table for everything generic, a struct for its users.

use super::error::Problem;
use super::kinds::{Kind, Shown};
use super::origin::Origin;

/// One line of the list.
#[derive(Debug)]
pub struct Setting {
    /// The name, in snake_case.
    pub name: &'static str,
    /// A sentence or two for `--help`.
    pub help: &'static str,
    /// What stands for its value in `--help`.
    pub value: &'static str,
    /// What of a value may be printed.
    pub shown: fn(&str) -> Shown,
    /// The default, as it would be written; `None` for a setting that may be absent.
    pub default: Option<&'static str>,
}

impl Setting {
    /// Its flag, without the dashes in front.
    pub fn flag(&self) -> String {
        self.name.replace('_', "-")
    }

    /// Whether nothing of its values is printed.
    pub fn is_secret(&self) -> bool {
        (self.shown)("") == Shown::Not
    }
}

/// A setting as it holds, for printing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The setting's name.
    pub name: &'static str,
    /// Its value; stars for a secret and for a password in it, a dash where there is none.
    pub value: String,
    /// Where it came from: `default`, `aliya.yaml:12`, `ALIYA_GATEWAY`, `--gateway`.
    pub source: String,
}

/// A setting with the text that won.
pub(super) struct Held {
    pub(super) setting: &'static Setting,
    pub(super) text: Option<String>,
    pub(super) origin: Origin,
}

impl Held {
    pub(super) fn default(setting: &'static Setting) -> Self {
        Self {
            setting,
            text: setting.default.map(str::to_owned),
            origin: Origin::Default,
        }
    }

    pub(super) fn row(&self) -> Row {
        let value = match self.text.as_deref() {
            None | Some("") => "-".to_owned(),
            Some(text) => match (self.setting.shown)(text) {
                Shown::As(shown) => shown,
                Shown::Not => "********".to_owned(),
            },
        };
        Row {
            name: self.setting.name,
            value,
            source: self.origin.source(self.setting.name),
        }
    }

    /// Where the setting is written, and under which name.
    fn at(&self) -> String {
        let name = self.setting.name;
        self.origin.called(&self.origin.spelled(name))
    }

    /// The typed value; `None` where there is none, or it is wrong, which is a problem then.
    pub(super) fn read<T>(&self, kind: &Kind<T>, problems: &mut Vec<Problem>) -> Option<T> {
        let text = self.text.as_deref()?;
        let value = (kind.read)(text);
        if value.is_none() {
            problems.push(Problem::Wrong {
                at: self.at(),
                given: match (self.setting.shown)(text) {
                    Shown::As(shown) => Some(shown),
                    Shown::Not => None,
                },
                expected: kind.expected,
            });
        }
        value
    }
}

/// Takes lines of `/// help`, `name: type = KIND("default");` and makes [`Setting`]s of them in
/// `SETTINGS`, the struct `Settings` with a field each, and `Settings::build`, which reads it. A
/// setting without a default is an `Option`.
macro_rules! settings {
    ($(
        $(#[doc = $help:literal])+
        $name:ident: $type:ty = $kind:ident($($default:literal)?);
    )+) => {
        /// All settings, in the order in which they are printed.
        pub static SETTINGS: &[$crate::settings::Setting] = &[$(
            $crate::settings::Setting {
                name: stringify!($name),
                help: concat!($($help),+),
                value: $crate::settings::kinds::$kind.value,
                shown: $crate::settings::kinds::$kind.shown,
                default: settings!(@default $($default)?),
            },
        )+];

        /// All settings, as they hold.
        #[derive(Clone, Debug)]
        pub struct Settings {
            $($(#[doc = $help])+ pub $name: $type,)+
            pub(super) rows: Vec<$crate::settings::Row>,
        }

        impl Settings {
            /// Reads what is held of each setting, in the order of the list. All are read, so
            /// that every mistake becomes a problem.
            pub(super) fn build(
                held: &[$crate::settings::table::Held],
                problems: &mut Vec<$crate::settings::Problem>,
            ) -> Option<Self> {
                let rows = held.iter().map(|held| held.row()).collect();
                let mut held = held.iter();
                $(let $name = held.next()?.read(&$crate::settings::kinds::$kind, problems);)+
                Some(Self {
                    $($name: settings!(@field $name $($default)?),)+
                    rows,
                })
            }
        }
    };
    (@default) => { None };
    (@default $default:literal) => { Some($default) };
    (@field $name:ident) => { $name };
    (@field $name:ident $default:literal) => { $name? };
}

pub(super) use settings;
