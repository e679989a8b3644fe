//! Counts the queries of one request, for `Server-Timing`.
use std::cell::Cell;
use std::future::Future;

tokio::task_local! {
    static QUERIES: Cell<u32>;
}

/// Called by the query macros; costs nothing outside a counted request.
pub fn tick() {
    let _ = QUERIES.try_with(|n| n.set(n.get() + 1));
}

/// How many queries the current request has made so far.
pub fn queries() -> u32 {
    QUERIES.try_with(Cell::get).unwrap_or(0)
}

/// Runs `work` with a counter of its own.
pub async fn counted<F: Future>(work: F) -> F::Output {
    QUERIES.scope(Cell::new(0), work).await
}
