//! What a function returns.

use std::any::Any;

use crate::stop::{Answer, Failure, Stop};
use crate::wire::Reply;

/// What a function returns: its reply's data, under `success` or a declared outcome.
///
/// Functions return it with data of any type, so that all of them have the one type of future, and
/// what waits for them is compiled once; [`Called::data`](crate::cx::Called::data) gives it the
/// type that the function has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Returned<R = Box<dyn Reply>> {
    /// 0, or the outcome's status.
    pub status: i64,
    /// `success`, or the outcome's message.
    pub message: &'static str,
    /// The reply's data.
    pub data: R,
}

impl<R> Returned<R> {
    /// Status 0.
    pub fn success(data: R) -> Self {
        Self {
            status: 0,
            message: "success",
            data,
        }
    }

    /// One of the function's outcomes.
    pub fn outcome(status: i64, message: &'static str, data: R) -> Self {
        Self {
            status,
            message,
            data,
        }
    }
}

impl<R: Reply> Returned<R> {
    /// The same with data of any type.
    pub fn boxed(self) -> Returned {
        Returned {
            status: self.status,
            message: self.message,
            data: Box::new(self.data),
        }
    }
}

impl Returned {
    /// The data as the type that the function has; a fault where it is of another one.
    pub fn data<R: Reply>(&self) -> Result<&R, Stop> {
        let data: &dyn Any = &*self.data;
        data.downcast_ref().ok_or_else(other_reply)
    }

    /// The data itself.
    pub(crate) fn into_data<R: Reply>(self) -> Result<R, Stop> {
        let data: Box<dyn Any> = self.data;
        match data.downcast() {
            Ok(data) => Ok(*data),
            Err(_) => Err(other_reply()),
        }
    }

    /// What a client or another process gets.
    pub(crate) fn into_answer(self) -> Answer {
        let mut data = String::with_capacity(64);
        self.data.encode(&mut data);
        Answer {
            status: self.status,
            message: self.message.into(),
            data,
        }
    }
}

#[cold]
fn other_reply() -> Stop {
    Stop::fault("the function's reply is not of the type that it declares")
}

/// Has the type that functions return: what `#[manager]` makes of them names it by this.
#[doc(hidden)]
#[cold]
pub fn nothing() -> Result<Returned, Stop> {
    Err(Stop::fault("a function returned before its first step"))
}

/// Ends a function with a declared error, where an expression is wanted.
pub fn fail<T>(failure: Failure) -> Result<T, Stop> {
    Err(Stop::Failed(failure))
}
