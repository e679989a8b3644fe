//! «Способы оплаты».
//!
//! - `methods` the verdict on ours, iiko's payment types, the code
pub mod methods;
