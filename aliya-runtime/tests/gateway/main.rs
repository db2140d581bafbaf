//! The gateway, managers' servers and the calls between them, over real sockets on loopback; what
//! lies behind them (functions, accounts) is made of a few lines of [`support`].

mod accounts;
mod circuits;
mod connections;
mod limits;
mod local;
mod logins;
mod managers;
mod relay;
mod remote;
mod repeats;
mod statuses;
mod stopping;
mod support;
