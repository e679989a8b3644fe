//! Requisites of a Russian legal entity or sole proprietor: what their digits must agree on. Pure.

/// Why a requisite is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    Missing,
    /// Not as many digits as there must be.
    Length,
    /// The check digits disagree: a digit is mistyped.
    Check,
    /// Of КПП alone: a sole proprietor (ИНН of 12 digits) has none.
    NotForPerson,
}

/// Digits alone: people type and paste spaces.
pub fn digits(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn values(text: &str) -> Option<Vec<u32>> {
    text.chars().map(|c| c.to_digit(10)).collect()
}

/// Weighted sum of the digits.
fn weighed(digits: &[u32], weights: &[u32]) -> u32 {
    digits.iter().zip(weights).map(|(digit, weight)| digit * weight).sum()
}

/// ИНН: 10 digits of an organization (one check digit), 12 of a person (two).
pub fn inn(text: &str) -> Result<(), Wrong> {
    if text.is_empty() {
        return Err(Wrong::Missing);
    }
    let digits = values(text).ok_or(Wrong::Length)?;
    let check =
        |weights: &[u32], at: usize| digits.get(at).copied() == Some(weighed(&digits, weights) % 11 % 10);
    let fits = match digits.len() {
        10 => check(&[2, 4, 10, 3, 5, 9, 4, 6, 8], 9),
        12 => check(&[7, 2, 4, 10, 3, 5, 9, 4, 6, 8], 10) && check(&[3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8], 11),
        _ => return Err(Wrong::Length),
    };
    let zeros = digits.iter().all(|digit| *digit == 0);
    if fits && !zeros { Ok(()) } else { Err(Wrong::Check) }
}

/// КПП: four digits, two digits or Latin capitals, three digits; of an organization alone.
pub fn kpp(text: &str, inn: &str) -> Result<(), Wrong> {
    if inn.len() == 12 {
        return if text.is_empty() { Ok(()) } else { Err(Wrong::NotForPerson) };
    }
    if text.is_empty() {
        return Err(Wrong::Missing);
    }
    let fits = text
        .chars()
        .enumerate()
        .all(|(at, c)| c.is_ascii_digit() || (matches!(at, 4 | 5) && c.is_ascii_uppercase()));
    if fits && text.chars().count() == 9 { Ok(()) } else { Err(Wrong::Length) }
}

/// БИК: nine digits; a Russian bank's begin with 04 (or 01, 02, 00 of the treasury).
pub fn bik(text: &str) -> Result<(), Wrong> {
    if text.is_empty() {
        return Err(Wrong::Missing);
    }
    if values(text).is_none_or(|digits| digits.len() != 9) {
        return Err(Wrong::Length);
    }
    let starts = ["04", "00", "01", "02"].iter().any(|start| text.starts_with(start));
    if starts { Ok(()) } else { Err(Wrong::Check) }
}

/// A settlement account: twenty digits that agree with the bank's БИК.
pub fn account(text: &str, bik: &str) -> Result<(), Wrong> {
    const WEIGHTS: [u32; 23] = [7, 1, 3, 7, 1, 3, 7, 1, 3, 7, 1, 3, 7, 1, 3, 7, 1, 3, 7, 1, 3, 7, 1];
    if text.is_empty() {
        return Err(Wrong::Missing);
    }
    let account = values(text).filter(|digits| digits.len() == 20).ok_or(Wrong::Length)?;
    // an account cannot be checked against a БИК that is wrong itself
    let Some(bik) = values(bik).filter(|digits| digits.len() == 9) else { return Ok(()) };
    let bank = |from: usize| bik.get(from..from + 3).unwrap_or_default().to_vec();
    // a bank's branch is known by the last three digits, a cash settlement centre by the fifth and sixth
    let centre: Vec<u32> = [0].into_iter().chain(bik.get(4..6).unwrap_or_default().iter().copied()).collect();
    let key = if bank(6).iter().all(|digit| *digit == 0) || bank(6) == [0, 0, 1] || bank(6) == [0, 0, 2] {
        centre
    } else {
        bank(6)
    };
    let all: Vec<u32> = key.into_iter().chain(account).collect();
    if weighed(&all, &WEIGHTS).is_multiple_of(10) { Ok(()) } else { Err(Wrong::Check) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits_are_checked_and_any_slip_is_found() {
        // the tax service's and the savings bank's own, published by both
        assert_eq!(inn("7707083893"), Ok(()));
        assert_eq!(inn("500100732259"), Ok(()));
        assert_eq!(kpp("773601001", "7707083893"), Ok(()));
        assert_eq!(kpp("7736AB001", "7707083893"), Ok(()));
        assert_eq!(bik("044525225"), Ok(()));
        for at in 0..10 {
            let slipped = slip("7707083893", at);
            assert_eq!(inn(&slipped), Err(Wrong::Check), "{slipped}");
        }
        for at in 0..12 {
            assert!(inn(&slip("500100732259", at)).is_err());
        }
    }

    /// The digit at that place, one more.
    fn slip(text: &str, at: usize) -> String {
        let next = |c: char| char::from_digit((c.to_digit(10).unwrap() + 1) % 10, 10).unwrap();
        text.chars().enumerate().map(|(i, c)| if i == at { next(c) } else { c }).collect()
    }

    #[test]
    fn an_account_agrees_with_its_bank() {
        let mut found = None;
        for key in 0..10 {
            let one = format!("40702810{key}00000000001");
            if account(&one, "044525225").is_ok() {
                assert!(found.replace(one).is_none(), "exactly one key fits");
            }
        }
        let one = found.expect("one key fits");
        for at in 0..20 {
            assert_eq!(account(&slip(&one, at), "044525225"), Err(Wrong::Check));
        }
        assert_eq!(account(&one, "044525974"), Err(Wrong::Check), "another bank's key is another one");
    }

    #[test]
    fn what_is_missing_or_too_short_is_told_apart() {
        assert_eq!(
            (inn(""), inn("123"), inn("77070838AB")),
            (Err(Wrong::Missing), Err(Wrong::Length), Err(Wrong::Length))
        );
        assert_eq!(inn("0000000000"), Err(Wrong::Check));
        assert_eq!(
            (kpp("", "7707083893"), kpp("77", "7707083893")),
            (Err(Wrong::Missing), Err(Wrong::Length))
        );
        assert_eq!(
            (kpp("", "500100732259"), kpp("773601001", "500100732259")),
            (Ok(()), Err(Wrong::NotForPerson))
        );
        assert_eq!(
            (bik(""), bik("0445"), bik("944525225")),
            (Err(Wrong::Missing), Err(Wrong::Length), Err(Wrong::Check))
        );
        assert_eq!(
            (account("", "044525225"), account("407", "044525225")),
            (Err(Wrong::Missing), Err(Wrong::Length))
        );
        assert_eq!(digits(" 7707 083893 "), "7707083893");
    }
}
