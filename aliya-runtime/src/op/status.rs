//! How far an op has come.

use std::fmt;

/// How far an op has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    /// Before the commit point: takes are sent, one after the other.
    Taking,
    /// The takes are taken back.
    Undoing,
    /// Past the commit point: gives are sent until each is done.
    Giving,
    /// Ended with an error, which is its reply; nothing of it is kept.
    Failed,
    /// Ended well, with its reply.
    Ok,
    /// Taken back by the function that called it, which may call it no more.
    Undone,
}

impl Status {
    /// All of them.
    const ALL: [Self; 6] = [
        Self::Taking,
        Self::Undoing,
        Self::Giving,
        Self::Failed,
        Self::Ok,
        Self::Undone,
    ];

    /// As it stands in the table.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Taking => "TAKING",
            Self::Undoing => "UNDOING",
            Self::Giving => "GIVING",
            Self::Failed => "FAILED",
            Self::Ok => "OK",
            Self::Undone => "UNDONE",
        }
    }

    /// The status of that name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.name() == name)
    }

    /// Whether nothing more happens to the op, unless its caller takes it back.
    pub(crate) fn is_final(self) -> bool {
        matches!(self, Self::Failed | Self::Ok | Self::Undone)
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
