//! What every page stands on: the door requests come in by, forms, parts, the layout's values, errors as pages.
//! Knows nothing of accounts or venues: the layout shows the strings a guard puts into its [`shell::Shell`].
//!
//! - `door` checks where a request comes from and dresses every answer: headers, timing
//! - `visitor` what is known of a request before anyone signs in: language, form token, flash
//! - `shell` what the layout shows · `part` pages and parts · `reply` answers · `flash` a word after a redirect
//! - `fields` a form's body · `form` its fields drawn again with problems · `upload` a multipart body
//! - `kept` a refused form, kept while its person proves who they are · `proof` the page that asks for it
//! - `pack` answers leave packed
//! - `way` in, out and back: sign-in cookies, local addresses
//! - `fault` errors as pages · `assets` static files · `when` times on screen · `settings` what the roof decides
//! - `sheet` a table for a spreadsheet · `qr` codes for a camera
pub mod assets;
pub mod door;
pub mod fault;
pub mod fields;
pub mod flash;
pub mod form;
pub mod kept;
pub mod pack;
pub mod part;
pub mod proof;
pub mod qr;
pub mod reply;
pub mod settings;
pub mod sheet;
pub mod shell;
pub mod upload;
pub mod visitor;
pub mod way;
pub mod when;
