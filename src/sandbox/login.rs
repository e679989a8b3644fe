//! `/api/1/access_token` (a key alone) and `/api/v2/access_token` (application and key).
use serde_json::json;

use super::answer::{Answer, Answered, Ask};
use super::world::World;

/// The first login, deprecated: `{apiLogin}`.
pub fn first(world: &mut World, ask: &Ask) -> Answered {
    let login = ask.text("apiLogin")?;
    let key = world.keys.find(login).filter(|key| key.active);
    let Some(key) = key else {
        return Err(Answer::error(401, &format!("Login {login} is not authorized."), None));
    };
    if !key.v1 {
        let said =
            "This apiLogin is not authorized for /api/1/access_token. Use /api/v2/access_token instead.";
        return Err(Answer::error(401, said, None));
    }
    let token = world.keys.grant(login);
    Ok(Answer::ok(json!({"token": token})))
}

/// The second login: `{apiKey, appId, clientSecret}`.
pub fn second(world: &mut World, ask: &Ask) -> Answered {
    let (app, secret, key) = (ask.text("appId")?, ask.text("clientSecret")?, ask.text("apiKey")?);
    ask.id("appId")?;
    if !world.keys.knows(app, secret) {
        return Err(Answer::error(401, "Application is not authorized: wrong appId or clientSecret.", None));
    }
    if !world.keys.find(key).is_some_and(|key| key.active && key.v2) {
        return Err(Answer::error(401, "ApiKey is not authorized.", None));
    }
    let token = world.keys.grant(key);
    Ok(Answer::ok(json!({"token": token})))
}
