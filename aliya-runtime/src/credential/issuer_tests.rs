//! Tests of who may ask what of which function.

use std::sync::Arc;

use super::*;
use crate::function::{AnyArgs, Running, Steps};
use crate::wire::Data;
use crate::{Cx, Stop};

fn weapon() -> Issuer {
    Issuer::Manager("weapon".to_owned())
}

struct Uncalled;

impl Steps for Uncalled {
    fn decode(&self, _: &Data) -> Result<Arc<AnyArgs>, Stop> {
        unreachable!("nobody calls it here")
    }

    fn run<'a>(&self, _: &'a mut Cx<'_>, _: &'a AnyArgs) -> Running<'a> {
        unreachable!("nobody calls it here")
    }
}

const fn function(
    access: Access,
    undone_by: Option<&'static str>,
    runs: Option<Runs>,
) -> FunctionInfo {
    FunctionInfo {
        name: "f",
        manager: "bag",
        access,
        writes: true,
        one_query: false,
        reaches: &[],
        outcomes: &[],
        fails: false,
        undone_by,
        declaration: "",
        runs,
        steps: &Uncalled,
    }
}

#[test]
fn what_runs_for_new_players_is_the_token_server_s_to_call() {
    let function = |runs| function(Access::Internal, None, runs);
    let manager = Issuer::Manager("mail".to_owned());
    for (issuer, for_new_players, other) in [
        (Issuer::Operator, true, true),
        (Issuer::Gateway, false, false),
        (manager, false, true),
        (Issuer::Token, true, false),
    ] {
        assert_eq!(
            issuer.may_run(&function(Some(Runs::PlayerCreated))),
            for_new_players,
            "{issuer}"
        );
        for runs in [None, Some(Runs::After)] {
            assert_eq!(issuer.may_run(&function(runs)), other, "{issuer} {runs:?}");
        }
    }
}

#[test]
fn who_may_give_and_who_may_take_back() {
    let with_undo = function(Access::Player, Some("undo"), None);
    let without = function(Access::Player, None, None);
    let last_take = FunctionInfo {
        fails: true,
        ..function(Access::Player, None, None)
    };
    let operators = function(Access::Admin, Some("undo"), None);
    let for_new_players = function(Access::Internal, Some("undo"), Some(Runs::PlayerCreated));
    let cases = [
        // Who, of which function: to call it, to give, to take it back.
        (Issuer::Gateway, &with_undo, [true, false, false]),
        (Issuer::Operator, &with_undo, [true, false, false]),
        (weapon(), &with_undo, [true, true, true]),
        (weapon(), &without, [true, true, false]),
        (weapon(), &last_take, [true, true, true]),
        (Issuer::Gateway, &last_take, [true, false, false]),
        (weapon(), &operators, [false, false, false]),
        (weapon(), &for_new_players, [false, false, false]),
        (Issuer::Token, &with_undo, [false, false, false]),
        (Issuer::Token, &for_new_players, [true, true, false]),
    ];
    for (issuer, function, expected) in cases {
        let may = [Act::Call, Act::Give, Act::Undo].map(|act| issuer.may_ask(act, function));
        assert_eq!(
            may, expected,
            "{issuer} {:?} {:?}",
            function.access, function.runs
        );
    }
}

#[test]
fn who_may_call_what() {
    use Access::{Admin, Internal, Player, Public};
    let manager = Issuer::Manager("operator".to_owned());
    for (issuer, open) in [
        (Issuer::Operator, vec![Player, Public, Internal, Admin]),
        (Issuer::Gateway, vec![Player, Public]),
        (manager, vec![Player, Public, Internal]),
        (Issuer::Token, vec![]),
    ] {
        for access in [Player, Public, Internal, Admin] {
            assert_eq!(
                issuer.may_call(access),
                open.contains(&access),
                "{issuer} {access:?}"
            );
        }
        assert_eq!(Issuer::parse(&issuer.to_string()), Some(issuer));
    }
}
