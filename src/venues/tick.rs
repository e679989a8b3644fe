//! A tick of iiko's form of events in words: for the form's own page, and for the journal, that must not know how it is
//! written.
use crate::lang::Lang;

/// `delivery-status-OnWay` → «Доставка», «Отправлен»; what is no tick of the form has no words.
pub fn said(tick: &str, lang: Lang) -> Option<(String, String)> {
    let (group, tick) = tick.split_once('-')?;
    let (group, tick) = (format!("hooks-group-{group}"), format!("hooks-{tick}"));
    (lang.has(&group) && lang.has(&tick)).then(|| (lang.word(&group), lang.word(&tick)))
}
