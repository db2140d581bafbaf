//! The statements of level_up_weapon and get_all_supplies, by hand, for each database.

/// What a database's loop says.
#[derive(Clone, Copy, Debug)]
pub struct Words {
    /// Once for each connection.
    pub settings: &'static [&'static str],
    /// Begins a transaction that writes.
    pub begin: &'static str,
    /// The weapon by player and name, and locked: star, level, skill points.
    pub weapon: &'static str,
    /// The amount by player and item.
    pub held: &'static str,
    /// The same, and locked.
    pub held_locked: &'static str,
    /// The new amount, by player and item.
    pub pay: &'static str,
    /// New level and skill points, by player and name.
    pub level: &'static str,
    /// Items and amounts of a player.
    pub supplies: &'static str,
}

/// SQLite's.
pub static SQLITE: Words = Words {
    settings: &[],
    begin: "BEGIN IMMEDIATE",
    weapon: "SELECT star, level, skill_point FROM weapon_weapon WHERE player = ?1 AND weapon = ?2",
    held: "SELECT amount FROM bag_supply WHERE player = ?1 AND item = ?2",
    held_locked: "SELECT amount FROM bag_supply WHERE player = ?1 AND item = ?2",
    pay: "UPDATE bag_supply SET amount = ?1 WHERE player = ?2 AND item = ?3",
    level: "UPDATE weapon_weapon SET level = ?1, skill_point = ?2 WHERE player = ?3 AND weapon = ?4",
    supplies: "SELECT item, amount FROM bag_supply WHERE player = ?1 ORDER BY item",
};

/// PostgreSQL's.
pub static POSTGRES: Words = Words {
    settings: &["SET default_transaction_isolation = 'serializable'"],
    begin: "BEGIN",
    weapon: "SELECT star, level, skill_point FROM weapon_weapon WHERE player = $1 AND weapon = $2 FOR UPDATE",
    held: "SELECT amount FROM bag_supply WHERE player = $1 AND item = $2",
    held_locked: "SELECT amount FROM bag_supply WHERE player = $1 AND item = $2 FOR UPDATE",
    pay: "UPDATE bag_supply SET amount = $1 WHERE player = $2 AND item = $3",
    level: "UPDATE weapon_weapon SET level = $1, skill_point = $2 WHERE player = $3 AND weapon = $4",
    supplies: "SELECT item, amount FROM bag_supply WHERE player = $1 ORDER BY item",
};

/// MySQL's and MariaDB's.
pub static MYSQL: Words = Words {
    settings: &["SET SESSION TRANSACTION ISOLATION LEVEL SERIALIZABLE"],
    begin: "BEGIN",
    weapon: "SELECT star, level, skill_point FROM weapon_weapon WHERE player = ? AND weapon = ? FOR UPDATE",
    held: "SELECT amount FROM bag_supply WHERE player = ? AND item = ?",
    held_locked: "SELECT amount FROM bag_supply WHERE player = ? AND item = ? FOR UPDATE",
    pay: "UPDATE bag_supply SET amount = ? WHERE player = ? AND item = ?",
    level: "UPDATE weapon_weapon SET level = ?, skill_point = ? WHERE player = ? AND weapon = ?",
    supplies: "SELECT item, amount FROM bag_supply WHERE player = ? ORDER BY item",
};
