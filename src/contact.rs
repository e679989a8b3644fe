//! How a person is reached: a phone, written one way.
use std::fmt;

/// `+79161234567`: a plus, 8 to 15 digits (E.164).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phone(String);

impl Phone {
    /// Reads what people type: «8 (916) 123-45-67», «916 123 45 67», «+7 916…», «+374…». None: no phone.
    pub fn typed(text: &str) -> Option<Phone> {
        let text = text.trim();
        let known = |c: char| {
            c.is_ascii_digit()
                || matches!(c, '+' | '-' | '(' | ')' | '.' | '\u{a0}' | '\u{2011}' | '–')
                || c.is_whitespace()
        };
        if !text.chars().all(known) || text.chars().skip(1).any(|c| c == '+') {
            return None;
        }
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let international = text.starts_with('+');
        let whole = match digits.len() {
            _ if international => digits,
            10 => format!("7{digits}"),
            11 if digits.starts_with('8') => format!("7{}", digits.get(1..)?),
            11 if digits.starts_with('7') => digits,
            _ => return None,
        };
        let russian = whole.starts_with('7');
        let fits =
            (8..=15).contains(&whole.len()) && !whole.starts_with('0') && (!russian || whole.len() == 11);
        fits.then(|| Phone(format!("+{whole}")))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Phone {
    /// For those who may see that there is a phone, not which: «••• 67».
    pub fn masked(&self) -> String {
        format!("••• {}", self.0.get(self.0.len().saturating_sub(2)..).unwrap_or_default())
    }
}

/// «+7 916 123-45-67»; another country's as it is kept.
impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = (self.0.get(2..5), self.0.get(5..8), self.0.get(8..10), self.0.get(10..12));
        match parts {
            (Some(code), Some(first), Some(second), Some(third)) if self.0.starts_with("+7") => {
                write!(f, "+7 {code} {first}-{second}-{third}")
            }
            _ => f.write_str(&self.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_phone_however_it_is_typed() {
        for text in
            ["8 (916) 123-45-67", "+7 916 123 45 67", "9161234567", "79161234567", " 8-916-123-45-67 "]
        {
            let phone = Phone::typed(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((phone.as_str(), phone.to_string().as_str()), ("+79161234567", "+7 916 123-45-67"));
        }
        assert_eq!(Phone::typed("9161234567").unwrap().masked(), "••• 67");
        assert_eq!(Phone::typed("+374 91 123456").unwrap().to_string(), "+37491123456");
        for text in [
            "",
            "123",
            "8916",
            "+7916123456",
            "телефон",
            "+7+9161234567",
            "91612345678901234567",
            "9161234567 доб. 5",
        ] {
            assert_eq!(Phone::typed(text), None, "{text}");
        }
    }
}
