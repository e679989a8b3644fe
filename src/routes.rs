//! Every URL of the panel, by room.
use actix_web::web::{self, ServiceConfig, get, post};

use crate::accounts::pages::{door, profile};
use crate::error::Error;
use crate::integrations::pages::{iiko, journal, steps};
use crate::sync::pages::{acts, list as sync_list, show as sync_run};
use crate::venues::pages::{acceptance, invite, links, list, settings, users};
use crate::web::assets;
use crate::web::reply::Reply;

/// The whole map.
pub fn panel(cfg: &mut ServiceConfig) {
    cfg.route("/healthz", get().to(crate::app::health))
        .route("/static/{fingerprint}/{name}", get().to(assets::serve))
        .configure(accounts)
        .configure(venues)
        .configure(integrations)
        .configure(menu)
        .configure(sync)
        .default_service(web::route().to(nowhere));
}

fn accounts(cfg: &mut ServiceConfig) {
    cfg.route("/", get().to(door::home))
        .route("/login", get().to(door::ask))
        .route("/login", post().to(door::sign_in))
        .route("/logout", post().to(door::sign_out))
        .route("/language", post().to(door::speak))
        .route("/profile", get().to(profile::show))
        .route("/profile", post().to(profile::change))
        .route("/profile/password", post().to(profile::change_password))
        .route("/profile/sessions/{id}/end", post().to(profile::end_session));
}

fn venues(cfg: &mut ServiceConfig) {
    const USERS: &str = "/v/{venue}/users";
    cfg.route("/venues", get().to(list::show))
        .route("/v/{venue}", get().to(list::enter))
        .route("/v/{venue}/settings", get().to(settings::show))
        .route("/v/{venue}/settings", post().to(settings::change))
        .route("/v/{venue}/settings/integrations", get().to(settings::integrations))
        .route(USERS, get().to(users::show))
        .route(&format!("{USERS}/invitations"), post().to(links::invite))
        .route(&format!("{USERS}/invitations/{{id}}/withdrawal"), post().to(links::withdraw))
        .route(&format!("{USERS}/{{user}}/role"), post().to(users::set_role))
        .route(&format!("{USERS}/{{user}}/removal"), get().to(users::ask_removal))
        .route(&format!("{USERS}/{{user}}/removal"), post().to(users::remove))
        .route(&format!("{USERS}/{{user}}/password-link"), post().to(links::renew))
        .route("/invite/{token}", get().to(invite::ask))
        .route("/invite/{token}", post().to(acceptance::accept));
}

fn integrations(cfg: &mut ServiceConfig) {
    const IIKO: &str = "/v/{venue}/settings/integrations/iiko";
    cfg.route(IIKO, get().to(iiko::show))
        .route(&format!("{IIKO}/key"), post().to(steps::set_key))
        .route(&format!("{IIKO}/organization"), post().to(steps::set_organization))
        .route(&format!("{IIKO}/terminal"), post().to(steps::set_terminal))
        .route(&format!("{IIKO}/awakening"), post().to(steps::awaken))
        .route(&format!("{IIKO}/disconnection"), get().to(steps::ask_disconnection))
        .route(&format!("{IIKO}/disconnection"), post().to(steps::disconnect))
        .route(&format!("{IIKO}/journal"), get().to(journal::show));
}

fn menu(_cfg: &mut ServiceConfig) {}

fn sync(cfg: &mut ServiceConfig) {
    cfg.route("/v/{venue}/sync", get().to(sync_list::show))
        .route("/v/{venue}/sync", post().to(acts::start))
        .route("/v/{venue}/sync/{run}", get().to(sync_run::show))
        .route("/v/{venue}/sync/{run}/cancellation", post().to(acts::cancel))
        .route("/v/{venue}/sync/{run}/approval", post().to(acts::approve))
        .route("/v/{venue}/sync/{run}/discard", post().to(acts::discard));
}

async fn nowhere() -> Reply {
    Err(Error::NotFound("page"))
}
