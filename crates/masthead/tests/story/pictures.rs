//! Pictures: the original, smaller forms made at first request, nothing else.

use crate::magazine::{Magazine, tell};

/// A picture of two colours, 1200 by 800.
pub fn a_jpeg() -> Vec<u8> {
    let mut png = Vec::new();
    let picture =
        image::RgbImage::from_fn(1200, 800, |x, _| image::Rgb(if x < 600 { [200, 30, 30] } else { [30, 30, 200] }));
    picture.write_to(&mut std::io::Cursor::new(&mut png), image::ImageFormat::Jpeg).unwrap();
    png
}

async fn width(magazine: &Magazine, path: &str) -> (String, u32) {
    let answer = magazine.get(path).await;
    assert_eq!(answer.status, 200, "{path}");
    (answer.header("content-type").to_owned(), picture::probe(&answer.body).unwrap().width)
}

#[test]
fn a_picture_comes_in_the_sizes_that_the_theme_declares() {
    tell(async |magazine| {
        magazine.app.media.put("images/2026/11/wall.jpg", &a_jpeg()).unwrap();
        let jpeg = "image/jpeg".to_owned();
        assert_eq!(width(&magazine, "/content/images/2026/11/wall.jpg").await, (jpeg.clone(), 1200));
        assert_eq!(width(&magazine, "/content/images/size/w640/2026/11/wall.jpg").await, (jpeg.clone(), 640));
        assert_eq!(width(&magazine, "/content/images/size/w1600/2026/11/wall.jpg").await, (jpeg, 1200));
        let webp = width(&magazine, "/content/images/size/w640/format/webp/2026/11/wall.jpg").await;
        assert_eq!(webp, ("image/webp".to_owned(), 640));
    });
}

#[test]
fn a_size_that_nobody_declared_leads_to_the_original() {
    tell(async |magazine| {
        magazine.app.media.put("images/wall.jpg", &a_jpeg()).unwrap();
        let answer = magazine.get("/content/images/size/w641/wall.jpg").await;
        assert_eq!((answer.status.as_u16(), answer.header("location")), (301, "/content/images/wall.jpg"));
    });
}

#[test]
fn a_size_has_one_address_and_is_kept_once() {
    tell(async |magazine| {
        magazine.app.media.put("images/wall.jpg", &a_jpeg()).unwrap();
        for spelling in ["w0640", "w+640", "w640/."] {
            let answer = magazine.get(&format!("/content/images/size/{spelling}/wall.jpg")).await;
            assert_ne!(answer.status, 200, "{spelling}");
        }
        let other = magazine.get("/content/images/size/w640/format/jpg/wall.jpg").await;
        assert_eq!(other.header("location"), "/content/images/size/w640/format/jpeg/wall.jpg");
        assert_eq!(magazine.get(&format!("/content/images/{}.jpg", "a".repeat(300))).await.status, 404);
    });
}

#[test]
fn no_path_leaves_the_folder_and_no_other_file_is_served() {
    tell(async |magazine| {
        magazine.app.media.put("images/page.html", b"<script>alert(1)</script>").unwrap();
        magazine
            .app
            .media
            .put("images/drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>x()</script></svg>")
            .unwrap();
        for path in [
            "/content/images/../../masthead.db",
            "/content/images/..%2f..%2fmasthead.db",
            "/content/images/page.html",
            "/content/images/.hidden",
            "/content/images/none.jpg",
        ] {
            assert_eq!(magazine.get(path).await.status, 404, "{path}");
        }
        let drawing = magazine.get("/content/images/drawing.svg").await;
        assert!(drawing.header("content-security-policy").contains("sandbox"), "a drawing runs no script");
    });
}
