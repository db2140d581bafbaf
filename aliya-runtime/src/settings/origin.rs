//! Where the value of a setting came from.

/// Where a value came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// The command line.
    Flag,
    /// The environment.
    Variable,
    /// A file, by its name as it was given, with the line where that could be found.
    File { name: String, line: Option<usize> },
    /// The setting of this name, from which the value follows.
    Setting(&'static str),
    /// The list of settings.
    Default,
}

impl Origin {
    /// How a setting is written there.
    pub(super) fn spelled(&self, name: &str) -> String {
        match self {
            Self::Flag => format!("--{}", name.replace('_', "-")),
            Self::Variable => format!("ALIYA_{}", name.to_ascii_uppercase()),
            _ => name.to_owned(),
        }
    }

    /// What `aliya settings` prints as the source of the setting of this name.
    pub(super) fn source(&self, name: &str) -> String {
        match self {
            Self::Flag | Self::Variable => self.spelled(name),
            Self::File { name, line } => place(name, *line),
            Self::Setting(other) => format!("follows {other}"),
            Self::Default => "default".to_owned(),
        }
    }

    /// How a message calls what is written there as `key`.
    pub(super) fn called(&self, key: &str) -> String {
        match self {
            Self::File { name, line } => format!("{}: {key}", place(name, *line)),
            _ => key.to_owned(),
        }
    }
}

fn place(file: &str, line: Option<usize>) -> String {
    match line {
        Some(line) => format!("{file}:{line}"),
        None => file.to_owned(),
    }
}
