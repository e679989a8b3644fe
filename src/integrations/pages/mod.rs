//! «Настройка → Интеграции → iiko & iiko Cloud».
//!
//! - `iiko` the three steps and what they show · `steps` what each «Сохранить» does · `dictionaries` «Справочники» ·
//!   `journal` «Журнал обмена»
pub mod dictionaries;
pub mod iiko;
pub mod journal;
pub mod steps;
