//! The whole protocol keeps its promise, and the protocol without any one of its rules does not.
//!
//! What goes wrong is told by a shortest trace, which is expected step by step.

use protocol_model::check::Found;
use protocol_model::state::Request;
use protocol_model::{Step, Variant, Verdict, Violation, explore};

/// An earlier model of the protocol, in Python, has as many states and as many steps between them.
#[test]
fn the_whole_protocol_keeps_its_promise() {
    let explored = explore(Variant::Full);
    assert!(matches!(explored.verdict, Verdict::Kept), "{explored}");
    assert_eq!((explored.states, explored.edges), (322_607, 1_990_428));
}

#[test]
fn with_blind_gives_an_op_never_ends() {
    let explored = explore(Variant::BlindGive);
    let Verdict::Stuck(_, trace) = &explored.verdict else {
        panic!("no op is stuck: {explored}");
    };
    let story = [
        "LevelUp1 begins",
        "LevelUp1.0/Take(Iron) of 10 arrives: Done",
        "a driver of LevelUp1: Took",
        "LevelUp1.0/Take(Gold) of 10 arrives: Done",
        "a driver of LevelUp1: Commit",
        "crash of the weapon's process",
    ];
    assert_eq!(told(trace), story, "{explored}");
}

#[test]
fn without_validation_a_paid_update_is_lost() {
    let violation = Violation::Level(Found { is: 2, due: 3 });
    let story = [
        "LevelUp1 begins",
        "LevelUp2 begins",
        "LevelUp1.0/Take(Iron) of 10 arrives: Done",
        "LevelUp2.0/Take(Iron) of 10 arrives: Done",
        "a driver of LevelUp1: Took",
        "LevelUp1.0/Take(Gold) of 10 arrives: Done",
        "a driver of LevelUp1: Commit",
        "LevelUp1.0/Give of 5 arrives: Done",
        "a driver of LevelUp1: Given",
        "a driver of LevelUp2: Took",
        "LevelUp2.0/Take(Gold) of 10 arrives: Done",
        "a driver of LevelUp2: Commit",
        "LevelUp2.0/Give of 5 arrives: Done",
        "a driver of LevelUp2: Given",
    ];
    broken(Variant::NoValidate, violation, &story);
}

#[test]
fn without_epochs_the_takes_that_count_take_nothing() {
    let violation = Violation::Iron(Found { is: 60, due: 40 });
    let story = [
        "LevelUp1 begins",
        "LevelUp2 begins",
        "LevelUp1.0/Take(Iron) of 10 arrives: Done",
        "LevelUp2.0/Take(Iron) of 10 arrives: Done",
        "a driver of LevelUp1: Took",
        "LevelUp1.0/Take(Gold) of 10 arrives: Done",
        "a driver of LevelUp1: Commit",
        "LevelUp1.0/Give of 5 arrives: Done",
        "a driver of LevelUp1: Given",
        "a driver of LevelUp2: Took",
        "LevelUp2.0/Take(Gold) of 10 arrives: Done",
        "a driver of LevelUp2: Stale",
        "undo of LevelUp2.0/Take(Gold) of 10 arrives: Undone",
        "a driver of LevelUp2: Undid",
        "undo of LevelUp2.0/Take(Iron) of 10 arrives: Undone",
        "a driver of LevelUp2: Again",
        "a driver of LevelUp2: Took",
        "a driver of LevelUp2: Commit",
        "LevelUp2.0/Give of 5 arrives: Done",
        "a driver of LevelUp2: Given",
    ];
    broken(Variant::NoEpoch, violation, &story);
}

#[test]
fn without_compare_and_set_an_applied_function_is_undone() {
    let violation = Violation::Gold(Found { is: 30, due: 20 });
    let story = [
        "LevelUp1 begins",
        "LevelUp1.0/Take(Iron) of 10 arrives: Done",
        "a driver of LevelUp1: Took",
        "LevelUp1 gets a driver",
        "LevelUp1.0/Take(Gold) of 10 arrives: Done",
        "a driver of LevelUp1: Commit",
        "LevelUp1.0/Give of 5 arrives: Done",
        "a driver of LevelUp1: Stale",
        "undo of LevelUp1.0/Take(Gold) of 10 arrives: Undone",
        "a driver of LevelUp1: Given",
        "crash of the weapon's process",
    ];
    broken(Variant::NoCompareAndSet, violation, &story);
}

#[test]
fn without_stored_errors_a_reply_is_lost() {
    let violation = Violation::ReplyLost(Request::Boost);
    let story = ["Boost runs"];
    broken(Variant::NoStoredError, violation, &story);
}

#[test]
fn without_deduplication_at_the_callee_a_done_take_is_refused() {
    let violation = Violation::Iron(Found { is: 0, due: 10 });
    let story = [
        "somebody else takes 50 iron",
        "LevelUp1 begins",
        "LevelUp1.0/Take(Iron) of 10 arrives: Done",
        "LevelUp1.0/Take(Iron) of 10 arrives: Refused",
        "a driver of LevelUp1: Refused",
    ];
    broken(Variant::NoCalleeDedupe, violation, &story);
}

#[test]
fn with_early_collection_a_done_take_is_refused() {
    let violation = Violation::Iron(Found { is: 0, due: 10 });
    let story = [
        "somebody else takes 50 iron",
        "LevelUp1 begins",
        "LevelUp1.0/Take(Iron) of 10 arrives: Done",
        "the op of LevelUp1.0/Take(Iron) is deleted",
        "LevelUp1.0/Take(Iron) of 10 arrives: Refused",
        "a driver of LevelUp1: Refused",
    ];
    broken(Variant::EarlyCollection, violation, &story);
}

#[test]
fn without_tombstones_a_late_take_takes_again() {
    let violation = Violation::Iron(Found { is: 25, due: 55 });
    let story = [
        "LevelUp1 begins",
        "LevelUp1.0/Take(Iron) of 10 arrives: Done",
        "a driver of LevelUp1: Took",
        "LevelUp1.0/Take(Gold) of 10 arrives: Done",
        "a driver of LevelUp1: Commit",
        "Boost runs",
        "LevelUp2 begins",
        "LevelUp1.0/Give of 5 arrives: Done",
        "LevelUp2.0/Take(Iron) of 30 arrives: Done",
        "a driver of LevelUp1: Given",
        "a driver of LevelUp2: Took",
        "LevelUp2.0/Take(Gold) of 30 arrives: Refused",
        "a driver of LevelUp2: Undo",
        "undo of LevelUp2.0/Take(Iron) of 30 arrives: Undone",
        "LevelUp2.0/Take(Iron) of 30 arrives: Done",
        "a driver of LevelUp2: Failed",
    ];
    broken(Variant::NoTombstone, violation, &story);
}

#[test]
fn without_intents_a_take_is_forgotten() {
    let violation = Violation::Iron(Found { is: 50, due: 60 });
    let story = [
        "LevelUp1 begins",
        "crash of the weapon's process",
        "LevelUp1.0/Take(Iron) of 10 arrives: Done",
    ];
    broken(Variant::NoIntent, violation, &story);
}

#[test]
fn with_blind_reruns_a_function_is_applied_twice() {
    let violation = Violation::TwoReplies(Request::Boost);
    let story = [
        "LevelUp1 begins",
        "LevelUp1.0/Take(Iron) of 10 arrives: Done",
        "a driver of LevelUp1: Took",
        "LevelUp1.0/Take(Gold) of 10 arrives: Done",
        "a driver of LevelUp1: Commit",
        "Boost runs",
        "Boost is replied to",
        "Boost runs",
        "Boost is replied to",
    ];
    broken(Variant::BlindRerun, violation, &story);
}

/// Expects that the variant breaks this promise, first by these steps.
#[track_caller]
fn broken(variant: Variant, violation: Violation, story: &[&str]) {
    let explored = explore(variant);
    let Verdict::Broken(found, trace) = &explored.verdict else {
        panic!("no promise is broken: {explored}");
    };
    assert_eq!(*found, violation, "{explored}");
    assert_eq!(told(trace), story, "{explored}");
}

fn told(trace: &[Step]) -> Vec<String> {
    trace.iter().map(Step::to_string).collect()
}
