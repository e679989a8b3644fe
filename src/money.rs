//! Money: integer minor units inside, «1 234,50 ₽» outside.
use std::fmt;

use serde::{Deserialize, Serialize};

/// An amount in kopecks (hundredths of the venue's currency); may be negative in a difference, never in a price.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, sqlx::Type,
)]
#[sqlx(transparent)]
#[serde(transparent)]
pub struct Kopecks(pub i64);

/// Why a decimal text is no price.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAPrice {
    /// Not a decimal number at all (`NaN`, `abc`, empty).
    NotANumber,
    Negative,
    /// More than two digits after the point: it has no exact kopecks.
    FractionOfKopeck,
    /// Above ten billion: iiko's own limit for sums.
    TooBig,
}

/// Ten billion roubles: «sums up to 1e10» by iiko's document.
const MOST: i64 = 1_000_000_000_000;

impl Kopecks {
    /// Reads a JSON number or a decimal text exactly, never through binary float: `420`, `420.5`, `1.99e2`.
    pub fn parse(text: &str) -> Result<Kopecks, NotAPrice> {
        let text = text.trim();
        let (negative, text) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (digits, shift) = mantissa(text)?;
        let kopecks = scaled(&digits, shift.saturating_add(2))?;
        if negative && kopecks != 0 {
            return Err(NotAPrice::Negative);
        }
        Ok(Kopecks(kopecks))
    }

    /// Roubles as a JSON number, of a sum that is not below zero; exact: a decimal of two digits is written as it is read.
    pub fn as_number(self) -> Option<serde_json::Number> {
        format!("{}.{:02}", self.0 / 100, self.0 % 100).parse().ok()
    }

    /// Reads what a person types: «1 234,50», «420».
    pub fn typed(text: &str) -> Result<Kopecks, NotAPrice> {
        let plain: String = text
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '₽')
            .map(|c| if c == ',' { '.' } else { c })
            .collect();
        if plain.contains(['e', 'E']) {
            return Err(NotAPrice::NotANumber);
        }
        Kopecks::parse(&plain)
    }

    /// Roubles with thin groups: «1 234».
    pub fn roubles(self) -> String {
        let digits = (self.0.unsigned_abs() / 100).to_string();
        let mut out = String::from(if self.0 < 0 { "−" } else { "" });
        for (i, c) in digits.chars().enumerate() {
            if i > 0 && (digits.len() - i).is_multiple_of(3) {
                out.push('\u{a0}');
            }
            out.push(c);
        }
        out
    }

    /// The two digits after the comma.
    pub fn cents(self) -> String {
        format!("{:02}", self.0.unsigned_abs() % 100)
    }
}

impl fmt::Display for Kopecks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{},{}\u{a0}₽", self.roubles(), self.cents())
    }
}

/// All digits without the point, and the power of ten they are to be multiplied by.
fn mantissa(text: &str) -> Result<(String, i32), NotAPrice> {
    let (number, exponent) = match text.find(['e', 'E']) {
        Some(at) => {
            let (number, rest) = text.split_at(at);
            (number, rest.get(1..).unwrap_or("").parse::<i32>().map_err(|_| NotAPrice::NotANumber)?)
        }
        None => (text, 0),
    };
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let digits = format!("{whole}{fraction}");
    if digits.is_empty() || digits.len() > 40 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(NotAPrice::NotANumber);
    }
    Ok((digits, exponent.saturating_sub(fraction.len() as i32)))
}

/// `digits × 10^shift` as an exact integer.
fn scaled(digits: &str, shift: i32) -> Result<i64, NotAPrice> {
    let digits = digits.trim_start_matches('0');
    if digits.is_empty() {
        return Ok(0);
    }
    let exact = if shift >= 0 {
        if digits.len() + shift as usize > 18 {
            return Err(NotAPrice::TooBig);
        }
        format!("{digits}{}", "0".repeat(shift as usize))
    } else {
        let cut = digits.len().saturating_sub(shift.unsigned_abs() as usize);
        let (keep, drop) = digits.split_at(cut);
        if drop.bytes().any(|b| b != b'0') || (cut == 0 && digits.len() < shift.unsigned_abs() as usize) {
            return Err(NotAPrice::FractionOfKopeck);
        }
        if keep.is_empty() { "0".to_owned() } else { keep.to_owned() }
    };
    let kopecks: i64 = exact.parse().map_err(|_| NotAPrice::TooBig)?;
    if kopecks > MOST { Err(NotAPrice::TooBig) } else { Ok(kopecks) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimal_text_becomes_exact_kopecks() {
        for (text, kopecks) in [
            ("420", 42_000),
            ("560.5", 56_050),
            ("1999.99", 199_999),
            ("0", 0),
            ("1.5e3", 150_000),
            ("0.10", 10),
            ("420.000", 42_000),
            ("-0", 0),
        ] {
            assert_eq!(Kopecks::parse(text), Ok(Kopecks(kopecks)), "{text}");
        }
    }

    #[test]
    fn what_is_no_price_says_why() {
        for (text, why) in [
            ("", NotAPrice::NotANumber),
            ("NaN", NotAPrice::NotANumber),
            ("-1", NotAPrice::Negative),
            ("0.005", NotAPrice::FractionOfKopeck),
            ("0.001", NotAPrice::FractionOfKopeck),
            ("1e400", NotAPrice::TooBig),
            ("99999999999", NotAPrice::TooBig),
        ] {
            assert_eq!(Kopecks::parse(text), Err(why), "{text}");
        }
    }

    #[test]
    fn people_read_groups_and_a_comma() {
        assert_eq!(Kopecks(123_450).to_string(), "1\u{a0}234,50\u{a0}₽");
        assert_eq!(Kopecks::typed("1 234,50 ₽"), Ok(Kopecks(123_450)));
    }

    #[test]
    fn a_sum_is_written_exactly() {
        let said = |sum| Kopecks(sum).as_number().unwrap().to_string();
        assert_eq!(
            (said(69_050), said(69_000), said(1), said(10)),
            ("690.5".into(), "690.0".into(), "0.01".into(), "0.1".into())
        );
        for sum in [33_333, 999_999_999_999, 101_001, 7] {
            assert_eq!(Kopecks::parse(&said(sum)), Ok(Kopecks(sum)));
        }
    }
}
