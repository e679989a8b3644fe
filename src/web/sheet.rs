//! A table as a CSV file for a spreadsheet: semicolons and a byte-order mark, as Russian Excel expects.
use csv::WriterBuilder;

use crate::error::{Error, Result};

/// The mark that tells Excel the file is UTF-8; before the first row.
pub const MARK: &str = "\u{feff}";

/// Rows as the file has them; no cell is taken for a formula.
pub fn rows<I, R>(rows: I) -> Result<Vec<u8>>
where
    I: IntoIterator<Item = R>,
    R: IntoIterator<Item = String>,
{
    let mut file = WriterBuilder::new().delimiter(b';').from_writer(Vec::new());
    let write = || {
        for row in rows {
            file.write_record(row.into_iter().map(|text| harmless(&text)))?;
        }
        file.into_inner().map_err(|cause| csv::Error::from(cause.into_error()))
    };
    write().map_err(|cause| Error::Internal(Box::new(cause)))
}

/// A text of the till is a stranger's: a spreadsheet must not take it for a formula. Phones and numbers stay as they are.
pub fn harmless(text: &str) -> String {
    let is_phone =
        text.starts_with('+') && text.chars().skip(1).all(|c| c.is_ascii_digit() || matches!(c, ' ' | '-'));
    match text.chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r') if !is_phone => format!("'{text}"),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_formula_gets_out() {
        for hostile in ["=HYPERLINK(1)", "+cmd|' /C calc'!A0", "-1+2", "@SUM(A1)", "\t=1"] {
            assert!(harmless(hostile).starts_with('\''), "{hostile}");
        }
        assert!(harmless("+7 +HYPERLINK(\"http://a\")").starts_with('\''));
        assert_eq!(harmless("+7 916 123-45-67"), "+7 916 123-45-67");
        assert_eq!(harmless("Стол 5"), "Стол 5");
    }
}
