//! Orders in: the guest's app places an order for delivery or pickup, and it goes to the till once. It is checked against
//! the menu before it is taken, stands among the orders from that moment, and is sent under an id of our own: iiko refuses a
//! second one with the same id, so what may have left is sent again without harm. Whether the till took it, the order
//! itself says; a command's «Success» is a hint.
//!
//! - `draft` what the app sends · `reckon` it against the menu, pure · `card` the part of the menu it names
//! - `placement` its way, as rows · `place` takes one · `work` the job
pub mod card;
pub mod draft;
pub mod place;
pub mod placement;
pub mod reckon;
pub mod work;
