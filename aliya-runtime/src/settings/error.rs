//! What can be wrong with settings.

use std::fmt;

/// Everything that is wrong with the settings, a line or more each.
#[derive(Debug, PartialEq, Eq)]
pub struct SettingsError {
    /// At least one.
    pub problems: Vec<Problem>,
}

impl std::error::Error for SettingsError {}

impl fmt::Display for SettingsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut separator = "";
        for problem in &self.problems {
            write!(f, "{separator}{problem}")?;
            separator = "\n";
        }
        Ok(())
    }
}

/// One thing that is wrong. `at` says where, and under which name it was given there:
/// `aliya.yaml:12: gateway`, `ALIYA_GATEWAY`, `--gateway`.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// A name that is no setting's.
    #[error("{at} is no setting{}", .nearest.as_ref().map(|n| format!("; did you mean {n}?")).unwrap_or_default())]
    Unknown {
        /// Where, and the name.
        at: String,
        /// The setting whose name is nearest, as it is written there.
        nearest: Option<String>,
    },
    /// A value that is not of the setting's kind.
    #[error("{at}{} must be {expected}", .given.as_ref().map(|g| format!(" is {g:?}, and")).unwrap_or_default())]
    Wrong {
        /// Where, and the setting.
        at: String,
        /// The value; `None` for a secret.
        given: Option<String>,
        /// What it must be.
        expected: &'static str,
    },
    /// A setting that a file holds twice.
    #[error("{at} is given a second time")]
    Twice {
        /// Where, and the setting.
        at: String,
    },
    /// A variable that is not UTF-8.
    #[error("{at} is not UTF-8")]
    NotText {
        /// The variable.
        at: String,
    },
    /// A file that cannot be read, or is no YAML.
    #[error("{file}: {reason}")]
    File {
        /// The file's name.
        file: String,
        /// Why.
        reason: String,
    },
    /// In production, secrets that nobody has set.
    #[error("production takes no default for a secret. Set these:{}", .0.iter().map(|name| told(name)).collect::<String>())]
    Unset(Vec<&'static str>),
}

/// A line that says how to set a secret; not by its flag, which every user of the machine can see.
fn told(name: &str) -> String {
    let variable = name.to_ascii_uppercase();
    format!(
        "\n  {name}: with ALIYA_{variable}, or {name} in {}",
        super::FILE
    )
}
