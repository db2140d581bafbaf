//! Tests of the circuit, at times of their own.

use super::*;

const MS: Duration = Duration::from_millis(1);

/// The state after a failure at that time.
fn fail(state: &mut State, probe: bool, now: Instant) -> Option<Duration> {
    state.failed(probe, "refused".to_owned(), now, |wait| wait)
}

/// One that opens at that time.
fn opened(now: Instant) -> State {
    let mut state = State::default();
    for _ in 1..FAILURES {
        assert_eq!(fail(&mut state, false, now), None);
        assert_eq!(state.pass(now), Ok(false));
    }
    assert_eq!(fail(&mut state, false, now), Some(FIRST_WAIT));
    state
}

#[test]
fn failures_in_a_row_open_it() {
    let now = Instant::now();
    assert_eq!(opened(now).pass(now), Err("refused".to_owned()));
}

#[test]
fn a_reply_between_them_begins_the_count_anew() {
    let (mut state, now) = (State::default(), Instant::now());
    for _ in 0..3 {
        for _ in 1..FAILURES {
            assert_eq!(fail(&mut state, false, now), None);
        }
        assert!(!state.replied());
    }
    assert_eq!(state.pass(now), Ok(false));
}

#[test]
fn one_call_probes_and_its_reply_closes() {
    let now = Instant::now();
    let mut state = opened(now);
    assert!(state.pass(now + FIRST_WAIT - MS).is_err());
    let later = now + FIRST_WAIT;
    assert_eq!(state.pass(later), Ok(true));
    assert!(state.pass(later).is_err(), "one at a time");
    assert!(state.replied());
    assert_eq!(state.pass(later), Ok(false));
    // It takes as many failures to open again as at first.
    assert_eq!(fail(&mut state, false, later), None);
}

#[test]
fn the_wait_doubles_to_a_limit() {
    let mut now = Instant::now();
    let mut state = opened(now);
    let mut waits_ms = Vec::new();
    for _ in 0..4 {
        now += LONGEST_WAIT;
        assert_eq!(state.pass(now), Ok(true));
        let wait = fail(&mut state, true, now).expect("it stays open");
        waits_ms.push(wait.as_millis());
        assert!(state.pass(now + wait - MS).is_err());
    }
    assert_eq!(waits_ms, [400, 800, 1000, 1000]);
}

#[test]
fn a_call_from_before_it_opened_closes_it_or_changes_nothing() {
    let now = Instant::now();
    let mut state = opened(now);
    assert_eq!(fail(&mut state, false, now + FIRST_WAIT), None);
    assert_eq!(state.pass(now + FIRST_WAIT), Ok(true));
    assert!(state.replied());
}

#[test]
fn a_probe_that_is_given_up_makes_room_for_another() {
    let now = Instant::now();
    let mut state = opened(now);
    assert_eq!(state.pass(now + FIRST_WAIT), Ok(true));
    state.gave_up();
    assert_eq!(state.pass(now + FIRST_WAIT), Ok(true));
}

#[test]
fn who_stops_waiting_early_says_nothing_and_late_counts() {
    let of = |silence| Circuit::new("http://callee".to_owned(), silence);
    let patient = of(Duration::from_secs(3600));
    let hasty = of(Duration::ZERO);
    for circuit in [&patient, &hasty] {
        for _ in 0..FAILURES {
            drop(circuit.pass().expect("it is closed"));
        }
    }
    assert!(patient.is_closed());
    let told = hasty.pass().expect_err("it is open");
    assert!(
        told.contains("no call is made for now: no reply within"),
        "{told}"
    );
}

#[test]
fn waits_vary_by_half() {
    let circuit = Circuit::new(String::new(), Duration::ZERO);
    let began = Instant::now();
    for _ in 0..FAILURES {
        circuit.pass().expect("it is closed").failed("refused");
    }
    let until = circuit.state().open.as_ref().expect("it is open").until;
    assert!(until >= began + FIRST_WAIT / 2 && until <= Instant::now() + FIRST_WAIT);
}
