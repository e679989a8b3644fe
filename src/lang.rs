//! Russian and English. Words lie in `locales/`; a key missing in Russian does not compile, one missing in English fails
//! a test.
use std::collections::HashMap;
use std::sync::{LazyLock, OnceLock, PoisonError, RwLock};

use i18n_embed::LanguageLoader;
use i18n_embed::fluent::FluentLanguageLoader;
use i18n_embed::unic_langid::LanguageIdentifier;
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "locales/"]
struct Words;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lang {
    Ru,
    En,
}

static RU: LazyLock<FluentLanguageLoader> = LazyLock::new(|| load("ru"));
static EN: LazyLock<FluentLanguageLoader> = LazyLock::new(|| load("en"));

/// What [`Lang::word`] said before: Fluent takes a word together anew each time it is asked.
static KEPT: LazyLock<RwLock<HashMap<Lang, HashMap<String, String>>>> = LazyLock::new(RwLock::default);

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
        if let Some(said) =
            KEPT.read().unwrap_or_else(PoisonError::into_inner).get(&self).and_then(|all| all.get(key))
        {
            return said.clone();
        }
        let said = self.words().get(key);
        // only what there is, so that they stay as many as the words
        if self.has(key) {
            let mut kept = KEPT.write().unwrap_or_else(PoisonError::into_inner);
            kept.entry(self).or_default().insert(key.to_owned(), said.clone());
        }
        said
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

/// A word of one place in the code, said once in each language.
#[derive(Debug, Default)]
pub struct Said {
    ru: OnceLock<String>,
    en: OnceLock<String>,
}

impl Said {
    pub const fn new() -> Said {
        Said { ru: OnceLock::new(), en: OnceLock::new() }
    }

    pub fn or(&self, lang: Lang, say: impl FnOnce() -> String) -> String {
        let said = match lang {
            Lang::Ru => &self.ru,
            Lang::En => &self.en,
        };
        said.get_or_init(say).clone()
    }
}

/// `say!(lang, "key", name = value)`: a sentence in that language. In templates: `{{ say!(self.lang, "key") }}`. One without
/// values is taken together by Fluent once.
#[macro_export]
macro_rules! say {
    ($lang:expr, $key:literal) => {{
        static SAID: $crate::lang::Said = $crate::lang::Said::new();
        let lang: $crate::lang::Lang = $lang;
        SAID.or(lang, || ::i18n_embed_fl::fl!(lang.words(), $key))
    }};
    ($lang:expr, $($rest:tt)*) => { ::i18n_embed_fl::fl!($lang.words(), $($rest)*) };
}
