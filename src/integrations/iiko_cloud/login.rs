//! iiko's two sign-ins: v1 with the key alone (`apiLogin`), v2 with our application and the key.

/// Which one took a key; remembered per connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoginKind {
    V1,
    V2,
}

impl LoginKind {
    pub fn code(self) -> &'static str {
        match self {
            LoginKind::V1 => "v1",
            LoginKind::V2 => "v2",
        }
    }

    pub fn of_code(code: &str) -> Option<LoginKind> {
        match code {
            "v1" => Some(LoginKind::V1),
            "v2" => Some(LoginKind::V2),
            _ => None,
        }
    }

    pub fn path(self) -> &'static str {
        match self {
            LoginKind::V1 => "/api/1/access_token",
            LoginKind::V2 => "/api/v2/access_token",
        }
    }

    /// What to try, in order: the one that worked before, then the other. v2 needs our application.
    pub fn order(remembered: Option<LoginKind>, has_app: bool) -> Vec<LoginKind> {
        match (remembered, has_app) {
            (_, false) => vec![LoginKind::V1],
            (Some(LoginKind::V1), true) => vec![LoginKind::V1, LoginKind::V2],
            (_, true) => vec![LoginKind::V2, LoginKind::V1],
        }
    }
}
