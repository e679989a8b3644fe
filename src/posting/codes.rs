//! What a till's error code proves. Every code begins ambiguous; it becomes definite only with evidence that nothing
//! happened.
use crate::posting::reason::Reason;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Surely nothing happened: begin anew, a little later.
    Again,
    /// Surely nothing happened, and asking again would not help.
    Person(Reason),
    /// It may have happened all the same.
    Ambiguous,
}

const DEFINITE: [(&str, Verdict); 5] = [
    ("EntityAlreadyInUse", Verdict::Again),
    ("OrderNotFound", Verdict::Again),
    ("PaymentTypeNotFound", Verdict::Person(Reason::TypeUnfit)),
    ("PaymentTypeCanNotBeUsedAsExternal", Verdict::Person(Reason::TypeUnfit)),
    ("IikoFrontTooOldVersion", Verdict::Person(Reason::PosTooOld)),
];

/// Of a code of iiko's, of a refusal (400) or of a command's `Error`.
pub fn judge(code: &str) -> Verdict {
    DEFINITE.iter().find(|(known, _)| *known == code).map_or(Verdict::Ambiguous, |(_, verdict)| *verdict)
}

/// Why an order would not be closed.
pub fn of_close(code: &str) -> Reason {
    match code {
        "PaymentSumNotEnough" => Reason::CloseSum,
        "CafeSessionNotFound" => Reason::CloseSession,
        _ => Reason::CloseRefused,
    }
}
