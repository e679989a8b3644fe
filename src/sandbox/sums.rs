//! Sums in kopecks and amounts in thousandths, so that a bill adds up; roubles and pieces as the till's JSON writes them.
use serde_json::{Number, Value};

/// A piece is a thousand of these.
pub const ONE: i64 = 1000;

/// «420», «420.5» or `1620.0` in kopecks; none when it is no number.
pub fn kopecks(text: &str) -> Option<i64> {
    scaled(text, 2)
}

/// «2» or «0.35» in thousandths.
pub fn thousandths(text: &str) -> Option<i64> {
    scaled(text, 3)
}

/// A number of a request in kopecks.
pub fn kopecks_of(value: &Value) -> Option<i64> {
    value.is_number().then(|| kopecks(&value.to_string())).flatten()
}

/// Kopecks as the till writes roubles: `420` or `420.50`.
pub fn roubles(kopecks: i64) -> Number {
    plain(kopecks, 100, 2)
}

/// Thousandths as the till writes an amount: `2` or `0.350`.
pub fn pieces(thousandths: i64) -> Number {
    plain(thousandths, ONE, 3)
}

/// What `amount` thousandths cost at a price of `price` kopecks, to the kopeck.
pub fn cost(price: i64, amount: i64) -> i64 {
    (price.saturating_mul(amount) + ONE / 2).div_euclid(ONE)
}

fn scaled(text: &str, places: usize) -> Option<i64> {
    let real: f64 = text.trim().replace(['\u{a0}', ' '], "").replace(',', ".").parse().ok()?;
    let fixed = format!("{real:.places$}");
    real.is_finite().then(|| fixed.replace('.', "").parse().ok()).flatten()
}

fn plain(number: i64, unit: i64, places: usize) -> Number {
    if number % unit == 0 {
        return (number / unit).into();
    }
    let sign = if number < 0 { "-" } else { "" };
    let (whole, part) = ((number / unit).abs(), (number % unit).abs());
    format!("{sign}{whole}.{part:0places$}").parse().unwrap_or_else(|_| 0.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_exact_to_the_kopeck() {
        assert_eq!(
            [kopecks("420"), kopecks("0,1"), kopecks("1620.0"), kopecks("x")],
            [Some(42000), Some(10), Some(162_000), None]
        );
        assert_eq!(
            [roubles(42050), roubles(42000), roubles(5)].map(|one| one.to_string()),
            ["420.5", "420", "0.05"]
        );
        assert_eq!((cost(42050, 1500), pieces(350).to_string()), (63075, "0.35".to_owned()));
    }
}
