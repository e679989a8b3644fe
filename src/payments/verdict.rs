//! Whether payments at the table can be posted: the payment type of our code, what is wrong with it, and what only looks
//! like it. Pure.
use strsim::osa_distance;
use uuid::Uuid;

use crate::payments::method::Method;

/// One thing to mend in iikoOffice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// No payment type has the code.
    Missing,
    /// There is one, and it was deleted.
    Deleted,
    /// Not a bank card; iiko's kind.
    NotACard(String),
    /// iiko takes no payment of it from outside; iiko's word, empty: it does not say.
    NotExternal(String),
    /// Our terminal group is not among those that take it.
    NotAtOurTill,
    /// More than one has the code: iiko would choose.
    Several(usize),
}

impl Flaw {
    /// The key of its texts: `pay-…` what is wrong, `pay-…-todo` what to do.
    pub fn word(&self) -> &'static str {
        match self {
            Flaw::Missing => "missing",
            Flaw::Deleted => "deleted",
            Flaw::NotACard(_) => "not-a-card",
            Flaw::NotExternal(_) => "not-external",
            Flaw::NotAtOurTill => "not-at-till",
            Flaw::Several(_) => "several",
        }
    }
}

/// A code that a person would take for ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LookAlike {
    /// As iiko has it.
    pub code: String,
    pub name: String,
    pub because: Because,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Because {
    /// Small letters.
    Case,
    /// A space or an invisible mark.
    Space,
    /// Cyrillic letters that look Latin.
    Letters,
    /// One letter more, less, other, or two exchanged.
    Slip,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// The payment type that is meant, where there is one.
    pub method: Option<Uuid>,
    pub flaws: Vec<Flaw>,
    pub look_alikes: Vec<LookAlike>,
}

impl Verdict {
    pub fn is_good(&self) -> bool {
        self.flaws.is_empty()
    }
}

/// Judges the payment types of a venue against its code; `till` is its terminal group, none while iiko is off.
pub fn judge(methods: &[Method], code: &str, till: Option<Uuid>) -> Verdict {
    let ours: Vec<&Method> =
        methods.iter().filter(|method| method.vanished_at.is_none() && method.code == code).collect();
    let live: Vec<&&Method> = ours.iter().filter(|method| !method.deleted).collect();
    let look_alikes = if live.is_empty() { look_alikes(methods, code) } else { Vec::new() };
    let Some(method) = live.first().copied().or(ours.first()).copied() else {
        return Verdict { method: None, flaws: vec![Flaw::Missing], look_alikes };
    };
    let mut flaws = Vec::new();
    if method.deleted {
        flaws.push(Flaw::Deleted);
    }
    if live.len() > 1 {
        flaws.push(Flaw::Several(live.len()));
    }
    if method.kind != "Card" {
        flaws.push(Flaw::NotACard(method.kind.clone()));
    }
    if !method.takes_external() {
        flaws.push(Flaw::NotExternal(method.processing.clone()));
    }
    if till.is_some_and(|till| method.groups.iter().all(|group| group.id != till)) {
        flaws.push(Flaw::NotAtOurTill);
    }
    Verdict { method: Some(method.id), flaws, look_alikes }
}

fn look_alikes(methods: &[Method], code: &str) -> Vec<LookAlike> {
    let alike = |method: &Method| {
        let because = because(&method.code, code)?;
        Some(LookAlike { code: method.code.clone(), name: method.name.clone(), because })
    };
    methods.iter().filter(|method| method.is_live()).filter_map(alike).collect()
}

/// Why `code` could be taken for `wanted`; none: it could not, or it is the same.
fn because(code: &str, wanted: &str) -> Option<Because> {
    let bare: String = code.chars().filter(|c| c.is_alphanumeric()).collect();
    let latin: String = code.chars().map(latin).collect();
    let (folded, folded_wanted) = (fold(code), fold(wanted));
    if code == wanted {
        None
    } else if bare == wanted {
        Some(Because::Space)
    } else if code.eq_ignore_ascii_case(wanted) {
        Some(Because::Case)
    } else if latin != code && folded == folded_wanted {
        Some(Because::Letters)
    } else if folded == folded_wanted {
        Some(Because::Space)
    } else {
        let near = folded_wanted.chars().count() > 3 && osa_distance(&folded, &folded_wanted) == 1;
        near.then_some(Because::Slip)
    }
}

/// Letters and figures alone, Latin, upper case.
fn fold(code: &str) -> String {
    code.chars().filter(|c| c.is_alphanumeric()).map(latin).flat_map(char::to_uppercase).collect()
}

/// The Latin letter that a Cyrillic one looks like.
fn latin(c: char) -> char {
    match c {
        'А' | 'а' => 'A',
        'В' | 'в' => 'B',
        'Е' | 'е' | 'Ё' | 'ё' => 'E',
        'К' | 'к' => 'K',
        'М' | 'м' => 'M',
        'Н' | 'н' => 'H',
        'О' | 'о' => 'O',
        'Р' | 'р' => 'P',
        'С' | 'с' => 'C',
        'Т' | 'т' => 'T',
        'У' | 'у' => 'Y',
        'Х' | 'х' => 'X',
        'Ѵ' | 'ѵ' => 'V',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use sqlx::types::Json;

    use super::*;
    use crate::payments::method::Group;

    const TILL: Uuid = Uuid::from_u128(8);

    fn method(code: &str) -> Method {
        Method {
            id: Uuid::from_u128(1),
            iiko_id: Uuid::from_u128(2),
            code: code.into(),
            name: "Оплата по QR".into(),
            kind: "Card".into(),
            processing: "Both".into(),
            prints: true,
            deleted: false,
            groups: Json(vec![Group { id: TILL, name: "Зал".into() }]),
            vanished_at: None,
        }
    }

    #[test]
    fn each_flaw_is_named_and_all_at_once() {
        let flaws = |method: Method| judge(&[method], "EVVAP", Some(TILL)).flaws;
        assert_eq!(flaws(method("EVVAP")), []);
        assert_eq!(flaws(Method { processing: "External".into(), ..method("EVVAP") }), []);
        assert_eq!(flaws(method("SITE")), [Flaw::Missing]);
        assert_eq!(flaws(Method { deleted: true, ..method("EVVAP") }), [Flaw::Deleted]);
        let bad = Method {
            kind: "Cash".into(),
            processing: String::new(),
            groups: Json(vec![]),
            ..method("EVVAP")
        };
        let all = [Flaw::NotACard("Cash".into()), Flaw::NotExternal(String::new()), Flaw::NotAtOurTill];
        assert_eq!(flaws(bad), all);
        let two = judge(&[method("EVVAP"), method("EVVAP")], "EVVAP", Some(TILL));
        assert_eq!(two.flaws, [Flaw::Several(2)]);
        let old = judge(&[Method { deleted: true, ..method("EVVAP") }, method("EVVAP")], "EVVAP", Some(TILL));
        assert!(old.is_good(), "a deleted namesake harms nobody: {old:?}");
    }

    #[test]
    fn look_alikes_are_told_apart_by_what_is_wrong() {
        let seen = |code: &str| {
            let verdict = judge(&[method(code)], "EVVAP", Some(TILL));
            assert_eq!(verdict.flaws, [Flaw::Missing]);
            verdict.look_alikes.first().map(|alike| alike.because)
        };
        assert_eq!(seen("evvap"), Some(Because::Case));
        assert_eq!(seen("EVVAP "), Some(Because::Space));
        assert_eq!(seen("EVVAP\u{200b}"), Some(Because::Space));
        assert_eq!(seen("ЕVVАР"), Some(Because::Letters));
        assert_eq!(seen("EVAP"), Some(Because::Slip));
        assert_eq!(seen("EVVPA"), Some(Because::Slip));
        assert_eq!(seen("SITE"), None);
        assert_eq!(seen("CARD"), None);
    }
}
