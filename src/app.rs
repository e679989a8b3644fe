//! Parts → a running panel. `main` and the tests call the same functions.
use std::net::TcpListener;
use std::time::Duration;

use actix_web::dev::Server;
use actix_web::middleware::from_fn;
use actix_web::{App, HttpResponse, HttpServer, web};
use tokio::sync::watch;

use crate::db::conn::Db;
use crate::error::{Error, Result};
use crate::integrations::iiko_cloud::client::Gate;
use crate::secret::Seal;
use crate::venues::visit_log;
use crate::web::door;
use crate::web::pack;
use crate::web::reply::Reply;
use crate::web::settings::Settings;
use crate::webhooks::receive::Receiver;
use crate::{one, routes, worker};

/// To the database, at most. As many pages as this read at once; who comes after them waits for a connection, and waiting costs
/// more than reading.
pub const CONNECTIONS: u32 = 16;

/// What a panel is made of.
#[derive(Clone)]
pub struct Parts {
    pub db: Db,
    pub seal: Seal,
    pub web: Settings,
    /// The way to iiko Cloud.
    pub gate: Gate,
}

/// The panel and its worker until the process is told to end: then no new jobs, requests under way are finished (10 s),
/// jobs are put back, the database is closed.
pub async fn run(parts: Parts, listener: TcpListener) -> Result<()> {
    let (quit, told) = watch::channel(false);
    let looks = tokio::spawn(worker::looks(parts.clone(), told.clone()));
    let payments = tokio::spawn(worker::payments(parts.clone(), told.clone()));
    let events = tokio::spawn(worker::events(parts.clone(), told.clone()));
    let heads = tokio::spawn(worker::heads(parts.clone(), told.clone()));
    let night = tokio::spawn(worker::run(parts.clone(), worker::LANES, told));
    let workers = std::thread::available_parallelism().map_or(2, |n| n.get().min(8));
    let server = serve(parts.clone(), listener, workers)?;
    let handle = server.handle();
    let serving = tokio::spawn(server);
    until_told().await;
    tracing::info!("stopping");
    let _ = quit.send(true);
    handle.stop(true).await;
    let _ = serving.await;
    let _ = night.await;
    let _ = tokio::join!(looks, payments, events, heads);
    parts.db.close().await;
    Ok(())
}

/// SIGTERM or Ctrl-C; a second one ends the process at once.
async fn until_told() {
    told().await;
    tokio::spawn(async {
        told().await;
        std::process::exit(130);
    });
}

async fn told() {
    #[cfg(unix)]
    if let Ok(mut term) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        tokio::select! {
            _ = term.recv() => {}
            _ = tokio::signal::ctrl_c() => {}
        }
        return;
    }
    let _ = tokio::signal::ctrl_c().await;
}

/// The panel, listening; runs when awaited, stops by its handle. Its pages begin with no venue's rows: a guard gives them
/// theirs.
pub fn serve(parts: Parts, listener: TcpListener, workers: usize) -> Result<Server> {
    let receiver = Receiver::open(parts.db.clone());
    let server = HttpServer::new(move || {
        App::new()
            .app_data(web::Data::new(receiver.clone()))
            .app_data(web::Data::new(parts.db.nowhere()))
            .app_data(web::Data::new(parts.seal.clone()))
            .app_data(web::Data::new(parts.web.clone()))
            .app_data(web::Data::new(parts.gate.clone()))
            .wrap(from_fn(visit_log::write))
            .wrap(from_fn(door::pass))
            .wrap(from_fn(pack::pass))
            .configure(routes::panel)
    })
    .workers(workers)
    // the last piece of a page would wait 40 ms for the browser's word on the piece before
    .tcp_nodelay(true)
    .client_request_timeout(Duration::from_secs(5))
    .shutdown_timeout(10)
    .disable_signals()
    .listen(listener)
    .map_err(|cause| Error::Internal(Box::new(cause)))?;
    Ok(server.run())
}

/// `GET /healthz`: 200 when the database answers.
pub async fn health(db: web::Data<Db>) -> Reply {
    let (_,) = one!(&mut db.read().await?, (i64,), "SELECT CAST(1 AS BIGINT)")?;
    Ok(HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("ok\n"))
}
