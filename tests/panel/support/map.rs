//! The panel's map as the router lists it, so that a new route cannot be forgotten by the tests that try all of them.
use maitre::map::Rule;

/// `GET` or `POST`, and the path with its `{names}`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Route {
    pub method: &'static str,
    pub path: String,
    pub rule: Rule,
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

/// All of them, as the router itself lists them.
pub fn routes() -> Vec<Route> {
    let all = maitre::routes::declared().into_iter();
    all.map(|one| Route { method: one.method, path: one.path, rule: one.rule }).collect()
}
