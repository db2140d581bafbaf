//! Functions that are written by hand (`native: true`): how they end, for the generated traits that
//! the game's binary implements.

use crate::function::Returned;
use crate::stop::{Failure, Stop};
use crate::wire::Reply;

/// What a function returns that is written by hand: its reply, or why there is none. `R` is its
/// reply, `E` the enum of its declared errors; both are generated.
pub type NativeResult<R, E> = Result<Returned<R>, NativeError<E>>;

/// Why a function that is written by hand ended without a reply: it keeps nothing.
#[derive(Clone, Debug)]
pub enum NativeError<E> {
    /// One of its declared errors: `return Err(FoldError::TooLong.into())`.
    Declared(E),
    /// What stopped the database or a function that it called: what `?` makes of theirs.
    Stopped(Stop),
}

/// The declared errors of a function that is written by hand.
pub trait DeclaredError {
    /// Status and message.
    fn failure(self) -> Failure;
}

impl<E> From<Stop> for NativeError<E> {
    fn from(stop: Stop) -> Self {
        Self::Stopped(stop)
    }
}

impl<E: DeclaredError> NativeError<E> {
    /// What the runtime makes of it. An error of a function that it called is none of its own, and so
    /// a fault: nobody was told that it could end so.
    pub fn into_stop(self) -> Stop {
        match self {
            Self::Declared(error) => Stop::Failed(error.failure()),
            Self::Stopped(Stop::Failed(failure)) => {
                let Failure {
                    status, message, ..
                } = failure;
                Stop::fault(format!(
                    "a function that is written by hand let an error of another one pass: {status}, {message}"
                ))
            }
            Self::Stopped(stop) => stop,
        }
    }
}

/// What the generated function around it returns.
pub fn ended<R: Reply, E: DeclaredError>(result: NativeResult<R, E>) -> Result<Returned, Stop> {
    result.map(Returned::boxed).map_err(NativeError::into_stop)
}

/// What a function ends with whose game was started without what is written by hand.
pub fn missing(manager: &str) -> Stop {
    Stop::fault(format!(
        "the functions of {manager} that are written by hand were not installed: start the game \
         that `generated::game` gives"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    enum Declared {
        TooLong,
    }

    impl DeclaredError for Declared {
        fn failure(self) -> Failure {
            Failure::new(7, "too long")
        }
    }

    #[test]
    fn only_its_own_errors_are_errors_of_the_game() {
        let own = NativeError::Declared(Declared::TooLong).into_stop();
        assert!(matches!(own, Stop::Failed(failure) if failure.status == 7));
        let other = Stop::Failed(Failure::new(3, "short"));
        let passed = NativeError::<Declared>::from(other).into_stop();
        assert!(passed.to_string().contains("3, short"), "{passed}");
        assert!(matches!(passed, Stop::Fault { .. }));
        let stopped = NativeError::<Declared>::from(Stop::Unavailable("gone".to_owned()));
        assert!(matches!(stopped.into_stop(), Stop::Unavailable(_)));
    }
}
