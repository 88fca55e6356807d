use super::*;

mod broken;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n<rss version=\"2.0\" \
    xmlns:excerpt=\"http://wordpress.org/export/1.2/excerpt/\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" \
    xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:wp=\"http://wordpress.org/export/1.2/\">\n<channel>\n\
    <title>Harbour Hill</title><wp:wxr_version>1.2</wp:wxr_version>\n";
const TAIL: &str = "</channel></rss>\n";

fn pieces(file: &[u8]) -> (Vec<Piece>, Reader<&[u8]>) {
    let mut reader = Reader::open(file).unwrap();
    let mut pieces = Vec::new();
    while let Some(piece) = reader.next_piece().unwrap() {
        pieces.push(piece);
    }
    (pieces, reader)
}

/// What becomes of the items of a file, a line each: the number and body, or why it was skipped.
fn read(items: &str) -> String {
    told(format!("{HEAD}{items}{TAIL}").as_bytes())
}

fn told(file: &[u8]) -> String {
    let (pieces, reader) = pieces(file);
    let mut lines: Vec<String> = pieces.iter().map(tell).collect();
    lines.extend(reader.notes().iter().map(|note| format!("file: {note}")));
    lines.join("\n")
}

fn tell(piece: &Piece) -> String {
    match piece {
        Piece::Item(item) => {
            let id = item.id.map(|id| id.to_string()).unwrap_or_default();
            let notes = item.notes.iter().map(|note| format!(" ({note})")).collect::<String>();
            format!("{id}: {}{notes}", item.content)
        }
        Piece::Skipped(skipped) => {
            let title = skipped.title.as_ref().map(|title| format!(" “{title}”")).unwrap_or_default();
            format!("no {}{title}: {}", skipped.what, skipped.why)
        }
    }
}

fn one(fields: &str) -> Item {
    let (pieces, _) = pieces(format!("{HEAD}<item>{fields}</item>{TAIL}").as_bytes());
    match pieces.into_iter().next() {
        Some(Piece::Item(item)) => *item,
        other => panic!("{other:?}"),
    }
}

/// The body of an item whose `content:encoded` holds this.
fn body(inside: &str) -> String {
    let item = one(&format!("<wp:post_id>1</wp:post_id><content:encoded>{inside}</content:encoded>"));
    let notes = item.notes.iter().map(|note| format!(" ({note})")).collect::<String>();
    format!("{}{notes}", item.content)
}

fn refused(file: &[u8]) -> String {
    match Reader::open(file) {
        Ok(_) => "it is an export".to_owned(),
        Err(why) => why.to_string(),
    }
}

const WALL: &str = "<item><title>The wall</title><wp:post_id>1</wp:post_id>\
    <content:encoded><![CDATA[<p>It held.</p>]]></content:encoded></item>\n";
const TIDE: &str = "<item><title>The tide</title><wp:post_id>2</wp:post_id>\
    <content:encoded><![CDATA[<p>It rose.</p>]]></content:encoded></item>\n";

#[test]
fn items_come_one_by_one() {
    assert_eq!(read(&format!("{WALL}{TIDE}")), "1: <p>It held.</p>\n2: <p>It rose.</p>");
    assert_eq!(read(""), "");
}

#[test]
fn the_channel_says_what_the_magazine_is() {
    let file = format!(
        "{HEAD}<link>https://harbourhill.example</link><language>en-GB</language>\
         <wp:base_site_url>https://harbourhill.example</wp:base_site_url>\
         <wp:author><wp:author_id>3</wp:author_id><wp:author_login><![CDATA[ada\n]]></wp:author_login>\
         <wp:author_display_name><![CDATA[Ada Quill]]></wp:author_display_name></wp:author>\
         <wp:category><wp:term_id>4</wp:term_id><wp:category_nicename>news</wp:category_nicename>\
         <wp:category_parent></wp:category_parent><wp:cat_name><![CDATA[News &amp; Views]]></wp:cat_name></wp:category>\
         <wp:tag><wp:tag_slug>tide</wp:tag_slug><wp:tag_name><![CDATA[Tide]]></wp:tag_name></wp:tag>\
         <wp:term><wp:term_taxonomy>nav_menu</wp:term_taxonomy><wp:term_slug>top</wp:term_slug>\
         <wp:termmeta><wp:meta_key>order</wp:meta_key><wp:meta_value>5</wp:meta_value></wp:termmeta></wp:term>\
         <atom:link href=\"https://harbourhill.example/feed/?a=1&amp;b=2\" rel=\"self\" />\
         {WALL}<wp:tag><wp:tag_slug>late</wp:tag_slug></wp:tag>{TAIL}"
    );
    let (_, reader) = pieces(file.as_bytes());
    let channel = reader.channel();
    assert_eq!((channel.title.as_str(), channel.language.as_str()), ("Harbour Hill", "en-GB"));
    assert_eq!((channel.site_url.as_str(), channel.version.as_str()), ("https://harbourhill.example", "1.2"));
    let author = &channel.authors[0];
    assert_eq!((author.id, author.login.as_str(), author.display_name.as_str()), (Some(3), "ada", "Ada Quill"));
    let category = &channel.categories[0];
    assert_eq!((category.id, category.slug.as_str(), category.parent.as_str()), (Some(4), "news", ""));
    assert_eq!((category.name.as_str(), plain(&category.name).as_ref()), ("News &amp; Views", "News & Views"));
    assert_eq!(channel.tags.iter().map(|tag| tag.slug.as_str()).collect::<Vec<_>>(), ["tide", "late"]);
    assert_eq!((channel.terms[0].taxonomy.as_str(), channel.terms[0].meta[0].value.as_str()), ("nav_menu", "5"));
    let link = &channel.rest[0];
    assert_eq!(link.name, "atom:link");
    assert_eq!(link.attributes[0], ("href".to_owned(), "https://harbourhill.example/feed/?a=1&b=2".to_owned()));
}

#[test]
fn an_item_is_read_with_all_that_it_has() {
    let item = one("<wp:status>publish</wp:status><title><![CDATA[The wall]]></title>\
         <link> https://harbourhill.example/2024/05/wall/ </link><dc:creator><![CDATA[ada]]></dc:creator>\
         <guid isPermaLink=\"false\">https://harbourhill.example/?p=7</guid>\
         <excerpt:encoded><![CDATA[In short.]]></excerpt:encoded><wp:post_id>7</wp:post_id>\
         <wp:post_date>2024-05-01 18:30:00</wp:post_date><wp:post_date_gmt>2024-05-01 17:30:00</wp:post_date_gmt>\
         <wp:post_name>caf%c3%a9</wp:post_name><wp:post_parent>3</wp:post_parent><wp:menu_order>2</wp:menu_order>\
         <wp:post_type>attachment</wp:post_type><wp:post_password> high tide </wp:post_password>\
         <wp:is_sticky>1</wp:is_sticky><wp:attachment_url>https://harbourhill.example/a.jpg</wp:attachment_url>\
         <category domain=\"category\" nicename=\"news\"><![CDATA[News]]></category>\
         <category domain=\"post_tag\" nicename=\"tide\"><![CDATA[Tide]]></category>\
         <wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value><![CDATA[12]]></wp:meta_value></wp:postmeta>");
    assert_eq!((item.id, item.parent, item.menu_order, item.sticky), (Some(7), Some(3), 2, true));
    assert_eq!((item.title.as_str(), item.creator.as_str(), item.excerpt.as_str()), ("The wall", "ada", "In short."));
    assert_eq!(item.link, "https://harbourhill.example/2024/05/wall/");
    assert_eq!((item.guid_is_link, item.password.as_str()), (false, " high tide "));
    assert_eq!((item.kind(), item.state()), (PostType::Attachment, State::Publish));
    assert_eq!((item.name.as_str(), item.slug().as_ref()), ("caf%c3%a9", "café"));
    assert_eq!(item.published.at.unwrap().to_string(), "2024-05-01T17:30:00Z");
    assert_eq!(item.modified, Moment::default());
    assert_eq!(item.attachment_url.as_deref(), Some("https://harbourhill.example/a.jpg"));
    let terms: Vec<_> =
        item.terms.iter().map(|term| format!("{} {} {}", term.taxonomy, term.slug, term.name)).collect();
    assert_eq!(terms, ["category news News", "post_tag tide Tide"]);
    assert_eq!(item.meta("_thumbnail_id"), Some("12"));
    assert_eq!((item.rest.len(), item.notes.len()), (0, 0));
}

#[test]
fn what_has_no_field_is_kept_with_the_rest() {
    let item = one("<wp:post_id>1</wp:post_id><wp:post_id>2</wp:post_id><wp:post_parent>none</wp:post_parent>\
         <media:credit role=\"photographer\">E. <b>Garamond</b> &amp; Sons</media:credit><enclosure url=\"/a.mp3\"/>");
    assert_eq!(item.id, Some(1));
    let rest: Vec<_> = item.rest.iter().map(|other| format!("{}={}", other.name, other.text)).collect();
    let expected = ["wp:post_id=2", "wp:post_parent=none", "media:credit=E. <b>Garamond</b> & Sons", "enclosure="];
    assert_eq!(rest, expected);
    assert_eq!(item.rest[3].attributes, [("url".to_owned(), "/a.mp3".to_owned())]);
    assert_eq!(item.notes[0], "wp:post_parent: “none” is no whole number");
}

#[test]
fn attributes_are_decoded_and_a_broken_one_is_noted() {
    let item = one("stray<category domain=\"post_tag\" nicename='r&amp;d &#233;t&eacute; &&b'>R&amp;D</category>\
         <category domain=\"post_tag\" nicename=tide>Tide</category>");
    assert_eq!((item.terms[0].slug.as_str(), item.terms[0].name.as_str()), ("r&d ét&eacute; &&b", "R&D"));
    assert_eq!((item.terms.len(), item.rest[0].text.as_str()), (1, "Tide"));
    assert_eq!(item.notes[0], "between its elements was left out: stray");
    assert_eq!(item.notes[1], "category: an attribute is broken, and those from it on were left out");
}

#[test]
fn comments_have_threads_and_meta() {
    let item = one(
        "<wp:comment><wp:comment_id>5</wp:comment_id><wp:comment_author><![CDATA[Eve]]></wp:comment_author>\
         <wp:comment_content><![CDATA[Well said.]]></wp:comment_content><wp:comment_approved>1</wp:comment_approved>\
         <wp:comment_parent>4</wp:comment_parent><wp:comment_user_id>0</wp:comment_user_id>\
         <wp:commentmeta><wp:meta_key>rating</wp:meta_key><wp:meta_value>3</wp:meta_value></wp:commentmeta></wp:comment>\
         <wp:comment><wp:comment_id>6</wp:comment_id><wp:comment_type>editorial-comment</wp:comment_type></wp:comment>",
    );
    let first = &item.comments[0];
    assert_eq!((first.id, first.parent, first.user_id), (Some(5), Some(4), None));
    assert_eq!((first.author.as_str(), first.content.as_str(), first.is_public()), ("Eve", "Well said.", true));
    assert_eq!(first.meta, [Meta { key: "rating".to_owned(), value: "3".to_owned() }]);
    assert!(!item.comments[1].is_public());
}

#[test]
fn the_first_exports_wrote_each_term_twice() {
    let item = one(
        "<category><![CDATA[News]]></category><category domain=\"category\" nicename=\"news\"><![CDATA[News]]></category>\
         <category domain=\"tag\"><![CDATA[tide]]></category>\
         <category domain=\"tag\" nicename=\"tide\"><![CDATA[tide]]></category>",
    );
    let terms: Vec<_> = item.terms.iter().map(|term| format!("{} {}", term.taxonomy, term.slug)).collect();
    assert_eq!(terms, ["category news", "post_tag tide"]);
    assert_eq!(item.rest.len(), 2);
}

#[test]
fn a_date_is_gmt_or_else_the_magazines_own_time() {
    let dated = |fields: &str, zone: Option<&str>| {
        let file = format!("{HEAD}<item>{fields}</item>{TAIL}");
        let mut reader = Reader::open(file.as_bytes()).unwrap();
        if let Some(zone) = zone {
            reader = reader.in_zone(TimeZone::get(zone).unwrap());
        }
        let Ok(Some(Piece::Item(item))) = reader.next_piece() else { panic!("no item") };
        let at = item.published.at.map(|at| at.to_string()).unwrap_or_default();
        format!("{at}{}", item.notes.iter().map(|note| format!(" ({note})")).collect::<String>())
    };
    let local = "<wp:post_date>2024-07-01 18:30:00</wp:post_date>";
    let zeros = "<wp:post_date_gmt>0000-00-00 00:00:00</wp:post_date_gmt>";
    assert_eq!(
        dated(&format!("{local}<wp:post_date_gmt>2024-07-01 16:30:00</wp:post_date_gmt>"), None),
        "2024-07-01T16:30:00Z"
    );
    assert_eq!(dated(&format!("{local}{zeros}"), Some("Europe/Berlin")), "2024-07-01T16:30:00Z");
    let note = "its time zone is not known: 2024-07-01T18:30:00 is taken as";
    assert_eq!(dated(&format!("{local}{zeros}"), None), format!("2024-07-01T18:30:00Z ({note} UTC)"));
    let modified = "<wp:comment><wp:comment_date>2024-07-01 10:00:00</wp:comment_date>\
                    <wp:comment_date_gmt>2024-07-01 04:30:00</wp:comment_date_gmt></wp:comment>";
    let seen = dated(&format!("{modified}{local}{zeros}"), None);
    assert_eq!(seen, format!("2024-07-01T13:00:00Z ({note} +05:30, seen in an item before)"));
    assert_eq!(dated(zeros, None), "");
    assert_eq!(dated("<pubDate>Mon, 01 Jul 2024 18:30:00 +0200</pubDate>", None), "2024-07-01T16:30:00Z");
    assert_eq!(dated(&format!("<pubDate>Tue, 30 Nov 1999 00:00:00 +0000</pubDate>{zeros}"), None), "");
}

#[test]
fn sections_are_joined_and_entities_decoded() {
    assert_eq!(body("<![CDATA[a ]]]]><![CDATA[> b]]>"), "a ]]> b");
    assert_eq!(body("\n  <![CDATA[one ]]>\n  <![CDATA[two]]>\n"), "one two");
    assert_eq!(body("&lt;p&gt;It&#8217;s &quot;a &amp; b&quot;&#x21;&lt;/p&gt;"), "<p>It’s \"a & b\"!</p>");
    assert_eq!(body("<![CDATA[&lt;b&gt; &amp;]]>"), "&lt;b&gt; &amp;");
    assert_eq!(body("a <!-- note --><![CDATA[b]]> &amp; c"), "a b & c");
    assert_eq!(body("<![CDATA[one\r\ntwo\rthree]]>"), "one\ntwo\nthree");
    assert_eq!(body(""), "");
}

#[test]
fn a_meta_value_keeps_its_line_ends_since_it_may_count_them() {
    let item = one(
        "<wp:postmeta><wp:meta_key>k</wp:meta_key><wp:meta_value><![CDATA[s:4:\"a\r\nb\";]]></wp:meta_value></wp:postmeta>",
    );
    assert_eq!(item.meta("k"), Some("s:4:\"a\r\nb\";"));
}

#[test]
fn slips_whose_meaning_is_plain_are_read_and_noted() {
    assert_eq!(body("/?a=1&b=2&c=3"), "/?a=1&b=2&c=3 (content:encoded: a bare & stands as it was)");
    assert_eq!(body("a&nbsp;b"), "a&nbsp;b (content:encoded: &nbsp; stands as it was)");
    assert_eq!(body("&bomb;"), "&bomb; (content:encoded: &bomb; stands as it was)");
    assert_eq!(
        body("<p>Not <br/> wrapped.</p>"),
        "<p>Not <br/> wrapped.</p> (content:encoded: it was not wrapped, and its markup stands as it was)"
    );
    let mended = "(content:encoded: its CDATA section held the end of one, and was mended)";
    assert_eq!(body("<![CDATA[a <![CDATA[ b ]]> c &amp; d]]>"), format!("a <![CDATA[ b ]]> c &amp; d {mended}"));
    assert_eq!(body("<![CDATA[]]>]]>"), format!("]]> {mended}"));
    assert_eq!(body("a ]]> b"), "a ]]> b (content:encoded: a loose ]]> stands as it was)");
}

#[test]
fn what_is_no_text_is_replaced_and_noted() {
    let note = |count| format!("(content:encoded: {count} bytes or characters that are no text stand as U+FFFD)");
    assert_eq!(body("a&#xFFFD;b\u{FFFD}"), "a\u{FFFD}b\u{FFFD}");
    assert_eq!(body("a\u{1}b&#2;c"), format!("a\u{FFFD}b\u{FFFD}c {}", note(2)));
    let mut file = format!("{HEAD}{WALL}{TIDE}{TAIL}").into_bytes();
    let place = memmem::find(&file, b"held").unwrap();
    file[place..place + 2].copy_from_slice(b"\xC3\xFF");
    assert_eq!(told(&file), format!("1: <p>It \u{FFFD}\u{FFFD}ld.</p> {}\n2: <p>It rose.</p>", note(2)));
}

#[test]
fn any_version_and_prefix_of_the_namespace_is_known() {
    let file = format!("{HEAD}{WALL}{TAIL}");
    for space in
        ["http://wordpress.org/export/1.0/", "https://wordpress.org/export/1.1/", "http://wordpress.org/export/12.34/"]
    {
        assert_eq!(told(file.replace("http://wordpress.org/export/1.2/", space).as_bytes()), "1: <p>It held.</p>");
    }
    let renamed = file.replace("wp:", "press:").replace("xmlns:wp", "xmlns:press");
    let renamed = renamed.replace("content:encoded", "body:encoded").replace("xmlns:content", "xmlns:body");
    assert_eq!(told(renamed.as_bytes()), "1: <p>It held.</p>");
    let undeclared = file.replace("xmlns:wp=\"http://wordpress.org/export/1.2/\"", "");
    assert_eq!(told(undeclared.as_bytes()), "1: <p>It held.</p>");
    let elsewhere = "<item xmlns:wp=\"https://elsewhere.example/\"><wp:post_id>1</wp:post_id></item>";
    let (pieces, _) = pieces(format!("{HEAD}{elsewhere}{TAIL}").as_bytes());
    let Piece::Item(item) = &pieces[0] else { panic!("no item") };
    assert_eq!((item.id, item.rest[0].name.as_str()), (None, "wp:post_id"));
}
