//! The receiver: who, keep, 200. Letters that arrive while a commit is under way share the next one, so that the disk is
//! waited for once and not once for each.
use std::sync::Arc;

use actix_web::http::header::AUTHORIZATION;
use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse};
use tokio::sync::{mpsc, oneshot};
use uuid::Uuid;

use crate::clock;
use crate::db::conn::Db;
use crate::error::Result;
use crate::webhooks::door::Door;
use crate::webhooks::inbox;
use crate::webhooks::letter::{self, Event};

/// Longest body, bytes.
const LONGEST: usize = 1 << 20;
/// Letters of one commit.
const AT_ONCE: usize = 256;
/// Letters that may wait for a commit; beyond it iiko is told to come again.
const WAITING: usize = 1_024;

struct Letter {
    events: Vec<(Uuid, Event)>,
    kept: oneshot::Sender<bool>,
}

/// One for the process: the door's memory and the way to the inbox.
#[derive(Clone)]
pub struct Receiver {
    door: Arc<Door>,
    letters: mpsc::Sender<Letter>,
}

impl Receiver {
    /// Begins to keep letters; ends when nobody can bring any.
    pub fn open(db: Db) -> Receiver {
        let (letters, mut box_) = mpsc::channel::<Letter>(WAITING);
        tokio::spawn(async move {
            let mut pile = Vec::new();
            while box_.recv_many(&mut pile, AT_ONCE).await > 0 {
                let events: Vec<_> =
                    pile.iter_mut().flat_map(|letter| std::mem::take(&mut letter.events)).collect();
                let kept = keep(&db, &events).await;
                if let Err(cause) = &kept {
                    tracing::warn!(%cause, "events could not be kept");
                }
                for letter in pile.drain(..) {
                    let _ = letter.kept.send(kept.is_ok());
                }
            }
        });
        Receiver { door: Arc::default(), letters }
    }

    /// A venue's address or secret changed.
    pub fn forget(&self, public_id: Uuid) {
        self.door.forget(public_id);
    }

    /// Whether the events are kept, for good.
    async fn take(&self, venue: Uuid, events: Vec<Event>) -> bool {
        if events.is_empty() {
            return true;
        }
        let (kept, told) = oneshot::channel();
        let events = events.into_iter().map(|event| (venue, event)).collect();
        self.letters.try_send(Letter { events, kept }).is_ok() && told.await.unwrap_or(false)
    }
}

async fn keep(db: &Db, events: &[(Uuid, Event)]) -> Result<()> {
    let mut tx = db.begin().await?;
    inbox::keep(&mut tx, events, clock::now()).await?;
    tx.commit().await
}

/// `POST /webhooks/iiko/{hook}`: an array of events, the secret in `Authorization`, bare or as `Bearer`. 200: it is kept.
/// 401 whatever does not fit, 413 over 1 MiB, 503 when it could not be kept and should come again.
pub async fn events(
    req: HttpRequest,
    path: Path<String>,
    body: Payload,
    db: Data<Db>,
    receiver: Data<Receiver>,
) -> HttpResponse {
    let said = req.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    // no address at all is answered as a wrong one is
    let public_id = path.parse().unwrap_or(Uuid::nil());
    let venue = match receiver.door.opens(&db, public_id, said, clock::now()).await {
        Ok(Some(venue)) => venue,
        Ok(None) => return HttpResponse::Unauthorized().finish(),
        Err(cause) => {
            tracing::warn!(%cause, "the door of events could not look up an address");
            return HttpResponse::ServiceUnavailable().finish();
        }
    };
    let Ok(Ok(body)) = body.to_bytes_limited(LONGEST).await else {
        return HttpResponse::PayloadTooLarge().finish();
    };
    if receiver.take(venue, letter::opened(&body)).await {
        HttpResponse::Ok().content_type("application/json").body("{}")
    } else {
        HttpResponse::ServiceUnavailable().finish()
    }
}
