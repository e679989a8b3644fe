//! «Доступы»: who belongs to the venue and what they may; an owner changes it.
use actix_web::web::Path;
use askama::Template;
use serde_json::json;
use uuid::Uuid;

use crate::accounts::audit;
use crate::error::{Error, Result};
use crate::lang::Lang;
use crate::say;
use crate::venues::guard::{At, Room};
use crate::venues::invitation::{self, Invitation};
use crate::venues::member::{self, Member, Role};
use crate::venues::pages::roles::{self, Roles};
use crate::venues::permission::{Access, Permission, Right, View};
use crate::web::fields::Fields;
use crate::web::flash;
use crate::web::form::{Choice, Field, Problems, Summary};
use crate::web::reply::{self, Reply};
use crate::web::shell::{Shell, Tone};
use crate::web::when::When;

#[derive(Template)]
#[template(path = "venues/users.html")]
pub struct UsersPage {
    shell: Shell,
    base: String,
    may_own: bool,
    /// Nobody comes in without a second factor.
    second_factor: bool,
    may_see_addresses: bool,
    summary: Option<Summary>,
    /// A link just made: shown now and never again.
    pub made: Option<MadeLink>,
    members: Vec<MemberRow>,
    invitations: Vec<InvitationRow>,
    email: Field,
    role: Choice,
    roles: Roles,
}

pub struct MadeLink {
    pub email: String,
    pub url: String,
    pub renews: bool,
}

struct MemberRow {
    id: Uuid,
    name: String,
    email: String,
    role: String,
    role_said: String,
    is_me: bool,
    /// The only owner: neither changed nor taken out.
    is_kept: bool,
    /// May be given a new password by this owner.
    renewable: bool,
}

struct InvitationRow {
    id: Uuid,
    email: String,
    role: String,
    renews: bool,
    until: String,
    is_over: bool,
}

/// What stands in the form that invites.
#[derive(Default)]
pub struct Typed {
    pub email: String,
    pub role: String,
}

/// `GET /v/{venue}/users`.
pub async fn show(at: At<View>) -> Reply {
    let typed = Typed { role: Role::Manager.word().to_owned(), ..Typed::default() };
    reply::page(&drawn(&at, typed, Problems::default()).await?)
}

pub async fn drawn<R: Right>(at: &At<R>, typed: Typed, problems: Problems) -> Result<UsersPage> {
    let (lang, may_own) = (at.lang(), at.may(Permission::Access));
    let mut seen = at.db.snapshot().await?;
    let members = member::of_venue(&mut seen, at.venue.id).await?;
    let renewable =
        if may_own { invitation::renewable(&at.db, at.venue.id, at.person.id).await? } else { Vec::new() };
    let open = if may_own { invitation::open(&mut seen, at.venue.id).await? } else { Vec::new() };
    let owners = members.iter().filter(|member| member.role() == Role::Owner).count();
    Ok(UsersPage {
        shell: shell(at).titled(say!(lang, "access-title")),
        base: at.venue.path("/users"),
        may_own,
        second_factor: at.second_factor_required,
        may_see_addresses: at.may(Permission::Staff),
        summary: problems.summary(lang),
        made: None,
        members: members.into_iter().map(|member| row(at, member, owners, &renewable)).collect(),
        invitations: open.into_iter().map(|one| invited(at, one)).collect(),
        email: Field::text("email", say!(lang, "access-email"))
            .kind("email", "off")
            .value(typed.email)
            .problem(&problems),
        role: choice(lang, typed.role, &problems),
        roles: roles::drawn(lang),
    })
}

fn shell<R: Right>(at: &At<R>) -> Shell {
    at.shell(Room::Settings).under(say!(at.lang(), "nav-settings"), at.venue.path("/settings"))
}

fn row<R: Right>(at: &At<R>, member: Member, owners: usize, renewable: &[Uuid]) -> MemberRow {
    let role = member.role();
    MemberRow {
        id: member.user_id,
        role_said: role.said(at.lang()),
        is_me: member.user_id == at.person.id,
        is_kept: role == Role::Owner && owners == 1,
        renewable: renewable.contains(&member.user_id),
        name: member.name,
        email: member.email,
        role: member.role,
    }
}

fn invited<R: Right>(at: &At<R>, one: Invitation) -> InvitationRow {
    let until = When::of(one.ends_at, at.now, at.venue.zone(), at.lang()).exact;
    InvitationRow {
        id: one.id,
        role: one.role().said(at.lang()),
        renews: one.renews.is_some(),
        // «26.11.2026, 14:05»: the seconds are of no use to anyone
        until: until.get(..17).unwrap_or(&until).to_owned(),
        is_over: one.is_over(at.now),
        email: one.email,
    }
}

fn choice(lang: Lang, chosen: String, problems: &Problems) -> Choice {
    let options = Role::ALL.iter().map(|role| (role.word().to_owned(), offered(*role, lang))).collect();
    let problem = problems.at("role");
    Choice { name: "role", label: say!(lang, "access-role"), options, chosen, problem, ..Choice::default() }
}

/// «бухгалтер — видит деньги …».
fn offered(role: Role, lang: Lang) -> String {
    format!("{} — {}", role.said(lang), role.about(lang))
}

/// `POST /v/{venue}/users/{user}/role`.
pub async fn set_role(at: At<Access>, path: Path<(Uuid, Uuid)>, fields: Fields) -> Reply {
    let (_, user) = path.into_inner();
    let role = Role::of_word(&fields.text("role")).ok_or(Error::Unreadable("no such role"))?;
    let name = put(&at, user, Some(role)).await?;
    let said = say!(at.lang(), "access-role-set", name = name, role = role.said(at.lang()));
    Ok(flash::see(&at.venue.path("/users"), Tone::Good, &said))
}

/// `GET /v/{venue}/users/{user}/removal`.
pub async fn ask_removal(at: At<Access>, path: Path<(Uuid, Uuid)>) -> Reply {
    let member = found(&at, path.into_inner().1).await?;
    let title = say!(at.lang(), "access-removal-title", name = member.name.as_str());
    reply::page(&RemovalPage {
        shell: shell(&at).under(say!(at.lang(), "access-title"), at.venue.path("/users")).titled(title),
        base: at.venue.path("/users"),
        is_me: member.user_id == at.person.id,
        member,
    })
}

#[derive(Template)]
#[template(path = "venues/removal.html")]
struct RemovalPage {
    shell: Shell,
    base: String,
    is_me: bool,
    member: Member,
}

/// `POST /v/{venue}/users/{user}/removal`.
pub async fn remove(at: At<Access>, path: Path<(Uuid, Uuid)>, _: Fields) -> Reply {
    let (_, user) = path.into_inner();
    let name = put(&at, user, None).await?;
    let to = if user == at.person.id { "/venues".to_owned() } else { at.venue.path("/users") };
    Ok(flash::see(&to, Tone::Good, &say!(at.lang(), "access-removed", name = name)))
}

async fn found<R: Right>(at: &At<R>, user: Uuid) -> Result<Member> {
    let members = member::of_venue(&mut at.db.read().await?, at.venue.id).await?;
    members.into_iter().find(|member| member.user_id == user).ok_or(Error::NotFound("member"))
}

/// Sets or takes away a role; links by which the person could come back, or let others in, die with it.
async fn put(at: &At<Access>, user: Uuid, role: Option<Role>) -> Result<String> {
    let member = found(at, user).await?;
    let mut tx = at.db.begin().await?;
    member::set_role(&mut tx, at.venue.id, user, role).await?;
    if role != Some(Role::Owner) {
        invitation::withdraw_all_by(&mut tx, at.venue.id, user, at.now).await?;
    }
    if role.is_none() {
        invitation::withdraw_all_to(&mut tx, at.venue.id, &member.email, at.now).await?;
    }
    let deed = at.deed(if role.is_some() { "member.role_set" } else { "member.removed" }).object(user);
    let after = role.map(Role::word);
    audit::note(&mut tx, deed.change(json!({ "role": member.role }), json!({ "role": after }))).await?;
    tx.commit().await?;
    Ok(member.name)
}
