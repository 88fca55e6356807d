//! `{{img_url}}` and `{{asset}}`: files by address.

use super::Done;
use super::links::{absolute, encoded};
use crate::Value;
use crate::handlebars::{Arguments, Render};

/// Where pictures lie.
const IMAGES: &str = "/content/images/";

/// `{{img_url feature_image size="m" format="webp" absolute="true"}}`: the address of a picture in
/// one of the sizes that the theme declares. An unknown size gives the picture as it is; a picture
/// on another server is left alone.
pub(super) fn img_url(render: &mut Render<'_>, args: &Arguments<'_>) -> Done {
    let Some(url) = args.param(0).as_str().filter(|url| !url.is_empty()) else { return Ok(Value::Undefined) };
    let path = url.strip_prefix(render.site_url.as_str()).filter(|path| path.starts_with('/')).unwrap_or(url);
    let wanted = args.named("size").as_str();
    let size = render.theme.image_sizes().iter().find(|size| Some(size.name.as_str()) == wanted);
    let Some(file) = path.strip_prefix(IMAGES) else {
        // Unsplash makes sizes of its own.
        let width = size.and_then(|size| size.width).filter(|_| url.starts_with("https://images.unsplash.com/"));
        return Ok(match width {
            Some(width) => format!("{}?w={width}", encoded(url.split('?').next().unwrap_or_default())).into(),
            None => encoded(url).into(),
        });
    };
    let format =
        args.named("format").as_str().filter(|format| ["webp", "avif", "png", "jpeg", "jpg", "gif"].contains(format));
    let path = match (size, format) {
        (None, _) => path.to_owned(),
        (Some(size), None) => format!("{IMAGES}size/{}/{file}", size.slug()),
        (Some(size), Some(format)) => format!("{IMAGES}size/{}/format/{format}/{file}", size.slug()),
    };
    let path = encoded(&path);
    Ok(if args.says_yes("absolute") { absolute(render, &path) } else { path }.into())
}

/// `{{asset "css/screen.css"}}`: the address of a file of the theme, with the hash of its bytes so
/// that browsers may keep it for ever. `hasMinFile` takes `screen.min.css` where there is one.
pub(super) fn asset(render: &mut Render<'_>, args: &Arguments<'_>) -> Done {
    let path = args.param(0).to_string();
    let path = path.trim_start_matches('/');
    let minified = path.rsplit_once('.').map(|(stem, extension)| format!("{stem}.min.{extension}"));
    let minified = minified.filter(|minified| args.says_yes("hasMinFile") && render.theme.asset(minified).is_some());
    let path = minified.as_deref().unwrap_or(path);
    let address = encoded(&format!("/assets/{path}"));
    Ok(match render.theme.asset(path) {
        // Markup, because Handlebars would escape the `=`; there is nothing to escape in it.
        Some(asset) if !address.contains(['&', '\'']) => Value::html(format!("{address}?v={}", asset.hash)),
        Some(asset) => format!("{address}?v={}", asset.hash).into(),
        None => address.into(),
    })
}
