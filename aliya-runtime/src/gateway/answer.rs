//! What a request is answered with: the gateway's table of statuses, from first to last.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Instant;

use tokio::time::timeout;

use super::Gateway;
use super::message::Message;
use super::reply::{Envelope, bad_token, too_many};
use super::target::Target;
use crate::call::{Act, Deadline, Key, Request};
use crate::frame::{self, MAX_JSON};
use crate::function::FunctionInfo;
use crate::panics;
use crate::rate_limit::{RetryAfter, address_key};
use crate::stop::{Answer, Stop};
use crate::types::PlayerId;

/// The token's part of the table.
enum Token {
    /// The function needs none.
    NotNeeded,
    /// It is this player's.
    Of(PlayerId),
    /// It is nobody's, and the client is told so.
    Bad(Answer),
}

/// A request, as far as it does not depend on what it asks for.
struct Asked<'a> {
    id: &'a Arc<str>,
    address: IpAddr,
    envelope: Envelope<'a>,
    deadline: Deadline,
}

impl Gateway {
    /// Answers the request in the body of a frame, and appends the reply's frame to `reply`. `None`
    /// where it is no message, of which nothing is said. `buffer` is memory to use.
    pub(super) async fn answer(
        &self,
        body: &[u8],
        address: IpAddr,
        buffer: &mut Vec<u8>,
        reply: &mut Vec<u8>,
    ) -> Option<()> {
        let began = Instant::now();
        let cipher = &self.config.cipher;
        let message = Message::parse(frame::decode(body, cipher, buffer).ok()?)?;
        let id = &self.ids.next();
        let random = message.random();
        let envelope = Envelope {
            random: random.unwrap_or_default(),
            status_as_text: self.config.status_as_text,
        };
        let asked = Asked {
            id,
            address,
            envelope,
            deadline: Deadline::after(self.config.request_timeout),
        };
        let answered = match random {
            Ok(_) => self.guarded(&message, &asked).await,
            Err(reason) => Err(Stop::Invalid(reason.to_owned())),
        };
        let mut answer = answered.unwrap_or_else(|stop| stop.into_answer(id));
        let mut text = envelope.text(&answer);
        if text.len() > MAX_JSON {
            // A function's success is checked before it is kept, so this is an error: nothing was
            // changed here either.
            let (bytes, limit) = (text.len(), MAX_JSON);
            answer = Stop::TooLarge { bytes, limit }.into_answer(id);
            text = envelope.text(&answer);
        }
        let elapsed_us = began.elapsed().as_micros();
        tracing::debug!(
            request_id = &**id,
            status = answer.status,
            elapsed_us,
            "answered"
        );
        // 14 without data fits beside any `random`.
        frame::encode(&text, cipher, reply).ok()
    }

    /// [`Gateway::decide`], within the time limit; a panic is a fault of this request alone.
    async fn guarded(&self, message: &Message<'_>, asked: &Asked<'_>) -> Result<Answer, Stop> {
        let limit = self.config.request_timeout;
        let decided = timeout(limit, panics::caught(self.decide(message, asked))).await;
        match decided {
            Ok(Ok(answered)) => answered,
            Ok(Err(said)) => Err(Stop::fault(format!("panicked: {said}"))),
            Err(_) => Err(Stop::Unavailable(format!(
                "no answer within {} ms",
                limit.as_millis()
            ))),
        }
    }

    async fn decide(&self, message: &Message<'_>, asked: &Asked<'_>) -> Result<Answer, Stop> {
        if let Some(reason) = message.twice() {
            return Err(Stop::Invalid(reason));
        }
        let Some(name) = message.function() else {
            return Err(invalid("`function` must name one, in a string"));
        };
        let target = Target::find(self.services.game, &name);
        let target = target.ok_or_else(|| invalid("there is no such function"))?;
        let data = message.data().map_err(Stop::Invalid)?;
        let caller = match self.check_token(target, data.token(), asked).await? {
            Token::NotNeeded => None,
            Token::Of(player) => Some(player),
            Token::Bad(answer) => return Ok(answer),
        };
        let address = address_key(asked.address);
        let limited = match (&caller, target) {
            (Some(player), _) => self.players.check(player),
            (None, Target::Account(_)) => self.logins.check(&address),
            (None, Target::Game(_)) => self.addresses.check(&address),
        };
        if let Err(RetryAfter { ms }) = limited {
            return Ok(too_many(ms));
        }
        let token = data.token();
        let mut args = data.args().map_err(Stop::Invalid)?;
        // What writes nothing keeps nothing: its key does not count.
        let writes = !matches!(target, Target::Game(FunctionInfo { writes: false, .. }));
        let key = message.random_text().filter(|_| writes);
        let key = key.and_then(|random| Key::of_client(caller.as_ref(), &random));
        match target {
            Target::Account(function) => {
                // The token server checks it again, in the transaction that counts.
                if let Some(Ok(token)) = token.map(serde_json::from_str) {
                    args.insert("token".to_owned(), token);
                }
                let accounts = &self.services.accounts;
                accounts.call(function, args, key, asked.id).await
            }
            Target::Game(function) => {
                let request = Request {
                    key,
                    caller,
                    deadline: asked.deadline,
                    reply_limit: Some(asked.envelope.room(function.outcomes)),
                    ..Request::new(self.services.clock.now(), Arc::clone(asked.id))
                };
                self.services
                    .functions
                    .dispatch(function, args, request, Act::Call)
                    .await
            }
        }
    }

    /// Checks the token before anything else of the data is looked at.
    async fn check_token(
        &self,
        target: Target,
        token: Option<&str>,
        asked: &Asked<'_>,
    ) -> Result<Token, Stop> {
        if !target.needs_token() {
            return Ok(Token::NotNeeded);
        }
        let Some(token) = token else {
            return Err(invalid("`token` is missing"));
        };
        // A value of another type, or half a surrogate pair, is nobody's token.
        let text = serde_json::from_str::<String>(token);
        let player = match text {
            Ok(text) => self.services.accounts.validate(&text, asked.id).await?,
            Err(_) => None,
        };
        Ok(match player {
            Some(player) => Token::Of(player),
            // Who tries tokens has no player by which the tries could be counted.
            None => Token::Bad(match self.addresses.check(&address_key(asked.address)) {
                Ok(()) => bad_token(token, &asked.envelope),
                Err(RetryAfter { ms }) => too_many(ms),
            }),
        })
    }
}

fn invalid(reason: &str) -> Stop {
    Stop::Invalid(reason.to_owned())
}
