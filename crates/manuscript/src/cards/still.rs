//! The still of a film in a mail, which plays none.

use super::fenced::fenced_url;
use crate::escape::Quoted;
use crate::page::{Page, Target, put};

/// Width of the still in pixels: that of the text in a newsletter.
const WIDTH: f64 = 600.0;

/// A still with a play button on it, that leads to the film.
pub(super) struct Still<'a> {
    /// The picture; without one the button stands on a plain ground.
    pub(super) src: Option<&'a str>,
    /// Width divided by height.
    pub(super) ratio: f64,
    /// Where a click leads.
    pub(super) href: &'a str,
}

impl Still<'_> {
    /// Prints it twice: as a table with a background picture, and in a comment as a drawing for Outlook, which
    /// shows no such pictures. A transparent picture at the side gives the table its height.
    pub(super) fn print(&self, page: &mut Page<'_>) {
        let Target::Email(email) = page.target else { return };
        let height = (WIDTH / self.ratio).round();
        // The button is 78 pixels high, the arrow on it 34; a half goes up.
        let (button, arrow) = ((height / 2.0 - 39.0 + 0.5).floor(), (height / 2.0 - 17.0 + 0.5).floor());
        let (href, outlook_href) = (Quoted(self.href), fenced_url(self.href));
        let outlook_src = fenced_url(self.src.unwrap_or_default());
        let src = Quoted(&outlook_src);
        let icons = page.urls.media(&email.icons_url).unwrap_or_default();
        let icons = Quoted(&icons);
        put!(
            page,
            r#"<!--[if !mso !vml]-->
<a class="kg-video-preview" href="{href}" aria-label="Play video" style="mso-hide: all">
<table cellpadding="0" cellspacing="0" border="0" width="100%" background="{src}" role="presentation" style="background: url('{src}') left top / cover; mso-hide: all">
<tr style="mso-hide: all">
<td width="25%" style="visibility: hidden; mso-hide: all"><img src="{icons}spacer-150x{height}.png" alt="" width="100%" border="0" style="display:block; height: auto; opacity: 0; visibility: hidden; mso-hide: all;"></td>
<td width="50%" align="center" valign="middle" style="vertical-align: middle; mso-hide: all;"><div class="kg-video-play-button" style="mso-hide: all"><div style="mso-hide: all"></div></div></td>
<td width="25%" style="mso-hide: all">&nbsp;</td>
</tr>
</table>
</a>
<!--[endif]-->
<!--[if vml]>
<v:group xmlns:v="urn:schemas-microsoft-com:vml" xmlns:w="urn:schemas-microsoft-com:office:word" coordsize="600,{height}" coordorigin="0,0" href="{outlook_href}" style="width:600px;height:{height}px;">
<v:rect fill="t" stroked="f" style="position:absolute;width:600;height:{height};"><v:fill src="{outlook_src}" type="frame"/></v:rect>
<v:oval fill="t" strokecolor="white" strokeweight="4px" style="position:absolute;left:261;top:{button};width:78;height:78"><v:fill color="black" opacity="30%" /></v:oval>
<v:shape coordsize="24,32" path="m,l,32,24,16,xe" fillcolor="white" stroked="f" style="position:absolute;left:289;top:{arrow};width:30;height:34;" />
</v:group>
<![endif]-->"#
        );
    }
}
