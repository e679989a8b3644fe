//! Enums that are kept as stable words: in the database, in the locale's keys.

/// `words! { /// … pub enum State { Waiting = "waiting", … } }`: the enum, all of it, its words, and the way back.
macro_rules! words {
    ($(#[$about:meta])* pub enum $name:ident { $($(#[$each:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $name { $($(#[$each])* $variant),+ }

        impl $name {
            pub const ALL: &[$name] = &[$($name::$variant),+];

            pub fn word(self) -> &'static str {
                match self { $($name::$variant => $word),+ }
            }

            pub fn of_word(word: &str) -> Option<$name> {
                $name::ALL.iter().copied().find(|one| one.word() == word)
            }
        }

        impl TryFrom<String> for $name {
            type Error = $crate::error::Error;

            fn try_from(word: String) -> $crate::error::Result<$name> {
                let unknown = || $crate::error::Error::internal(format!("{word} is no {}", stringify!($name)));
                $name::of_word(&word).ok_or_else(unknown)
            }
        }
    };
}
pub(crate) use words;
