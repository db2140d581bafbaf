//! The game as its clients meet it: real processes, real sockets, real files.

mod abuse;
mod accounts;
mod bag;
mod balance;
mod concurrency;
mod found_by_settings;
mod old_client;
mod programs;
mod samples;
mod secrecy;
mod separate;
mod shutdown;
mod support;
mod weapon;
