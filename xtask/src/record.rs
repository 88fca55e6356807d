//! `cargo xtask record train|eval`: the weights of the record, learnt and measured.

mod checks;
mod gold;
mod score;

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use record::{Places, Quote, Weights};
use serde_json::json;

use crate::paths;
use gold::Text;

/// Runs `train` or `eval`.
pub fn record(args: &[String]) -> Result<()> {
    match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["train"] => train(&[Source::News, Source::Corpus], &paths::root().join("crates/record/weights.bin")),
        ["train", "--corpus-alone", file] => train(&[Source::Corpus], Path::new(file)),
        ["train", "--news-alone", file] => train(&[Source::News], Path::new(file)),
        ["eval"] => eval(Weights::built_in()),
        ["eval", file] => eval(&Weights::read(&std::fs::read(file)?).context("the weights could not be read")?),
        _ => bail!("record wants train, train --corpus-alone FILE, train --news-alone FILE, or eval [FILE]"),
    }
}

#[derive(Clone, Copy, Eq, PartialEq)]
enum Source {
    /// Annotated American news, which is not in the repository.
    News,
    /// Our own articles, of which every fifth is kept out.
    Corpus,
}

fn train(sources: &[Source], to: &Path) -> Result<()> {
    let mut lessons = Vec::new();
    for source in sources {
        let (file, kept_out): (_, fn(&Text) -> bool) = match source {
            Source::News => (reference()?.join("record/polnear-train.jsonl"), |_| false),
            Source::Corpus => (corpus(), Text::is_kept_out),
        };
        // Ours are few, and of the styles that the others lack: each counts twice.
        let weight = &if *source == Source::Corpus { 2 } else { 1 };
        if !file.exists() {
            eprintln!("skipped: {} is not there", file.display());
            continue;
        }
        let texts = gold::read(&file)?;
        let before = lessons.len();
        lessons.extend(texts.iter().filter(|text| !kept_out(text)).map(|text| text.lesson(*weight)));
        println!("{} articles of {}", lessons.len() - before, file.display());
    }
    let bytes = record::learn(&lessons).write();
    std::fs::write(to, &bytes)?;
    println!("{} bytes to {}", bytes.len(), to.display());
    Ok(())
}

fn eval(weights: &Weights) -> Result<()> {
    let reference = reference()?.join("record");
    let out = paths::root().join("target/record");
    std::fs::create_dir_all(&out)?;
    let sets = [
        ("polnear-dev", reference.join("polnear-dev.jsonl"), reference.join("score.py")),
        ("seed", reference.join("seed.jsonl"), reference.join("score.py")),
        ("uk-sample", reference.join("uk-sample/gold.jsonl"), reference.join("uk-sample/score_uk.py")),
        ("corpus, kept out", corpus(), reference.join("uk-sample/score_uk.py")),
    ];
    for (name, file, scorer) in sets.iter().filter(|(_, file, _)| file.exists()) {
        let all = gold::read(file)?;
        let ours = *name == "corpus, kept out";
        let texts: Vec<&Text> = all.iter().filter(|text| !ours || text.is_kept_out()).collect();
        let predicted: Vec<Vec<Quote>> = texts.iter().map(|text| record::quotes_by(&text.article(), weights)).collect();
        println!("\n== {name}: {} articles", texts.len());
        score::print(&texts, &predicted);
        let (gold, pred) = (out.join("gold.jsonl"), out.join(format!("{}.jsonl", name.replace([',', ' '], "-"))));
        std::fs::write(&gold, texts.iter().map(|text| format!("{}\n", text.line)).collect::<String>())?;
        std::fs::write(
            &pred,
            texts.iter().zip(&predicted).map(|(text, quotes)| format!("{}\n", line(text, quotes))).collect::<String>(),
        )?;
        official(scorer, &gold, &pred)?;
    }
    single_and_double(&reference, weights)?;
    for (name, folder) in [("uk-sample", reference.join("uk-sample")), ("our corpus", corpus_folder())] {
        println!("\n== desk checks on {name}");
        let findings = out.join("checks.jsonl");
        checks::print(&folder, &findings)?;
        official(&reference.join("uk-sample/score_checks.py"), &folder.join("checks-gold.jsonl"), &findings)?;
    }
    let damaged = gold::read_damaged(&reference.join("damaged-dev.jsonl"))?;
    println!("\n== damaged-dev: {} articles", damaged.len());
    let findings = out.join("damaged-dev.jsonl");
    std::fs::write(
        &findings,
        damaged.iter().map(|(id, text)| format!("{}\n", lost_marks(id, text, weights))).collect::<String>(),
    )?;
    official(&reference.join("score_damage.py"), &reference.join("damaged-dev.jsonl"), &findings)
}

/// British articles in single marks, and the same articles in double marks.
fn single_and_double(reference: &Path, weights: &Weights) -> Result<()> {
    let mut all = gold::read(&reference.join("uk-sample/gold.jsonl"))?;
    all.extend(gold::read(&corpus())?.into_iter().filter(Text::is_kept_out));
    all.retain(|text| text.segments.iter().filter(|segment| segment.single).count() * 2 > text.segments.len());
    let texts: Vec<&Text> = all.iter().collect();
    let single: Vec<Vec<Quote>> = texts.iter().map(|text| record::quotes_by(&text.article(), weights)).collect();
    let doubled: Vec<String> = texts.iter().map(|text| text.in_double_marks()).collect();
    let double: Vec<Vec<Quote>> = texts
        .iter()
        .zip(&doubled)
        .map(|(text, doubled)| record::quotes_by(&record::Article { text: doubled, ..text.article() }, weights))
        .collect();
    println!(
        "\n== {} articles in single marks: end to end {:.1}; the same in double marks: {:.1}",
        texts.len(),
        score::end_to_end(&texts, &single),
        score::end_to_end(&texts, &double)
    );
    Ok(())
}

/// The figures of the scorer that is kept beside the data, if Python is here.
fn official(scorer: &Path, gold: &Path, predicted: &Path) -> Result<()> {
    let Some(python) = crate::tools::in_path("python3") else {
        eprintln!("skipped: {} (there is no python3)", scorer.display());
        return Ok(());
    };
    let status = Command::new(python).arg(scorer).arg(gold).arg(predicted).args(boot(scorer)).status()?;
    if !status.success() {
        bail!("{} failed", scorer.display());
    }
    Ok(())
}

/// Fewer rounds of the bootstrap than the scorers' own 1,000: the intervals are for orientation here.
fn boot(scorer: &Path) -> &'static [&'static str] {
    if scorer.ends_with("score_damage.py") || scorer.ends_with("score_checks.py") { &[] } else { &["--boot", "100"] }
}

/// A line as `masthead quotes --jsonl` prints it.
fn line(text: &Text, quotes: &[Quote]) -> serde_json::Value {
    let places = Places::new(&text.text);
    let spans = |ranges: &[std::ops::Range<usize>]| -> serde_json::Value {
        ranges.iter().map(|range| json!([places.code_point(range.start), places.code_point(range.end)])).collect()
    };
    let quotes: Vec<_> = quotes
        .iter()
        .map(|quote| {
            let speaker = if quote.speaker.is_empty() { serde_json::Value::Null } else { spans(&quote.speaker) };
            json!({"spans": spans(&quote.spans), "speaker": speaker, "cue": spans(&quote.cue), "name": quote.name, "confidence": quote.confidence})
        })
        .collect();
    json!({"id": text.id, "quotes": quotes})
}

fn lost_marks(id: &str, text: &str, weights: &Weights) -> serde_json::Value {
    let places = Places::new(text);
    let kind = |side| match side {
        record::Side::Open => "mark-missing-open",
        record::Side::Close => "mark-missing-close",
    };
    let findings: Vec<_> = record::geometry_by(text, weights)
        .lost
        .iter()
        .map(|lost| json!({"kind": kind(lost.side), "pos": places.code_point(lost.at)}))
        .collect();
    json!({"id": id, "findings": findings})
}

fn reference() -> Result<PathBuf> {
    std::env::var_os("MASTHEAD_REFERENCE")
        .map(PathBuf::from)
        .context("MASTHEAD_REFERENCE names the folder of the reference data; it is not set")
}

fn corpus_folder() -> PathBuf {
    std::env::var_os("MASTHEAD_CORPUS").map_or_else(|| paths::root().join("corpus"), PathBuf::from)
}

fn corpus() -> PathBuf {
    corpus_folder().join("gold.jsonl")
}
