//! Secrets out of texts that are kept: keys, tokens, client secrets.
use secrecy::{ExposeSecret, SecretString};

/// How much of a request or an answer the journal keeps, bytes.
const KEPT: usize = 2_048;

/// The head of a text with every secret in it replaced.
pub fn head(text: &[u8], secrets: &[&SecretString]) -> String {
    // a secret may straddle the cut: mask first over a little more than is kept
    let longest = secrets.iter().map(|s| s.expose_secret().len()).max().unwrap_or(0);
    let part = text.get(..text.len().min(KEPT + longest)).unwrap_or_default();
    let masked = all(&String::from_utf8_lossy(part), secrets);
    let cut: String = masked.chars().filter(|c| *c != '\0').take(KEPT).collect();
    if text.len() > KEPT { format!("{cut}…") } else { cut }
}

/// The whole text with every secret in it replaced.
pub fn all(text: &str, secrets: &[&SecretString]) -> String {
    secrets.iter().fold(text.to_owned(), |text, secret| {
        let secret = secret.expose_secret();
        if secret.len() < 4 {
            return text;
        }
        // inside JSON a quote or a backslash of the secret is written with another one before it
        let escaped = serde_json::to_string(secret).unwrap_or_default();
        text.replace(escaped.trim_matches('"'), "•••").replace(secret, "•••")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_across_the_cut_is_masked_too() {
        let secret = SecretString::from("key-0123456789".to_owned());
        let text = format!("{}{}", "x".repeat(KEPT - 5), "key-0123456789 and more");
        assert!(!head(text.as_bytes(), &[&secret]).contains("key-0"));
    }

    #[test]
    fn a_secret_with_quotes_is_masked_as_json_writes_it() {
        let secret = SecretString::from("a1\"b2\\c3d4".to_owned());
        let body = serde_json::json!({ "apiLogin": "a1\"b2\\c3d4" }).to_string();
        assert_eq!(head(body.as_bytes(), &[&secret]), "{\"apiLogin\":\"•••\"}");
    }
}
