//! The gateway, managers' servers and the calls between them, over real sockets on loopback; what
//! lies behind them (functions, accounts) is made of a few lines of [`support`].

mod connections;
mod limits;
mod local;
mod managers;
mod remote;
mod statuses;
mod stopping;
mod support;
