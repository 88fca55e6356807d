//! Asking other hosts, never this network: the one way out.
//!
//! An address is looked up once, every answer is checked, and the connection goes to a checked one, so that no name can
//! lead to a private address between the look and the step. Redirects are not followed. Only http and https, only their
//! own ports; everything has a deadline. `--allow-private-fetch` opens private addresses and other ports, for tests and
//! intranets.

use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use http::{HeaderMap, StatusCode};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::redirect::Policy;
use url::{Host, Url};

/// Longest address that is asked, in bytes.
const LONGEST: usize = 2_000;

/// Why nothing was asked, or no answer came.
#[derive(Debug, thiserror::Error)]
pub enum NoFetch {
    /// It is no address that is ever asked.
    #[error("{0}")]
    Address(String),
    /// The other side did not answer as it should.
    #[error("{0}")]
    Failed(String),
    /// It lies elsewhere, which whoever asked has to allow.
    #[error("it was moved to {0}")]
    Led(String),
    /// The other side asks for patience.
    #[error("the other side is busy")]
    Busy(Duration),
}

/// The way out.
#[derive(Debug, Default)]
pub struct Fetch {
    private: Arc<AtomicBool>,
    client: OnceLock<reqwest::Client>,
}

impl Fetch {
    /// From now on private addresses are asked too.
    pub fn allow_private(&self) {
        self.private.store(true, Ordering::Relaxed);
    }

    /// Whether private addresses are asked.
    pub fn is_private_allowed(&self) -> bool {
        self.private.load(Ordering::Relaxed)
    }

    /// Whether an address could be asked, as far as it says itself: what its name leads to is looked up when it is.
    pub fn check(&self, text: &str) -> Result<Url, NoFetch> {
        let no = |why: &str| Err(NoFetch::Address(why.to_owned()));
        if text.len() > LONGEST {
            return Err(NoFetch::Address(format!("an address has at most {LONGEST} bytes")));
        }
        let Ok(url) = Url::parse(text) else { return no("it is not a web address") };
        if !matches!(url.scheme(), "http" | "https") {
            return no("it begins with neither http:// nor https://");
        }
        if !url.username().is_empty() || url.password().is_some() {
            return no("it holds a name or a password");
        }
        let private = match url.host() {
            Some(Host::Ipv4(address)) => !is_public(address.into()),
            Some(Host::Ipv6(address)) => !is_public(address.into()),
            Some(Host::Domain(name)) => is_of_this_machine(name),
            None => return no("it names no host"),
        };
        if self.is_private_allowed() {
            return Ok(url);
        }
        if private {
            return no("it leads to a private address (`masthead serve --allow-private-fetch` allows that)");
        }
        if url.port().is_some_and(|port| !matches!(port, 80 | 443)) {
            return no("it names another port than 80 and 443 (`masthead serve --allow-private-fetch` allows that)");
        }
        Ok(url)
    }

    /// Sends something; answers with the status. Nothing of the answer's body is read.
    pub async fn post(
        &self,
        url: &str,
        headers: HeaderMap,
        body: Vec<u8>,
        deadline: Duration,
    ) -> Result<StatusCode, NoFetch> {
        let url = self.check(url)?;
        let asked = self.client()?.post(url).headers(headers).body(body).timeout(deadline).send().await;
        asked.map(|answer| answer.status()).map_err(|why| NoFetch::Failed(reason(&why)))
    }

    /// Gets a file of at most so many bytes, as they came over the line, before a deadline for all of it. Redirects are
    /// told, not followed ([`NoFetch::Led`]).
    pub async fn get(&self, url: &str, most: u64, deadline: Duration) -> Result<Vec<u8>, NoFetch> {
        let url = self.check(url)?;
        let failed = |why: reqwest::Error| NoFetch::Failed(reason(&why));
        let mut answer = self.client()?.get(url.clone()).timeout(deadline).send().await.map_err(failed)?;
        let status = answer.status();
        let header = |name: http::HeaderName| answer.headers().get(name).and_then(|value| value.to_str().ok());
        if status.is_redirection() {
            let to = header(http::header::LOCATION).and_then(|to| url.join(to).ok());
            return Err(to.map_or_else(|| NoFetch::Failed(status.to_string()), |to| NoFetch::Led(to.to_string())));
        }
        if matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE) {
            let wait = header(http::header::RETRY_AFTER).and_then(|wait| wait.parse().ok()).unwrap_or(2);
            return Err(NoFetch::Busy(Duration::from_secs(wait)));
        }
        if status != StatusCode::OK {
            return Err(NoFetch::Failed(format!("it answered {status}")));
        }
        let too_large = || NoFetch::Failed(format!("larger than {} MiB", most >> 20));
        if answer.content_length().is_some_and(|length| length > most) {
            return Err(too_large());
        }
        let mut bytes = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(failed)? {
            if (bytes.len() + chunk.len()) as u64 > most {
                return Err(too_large());
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes)
    }

    fn client(&self) -> Result<&reqwest::Client, NoFetch> {
        if let Some(client) = self.client.get() {
            return Ok(client);
        }
        let failed = |why: String| NoFetch::Failed(format!("no connection can be made: {why}"));
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let roots = rustls::RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        let tls = rustls::ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|why| failed(why.to_string()))?
            .with_root_certificates(roots)
            .with_no_client_auth();
        let client = reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            .dns_resolver(Guard { private: self.private.clone() })
            .redirect(Policy::none())
            .pool_max_idle_per_host(1)
            .no_proxy()
            .build()
            .map_err(|why| failed(why.to_string()))?;
        Ok(self.client.get_or_init(|| client))
    }
}

/// What went wrong, down to its cause; never with the address, which may be a secret.
fn reason(why: &reqwest::Error) -> String {
    if why.is_timeout() {
        return "no answer in time".into();
    }
    let mut cause: &dyn std::error::Error = why;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    cause.to_string()
}

/// Looks names up and lets only public addresses through.
struct Guard {
    private: Arc<AtomicBool>,
}

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let private = self.private.load(Ordering::Relaxed);
        let host = name.as_str().to_owned();
        Box::pin(async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((host.as_str(), 0)).await?.collect();
            if !private && found.iter().any(|address| !is_public(address.ip())) {
                return Err("it leads to a private address".into());
            }
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

/// `localhost` and what stands below it, however it is written.
fn is_of_this_machine(name: &str) -> bool {
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    name == "localhost" || name.ends_with(".localhost") || name.ends_with(".local") || name.ends_with(".internal")
}

/// Whether an address belongs to the public internet: IANA's special-purpose registries (RFC 6890 and its successors).
pub fn is_public(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(address) => {
            let [a, b, c, _] = address.octets();
            let special = match (a, b, c) {
                (0 | 10 | 127, ..) | (224.., ..) => true,
                (100, 64..=127, _) => true, // shared by carriers
                (169, 254, _) => true,      // of one cable, and clouds' own services
                (172, 16..=31, _) => true,
                (192, 168, _) => true,
                (192, 0, 0 | 2) => true,                // protocols, documentation
                (192, 88, 99) => true,                  // relays of old
                (198, 18..=19, _) => true,              // measurements
                (198, 51, 100) | (203, 0, 113) => true, // documentation
                _ => false,
            };
            !special
        }
        IpAddr::V6(address) => {
            let [first, second, third, ..] = address.segments();
            match (first, second) {
                // An IPv4 address in other clothes.
                (0x64, 0xff9b) if third == 0 => {
                    let [.., high, low] = address.segments();
                    let [[a, b], [c, d]] = [high.to_be_bytes(), low.to_be_bytes()];
                    is_public(IpAddr::from([a, b, c, d]))
                }
                (0x2001, 0x0000..=0x01ff | 0x0db8) | (0x2002, _) | (0x3fff, 0x0000..=0x0fff) => false,
                (0x2000..=0x3fff, _) => true,
                _ => false,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_way_leads_into_this_network() {
        let fetch = Fetch::default();
        for inside in [
            "http://127.0.0.1/",
            "http://127.1/",
            "http://0/",
            "http://0x7f.1/",
            "http://2130706433/",
            "http://[::1]/",
            "http://[::ffff:127.0.0.1]/",
            "http://[64:ff9b::10.0.0.1]/",
            "http://169.254.169.254/latest/meta-data/",
            "http://[fd00::1]/",
            "http://[fe80::1]/",
            "http://100.64.0.1/",
            "http://10.1.2.3/",
            "http://172.20.0.1/",
            "http://192.168.1.1/",
            "http://localhost/",
            "http://LOCALHOST./",
            "http://a.localhost/",
            "http://printer.local/",
            "http://name@example.org/",
            "http://example.org:25/",
            "https://example.org:5432/",
            "gopher://example.org/",
            "file:///etc/passwd",
            "ftp://example.org/",
            "data:text/plain,x",
            "example.org",
            "",
        ] {
            assert!(fetch.check(inside).is_err(), "{inside}");
        }
        for outside in [
            "https://example.org/hook?x=1",
            "http://example.org:80/",
            "https://93.184.215.14/",
            "https://[2606:2800:21f::1]/",
        ] {
            assert!(fetch.check(outside).is_ok(), "{outside}");
        }
        fetch.allow_private();
        assert!(fetch.check("http://127.0.0.1:4000/hook").is_ok());
        assert!(fetch.check("file:///etc/passwd").is_err());
    }

    #[tokio::test]
    async fn a_name_that_leads_inside_is_not_followed() {
        let guard = Guard { private: Arc::default() };
        let name: Name = "localhost".parse().unwrap();
        assert!(guard.resolve(name).await.is_err());
    }
}
