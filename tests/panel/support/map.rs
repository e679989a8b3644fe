//! The panel's map as `src/routes.rs` draws it, so that a new route cannot be forgotten by the tests that try all of them.
use std::collections::BTreeMap;

/// `GET` or `POST`, and the path with its `{names}`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Route {
    pub method: &'static str,
    pub path: String,
}

impl Route {
    /// The path with every `{name}` replaced.
    pub fn filled(&self, with: impl Fn(&str) -> String) -> String {
        let parts = self.path.split('/').map(|part| match part.strip_prefix('{') {
            Some(name) => with(name.trim_end_matches('}')),
            None => part.to_owned(),
        });
        parts.collect::<Vec<_>>().join("/")
    }

    /// Whether a path is one of this route's.
    pub fn is(&self, path: &str) -> bool {
        let (ours, theirs): (Vec<_>, Vec<_>) = (self.path.split('/').collect(), path.split('/').collect());
        ours.len() == theirs.len()
            && ours.iter().zip(theirs).all(|(ours, theirs)| ours.starts_with('{') || *ours == theirs)
    }
}

pub fn routes() -> Vec<Route> {
    let text = include_str!("../../../src/routes.rs");
    let mut bases = BTreeMap::new();
    let mut all = Vec::new();
    for line in text.lines() {
        if let Some((name, value)) =
            line.trim().strip_prefix("const ").and_then(|rest| rest.split_once(": &str = "))
        {
            bases.insert(name.to_owned(), value.trim_end_matches(';').trim_matches('"').to_owned());
        }
        let Some((_, rest)) = line.split_once(".route(") else { continue };
        let Some((path, method)) = rest
            .split_once(", get()")
            .map(|(path, _)| (path, "GET"))
            .or_else(|| rest.split_once(", post()").map(|(path, _)| (path, "POST")))
        else {
            panic!("a route of another kind: {line}")
        };
        let path = match path.strip_prefix("&at(\"") {
            Some(under) => format!("{}{}", bases["MENU"], under.trim_end_matches(['"', ')'])),
            None => path.trim_start_matches("&format!(").trim_matches(['"', ')']).to_owned(),
        };
        let path = bases.iter().fold(path, |path, (name, value)| match path == *name {
            true => value.clone(),
            false => path.replace(&format!("{{{name}}}"), value),
        });
        all.push(Route { method, path: path.replace("{{", "{").replace("}}", "}") });
    }
    assert_eq!(all.len(), text.matches(".to(").count() - 1, "every route but the last resort is read");
    all
}
