//! «Настройка → Интеграции → iiko → Веб-хуки».
//!
//! - `settings` iikoWeb's form as iiko has it now · `save` writes it, proves it by reading it back · `inbox` what came in
pub mod inbox;
pub mod save;
pub mod settings;
