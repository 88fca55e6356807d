//! Prints the quotations of a text from the standard input, with their speakers.
//!
//! ```sh
//! cargo run -p record --example quotes < article.txt
//! ```

use std::io::Read;

use record::{Article, quotes};

fn main() -> std::io::Result<()> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    for quote in quotes(&Article::of_text(&text)) {
        let said: Vec<&str> = quote.spans.iter().map(|span| &text[span.clone()]).collect();
        let speaker: Vec<&str> = quote.speaker.iter().map(|range| &text[range.clone()]).collect();
        let who = quote.name.unwrap_or_else(|| speaker.join(", "));
        println!("{:3.0} %  {who}: {}", quote.confidence * 100.0, said.join(" … "));
    }
    Ok(())
}
