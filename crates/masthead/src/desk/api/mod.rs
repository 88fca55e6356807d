//! What the desk's program asks: JSON below `/desk/api/`. The document of it (OpenAPI) is made of the handlers, and
//! the program's types are made of the document: `docs/api/desk.json`.

mod acts;
mod article;
mod articles;
mod authors;
mod checks;
mod events;
mod find;
mod history;
mod imports;
mod keys;
mod leads;
mod list;
mod me;
mod papers;
#[cfg(feature = "passkeys")]
pub mod passkeys;
mod people;
mod pictures;
mod sections;
mod settings;
pub mod shape;
mod staff;
mod tags;

use std::sync::Arc;

use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::App;

/// Whether this program was built with passkeys.
pub const PASSKEYS: bool = cfg!(feature = "passkeys");

#[derive(OpenApi)]
#[openapi(info(
    title = "Masthead’s desk",
    description = "What the desk’s program asks of the server. Requests carry the session’s cookie; those that change \
                   something carry the header `x-masthead: desk` and come from the magazine’s own pages."
))]
struct Document;

/// Every handler, at its path.
pub fn router() -> OpenApiRouter<Arc<App>> {
    let router = OpenApiRouter::with_openapi(Document::openapi())
        .routes(routes!(me::show, me::rename))
        .routes(routes!(me::set_password))
        .routes(routes!(me::sessions, me::end_others))
        .routes(routes!(me::end_session))
        .routes(routes!(me::propose_totp, me::turn_totp_on, me::turn_totp_off))
        .routes(routes!(articles::list, articles::create))
        .routes(routes!(article::read, article::write, article::delete))
        .routes(routes!(article::save))
        .routes(routes!(article::hand_on))
        .routes(routes!(article::publish))
        .routes(routes!(article::schedule))
        .routes(routes!(article::withdraw))
        .routes(routes!(article::undo))
        .routes(routes!(article::discard))
        .routes(routes!(checks::check))
        .routes(routes!(checks::ignore, checks::heed))
        .routes(routes!(checks::decide))
        .routes(routes!(history::revisions))
        .routes(routes!(history::revision))
        .routes(routes!(history::restore))
        .routes(routes!(history::diff))
        .merge(OpenApiRouter::new().routes(routes!(pictures::list, pictures::upload)).layer(pictures::largest()))
        .routes(routes!(pictures::read, pictures::describe))
        .routes(routes!(pictures::licences))
        .routes(routes!(people::list))
        .routes(routes!(people::read, people::change))
        .routes(routes!(people::merge))
        .routes(routes!(sections::list, sections::add, sections::change))
        .routes(routes!(sections::move_to))
        .routes(routes!(tags::list, tags::add))
        .routes(routes!(tags::change, tags::delete))
        .routes(routes!(tags::merge))
        .routes(routes!(authors::list, authors::add))
        .routes(routes!(authors::change))
        .routes(routes!(settings::list))
        .routes(routes!(settings::change))
        .routes(routes!(staff::list, staff::invite))
        .routes(routes!(staff::change))
        .routes(routes!(staff::link))
        .routes(routes!(keys::list, keys::add))
        .routes(routes!(keys::end))
        .routes(routes!(acts::list))
        .routes(routes!(imports::list))
        .routes(routes!(leads::misses, leads::forget))
        .routes(routes!(leads::list, leads::put, leads::remove))
        .routes(routes!(find::find))
        .routes(routes!(events::listen))
        .routes(routes!(events::here));
    #[cfg(feature = "passkeys")]
    let router = router
        .routes(routes!(passkeys::list, passkeys::add))
        .routes(routes!(passkeys::begin))
        .routes(routes!(passkeys::remove))
        .routes(routes!(passkeys::begin_sign_in))
        .routes(routes!(passkeys::sign_in));
    router
}

/// The article as the desk has it now, for a preview.
pub async fn document_opened(
    app: &App,
    signed: &super::session::Signed,
    id: &str,
) -> Result<news::Article, super::refusal::Refusal> {
    Ok(article::opened(app, signed, id).await?.0.now)
}

/// The document of the API. What an answer holds is always there, so every property of an answer is required.
pub fn document() -> String {
    let mut document = router().get_openapi().clone();
    if let Some(components) = &mut document.components {
        for (shape, schema) in &mut components.schemas {
            use utoipa::openapi::{RefOr, Schema};
            if let RefOr::T(Schema::Object(object)) = schema {
                let optional: &[&str] = match shape.as_str() {
                    "Refusal" => &["field", "current", "findings"],
                    "Picture" => &["used_in"],
                    _ => &[],
                };
                object.required =
                    object.properties.keys().filter(|name| !optional.contains(&name.as_str())).cloned().collect();
            }
        }
    }
    let mut text = document.to_pretty_json().unwrap_or_default();
    text.push('\n');
    text
}
