//! The receiver: who, keep, 200. Letters that arrive while a commit is under way share the next one, so that the disk is
//! waited for once and not once for each.
use std::sync::Arc;
use std::time::Duration;

use actix_web::http::header::AUTHORIZATION;
use actix_web::web::{Bytes, Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse};
use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;
use uuid::Uuid;

use crate::clock;
use crate::db::conn::Db;
use crate::error::Result;
use crate::webhooks::door::Door;
use crate::webhooks::inbox;

/// Longest body, bytes.
const LONGEST: usize = 1 << 20;
/// Letters of one commit.
const AT_ONCE: usize = 256;
/// How long a commit waits for those that shared the last one.
const LINGERS: Duration = Duration::from_millis(1);
/// Letters that may wait for a commit; beyond it iiko is told to come again.
const WAITING: usize = 1_024;

struct Letter {
    venue: Uuid,
    body: Bytes,
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
            let (mut pile, mut before) = (Vec::new(), 0);
            while box_.recv_many(&mut pile, AT_ONCE).await > 0 {
                // those that were answered together come again together: a commit for the first of them alone would keep
                // the others waiting
                let _ = timeout(LINGERS, async {
                    while pile.len() < before && box_.recv_many(&mut pile, AT_ONCE).await > 0 {}
                })
                .await;
                before = pile.len();
                let letters: Vec<_> = pile.iter().map(|letter| (letter.venue, letter.body.clone())).collect();
                let kept = keep(&db, &letters).await;
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

    /// Whether the letter is kept, for good.
    async fn take(&self, venue: Uuid, body: Bytes) -> bool {
        let (kept, told) = oneshot::channel();
        self.letters.try_send(Letter { venue, body, kept }).is_ok() && told.await.unwrap_or(false)
    }
}

async fn keep(db: &Db, letters: &[(Uuid, Bytes)]) -> Result<()> {
    // letters of many venues share a commit
    let mut tx = db.system().begin().await?;
    inbox::post(&mut tx, letters, clock::now()).await?;
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
    if receiver.take(venue, body).await {
        HttpResponse::Ok().content_type("application/json").body("{}")
    } else {
        HttpResponse::ServiceUnavailable().finish()
    }
}
