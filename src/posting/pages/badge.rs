//! How a payment stands, in a word and a tone.
use askama::Template;

use crate::lang::Lang;
use crate::part;
use crate::posting::intent::{Closing, State};
use crate::web::shell::Tone;

#[derive(Template, Clone, Debug)]
#[template(path = "posting/_badge.html")]
pub struct Badge {
    pub tone: Tone,
    icon: &'static str,
    pub said: String,
}
part!(Badge);

impl Badge {
    pub fn of(state: State, closing: Closing, trouble: &str, lang: Lang) -> Badge {
        let (word, tone, icon) = match (state, closing) {
            (State::Waiting, _) => ("waiting", Tone::Wait, "clock"),
            (State::Posting, _) => ("posting", Tone::Wait, "send"),
            (State::Unknown, _) => ("unknown", Tone::Wait, "help"),
            (State::Person, _) => ("person", Tone::Trouble, "alert"),
            (State::ByHand, _) => ("by_hand", Tone::Neutral, "user"),
            (State::Confirmed, _) if !trouble.is_empty() => ("not_closed", Tone::Trouble, "alert"),
            (State::Confirmed, Closing::Closed) => ("closed", Tone::Good, "check"),
            (State::Confirmed, Closing::Due | Closing::Asked) => ("closing", Tone::Wait, "clock"),
            (State::Confirmed, _) => ("confirmed", Tone::Good, "check"),
        };
        Badge { tone, icon, said: lang.word(&format!("posting-{word}")) }
    }
}

/// Why it waits or what a person should know; empty: nothing.
pub fn said_trouble(trouble: &str, lang: Lang) -> String {
    if trouble.is_empty() { String::new() } else { lang.word(&format!("posting-why-{trouble}")) }
}
