//! A support visit from its own side: into a venue's panel with a reason and a fresh code, the second step to changes, out.
use actix_web::HttpRequest;
use actix_web::web::{Data, Path};
use askama::Template;
use serde_json::json;
use uuid::Uuid;

use crate::accounts::audit::{self, Entry};
use crate::accounts::sign_in::Attempt;
use crate::accounts::supporter::Supporter;
use crate::accounts::{proof, second_factor, session};
use crate::error::{Error, Result};
use crate::say;
use crate::secret::Seal;
use crate::venues::support_access;
use crate::venues::venue::{self, Venue};
use crate::venues::visit::{self, New, REASON, Topic, Visit};
use crate::web::fields::Fields;
use crate::web::form::{Choice, Field, Problems, Summary};
use crate::web::reply::{self, Reply};
use crate::web::settings::Settings;
use crate::web::shell::{Shell, Tone};
use crate::web::{flash, way};

/// The form that begins a visit or widens one.
#[derive(Template)]
#[template(path = "venues/visit.html")]
struct VisitPage {
    shell: Shell,
    action: String,
    summary: Option<Summary>,
    /// For a visit that is to begin.
    topic: Option<Choice>,
    reason: Field,
    /// … with a code of now.
    code: Option<Field>,
    /// Where it leads without.
    back: String,
}

/// What was typed; the code never comes back.
#[derive(Default)]
struct Typed {
    topic: String,
    reason: String,
}

/// `GET /support/venues/{venue}/visits`.
pub async fn ask(supporter: Supporter, venue: Path<Uuid>) -> Reply {
    let found = found(&supporter, *venue).await?;
    reply::page(&drawn(&supporter, &found, Typed::default(), Problems::default()))
}

async fn found(supporter: &Supporter, id: Uuid) -> Result<Venue> {
    let mut c = supporter.0.db.of(id).read().await?;
    let found = venue::find(&mut c, id).await?.ok_or(Error::NotFound("venue"))?;
    support_access::admit(&mut c, id, supporter.0.now).await?;
    visit::owner(&mut c, id).await?;
    Ok(found)
}

fn drawn(supporter: &Supporter, venue: &Venue, typed: Typed, problems: Problems) -> VisitPage {
    let at = &supporter.0;
    let lang = at.person.lang();
    let topics = Topic::ALL
        .iter()
        .map(|topic| (topic.word().to_owned(), lang.word(&format!("visit-topic-{}", topic.word()))));
    let topic = Choice {
        name: "topic",
        label: say!(lang, "visit-topic"),
        options: topics.collect(),
        chosen: typed.topic,
        placeholder: say!(lang, "visit-topic-choose"),
        problem: problems.at("topic"),
        ..Choice::default()
    };
    let code = Field::text("code", say!(lang, "visit-code"))
        .kind("text", "one-time-code")
        .hint(say!(lang, "visit-code-hint"))
        .problem(&problems);
    VisitPage {
        shell: at.shell().under(say!(lang, "desk-title"), "/support").titled(say!(
            lang,
            "visit-begin-title",
            venue = venue.name.as_str()
        )),
        action: format!("/support/venues/{}/visits", venue.id),
        summary: problems.summary(lang),
        topic: Some(topic),
        reason: reason(lang, typed.reason, &problems),
        code: Some(code),
        back: "/support".to_owned(),
    }
}

fn reason(lang: crate::lang::Lang, typed: String, problems: &Problems) -> Field {
    Field::text("reason", say!(lang, "visit-reason"))
        .kind("area", "off")
        .hint(say!(lang, "visit-reason-hint"))
        .value(typed)
        .problem(problems)
}

fn reason_problem(lang: crate::lang::Lang, reason: &str, problems: &mut Problems) {
    let fits = REASON.contains(&reason.chars().count());
    let (least, most) = (*REASON.start(), *REASON.end());
    problems.unless(fits, "reason", say!(lang, "visit-reason-wrong", least = least, most = most));
}

/// `POST /support/venues/{venue}/visits`: with a code of now, however long ago they signed in; the browser gets a new session
/// token.
pub async fn begin(
    supporter: Supporter,
    venue: Path<Uuid>,
    (settings, seal): (Data<Settings>, Data<Seal>),
    fields: Fields,
) -> Reply {
    let at = &supporter.0;
    let (lang, found) = (at.person.lang(), found(&supporter, *venue).await?);
    let typed = Typed { topic: fields.text("topic"), reason: fields.text("reason") };
    let mut problems = Problems::default();
    let topic = Topic::of_word(&typed.topic);
    problems.unless(topic.is_some(), "topic", say!(lang, "visit-topic-wrong"));
    reason_problem(lang, &typed.reason, &mut problems);
    let (true, Some(topic)) = (problems.is_empty(), topic) else {
        return reply::again(&drawn(&supporter, &found, typed, problems));
    };
    // last, so that a code is not used up by a form that is wrong elsewhere
    let attempt = Attempt::of(&at.visitor, &at.person.email, "");
    let code = fields.text("code");
    // of the app: a recovery code is for the sign-in
    let is_of_app = second_factor::looks_like_code(&code);
    if !is_of_app || proof::by_code((&at.db, &seal), &at.person, (attempt, &code), at.now).await?.is_none() {
        problems.add("code", say!(lang, "visit-code-wrong"));
        return reply::again(&drawn(&supporter, &found, typed, problems));
    }
    let new = New {
        venue: found.id,
        session: at.session.id,
        supporter: at.person.id,
        topic,
        reason: &typed.reason,
    };
    let mut tx = at.db.of(found.id).begin().await?;
    let visit = visit::begin(&mut tx, &new, at.now).await?;
    let after = json!({ "topic": visit.topic, "reason": visit.reason });
    audit::note(&mut tx, deed(&visit, "visit.begun").ip(&at.visitor.ip).after(after)).await?;
    let sid = session::renew(&mut tx, at.session.id).await?;
    tx.commit().await?;
    way::let_in(&settings, sid, reply::see(&found.path("/overview")))
}

/// A deed of the visit, for the audit.
fn deed(visit: &Visit, deed: &'static str) -> Entry {
    Entry::of(visit.actor(), visit.venue_id, deed).object(visit.id)
}

/// The supporter's own visit, under way.
async fn own(supporter: &Supporter, (venue, id): (Uuid, Uuid)) -> Result<Visit> {
    let visit = visit::get(&mut supporter.0.db.of(venue).read().await?, venue, id).await?;
    match visit.supporter == supporter.0.person.id {
        true if visit.over_at(supporter.0.now).is_none() => Ok(visit),
        true => Err(Error::Conflict("visit-ended")),
        false => Err(Error::NotFound("visit")),
    }
}

/// `GET /support/venues/{venue}/visits/{visit}/changes`.
pub async fn ask_changes(supporter: Supporter, path: Path<(Uuid, Uuid)>) -> Reply {
    let visit = own(&supporter, path.into_inner()).await?;
    reply::page(&wider(&supporter, &visit, String::new(), Problems::default()))
}

fn wider(supporter: &Supporter, visit: &Visit, typed: String, problems: Problems) -> VisitPage {
    let at = &supporter.0;
    let lang = at.person.lang();
    VisitPage {
        shell: at
            .shell()
            .under(say!(lang, "desk-title"), "/support")
            .titled(say!(lang, "visit-changes-title")),
        action: format!("/support/venues/{}/visits/{}/changes", visit.venue_id, visit.id),
        summary: problems.summary(lang),
        topic: None,
        reason: reason(lang, typed, &problems),
        code: None,
        back: format!("/v/{}/overview", visit.venue_id),
    }
}

/// `POST /support/venues/{venue}/visits/{visit}/changes`: with a fresh proof.
pub async fn allow_changes(
    supporter: Supporter,
    path: Path<(Uuid, Uuid)>,
    req: HttpRequest,
    fields: Fields,
) -> Reply {
    let at = &supporter.0;
    at.ask_proof(&req)?;
    let (lang, visit) = (at.person.lang(), own(&supporter, path.into_inner()).await?);
    let typed = fields.text("reason");
    let mut problems = Problems::default();
    reason_problem(lang, &typed, &mut problems);
    if !problems.is_empty() {
        return reply::again(&wider(&supporter, &visit, typed, problems));
    }
    let mut tx = at.db.of(visit.venue_id).begin().await?;
    visit::allow_changes(&mut tx, &visit, &typed, at.now).await?;
    let deed = deed(&visit, "visit.changes_allowed").ip(&at.visitor.ip);
    audit::note(&mut tx, deed.after(json!({ "reason": typed }))).await?;
    tx.commit().await?;
    let to = format!("/v/{}/overview", visit.venue_id);
    Ok(flash::see(&to, Tone::Wait, &say!(lang, "visit-changes-allowed")))
}

/// `POST /support/venues/{venue}/visits/{visit}/end`: one's own; whoever runs the panel ends anybody's.
pub async fn end(
    supporter: Supporter,
    path: Path<(Uuid, Uuid)>,
    settings: Data<Settings>,
    _: Fields,
) -> Reply {
    let at = &supporter.0;
    let (venue, id) = path.into_inner();
    let mut tx = at.db.of(venue).begin().await?;
    let visit = visit::get(&mut tx, venue, id).await?;
    let mine = visit.supporter == at.person.id;
    if !mine && !supporter.is_platform() {
        return Err(Error::NotFound("visit"));
    }
    if visit::end(&mut tx, &visit, Some(at.person.id), at.now).await? {
        let by = if mine {
            deed(&visit, "visit.ended")
        } else {
            Entry::of(at.actor(), venue, "visit.ended").object(id)
        };
        audit::note(&mut tx, by.ip(&at.visitor.ip)).await?;
    }
    if !mine {
        tx.commit().await?;
        return Ok(flash::see("/support", Tone::Good, &say!(at.person.lang(), "visit-over")));
    }
    let sid = session::renew(&mut tx, at.session.id).await?;
    tx.commit().await?;
    let answer = flash::see("/support", Tone::Good, &say!(at.person.lang(), "visit-over"));
    way::let_in(&settings, sid, way::forgotten(answer))
}
