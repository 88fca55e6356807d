//! What the size of the archive costs: starting, memory, and rendering pages that are not kept.

use std::collections::HashSet;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use super::figures::{cpu, median, percentile, resident};
use crate::http::Client;
use crate::server::{Magazine, Server};

/// Distinct article pages asked for, one after another.
const RENDERED: usize = 2_000;
/// A sitemap has at most 50,000 addresses (sitemaps.org), so this is an archive of a million.
const SITEMAPS: usize = 20;
const RENDER_LIMIT: Duration = Duration::from_secs(5 * 60);

pub fn bench(archives: &[u32], quick: bool) -> Result<()> {
    println!(
        "| articles | start to /healthz, ms | start to front, ms | memory after start, MB | after {RENDERED} pages, MB | pages rendered | p50, ms | p99, ms | server CPU a page, ms |"
    );
    println!("|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
    for &articles in archives {
        let magazine = super::magazine(articles)?;
        row(articles, &magazine, if quick { 3 } else { 7 })?;
    }
    println!("\nA page's CPU includes compressing it.");
    Ok(())
}

fn row(articles: u32, magazine: &Magazine, starts: usize) -> Result<()> {
    let (mut healthy, mut front) = (Vec::new(), Vec::new());
    for _ in 0..starts {
        let server = magazine.serve()?;
        get(&mut Client::connect(server.address)?, "/")?;
        front.push(server.started.elapsed().as_secs_f64() * 1e3);
        healthy.push(server.healthy_after.as_secs_f64() * 1e3);
    }
    let server = magazine.serve()?;
    get(&mut Client::connect(server.address)?, "/")?;
    let idle = resident(server.id())?;
    let paths = self::articles(&server, RENDERED)?;
    let rendering = render(&server, &paths)?;
    println!(
        "| {articles} | {:.0} | {:.0} | {:.1} | {:.1} | {} | {:.2} | {:.2} | {:.2} |",
        median(&healthy),
        median(&front),
        idle as f64 / 1e6,
        resident(server.id())? as f64 / 1e6,
        rendering.walls.len(),
        percentile(&rendering.walls, 0.5),
        percentile(&rendering.walls, 0.99),
        rendering.cpu.as_secs_f64() * 1e3 / rendering.walls.len() as f64,
    );
    Ok(())
}

/// The time of each request in milliseconds, and the server's CPU for all of them.
struct Rendering {
    walls: Vec<f64>,
    cpu: Duration,
}

fn render(server: &Server, paths: &[String]) -> Result<Rendering> {
    let mut client = Client::connect(server.address)?;
    let before = cpu(server.id())?;
    let until = Instant::now() + RENDER_LIMIT;
    let mut walls = Vec::new();
    for path in paths {
        let asked = Instant::now();
        get(&mut client, path)?;
        walls.push(asked.elapsed().as_secs_f64() * 1e3);
        if Instant::now() > until {
            break;
        }
    }
    // What the server still does about these pages belongs to them.
    std::thread::sleep(Duration::from_millis(500));
    Ok(Rendering { walls, cpu: cpu(server.id())?.saturating_sub(before) })
}

/// Paths of up to `count` articles, spread evenly over the whole archive, as the sitemap names them.
pub fn articles(server: &Server, count: usize) -> Result<Vec<String>> {
    let mut client = Client::connect(server.address)?;
    let index = locations(&get(&mut client, "/sitemap.xml")?);
    let (parts, mut pages): (Vec<_>, Vec<_>) = index.into_iter().partition(|path| path.ends_with(".xml"));
    for part in parts.iter().take(SITEMAPS) {
        pages.extend(locations(&get(&mut client, part)?));
    }
    let articles = only_articles(pages);
    if articles.is_empty() {
        bail!("the sitemap names no article");
    }
    let step = (articles.len() as f64 / count as f64).max(1.0);
    Ok((0..count.min(articles.len())).map(|at| articles[(at as f64 * step) as usize].clone()).collect())
}

/// An article lies below a section and has nothing below itself.
fn only_articles(pages: Vec<String>) -> Vec<String> {
    let folders: HashSet<String> = pages.iter().filter_map(|path| Some(parent(path)?.to_owned())).collect();
    let is_article = |path: &String| {
        let of_a_list = path.starts_with("/tag/") || path.starts_with("/author/");
        !of_a_list && !folders.contains(path) && parent(path).is_some_and(|above| above != "/")
    };
    pages.into_iter().filter(is_article).collect()
}

/// `/politics/a-vote/` lies in `/politics/`.
fn parent(path: &str) -> Option<&str> {
    let path = path.strip_suffix('/')?;
    path.rfind('/').map(|slash| &path[..=slash])
}

/// The paths of a sitemap's `<loc>` elements.
fn locations(sitemap: &str) -> Vec<String> {
    let inside = sitemap.split("<loc>").skip(1).filter_map(|rest| rest.split_once("</loc>"));
    inside
        .filter_map(|(url, _)| {
            let (_, host_and_path) = url.trim().split_once("://")?;
            Some(host_and_path[host_and_path.find('/')?..].replace("&amp;", "&"))
        })
        .collect()
}

pub fn get(client: &mut Client, path: &str) -> Result<String> {
    let answer = client.get(path, "identity").with_context(|| format!("failed to get {path}"))?;
    if answer.status != 200 {
        bail!("{path} answered {}", answer.status);
    }
    String::from_utf8(answer.body).with_context(|| format!("{path} is not text"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sitemaps_paths_are_read() {
        let sitemap =
            "<urlset><url><loc>http://x.test:1/a/b/</loc></url><url><loc> http://x.test/?a&amp;b </loc></url></urlset>";
        assert_eq!(locations(sitemap), ["/a/b/", "/?a&b"]);
    }

    #[test]
    fn sections_tags_and_static_pages_are_no_articles() {
        let pages = [
            "/",
            "/about/",
            "/politics/",
            "/politics/uk/",
            "/politics/uk/a-vote/",
            "/politics/a-bill/",
            "/tag/tea/",
            "/author/ann/",
        ];
        assert_eq!(only_articles(pages.map(str::to_owned).into()), ["/politics/uk/a-vote/", "/politics/a-bill/"]);
    }
}
