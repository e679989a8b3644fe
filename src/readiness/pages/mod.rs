//! «Готовность к оплате у стола».
//!
//! - `show` the findings with what to do, the table of versions, the letter · `look` «Проверить снова»
pub mod look;
pub mod show;
