//! What a person is in the venue they ask for: a member, or support on a visit. The guard asks.
use actix_web::{HttpMessage, HttpRequest};
use uuid::Uuid;

use crate::accounts::guard::SignedIn;
use crate::accounts::user::User;
use crate::clock::{self, Timestamp};
use crate::db::conn::Db;
use crate::error::{Error, Result};
use crate::venues::member::{Membership, Role};
use crate::venues::venue::{self, Venue};
use crate::venues::visit::{self, Visit};
use crate::web::shell::VisitBand;
use crate::web::visitor::Visitor;
use crate::web::when::When;

/// Put into a request of a support visit, for its log.
#[derive(Clone)]
pub struct Seen {
    pub visit: Visit,
    pub db: Db,
    pub ip: String,
    /// A page asked by itself.
    pub polls: bool,
    /// For a part that htmx asks for: the page around it gets the band anew.
    pub band: Option<VisitBand>,
}

/// What a person is here: a member, or support on a visit.
pub struct Here {
    pub venue: Venue,
    pub role: Role,
    pub second_factor_required: bool,
    pub visits_seen_at: Option<Timestamp>,
    pub visit: Option<Visit>,
}

impl Here {
    pub fn member(member: Membership) -> Here {
        let role = member.role();
        let Membership { venue, second_factor_required, visits_seen_at, .. } = member;
        Here { venue, role, second_factor_required, visits_seen_at, visit: None }
    }

    /// Support, by the visit this session is on. Who was put out is told so; to anybody else there is no such venue.
    pub async fn visited(req: &HttpRequest, by: &SignedIn, id: Uuid) -> Result<Here> {
        if by.person.staff.is_none() {
            return Err(Error::NotFound("venue"));
        }
        let db = by.db.of(id);
        let mut c = db.read().await?;
        let open = visit::of_session(&mut c, id, by.session.id).await?;
        let Some(visit) = open.filter(|visit| visit.over_at(by.now).is_none()) else {
            let was_here = visit::was_here(&mut c, id, by.session.id, by.now).await?;
            return Err(if was_here { Error::Conflict("visit-ended") } else { Error::NotFound("venue") });
        };
        let venue = venue::get(&mut c, id).await?;
        drop(c);
        let band = band(&visit, &venue, &by.person, &by.visitor);
        // a page that says no has it as well
        req.extensions_mut().insert(band.clone());
        let band = by.visitor.wants_part.then_some(VisitBand { is_beside: true, ..band });
        let (visitor, visit_seen) = (&by.visitor, visit.clone());
        let seen = Seen { visit: visit_seen, db, ip: visitor.ip.clone(), polls: visitor.polls, band };
        req.extensions_mut().insert(seen);
        // what every page shows a viewer; what more a visit may is asked of the table
        let role = Role::Viewer;
        Ok(Here { venue, role, second_factor_required: false, visits_seen_at: None, visit: Some(visit) })
    }
}

pub fn band(visit: &Visit, venue: &Venue, supporter: &User, visitor: &Visitor) -> VisitBand {
    let lang = supporter.lang();
    let now = clock::now();
    VisitBand {
        lang,
        token: visitor.token.clone(),
        who: supporter.name.clone(),
        venue: venue.name.clone(),
        why: visit.reason.clone(),
        minutes: visit.minutes_left(now),
        until: When::of(visit.ends_at, now, venue.zone(), lang).exact,
        may_change: visit.may_change(),
        path: format!("/support/venues/{}/visits/{}", venue.id, visit.id),
        is_beside: false,
    }
}
