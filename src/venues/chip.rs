//! How the tie to the till is, in one line: on every page's head and on the cards of «Мои заведения».
use crate::clock::Timestamp;
use crate::lang::Lang;
use crate::say;
use crate::venues::venue::Venue;
use crate::web::shell::{Chip, Tone};
use crate::web::when::When;

pub fn of(venue: &Venue, now: Timestamp, lang: Lang) -> Chip {
    let synced = venue.menu_synced_at.map(|at| When::of(at, now, venue.zone(), lang));
    let away = venue.till_away_since.map(|at| When::of(at, now, venue.zone(), lang));
    let title = away.as_ref().or(synced.as_ref()).map(|when| when.exact.clone()).unwrap_or_default();
    if let Some(when) = away.filter(|_| venue.pos_link == "live") {
        let (href, said) = match venue.payments_waiting {
            0 => ("/orders", say!(lang, "chip-till-away", when = when.said)),
            n => ("/outbox", say!(lang, "chip-till-away-payments", when = when.said, n = n)),
        };
        return Chip { tone: Tone::Wait, icon: "clock", said, title, href: venue.path(href) };
    }
    let (tone, icon, said) = match (venue.pos_link.as_str(), venue.sync_state.as_deref(), synced) {
        ("attention", _, _) => (Tone::Trouble, "alert", say!(lang, "chip-attention")),
        ("live", Some("running"), _) => (Tone::Wait, "sync", say!(lang, "chip-running")),
        ("live", Some("held"), _) => (Tone::Wait, "clock", say!(lang, "chip-held")),
        ("live", _, Some(when)) => (Tone::Good, "link", say!(lang, "chip-synced", when = when.said)),
        ("live", _, None) => (Tone::Wait, "link", say!(lang, "chip-never-synced")),
        ("setting_up", _, _) => (Tone::Wait, "link", say!(lang, "chip-setting-up")),
        _ => (Tone::Neutral, "link", say!(lang, "chip-none")),
    };
    let href = match venue.sync_state {
        Some(_) if venue.pos_link == "live" => venue.path("/sync"),
        _ => venue.path("/settings/integrations/iiko"),
    };
    Chip { tone, icon, said, title, href }
}
