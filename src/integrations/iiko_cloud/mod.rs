//! iiko Cloud's protocol, in its own words. Knows nothing of our nouns: when their API changes, these files change.
//!
//! - `wire` organizations, terminal groups · `nomenclature` the menu, borrowed from the answer's bytes ·
//!   `restaurant_sections` halls with tables · `payment_types` · `employees` · `dictionaries` · `lenient` how tolerant all are · `depth` a look at the
//!   nesting before anything is parsed
//! - `client` one shared gate, a till per key: token, budget, retries, caps · `methods` what can be asked · `answer` one
//!   request and its answer · `budget` how often · `login` iiko's two sign-ins · `mask` secrets out of logs · `fault` what can go wrong · `version`
//!   what a version of iikoFront can do · `webhooks` where and of what iiko tells
pub mod answer;
pub mod budget;
pub mod client;
pub mod commands;
pub mod delivery_acts;
pub mod depth;
pub mod dictionaries;
pub mod employees;
pub mod fault;
pub mod lenient;
pub mod login;
pub mod mask;
pub mod methods;
pub mod new_delivery;
pub mod nomenclature;
pub mod order_error;
pub mod orders;
pub mod payment_types;
pub mod restaurant_sections;
pub mod settings;
pub mod stop_lists;
pub mod token;
pub mod version;
pub mod webhooks;
pub mod wire;
