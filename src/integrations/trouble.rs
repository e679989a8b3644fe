//! A failure of iiko in a person's words: what happened, who mends it, what to press; the code and iiko's correlation id
//! stand below, to copy. A part that `sync` shows too, hence here and not among the pages.
use askama::Template;

use crate::integrations::iiko_cloud::fault::{Fault, FaultKind, Owner};
use crate::integrations::iiko_cloud::order_error::owner_of;
use crate::lang::Lang;
use crate::part;
use crate::say;

#[derive(Template, Clone, Debug)]
#[template(path = "integrations/_trouble.html")]
pub struct Trouble {
    lang: Lang,
    pub what: String,
    pub todo: String,
    owner: String,
    code: String,
    said: String,
    correlation_id: Option<String>,
}
part!(Trouble);

impl Trouble {
    /// From what a row keeps of a fault: its code, iiko's own words, iiko's correlation id.
    pub fn of(lang: Lang, code: &str, said: &str, correlation_id: Option<&str>) -> Trouble {
        let (key, right) = code.split_once(':').unwrap_or((code, ""));
        let key = if lang.has(&format!("iiko-fault-{key}")) { key } else { "garbage" };
        let owner = match FaultKind::of_code(code) {
            Some(kind) => kind.owner(),
            None if matches!(key, "nothing_exported" | "tables_vanished") => Owner::You,
            None => Owner::Support,
        };
        let mut what = lang.word(&format!("iiko-fault-{key}"));
        if !right.is_empty() {
            what = format!("{what}: {right}");
        }
        Trouble {
            lang,
            what,
            todo: lang.word(&format!("iiko-fault-{key}-todo")),
            owner: said_owner(owner, lang),
            code: code.to_owned(),
            said: said.to_owned(),
            correlation_id: correlation_id.map(str::to_owned),
        }
    }

    pub fn of_fault(lang: Lang, fault: &Fault) -> Trouble {
        Trouble::of(lang, &code_of(fault), &fault.said, fault.correlation_id.as_deref())
    }
}

/// Who mends it, in a sentence.
pub fn said_owner(owner: Owner, lang: Lang) -> String {
    match owner {
        Owner::You => say!(lang, "owner-you"),
        Owner::Integrator => say!(lang, "owner-integrator"),
        Owner::Support => say!(lang, "owner-support"),
        Owner::Time => say!(lang, "owner-time"),
    }
}

/// Why iiko would not do something with an order: what it means, who mends it, iiko's code and own words. `code` is one of
/// iiko's or of a fault.
pub fn refusal(code: &str, own: &str, lang: Lang) -> Vec<String> {
    let key = format!("iiko-order-{code}");
    let mut said = if lang.has(&key) {
        vec![lang.word(&key), said_owner(owner_of(code), lang)]
    } else if lang.has(&format!("iiko-fault-{}", code.split(':').next().unwrap_or_default())) {
        let trouble = Trouble::of(lang, code, "", None);
        vec![trouble.what, trouble.todo]
    } else {
        vec![say!(lang, "iiko-order-other"), said_owner(owner_of(code), lang)]
    };
    let own = [code, own].into_iter().filter(|part| !part.is_empty());
    said.push(own.collect::<Vec<_>>().join(": "));
    said.retain(|part| !part.is_empty());
    said
}

/// What a row keeps of a fault: `timed_out`; of a missing right also its method: `missing_right:api/1/nomenclature`.
pub fn code_of(fault: &Fault) -> String {
    match &fault.kind {
        FaultKind::MissingRight { method } => format!("{}:{method}", fault.kind.code()),
        kind => kind.code().to_owned(),
    }
}
