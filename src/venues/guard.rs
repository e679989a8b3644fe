//! The only way to a venue from a request: `At<Right>`. A foreign venue is 404, so that ids tell nothing; one's own
//! without the right is 403.
use std::marker::PhantomData;

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use futures_util::future::LocalBoxFuture;
use uuid::Uuid;

use crate::accounts::actor::Actor;
use crate::accounts::audit::Entry;
use crate::accounts::guard::{Caller, SignedIn};
use crate::accounts::user::User;
use crate::clock::Timestamp;
use crate::db::conn::Db;
use crate::error::{Error, Result};
use crate::lang::Lang;
use crate::say;
use crate::venues::chip;
use crate::venues::here::{self, Here};
use crate::venues::member::{self, Membership, Role};
use crate::venues::permission::{Permission, Right, Visit as InVisit};
use crate::venues::venue::Venue;
use crate::venues::visit::Visit;
use crate::web::shell::{NavItem, PersonHead, Shell, Told, VenueHead};
use crate::web::visitor::Visitor;
use crate::web::when::When;

/// A person in a venue with the right the page asks for.
pub struct At<R: Right> {
    /// As this venue sees it.
    pub db: Db,
    pub person: User,
    pub role: Role,
    pub has_second_factor: bool,
    /// The venue lets in nobody without one.
    pub second_factor_required: bool,
    pub venue: Venue,
    pub now: Timestamp,
    pub visitor: Visitor,
    /// Support's visit; none: a member of the venue.
    pub visit: Option<Visit>,
    visits_seen_at: Option<Timestamp>,
    others: Vec<Membership>,
    right: PhantomData<R>,
}

/// How many venues the switcher holds; the others are on their page.
const IN_SWITCHER: i64 = 50;

/// A room of the side menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    Overview,
    Orders,
    Outbox,
    Menu,
    Seating,
    Staff,
    Payments,
    Contracts,
    Readiness,
    Sync,
    Settings,
}

impl<R: Right> At<R> {
    pub fn actor(&self) -> Actor {
        self.visit.as_ref().map_or(Actor::person(self.person.id), Visit::actor)
    }

    pub fn lang(&self) -> Lang {
        self.person.lang()
    }

    /// Whether who is here may also do this: what a page shows whole, and which buttons it has. The server asks again on
    /// each press.
    pub fn may(&self, permission: Permission) -> bool {
        match &self.visit {
            None => permission.is_of(self.role),
            Some(visit) => match permission.row().visit {
                InVisit::Never => false,
                InVisit::Change => visit.may_change(),
                InVisit::Look => true,
            },
        }
    }

    /// Whether something is told of visits that this owner has not marked as seen.
    pub fn is_told_of_visits(&self) -> bool {
        let unseen = |at| self.visits_seen_at.is_none_or(|seen| seen < at);
        self.role == Role::Owner && self.visit.is_none() && self.venue.visited_at.is_some_and(unseen)
    }

    fn told(&self) -> Option<Told> {
        let lang = self.lang();
        let visited = self.venue.visited_at.filter(|_| self.is_told_of_visits())?;
        let said = match self.venue.visit_until.is_some_and(|until| self.now < until) {
            true => say!(lang, "visit-told-now"),
            false => say!(lang, "visit-told-was", when = self.when(visited).said),
        };
        Some(Told { said, href: self.venue.path("/support-access") })
    }

    fn person_head(&self) -> PersonHead {
        let role = match &self.visit {
            None => self.role.said(self.lang()),
            Some(_) => say!(self.lang(), "visit-role"),
        };
        PersonHead { name: self.person.name.clone(), role, is_staff: self.person.staff.is_some() }
    }

    /// A deed here, by this person, for the audit.
    pub fn deed(&self, deed: &'static str) -> Entry {
        Entry::of(self.actor(), self.venue.id, deed).ip(&self.visitor.ip)
    }

    pub fn when(&self, at: Timestamp) -> When {
        When::of(at, self.now, self.venue.zone(), self.lang())
    }

    /// The layout of a page of this venue; `here` is lit in the side menu.
    pub fn shell(&self, here: Room) -> Shell {
        let lang = self.lang();
        let venue = VenueHead {
            name: self.venue.name.clone(),
            address: self.venue.address.clone(),
            home: self.venue.path(""),
            nav: self.nav(here),
            chip: chip::of(&self.venue, self.now, lang),
            others: self.others.iter().map(|o| (o.venue.name.clone(), o.venue.path(""))).collect(),
        };
        Shell {
            lang,
            theme: self.person.theme.clone(),
            venue: Some(venue),
            person: Some(self.person_head()),
            visit: self
                .visit
                .as_ref()
                .map(|visit| here::band(visit, &self.venue, &self.person, &self.visitor)),
            told: self.told(),
            ..self.visitor.shell()
        }
        .under(self.venue.name.clone(), self.venue.path(""))
    }

    fn nav(&self, here: Room) -> Vec<NavItem> {
        let lang = self.lang();
        let held = i64::from(self.venue.sync_state.as_deref() == Some("held"));
        let item = |room: Room, label: String, under: &str, icon, waiting| NavItem {
            label,
            href: self.venue.path(under),
            icon,
            here: room == here,
            waiting,
            waiting_said: say!(lang, "nav-waiting"),
        };
        vec![
            item(Room::Overview, say!(lang, "nav-overview"), "/overview", "home", 0),
            item(Room::Orders, say!(lang, "nav-orders"), "/orders", "receipt", 0),
            item(Room::Outbox, say!(lang, "nav-outbox"), "/outbox", "send", self.venue.payments_person),
            item(Room::Menu, say!(lang, "nav-menu"), "/menu", "book", 0),
            item(Room::Seating, say!(lang, "nav-seating"), "/seating", "table", 0),
            item(Room::Staff, say!(lang, "nav-staff"), "/staff", "people", 0),
            item(Room::Payments, say!(lang, "nav-payments"), "/payment-methods", "card", 0),
            item(Room::Contracts, say!(lang, "nav-contracts"), "/contracts", "contract", 0),
            item(Room::Readiness, say!(lang, "nav-readiness"), "/readiness", "tick", 0),
            item(Room::Sync, say!(lang, "nav-sync"), "/sync", "sync", held),
            item(Room::Settings, say!(lang, "nav-settings"), "/settings", "settings", 0),
        ]
    }
}

impl<R: Right> FromRequest for At<R> {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<At<R>>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let caller = Caller::of(req);
        let id = req.match_info().get("venue").and_then(|text| text.parse::<Uuid>().ok());
        let req = req.clone();
        Box::pin(async move {
            let caller = caller?;
            // an address that is no venue's is so only to somebody who is signed in
            let asked = (id.unwrap_or_default(), IN_SWITCHER);
            let (signed_in, mut others) =
                match member::of_session(&caller.db, &caller.token, asked, caller.now).await? {
                    Some((behind, memberships)) => (caller.is(behind).await?, memberships),
                    None => (caller.found().await?, Vec::new()),
                };
            let id = id.ok_or(Error::NotFound("venue"))?;
            let member = others.first().is_some_and(|first| first.venue.id == id).then(|| others.remove(0));
            let here = match member {
                Some(member) if member.second_factor_required && !signed_in.has_second_factor => {
                    return Err(Error::SecondFactorFirst);
                }
                Some(member) => Here::member(member),
                None => Here::visited(&req, &signed_in, id).await?,
            };
            let proof = if R::PERMISSION.row().step_up { signed_in.ask_proof(&req) } else { Ok(()) };
            let at = At::<R>::made(signed_in, here, others);
            at.admit(&req)?;
            proof.map(|()| at)
        })
    }
}

impl<R: Right> At<R> {
    fn made(by: SignedIn, here: Here, others: Vec<Membership>) -> At<R> {
        let SignedIn { db, person, has_second_factor, now, visitor, .. } = by;
        let Here { venue, role, second_factor_required, visits_seen_at, visit } = here;
        At {
            db: db.of(venue.id),
            person,
            role,
            has_second_factor,
            second_factor_required,
            venue,
            now,
            visitor,
            visit,
            visits_seen_at,
            others,
            right: PhantomData,
        }
    }

    /// The one place where the table is asked: by the permission of the handler, the method and, in a visit, its mode.
    fn admit(&self, req: &HttpRequest) -> Result<()> {
        let looks = req.method().is_safe();
        match (&self.visit, self.may(R::PERMISSION)) {
            (None, true) => Ok(()),
            (None, false) => Err(Error::Forbidden),
            (Some(_), false) if R::PERMISSION.row().visit == InVisit::Never => {
                Err(Error::NotInVisit("visit-closed"))
            }
            (Some(visit), true) if looks || visit.may_change() => Ok(()),
            (Some(_), _) => Err(Error::NotInVisit("visit-look-only")),
        }
    }
}
