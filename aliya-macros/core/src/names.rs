//! Every name that generated code and generated SQL use, made from the names that designers
//! declare. Nothing else in the project turns one kind of name into another.
//!
//! Designers may use any name. Each function here is total and gives a legal identifier, but two
//! declared names can map to one: whoever resolves a declaration compares the mapped names and
//! reports clashes before anything is emitted. What must differ, by scope:
//!
//! | scope | mapped with |
//! | --- | --- |
//! | the game | [`module_name`] of managers, [`enum_type`], [`sql_table`] (compare without case) |
//! | a manager | [`table_type`], [`args_type`], [`reply_type`], [`error_type`], [`manager_type`], [`native_trait`], all in one set; [`value_name`] of functions |
//! | a table, args, an object of a reply | [`value_name`] of columns, args, fields |
//! | an enum | [`variant_name`] |
//! | a function | [`const_name`] of errors |
//!
//! In the database a table is always `<manager>_<table>` (`bag_supply`, `weapon_weapon`): managers
//! can share one database, and no other manager that comes later changes the name.

mod words;

use std::borrow::Cow;

pub use words::TYPES_IN_SCOPE;
use words::{HIDDEN_COLUMNS, KEYWORDS, MODULES_IN_SCOPE, NEVER_RAW, TABLES, TABLES_BEGIN};

/// A column, arg, field of a reply, function or local: `spend_supply`, `r#type`, `self_`.
///
/// One leading `_` stays, which marks what nothing reads.
pub fn value_name(declared: &str) -> String {
    let snake = snake(declared);
    let mark = if declared.starts_with('_') { "_" } else { "" };
    if !mark.is_empty() {
        return escape(format!("{mark}{snake}"));
    }
    if snake.is_empty() || starts_with_digit(&snake) {
        return format!("n{snake}");
    }
    escape(snake)
}

/// The value's name as a column of a table knows itself: [`value_name`] without `r#`.
pub fn plain(name: &str) -> &str {
    name.strip_prefix("r#").unwrap_or(name)
}

/// A manager's module: `bag`.
pub fn module_name(manager: &str) -> String {
    let name = value_name(manager);
    if MODULES_IN_SCOPE.contains(&plain(&name)) {
        return format!("{}_", plain(&name));
    }
    name
}

/// A type from a declared name: `scroll_skill_10` gives `ScrollSkill10`. Names that would hide a
/// type in scope get a `_`: `stop` gives `Stop_`.
pub fn type_name(declared: &str) -> String {
    let camel = camel(declared);
    if TYPES_IN_SCOPE.contains(&camel.as_str()) {
        return format!("{camel}_");
    }
    escape(camel)
}

/// A variant of an enum: `SupplyKind::ScrollSkill10`. It hides nothing, so that `none` is `None`.
pub fn variant_name(declared: &str) -> String {
    escape(camel(declared))
}

/// A constant or static: `INSUFFICIENT`.
pub fn const_name(declared: &str) -> String {
    let mut upper = snake(declared);
    upper.make_ascii_uppercase();
    if upper.is_empty() || starts_with_digit(&upper) {
        return format!("N{upper}");
    }
    upper
}

/// The struct of a table's rows: `Supply`.
pub fn table_type(table: &str) -> String {
    type_name(table)
}

/// An enum: `SupplyKind`.
pub fn enum_type(name: &str) -> String {
    type_name(name)
}

/// The struct that has a manager's functions: `BagManager`, so that a manager and one of its tables
/// can have the same name.
pub fn manager_type(manager: &str) -> String {
    format!("{}Manager", camel(manager))
}

/// The struct of a function's args: `SpendSupplyArgs`.
pub fn args_type(function: &str) -> String {
    format!("{}Args", camel(function))
}

/// The struct of a function's reply: `SpendSupplyReply`.
pub fn reply_type(function: &str) -> String {
    format!("{}Reply", camel(function))
}

/// The errors of a function that is written by hand: `SpendSupplyError`.
pub fn error_type(function: &str) -> String {
    format!("{}Error", camel(function))
}

/// The trait of a manager's functions that are written by hand: `BagNative`.
pub fn native_trait(manager: &str) -> String {
    format!("{}Native", camel(manager))
}

/// The static with which a module describes its manager: `BAG`.
pub fn manager_static(manager: &str) -> String {
    const_name(manager)
}

/// A table in the database: `bag_supply`.
///
/// What SQLite and PostgreSQL call tables and functions of their own, which would be read in place of the
/// game's, and what [`sql_index`] uses get a leading `_`.
pub fn sql_table(manager: &str, table: &str) -> String {
    let name = format!("{manager}_{table}");
    let lower = name.to_ascii_lowercase();
    let begins = |prefix: &&str| lower.starts_with(*prefix);
    if TABLES_BEGIN.iter().any(begins) || TABLES.contains(&lower.as_str()) {
        return format!("_{name}");
    }
    name
}

/// The database that makes no column of that name, where there is one.
pub fn refused_column(column: &str) -> Option<&'static str> {
    let mut hidden = HIDDEN_COLUMNS.iter();
    let found = hidden.find(|(name, _)| name.eq_ignore_ascii_case(column))?;
    Some(found.1)
}

/// An index over columns of a table in the database: `idx_bag_supply__player__item`.
pub fn sql_index<'a>(
    unique: bool,
    sql_table: &str,
    columns: impl IntoIterator<Item = &'a str>,
) -> String {
    let kind = if unique { "unique" } else { "idx" };
    over_columns(kind, sql_table, columns)
}

/// The reference of columns of a table in the database to another one:
/// `fk_mail_item__letter__mail_letter`.
pub fn sql_reference<'a>(
    sql_table: &str,
    columns: impl IntoIterator<Item = &'a str>,
    other: &'a str,
) -> String {
    over_columns("fk", sql_table, columns.into_iter().chain([other]))
}

fn over_columns<'a>(
    kind: &str,
    sql_table: &str,
    columns: impl IntoIterator<Item = &'a str>,
) -> String {
    let mut name = format!("{kind}_{sql_table}");
    for column in columns {
        name.push_str("__");
        name.push_str(column);
    }
    name
}

/// A statement, for logs and plans: `bag.supply.get_by_player_item`.
pub fn statement_name(manager: &str, table: &str, action: &str) -> String {
    format!("{manager}.{table}.{action}")
}

/// The static of a statement: verb, table, rest: `GET_SUPPLY_BY_PLAYER_ITEM` for the action
/// `get_by_player_item`.
pub fn statement_static(table: &str, action: &str) -> String {
    match action.split_once('_') {
        Some((verb, rest)) => const_name(&format!("{verb}_{table}_{rest}")),
        None => const_name(&format!("{action}_{table}")),
    }
}

/// A name in a database that has no longer ones than of `max_bytes`, at least 32: of a longer one,
/// its beginning and a hash of all of it.
pub fn shortened(name: &str, max_bytes: usize) -> Cow<'_, str> {
    if name.len() <= max_bytes {
        return name.into();
    }
    // FNV-1a.
    let hash = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    let end = format!("~{hash:016x}");
    let begin = name.floor_char_boundary(max_bytes.saturating_sub(end.len()));
    format!("{}{end}", &name[..begin]).into()
}

/// The words of a name, in lower case, with `_` between them. Other characters than ASCII letters and
/// digits separate, except letters of other scripts, which are written as their number: `u4e2d`.
fn snake(declared: &str) -> String {
    let mut snake = String::with_capacity(declared.len() + 4);
    let mut before: Option<char> = None;
    let mut separated = false;
    let mut chars = declared.chars().peekable();
    while let Some(c) = chars.next() {
        let starts = c.is_ascii_uppercase()
            && before.is_some_and(|b| {
                let in_acronym = b.is_ascii_uppercase();
                let ends_acronym = in_acronym && chars.peek().is_some_and(char::is_ascii_lowercase);
                b.is_ascii_lowercase() || b.is_ascii_digit() || ends_acronym
            });
        before = Some(c);
        separated |= starts || !c.is_alphanumeric();
        if !c.is_alphanumeric() {
            continue;
        }
        if std::mem::take(&mut separated) && !snake.is_empty() {
            snake.push('_');
        }
        if c.is_ascii() {
            snake.push(c.to_ascii_lowercase());
        } else {
            snake.push_str(&format!("u{:x}", u32::from(c)));
        }
    }
    snake
}

/// `scroll_skill_10` gives `ScrollSkill10`; `a_1_2` gives `A1_2`, apart from `a_12`.
fn camel(declared: &str) -> String {
    let mut camel = String::with_capacity(declared.len() + 1);
    for word in snake(declared).split('_') {
        if camel.is_empty() && starts_with_digit(word) {
            camel.push('N');
        } else if camel.ends_with(|c: char| c.is_ascii_digit()) && starts_with_digit(word) {
            camel.push('_');
        }
        let mut chars = word.chars();
        camel.extend(chars.next().map(|c| c.to_ascii_uppercase()));
        camel.push_str(chars.as_str());
    }
    if camel.is_empty() {
        camel.push('N');
    }
    camel
}

/// Makes an identifier of what may be a keyword.
fn escape(name: String) -> String {
    if NEVER_RAW.contains(&name.as_str()) {
        return format!("{name}_");
    }
    if KEYWORDS.contains(&name.as_str()) {
        return format!("r#{name}");
    }
    name
}

fn starts_with_digit(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_names() {
        assert_eq!(value_name("spend_supply"), "spend_supply");
        assert_eq!(value_name("maxHP"), "max_hp");
        assert_eq!(value_name("HPMax"), "hp_max");
        assert_eq!(value_name("_row1"), "_row1");
        assert_eq!(type_name("scroll_skill_10"), "ScrollSkill10");
        assert_eq!(type_name("skill_1_2"), "Skill1_2");
        assert_eq!(const_name("no_weapon"), "NO_WEAPON");
        assert_eq!(manager_type("weapon"), "WeaponManager");
        assert_eq!(args_type("spend_supply"), "SpendSupplyArgs");
        assert_eq!(
            statement_name("bag", "supply", "create"),
            "bag.supply.create"
        );
        assert_eq!(statement_static("supply", "create"), "CREATE_SUPPLY");
        assert_eq!(
            statement_static("supply", "get_by_item"),
            "GET_SUPPLY_BY_ITEM"
        );
    }

    #[test]
    fn keywords_and_names_in_scope() {
        assert_eq!(value_name("type"), "r#type");
        assert_eq!(value_name("gen"), "r#gen");
        assert_eq!(value_name("self"), "self_");
        assert_eq!(value_name("crate"), "crate_");
        assert_eq!(value_name("_"), "__");
        assert_eq!(type_name("self"), "Self_");
        assert_eq!(type_name("stop"), "Stop_");
        assert_eq!(type_name("option"), "Option_");
        assert_eq!(variant_name("none"), "None");
        assert_eq!(variant_name("self"), "Self_");
        assert_eq!(const_name("type"), "TYPE");
        assert_eq!(module_name("type"), "r#type");
        assert_eq!(module_name("mod"), "mod_");
        assert_eq!(module_name("enums"), "enums_");
    }

    #[test]
    fn unusual_names() {
        assert_eq!(value_name("3d"), "n3d");
        assert_eq!(type_name("3d"), "N3d");
        assert_eq!(value_name(""), "n");
        assert_eq!(type_name("--"), "N");
        assert_eq!(value_name("a-b c"), "a_b_c");
        assert_eq!(value_name("中a"), "u4e2da");
        assert_eq!(const_name("_"), "N");
    }

    #[test]
    fn names_in_the_database() {
        assert_eq!(sql_table("bag", "supply"), "bag_supply");
        assert_eq!(sql_table("SQLite", "x"), "_SQLite_x");
        assert_eq!(sql_table("idx", "x"), "_idx_x");
        assert_eq!(sql_table("pg", "class"), "_pg_class");
        assert_eq!(sql_table("JSON", "each"), "_JSON_each");
        assert_eq!(sql_table("json", "part"), "json_part");
        assert_eq!(
            sql_index(false, "bag_supply", ["player", "item"]),
            "idx_bag_supply__player__item"
        );
        assert_eq!(shortened("bag_supply", 63), "bag_supply");
        let long = "é".repeat(40);
        let short = shortened(&long, 63);
        assert_eq!(short, format!("{}~b455665747c74705", "é".repeat(23)));
        assert_ne!(short, shortened(&"é".repeat(41), 63));
    }
}
