//! The game as its clients meet it: real sockets, real files, and real processes where it is not the
//! clock that a test has to set.

mod abuse;
mod accounts;
mod bag;
mod balance;
mod beginnings;
mod concurrency;
mod energy;
mod failing;
mod found_by_settings;
mod levels;
mod lottery;
mod mail;
mod mail_bounds;
mod mail_gifts;
mod newcomers;
mod old_client;
mod programs;
mod round_trips;
mod samples;
mod scrolls;
mod secrecy;
mod separate;
mod shutdown;
mod skill;
mod support;
mod weapon;
mod weapon_gifts;
mod weapon_growth;
