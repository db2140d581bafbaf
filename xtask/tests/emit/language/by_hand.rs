//! The functions of managers/tally.yaml that are written by hand, as src/native/ of a game has them,
//! and what becomes of them.

use std::collections::BTreeMap;

use aliya_runtime::native::NativeResult;
use aliya_runtime::{Cx, Returned};
use serde_json::json;

use super::Server;
use super::tally::{
    AddLetterArgs, AddLetterReply, ForgetArgs, ForgetError, ForgetReply, TallyArgs, TallyError,
    TallyNative, TallyReply,
};

/// What the game installs at its start.
pub struct ByHand;

impl TallyNative for ByHand {
    async fn tally(
        &self,
        cx: &mut Cx<'_>,
        args: &TallyArgs,
    ) -> NativeResult<TallyReply, TallyError> {
        let mut counts: BTreeMap<char, i64> = BTreeMap::new();
        for letter in args.words.iter().flat_map(|word| word.chars()) {
            if !letter.is_alphabetic() {
                return Err(TallyError::NoLetter.into());
            }
            *counts.entry(letter).or_default() += 1;
        }
        let mut reply = TallyReply {
            letters: Vec::new(),
            counts: Vec::new(),
            most: None,
        };
        // Its rows it reaches through its manager's own functions.
        for (letter, count) in counts {
            let letter = letter.to_string();
            let add = AddLetterArgs {
                letter: letter.clone(),
                count,
            };
            let added: AddLetterReply = cx.call(&add).await?.data()?;
            let most = reply.counts.iter().max();
            if most.is_none_or(|most| *most < added.count) {
                reply.most = Some(letter.clone());
            }
            reply.letters.push(letter);
            reply.counts.push(added.count);
        }
        if reply.letters.is_empty() {
            return Ok(reply.nothing());
        }
        Ok(Returned::success(reply))
    }

    async fn forget(
        &self,
        _: &mut Cx<'_>,
        _: &ForgetArgs,
    ) -> NativeResult<ForgetReply, ForgetError> {
        Ok(Returned::success(ForgetReply {}))
    }
}

#[tokio::test]
async fn a_function_written_by_hand_is_one_like_any_other() {
    let server = Server::start().await;
    let (status, data) = server.ok("tally", json!({ "words": ["abba", "b"] })).await;
    let expected = json!({ "letters": ["a", "b"], "counts": [2, 3], "most": "b" });
    assert_eq!((status, data), (0, expected));
    // Its outcomes, its errors, and the checks of its args.
    let (status, data) = server.ok("tally", json!({ "words": [] })).await;
    assert_eq!((status, data), (62, json!({ "letters": [], "counts": [] })));
    let (status, _) = server.failed("tally", json!({ "words": ["a1"] })).await;
    assert_eq!(status, 61);
    assert!(server.run("tally", json!({ "words": 7 })).await.is_err());
    let (_, data) = server
        .ok("tally_two", json!({ "one": "ac", "two": "" }))
        .await;
    assert_eq!(data, json!({ "kinds": 2, "most": "a" }));
    let (status, _) = server
        .failed("tally_two", json!({ "one": "a", "two": "!" }))
        .await;
    assert_eq!(status, 63);
}

#[tokio::test]
async fn what_it_wrote_is_taken_back_with_it() {
    let server = Server::start().await;
    // `a` is counted before there is one `b` too many; that error is not one that it declares.
    let words = json!({ "words": ["aaa", "bbbbbbbbbbb"] });
    let said = server.fault("tally", words).await;
    assert!(said.contains("60, enough"), "{said}");
    let (_, data) = server.ok("letter", json!({ "letter": "a" })).await;
    assert_eq!(data, json!({ "count": 0 }));
}
