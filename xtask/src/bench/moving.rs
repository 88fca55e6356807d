//! A site of a thousand posts moves into a magazine that is being read meanwhile, once as Ghost exports it and once as
//! WordPress does: how long it takes, and how long the slowest reader waits. The sites are made here.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use serde_json::{Value, json};

use crate::http::Client;
use crate::server::{self, Magazine};
use crate::{paths, process};

const POSTS: usize = 1_000;
const IMPORT_LIMIT: Duration = Duration::from_secs(10 * 60);
/// A reader's pause between two pages.
const PAUSE: Duration = Duration::from_millis(2);

const SPEAKERS: [&str; 6] = ["Ann Lee", "Bo Ray", "Cy Dow", "Dee Marsh", "Eli Quay", "Fay North"];
const SENTENCES: [&str; 12] = [
    "The council met on Tuesday and left the ferry timetable as it was.",
    "Nobody at the quay had expected anything else.",
    "Costs have risen since the spring, though by less than was feared.",
    "A second vote is to follow before the end of the month.",
    "Residents counted the lorries themselves and wrote the numbers down.",
    "The harbour office did not answer a letter of nine questions.",
    "Two of the six bridges will be closed while the rails are laid.",
    "Rain had fallen for eleven days when the gauge gave out.",
    "The school stays open, and the library with it.",
    "Whoever wants to object has until Friday noon.",
    "It was the third plan in as many years.",
    "Work on the sea wall begins in March.",
];

pub fn bench(quick: bool) -> Result<()> {
    let folder = paths::work().join("bench-moving");
    server::clear(&folder)?;
    fs::create_dir_all(&folder)?;
    let sites = [("ghost", "export.json", export(POSTS).to_string()), ("wordpress", "export.xml", wxr(POSTS))];
    println!("| from | run | {POSTS} posts moved in after, s | pages read meanwhile | slowest, ms |");
    println!("|---|---:|---:|---:|---:|");
    for (from, name, text) in sites {
        let file = folder.join(name);
        fs::write(&file, text)?;
        for run in 1..=if quick { 1 } else { 3 } {
            let data = folder.join(format!("magazine-{from}-{run}"));
            let magazine = Magazine { binary: paths::masthead("dist"), data };
            magazine.make(0)?;
            let (took, read, slowest) = move_in(&magazine, from, &file)?;
            println!("| {from} | {run} | {:.2} | {read} | {:.1} |", took.as_secs_f64(), slowest.as_secs_f64() * 1e3);
        }
    }
    Ok(())
}

fn move_in(magazine: &Magazine, from: &str, file: &Path) -> Result<(Duration, u64, Duration)> {
    let server = magazine.serve()?;
    let over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let reader = scope.spawn(|| -> Result<(u64, Duration)> {
            let mut client = Client::connect(server.address)?;
            let (mut read, mut slowest) = (0, Duration::ZERO);
            while !over.load(Ordering::Relaxed) {
                let begun = Instant::now();
                let answer = client.get("/", "identity")?;
                slowest = slowest.max(begun.elapsed());
                if answer.status != 200 {
                    bail!("a reader was answered {}", answer.status);
                }
                read += 1;
                std::thread::sleep(PAUSE);
            }
            Ok((read, slowest))
        });
        let mut import = Command::new(&magazine.binary);
        import.args(["import", from]).arg(file).arg("--data").arg(&magazine.data).arg("--json");
        let begun = Instant::now();
        let said = process::output(&mut import, IMPORT_LIMIT);
        let took = begun.elapsed();
        over.store(true, Ordering::Relaxed);
        let (read, slowest) = reader.join().map_err(|_| anyhow::anyhow!("the reader broke down"))??;
        let account: Value = serde_json::from_str(&said?)?;
        if account["articles"] != POSTS {
            bail!("not everything moved in: {account}");
        }
        Ok((took, read, slowest))
    })
}

/// A WordPress site: so many posts as blocks, with a category, a tag, a writer and a comment each.
fn wxr(posts: usize) -> String {
    let mut wxr = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><rss xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:wp=\"http://wordpress.org/export/1.2/\"><channel>\
         <title>The Harbour</title><link>https://harbour.example</link><wp:wxr_version>1.2</wp:wxr_version>\
         <wp:base_blog_url>https://harbour.example</wp:base_blog_url>\n",
    );
    for n in 0..posts {
        let (year, month, day) = (2015 + n / 100, n % 12 + 1, n % 28 + 1);
        let writer = SPEAKERS[n % 6].to_lowercase().replace(' ', "");
        let _ = write!(
            wxr,
            "<item><title>What the harbour said on day {n}</title><link>https://harbour.example/{year}/{month:02}/harbour-day-{n}/\
             </link><dc:creator>{writer}</dc:creator><wp:post_id>{id}</wp:post_id><wp:post_date>{year}-{month:02}-{day:02} 09:00:00\
             </wp:post_date><wp:post_date_gmt>{year}-{month:02}-{day:02} 09:00:00</wp:post_date_gmt><wp:post_name>harbour-day-{n}\
             </wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type><category domain=\"category\" \
             nicename=\"part-{part}\">Part {part}</category><category domain=\"post_tag\" nicename=\"subject-{tag}\">Subject {tag}\
             </category><content:encoded><![CDATA[",
            id = n + 1,
            part = n % 4,
            tag = n % 8,
        );
        for text in paragraphs(n) {
            let _ = writeln!(wxr, "<!-- wp:paragraph -->\n<p>{text}</p>\n<!-- /wp:paragraph -->\n");
        }
        let _ = writeln!(
            wxr,
            "]]></content:encoded><wp:comment><wp:comment_id>{n}</wp:comment_id><wp:comment_content>So it is.\
             </wp:comment_content><wp:comment_approved>1</wp:comment_approved></wp:comment></item>",
        );
    }
    wxr + "</channel></rss>\n"
}

/// A Ghost site: so many posts of 300 to 700 words with quotations, in eight tags, by six authors.
fn export(posts: usize) -> Value {
    let id = |kind: usize, number: usize| format!("{kind:08x}{number:016x}");
    let tags: Vec<Value> = (0..8)
        .map(|n| json!({ "id": id(1, n), "name": format!("Subject {n}"), "slug": format!("subject-{n}") }))
        .collect();
    let users: Vec<Value> = SPEAKERS
        .iter()
        .enumerate()
        .map(|(n, name)| json!({ "id": id(2, n), "name": name, "slug": name.to_lowercase().replace(' ', "-") }))
        .collect();
    let (mut rows, mut post_tags, mut post_authors) = (Vec::new(), Vec::new(), Vec::new());
    for n in 0..posts {
        let date = format!("20{:02}-{:02}-{:02} {:02}:{:02}:00", 15 + n / 100, n % 12 + 1, n % 28 + 1, n % 24, n % 60);
        rows.push(json!({
            "id": id(3, n), "title": format!("What the harbour said on day {n}"), "slug": format!("harbour-day-{n}"),
            "type": "post", "status": "published", "visibility": "public", "lexical": body(n), "created_at": date,
            "updated_at": date, "published_at": date,
        }));
        post_tags.push(json!({ "id": id(4, n), "post_id": id(3, n), "tag_id": id(1, n % 8), "sort_order": 0 }));
        post_authors.push(json!({ "id": id(5, n), "post_id": id(3, n), "author_id": id(2, n % 6), "sort_order": 0 }));
    }
    let data = json!({
        "posts": rows, "tags": tags, "users": users, "posts_tags": post_tags, "posts_authors": post_authors,
        "settings": [{ "id": id(6, 0), "key": "title", "value": "The Harbour" }],
    });
    json!({ "db": [{ "meta": { "exported_on": 0, "version": "6.65.0" }, "data": data }] })
}

fn body(number: usize) -> String {
    let paragraphs: Vec<Value> = paragraphs(number)
        .map(|text| {
            json!({
                "children": [{ "detail": 0, "format": 0, "mode": "normal", "style": "", "text": text, "type": "extended-text", "version": 1 }],
                "direction": "ltr", "format": "", "indent": 0, "type": "paragraph", "version": 1,
            })
        })
        .collect();
    let root =
        json!({ "children": paragraphs, "direction": "ltr", "format": "", "indent": 0, "type": "root", "version": 1 });
    json!({ "root": root }).to_string()
}

/// The paragraphs of a post.
fn paragraphs(number: usize) -> impl Iterator<Item = String> {
    (0..8 + number % 9).map(move |paragraph| {
        let mut text = String::new();
        for sentence in 0..3 {
            let at = number * 7 + paragraph * 5 + sentence * 3;
            let _ = write!(text, "{} ", SENTENCES[at % SENTENCES.len()]);
        }
        if paragraph % 3 == 0 {
            let (said, who) = (SENTENCES[(number + paragraph) % SENTENCES.len()], SPEAKERS[(number + paragraph) % 6]);
            let _ = write!(text, "“{} That is case {number},” {who} said.", said);
        }
        text
    })
}
