//! The game as its clients meet it: real processes, real sockets, real files.

mod abuse;
mod accounts;
mod bag;
mod concurrency;
mod found_by_settings;
mod newcomers;
mod old_client;
mod programs;
mod samples;
mod secrecy;
mod separate;
mod shutdown;
mod support;
mod weapon;
