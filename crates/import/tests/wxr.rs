//! Exports of WordPress: those of the reference data, large ones, and such as nobody would write but to do harm.

use std::collections::BTreeMap;
use std::io::{self, BufRead, Read};
use std::path::PathBuf;

use import::wordpress::php;
use import::wordpress::wxr::{Item, NoWxr, Piece, Reader, Skipped, is_wxr};

/// What the reader stays below, with all that it gives, in bytes.
const MEMORY: u64 = 128_000_000;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" \
                    xmlns:wp=\"http://wordpress.org/export/1.2/\"><channel><wp:wxr_version>1.2</wp:wxr_version>\n";
const WHOLE: &str = "<item><title>The tide</title><wp:post_id>2</wp:post_id><content:encoded><![CDATA[<p>It rose.</p>]]>\
                     </content:encoded></item>\n";
const TAIL: &str = "</channel></rss>\n";

#[derive(Default)]
struct Whole {
    items: Vec<Item>,
    skipped: Vec<Skipped>,
    notes: Vec<String>,
}

fn read(source: impl BufRead) -> Result<Whole, NoWxr> {
    let mut reader = Reader::open(source)?;
    let mut read = Whole::default();
    while let Some(piece) = reader.next_piece()? {
        match piece {
            Piece::Item(item) => read.items.push(*item),
            Piece::Skipped(skipped) => read.skipped.push(skipped),
        }
    }
    read.notes = reader.notes().to_vec();
    Ok(read)
}

fn samples() -> Option<Vec<(String, Vec<u8>)>> {
    let Some(folder) = std::env::var_os("MASTHEAD_REFERENCE") else {
        note_skipped("exports of WordPress (MASTHEAD_REFERENCE is not set)");
        return None;
    };
    let folder = PathBuf::from(folder).join("wxr");
    let files = std::fs::read_dir(folder).expect("the exports are there").map(|file| file.unwrap().path());
    let mut files: Vec<_> = files.filter(|file| file.extension().is_some_and(|kind| kind == "xml")).collect();
    files.sort();
    let name = |file: &PathBuf| file.file_stem().unwrap().to_string_lossy().into_owned();
    Some(files.iter().map(|file| (name(file), std::fs::read(file).unwrap())).collect())
}

fn note_skipped(what: &str) {
    eprintln!("skipped: {what}");
    if let Ok(path) = std::env::var("MASTHEAD_SKIPPED_FILE") {
        use std::io::Write;
        let file = std::fs::OpenOptions::new().append(true).create(true).open(path);
        let _ = file.and_then(|mut file| writeln!(file, "{what}"));
    }
}

fn count(file: &[u8], what: &str) -> usize {
    file.windows(what.len()).filter(|window| *window == what.as_bytes()).count()
}

/// What is not as it should be in a sample, by its name. All others are read without a word.
const FLAWED: [(&str, &str); 11] = [
    ("mg-wp-xml--multiple--attachments-only", "1 items, 0 skipped; wp:attachment_url: a bare & stands as it was"),
    ("mg-wp-xml--sample", "6 items, 0 skipped; wp:attachment_url: a bare & stands as it was"),
    ("mg-wp-xml--sample-no-slug", "6 items, 0 skipped; wp:attachment_url: a bare & stands as it was"),
    (
        "wpimporter--crazy-cdata",
        "1 items, 0 skipped; content:encoded: its CDATA section held the end of one, and was mended",
    ),
    (
        "wpimporter--invalid-version-tag",
        "it is no WordPress export that is known: its wp:wxr_version is “abc”, and not such as 1.2",
    ),
    ("wpimporter--malformed", "it is no WordPress export: there is no wp:wxr_version before the first item"),
    ("wpimporter--malformed-simple", "0 items, 1 skipped; item “Broken” at byte 238: the file ends in it"),
    ("wpimporter--missing-version-tag", "it is no WordPress export: there is no wp:wxr_version before the first item"),
    // Behind an element of one item stands a quotation mark, which an editor of the file left.
    ("theme-test-data--themeunittestdata", "186 items, 0 skipped; between its elements was left out: '"),
    ("wpimporter--theme-unit-test-data", "186 items, 0 skipped; between its elements was left out: '"),
    ("wptt--themeunittestdata", "180 items, 0 skipped; between its elements was left out: '"),
];

#[test]
fn each_item_of_the_samples_is_accounted_for() {
    let Some(samples) = samples() else { return };
    let flawed: BTreeMap<_, _> = FLAWED.into_iter().collect();
    for (name, file) in &samples {
        assert!(is_wxr(&file[..file.len().min(16 << 10)]), "{name} is an export");
        let read = match read(file.as_slice()) {
            Ok(read) => read,
            Err(why) => {
                assert_eq!(flawed.get(name.as_str()).copied(), Some(why.to_string().as_str()), "{name}");
                continue;
            }
        };
        assert_eq!(count(file, "<item>") + count(file, "<item "), read.items.len() + read.skipped.len(), "{name}");
        // That the time zone is not known is said of drafts.
        let notes = read.items.iter().flat_map(|item| &item.notes).filter(|note| !note.contains("time zone"));
        let said: Vec<_> = read.skipped.iter().map(Skipped::to_string).chain(notes.cloned()).collect();
        let said = said.first().map(|first| format!("; {first}")).unwrap_or_default();
        let told = format!("{} items, {} skipped{said}", read.items.len(), read.skipped.len());
        match flawed.get(name.as_str()) {
            Some(expected) => assert_eq!(told, *expected, "{name}"),
            None => assert_eq!((said, read.notes), (String::new(), Vec::new()), "{name}"),
        }
    }
}

#[test]
fn nothing_of_the_large_samples_is_lost() {
    let Some(samples) = samples() else { return };
    for (name, file) in samples.iter().filter(|(_, file)| file.len() > 100_000) {
        let items = read(file.as_slice()).unwrap().items;
        let total = |part: fn(&Item) -> usize| items.iter().map(part).sum::<usize>();
        assert_eq!(total(|item| item.comments.len()), count(file, "<wp:comment>"), "comments of {name}");
        assert_eq!(total(|item| item.meta.len()), count(file, "<wp:postmeta>"), "meta fields of {name}");
        assert_eq!(total(|item| item.terms.len()), count(file, "<category domain="), "terms of {name}");
        assert_eq!(
            total(|item| usize::from(item.attachment_url.is_some())),
            count(file, "<wp:attachment_url>"),
            "{name}"
        );
        assert_eq!(total(|item| item.rest.len()), 0, "every child of {name} has a field");
        assert!(items.iter().all(|item| item.id.is_some()), "{name}");
        assert_eq!(total(|item| usize::from(!item.post_type.is_empty())), count(file, "<wp:post_type>"), "{name}");
    }
}

#[test]
fn serialised_values_of_the_samples_are_read() {
    let Some(samples) = samples() else { return };
    let (mut whole, mut mended) = (0, 0);
    for (name, file) in &samples {
        let Ok(read) = read(file.as_slice()) else { continue };
        let of_comments =
            |item: &Item| item.comments.iter().flat_map(|comment| comment.meta.clone()).collect::<Vec<_>>();
        for meta in read.items.iter().flat_map(|item| item.meta.iter().cloned().chain(of_comments(item))) {
            if !php::is_serialized(&meta.value) {
                continue;
            }
            match php::read(&meta.value) {
                Ok(_) => whole += 1,
                Err(why) => {
                    let again = php::read_mended(&meta.value);
                    assert!(again.is_ok(), "{name}, {}: {why}, {again:?}: {}", meta.key, meta.value);
                    mended += 1;
                }
            }
        }
    }
    println!("{whole} serialised values, {mended} more were mended");
    assert!(whole > 100);
}

/// A file of any length that takes no room: one piece many times.
struct Many {
    piece: Vec<u8>,
    at: usize,
    left: usize,
}

impl Many {
    fn of(piece: &str, times: usize) -> Many {
        // Blocks are filled, or a byte at a time would take the test's time. So it may be some more pieces.
        let at_once = (65_536 / piece.len()).clamp(1, times);
        Many { piece: piece.repeat(at_once).into_bytes(), at: 0, left: times.div_ceil(at_once) }
    }
}

impl BufRead for Many {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at == self.piece.len() && self.left > 0 {
            (self.at, self.left) = (0, self.left - 1);
        }
        Ok(if self.left == 0 { &[] } else { &self.piece[self.at..] })
    }

    fn consume(&mut self, count: usize) {
        self.at += count;
    }
}

impl Read for Many {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(bytes)?;
        self.consume(count);
        Ok(count)
    }
}

/// Reads `before`, `piece` many times, and `after`; says how many items came, how many were skipped and why the first
/// was. The whole item that stands behind all is read.
fn through(before: &str, piece: &str, times: usize, after: &str) -> String {
    let (told, last) = bounded(before, piece, times, after);
    assert_eq!(last, Some(2), "the whole item at the end is read: {told}");
    told
}

/// The same, and the number of the last item that was read. Holds the memory that it takes against what it may take.
fn bounded(before: &str, piece: &str, times: usize, after: &str) -> (String, Option<i64>) {
    let (before, after) = (format!("{HEAD}{before}"), format!("{after}{WHOLE}{TAIL}"));
    let (mut items, mut skipped, mut last, mut why) = (0, 0, None, String::new());
    let begun = std::time::Instant::now();
    let taken = allocation_counter::measure(|| {
        let source = before.as_bytes().chain(Many::of(piece, times)).chain(after.as_bytes());
        let mut reader = Reader::open(source).unwrap();
        while let Some(piece) = reader.next_piece().unwrap() {
            match piece {
                Piece::Item(item) => (items, last) = (items + 1, item.id),
                Piece::Skipped(one) => {
                    if skipped == 0 {
                        why = format!(": {}", one.why);
                    }
                    skipped += 1;
                }
            }
        }
    });
    let told = format!("{items} read, {skipped} skipped{why}");
    println!("{:?}, {} MB: {told}", begun.elapsed(), taken.bytes_max / 1_000_000);
    assert!(taken.bytes_max < MEMORY, "{} MB for {told}", taken.bytes_max / 1_000_000);
    (told, last)
}

#[test]
fn memory_does_not_grow_with_the_file() {
    let most = |times: usize| {
        let paragraph = "The wall held through the night. ".repeat(30);
        let item = format!(
            "<item><title>Wall</title><wp:post_id>1</wp:post_id><content:encoded><![CDATA[{paragraph}]]></content:encoded>\
             <wp:postmeta><wp:meta_key>k</wp:meta_key><wp:meta_value>v</wp:meta_value></wp:postmeta></item>\n"
        );
        let taken = allocation_counter::measure(|| {
            let source = HEAD.as_bytes().chain(Many::of(&item, times)).chain(TAIL.as_bytes());
            let mut reader = Reader::open(source).unwrap();
            while reader.next_piece().unwrap().is_some() {}
        });
        taken.bytes_max
    };
    let (few, many) = (most(1_000), most(20_000));
    assert!(many <= few + 1_000, "{few} bytes for a thousand items, {many} for twenty thousand");
    assert!(many < 2_000_000, "{many} bytes");
}

#[test]
fn an_element_of_a_gigabyte_costs_its_item_alone() {
    let text = "The wall held through the night. ";
    let told = through(
        "<item><wp:post_id>1</wp:post_id><content:encoded><![CDATA[",
        text,
        32_000_000,
        "]]></content:encoded></item>",
    );
    assert_eq!(told, "1 read, 1 skipped: it has more than 32 MiB");
}

#[test]
fn the_largest_item_behind_the_largest_channel_leaves_the_memory_in_its_bounds() {
    let author = "<wp:author><wp:author_login>ada</wp:author_login></wp:author>";
    let text = "The wall held through the night. ";
    let meta = |value: &str| {
        format!("<wp:postmeta><wp:meta_key>k</wp:meta_key><wp:meta_value>{value}</wp:meta_value></wp:postmeta>")
    };
    let told = through(
        &format!("{}<item><wp:post_id>1</wp:post_id><content:encoded><![CDATA[", author.repeat(95_000)),
        text,
        460_000,
        &format!("]]></content:encoded>{}{}</item>", meta(&text.repeat(240_000)), meta(&text.repeat(240_000))),
    );
    assert_eq!(told, "2 read, 0 skipped");
}

#[test]
fn depth_and_attributes_are_bounded() {
    assert_eq!(
        through("<item><x>", "<y>", 1_000_000, "</x></item>"),
        "1 read, 1 skipped: it is nested more than 64 deep"
    );
    assert_eq!(
        through("<item>", "<wp:comment>", 1_000_000, "</item>"),
        "1 read, 1 skipped: it is nested more than 64 deep"
    );
    let told = through("<item><category ", "a=\"b\" ", 1_000_000, ">x</category></item>");
    assert_eq!(told, "1 read, 1 skipped: a tag of it has more than 64 KiB");
    let told = through("<item><category ", "a=\"b\" ", 1_000, ">x</category></item>");
    assert_eq!(told, "1 read, 1 skipped: it has more than 64 attributes");
    let told = through("<item xmlns:a=\"b\" ", "xmlns:a=\"b\" ", 1_000_000, "><x/></item>");
    assert_eq!(told, "1 read, 1 skipped: a tag of it has more than 64 KiB");
    let told = through("<item><", "x", 10_000, "/></item>");
    assert_eq!(told, "1 read, 1 skipped: a name in it has more than 200 bytes");
}

#[test]
fn an_item_has_only_so_many_of_anything() {
    let meta = "<wp:postmeta><wp:meta_key>k</wp:meta_key></wp:postmeta>";
    assert_eq!(through("<item>", meta, 100_000, "</item>"), "1 read, 1 skipped: it has more than 20000 meta fields");
    let term = "<category nicename=\"a\">A</category>";
    assert_eq!(through("<item>", term, 100_000, "</item>"), "1 read, 1 skipped: it has more than 5000 terms");
    assert_eq!(through("<item>", "<x/>", 1_000_000, "</item>"), "1 read, 1 skipped: it has more than 2000 fields");
    // The values of many small comments take more room than their bytes in the file.
    assert_eq!(through("<item>", "<wp:comment/>", 1_000_000, "</item>"), "1 read, 1 skipped: it has more than 32 MiB");
}

#[test]
fn texts_that_swell_when_they_are_read_are_bounded() {
    let told = through("<item><x>", "\u{1}", 12_000_000, "</x></item>");
    assert_eq!(told, "1 read, 1 skipped: its x has more than 16 MiB");
    assert_eq!(through("<item><x>", " ", 30_000_000, "</x></item>"), "1 read, 1 skipped: its x has more than 16 MiB");
}

#[test]
fn a_channel_of_millions_is_bounded() {
    let author = "<wp:author><wp:author_login>ada</wp:author_login></wp:author>";
    let told = through("", author, 100_000, "");
    assert_eq!(told, "1 read, 1 skipped: the channel has more than 32 MiB, and what follows of its kind is left out");
    let told = through("", "<wp:author><a></b></wp:author>", 2_000, "");
    assert!(told.starts_with("1 read, 2000 skipped: it is not well-formed XML"), "{told}");
}

/// Every byte of these begins something that has no end. What is looked for within what is broken is bounded, so that
/// the time is as well; what stands behind may be lost with it.
#[test]
fn beginnings_without_an_end_take_no_endless_time() {
    let ending = ">]]>--?></x></item></wp:author>";
    for (beginning, times) in [("<item><![CDATA[", 3_000_000), ("<item><!--", 4_000_000), ("<item>", 200_000)] {
        bounded("", beginning, times, ending);
    }
    for beginning in ["<item ", "<!--", "<![CDATA[", "<?", "<a ", "</a ", "<wp:author><![CDATA["] {
        bounded("", beginning, 1_000_000, ending);
    }
    for beginning in ["<item><x a=\"", "<a b=\"", "</a \""] {
        bounded("", beginning, 100_000, &format!("\"{ending}"));
    }
}

#[test]
fn what_has_no_head_is_soon_refused() {
    let source = Many::of("not a word of XML ", 100_000_000);
    let why = read(source).err().map(|why| why.to_string());
    assert_eq!(why.as_deref(), Some("it is no WordPress export: there is no <rss> in it"));
}

#[test]
fn a_source_that_fails_is_an_error() {
    struct Fails;
    impl Read for Fails {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("the disk is gone"))
        }
    }
    let head = format!("{HEAD}{WHOLE}");
    let why = read(io::BufReader::new(head.as_bytes().chain(Fails))).err().map(|why| why.to_string());
    assert_eq!(why.as_deref(), Some("it cannot be read: the disk is gone"));
}
