//! `masthead check`: the desk's checks on any text, with no magazine at all.

use std::path::PathBuf;

use anyhow::anyhow;
use clap::Args;
use jiff::civil::Date;
use record::checks::{Archive, CHECKS, Context, Finding, HouseStyle, Kind, check};
use record::offices::Register;

use super::copy::{self, Copy, unusable};
use super::findings::{Sarif, as_json, as_text};
use super::{Outcome, Quit, progress};

/// `masthead check`.
#[derive(Args, Debug)]
pub struct Check {
    /// Texts, folders of .txt files, files of JSON lines (.jsonl), or - for standard input
    #[arg(required_unless_present = "list", value_name = "FILE|-")]
    files: Vec<PathBuf>,
    /// The day of publication, such as 2025-08-18, for texts that do not say theirs
    #[arg(long, value_name = "DATE", value_parser = day)]
    published: Option<Date>,
    /// Earlier articles as JSON lines, against which quotations are held
    #[arg(long, value_name = "FILE.jsonl")]
    archive: Option<PathBuf>,
    /// The house style: british, american, or a table in TOML; otherwise as the text is written
    #[arg(long, value_name = "NAME|FILE")]
    style: Option<String>,
    /// A folder of collections of office-holders, instead of the built-in ones
    #[arg(long, value_name = "DIR")]
    offices: Option<PathBuf>,
    /// Only these checks, such as mark-missing-open,office-wrong
    #[arg(long, value_name = "NAMES", value_delimiter = ',', value_parser = kind)]
    only: Vec<Kind>,
    /// All checks but these
    #[arg(long, value_name = "NAMES", value_delimiter = ',', value_parser = kind, conflicts_with = "only")]
    without: Vec<Kind>,
    /// Print JSON: {"findings":[…]}, one object a text
    #[arg(long, group = "form")]
    json: bool,
    /// Read and print JSON lines: {"id","text",…} in, {"id","findings"} out
    #[arg(long, group = "form")]
    jsonl: bool,
    /// Print one SARIF 2.1.0 log, for editors and continuous integration
    #[arg(long, group = "form")]
    sarif: bool,
    /// List the checks, and do nothing else
    #[arg(long)]
    list: bool,
}

fn day(text: &str) -> Result<Date, String> {
    // A whole time is taken for its day.
    text.get(..10).and_then(|day| day.parse().ok()).ok_or_else(|| "write a day, such as 2025-08-18".into())
}

fn kind(text: &str) -> Result<Kind, String> {
    Kind::named(text.trim()).ok_or_else(|| format!("there is no check “{text}”; `masthead check --list` names them"))
}

impl Check {
    /// Does it.
    pub fn run(self) -> Outcome {
        if self.list {
            for check in CHECKS {
                say!("{:<20} {:<7} {}", check.name, check.severity.name(), check.help);
            }
            return Ok(());
        }
        let style = self.style()?;
        let own = self.offices.as_ref().map(|folder| Register::read(folder)).transpose();
        let own = own.map_err(|why| unusable("--offices", &why.to_string()))?;
        let archive = self.archive()?;
        let context = Context {
            style: style.as_ref().map(Style::get),
            offices: Some(own.as_ref().unwrap_or_else(|| Register::embedded())),
            archive: archive.as_ref(),
            ..Context::default()
        };

        let (mut texts, mut found) = (0, 0);
        let mut sarif = self.sarif.then(Sarif::default);
        let mut said = false;
        let spinner = progress::spinner("Checking");
        let lines = self.jsonl && self.files.iter().all(|file| file.as_os_str() == "-");
        copy::read(&self.files, lines, |copies| {
            let all = copy::map(&copies, |copy| self.findings(copy, &context));
            spinner.suspend(|| {
                for (copy, findings) in copies.iter().zip(&all) {
                    texts += 1;
                    found += findings.len();
                    said |= !findings.is_empty();
                    match &mut sarif {
                        Some(sarif) => sarif.add(&copy.id, &copy.text, findings),
                        None if self.jsonl => say!("{}", as_json(Some(&copy.id), &copy.text, findings)),
                        None if self.json => say!("{}", as_json(None, &copy.text, findings)),
                        None => as_text(&copy.id, &copy.text, findings).iter().for_each(|line| say!("{line}")),
                    }
                }
            });
            spinner.inc(copies.len() as u64);
        })?;
        spinner.finish_and_clear();
        if let Some(sarif) = sarif {
            say!("{}", sarif.log());
        } else if !self.json && !self.jsonl {
            let count = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
            say!("{} in {}", count(found, "finding"), count(texts, "text"));
        }
        if said { Err(Quit { code: 1, why: None }.into()) } else { Ok(()) }
    }

    fn findings(&self, copy: &Copy, context: &Context) -> Vec<Finding> {
        let mut article = copy.article();
        article.date = article.date.or(self.published);
        let unknown = |kind: Kind| match kind {
            Kind::NoSection => !copy.has_section(),
            Kind::NoStandfirst => !copy.has_standfirst(),
            _ => false,
        };
        let mut findings = check(&article, context);
        findings.retain(|finding| {
            let kind = finding.kind;
            let wanted = self.only.is_empty() || self.only.contains(&kind);
            wanted && !self.without.contains(&kind) && !unknown(kind)
        });
        findings
    }

    fn style(&self) -> Result<Option<Style>, anyhow::Error> {
        Ok(Some(match self.style.as_deref() {
            None => return Ok(None),
            Some("british") => Style::BuiltIn(HouseStyle::british()),
            Some("american") => Style::BuiltIn(HouseStyle::american()),
            Some(file) => {
                let table = std::fs::read_to_string(file)
                    .map_err(|why| unusable(file, &format!("it cannot be read: {why}")))?;
                Style::Own(HouseStyle::parse(&table).map_err(|why| unusable(file, &why.to_string()))?)
            }
        }))
    }

    fn archive(&self) -> Result<Option<Archive>, anyhow::Error> {
        let Some(file) = &self.archive else { return Ok(None) };
        if !file.is_file() {
            return Err(unusable(&file.display().to_string(), &anyhow!("it is not there").to_string()));
        }
        let mut archive = Archive::new();
        copy::read(std::slice::from_ref(file), true, |copies| {
            copies.iter().for_each(|copy| archive.add(&copy.id, &copy.article()));
        })?;
        Ok(Some(archive))
    }
}

enum Style {
    BuiltIn(&'static HouseStyle),
    Own(HouseStyle),
}

impl Style {
    fn get(&self) -> &HouseStyle {
        match self {
            Style::BuiltIn(style) => style,
            Style::Own(style) => style,
        }
    }
}
