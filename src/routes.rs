//! Every URL of the panel, by room.
use actix_web::web::{self, ServiceConfig, get, post};

use crate::error::Error;
use crate::integrations::pages::{iiko, journal, steps};
use crate::sync::pages::{acts, list as sync_list, show as sync_run};
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

fn accounts(_cfg: &mut ServiceConfig) {}

fn venues(_cfg: &mut ServiceConfig) {}

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
