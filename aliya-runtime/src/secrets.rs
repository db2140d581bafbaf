//! The secrets that services sign with: given in the settings, or made once and kept in the data
//! folder.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::{ExposeSecret, SecretSlice};

/// The file of the secret that signs players' tokens, in the data folder.
pub const TOKEN_SECRET: &str = "token.secret";

/// The file of the secret that signs calls between services, in the data folder.
pub const INTERNAL_SECRET: &str = "internal.secret";

/// A key for HMAC-SHA-256. It does not show in debug output and is wiped when dropped.
#[derive(Clone, Debug)]
pub struct Secret(SecretSlice<u8>);

impl Secret {
    /// The fewest bytes that a secret may have: as many as the hash has (RFC 7518, 3.2).
    pub const MIN_BYTES: usize = 32;

    /// The most bytes that a secret may have: a file that is longer is something else.
    pub const MAX_BYTES: usize = 4096;

    /// A secret from the settings. Its bytes are those of the text, without white space around it,
    /// so the text of a secret's file gives the same secret as the file.
    pub fn new(text: &str) -> Result<Self, BadSecret> {
        let bytes = text.trim_ascii().as_bytes();
        match bytes.len() {
            len if len < Self::MIN_BYTES => Err(BadSecret::Short { bytes: len }),
            len if len > Self::MAX_BYTES => Err(BadSecret::Long),
            _ => Ok(Self(bytes.to_vec().into())),
        }
    }

    /// The secret in the file `name` of the data folder. Where there is no such file it is made, of
    /// 32 random bytes, readable by this user alone; of processes that do so at once one wins, and
    /// all end with its secret.
    pub fn load_or_make(data: &Path, name: &str) -> Result<Self, SecretError> {
        let path = data.join(name);
        loop {
            match File::open(&path) {
                Ok(file) => return read(file, &path),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(SecretError::io("read", &path, error)),
            }
            make(data, name, &path)?;
        }
    }

    /// The bytes to sign with.
    pub fn expose(&self) -> &[u8] {
        self.0.expose_secret()
    }
}

/// Why a text or a file's content is not taken as a secret.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BadSecret {
    /// It can be guessed.
    #[error("a secret needs at least 32 bytes, this one has {bytes}")]
    Short {
        /// How many bytes it has.
        bytes: usize,
    },
    /// It is longer than any secret.
    #[error("a secret has at most 4096 bytes")]
    Long,
    /// It cannot be written in settings.
    #[error("a secret is text in UTF-8")]
    NoText,
}

/// Why there is no secret from the data folder.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SecretError {
    /// The file's content will not do.
    #[error("{}: {why}", .path.display())]
    Bad {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        why: BadSecret,
    },
    /// Users other than the owner have rights on the file.
    #[error("{}: others may read or change this secret (mode {mode:04o}); make a new one, or `chmod 600` it", .path.display())]
    Exposed {
        /// The file.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// It is a folder, a socket or the like.
    #[error("{}: a secret is a regular file", .path.display())]
    NoFile {
        /// What is in the file's place.
        path: PathBuf,
    },
    /// The file system refuses.
    #[error(
        "cannot {action} {}: {error} (the data folder holds this server's secrets; --data names \
         another)",
        .path.display()
    )]
    Io {
        /// What was tried, such as `read`.
        action: &'static str,
        /// With which file.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// The system gives no random bytes.
    #[error("no random bytes for a new secret: {0}")]
    Random(#[from] getrandom::Error),
}

impl SecretError {
    fn io(action: &'static str, path: &Path, error: io::Error) -> Self {
        Self::Io {
            action,
            path: path.to_owned(),
            error,
        }
    }
}

fn read(file: File, path: &Path) -> Result<Secret, SecretError> {
    // Looked at through the open file, so that what is checked is what is read.
    let metadata = file
        .metadata()
        .map_err(|error| SecretError::io("look at", path, error))?;
    if !metadata.is_file() {
        return Err(SecretError::NoFile {
            path: path.to_owned(),
        });
    }
    let mode = metadata.mode() & 0o777;
    if mode & 0o077 != 0 {
        return Err(SecretError::Exposed {
            path: path.to_owned(),
            mode,
        });
    }
    let mut text = Vec::new();
    // Room for the longest secret and white space around it.
    let mut limited = file.take(2 * Secret::MAX_BYTES as u64);
    limited
        .read_to_end(&mut text)
        .map_err(|error| SecretError::io("read", path, error))?;
    let bad = |why| SecretError::Bad {
        path: path.to_owned(),
        why,
    };
    let text = std::str::from_utf8(&text).map_err(|_| bad(BadSecret::NoText))?;
    Secret::new(text).map_err(bad)
}

/// Puts a new secret at `path`, whole or not at all; leaves the one that is there by now.
fn make(data: &Path, name: &str, path: &Path) -> Result<(), SecretError> {
    let mut random = [0; 40];
    getrandom::fill(&mut random)?;
    let (secret, suffix) = random.split_at(Secret::MIN_BYTES);
    let text = URL_SAFE_NO_PAD.encode(secret) + "\n";
    let temporary = data.join(format!(".{name}.{}", URL_SAFE_NO_PAD.encode(suffix)));

    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(data)
        .map_err(|error| SecretError::io("make", data, error))?;
    let written = write_new(&temporary, &text)
        .map_err(|error| SecretError::io("write", &temporary, error))
        // A link, unlike a rename, never replaces what another process has put there.
        .and_then(|()| match fs::hard_link(&temporary, path) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                Err(SecretError::io("make", path, error))
            }
            _ => Ok(()),
        });
    // Best effort: what remains is a file of a name that nothing reads.
    let _ = fs::remove_file(&temporary);
    written?;
    // The name, too, must outlive a loss of power: tokens are signed with it from now on.
    let folder = File::open(data).and_then(|folder| folder.sync_all());
    folder.map_err(|error| SecretError::io("sync", data, error))
}

fn write_new(path: &Path, text: &str) -> io::Result<()> {
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

#[cfg(test)]
#[path = "secrets_tests.rs"]
mod tests;
