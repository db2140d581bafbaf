//! The game as its clients meet it: real processes, real sockets, real files.

mod accounts;
mod bag;
mod concurrency;
mod old_client;
mod programs;
mod samples;
mod separate;
mod shutdown;
mod support;
mod weapon;
