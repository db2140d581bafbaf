//! References that rustc does not look behind.
//!
//! A generated function holds its [`Cx`](super::Cx) while it waits, so rustc proves of each
//! function, several times over, that all that a `Cx` refers to may change threads. Of what is
//! behind a trait object that is known; of a pool of connections it is a walk over some hundred
//! types, which took a tenth of the time that a game takes to build.

use std::ops::{Deref, DerefMut};

trait Opaque<T> {
    fn shared(&self) -> &T;
    fn exclusive(&mut self) -> &mut T;
}

impl<T> Opaque<T> for T {
    fn shared(&self) -> &T {
        self
    }

    fn exclusive(&mut self) -> &mut T {
        self
    }
}

/// A `&T`.
pub(super) struct Shared<'a, T>(&'a (dyn Opaque<T> + Sync));

impl<'a, T: Sync + 'static> From<&'a T> for Shared<'a, T> {
    fn from(shared: &'a T) -> Self {
        Self(shared)
    }
}

impl<T> Clone for Shared<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Shared<'_, T> {}

impl<T: 'static> Deref for Shared<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.0.shared()
    }
}

/// A `&mut T`.
pub(super) struct Exclusive<'a, T>(&'a mut (dyn Opaque<T> + Send));

impl<'a, T: Send + 'static> From<&'a mut T> for Exclusive<'a, T> {
    fn from(exclusive: &'a mut T) -> Self {
        Self(exclusive)
    }
}

impl<T: 'static> Exclusive<'_, T> {
    /// The same for a shorter time.
    pub(super) fn again(&mut self) -> Exclusive<'_, T> {
        Exclusive(&mut *self.0)
    }
}

impl<T: 'static> Deref for Exclusive<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        (*self.0).shared()
    }
}

impl<T: 'static> DerefMut for Exclusive<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        (*self.0).exclusive()
    }
}
