//! What the roof decides for the web: known to `web` as plain values.

/// Given to every worker thread once, at start.
#[derive(Clone, Debug)]
pub struct Settings {
    /// `https://panel.example.com`: where people reach us; none: take the request's own `Host` (demo, tests).
    pub origin: Option<String>,
    /// Cookies carry `Secure` and the `__Host-` prefix; off only on plain http of this machine.
    pub secure: bool,
    /// `Server-Timing` on every page: queries and render time. Demo and debug builds.
    pub timing: bool,
    /// The header with the client's address, believed only because our own proxy writes it.
    pub client_ip_header: Option<String>,
}

impl Settings {
    /// A cookie's name: `__Host-sid`, or `sid` on plain http.
    pub fn cookie(&self, name: &str) -> String {
        if self.secure { format!("__Host-{name}") } else { format!("maitre-{name}") }
    }
}
