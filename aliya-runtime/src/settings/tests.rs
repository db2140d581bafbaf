//! Settings from layers that a test makes: nothing here looks at the real environment.

use clap::Command;
use secrecy::ExposeSecret;

use super::*;
use crate::db::DatabaseUrl;

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    let own = |(name, text): &(&str, &str)| ((*name).to_owned(), (*text).to_owned());
    pairs.iter().map(own).collect()
}

fn yaml(text: &str) -> Option<File> {
    Some(File {
        name: FILE.to_owned(),
        text: text.to_owned(),
    })
}

fn from_yaml(text: &str) -> Result<Settings, SettingsError> {
    Settings::load(&Layers {
        file: yaml(text),
        ..Layers::default()
    })
}

fn from_variables(variables: &[(&str, &str)]) -> Result<Settings, SettingsError> {
    Settings::load(&Layers {
        variables: pairs(variables),
        ..Layers::default()
    })
}

fn refused(settings: Result<Settings, SettingsError>) -> String {
    settings.unwrap_err().to_string()
}

/// The value and source that are printed of a setting.
fn printed<'s>(settings: &'s Settings, name: &str) -> (&'s str, &'s str) {
    let row = settings.rows().iter().find(|row| row.name == name).unwrap();
    (&row.value, &row.source)
}

#[test]
fn nothing_given_is_the_defaults() {
    let settings = Settings::default();
    assert_eq!(settings.data.to_str(), Some("data"));
    assert_eq!(settings.gateway.to_string(), "127.0.0.1:8079");
    assert_eq!(settings.token_url, "http://127.0.0.1:8080");
    assert_eq!(settings.database, None);
    assert_eq!(settings.des_key.expose_secret(), "67891234");
    assert!(settings.token_secret.is_none());
    assert!(settings.manager_urls.is_empty());
    assert_eq!(settings.token_ttl_s, 7 * 24 * 60 * 60);
    assert!(!settings.production && !settings.status_as_text);
    assert_eq!(settings.rows().len(), SETTINGS.len());
    assert!(settings.rows().iter().all(|row| row.source == "default"));
}

#[test]
fn the_strongest_layer_wins_and_is_named() {
    let mut layers = Layers {
        flags: pairs(&[("gateway", "127.0.0.1:1")]),
        variables: pairs(&[("ALIYA_GATEWAY", "127.0.0.1:2"), ("HOME", "/")]),
        file: yaml("# ours\n\ngateway: 127.0.0.1:3\n"),
    };
    let of = |layers: &Layers| {
        let settings = Settings::load(layers).unwrap();
        let (value, source) = printed(&settings, "gateway");
        assert_eq!(value, settings.gateway.to_string());
        (settings.gateway.port(), source.to_owned())
    };
    assert_eq!(of(&layers), (1, "--gateway".to_owned()));
    layers.flags.clear();
    assert_eq!(of(&layers), (2, "ALIYA_GATEWAY".to_owned()));
    layers.variables.clear();
    assert_eq!(of(&layers), (3, "aliya.yaml:3".to_owned()));
    layers.file = None;
    assert_eq!(of(&layers), (8079, "default".to_owned()));
}

#[test]
fn a_file_holds_every_setting() {
    let settings = from_yaml(
        "max_connections: 7
manager_urls:
  weapon: http://10.0.0.3:8083
  bag: http://10.0.0.2:8082/
des_key: 01234567
'log': info,sqlx=warn
production: false
database: sqlite:a.db # in the working directory
",
    )
    .unwrap();
    assert_eq!(settings.max_connections, 7);
    let urls: Vec<_> = settings.manager_urls.values().collect();
    assert_eq!(urls, ["http://10.0.0.2:8082", "http://10.0.0.3:8083"]);
    // As it is written, although it looks like a number.
    assert_eq!(settings.des_key.expose_secret(), "01234567");
    assert_eq!(settings.database, Some(DatabaseUrl::sqlite("a.db")));
    let urls = "bag=http://10.0.0.2:8082/,weapon=http://10.0.0.3:8083";
    assert_eq!(printed(&settings, "manager_urls"), (urls, "aliya.yaml:2"));
    assert_eq!(
        printed(&settings, "log"),
        ("info,sqlx=warn", "aliya.yaml:6")
    );
}

#[test]
fn a_file_may_be_empty_or_written_with_braces() {
    assert!(from_yaml("").is_ok());
    assert!(from_yaml("# nothing yet\n").is_ok());
    let settings = from_yaml("{gateway: '127.0.0.1:3'}").unwrap();
    assert_eq!(printed(&settings, "gateway"), ("127.0.0.1:3", "aliya.yaml"));
}

#[test]
fn a_file_that_is_no_settings_is_refused_with_the_place() {
    for (text, message) in [
        ("gateway: [", "aliya.yaml: "),
        ("- gateway", "expected settings, each as `name: value`"),
        ("data: {a: b}", "expected a string at line 1 column 7"),
        ("manager_urls: 7", "expected a map at line 1 column 15"),
        (
            "gateway: 127.0.0.1:1\n---\ndata: b",
            "more than one document",
        ),
    ] {
        let told = refused(from_yaml(text));
        assert!(told.contains(message), "{text:?}: {told}");
    }
    assert_eq!(
        refused(from_yaml("data: a\nlog: info\n\"data\" : b\n")),
        "aliya.yaml:3: data is given a second time"
    );
}

#[test]
fn unknown_names_are_refused_with_the_nearest() {
    let told = refused(Settings::load(&Layers {
        flags: pairs(&[("gatway", "127.0.0.1:1")]),
        variables: pairs(&[
            ("ALIYA_TOKEN_SECERT", "x"),
            ("ALIYA_log", "info"),
            ("ALIYAS", "not ours"),
        ]),
        file: yaml("token-url: http://a\nwallpaper_colour: {of: [any, kind]}\n"),
    }));
    assert_eq!(
        told,
        "--gatway is no setting; did you mean --gateway?
ALIYA_TOKEN_SECERT is no setting; did you mean ALIYA_TOKEN_SECRET?
ALIYA_log is no setting; did you mean ALIYA_LOG?
aliya.yaml:1: token-url is no setting; did you mean token_url?
aliya.yaml:2: wallpaper_colour is no setting"
    );
}

#[test]
fn wrong_values_are_all_told_with_place_and_expectation() {
    let told = refused(Settings::load(&Layers {
        flags: pairs(&[("port_offset", "1.5")]),
        variables: pairs(&[("ALIYA_GATEWAY", "localhost"), ("ALIYA_DES_KEY", "secret7")]),
        file: yaml(
            "idle_timeout_ms: 0\n# 31 bytes\ntoken_secret: abcdefghijklmnopqrstuvwxyz01234\n",
        ),
    }));
    assert_eq!(
        told,
        "ALIYA_GATEWAY is \"localhost\", and must be an IP address with a port, like 127.0.0.1:8079
--port-offset is \"1.5\", and must be a whole number from -65535 to 65535
ALIYA_DES_KEY must be of exactly 8 bytes
aliya.yaml:3: token_secret must be of 32 to 4096 bytes, white space around them not counted
aliya.yaml:1: idle_timeout_ms is \"0\", and must be a number of milliseconds from 1 to 86400000, which is a day"
    );
}

#[test]
fn a_wrong_value_that_is_overridden_does_not_matter() {
    let layers = Layers {
        flags: pairs(&[("gateway", "127.0.0.1:1")]),
        variables: pairs(&[("ALIYA_GATEWAY", "localhost")]),
        file: None,
    };
    assert_eq!(Settings::load(&layers).unwrap().gateway.port(), 1);
}

#[test]
fn production_names_every_missing_secret() {
    assert_eq!(
        refused(from_yaml("production: true")),
        "production takes no default for a secret. Set these:
  des_key: with ALIYA_DES_KEY, or des_key in aliya.yaml
  des_iv: with ALIYA_DES_IV, or des_iv in aliya.yaml
  token_secret: with ALIYA_TOKEN_SECRET, or token_secret in aliya.yaml
  internal_secret: with ALIYA_INTERNAL_SECRET, or internal_secret in aliya.yaml"
    );
    let secret = "0123456789abcdef0123456789abcdef";
    let mut variables = vec![
        ("ALIYA_PRODUCTION", "true"),
        ("ALIYA_DES_KEY", "67891234"),
        ("ALIYA_DES_IV", "67891234"),
        ("ALIYA_TOKEN_SECRET", secret),
    ];
    let told = refused(from_variables(&variables));
    assert_eq!(told.lines().count(), 2, "{told}");
    assert!(
        told.contains("internal_secret: with ALIYA_INTERNAL_SECRET"),
        "{told}"
    );
    // The default of the clients' cipher will do, where somebody has decided for it.
    variables.push(("ALIYA_INTERNAL_SECRET", secret));
    let settings = from_variables(&variables).unwrap();
    // A second internal secret is there only while the first is being changed.
    assert!(settings.production && settings.internal_secret_also.is_none());
}

#[test]
fn production_and_other_mistakes_are_told_together() {
    let told = refused(from_variables(&[
        ("ALIYA_PRODUCTION", "true"),
        ("ALIYA_LOG", "a=loud"),
    ]));
    assert!(
        told.contains("ALIYA_LOG") && told.contains("ALIYA_DES_IV"),
        "{told}"
    );
}

#[test]
fn secrets_are_never_printed() {
    let secret = "0123456789abcdef0123456789abcdef";
    let settings = from_variables(&[
        ("ALIYA_TOKEN_SECRET", secret),
        ("ALIYA_INTERNAL_SECRET_ALSO", secret),
    ]);
    let settings = settings.unwrap();
    for (name, variable) in [
        ("token_secret", "ALIYA_TOKEN_SECRET"),
        ("internal_secret_also", "ALIYA_INTERNAL_SECRET_ALSO"),
    ] {
        assert_eq!(printed(&settings, name), ("********", variable));
    }
    assert_eq!(printed(&settings, "internal_secret"), ("-", "default"));
    assert_eq!(printed(&settings, "des_key"), ("********", "default"));
    let debugged = format!("{settings:?}");
    assert!(
        !debugged.contains(secret) && !debugged.contains("67891234"),
        "{debugged}"
    );
}

#[test]
fn the_token_url_follows_where_the_token_server_listens() {
    let settings = from_variables(&[("ALIYA_TOKEN", "0.0.0.0:9000")]).unwrap();
    assert_eq!(settings.token_url, "http://127.0.0.1:9000");
    let told = ("http://127.0.0.1:9000", "follows token");
    assert_eq!(printed(&settings, "token_url"), told);
    let set = [
        ("ALIYA_TOKEN", "[::]:9000"),
        ("ALIYA_TOKEN_URL", "http://a:1"),
    ];
    assert_eq!(from_variables(&set).unwrap().token_url, "http://a:1");
    assert_eq!(
        from_variables(&set[..1]).unwrap().token_url,
        "http://[::1]:9000"
    );
    // One mistake is told once.
    let told = refused(from_variables(&[("ALIYA_TOKEN", "here")]));
    assert_eq!(told.lines().count(), 1, "{told}");
}

#[test]
fn managers_are_found_by_name_or_by_port() {
    let mut settings = from_variables(&[
        ("ALIYA_MANAGER_URLS", "bag=http://10.0.0.2:1"),
        ("ALIYA_PORT_OFFSET", "-8000"),
    ])
    .unwrap();
    let url = |settings: &Settings, name, port| settings.manager_url(name, port);
    assert_eq!(
        url(&settings, "bag", 8082).as_deref(),
        Some("http://10.0.0.2:1")
    );
    assert_eq!(
        url(&settings, "weapon", 8083).as_deref(),
        Some("http://127.0.0.1:83")
    );
    assert_eq!(settings.manager_address(8000), None);
    assert_eq!(settings.manager_address(7_999), None);
    settings.port_offset = 60_000;
    assert_eq!(settings.manager_address(8083), None);
    assert_eq!(url(&settings, "weapon", 8083), None);
    settings.port_offset = 100;
    assert_eq!(
        settings.manager_address(8083).unwrap().to_string(),
        "127.0.0.1:8183"
    );
}

#[test]
fn every_setting_has_a_flag() {
    let command = || Command::new("aliya").no_binary_name(true).args(flags());
    command().debug_assert();
    let longs: Vec<_> = flags()
        .iter()
        .filter_map(|flag| flag.get_long().map(str::to_owned))
        .collect();
    assert_eq!(longs.len(), SETTINGS.len() + 1);
    assert!(longs.contains(&"max-connections-per-address".to_owned()));
    assert!(
        SETTINGS
            .iter()
            .all(|setting| longs.contains(&setting.flag()))
    );
    let matches = command().get_matches_from(["--port-offset", "-5", "--production"]);
    assert_eq!(
        flags::given(&matches),
        pairs(&[("port_offset", "-5"), ("production", "true")])
    );
    let matches = command().get_matches_from(["--production=false", "--data", "d"]);
    assert_eq!(
        flags::given(&matches),
        pairs(&[("data", "d"), ("production", "false")])
    );
    assert_eq!(flags::given(&command().get_matches_from([""; 0])), []);
}

#[test]
fn a_named_file_must_be_there() {
    let command = Command::new("aliya").no_binary_name(true).args(flags());
    let matches = command.get_matches_from(["--config", "no/such/settings.yaml"]);
    let mut problems = Vec::new();
    assert!(flags::file(&matches, &mut problems).is_none());
    let told = SettingsError { problems }.to_string();
    assert!(told.starts_with("no/such/settings.yaml: "), "{told}");
}

#[test]
fn a_named_file_is_read_under_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mine.yaml");
    std::fs::write(&path, "\nlog: debug\n").unwrap();
    let name = path.to_str().unwrap();
    let command = Command::new("aliya").no_binary_name(true).args(flags());
    let matches = command.get_matches_from(["--config", name]);
    let file = flags::file(&matches, &mut Vec::new());
    let settings = Settings::load(&Layers {
        file,
        ..Layers::default()
    });
    let source = format!("{name}:2");
    assert_eq!(
        printed(&settings.unwrap(), "log"),
        ("debug", source.as_str())
    );
}
