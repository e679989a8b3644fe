//! Who acts. Two identities always: the person, and the one they act for when support visits.
use uuid::Uuid;

/// Goes into every deed and audit row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The signed-in person.
    pub by: Uuid,
    /// Whom they act for; support visits set it.
    pub on_behalf_of: Option<Uuid>,
    /// The visit of support they act in.
    pub visit: Option<Uuid>,
}

impl Actor {
    pub fn person(by: Uuid) -> Actor {
        Actor { by, on_behalf_of: None, visit: None }
    }
}
