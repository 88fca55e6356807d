//! The desk's checks: faults in copy, found before readers find them.
//!
//! Every check is a row of [`CHECKS`]: a name, what it says, how grave it is, and a pure function that reads
//! the article and reports places. What stands in quotation marks is verbatim: checks of wording keep silent there.
//! Precision comes first: a check that cries wolf is switched off, and then it finds nothing at all.

use std::ops::Range;

use crate::model::Weights;
use crate::offices::Register;
use crate::quotes::Quote;
use crate::text::{Article, Paragraph};

mod altered;
mod archive;
pub(crate) mod dates;
mod doubled;
mod furniture;
mod given;
mod links;
mod marks;
mod names;
mod numbers;
mod office;
mod older;
mod pictures;
mod reading;
mod sources;
pub mod style;
mod unattributed;

pub use archive::{Archive, Earlier};
pub use links::{Addresses, Link};

pub use style::HouseStyle;

use reading::Reading;

/// What a finding is about. Its place here is its place in [`CHECKS`].
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[allow(missing_docs, reason = "CHECKS says what each is")]
pub enum Kind {
    MarkMissingOpen,
    MarkMissingClose,
    QuoteUnattributed,
    QuoteAltered,
    QuoteOlder,
    NameTwoSpellings,
    OfficeWrong,
    WeekdayDate,
    RelativeDate,
    NumberDisagrees,
    NoByline,
    NoDate,
    NoSection,
    NoStandfirst,
    ImageNoCredit,
    ImageNoLicence,
    ImageNoAlt,
    ImageAltFilename,
    CreditInText,
    DeadLink,
    VagueSource,
    HouseStyle,
    DoubleWord,
    Furniture,
}

impl Kind {
    /// Its row in [`CHECKS`].
    pub fn check(self) -> &'static Check {
        &CHECKS[self as usize]
    }

    /// Its name, as settings and JSON write it: `mark-missing-open`.
    pub fn name(self) -> &'static str {
        self.check().name
    }

    /// The kind of this name.
    pub fn named(name: &str) -> Option<Kind> {
        CHECKS.iter().find(|check| check.name == name).map(|check| check.kind)
    }
}

/// How grave a finding is.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Severity {
    /// Worth a look.
    Note,
    /// To be mended before print, or left with a reason.
    Should,
    /// Publishing asks for a signature with a reason.
    Must,
}

impl Severity {
    /// `must`, `should` or `note`.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Should => "should",
            Severity::Must => "must",
        }
    }
}

/// A fault, or what looks like one.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Finding {
    /// What it is about.
    pub kind: Kind,
    /// How grave it is.
    pub severity: Severity,
    /// The number of its paragraph; none if it is about the whole article.
    pub paragraph: Option<usize>,
    /// Its place: bytes of the article's text.
    pub range: Option<Range<usize>>,
    /// The reason, as one would say it to the writer.
    pub message: String,
    /// A change that mends it, where one is safe to propose.
    pub fix: Option<Fix>,
}

/// A proposed change of the text.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Fix {
    /// The bytes to be replaced; empty to insert.
    pub range: Range<usize>,
    /// What to put there.
    pub replace: String,
}

/// What the checks know besides the article. The default knows nothing of the magazine: no offices, no
/// archive, no addresses, and the house style of the dialect that the article is written in.
#[derive(Clone, Copy, Default)]
pub struct Context<'a> {
    /// The house style; none takes the British or the American one, as the text is written.
    pub style: Option<&'a HouseStyle>,
    /// Who held which office when.
    pub offices: Option<&'a Register>,
    /// What earlier articles quoted.
    pub archive: Option<&'a Archive>,
    /// The links of the text; addresses that the text spells out are read without them.
    pub links: &'a [Link<'a>],
    /// Which of the magazine's own addresses answer.
    pub addresses: Option<&'a (dyn Addresses + Sync)>,
    /// Full names as the magazine spells them.
    pub people: &'a [&'a str],
}

/// One check of the desk.
#[derive(Debug)]
pub struct Check {
    /// What its findings are about.
    pub kind: Kind,
    /// Its name in settings and JSON.
    pub name: &'static str,
    /// What it looks for, for the manual and the desk.
    pub help: &'static str,
    /// How grave its findings are unless the magazine says otherwise.
    pub severity: Severity,
    run: Run,
}

/// How far a check looks.
#[derive(Clone, Copy, Debug)]
enum Run {
    /// At one paragraph: what it finds there changes with that paragraph alone.
    Paragraph(fn(&Reading, &Paragraph, &Context, &mut Report)),
    /// At the whole article.
    Article(fn(&Reading, &Context, &mut Report)),
}

/// All checks. Settings, the manual and the desk are made from this list.
pub const CHECKS: &[Check] = &[
    Check {
        kind: Kind::MarkMissingOpen,
        name: "mark-missing-open",
        help: "a quotation is closed that was never opened",
        severity: Severity::Must,
        run: Run::Article(marks::missing_open),
    },
    Check {
        kind: Kind::MarkMissingClose,
        name: "mark-missing-close",
        help: "a quotation is opened and never closed, and the next paragraph does not continue it",
        severity: Severity::Must,
        run: Run::Article(marks::missing_close),
    },
    Check {
        kind: Kind::QuoteUnattributed,
        name: "quote-unattributed",
        help: "a quotation is nobody's: no speaker stands near it",
        severity: Severity::Should,
        run: Run::Article(unattributed::unattributed),
    },
    Check {
        kind: Kind::QuoteAltered,
        name: "quote-altered",
        help: "the same quotation stands in other words elsewhere in the article or the archive",
        severity: Severity::Must,
        run: Run::Article(altered::altered),
    },
    Check {
        kind: Kind::QuoteOlder,
        name: "quote-older",
        help: "a quotation was printed long before this article, which tells it as new",
        severity: Severity::Must,
        run: Run::Article(older::older),
    },
    Check {
        kind: Kind::NameTwoSpellings,
        name: "name-two-spellings",
        help: "a person's name is spelled in two ways, quotations apart",
        severity: Severity::Should,
        run: Run::Article(names::two_spellings),
    },
    Check {
        kind: Kind::OfficeWrong,
        name: "office-wrong",
        help: "a person is given an office that he or she did not hold on the article's date",
        severity: Severity::Must,
        run: Run::Article(office::wrong),
    },
    Check {
        kind: Kind::WeekdayDate,
        name: "weekday-date",
        help: "a date does not fall on the weekday named with it, or is in no calendar",
        severity: Severity::Must,
        run: Run::Paragraph(dates::weekday),
    },
    Check {
        kind: Kind::RelativeDate,
        name: "relative-date",
        help: "the text says “today” or “last week”, and the article has no date",
        severity: Severity::Should,
        run: Run::Article(dates::relative),
    },
    Check {
        kind: Kind::NumberDisagrees,
        name: "number-disagrees",
        help: "two figures for one thing, or figures that do not add up",
        severity: Severity::Should,
        run: Run::Article(numbers::disagree),
    },
    Check {
        kind: Kind::NoByline,
        name: "no-byline",
        help: "the article says nowhere who wrote it",
        severity: Severity::Must,
        run: Run::Article(given::byline),
    },
    Check {
        kind: Kind::NoDate,
        name: "no-date",
        help: "the article has no date",
        severity: Severity::Must,
        run: Run::Article(given::date),
    },
    Check {
        kind: Kind::NoSection,
        name: "no-section",
        help: "the article stands in no section",
        severity: Severity::Should,
        run: Run::Article(given::section),
    },
    Check {
        kind: Kind::NoStandfirst,
        name: "no-standfirst",
        help: "the article has no standfirst",
        severity: Severity::Note,
        run: Run::Article(given::standfirst),
    },
    Check {
        kind: Kind::ImageNoCredit,
        name: "image-no-credit",
        help: "a picture does not say who made it",
        severity: Severity::Must,
        run: Run::Article(pictures::no_credit),
    },
    Check {
        kind: Kind::ImageNoLicence,
        name: "image-no-licence",
        help: "a picture does not say under which licence it is used",
        severity: Severity::Should,
        run: Run::Article(pictures::no_licence),
    },
    Check {
        kind: Kind::ImageNoAlt,
        name: "image-no-alt",
        help: "a picture has no text for those who do not see it",
        severity: Severity::Should,
        run: Run::Article(pictures::no_alt),
    },
    Check {
        kind: Kind::ImageAltFilename,
        name: "image-alt-filename",
        help: "the text for those who do not see a picture is the name of a file",
        severity: Severity::Should,
        run: Run::Article(pictures::alt_filename),
    },
    Check {
        kind: Kind::CreditInText,
        name: "credit-in-text",
        help: "the credit of a picture stands in the text, not on the picture",
        severity: Severity::Should,
        run: Run::Paragraph(pictures::credit_in_text),
    },
    Check {
        kind: Kind::DeadLink,
        name: "dead-link",
        help: "a link leads nowhere that a reader can go",
        severity: Severity::Must,
        run: Run::Article(links::dead),
    },
    Check {
        kind: Kind::VagueSource,
        name: "vague-source",
        help: "a claim is made by “many”, “critics” or “reports”, and nobody is named",
        severity: Severity::Note,
        run: Run::Paragraph(sources::vague),
    },
    Check {
        kind: Kind::HouseStyle,
        name: "house-style",
        help: "the house writes this word in another way",
        severity: Severity::Note,
        run: Run::Article(style::house),
    },
    Check {
        kind: Kind::DoubleWord,
        name: "double-word",
        help: "a word stands twice",
        severity: Severity::Should,
        run: Run::Paragraph(doubled::doubled),
    },
    Check {
        kind: Kind::Furniture,
        name: "furniture",
        help: "a piece of a page that is no part of the article: “0 comments”, “Share on Facebook”",
        severity: Severity::Should,
        run: Run::Paragraph(furniture::furniture),
    },
];

/// All findings about an article, in the order of the text; those about the whole article come first.
///
/// Linear in the length of the text, whatever the text.
///
/// An article of 13 KB takes about two milliseconds of a core, so an editor that is being typed into asks for all of it
/// again after each pause.
pub fn check(article: &Article, context: &Context) -> Vec<Finding> {
    let model = crate::reading::Reading::new(article.text, Weights::built_in());
    findings(&Reading::new(article, &model), context)
}

/// The quotations of an article and all findings about it, for half the work of asking for one after the other.
pub fn read(article: &Article, context: &Context) -> (Vec<Quote>, Vec<Finding>) {
    let model = crate::reading::Reading::new(article.text, Weights::built_in());
    let reading = Reading::new(article, &model);
    let findings = findings(&reading, context);
    (reading.into_quotes(), findings)
}

fn findings(reading: &Reading, context: &Context) -> Vec<Finding> {
    let mut findings = Vec::new();
    for check in CHECKS {
        let mut report = Report { check, reading, findings: &mut findings };
        match check.run {
            Run::Article(run) => run(reading, context, &mut report),
            Run::Paragraph(run) => {
                reading.paragraphs.iter().for_each(|paragraph| run(reading, paragraph, context, &mut report));
            }
        }
    }
    in_order(findings)
}

/// The findings that one paragraph has by itself, for an editor that is being typed into: none of those that
/// depend on the rest of the article. Empty if there is no such paragraph.
pub fn check_paragraph(article: &Article, number: usize, context: &Context) -> Vec<Finding> {
    let model = crate::reading::Reading::new(article.text, Weights::built_in());
    let reading = Reading::new(article, &model);
    let Some(paragraph) = reading.paragraphs.get(number) else { return Vec::new() };
    let mut findings = Vec::new();
    for check in CHECKS {
        if let Run::Paragraph(run) = check.run {
            run(&reading, paragraph, context, &mut Report { check, reading: &reading, findings: &mut findings });
        }
    }
    in_order(findings)
}

fn in_order(mut findings: Vec<Finding>) -> Vec<Finding> {
    findings.sort_by_key(|finding| (finding.range.as_ref().map(|range| range.start), finding.kind));
    findings
}

/// Where a check puts what it finds.
struct Report<'r> {
    check: &'static Check,
    reading: &'r Reading<'r>,
    findings: &'r mut Vec<Finding>,
}

impl Report<'_> {
    /// A fault at this place of the text.
    fn at(&mut self, range: Range<usize>, message: impl Into<String>) {
        self.push(Some(range), message.into(), None);
    }

    /// A fault at this place that putting `replace` at `change` mends.
    fn fix(
        &mut self,
        range: Range<usize>,
        message: impl Into<String>,
        change: Range<usize>,
        replace: impl Into<String>,
    ) {
        self.push(Some(range), message.into(), Some(Fix { range: change, replace: replace.into() }));
    }

    /// A fault of the whole article.
    fn whole(&mut self, message: impl Into<String>) {
        self.push(None, message.into(), None);
    }

    fn push(&mut self, range: Option<Range<usize>>, message: String, fix: Option<Fix>) {
        let paragraph = range.as_ref().and_then(|range| self.reading.paragraph_at(range.start));
        let (kind, severity) = (self.check.kind, self.check.severity);
        self.findings.push(Finding { kind, severity, paragraph, range, message, fix });
    }
}

#[cfg(test)]
mod tests;
