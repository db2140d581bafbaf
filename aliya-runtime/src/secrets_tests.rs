//! Tests of secrets in a data folder.

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
