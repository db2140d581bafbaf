//! What a key costs a request, and what it costs that managers are processes of their own: ratios
//! within one run.
//!
//! With the path of another program in `BENCH_BEFORE`, such as one that was built from an
//! earlier commit, the same requests without keys are sent to it too.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::Result;

use crate::clients::{self, Calls, Keys, Style};
use crate::players::{LEVELS, Players, WEAPONS};
use crate::server::Server;

/// How long each figure of a round is measured.
const EACH: Duration = Duration::from_secs(2);

/// How many rounds there are, of which the median counts.
const ROUNDS: usize = 7;

/// More level-ups than a client does in all rounds.
const LEVELS_EACH: u32 = 4 * WEAPONS * LEVELS;

/// How many clients there are at once.
const CLIENTS: [u32; 2] = [16, 64];

/// A server that is measured, and how.
struct Measured {
    name: &'static str,
    server: usize,
    keys: Keys,
}

/// What is left of a client's requests from one round to the next.
type Shared = Arc<Mutex<Calls>>;

fn rest_of(calls: Shared) -> Calls {
    Box::new(std::iter::from_fn(move || {
        calls.lock().unwrap_or_else(PoisonError::into_inner).next()
    }))
}

/// Prints the table.
pub async fn measure() -> Result<()> {
    let mut servers = vec![Server::start(None)?, Server::start_apart(18_000)?];
    let mut all = vec![
        Measured {
            name: "one process, unkeyed",
            server: 0,
            keys: Keys::None,
        },
        Measured {
            name: "one process, keyed",
            server: 0,
            keys: Keys::Each,
        },
        Measured {
            name: "three groups, unkeyed",
            server: 1,
            keys: Keys::None,
        },
        Measured {
            name: "three groups, keyed",
            server: 1,
            keys: Keys::Each,
        },
    ];
    if let Ok(program) = std::env::var("BENCH_BEFORE") {
        servers.push(Server::start_program(&program, None, 19_000)?);
        all.push(Measured {
            name: "before, unkeyed",
            server: 2,
            keys: Keys::None,
        });
    }
    println!(
        "level_up_weapon on SQLite, {} s in each of {ROUNDS} rounds, medians; ratio to the first line",
        EACH.as_secs()
    );
    println!(
        "{:>8}  {:<24} {:>8} {:>7} {:>9} {:>9}",
        "clients", "server", "req/s", "ratio", "p50", "p99"
    );
    let players: Vec<_> = servers.iter().map(Players::of).collect();
    for count in CLIENTS {
        let mut hands: Vec<Vec<Shared>> = Vec::new();
        for measured in &all {
            let players = &players[measured.server];
            let players = players.hands(count, count * LEVELS_EACH).await?;
            let calls = clients::level_ups(players).into_iter();
            hands.push(calls.map(|calls| Arc::new(Mutex::new(calls))).collect());
        }
        let mut rounds: Vec<Vec<clients::Figures>> = all.iter().map(|_| Vec::new()).collect();
        for _ in 0..ROUNDS {
            let each = all.iter().zip(&hands).zip(&mut rounds);
            for ((measured, hands), figures) in each {
                let gateway = servers[measured.server].gateway;
                let calls = hands.iter().map(|calls| rest_of(Arc::clone(calls)));
                let calls = calls.collect();
                let run = clients::run_with(gateway, calls, Style::Kept, measured.keys, EACH);
                figures.push(run.await?);
            }
        }
        let medians = rounds.into_iter().map(|mut figures| {
            figures.sort_by(|a, b| a.per_second.total_cmp(&b.per_second));
            figures.swap_remove(ROUNDS / 2)
        });
        let medians: Vec<_> = medians.collect();
        for (measured, figures) in all.iter().zip(&medians) {
            println!(
                "{count:>8}  {:<24} {:>8.0} {:>7.2} {:>9.2?} {:>9.2?}",
                measured.name,
                figures.per_second,
                figures.per_second / medians[0].per_second,
                figures.p50,
                figures.p99
            );
        }
    }
    Ok(())
}
