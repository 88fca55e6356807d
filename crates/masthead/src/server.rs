//! The HTTP server: kept pages first, before any router or layer; axum for everything else.

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body as RouterBody;
use bytes::Bytes;
use http::header::{CONNECTION, CONTENT_LENGTH, CONTENT_TYPE, HOST, LOCATION};
use http::{HeaderName, HeaderValue, Method, Request, Response, StatusCode};
use http_body_util::{Either, Full};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tower::ServiceExt;

use crate::App;

/// On every answer. The content policy of pages depends on the theme's own scripts and is made at rendering.
pub const SECURITY_HEADERS: &[(HeaderName, &str)] = &[
    (http::header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (http::header::REFERRER_POLICY, "strict-origin-when-cross-origin"),
    (http::header::X_FRAME_OPTIONS, "SAMEORIGIN"),
];

/// How long a client may take to send its headers.
pub const HEADER_TIME: Duration = Duration::from_secs(10);
/// Largest request head in bytes.
pub const LARGEST_HEAD: usize = 32 << 10;
/// Most headers of a request.
pub const MOST_HEADERS: usize = 100;
/// How long a request may take to arrive and be answered.
pub const REQUEST_TIME: Duration = Duration::from_secs(30);
/// Most connections at a time; further ones wait to be accepted.
pub const MOST_CONNECTIONS: usize = 8_192;
/// How long open requests may go on when the server stops.
pub const DRAIN_TIME: Duration = Duration::from_secs(20);

/// How long idle connections are kept when the server stops, for a request that is under way.
pub const LINGER: Duration = Duration::from_secs(2);

type Body = Either<Full<Bytes>, RouterBody>;

/// Serves until `stop` resolves, then lets open requests finish (at most [`DRAIN_TIME`]).
pub async fn serve(app: Arc<App>, listener: TcpListener, router: Router, stop: impl Future<Output = ()>) {
    let mut http = hyper::server::conn::http1::Builder::new();
    // Head and body go out in one vectored write. (`pipeline_flush` would copy every body into a flat buffer first.)
    http.timer(TokioTimer::new()).header_read_timeout(HEADER_TIME).max_buf_size(LARGEST_HEAD).max_headers(MOST_HEADERS);
    let graceful = GracefulShutdown::new();
    let door = Arc::new(Door { app, router, closing: AtomicBool::new(false) });
    let room = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    let mut stop = std::pin::pin!(stop);
    loop {
        let permit = tokio::select! {
            permit = room.clone().acquire_owned() => permit,
            () = &mut stop => break,
        };
        let (stream, peer) = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(why) => {
                    // Out of file descriptors, mostly: wait for some to be closed.
                    tracing::warn!("cannot accept a connection: {why}");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    continue;
                }
            },
            () = &mut stop => break,
        };
        let _ = stream.set_nodelay(true); // a failure only costs latency
        let door = door.clone();
        let service = service_fn(move |request| {
            let door = door.clone();
            async move { Ok::<_, Infallible>(door.answer(peer, request).await) }
        });
        let connection = graceful.watch(http.serve_connection(TokioIo::new(stream), service));
        tokio::spawn(async move {
            let _permit = permit;
            let _ = connection.await; // clients hang up when they like
        });
    }
    drop(listener);
    door.app.desk.hub.close();
    // Whoever is connected gets an answer to the next request and is told to
    // connect anew; only then are idle connections closed. Closing them at once
    // would cut off those whose request is under way.
    door.closing.store(true, Ordering::Relaxed);
    let patience = Instant::now() + LINGER;
    while graceful.count() > 0 && Instant::now() < patience {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let drained = tokio::time::timeout(DRAIN_TIME, graceful.shutdown()).await;
    if drained.is_err() {
        tracing::warn!("some requests were still open after {DRAIN_TIME:?} and were cut");
    }
}

/// What every connection is given.
struct Door {
    app: Arc<App>,
    router: Router,
    /// The server stops: answers ask their clients to connect anew.
    closing: AtomicBool,
}

impl Door {
    /// One request.
    async fn answer(&self, peer: SocketAddr, request: Request<Incoming>) -> Response<Body> {
        let mut response = match foreign_host(&self.app, peer.ip(), &request) {
            Some(refusal) => refusal,
            None => match self.kept(&request) {
                Some(page) => page,
                None => self.made(peer.ip(), request).await,
            },
        };
        if self.closing.load(Ordering::Relaxed) {
            response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
        }
        response
    }

    /// The kept page, if there is one: no query, no template, no router.
    fn kept(&self, request: &Request<Incoming>) -> Option<Response<Body>> {
        if !matches!(*request.method(), Method::GET | Method::HEAD) {
            return None;
        }
        let sent = crate::site::kept(&self.app, request.uri())?.answer(request.headers());
        let body = if request.method() == Method::HEAD { Bytes::new() } else { sent.body };
        let mut response = Response::new(Either::Left(Full::new(body)));
        *response.status_mut() = sent.status;
        *response.headers_mut() = sent.headers;
        Some(response)
    }

    async fn made(&self, peer: IpAddr, request: Request<Incoming>) -> Response<Body> {
        let mut request = request.map(RouterBody::new);
        let client = client(&self.app, peer, request.headers());
        request.extensions_mut().insert(client);
        match tokio::time::timeout(REQUEST_TIME, self.router.clone().oneshot(request)).await {
            Ok(Ok(response)) => response.map(Either::Right),
            Ok(Err(never)) => match never {},
            Err(_) => {
                let mut response = Response::new(Either::Left(Full::new(Bytes::from_static(TOO_SLOW))));
                *response.status_mut() = StatusCode::REQUEST_TIMEOUT;
                response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
                response
            }
        }
    }
}

/// From where a request comes, as far as it can be believed: handlers that count tries ask for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Client(pub IpAddr);

/// The peer, or, behind trusted proxies, the last address in front of them. What a stranger writes into the header
/// stands before it and is not believed.
fn client(app: &App, peer: IpAddr, headers: &http::HeaderMap) -> Client {
    let is_trusted = |address: IpAddr| app.trusted.iter().any(|network| network.holds(address));
    if !is_trusted(peer) {
        return Client(peer);
    }
    let forwarded = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
    let hops: Vec<IpAddr> =
        forwarded.flat_map(|hops| hops.split(',')).filter_map(|hop| hop.trim().parse().ok()).collect();
    Client(hops.into_iter().rev().find(|hop| !is_trusted(*hop)).unwrap_or(peer))
}

const TOO_SLOW: &[u8] = b"The request took too long to arrive.\n";
const ELSEWHERE: &[u8] = b"This magazine has another address; see --url.\n";

/// A request for another host than ours: a GET is sent to our own address, the
/// rest is refused, so that no page, feed or link is ever made for a foreign
/// name. Loopback names and `/healthz` are always answered.
///
/// A trusted proxy may say in `X-Forwarded-Host` which name was asked for;
/// nobody else is believed.
fn foreign_host<B>(app: &App, peer: IpAddr, request: &Request<B>) -> Option<Response<Body>> {
    let forwarded = match app.trusted.is_empty() {
        true => None,
        false => request.headers().get("x-forwarded-host").and_then(|host| host.to_str().ok()),
    };
    let forwarded = forwarded.filter(|_| app.trusted.iter().any(|network| network.holds(peer)));
    let host = match forwarded.or(request.uri().host()) {
        Some(host) => Some(host), // absolute form
        None => request.headers().get(HOST).and_then(|host| host.to_str().ok()),
    };
    let mut named = request.headers().get_all(HOST).iter();
    let twice = named.next().is_some() && named.next().is_some();
    let path = request.uri().path();
    match host {
        Some(host) if !twice && (is_ours(app, host) || is_loopback(host)) => return None,
        _ if path == "/healthz" => return None,
        _ => {}
    }
    let mut response = Response::new(Either::Left(Full::new(Bytes::new())));
    let headers = response.headers_mut();
    headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
    if matches!(*request.method(), Method::GET | Method::HEAD) && !twice {
        let target = request.uri().path_and_query().map_or("/", |target| target.as_str());
        let location = HeaderValue::try_from(app.url.with(target));
        // A target that is no header's value leads home, never past this check.
        let location = location.unwrap_or(HeaderValue::from_static("/"));
        headers.insert(LOCATION, location);
        *response.status_mut() = StatusCode::MOVED_PERMANENTLY;
    } else {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
        headers.insert(CONTENT_LENGTH, HeaderValue::from(ELSEWHERE.len()));
        *response.status_mut() = StatusCode::MISDIRECTED_REQUEST;
        *response.body_mut() = Either::Left(Full::new(Bytes::from_static(ELSEWHERE)));
    }
    Some(response)
}

fn is_ours(app: &App, host: &str) -> bool {
    // A proxy may add its own port; the name is what counts.
    without_port(host).eq_ignore_ascii_case(without_port(app.url.host()))
}

fn is_loopback(host: &str) -> bool {
    let name = without_port(host);
    name.eq_ignore_ascii_case("localhost")
        || name.trim_matches(['[', ']']).parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    }
}
