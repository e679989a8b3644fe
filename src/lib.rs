//! The rooms of the house, in floor order: every `use` goes down this list.
#![forbid(unsafe_code)]
