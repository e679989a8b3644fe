//! «Сохранить» and «Сменить секрет»: written to iiko, read back, and only then called done.
use std::collections::BTreeSet;

use actix_web::HttpRequest;
use actix_web::web::Data;
use secrecy::ExposeSecret;
use serde_json::json;
use uuid::Uuid;

use crate::accounts::audit;
use crate::error::{Error, Result};
use crate::integrations::iiko_cloud::client::Gate;
use crate::integrations::iiko_cloud::fault::Fault;
use crate::integrations::iiko_cloud::webhooks::{self as wire, Filter};
use crate::integrations::link::Link;
use crate::say;
use crate::secret::{Seal, random_token};
use crate::venues::guard::At;
use crate::venues::permission::Keys;
use crate::web::fields::Fields;
use crate::web::flash;
use crate::web::form::Problems;
use crate::web::reply::Reply;
use crate::web::settings::Settings as Web;
use crate::web::shell::Tone;
use crate::webhooks::hook::{self, Hook, Offer};
use crate::webhooks::pages::settings::{Reached, Whose, again, line};
use crate::webhooks::receive::Receiver;

/// What the handlers need of the house.
struct Desk<'a> {
    at: &'a At<Keys>,
    reached: Reached<'a>,
    seal: &'a Seal,
    gate: &'a Gate,
    receiver: &'a Receiver,
}

/// `POST …/iiko/webhooks`: ticks as `tick`, `replace` where another's address is to be replaced.
pub async fn save(
    at: At<Keys>,
    req: HttpRequest,
    fields: Fields,
    web: Data<Web>,
    (seal, gate, receiver): (Data<Seal>, Data<Gate>, Data<Receiver>),
) -> Reply {
    let known: BTreeSet<String> = wire::ticks().collect();
    let ticks: BTreeSet<String> =
        fields.every("tick").filter(|tick| known.contains(*tick)).map(str::to_owned).collect();
    let may_replace = fields.text("replace") == "yes";
    let reached = Reached { req: &req, web: &web };
    let desk = Desk { at: &at, reached, seal: &seal, gate: &gate, receiver: &receiver };
    desk.write(Some(ticks), may_replace, false).await
}

/// `POST …/iiko/webhooks/token`: another secret, everything else as it is in iiko.
pub async fn rotate(
    at: At<Keys>,
    req: HttpRequest,
    _fields: Fields,
    web: Data<Web>,
    (seal, gate, receiver): (Data<Seal>, Data<Gate>, Data<Receiver>),
) -> Reply {
    let reached = Reached { req: &req, web: &web };
    let desk = Desk { at: &at, reached, seal: &seal, gate: &gate, receiver: &receiver };
    desk.write(None, false, true).await
}

impl Desk<'_> {
    async fn write(&self, ticks: Option<BTreeSet<String>>, may_replace: bool, rotates: bool) -> Reply {
        let (link, organization) = line(self.at, self.seal, self.gate).await?;
        let hook = hook::of_venue(&mut self.at.db.read().await?, self.at.venue.id).await?;
        let there = match link.till.webhook_settings(organization).await {
            Ok(there) => there,
            Err(fault) => return self.refused(&link, &fault, &ticks.unwrap_or_default()).await,
        };
        let address = hook.as_ref().map(|hook| self.reached.address(hook.public_id));
        let whose = Whose::of(&there, hook.as_ref(), address.as_deref());
        let ticks = ticks.unwrap_or_else(|| there.filter.ticks());
        if matches!(whose, Whose::Anothers(_)) && !may_replace {
            link.keep(&self.at.db).await?;
            let mut problems = Problems::default();
            problems.add("replace", say!(self.at.lang(), "hooks-replace-untold"));
            return again(self.at, self.reached, (self.seal, self.gate), (problems, None, &ticks)).await;
        }
        let token = there.token.as_ref().map(|token| token.expose_secret().to_owned());
        let offer = Offer {
            public_id: hook.as_ref().map_or_else(Uuid::new_v4, |hook| hook.public_id),
            // iiko tells the secret it has: as long as it is ours nothing has to change
            token: token.filter(|_| whose == Whose::Ours && !rotates).unwrap_or_else(random_token),
            boxes: ticks,
        };
        match self.written(&link, organization, (&offer, hook.as_ref()), &there.filter).await? {
            Ok(()) => self.done(&link, &offer, rotates).await,
            Err(fault) => self.refused(&link, &fault, &offer.boxes).await,
        }
    }

    /// The secret is valid here before iiko has it, so that no event is turned away; iiko's refusal makes the one before
    /// the valid one again, and leaves the new one an hour: it may have been taken all the same.
    async fn written(
        &self,
        link: &Link,
        organization: Uuid,
        (offer, before): (&Offer, Option<&Hook>),
        filter: &Filter,
    ) -> Result<Result<(), Fault>> {
        let mut tx = self.at.db.begin().await?;
        hook::keep(&mut tx, self.at.venue.id, offer, (self.at.person.id, self.at.now)).await?;
        tx.commit().await?;
        self.receiver.forget(offer.public_id);
        let address = self.reached.address(offer.public_id);
        let wanted = filter.with(&offer.boxes);
        let outcome = match link.till.set_webhooks(organization, (&address, &offer.token), &wanted).await {
            Ok(()) => self.proven(link, organization, offer).await?,
            fault => fault,
        };
        if outcome.is_err()
            && let Some(before) = before
        {
            let mut tx = self.at.db.begin().await?;
            hook::restore(&mut tx, self.at.venue.id, before, self.at.now).await?;
            tx.commit().await?;
            self.receiver.forget(offer.public_id);
        }
        Ok(outcome)
    }

    /// iiko's word for it is not enough: what it has now must be what was written.
    async fn proven(&self, link: &Link, organization: Uuid, offer: &Offer) -> Result<Result<(), Fault>> {
        let there = match link.till.webhook_settings(organization).await {
            Ok(there) => there,
            Err(fault) => return Ok(Err(fault)),
        };
        let token = there.token.as_ref().map(|token| token.expose_secret());
        let is_so = there.uri == self.reached.address(offer.public_id)
            && token == Some(offer.token.as_str())
            && there.filter.ticks() == offer.boxes;
        if is_so { Ok(Ok(())) } else { Err(Error::Conflict("hooks-not-proven")) }
    }

    async fn done(&self, link: &Link, offer: &Offer, rotates: bool) -> Reply {
        let deed = if rotates { "webhooks.secret_changed" } else { "webhooks.saved" };
        let mut tx = self.at.db.begin().await?;
        link.keep_calls(&mut tx).await?;
        let after = json!({ "address": self.reached.address(offer.public_id), "boxes": offer.boxes });
        audit::note(&mut tx, self.at.deed(deed).after(after)).await?;
        tx.commit().await?;
        let lang = self.at.lang();
        let said = if rotates { say!(lang, "hooks-rotated") } else { say!(lang, "hooks-saved") };
        let back = self.at.venue.path("/settings/integrations/iiko/webhooks");
        Ok(flash::see(&back, Tone::Good, &said))
    }

    async fn refused(&self, link: &Link, fault: &Fault, ticks: &BTreeSet<String>) -> Reply {
        link.keep(&self.at.db).await?;
        let wrong = (Problems::default(), Some(fault), ticks);
        again(self.at, self.reached, (self.seal, self.gate), wrong).await
    }
}
