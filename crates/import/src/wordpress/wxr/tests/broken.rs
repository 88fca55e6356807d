//! What is no export, and exports that are broken.

use super::*;

#[test]
fn what_is_no_export_is_refused_in_words() {
    assert_eq!(refused(b""), "it is no WordPress export: there is no <rss> in it");
    assert_eq!(refused(b"{\"db\": []}"), "it is no WordPress export: there is no <rss> in it");
    assert_eq!(refused(&vec![b' '; 3 << 20]), "it is no WordPress export: there is no <rss> in it");
    let none = "it is no WordPress export: there is no wp:wxr_version before the first item";
    assert_eq!(refused(b"<rss><channel><title>A feed</title><item></item></channel></rss>"), none);
    assert_eq!(refused(b"<rss><channel></channel></rss>"), none);
    let version = |text: &str| refused(format!("{HEAD}{TAIL}").replace(">1.2<", &format!(">{text}<")).as_bytes());
    assert_eq!(
        version("abc"),
        "it is no WordPress export that is known: its wp:wxr_version is “abc”, and not such as 1.2"
    );
    assert_eq!(version(" 1.1\n"), "it is an export");
    let encoded = HEAD.replace("UTF-8", "ISO-8859-1");
    assert_eq!(refused(encoded.as_bytes()), "it is written in ISO-8859-1; only UTF-8 is read");
    assert_eq!(refused(b"\xFF\xFE<\0?\0"), "it is written in UTF-16; only UTF-8 is read");
}

#[test]
fn a_newer_version_is_read_and_noted() {
    let file = format!("{HEAD}{WALL}{TAIL}").replace(">1.2<", ">1.10<");
    assert_eq!(
        told(file.as_bytes()),
        "1: <p>It held.</p>\nfile: its version 1.10 is newer than the newest that is known, 1.2"
    );
}

#[test]
fn a_document_type_is_refused_before_it_is_read() {
    let why = "it declares a document type (DOCTYPE). No export has one, and what it declares is not read";
    let bomb = "<!DOCTYPE rss [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>";
    assert_eq!(refused(format!("<?xml version=\"1.0\"?>{bomb}{HEAD}{WALL}{TAIL}").as_bytes()), why);
    assert_eq!(refused(b"<?xml version=\"1.0\"?>\n<!doctype rss SYSTEM \"file:///etc/passwd\"><rss/>"), why);
    let inside = format!("<item><title>A bomb</title>{bomb}</item>{WALL}");
    assert_eq!(read(&inside).lines().last(), Some("1: <p>It held.</p>"));
    assert!(read(&inside).starts_with("no item “A bomb”: it is not well-formed XML: "));
}

#[test]
fn a_byte_order_mark_and_a_warning_before_the_file_do_no_harm() {
    assert_eq!(told(format!("\u{FEFF}{HEAD}{WALL}{TAIL}").as_bytes()), "1: <p>It held.</p>");
    assert_eq!(told(format!("\n<br />\n<b>Notice</b>: x in y\n{HEAD}{WALL}{TAIL}").as_bytes()), "1: <p>It held.</p>");
}

#[test]
fn exports_one_after_the_other_are_one() {
    let file = format!("{HEAD}{WALL}{TAIL}{}{TIDE}{TAIL}", HEAD.replace("Harbour Hill", "Elsewhere"));
    let (pieces, reader) = pieces(file.as_bytes());
    assert_eq!((pieces.len(), reader.channel().title.as_str()), (2, "Harbour Hill"));
}

#[test]
fn a_broken_item_costs_no_other() {
    let and_tide = |broken: &str| read(&format!("{WALL}{broken}{TIDE}")).replace("1: <p>It held.</p>\n", "");
    let start = "<item><title>Lost &amp; found</title><wp:post_id>9</wp:post_id>";
    let lost = "no item “Lost & found”: ";
    assert_eq!(
        and_tide(&format!("{start}</wp:stray></item>")),
        format!(
            "{lost}it is not well-formed XML: ill-formed document: expected `</item>`, but `</wp:stray>` was found\n2: <p>It rose.</p>"
        )
    );
    assert_eq!(and_tide(start), format!("{lost}another item begins before it ends\n2: <p>It rose.</p>"));
    assert_eq!(
        and_tide(&format!("{start}a < b</item>")),
        format!("{lost}it is not well-formed XML: a bare < stands in it\n2: <p>It rose.</p>")
    );
    assert_eq!(
        and_tide(&format!("{start}<content:encoded><![CDATA[It never</content:encoded></item>")),
        format!("{lost}a CDATA section of it runs on into the next one\n2: <p>It rose.</p>")
    );
    let unclosed = and_tide(&format!("{start}<content:encoded><![CDATA[It never</item>"));
    assert!(unclosed.starts_with(lost) && unclosed.ends_with("\n2: <p>It rose.</p>"), "{unclosed}");
    assert_eq!(
        and_tide(&format!("{start}<!-- It never</item>")),
        format!("{lost}a comment in it is never closed\n2: <p>It rose.</p>")
    );
    let quote = and_tide(&format!("{start}<category domain=\"category>News</category></item>"));
    assert!(quote.starts_with(lost) && quote.ends_with("\n2: <p>It rose.</p>"), "{quote}");
}

#[test]
fn a_file_that_was_cut_off_gives_what_is_whole() {
    let file = format!("{HEAD}{WALL}{TIDE}");
    let cut = |at: &str| told(&file.as_bytes()[..memmem::rfind(file.as_bytes(), at.as_bytes()).unwrap()]);
    let end = "file: the file ends before its channel does";
    assert_eq!(cut("</item>"), format!("1: <p>It held.</p>\nno item “The tide”: the file ends in it\n{end}"));
    assert_eq!(
        cut("rose"),
        format!("1: <p>It held.</p>\nno item “The tide”: a CDATA section in it is never closed\n{end}")
    );
    assert_eq!(cut("em><title>The tide"), format!("1: <p>It held.</p>\nno it: a tag in it is never closed\n{end}"));
}

#[test]
fn a_broken_entry_of_the_channel_costs_no_other() {
    let author = |login: &str| format!("<wp:author><wp:author_login>{login}</wp:author_login></wp:author>");
    let broken = "<wp:author><wp:author_login><![CDATA[bo</wp:author_login></wp:author>";
    let file = format!("{HEAD}{}{broken}{}{WALL}{TAIL}", author("ada"), author("<![CDATA[cy]]>"));
    let (pieces, reader) = pieces(file.as_bytes());
    let logins: Vec<_> = reader.channel().authors.iter().map(|author| author.login.as_str()).collect();
    assert_eq!(logins, ["ada", "cy"]);
    assert_eq!(tell(&pieces[0]), "no wp:author: a CDATA section of it runs on into the next one");
    assert_eq!(tell(&pieces[1]), "1: <p>It held.</p>");
}

#[test]
fn a_piece_of_a_skipped_text_is_no_item() {
    let sample = "<item><title>A sample</title><link>x</link></item>";
    let broken = format!(
        "<item><title>On feeds</title><wp:post_id>9</wp:post_id></b><content:encoded><![CDATA[{sample}]]></content:encoded></item>"
    );
    let lines = read(&format!("{broken}{TIDE}"));
    assert!(lines.ends_with("\nno item “A sample”: nothing of WordPress stands in it\n2: <p>It rose.</p>"), "{lines}");
}

#[test]
fn an_item_shown_in_the_text_of_another_is_text() {
    assert_eq!(body("<![CDATA[<item><title>x</title></item>]]>"), "<item><title>x</title></item>");
}

#[test]
fn what_is_skipped_says_where_it_stands() {
    let file = format!("{HEAD}{WALL}<item><wp:post_id></item>{TAIL}");
    let (pieces, _) = pieces(file.as_bytes());
    let Piece::Skipped(skipped) = &pieces[1] else { panic!("nothing was skipped") };
    assert_eq!(skipped.offset, (HEAD.len() + WALL.len()) as u64);
    assert!(skipped.to_string().starts_with(&format!("item at byte {}: it is not well-formed XML", skipped.offset)));
}

#[test]
fn an_export_is_told_by_its_first_bytes() {
    assert!(is_wxr(HEAD.as_bytes()));
    assert!(is_wxr(format!("\u{FEFF}\n{HEAD}").as_bytes()));
    assert!(is_wxr(HEAD.replace("http://wordpress", "https://wordpress").as_bytes()));
    assert!(!is_wxr(b"<rss xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel>"));
    assert!(!is_wxr(b"{\"url\": \"http://wordpress.org/export/1.2/\"}"));
    assert!(!is_wxr(b""));
}
