//! What iiko tells by itself. Events come late, twice, out of order or not at all, and whoever learns the secret may send
//! any: so an event is kept, answered, and only then applied, by version; an end or a payment it tells of is read anew from
//! iiko; money is never moved by it. What is lost the looks of `sync::watch` find.
//!
//! A body that cannot be read is answered 200 all the same and kept: to anything else iiko may answer with silence, for all
//! events, until the address is written anew.
//!
//! - `hook` the address and its secret · `door` who may come in, from memory · `letter` a body into events · `inbox` what
//!   came in, letters and events · `receive` the receiver, many letters to one commit · `apply` the job
//! - `pages` iikoWeb's form «Настройка веб-хуков», the inbox
pub mod apply;
pub mod door;
pub mod hook;
pub mod inbox;
pub mod letter;
pub mod pages;
pub mod receive;
