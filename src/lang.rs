//! Russian and English. Words lie in `locales/`; a key missing in Russian does not compile, one missing in English fails
//! a test.
use std::sync::LazyLock;

use i18n_embed::LanguageLoader;
use i18n_embed::fluent::FluentLanguageLoader;
use i18n_embed::unic_langid::LanguageIdentifier;
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "locales/"]
struct Words;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lang {
    Ru,
    En,
}

static RU: LazyLock<FluentLanguageLoader> = LazyLock::new(|| load("ru"));
static EN: LazyLock<FluentLanguageLoader> = LazyLock::new(|| load("en"));

fn load(code: &str) -> FluentLanguageLoader {
    let language: LanguageIdentifier = code.parse().unwrap_or_default();
    let loader = FluentLanguageLoader::new("maitre", language.clone());
    if let Err(cause) = loader.load_languages(&Words, &[language]) {
        tracing::error!(%cause, code, "the words of a language do not load");
    }
    // the marks around inserted values only matter between right-to-left and left-to-right scripts
    loader.set_use_isolating(false);
    loader
}

impl Lang {
    pub fn words(self) -> &'static FluentLanguageLoader {
        match self {
            Lang::Ru => &RU,
            Lang::En => &EN,
        }
    }

    pub fn code(self) -> &'static str {
        match self {
            Lang::Ru => "ru",
            Lang::En => "en",
        }
    }

    pub fn of_code(code: &str) -> Option<Lang> {
        match code {
            "ru" => Some(Lang::Ru),
            "en" => Some(Lang::En),
            _ => None,
        }
    }

    /// The first of ours in an `Accept-Language` header; Russian where there is none.
    pub fn accepted(header: &str) -> Lang {
        header.split(',').find_map(|one| Lang::of_code(one.trim().get(..2)?)).unwrap_or(Lang::Ru)
    }

    /// A word whose key is made at run time (a fault's code, a rule's name). The caller's test lists its keys.
    pub fn word(self, key: &str) -> String {
        self.words().get(key)
    }

    /// The same, with one value to insert as `$note`; where there is no value, the sentence for that: `{key}-none`.
    pub fn word_about(self, key: &str, note: &str) -> String {
        let none = format!("{key}-none");
        let key = if note.is_empty() && self.has(&none) { &none } else { key };
        self.words().get_args(key, std::collections::HashMap::from([("note", note)]))
    }

    pub fn has(self, key: &str) -> bool {
        self.words().has(key)
    }
}

/// `say!(lang, "key", name = value)`: a sentence in that language. In templates: `{{ say!(self.lang, "key") }}`.
#[macro_export]
macro_rules! say {
    ($lang:expr, $($rest:tt)*) => { ::i18n_embed_fl::fl!($lang.words(), $($rest)*) };
}
