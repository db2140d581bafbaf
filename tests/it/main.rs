//! The game as its clients meet it: real processes, real sockets, real files.

mod abuse;
mod accounts;
mod bag;
mod balance;
mod concurrency;
mod energy;
mod found_by_settings;
mod mail;
mod mail_bounds;
mod mail_gifts;
mod newcomers;
mod old_client;
mod programs;
mod samples;
mod scrolls;
mod secrecy;
mod separate;
mod shutdown;
mod support;
mod weapon;
mod weapon_growth;
