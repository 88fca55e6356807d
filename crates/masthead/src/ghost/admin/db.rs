//! `/ghost/api/admin/db/`: the whole magazine out, and an export in. For owners, never for programs.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Multipart, State};
use axum::response::Response;
use http::Request;
use http::request::Parts;
use http::{HeaderValue, StatusCode, header};
use import::ghost::Package;
use serde_json::json;
use tower::ServiceExt;
use tower_http::services::ServeFile;

use super::answer;
use super::caller::{Caller, Owners};
use super::uploads::{Sent, form};
use crate::App;
use crate::actions::move_out::move_out;
use crate::actions::moving::{Unwatched, import_ghost};
use crate::ghost::error::ApiError;

/// Whoever may; programs are told what they may not.
pub struct Exporters(pub Caller);

impl axum::extract::FromRequestParts<Arc<App>> for Exporters {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Exporters, ApiError> {
        let what = if parts.method == http::Method::GET { "exportContent db" } else { "importContent db" };
        match Owners::from_request_parts(parts, app).await {
            Ok(Owners(caller)) => Ok(Exporters(caller)),
            Err(why) if why.is_for_programs() => Err(ApiError::not_permitted(what)),
            Err(why) => Err(why),
        }
    }
}

/// Everything that Ghost has a word for.
pub async fn export(_: Exporters, State(app): State<Arc<App>>) -> Result<Response, ApiError> {
    // Through a file: an archive of any size needs no memory of its size.
    let file = Temporary::of(&app)?;
    let out = std::io::BufWriter::new(std::fs::File::create(&file.0).map_err(crate::Error::Io)?);
    let written = move_out(&app, out, |_| {}).await;
    let served = match written {
        Ok(_) => ServeFile::new(&file.0).oneshot(Request::new(Body::empty())).await.map_err(std::io::Error::other),
        Err(why) => Err(std::io::Error::other(why.to_string())),
    };
    drop(file); // open as long as it is being sent
    let mut response = served.map_err(crate::Error::Io)?.map(Body::new);
    super::headers(response.headers_mut());
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json; charset=utf-8"));
    let name = app.now().strftime("attachment; filename=\"magazine.ghost.%Y-%m-%d-%H-%M-%S.json\"").to_string();
    if let Ok(disposition) = HeaderValue::try_from(name) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, disposition);
    }
    Ok(response)
}

/// Takes an export in: it is read and checked first, then moves in beside whatever else goes on.
pub async fn import(
    Exporters(caller): Exporters,
    State(app): State<Arc<App>>,
    sent: Multipart,
) -> Result<Response, ApiError> {
    let none = || ApiError::unprocessable("Please select a file to import.");
    let Sent { name, bytes } = form(sent).await?.file.ok_or_else(none)?;
    let file = Temporary::of(&app)?;
    std::fs::write(&file.0, &bytes).map_err(crate::Error::Io)?;
    drop(bytes);
    let opened = {
        let path = file.0.clone();
        tokio::task::spawn_blocking(move || Package::open(&path)).await
    };
    let package = opened.map_err(|why| crate::Error::Io(std::io::Error::other(why)))?;
    let wrong = |why: import::ghost::NoPackage| {
        ApiError::unprocessable("Please install a valid Ghost export.").because(why.to_string())
    };
    let package = package.map_err(wrong)?;
    let name: String = name.chars().filter(|letter| !letter.is_control()).take(100).collect();
    tokio::spawn(async move {
        match import_ghost(&app, package, &name, caller.by().actor, false, &Unwatched).await {
            Ok(report) => {
                let (account, left) = (&report.account, report.account.skipped.len());
                tracing::info!(
                    "{name} moved in: {} articles, {} pages, {left} left out",
                    account.articles,
                    account.pages
                );
                for (what, why) in account.skipped.iter().take(100) {
                    tracing::warn!("left out of {name}: {what}: {why}");
                }
            }
            Err(why) => tracing::error!("{name} did not move in: {why:#}"),
        }
        drop(file);
    });
    Ok(answer(StatusCode::OK, json!({ "db": [], "problems": [] })))
}

/// A file in the data folder that nothing reads, gone with this value: also when a client hangs up.
struct Temporary(std::path::PathBuf);

impl Temporary {
    fn of(app: &App) -> Result<Temporary, ApiError> {
        std::fs::create_dir_all(&app.data).map_err(crate::Error::Io)?;
        Ok(Temporary(app.data.join(format!(".export.{}", crate::app::random_hex::<8>()))))
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}
