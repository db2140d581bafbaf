//! Encoding plus decoding a message of 200 bytes, beside the crates underneath alone.
//! `frame_ratio` checks how they compare.

mod support;

use criterion::{Criterion, criterion_group, criterion_main};
use support::{Codec, Crates, Side};

fn round_trips(criterion: &mut Criterion) {
    let message = support::message();
    let mut group = criterion.benchmark_group("200 bytes there and back");
    let mut codec = Codec::new();
    group.bench_function("frame", |b| b.iter(|| codec.round_trip(&message)));
    let mut crates = Crates::new();
    group.bench_function("des, cbc, base64", |b| {
        b.iter(|| crates.round_trip(&message))
    });
    group.finish();
}

criterion_group!(benches, round_trips);
criterion_main!(benches);
