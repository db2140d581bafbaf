//! What a function asks of the world beside rows: the calendar, chance, and allowances.

use std::sync::atomic::Ordering;

use super::{Cx, Phase};
use crate::BoxFuture;
use crate::allow::{self, Allow, Use};
use crate::db::Param;
use crate::op::Entry;
use crate::random::Dice;
use crate::stop::Stop;
use crate::time_zone::Span;
use crate::types::Time;

/// The most items that one draw gives.
const MAX_DRAWN: i64 = 10_000;

impl Cx<'_> {
    /// When the hour, day, week or month of the game's time zone began that `time` is in. `at`:
    /// file, line, column and text of the expression, as in all that follow.
    pub fn start_of(&self, span: Span, time: Time, at: &'static str) -> Result<Time, Stop> {
        let start = self.world.zone.start_of(span, time);
        start.ok_or_else(|| beyond(time, at))
    }

    /// The number of the date in the game's time zone that `time` is on: 0 is 1970-01-01.
    pub fn day_of(&self, time: Time, at: &'static str) -> Result<i64, Stop> {
        let day = self.world.zone.day_of(time);
        day.ok_or_else(|| beyond(time, at))
    }

    /// The day of the month in the game's time zone that `time` is on, from 1.
    pub fn day_of_month(&self, time: Time, at: &'static str) -> Result<i64, Stop> {
        let day = self.world.zone.day_of_month(time);
        day.ok_or_else(|| beyond(time, at))
    }

    /// A number from `low` to `high`, both included, each as likely.
    pub fn random(&self, low: i64, high: i64, at: &'static str) -> Result<i64, Stop> {
        let number = self.dice().between(low, high);
        number.ok_or_else(|| fault(format!("no number is from {low} to {high}"), at))
    }

    /// True with probability `p`, from 0 (never) to 1 (always).
    pub fn chance(&self, p: f64, at: &'static str) -> Result<bool, Stop> {
        let hit = self.dice().chance(p);
        hit.ok_or_else(|| fault(format!("a chance is from 0 to 1, not {p}"), at))
    }

    /// `times` of the `items`, each drawn with the probability of its weight among all; with
    /// `distinct`, none twice: among those not drawn yet.
    pub fn draw<T: Clone>(
        &self,
        items: &[T],
        weight: impl FnMut(&T) -> Result<i64, Stop>,
        times: i64,
        distinct: bool,
        at: &'static str,
    ) -> Result<Vec<T>, Stop> {
        let weights: Vec<i64> = items.iter().map(weight).collect::<Result<_, _>>()?;
        let as_u64 = |weight: &i64| {
            let unsigned = u64::try_from(*weight);
            unsigned.map_err(|_| fault(format!("a weight is 0 or more, not {weight}"), at))
        };
        let weights: Vec<u64> = weights.iter().map(as_u64).collect::<Result<_, _>>()?;
        let count = usize::try_from(times).ok().filter(|_| times <= MAX_DRAWN);
        let count = count
            .ok_or_else(|| fault(format!("draws are from 0 to {MAX_DRAWN}, not {times}"), at))?;
        let drawn = self.dice().draw(&weights, count, distinct).ok_or_else(|| {
            let possible = weights.iter().filter(|weight| **weight > 0).count();
            let of = format!("{} items, of which {possible} have a weight", items.len());
            let each = if distinct { "distinct " } else { "" };
            fault(format!("{times} {each}draws from {of}"), at)
        })?;
        Ok(drawn
            .iter()
            .filter_map(|at| items.get(*at))
            .cloned()
            .collect())
    }

    /// One of the `items`, drawn in the same way.
    pub fn draw_one<T: Clone>(
        &self,
        items: &[T],
        weight: impl FnMut(&T) -> Result<i64, Stop>,
        at: &'static str,
    ) -> Result<T, Stop> {
        let drawn = self.draw(items, weight, 1, false, at)?;
        let mut drawn = drawn.into_iter();
        drawn
            .next()
            .ok_or_else(|| fault("nothing was drawn".to_owned(), at))
    }

    /// Counts uses of an allowance, and returns how many are left in the window; `None` where
    /// there are not as many left, and nothing was counted.
    pub fn allow<'a>(&'a mut self, allow: Allow<'a>) -> BoxFuture<'a, Result<Option<i64>, Stop>> {
        Box::pin(self.allowed(allow))
    }

    async fn allowed(&mut self, allow: Allow<'_>) -> Result<Option<i64>, Stop> {
        let Allow { max, uses, at, .. } = allow;
        if uses < 0 {
            return Err(fault(format!("`uses` is 0 or more, not {uses}"), at));
        }
        if uses > max {
            return Ok(None);
        }
        let now = self.now();
        let counted = Use::new(&allow, &self.world.zone, now).ok_or_else(|| beyond(now, at))?;
        let used = self.write(async |conn| counted.count(conn).await.map(Entry::Number));
        let Some(used) = used.await?.into_number()? else {
            return Ok(None);
        };
        self.collect_allowances().await?;
        Ok(Some(max.saturating_sub(used)))
    }

    /// Now and then, deletes what past windows left behind.
    async fn collect_allowances(&mut self) -> Result<(), Stop> {
        let params = [Param::Int(allow::collected_before(self.now()))];
        let world = self.world;
        match &mut self.phase {
            // What the function sees does not depend on it: the journal need not know.
            Phase::Whole(conn) | Phase::Committing(conn, _) if world.collects_allowances() => {
                conn.execute(&allow::COLLECT, &params).await?;
            }
            Phase::Whole(_) | Phase::Committing(..) | Phase::Looking(..) => {}
        }
        Ok(())
    }

    /// The random bits of the operation that comes now.
    fn dice(&self) -> Dice {
        Dice::new(self.seed, self.thrown.fetch_add(1, Ordering::Relaxed))
    }
}

fn fault(what: String, at: &'static str) -> Stop {
    let at = Some(at);
    Stop::Fault { what, at }
}

fn beyond(time: Time, at: &'static str) -> Stop {
    fault(format!("{} ms are beyond the calendar", time.0), at)
}
