//! Settings of the program: flag, then `MASTHEAD_*` variable, then
//! `masthead.toml`, in that order. Each is declared once, here, with its help.

use std::io::ErrorKind;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use clap::Args;

/// Which magazine a command works on.
#[derive(Args, Clone, Debug)]
pub struct Place {
    /// The data folder: database, pictures, themes, settings
    #[arg(long, env = "MASTHEAD_DATA", default_value = "./magazine", value_name = "FOLDER")]
    pub data: PathBuf,

    /// Where articles are kept: `sqlite` (a file in the data folder) or `postgres://user:password@host/database`
    #[arg(long, env = "MASTHEAD_DATABASE", default_value = "sqlite", value_name = "sqlite|URL")]
    pub database: String,

    /// The address that readers use; links, feeds and redirects are made of it
    #[arg(long, env = "MASTHEAD_URL", default_value = "http://localhost:2368", value_name = "URL", value_parser = site_url)]
    pub url: SiteUrl,
}

/// How the server listens and what it may use.
#[derive(Args, Clone, Debug)]
pub struct Serving {
    /// Address and port to listen on; `stdin` takes the listening socket that is this process's standard input
    #[arg(long, env = "MASTHEAD_LISTEN", default_value = "127.0.0.1:2368", value_name = "ADDRESS", value_parser = listen)]
    pub listen: Listen,

    /// Memory for kept pages, such as 256MB; the least recently used go first
    #[arg(long, env = "MASTHEAD_PAGE_MEMORY", default_value = "256MB", value_name = "SIZE", value_parser = size)]
    pub page_memory: usize,

    /// Networks whose forwarded headers are believed, such as 10.0.0.0/8 (may be given several times)
    #[arg(long, env = "MASTHEAD_TRUSTED_PROXY", value_name = "CIDR", value_delimiter = ',', value_parser = cidr)]
    pub trusted_proxy: Vec<Cidr>,

    /// Let webhooks reach private addresses and other ports than 80 and 443: for tests and intranets
    #[arg(long, env = "MASTHEAD_ALLOW_PRIVATE_FETCH")]
    pub allow_private_fetch: bool,
}

/// Names of the settings that `masthead.toml` may hold, which are the names of the flags.
pub const FILE_SETTINGS: &[&str] =
    &["database", "url", "listen", "page-memory", "trusted-proxy", "allow-private-fetch"];

/// Reads `masthead.toml` of a data folder: (flag, value) pairs. No file, no pairs.
pub fn from_file(data: &Path) -> Result<Vec<(String, String)>, String> {
    let path = data.join("masthead.toml");
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        // Whether the folder can be used at all is for the command to say.
        Err(why) if matches!(why.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => return Ok(Vec::new()),
        Err(why) => return Err(format!("{} cannot be read: {why}", path.display())),
    };
    let table: toml::Table =
        text.parse().map_err(|why: toml::de::Error| format!("{} is not right: {}", path.display(), why.message()))?;
    let mut settings = Vec::new();
    for (name, value) in table {
        let flag = name.replace('_', "-");
        if !FILE_SETTINGS.contains(&flag.as_str()) {
            return Err(format!("{}: there is no setting “{name}” ({})", path.display(), FILE_SETTINGS.join(", ")));
        }
        let value = match value {
            toml::Value::String(text) => text,
            toml::Value::Array(list) => list.iter().filter_map(|v| v.as_str()).collect::<Vec<_>>().join(","),
            other => other.to_string(),
        };
        settings.push((flag, value));
    }
    Ok(settings)
}

/// Where the server listens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listen {
    /// An address of its own.
    Address(SocketAddr),
    /// A socket that somebody else opened and passed on as standard input.
    Inherited,
}

fn listen(text: &str) -> Result<Listen, String> {
    if text == "stdin" {
        return Ok(Listen::Inherited);
    }
    text.parse().map(Listen::Address).map_err(|_| "write an address and a port, such as 127.0.0.1:2368".into())
}

/// The public address: `https://example.org`, no path, no slash at the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteUrl {
    text: String,
    host: String,
}

impl SiteUrl {
    /// `https://example.org`.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// `example.org`, with the port where it is not the scheme's own.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The full address of a path that begins with a slash.
    pub fn with(&self, path: &str) -> String {
        format!("{}{path}", self.text)
    }
}

/// Reads a public address.
pub fn site_url(text: &str) -> Result<SiteUrl, String> {
    let wrong = || "write a scheme and a host, such as https://example.org (no path)".to_string();
    let text = text.trim_end_matches('/').to_ascii_lowercase();
    let (scheme, host) = text.split_once("://").ok_or_else(wrong)?;
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) if !port.contains(']') => (name, Some(port)),
        _ => (host, None),
    };
    let good_name = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || ".-_[]:".contains(c));
    let good_port = port.is_none_or(|port| port.parse::<u16>().is_ok());
    if !["http", "https"].contains(&scheme) || !good_name || !good_port {
        return Err(wrong());
    }
    let own_port = matches!((scheme, port), ("http", Some("80")) | ("https", Some("443")));
    let host = if own_port { name } else { host };
    Ok(SiteUrl { text: format!("{scheme}://{host}"), host: host.to_owned() })
}

/// Reads a size: bytes, or with KB, MB or GB (1,000s) behind it.
pub fn size(text: &str) -> Result<usize, String> {
    let upper = text.trim().to_ascii_uppercase();
    let (digits, factor) = [("GB", 1_000_000_000), ("MB", 1_000_000), ("KB", 1_000), ("B", 1)]
        .iter()
        .find_map(|(unit, factor)| upper.strip_suffix(unit).map(|digits| (digits.trim(), *factor)))
        .unwrap_or((upper.as_str(), 1));
    digits
        .parse::<usize>()
        .ok()
        .and_then(|n| n.checked_mul(factor))
        .ok_or_else(|| "write a size such as 256MB".to_string())
}

/// A network of addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cidr {
    base: std::net::IpAddr,
    bits: u8,
}

impl Cidr {
    /// Whether an address lies in the network.
    pub fn holds(&self, address: std::net::IpAddr) -> bool {
        use std::net::IpAddr::{V4, V6};
        let address = address.to_canonical();
        match (self.base, address) {
            (V4(base), V4(address)) => {
                let mask = u32::MAX.checked_shl(32 - u32::from(self.bits)).unwrap_or(0);
                base.to_bits() & mask == address.to_bits() & mask
            }
            (V6(base), V6(address)) => {
                let mask = u128::MAX.checked_shl(128 - u32::from(self.bits)).unwrap_or(0);
                base.to_bits() & mask == address.to_bits() & mask
            }
            _ => false,
        }
    }
}

fn cidr(text: &str) -> Result<Cidr, String> {
    let wrong = || "write a network such as 10.0.0.0/8".to_string();
    let (base, bits) = text.split_once('/').unwrap_or((text, ""));
    let base: std::net::IpAddr = base.parse().map_err(|_| wrong())?;
    let most = if base.is_ipv4() { 32 } else { 128 };
    let bits = if text.contains('/') { bits.parse().map_err(|_| wrong())? } else { most };
    if bits > most { Err(wrong()) } else { Ok(Cidr { base, bits }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_address_is_a_scheme_and_a_host() {
        let url = site_url("https://Example.org:443/").unwrap();
        assert_eq!((url.as_str(), url.host()), ("https://example.org", "example.org"));
        assert_eq!(site_url("http://localhost:2368").unwrap().host(), "localhost:2368");
        assert_eq!(site_url("http://[::1]:2368").unwrap().host(), "[::1]:2368");
        for bad in ["example.org", "ftp://example.org", "https://example.org/blog", "https://", "https://a:x"] {
            assert!(site_url(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_size_may_have_a_unit() {
        assert_eq!(size("256MB"), Ok(256_000_000));
        assert_eq!(size("1 gb"), Ok(1_000_000_000));
        assert_eq!(size("123"), Ok(123));
        assert!(size("much").is_err());
    }

    #[test]
    fn an_address_lies_in_its_network() {
        let home = cidr("10.0.0.0/8").unwrap();
        assert!(home.holds("10.1.2.3".parse().unwrap()));
        assert!(home.holds("::ffff:10.1.2.3".parse().unwrap()));
        assert!(!home.holds("11.0.0.1".parse().unwrap()));
        assert!(cidr("0.0.0.0/0").unwrap().holds("8.8.8.8".parse().unwrap()));
        assert!(cidr("10.0.0.0/33").is_err());
    }
}
