//! What a served till does by itself: commands fall due, the cloud looks at changed orders. It ends with the till.
use std::time::Duration;

use actix_web::rt::time::sleep;

use super::serve::Sandbox;

/// Real time between two looks at the clock.
const TICK: Duration = Duration::from_millis(20);

/// Starts it on the present runtime.
pub fn start(sandbox: &Sandbox) {
    let till = sandbox.shadow();
    actix_web::rt::spawn(async move {
        while let Some(till) = till.now() {
            till.world().settle();
            drop(till);
            sleep(TICK).await;
        }
    });
}
