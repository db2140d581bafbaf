//! Inserts of many rows as one statement: the text of the one that inserts a row, with more places.

use super::super::{Dialect, Param, Statement};

/// How many parameters a statement has at most; both kinds of servers take 65,535.
const PARAMS_MAX: usize = 30_000;
/// Up to how many rows the statement is kept prepared: games insert a few rows again and again, and
/// many rows now and then.
const PREPARED_ROWS_MAX: usize = 16;

/// An insert of several rows.
#[derive(Debug, PartialEq)]
pub(in crate::db) struct Insert<'p> {
    pub(in crate::db) sql: String,
    pub(in crate::db) params: Vec<Param<'p>>,
    /// Whether the connection is to keep it prepared.
    pub(in crate::db) keeps: bool,
}

/// The rows of each statement, where one for all would have too many parameters.
pub(super) fn chunks<'r, 'p>(rows: &'r [Vec<Param<'p>>]) -> std::slice::Chunks<'r, Vec<Param<'p>>> {
    let columns = rows.first().map_or(1, Vec::len).max(1);
    rows.chunks((PARAMS_MAX / columns).max(1))
}

/// The statement that inserts `rows`, each a row's parameters, as `statement` inserts one. `None`
/// where that is to be done row by row: one that gives its values to a row that is there cannot meet
/// the same row twice.
pub(super) fn insert<'p>(
    statement: &Statement,
    dialect: Dialect,
    rows: &[Vec<Param<'p>>],
) -> Option<Insert<'p>> {
    let (head, tail) = parts(statement.text(dialect))?;
    let mut sql = head.to_owned();
    let mut place = 0;
    for (at, row) in rows.iter().enumerate() {
        sql.push_str(if at == 0 { "(" } else { ", (" });
        for column in 0..row.len() {
            if column > 0 {
                sql.push_str(", ");
            }
            place += 1;
            match dialect {
                Dialect::Postgres => sql.push_str(&format!("${place}")),
                Dialect::Sqlite | Dialect::Mysql => sql.push('?'),
            }
        }
        sql.push(')');
    }
    sql.push_str(tail);
    Some(Insert {
        sql,
        params: rows.iter().flatten().copied().collect(),
        keeps: rows.len() <= PREPARED_ROWS_MAX,
    })
}

/// What stands before the values of the one row, and after them; `None` where the statement does
/// more than to insert what is not there.
fn parts(one: &str) -> Option<(&str, &str)> {
    const VALUES: &str = "VALUES (";
    // No name has capitals; the values are places alone.
    let begin = one.find(VALUES)? + VALUES.len() - 1;
    let end = begin + one[begin..].find(')')? + 1;
    let (head, tail) = (&one[..begin], &one[end..]);
    let known = tail.is_empty() || tail.trim_start() == "ON CONFLICT DO NOTHING";
    (known && end > begin + 2).then_some((head, tail))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: Statement = Statement {
        name: "test.insert",
        sqlite: "",
        postgres: r#"INSERT INTO "a" ("b", "c") VALUES ($1, $2) ON CONFLICT DO NOTHING"#,
        mysql: "INSERT INTO `a` (`b`, `c`)\nVALUES (?, ?)",
    };

    fn row(number: i64) -> Vec<Param<'static>> {
        vec![Param::Int(number), Param::Text("x")]
    }

    #[test]
    fn places_are_repeated() {
        let rows = [row(1), row(2)];
        assert_eq!(
            insert(&ONE, Dialect::Postgres, &rows),
            Some(Insert {
                sql:
                    r#"INSERT INTO "a" ("b", "c") VALUES ($1, $2), ($3, $4) ON CONFLICT DO NOTHING"#
                        .to_owned(),
                params: rows.concat(),
                keeps: true,
            })
        );
        let mysql = insert(&ONE, Dialect::Mysql, &rows).map(|it| it.sql);
        let sql = "INSERT INTO `a` (`b`, `c`)\nVALUES (?, ?), (?, ?)";
        assert_eq!(mysql.as_deref(), Some(sql));
    }

    #[test]
    fn too_many_rows_are_several_statements() {
        let rows: Vec<_> = (0..40_000).map(row).collect();
        let lengths: Vec<_> = chunks(&rows).map(<[_]>::len).collect();
        assert_eq!(lengths, [15_000, 15_000, 10_000]);
        let last = insert(&ONE, Dialect::Postgres, &rows[30_000..]).expect("an insert");
        assert!(last.sql.contains("($19999, $20000)"));
        assert!(!last.keeps);
    }

    #[test]
    fn what_does_more_is_left_to_single_rows() {
        for mysql in [
            "INSERT INTO `a` (`b`) VALUES (?) ON DUPLICATE KEY UPDATE `b` = VALUES(`b`)",
            "INSERT INTO `a` () VALUES ()",
            "UPDATE `a` SET `b` = ?",
        ] {
            let one = Statement { mysql, ..ONE };
            assert_eq!(insert(&one, Dialect::Mysql, &[row(1)]), None, "{mysql}");
        }
    }
}
