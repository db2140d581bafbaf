//! Fails when encoding plus decoding a message of 200 bytes costs more than 1.25 times what the
//! `des`, `cbc` and `base64` crates alone take for it.
//!
//! Both sides take turns in short rounds and their medians are compared, so that other work on the
//! machine touches both alike.

mod support;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use support::{Codec, Crates, Side};

/// What the codec may cost, with the crates alone as 1.
const LIMIT: f64 = 1.25;
const ROUNDS: usize = 2_001;
const MESSAGES_PER_ROUND: u32 = 50;

fn main() -> ExitCode {
    let message = support::message();
    let (mut codec, mut crates) = (Codec::new(), Crates::new());
    let (mut of_codec, mut of_crates) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        of_codec.push(round(&mut codec, &message));
        of_crates.push(round(&mut crates, &message));
    }
    let (codec, crates) = (median(of_codec), median(of_crates));
    let ratio = codec.as_secs_f64() / crates.as_secs_f64();
    println!("frame {codec:?}, des + cbc + base64 {crates:?}, ratio {ratio:.3}, limit {LIMIT}");
    if ratio > LIMIT {
        eprintln!("the codec costs more than {LIMIT} times the crates that it is built on");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

/// The time of one message, as the mean of a round.
fn round(side: &mut impl Side, message: &str) -> Duration {
    let start = Instant::now();
    for _ in 0..MESSAGES_PER_ROUND {
        assert_eq!(side.round_trip(message), message.len());
    }
    start.elapsed() / MESSAGES_PER_ROUND
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
