//! Whatever a WordPress post is made of, its words come along: each once, and in their order.

use import::wordpress::content::{Around, document};
use manuscript::{Document, Web};

#[test]
fn no_word_is_lost_doubled_or_moved() {
    for seed in 1..=3_000u64 {
        let mut writer = Writer { state: seed.wrapping_mul(0x9e37_79b9_7f4a_7c15), words: 0 };
        let text: String = (0..=writer.pick(2)).map(|_| writer.piece()).collect();
        let json = document(&text, &Around::default()).json;
        let html = Document::parse(&json).expect("it is a body").html(&Web::default());
        let shown = without_tags(&html);
        let places: Vec<usize> = (1..=writer.words).filter_map(|word| shown.find(&format!("w{word}."))).collect();
        let once = (1..=writer.words).all(|word| shown.matches(&format!("w{word}.")).count() == 1);
        // A table's caption stands in front of its rows, behind which it was written.
        let in_order = places.is_sorted() || html.contains("<caption>");
        assert!(once && in_order, "seed {seed}\n{text}\n{html}");
    }
}

/// Writes a post at random, in which every text is a word of its own.
struct Writer {
    state: u64,
    words: usize,
}

impl Writer {
    /// A number up to this one.
    fn pick(&mut self, most: u64) -> u64 {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        self.state % (most + 1)
    }

    fn word(&mut self) -> String {
        self.words += 1;
        format!("w{}.", self.words)
    }

    /// Fills in what a pattern leaves open: `~` a word, `+` a line, `#` a piece of HTML, `@` a block.
    fn fill(&mut self, pattern: &str, depth: u64) -> String {
        let mut out = String::new();
        for c in pattern.chars() {
            match c {
                '~' => out.push_str(&self.word()),
                '+' => out.push_str(&self.line(depth)),
                '#' => out.push_str(&self.html(depth)),
                '@' => out.push_str(&self.block(depth)),
                c => out.push(c),
            }
        }
        out
    }

    fn one_of(&mut self, patterns: &[&str], depth: u64) -> String {
        let pattern = patterns[self.pick(patterns.len() as u64 - 1) as usize];
        self.fill(pattern, depth)
    }

    fn piece(&mut self) -> String {
        if self.pick(1) == 0 { self.html(3) + "\n\n" } else { self.block(3) }
    }

    fn line(&mut self, depth: u64) -> String {
        const LINES: [&str; 8] = [
            "~",
            "\"~\"",
            "~<br>~",
            "<code>~</code> ~",
            "~ <img src='/a.jpg'> ~",
            "<strong>~</strong>'s ~",
            "<span style='font-weight:bold'>~</span>~",
            "<a class=x href='https://example.org/'>~</a>",
        ];
        self.one_of(&LINES, depth)
    }

    fn html(&mut self, depth: u64) -> String {
        const PIECES: [&str; 24] = [
            "<ul><li>+</li><li>#</li></ul>",
            "<ol><li>+<ol><li>+</li></ol></li></ol>",
            "<blockquote>#<cite>~</cite></blockquote>",
            "<figure class='alignwide'><img src='/a.jpg'><figcaption>+</figcaption></figure>",
            "<figure>#<figcaption>+</figcaption></figure>",
            "<div class='wp-caption'><img src='/a.jpg'><p class='wp-caption-text'>+</p></div>",
            "<table><caption>~</caption><tr><td>#</td><th>+</th></tr></table>",
            "<figure><table><tr><td>+</td></tr></table><figcaption>+</figcaption></figure>",
            "<figure><iframe src='https://example.org/'></iframe><figcaption>~</figcaption></figure>",
            "<figure class='wp-block-pullquote'><blockquote>#<cite>~</cite></blockquote></figure>",
            "<div class='a'>#+</div>",
            "<div class='gallery'><figure><img src='/a.jpg'><figcaption>~</figcaption></figure><img src='/b.jpg'></div>",
            "<details><summary>~</summary>#</details>",
            "<pre>~</pre>",
            "<dl><dt>~</dt><dd>+</dd></dl>",
            "<section><article>#</article></section>",
            "<center><font color=red>+</font></center>",
            "<form>#<input></form>",
            "<h2 id='a'>+</h2>",
            "[caption width='5']<img src='/a.jpg'> +[/caption]",
            "[vc_row][vc_column]#[/vc_column][/vc_row]",
            "[et_pb_toggle title='~']#[/et_pb_toggle]",
            "[embed]https://youtu.be/a[/embed]#",
            "<p>+</p>\n\n~\n",
        ];
        if depth == 0 { self.fill("<p>+</p>", 0) } else { self.one_of(&PIECES, depth - 1) }
    }

    fn block(&mut self, depth: u64) -> String {
        const BLOCKS: [(&str, &str); 22] = [
            ("heading", "<h2>+</h2>"),
            ("list", "<ul><!-- wp:list-item --><li>+</li><!-- /wp:list-item --></ul>"),
            ("quote", "<blockquote>@<cite>~</cite></blockquote>"),
            (
                "pullquote",
                "<figure class='wp-block-pullquote'><blockquote><p>~</p><cite>~</cite></blockquote></figure>",
            ),
            ("image", "<figure><img src='/a.jpg'/><figcaption>+</figcaption></figure>"),
            (
                "gallery",
                "<figure class='wp-block-gallery'><!-- wp:image --><figure><img src='/a.jpg'/><figcaption>~</figcaption></figure>\
                 <!-- /wp:image --><figcaption class='blocks-gallery-caption'>~</figcaption></figure>",
            ),
            ("embed", "<figure><div>\nhttps://vimeo.com/1\n</div><figcaption>~</figcaption></figure>"),
            ("table", "<figure><table><tr><td>+</td></tr></table><figcaption>~</figcaption></figure>"),
            ("code", "<pre><code>~</code></pre>"),
            ("verse", "<pre>+\n\n~</pre>"),
            ("preformatted", "<pre>+</pre>"),
            ("columns", "<div><!-- wp:column --><div>@@</div><!-- /wp:column --></div>"),
            ("group", "<div>@</div>"),
            ("cover", "<div class='wp-block-cover' style='background-image:url(/a.jpg)'><div>@</div></div>"),
            ("media-text", "<div><figure><img src='/a.jpg'/></figure><div>@</div></div>"),
            ("buttons", "<div><!-- wp:button --><div><a href='/a'>~</a></div><!-- /wp:button --></div>"),
            ("button", "<div><a>~</a></div>"),
            ("file", "<div><a href='/a.pdf'>~</a></div>"),
            ("details", "<details><summary>~</summary>@</details>"),
            ("html", "#"),
            ("acme/box", "#"),
            ("paragraph", "<p>+</p>"),
        ];
        let at = if depth == 0 { BLOCKS.len() - 1 } else { self.pick(BLOCKS.len() as u64 - 1) as usize };
        let (name, pattern) = BLOCKS[at];
        let html = self.fill(pattern, depth.saturating_sub(1));
        format!("<!-- wp:{name} -->\n{html}\n<!-- /wp:{name} -->\n\n")
    }
}

fn without_tags(html: &str) -> String {
    let mut in_tag = false;
    html.chars()
        .filter(|c| {
            in_tag = *c == '<' || in_tag && *c != '>';
            !in_tag && *c != '>'
        })
        .collect()
}
