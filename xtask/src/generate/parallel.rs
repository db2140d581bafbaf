//! Work on many things of which none needs another, on all processors.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// What `work` makes of each item, in their order. `begin` makes what one thread keeps between its
/// items.
pub fn map<I: Sync, S, T: Send>(
    items: &[I],
    begin: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, &I) -> T + Sync,
) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let work_on_some = || {
        let (mut kept, mut done) = (begin(), Vec::new());
        while let Some((at, item)) = {
            let at = next.fetch_add(1, Ordering::Relaxed);
            items.get(at).map(|item| (at, item))
        } {
            done.push((at, work(&mut kept, item)));
        }
        done
    };
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let mut done = thread::scope(|scope| {
        // This thread is one of them.
        let others = 1..workers.min(items.len());
        let others: Vec<_> = others.map(|_| scope.spawn(work_on_some)).collect();
        let mut done = work_on_some();
        for other in others {
            match other.join() {
                Ok(theirs) => done.extend(theirs),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        done
    });
    done.sort_unstable_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, made)| made).collect()
}

#[cfg(test)]
mod tests {
    use super::map;

    #[test]
    fn what_is_made_stands_in_the_order_of_the_items() {
        let items: Vec<usize> = (0..1_000).collect();
        let doubled = map(&items, || (), |(), item| item * 2);
        assert!(doubled.iter().enumerate().all(|(at, made)| *made == at * 2));
        assert_eq!(doubled.len(), items.len());
        assert!(map(&[0; 0], || (), |(), item| *item).is_empty());
    }
}
