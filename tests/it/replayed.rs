//! Every function of every manager, called with the bytes of a call that was made before: the reply
//! is that of the first time, and no row changes a second time.

use std::time::Duration;

use aliya_runtime::PlayerId;
use aliya_runtime::call::{Act, Deadline, Key, Request};
use aliya_runtime::credential::{Claims, Issuer};
use aliya_runtime::function::{FunctionInfo, Manager};
use anyhow::Result;
use generated::GAME;
use serde_json::Value;

use crate::credentials::{args, header};
use crate::samples::{Document, PLAYER, renamed, samples_of, value};
use crate::support::{Inside, Posting, rows};

/// The bytes of a call by the operator, with all that the sample of the function needs done before.
async fn prepared(
    game: &Inside,
    manager: &'static Manager,
    function: &'static FunctionInfo,
    player: &str,
) -> Result<Vec<u8>> {
    if function.runs.is_none() {
        game.login(player).await?;
    }
    let samples = samples_of(manager)?;
    let before = samples.get(function.name).map(|s| s.before.as_slice());
    for (name, args) in before.unwrap_or_default() {
        let args = renamed(value(args)?, PLAYER, player);
        let reply = game.admin(name, player, args).await?;
        anyhow::ensure!(reply["status"] == 0, "before {}: {reply}", function.name);
    }
    let document = Document::read(manager.name)?;
    let args: Value = serde_json::from_str(&args(&document, function))?;
    let body = renamed(args, PLAYER, player).to_string();
    let request = Request {
        deadline: Deadline::after(Duration::from_secs(60)),
        reply_limit: Some(7_000),
        ..Request::new(game.clock.now(), "r1").of(PlayerId::new(player))
    };
    let claims = Claims {
        audience: manager.name,
        function: function.name,
        act: Act::Call,
        key: &Key::fresh('g'),
        request: &request,
    };
    let operator = game.credentials(&Issuer::Operator);
    let signed = header(&operator.sign(claims, body.as_bytes()));
    Ok(Posting::bytes(
        &format!("/{}", function.name),
        &signed,
        &body,
    ))
}

#[test]
fn a_call_that_is_replayed_changes_nothing_and_gets_its_reply_again() -> Result<()> {
    Inside::in_both_shapes(|game| async move {
        let (mut functions, mut changed) = (0, 0);
        for &manager in GAME.managers {
            for (at, &function) in manager.functions.iter().enumerate() {
                let name = format!("{}.{}", manager.name, function.name);
                let player = format!("{PLAYER}{}{at}", manager.name);
                let call = prepared(&game, manager, function, &player).await?;
                let mut one = Posting::to(game.url(manager.name)?).await?;
                let mut other = Posting::to(game.url(manager.name)?).await?;
                let before = rows(game.dir()).await?;
                let (http, first) = one.send(&call).await?;
                let status = serde_json::from_str::<Value>(&first)?["status"].as_i64();
                assert!(
                    http == 200 && status.is_some_and(|status| !(10..20).contains(&status)),
                    "{name}: {http} {first}"
                );
                let after = rows(game.dir()).await?;
                for connection in [&mut one, &mut other] {
                    let (http, again) = connection.send(&call).await?;
                    assert_eq!((http, &again), (200, &first), "{name}");
                    assert_eq!(rows(game.dir()).await?, after, "{name}");
                }
                functions += 1;
                changed += usize::from(before != after);
            }
        }
        anyhow::ensure!(functions > 25, "{functions} functions are all");
        anyhow::ensure!(changed > 15, "only {changed} changed anything at first");
        Ok(())
    })
}
