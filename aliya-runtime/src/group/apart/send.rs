//! A call to the group that hosts its manager: another one, or this one where managers have moved
//! together since it was written down.

use serde_json::{Map, Value};

use super::Drive;
use crate::call::{Act, PeerCall, Request};
use crate::op::Sent;
use crate::stop::{Answer, Stop};

impl Drive {
    /// Sends a call under the key of its step in this epoch; returns what it was answered, a
    /// declared error among it.
    pub(super) async fn send(&self, act: Act, step: &str, sent: &Sent) -> Result<Answer, Stop> {
        let group = &self.job.group;
        let function = group.world.function(&sent.manager, &sent.function)?;
        let request = Request {
            caller: sent.player(),
            now: self.op.now,
            id: self.job.request.id.clone(),
            key: Some(self.op.key.child(self.op.epoch, step)),
            deadline: self.deadline,
            reply_limit: None,
        };
        let answered = match group.hosts(function.manager) {
            true => {
                let args: Map<String, Value> = serde_json::from_str(&sent.body)
                    .map_err(|error| Stop::fault(format!("args of {}: {error}", sent.function)))?;
                // In a box: a function here may be an op itself.
                Box::pin(group.act(function, args, request, act)).await
            }
            false => {
                let body = sent.body.clone();
                let call = PeerCall {
                    act,
                    ..PeerCall::new(function, &request, body)
                };
                group.world.peers.call(call).await
            }
        };
        answered.or_else(Stop::into_declared)
    }
}
