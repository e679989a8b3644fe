//! A look at the nesting of a JSON text before anything is parsed.

/// Whether brackets nest deeper than `most`; text inside strings does not count.
pub fn exceeds(json: &[u8], most: usize) -> bool {
    let (mut depth, mut in_string, mut escaped) = (0usize, false, false);
    for byte in json {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            _ if in_string => {}
            b'[' | b'{' => {
                depth += 1;
                if depth > most {
                    return true;
                }
            }
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::exceeds;

    #[test]
    fn brackets_in_strings_do_not_nest() {
        assert!(!exceeds(br#"{"a":"[[[[{{{{ \" [[["}"#, 2));
        assert!(exceeds(br"[[[]]]", 2));
        assert!(!exceeds(br"[[],[],[]]", 2));
    }
}
