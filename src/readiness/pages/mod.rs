//! «Обзор» and «Готовность к оплате у стола».
//!
//! - `overview` the venue on one page · `show` the findings with what to do, the table of versions, the letter · `look` «Проверить снова»
pub mod look;
pub mod overview;
pub mod show;
