//! What a function does, of any type, and what runs it.

use std::any::Any;
use std::fmt;
use std::sync::Arc;

use super::{FunctionInfo, Returned};
use crate::stop::Stop;
use crate::wire::{Args, Data};
use crate::{BoxFuture, Cx};

/// A function under way.
pub type Running<'a> = BoxFuture<'a, Result<Returned, Stop>>;

/// What a function does, whatever args it has.
pub trait Steps: Send + Sync {
    /// Decodes and checks the args: see [`Args::decode`].
    fn decode(&self, data: &Data) -> Result<Arc<AnyArgs>, Stop>;
    /// Does it over `cx` with args of the function's type, with others it is a fault. It may be done
    /// several times (see [`crate::cx`]).
    fn run<'a>(&self, cx: &'a mut Cx<'_>, args: &'a AnyArgs) -> Running<'a>;
}

/// The args of some function.
pub type AnyArgs = dyn Any + Send + Sync;

impl fmt::Debug for dyn Steps {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Steps")
    }
}

/// A function over args of the type `A`, as `#[manager]` writes it.
pub struct StepsOf<A>(pub for<'a> fn(&'a mut Cx<'_>, &'a A) -> Running<'a>);

// Compiled for each function of a game: a `match` makes less code than `?` or `map`.
impl<A: Args> Steps for StepsOf<A> {
    fn decode(&self, data: &Data) -> Result<Arc<AnyArgs>, Stop> {
        match A::decode(data) {
            Ok(args) => Ok(Arc::new(args)),
            Err(invalid) => Err(invalid.into()),
        }
    }

    fn run<'a>(&self, cx: &'a mut Cx<'_>, args: &'a AnyArgs) -> Running<'a> {
        match args.downcast_ref() {
            Some(args) => (self.0)(cx, args),
            None => other_args(),
        }
    }
}

#[cold]
fn other_args<'a>() -> Running<'a> {
    let fault = Stop::fault("these are the args of another function");
    Box::pin(std::future::ready(Err(fault)))
}

/// A function with its args, ready to run, any number of times.
#[derive(Clone)]
pub(crate) struct Prepared {
    steps: &'static dyn Steps,
    args: Arc<AnyArgs>,
}

impl Prepared {
    /// Decodes and checks the args.
    pub(crate) fn new(function: &FunctionInfo, data: &Data) -> Result<Self, Stop> {
        let steps = function.steps;
        let args = steps.decode(data)?;
        Ok(Self { steps, args })
    }

    /// Runs it over `cx`.
    pub(crate) fn run<'a>(&'a self, cx: &'a mut Cx<'_>) -> Running<'a> {
        self.steps.run(cx, &*self.args)
    }
}
