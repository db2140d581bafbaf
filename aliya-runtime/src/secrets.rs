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
mod tests {
    use std::os::unix::fs::PermissionsExt;
    use std::sync::Barrier;

    use super::*;

    fn put(path: &Path, text: impl AsRef<[u8]>, mode: u32) {
        fs::write(path, text).unwrap();
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }

    #[test]
    fn is_made_once_private_and_then_kept() {
        let dir = tempfile::tempdir().unwrap();
        let data = dir.path().join("not/there/yet");
        let first = Secret::load_or_make(&data, TOKEN_SECRET).unwrap();
        assert!(first.expose().len() >= Secret::MIN_BYTES);

        let path = data.join(TOKEN_SECRET);
        assert_eq!(fs::metadata(&path).unwrap().mode() & 0o777, 0o600);
        assert_eq!(fs::metadata(&data).unwrap().mode() & 0o777, 0o700);
        let again = Secret::load_or_make(&data, TOKEN_SECRET).unwrap();
        assert_eq!(first.expose(), again.expose());

        // The file's text, given in the settings, is the same secret.
        let given = Secret::new(&fs::read_to_string(&path).unwrap()).unwrap();
        assert_eq!(first.expose(), given.expose());

        let other = Secret::load_or_make(&data, INTERNAL_SECRET).unwrap();
        assert_ne!(first.expose(), other.expose());
        let mut names: Vec<_> = fs::read_dir(&data)
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        names.sort();
        assert_eq!(
            names,
            [INTERNAL_SECRET, TOKEN_SECRET],
            "no temporary file stays behind"
        );
    }

    #[test]
    fn processes_that_start_at_once_end_with_one_secret() {
        const STARTERS: usize = 16;
        let dir = tempfile::tempdir().unwrap();
        let barrier = Barrier::new(STARTERS);
        let secrets: Vec<_> = std::thread::scope(|scope| {
            let start = || {
                barrier.wait();
                Secret::load_or_make(dir.path(), TOKEN_SECRET)
                    .unwrap()
                    .expose()
                    .to_vec()
            };
            let starters: Vec<_> = (0..STARTERS).map(|_| scope.spawn(start)).collect();
            starters
                .into_iter()
                .map(|starter| starter.join().unwrap())
                .collect()
        });
        assert!(secrets.windows(2).all(|pair| pair[0] == pair[1]));
    }

    #[test]
    fn a_file_that_others_may_read_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(TOKEN_SECRET);
        for mode in [0o640, 0o604, 0o620, 0o644] {
            put(&path, [b'x'; 64], mode);
            let refused = Secret::load_or_make(dir.path(), TOKEN_SECRET).unwrap_err();
            assert!(matches!(refused, SecretError::Exposed { mode: m, .. } if m == mode));
            assert!(refused.to_string().contains("chmod 600"), "{refused}");
        }
        put(&path, [b'x'; 64], 0o400);
        Secret::load_or_make(dir.path(), TOKEN_SECRET).unwrap();
    }

    #[test]
    fn a_file_that_is_no_secret_is_refused_and_left_alone() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(TOKEN_SECRET);
        let cases: [(&[u8], BadSecret); 4] = [
            (b"", BadSecret::Short { bytes: 0 }),
            (
                b"  0123456789012345678901234567890 \n",
                BadSecret::Short { bytes: 31 },
            ),
            (&[b'x'; Secret::MAX_BYTES + 1], BadSecret::Long),
            (&[0xff; 64], BadSecret::NoText),
        ];
        for (content, expected) in cases {
            put(&path, content, 0o600);
            let refused = Secret::load_or_make(dir.path(), TOKEN_SECRET).unwrap_err();
            assert!(matches!(refused, SecretError::Bad { why, .. } if why == expected));
            assert_eq!(fs::read(&path).unwrap(), content);
        }
        fs::remove_file(&path).unwrap();
        fs::create_dir(&path).unwrap();
        let refused = Secret::load_or_make(dir.path(), TOKEN_SECRET).unwrap_err();
        assert!(matches!(refused, SecretError::NoFile { .. }), "{refused}");
    }

    #[test]
    fn bounds_and_silence() {
        assert!(Secret::new(&"x".repeat(32)).is_ok());
        assert_eq!(
            Secret::new(&"x".repeat(31)).unwrap_err(),
            BadSecret::Short { bytes: 31 }
        );
        let shown = format!(
            "{:?}",
            Secret::new("a secret of more than 32 bytes, well").unwrap()
        );
        assert!(!shown.contains("secret of"), "{shown}");
    }
}
