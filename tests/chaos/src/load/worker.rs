//! A player at work: one request after the other, or two at once.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use aliya_runtime::shutdown::CancellationToken;

use super::{Manner, Newcomer};
use crate::plan;
use crate::request::{Line, Player, Request};
use crate::seed::Random;

/// How often a request is sent before the player turns to the next one.
const TRIES: u32 = 4;
/// How many undecided requests each task has at most, but for one that was sent beside the last one.
const ASIDE_MAX: usize = 6;
/// What a player waits between two requests at most.
const PAUSE_MAX_MS: u64 = 40;
/// How long after a request another one is sent that is in its way, at most.
const MEANWHILE_MAX_MS: u64 = 60;
/// How long it takes until another player comes.
const NEWCOMER_EVERY_MS: (u64, u64) = (700, 2_000);

/// A task that asks, one request after the other.
pub(super) struct Worker {
    manner: Manner,
    /// Two connections to each gateway: one for duplicates.
    lines: Vec<[Line; 2]>,
    random: Random,
    stop: CancellationToken,
}

impl Worker {
    /// A worker of that manner.
    pub(super) fn new(manner: Manner, random: Random, stop: CancellationToken) -> Self {
        let lines = manner.gateways.iter();
        let lines = lines.map(|gateway| [Line::to(*gateway), Line::to(*gateway)]);
        Self {
            lines: lines.collect(),
            manner,
            random,
            stop,
        }
    }

    /// Asks for one thing after the other until it is over; returns what was asked. What stays undecided is
    /// put aside, and asked for again when there is too much of it: nobody has any number of open questions.
    pub(super) async fn play(mut self, player: Player, players: Arc<[Player]>) -> Vec<Request> {
        let (mut played, mut aside) = (Vec::new(), VecDeque::new());
        while !self.stop.is_cancelled() {
            let again = match aside.len() < ASIDE_MAX {
                true => None,
                false => aside.pop_front(),
            };
            let requests = match again {
                Some(request) => [Some(request), None],
                None => self.first(&player, &players).await,
            };
            for mut request in requests.into_iter().flatten() {
                for _ in 0..TRIES {
                    if request.decision().is_some() || self.stop.is_cancelled() {
                        break;
                    }
                    self.send(&mut request).await;
                    tokio::time::sleep(self.random.time(0, PAUSE_MAX_MS)).await;
                }
                match request.decision() {
                    Some(_) => played.push(request),
                    None => aside.push_back(request),
                }
            }
        }
        played.extend(aside);
        played
    }

    /// A new request, beside which some send another one, or the same once more.
    async fn first(&mut self, player: &Player, players: &[Player]) -> [Option<Request>; 2] {
        let mut request = plan::next(&mut self.random, player, players);
        let mut meanwhile = plan::meanwhile(&mut self.random, player, &request);
        if let Some(meanwhile) = &mut meanwhile {
            self.send_both(&mut request, meanwhile).await;
        } else if self.random.chance(self.manner.duplicates) {
            self.send_twice(&mut request).await;
        }
        [Some(request), meanwhile]
    }

    /// Clients wait for longer or shorter; the impatient ones ask again while the first is under way.
    fn patience(&mut self) -> Duration {
        self.random.time(800, 6_000)
    }

    async fn send(&mut self, request: &mut Request) {
        let patience = self.patience();
        let place = self.place();
        let Some([line, _]) = self.lines.get_mut(place) else {
            return;
        };
        if let Some(reply) = line.ask(&request.message, patience).await {
            request.note(reply);
        }
    }

    /// The same request on two connections at once, also of two gateways.
    async fn send_twice(&mut self, request: &mut Request) {
        request.sent_twice = true;
        let replies = self.send_at_once([&request.message, &request.message], Duration::ZERO);
        for reply in replies.await.into_iter().flatten() {
            request.note(reply);
        }
    }

    /// Two requests on two connections, the second one while the first is under way.
    async fn send_both(&mut self, request: &mut Request, meanwhile: &mut Request) {
        let after = self.random.time(0, MEANWHILE_MAX_MS);
        let replies = self.send_at_once([&request.message, &meanwhile.message], after);
        for (reply, request) in replies.await.into_iter().zip([request, meanwhile]) {
            if let Some(reply) = reply {
                request.note(reply);
            }
        }
    }

    /// What two messages are answered, on two connections, the second one sent a time `after` the first.
    async fn send_at_once(&mut self, messages: [&str; 2], after: Duration) -> [Option<String>; 2] {
        let patience = self.patience();
        let (one, other) = (self.place(), self.place());
        let lines = match one == other {
            true => self.lines.get_mut(one).map(|[one, two]| (one, two)),
            false => match self.lines.get_disjoint_mut([one, other]) {
                Ok([[one, _], [_, two]]) => Some((one, two)),
                Err(_) => None,
            },
        };
        let Some((first, second)) = lines else {
            return [None, None];
        };
        let second = async {
            tokio::time::sleep(after).await;
            second.ask(messages[1], patience).await
        };
        tokio::join!(first.ask(messages[0], patience), second).into()
    }

    /// One of the gateways.
    fn place(&mut self) -> usize {
        let last = self.lines.len().saturating_sub(1);
        let place = self.random.between(0, u64::try_from(last).unwrap_or(0));
        usize::try_from(place).unwrap_or(0)
    }

    /// Lets new players come.
    pub(super) async fn welcome(mut self) -> Vec<Newcomer> {
        let mut came = Vec::new();
        loop {
            let pause = self.random.time(NEWCOMER_EVERY_MS.0, NEWCOMER_EVERY_MS.1);
            let over = tokio::time::timeout(pause, self.stop.cancelled()).await;
            if over.is_ok() {
                return came;
            }
            let name = format!("newcomer{}", came.len());
            let key = aliya_runtime::client::random_key();
            let mut known = false;
            for _ in 0..TRIES {
                let place = self.place();
                let Some([line, _]) = self.lines.get_mut(place) else {
                    break;
                };
                known = Player::login(line, &name, &key).await.is_some();
                if known || self.stop.is_cancelled() {
                    break;
                }
            }
            came.push(Newcomer { name, key, known });
        }
    }
}
