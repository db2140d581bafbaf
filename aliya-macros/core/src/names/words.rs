//! Words that names of a game must keep clear of.

/// Rust's keywords, strict and reserved, of edition 2024.
pub(super) const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate",
    "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl",
    "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref",
    "return", "self", "Self", "static", "struct", "super", "trait", "true", "try", "type",
    "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Keywords that `r#` cannot make an identifier.
pub(super) const NEVER_RAW: &[&str] = &["self", "Self", "super", "crate", "_"];

/// How databases begin the names of tables of their own, and how those of indexes begin.
pub(super) const TABLES_BEGIN: &[&str] = &["sqlite_", "pragma_", "pg_", "idx_", "unique_"];

/// Functions of SQLite that stand where a table does.
pub(super) const TABLES: &[&str] = &[
    "generate_series",
    "json_each",
    "json_tree",
    "jsonb_each",
    "jsonb_tree",
    "tables_used",
];

/// Names of columns that a database has in every table beside those that are declared, or that it keeps
/// for what it makes itself, and which one. To MariaDB capitals and small letters are the same.
pub(super) const HIDDEN_COLUMNS: &[(&str, &str)] = &[
    ("cmax", "PostgreSQL"),
    ("cmin", "PostgreSQL"),
    ("ctid", "PostgreSQL"),
    ("tableoid", "PostgreSQL"),
    ("xmax", "PostgreSQL"),
    ("xmin", "PostgreSQL"),
    ("db_roll_ptr", "MySQL"),
    ("db_row_id", "MySQL"),
    ("db_trx_id", "MySQL"),
    ("fts_doc_id", "MySQL"),
];

/// Types and traits that generated modules have in scope from Rust's prelude and from
/// `aliya_runtime::prelude`: a type of that name would hide them.
pub const TYPES_IN_SCOPE: &[&str] = &[
    // core and std
    "AsMut",
    "AsRef",
    "AsyncFn",
    "AsyncFnMut",
    "AsyncFnOnce",
    "Box",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "DoubleEndedIterator",
    "Drop",
    "Eq",
    "Err",
    "ExactSizeIterator",
    "Extend",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromIterator",
    "Future",
    "Hash",
    "Into",
    "IntoFuture",
    "IntoIterator",
    "Iterator",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Send",
    "Sized",
    "Some",
    "String",
    "Sync",
    "ToOwned",
    "ToString",
    "TryFrom",
    "TryInto",
    "Unpin",
    "Vec",
    // aliya_runtime::prelude
    "Access",
    "Args",
    "At",
    "BTreeMap",
    "Column",
    "Cx",
    "Enum",
    "Failure",
    "Game",
    "Id",
    "Incoming",
    "Manager",
    "Outgoing",
    "Param",
    "PlayerId",
    "Reply",
    "Returned",
    "Route",
    "Statement",
    "Stop",
    "Table",
    "Time",
    "ToWire",
    "Wire",
];

/// Modules of generated packages that no manager makes, and crates that their roots name.
pub(super) const MODULES_IN_SCOPE: &[&str] = &[
    "aliya_runtime",
    "alloc",
    "calls",
    "config",
    "core",
    "enums",
    "formulas",
    "lib",
    "main",
    "migrations",
    "mod",
    "ops",
    "routes",
    "std",
    "types",
];
