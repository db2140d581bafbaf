//! Every function of every manager, called with every wrong credential: nobody gets in, and no row
//! changes.

use std::time::Duration;

use aliya_runtime::call::{Act, Deadline, Key, Request};
use aliya_runtime::credential::{Claims, Credentials, Issuer, LIFETIME_S, SKEW_S};
use aliya_runtime::function::{Access, FunctionInfo};
use aliya_runtime::runs::Runs;
use aliya_runtime::secrets::Secret;
use aliya_runtime::{PlayerId, Time};
use anyhow::{Context, Result};
use generated::GAME;

use crate::samples::Document;
use crate::support::{Inside, Posting, rows};

/// The args of a function's sample; of what has none, because nobody calls it, no args.
pub fn args(document: &Document, function: &FunctionInfo) -> String {
    let sample = document.sample(function.name).ok();
    let sample = sample.filter(serde_json::Value::is_object);
    sample.map_or("{}".to_owned(), |sample| sample.to_string())
}

/// The header with a credential.
pub fn header(credential: &str) -> String {
    format!("Authorization: Bearer {credential}\r\n")
}

/// A call of one function, as it is right for the operator.
struct Right<'a> {
    function: &'static FunctionInfo,
    body: &'a str,
    request: Request,
    key: Key,
}

impl Right<'_> {
    fn claims(&self) -> Claims<'_> {
        Claims {
            audience: self.function.manager,
            function: self.function.name,
            act: Act::Call,
            key: &self.key,
            request: &self.request,
        }
    }

    fn sign(&self, by: &Credentials, act: Act) -> String {
        let claims = Claims {
            act,
            ..self.claims()
        };
        header(&by.sign(claims, self.body.as_bytes()))
    }

    /// What no service signed for this call now: refused with 401.
    fn unsigned(&self, operator: &Credentials, token: &str) -> Result<Vec<(&'static str, String)>> {
        let claims = self.claims();
        let body = self.body.as_bytes();
        let other = Secret::new("another secret, also 32 bytes long")?;
        let stranger = Credentials::new(&other, &Issuer::Operator);
        let right = operator.sign(claims, body);
        let (signed, signature) = right.rsplit_once('.').context("a signature")?;
        let (_, payload) = signed.split_once('.').context("a payload")?;
        // {"alg":"none"}
        let unsigned = format!("eyJhbGciOiJub25lIn0.{payload}.");
        let now_s = Time::now().0 / 1000;
        let elsewhere = |audience, function| Claims {
            audience,
            function,
            ..claims
        };
        let mut other_body = body.to_vec();
        other_body.push(b' ');
        let manager = if claims.audience == "bag" {
            "mail"
        } else {
            "bag"
        };
        Ok(vec![
            ("none", String::new()),
            ("garbage", header("garbage")),
            ("garbage of three parts", header("a.b.c")),
            ("another scheme", "Authorization: Basic eDp5\r\n".to_owned()),
            ("a player's token", header(token)),
            ("another secret", self.sign(&stranger, Act::Call)),
            ("no signature", header(&unsigned)),
            (
                "half a signature",
                header(&format!("{signed}.{}", &signature[..20])),
            ),
            ("two at once", header(&right).repeat(2)),
            (
                "expired",
                header(&operator.sign_at(claims, body, now_s - LIFETIME_S)),
            ),
            (
                "from the future",
                header(&operator.sign_at(claims, body, now_s + SKEW_S + 5)),
            ),
            (
                "of another function",
                header(&operator.sign(elsewhere(claims.audience, "other"), body)),
            ),
            (
                "of another manager",
                header(&operator.sign(elsewhere(manager, claims.function), body)),
            ),
            (
                "of another body",
                header(&operator.sign(claims, &other_body)),
            ),
        ])
    }

    /// What a service signed that may not ask it: refused with 403.
    fn forbidden(&self, game: &Inside) -> Vec<(String, String)> {
        let manager = || Issuer::Manager("mail".to_owned());
        let for_new_players = self.function.runs == Some(Runs::PlayerCreated);
        let for_clients = matches!(self.function.access, Access::Player | Access::Public);
        let for_managers = self.function.access != Access::Admin && !for_new_players;
        let mut forbidden = vec![
            (Issuer::Gateway, Act::Give),
            (Issuer::Gateway, Act::Undo),
            (Issuer::Operator, Act::Give),
            (Issuer::Operator, Act::Undo),
            (Issuer::Token, Act::Undo),
        ];
        if !for_clients {
            forbidden.push((Issuer::Gateway, Act::Call));
        }
        if !for_new_players {
            forbidden.extend([(Issuer::Token, Act::Call), (Issuer::Token, Act::Give)]);
        }
        if !for_managers {
            forbidden.extend([(manager(), Act::Call), (manager(), Act::Give)]);
        }
        let is_last_take = self.function.writes && self.function.fails;
        if !for_managers || self.function.undone_by.is_none() && !is_last_take {
            forbidden.push((manager(), Act::Undo));
        }
        let signed = forbidden.into_iter().map(|(issuer, act)| {
            let credential = self.sign(&game.credentials(&issuer), act);
            (format!("{act:?} by {issuer}"), credential)
        });
        signed.collect()
    }
}

#[test]
fn a_wrong_credential_opens_no_function_and_changes_no_row() -> Result<()> {
    Inside::in_both_shapes(|game| async move {
        let ada = game.login("ada").await?;
        // What a call could take away.
        game.supply("ada", "iron", 1000).await?;
        let operator = game.credentials(&Issuer::Operator);
        let before = rows(game.dir()).await?;
        anyhow::ensure!(before.values().map(Vec::len).sum::<usize>() > 10);
        let mut functions = 0;
        for manager in GAME.managers {
            let document = Document::read(manager.name)?;
            let mut posting = Posting::to(game.url(manager.name)?).await?;
            for function in manager.functions {
                let body = args(&document, function);
                let right = Right {
                    function,
                    body: &body,
                    request: Request {
                        deadline: Deadline::after(Duration::from_secs(60)),
                        ..Request::new(game.clock.now(), "r1").of(PlayerId::new("ada"))
                    },
                    key: Key::fresh('g'),
                };
                let path = format!("/{}", function.name);
                let mut sent = Vec::new();
                for (what, headers) in right.unsigned(&operator, &ada.token)? {
                    sent.push((what.to_owned(), headers, 401));
                }
                for (what, headers) in right.forbidden(&game) {
                    sent.push((what, headers, 403));
                }
                for (what, headers, expected) in sent {
                    let request = Posting::bytes(&path, &headers, &body);
                    let (http, reply) = posting.send(&request).await?;
                    let name = format!("{}{path}, {what}", manager.name);
                    assert_eq!(http, expected, "{name}: {reply}");
                    assert!(reply.contains("Authorization required"), "{name}: {reply}");
                }
                assert_eq!(rows(game.dir()).await?, before, "{}{path}", manager.name);
                functions += 1;
            }
        }
        anyhow::ensure!(functions > 25, "{functions} functions are all");
        Ok(())
    })
}
