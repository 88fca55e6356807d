//! The cards of the body that is measured.

use serde_json::{Value, json};

use crate::sample::{CARDS, SITE};

/// The cards, in the order in which they come.
pub fn cards() -> [Value; CARDS] {
    [
        image(1, "wide"),
        callout("blue", "<b><strong style=\"white-space: pre-wrap;\">In short:</strong></b> a bridge, twice refused."),
        gallery(10, 9),
        bookmark(1),
        image(2, "regular"),
        toggle(
            "Who sits on the board?",
            "<p>Twelve, <em>nine</em> of them elected.</p><ul><li>six for the quay</li><li>six for the town</li></ul>",
        ),
        rule(),
        embed(
            "https://www.youtube.com/watch?v=harbour0001",
            "https://www.youtube.com/embed/harbour0001?feature=oembed",
        ),
        html(
            "<table><thead><tr><th>Party</th><th>For</th><th>Against</th></tr></thead><tbody><tr><td>Quay</td><td>4</td>\
             <td>2</td></tr><tr><td>Town</td><td>1</td><td>5</td></tr></tbody></table>",
        ),
        image(3, "full"),
        button(),
        markdown(),
        code(
            "rust",
            "fn majority(members: usize) -> usize {\n    members / 2 + usize::from(members > 1)\n}\n",
            "The rule",
        ),
        audio(),
        bookmark(2),
        video(),
        file(),
        image(4, "regular"),
        product(),
        header(),
        callout("yellow", "The figures were <i><em style=\"white-space: pre-wrap;\">corrected</em></i> on 4 March."),
        gallery(50, 3),
        rule(),
        code("json", "{\"for\": 7, \"against\": 5, \"open\": [\"<none>\"]}\n", ""),
        toggle("Why?", "<p>The first count was <a href=\"https://example.org/first-count/\">not public</a>.</p>"),
        html(
            "<div class=\"harbour\"><h4>Depth at low water</h4><p>East quay: <strong>3.2 m</strong><br>West quay: \
             <strong>2.9 m</strong></p></div>",
        ),
        embed("https://vimeo.com/100200300", "https://player.vimeo.com/video/100200300"),
        call_to_action(),
        image(5, "wide"),
        signup(),
    ]
}

fn image(number: usize, width: &str) -> Value {
    card(
        "image",
        json!({
            "src": picture(number), "width": 2400, "height": 1600, "title": "", "cardWidth": width,
            "alt": format!("The quay, picture {number}"),
            "caption": "<span style=\"white-space: pre-wrap;\">The east quay at low water. Picture: </span>\
                <a href=\"https://example.org/author/ann/\" rel=\"noreferrer\">Ann Keel</a>",
            "href": if number == 4 { format!("{SITE}/pictures/") } else { String::new() },
        }),
    )
}

fn gallery(first: usize, count: usize) -> Value {
    let image = |at: usize| {
        let number = first + at;
        json!({
            "fileName": format!("quay-{number}.jpg"), "row": at / 3, "src": picture(number),
            "width": 1200, "height": 800, "title": "", "alt": format!("Boat {number}"),
        })
    };
    let images: Vec<Value> = (0..count).map(image).collect();
    card("gallery", json!({"images": images, "caption": "All the boats that were in"}))
}

fn bookmark(number: usize) -> Value {
    card(
        "bookmark",
        json!({
            "url": format!("{SITE}/reports/{number}/?from=article&to=report"),
            "metadata": {
                "icon": format!("{SITE}/content/images/icon.png"),
                "title": format!("Report {number} on the \"sea wall\""),
                "description": "What two engineers found when they took the facing off, and what it would cost to put back.",
                "author": "The engineers", "publisher": "County of Estuary", "thumbnail": picture(60 + number),
            },
            "caption": "<span style=\"white-space: pre-wrap;\">The county's own account</span>",
        }),
    )
}

fn callout(colour: &str, html: &str) -> Value {
    card("callout", json!({"calloutText": html, "calloutEmoji": "⚓", "backgroundColor": colour}))
}

fn toggle(heading: &str, content: &str) -> Value {
    let heading = format!("<span style=\"white-space: pre-wrap;\">{heading}</span>");
    card("toggle", json!({"heading": heading, "content": content}))
}

fn rule() -> Value {
    card("horizontalrule", json!({}))
}

fn embed(url: &str, player: &str) -> Value {
    card(
        "embed",
        json!({
            "url": url, "embedType": "video",
            "html": format!("<iframe width=\"200\" height=\"113\" src=\"{player}\" title=\"The vote\" allowfullscreen></iframe>"),
            "metadata": {"title": "The vote", "author_name": "Harbour TV"},
            "caption": "<span style=\"white-space: pre-wrap;\">The vote, as it was broadcast</span>",
        }),
    )
}

fn html(html: &str) -> Value {
    card("html", json!({"html": html, "visibility": everybody()}))
}

fn button() -> Value {
    let url = format!("{SITE}/minutes/?year=2026&month=3");
    card("button", json!({"buttonText": "Read the minutes", "alignment": "center", "buttonUrl": url}))
}

fn markdown() -> Value {
    let markdown = "\
## How the vote was counted

Each member holds **one** card, *green* or red; see [the rules](https://example.org/rules/).

- green for
- red against

> A card in the pocket is no vote.

1. cards up
2. cards down

| Round | For |
|---|---:|
| first | 5 |
| second | 7 |
";
    card("markdown", json!({"markdown": markdown}))
}

fn code(language: &str, code: &str, caption: &str) -> Value {
    card("codeblock", json!({"code": code, "language": language, "caption": caption}))
}

fn audio() -> Value {
    card(
        "audio",
        json!({
            "duration": 1_843.2, "mimeType": "audio/mp3", "src": media("debate.mp3"),
            "title": "The whole debate", "thumbnailSrc": media("debate.jpg"),
        }),
    )
}

fn video() -> Value {
    card(
        "video",
        json!({
            "src": media("tide.mp4"), "caption": "The tide at the <em>old</em> sea wall", "fileName": "tide.mp4",
            "mimeType": "video/mp4", "width": 1280, "height": 720, "duration": 65.4, "thumbnailSrc": media("tide.jpg"),
            "customThumbnailSrc": "", "thumbnailWidth": 1280, "thumbnailHeight": 720, "cardWidth": "wide", "loop": false,
        }),
    )
}

fn file() -> Value {
    card(
        "file",
        json!({
            "src": format!("{SITE}/content/files/2026/03/survey.pdf"), "fileTitle": "The survey",
            "fileCaption": "Eighty pages & a map", "fileName": "survey.pdf", "fileSize": 1_536_000,
        }),
    )
}

fn product() -> Value {
    card(
        "product",
        json!({
            "productImageSrc": picture(40), "productImageWidth": 800, "productImageHeight": 600,
            "productTitle": "<span style=\"white-space: pre-wrap;\">A history of the quay</span>",
            "productDescription": "<p dir=\"ltr\"><span style=\"white-space: pre-wrap;\">Two hundred pictures.</span></p>",
            "productRatingEnabled": true, "productStarRating": 4, "productButtonEnabled": true,
            "productButton": "To the shop", "productUrl": format!("{SITE}/shop/"),
        }),
    )
}

/// In its second version, which is the one that the editor makes today.
fn header() -> Value {
    let mut header = card(
        "header",
        json!({
            "size": "small", "style": "dark", "header": "What the <b>sea</b> took", "subheader": "A walk along the wall",
            "buttonEnabled": true, "buttonUrl": format!("{SITE}/part-two/"), "buttonText": "Part two",
            "backgroundImageSrc": picture(41), "backgroundImageWidth": 1600, "backgroundImageHeight": 900,
            "backgroundSize": "cover", "backgroundColor": "#102030", "accentColor": "#FF1A75", "alignment": "center",
            "textColor": "#FFFFFF", "buttonColor": "#ffffff", "buttonTextColor": "#000000", "layout": "split",
            "swapped": false,
        }),
    );
    header["version"] = 2.into();
    header
}

fn call_to_action() -> Value {
    card(
        "call-to-action",
        json!({
            "layout": "minimal", "alignment": "left", "backgroundColor": "grey", "linkColor": "text",
            "textValue": "<p dir=\"ltr\"><span style=\"white-space: pre-wrap;\">The next meeting is public.</span></p>",
            "showButton": true, "buttonText": "Take a seat", "buttonUrl": format!("{SITE}/meetings/"),
            "buttonColor": "#000000", "buttonTextColor": "#ffffff", "showDividers": true, "hasSponsorLabel": true,
            "sponsorLabel": "<p><span style=\"white-space: pre-wrap;\">NOTICE</span></p>",
            "imageUrl": picture(42), "imageWidth": 1600, "imageHeight": 900, "visibility": everybody(),
        }),
    )
}

fn signup() -> Value {
    card(
        "signup",
        json!({
            "alignment": "left", "backgroundColor": "#F0F0F0", "backgroundImageSrc": "", "backgroundSize": "cover",
            "textColor": "#000000", "buttonColor": "accent", "buttonTextColor": "#FFFFFF", "buttonText": "Subscribe",
            "header": "Letters from the quay", "subheader": "What was decided, and by whom", "labels": ["quay"],
            "disclaimer": "One letter a week.", "successMessage": "Look into your inbox.", "layout": "wide",
            "swapped": false,
        }),
    )
}

/// A card's node: its fields after its type and version.
fn card(kind: &str, fields: Value) -> Value {
    let mut card = json!({"type": kind, "version": 1});
    if let (Some(card), Value::Object(fields)) = (card.as_object_mut(), fields) {
        card.extend(fields);
    }
    card
}

fn everybody() -> Value {
    let all = "status:free,status:-free";
    json!({"web": {"nonMember": true, "memberSegment": all}, "email": {"memberSegment": all}})
}

fn picture(number: usize) -> String {
    format!("{SITE}/content/images/2026/03/quay-{number}.jpg")
}

fn media(name: &str) -> String {
    format!("{SITE}/content/media/2026/03/{name}")
}
