//! The calls between groups, as they are noted, and looked up to be answered again.

use std::collections::BTreeMap;
use std::sync::Arc;

use aliya_runtime::call::{Act, PeerCall, Request};
use aliya_runtime::{Answer, FunctionInfo, Stop};

/// A call that was made, and how it was answered.
#[derive(Clone, Debug)]
pub struct Call {
    /// The calling group.
    pub from: usize,
    /// What its function is called with.
    pub request: Request,
    pub function: &'static FunctionInfo,
    pub act: Act,
    pub body: String,
    pub answer: Result<Answer, Stop>,
    /// When it was answered, among all calls and requests.
    pub ended: u64,
}

impl Call {
    fn is_of(&self, call: &PeerCall<'_>) -> bool {
        std::ptr::eq(self.function, call.function)
            && self.act == call.act
            && self.request.caller == call.request.caller
            && self.body == call.body
    }

    /// Whether it was answered with a success.
    pub fn succeeded(&self) -> bool {
        succeeded(self.function, &self.answer)
    }
}

/// Whether an answer is a success of that function.
pub fn succeeded(function: &FunctionInfo, answer: &Result<Answer, Stop>) -> bool {
    answer
        .as_ref()
        .is_ok_and(|answer| answer.status == 0 || function.outcomes.contains(&answer.status))
}

/// A key of a call, taken apart: that of the function which makes it, its epoch and its step.
pub fn parent(key: &str) -> Option<(&str, i64, &str)> {
    let (rest, step) = key.strip_prefix('+')?.rsplit_once('/')?;
    let (parent, epoch) = rest.rsplit_once('.')?;
    Some((parent, epoch.parse().ok()?, step))
}

/// The same key, whoever made it.
pub fn plain(key: &str) -> &str {
    key.strip_prefix('+').unwrap_or(key)
}

/// What is answered from: the calls of before, and the last epoch of each function that made some.
#[derive(Clone, Debug, Default)]
pub struct Again {
    pub calls: Arc<Vec<Call>>,
    pub epochs: Arc<BTreeMap<String, i64>>,
    /// The calls that were made again.
    pub made: Vec<Call>,
    /// A call that was not made before.
    pub strayed: Option<String>,
}

impl Again {
    /// The last of the calls from before that is this one.
    pub fn find(&self, from: usize, call: &PeerCall<'_>) -> Option<&Call> {
        let Some(key) = &call.request.key else {
            let alike = |it: &&Call| {
                let has_key = it.request.key.is_some();
                !has_key && it.from == from && it.request.id == call.request.id && it.is_of(call)
            };
            return self.calls.iter().rfind(alike);
        };
        let (parent, _, step) = parent(key.as_str())?;
        let epoch = self.epochs.get(parent).copied().unwrap_or_default();
        let known = format!("+{parent}.{epoch}/{step}");
        self.calls.iter().rfind(|it| {
            let has_key = it
                .request
                .key
                .as_ref()
                .is_some_and(|it| it.as_str() == known);
            has_key && it.is_of(call) && !matches!(it.answer, Err(Stop::Unavailable(_)))
        })
    }
}
