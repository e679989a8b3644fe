//! The only way to a venue from a request: `At<Right>`. A foreign venue is 404, so that ids tell nothing; one's own
//! without the right is 403.
use std::marker::PhantomData;

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use futures_util::future::LocalBoxFuture;
use uuid::Uuid;

use crate::accounts::actor::Actor;
use crate::accounts::audit::Entry;
use crate::accounts::guard::SignedIn;
use crate::accounts::user::User;
use crate::clock::Timestamp;
use crate::db::conn::Db;
use crate::error::{Error, Result};
use crate::lang::Lang;
use crate::say;
use crate::venues::chip;
use crate::venues::member::{self, Membership, Role};
use crate::venues::permission::{Permission, Right};
use crate::venues::venue::Venue;
use crate::web::shell::{NavItem, PersonHead, Shell, VenueHead};
use crate::web::visitor::Visitor;
use crate::web::when::When;

/// A person in a venue with the right the page asks for.
pub struct At<R: Right> {
    pub db: Db,
    pub person: User,
    pub role: Role,
    pub has_second_factor: bool,
    /// The venue lets in nobody without one.
    pub second_factor_required: bool,
    pub venue: Venue,
    pub now: Timestamp,
    pub visitor: Visitor,
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
        Actor::person(self.person.id)
    }

    pub fn lang(&self) -> Lang {
        self.person.lang()
    }

    /// Whether who is here may also do this: what a page shows whole, and which buttons it has. The server asks again on
    /// each press.
    pub fn may(&self, permission: Permission) -> bool {
        permission.is_of(self.role)
    }

    /// A deed here, by this person, for the audit.
    pub fn deed(&self, deed: &'static str) -> Entry {
        Entry::of(self.actor(), self.venue.id, deed)
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
            person: Some(PersonHead { name: self.person.name.clone(), role: self.role.said(lang) }),
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

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let signed_in = SignedIn::from_request(req, payload);
        let id = req.match_info().get("venue").and_then(|text| text.parse::<Uuid>().ok());
        let req = req.clone();
        Box::pin(async move {
            let who = signed_in.await?;
            let id = id.ok_or(Error::NotFound("venue"))?;
            let mut others =
                member::of_user(&mut who.db.read().await?, who.person.id, id, IN_SWITCHER).await?;
            if others.first().is_none_or(|first| first.venue.id != id) {
                return Err(Error::NotFound("venue"));
            }
            let here = others.remove(0);
            if here.second_factor_required && !who.has_second_factor {
                return Err(Error::SecondFactorFirst);
            }
            let role = here.role();
            if !R::has(role) {
                return Err(Error::Forbidden);
            }
            if R::PERMISSION.row().step_up {
                who.ask_proof(&req)?;
            }
            let SignedIn { db, person, has_second_factor, now, visitor, .. } = who;
            let Membership { venue, second_factor_required, .. } = here;
            let right = PhantomData;
            Ok(At {
                db,
                person,
                role,
                has_second_factor,
                second_factor_required,
                venue,
                now,
                visitor,
                others,
                right,
            })
        })
    }
}
