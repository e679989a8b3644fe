//! What the layout shows, as plain values. A guard fills it; a page adds its title and crumbs.
use askama::Template;

use crate::lang::Lang;
use crate::part;
use crate::say;
use crate::web::flash::Flash;

/// The four meanings; each is colour and icon and word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    Good,
    Wait,
    Trouble,
    Neutral,
}

impl Tone {
    pub fn word(self) -> &'static str {
        match self {
            Tone::Good => "good",
            Tone::Wait => "wait",
            Tone::Trouble => "trouble",
            Tone::Neutral => "neutral",
        }
    }

    pub fn of_word(word: &str) -> Option<Tone> {
        [Tone::Good, Tone::Wait, Tone::Trouble, Tone::Neutral].into_iter().find(|tone| tone.word() == word)
    }

    pub fn icon(self) -> &'static str {
        match self {
            Tone::Good => "check",
            Tone::Wait => "clock",
            Tone::Trouble => "alert",
            Tone::Neutral => "circle",
        }
    }
}

/// A step of «Заведение / Настройка / Интеграции»; the last one has no link.
#[derive(Clone, Debug)]
pub struct Crumb {
    pub label: String,
    pub href: Option<String>,
}

/// An item of the side menu.
#[derive(Clone, Debug)]
pub struct NavItem {
    pub label: String,
    pub href: String,
    pub icon: &'static str,
    pub here: bool,
    /// How many things there wait for a person, and the word for it; shown only when it is not 0.
    pub waiting: i64,
    pub waiting_said: String,
}

/// The chip at the page's head: how the tie to the till is.
#[derive(Clone, Debug)]
pub struct Chip {
    pub tone: Tone,
    pub icon: &'static str,
    pub said: String,
    /// The exact moment, shown on hover and focus; empty: none.
    pub title: String,
    pub href: String,
}

/// The venue the page belongs to.
#[derive(Clone, Debug)]
pub struct VenueHead {
    pub name: String,
    pub address: String,
    pub home: String,
    pub nav: Vec<NavItem>,
    pub chip: Chip,
    /// The person's venues, name and link.
    pub others: Vec<(String, String)>,
}

/// Who is signed in.
#[derive(Clone, Debug)]
pub struct PersonHead {
    pub name: String,
    pub role: String,
    /// Of support or of the platform: has a desk of its own.
    pub is_staff: bool,
}

/// The band of a support visit: who, why, how long still, the way out.
#[derive(Template, Clone, Debug)]
#[template(path = "layout/_visit.html")]
pub struct VisitBand {
    pub lang: Lang,
    pub token: String,
    pub who: String,
    pub venue: String,
    pub why: String,
    pub minutes: i64,
    /// When the hour is over, in the venue's zone.
    pub until: String,
    pub may_change: bool,
    /// `…/visits/{id}`, with `/end` and `/changes` under it.
    pub path: String,
    /// Drawn beside a part: htmx puts it where the page has it.
    pub is_beside: bool,
}
part!(VisitBand);

/// What an owner is told on every page until they have seen it: support is here, or was.
#[derive(Clone, Debug)]
pub struct Told {
    pub said: String,
    pub href: String,
}

#[derive(Clone, Debug)]
pub struct Shell {
    pub lang: Lang,
    /// `auto`, `light` or `dark`.
    pub theme: String,
    /// For the hidden field of every form.
    pub token: String,
    pub title: String,
    pub crumbs: Vec<Crumb>,
    pub venue: Option<VenueHead>,
    pub person: Option<PersonHead>,
    pub flash: Option<Flash>,
    pub visit: Option<VisitBand>,
    pub told: Option<Told>,
}

impl Shell {
    pub fn titled(mut self, title: impl Into<String>) -> Shell {
        self.title = title.into();
        self
    }

    /// Whether they have support's desk.
    pub fn is_staff(&self) -> bool {
        self.person.as_ref().is_some_and(|person| person.is_staff)
    }

    /// Adds a linked step.
    pub fn under(mut self, label: impl Into<String>, href: impl Into<String>) -> Shell {
        self.crumbs.push(Crumb { label: label.into(), href: Some(href.into()) });
        self
    }

    /// «Меню · Рябина на Покровке · Maitre»; in a support visit it begins with «Визит ·».
    pub fn head_title(&self) -> String {
        let visit =
            self.visit.as_ref().map(|_| format!("{} · ", say!(self.lang, "visit-word"))).unwrap_or_default();
        match &self.venue {
            Some(venue) => format!("{visit}{} · {} · Maitre", self.title, venue.name),
            None => format!("{visit}{} · Maitre", self.title),
        }
    }
}

/// Two letters for the round mark beside a name.
pub fn monogram(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
    match (words.next(), words.next()) {
        (Some(a), Some(b)) => [a, b].iter().flat_map(|c| c.to_uppercase()).collect(),
        (Some(_), None) => name.chars().filter(|c| c.is_alphanumeric()).take(2).collect(),
        _ => "·".to_owned(),
    }
}
