//! People made by whoever runs the panel: `maitre user add`, the first owner of a venue, support and platform staff.
use uuid::Uuid;

use crate::accounts::audit::{self, Entry};
use crate::accounts::user::{self, NewUser};
use crate::accounts::{password, session};
use crate::clock::{self, Timestamp};
use crate::db::conn::{Conn, Db};
use crate::error::{Error, Result};
use crate::lang::Lang;
use crate::secret::random_token;
use crate::venues::invitation::{self, New};
use crate::venues::member::{self, Role};
use crate::venues::venue;

/// Who they will be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Post {
    /// Of a venue, by its name; an owner's venue is made when there is none of that name.
    Member(Role),
    Support,
    Platform,
}

impl Post {
    /// A role's word, `support` or `platform`.
    pub fn of_word(word: &str) -> Option<Post> {
        match word {
            "support" => Some(Post::Support),
            "platform" => Some(Post::Platform),
            _ => Role::of_word(word).map(Post::Member),
        }
    }

    fn word(self) -> &'static str {
        match self {
            Post::Member(role) => role.word(),
            Post::Support => "support",
            Post::Platform => "platform",
        }
    }

    fn staff(self) -> Option<&'static str> {
        match self {
            Post::Member(_) => None,
            Post::Support => Some("support"),
            Post::Platform => Some("platform"),
        }
    }
}

#[derive(Clone, Debug)]
pub struct Enroll<'a> {
    pub email: &'a str,
    pub name: &'a str,
    /// None: venue people get a link, staff a password made here.
    pub password: Option<String>,
    pub post: Post,
    pub venue: Option<&'a str>,
}

/// How the person gets in now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WayIn {
    /// With the password that was given.
    Given,
    /// With this one, made now and kept nowhere else.
    Password(String),
    /// By `/invite/{token}`, within 72 hours, once.
    Invitation(String),
}

#[derive(Clone, Debug)]
pub struct Enrolled {
    pub venue: Option<Uuid>,
    pub way_in: WayIn,
}

/// Makes the person, their venue and their way in. An address that has an account keeps it: a given password replaces
/// its old one (all its sessions end), a role is added to its roles.
pub async fn enroll(db: &Db, who: Enroll<'_>) -> Result<Enrolled> {
    check(&who)?;
    let made = (who.password.is_none() && who.post.staff().is_some()).then(random_password);
    let password = who.password.clone().or_else(|| made.clone());
    let hash = match password {
        Some(password) => Some(password::hash(password).await?),
        None => None,
    };
    let mut tx = db.begin().await?;
    let venue = match who.post {
        Post::Member(role) => Some(venue_for(&mut tx, role, who.venue.unwrap_or_default()).await?),
        _ => None,
    };
    let way_in = match (&hash, who.post, venue) {
        (None, Post::Member(role), Some(venue)) => {
            let new = New { venue, email: who.email, role, renews: None, by: None };
            WayIn::Invitation(invitation::issue(&mut tx, &new, clock::now()).await?.1)
        }
        (hash, post, venue) => {
            let id = person(&mut tx, &who, hash.as_deref().unwrap_or_default()).await?;
            if let (Post::Member(role), Some(venue)) = (post, venue) {
                match member::role_of(&mut tx, venue, id).await? {
                    // who is in already may be the last owner
                    Some(_) => member::set_role(&mut tx, venue, id, Some(role)).await?,
                    None => member::add(&mut tx, venue, id, role).await?,
                }
            }
            made.map_or(WayIn::Given, WayIn::Password)
        }
    };
    let after = serde_json::json!({ "email": who.email, "post": who.post.word() });
    audit::note(&mut tx, Entry::by_itself(venue, "person.enrolled").after(after)).await?;
    tx.commit().await?;
    Ok(Enrolled { venue, way_in })
}

/// Closes the one venue of this name, or opens it again (`None`).
pub async fn close_venue(db: &Db, name: &str, at: Option<Timestamp>) -> Result<Uuid> {
    let mut tx = db.begin().await?;
    let found = venue::named(&mut tx, name.trim()).await?;
    let [id] = found.as_slice() else {
        return Err(Error::internal(format!("there are {} venues «{name}», not one", found.len())));
    };
    venue::close(&mut tx, *id, at).await?;
    let deed = if at.is_some() { "venue.closed" } else { "venue.opened" };
    let entry = Entry::by_itself(Some(*id), deed).object(*id);
    audit::note(&mut tx, entry).await?;
    tx.commit().await?;
    Ok(*id)
}

fn check(who: &Enroll<'_>) -> Result<()> {
    let wrong = |said: &str| Err(Error::internal(said));
    if !user::looks_like_email(who.email) {
        return wrong("that is not an e-mail address");
    }
    if !user::looks_like_name(who.name) {
        return wrong("a name has 1 to 80 characters");
    }
    if matches!(who.post, Post::Member(_)) == who.venue.is_none_or(|name| name.trim().is_empty()) {
        return wrong("a role in a venue needs a venue; support and platform staff have none");
    }
    match who.password.as_deref().and_then(|given| password::weakness(given, &[who.email, who.name])) {
        Some(weak) => Err(Error::internal(weak.said(Lang::En))),
        None => Ok(()),
    }
}

/// 96 bits, in groups that can be read out over a telephone.
fn random_password() -> String {
    let hex: Vec<char> = random_token().chars().take(24).collect();
    hex.chunks(6).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

async fn venue_for(c: &mut Conn, role: Role, name: &str) -> Result<Uuid> {
    match (venue::named(c, name.trim()).await?.as_slice(), role) {
        ([one], _) => Ok(*one),
        ([], Role::Owner) => venue::create(c, name.trim(), "", "Europe/Moscow").await,
        ([], _) => Err(Error::internal(format!("there is no venue «{name}»; its owner comes first"))),
        _ => Err(Error::internal(format!(
            "there are several venues «{name}»: invite this person in the panel"
        ))),
    }
}

async fn person(c: &mut Conn, who: &Enroll<'_>, hash: &str) -> Result<Uuid> {
    let Some((known, _)) = user::by_email(c, who.email).await? else {
        let staff = who.post.staff();
        let new = NewUser { email: who.email, name: who.name, password_hash: hash, staff, lang: Lang::Ru };
        return user::create(c, &new).await;
    };
    if known.staff.as_deref() != who.post.staff() {
        return Err(Error::internal(
            "this address has an account of the other kind: staff and venue people are kept apart",
        ));
    }
    user::set_password(c, known.id, hash).await?;
    session::close_all(c, known.id).await?;
    Ok(known.id)
}
