//! What is done with the rows of ops.

use super::record::Op;
use super::sql::{ADVANCE, COLLECT, DUE, FIND, FIND_LOCKED, INSERT, POSTPONE, RAISE_FLOOR, RETRY};
use super::{CHILD_KEPT_MS, CLIENT_KEPT_MS, Status};
use crate::db::{Conn, Db, Param, Row};
use crate::key::Key;
use crate::stop::Stop;
use crate::types::Time;

/// Within how many milliseconds an op is due that is not final.
const LIVE_WITHIN_MS: i64 = 3_600_000;

/// Inserts an op; `false` where there is one of its key already, or its key is from before the time
/// of which keys are remembered.
pub(crate) async fn insert(conn: &mut Conn, op: &Op) -> Result<bool, Stop> {
    // The floor is looked at in the statement itself: it costs no round trip.
    let texts = op.texts()?;
    Ok(conn.insert_or_ignore(&INSERT, &op.params(&texts)).await?)
}

/// Moves an op to what `to` says, where it still is as `from` was read; `false` where another one
/// has moved it.
pub(crate) async fn advance(conn: &mut Conn, from: &Op, to: &Op) -> Result<bool, Stop> {
    let (journal, reply) = (to.journal_text()?, to.reply_text());
    let params = [
        Param::Text(to.status.name()),
        Param::Int(to.epoch),
        Param::Text(&journal),
        reply.as_deref().map_or(Param::Null, Param::Text),
        Param::Int(to.next.0),
        Param::Text(from.key.as_str()),
        Param::Text(from.status.name()),
        Param::Int(from.epoch),
        Param::Int(from.counter),
    ];
    Ok(conn.execute(&ADVANCE, &params).await? > 0)
}

/// The op of a key, over what is committed.
pub(crate) async fn find(db: &Db, key: &Key) -> Result<Option<Op>, Stop> {
    first(db.query(&FIND, &[Param::Text(key.as_str())]).await?)
}

/// The op of a key, which nobody else changes until the transaction ends.
pub(crate) async fn find_locked(conn: &mut Conn, key: &Key) -> Result<Option<Op>, Stop> {
    first(
        conn.query(&FIND_LOCKED, &[Param::Text(key.as_str())])
            .await?,
    )
}

/// Lets an op wait until `next` that could not be driven on because of that trouble; one that has
/// moved since is left alone.
pub(crate) async fn postpone(
    conn: &mut Conn,
    op: &Op,
    next: Time,
    trouble: &str,
) -> Result<(), Stop> {
    let params = [
        Param::Int(next.0),
        Param::Text(trouble),
        Param::Text(op.key.as_str()),
        Param::Int(op.counter),
    ];
    conn.execute(&POSTPONE, &params).await?;
    Ok(())
}

/// Makes the op of a key due; `false` where there is none that is not final.
pub(crate) async fn retry(conn: &mut Conn, key: &Key) -> Result<bool, Stop> {
    Ok(conn.execute(&RETRY, &[Param::Text(key.as_str())]).await? > 0)
}

/// Up to `most` ops of a manager that are to be driven on at a time, those first that have waited
/// longest.
pub(crate) async fn due(db: &Db, manager: &str, at: Time, most: i64) -> Result<Vec<Op>, Stop> {
    let params = [Param::Text(manager), Param::Int(at.0), Param::Int(most)];
    Ok(all(db.query(&DUE, &params).await?))
}

/// Up to `most` ops of a manager that are not final, those first that are due.
pub(crate) async fn live(db: &Db, manager: &str, most: i64) -> Result<Vec<Op>, Stop> {
    // What is not final is due soon, so that an index finds it; what is final is due in days.
    due(
        db,
        manager,
        Time(Time::now().0.saturating_add(LIVE_WITHIN_MS)),
        most,
    )
    .await
}

/// Refuses the keys that were made too long ago: the first half of collecting, which has to be on
/// disk before the second.
pub(crate) async fn raise_floors(conn: &mut Conn, now: Time) -> Result<(), Stop> {
    for (is_child, kept_ms) in [(0, CLIENT_KEPT_MS), (1, CHILD_KEPT_MS)] {
        let floor = Param::Int(now.0.saturating_sub(kept_ms));
        let params = [floor, Param::Int(is_child), floor];
        conn.execute(&RAISE_FLOOR, &params).await?;
    }
    Ok(())
}

/// Deletes some final ops of a manager whose keys are refused: those that were due before `now`, when
/// the floors were raised. Returns how many.
pub(crate) async fn collect(conn: &mut Conn, manager: &str, now: Time) -> Result<u64, Stop> {
    let mut collected = 0;
    for is_child in [0, 1] {
        let params = [
            Param::Text(manager),
            Param::Int(now.0),
            Param::Int(is_child),
        ];
        collected += conn.execute(&COLLECT, &params).await?;
    }
    Ok(collected)
}

/// An op that is final when it is inserted, or moved, is due to be collected.
pub(crate) fn due_next(op: &Op, lease_ms: i64) -> Time {
    match op.status {
        Status::Failed | Status::Ok | Status::Undone => op.kept_until(),
        Status::Taking | Status::Undoing | Status::Giving => {
            Time(Time::now().0.saturating_add(lease_ms))
        }
    }
}

fn first(rows: Vec<Row>) -> Result<Option<Op>, Stop> {
    rows.into_iter().next().map(Op::from_row).transpose()
}

/// The ops of rows; one that cannot be read is told in the log, and keeps no other from being driven.
fn all(rows: Vec<Row>) -> Vec<Op> {
    let read = |row| match Op::from_row(row) {
        Ok(op) => Some(op),
        Err(stop) => {
            tracing::error!("an op cannot be read: {stop}");
            None
        }
    };
    rows.into_iter().filter_map(read).collect()
}
