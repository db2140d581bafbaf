//! What generated code imports.

pub use std::collections::BTreeMap;

pub use aliya_macros::{Args, Enum, Incoming, Outgoing, Reply, Table, manager};

pub use crate::cx::Cx;
pub use crate::db::{Column, Param, Statement, Table};
pub use crate::function::{Access, Game, Manager, Returned, Route};
pub use crate::ops::{self, At};
pub use crate::stop::{Failure, Stop};
pub use crate::types::{Id, PlayerId, Time};
pub use crate::wire::{Args, Incoming, Outgoing, Reply, ToWire, Wire};
