//! What a callee does with a message: one transaction, of the call's effects and the callee's own op.

use crate::Variant;
use crate::state::{Account, Answer, Call, IRON, Message, Response, State, Take};
use crate::step::{Step, Steps};

/// As much iron as the bag holds. A give is never refused: the rest is lost. The whole protocol never comes near.
const BAG: u8 = IRON + 20;

impl Steps<'_> {
    /// Any message that was ever sent arrives, for the first time or again.
    pub(crate) fn deliveries(&mut self) {
        for message in self.state.sent.keys() {
            let mut account = *self.state.account(message.key.call);
            let answer = account.receive(message, self.variant);
            let response = Response {
                key: message.key,
                undo: message.undo,
                answer,
            };
            if account == *self.state.account(message.key.call)
                && self.state.answered.contains(response)
            {
                continue;
            }
            self.add(Step::Deliver(message, answer), |next| {
                *next.account_mut(message.key.call) = account;
                next.answered.add(response);
            });
        }
        if self.variant == Variant::EarlyCollection {
            for key in self.state.bag.ops.keys() {
                self.add(Step::Collect(key), |next| {
                    next.bag.ops.remove(key);
                });
            }
        }
    }
}

impl State {
    fn account(&self, call: Call) -> &Account {
        match call {
            Call::Take(Take::Iron) | Call::Give => &self.bag,
            Call::Take(Take::Gold) => &self.purse,
        }
    }

    fn account_mut(&mut self, call: Call) -> &mut Account {
        match call {
            Call::Take(Take::Iron) | Call::Give => &mut self.bag,
            Call::Take(Take::Gold) => &mut self.purse,
        }
    }
}

impl Account {
    fn receive(&mut self, message: Message, variant: Variant) -> Answer {
        if message.undo {
            return self.undo(message, variant);
        }
        if let Some(answer) = self.ops.get(message.key)
            && variant != Variant::NoCalleeDedupe
        {
            return answer;
        }
        let answer = match message.key.call {
            Call::Give => {
                self.balance = (self.balance + message.amount).min(BAG);
                Answer::Done
            }
            Call::Take(_) if self.balance >= message.amount => {
                self.balance -= message.amount;
                Answer::Done
            }
            Call::Take(_) => Answer::Refused,
        };
        self.ops.insert(message.key, answer);
        answer
    }

    /// Takes a call's effects back, if it had any, and leaves a tombstone: also where the call has not
    /// come yet, so that it has no effect when it comes.
    fn undo(&mut self, message: Message, variant: Variant) -> Answer {
        let key = message.key;
        if self.ops.get(key) == Some(Answer::Done) {
            self.balance += message.amount;
            if variant == Variant::NoTombstone {
                self.ops.remove(key);
            }
        }
        if variant != Variant::NoTombstone {
            self.ops.insert(key, Answer::Undone);
        }
        Answer::Undone
    }
}
