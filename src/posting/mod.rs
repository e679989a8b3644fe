//! «Очередь в кассу»: money a guest has paid goes into the till exactly once, and one payment of which that cannot be said
//! goes to a person.
//!
//! - `intent` a payment on its way · `attempt` one try to post it · `event` its timeline · `queue` what pages show
//! - `till` what is needed of a till · `codes` what its error codes prove · `reason` why something waits or a person is asked
//! - `share` who the money of a payment goes to
//! - `case` what a decision is made from · `machine` the decision, pure · `closing` the order's, pure · `record` a step as
//!   rows, pure
//! - `iiko` our till · `work` the job
//! - `reconcile` the job that holds bills against our books afterwards · `reconciliation` how it went last, and what it goes over ·
//!   `difference` what it finds
//! - `perform` asks, decides, writes, acts · `ledger` where it is written · `decision` what a person may decide
pub mod attempt;
pub mod case;
pub mod closing;
pub mod codes;
pub mod decision;
pub mod difference;
pub mod event;
pub mod iiko;
pub mod intent;
pub mod ledger;
pub mod machine;
pub mod pages;
pub mod perform;
pub mod queue;
pub mod reason;
pub mod reconcile;
pub mod reconciliation;
pub mod record;
pub mod share;
pub mod till;
pub mod work;
