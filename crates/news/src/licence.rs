//! The licence catalogue: on what terms a picture may be printed, and how a line of text names
//! those terms.
//!
//! [`LICENCES`] is the one list. The names a credit line may use, the address to link to and the
//! sentence that a licence asks for all stand in it; [`Licence::named`] walks it, and nothing else
//! in Masthead knows a licence by heart.

use std::{cmp::Reverse, collections::HashMap, ops::Range, sync::LazyLock};

use self::Family::*;

/// Terms on which a picture may be printed.
#[derive(Debug, PartialEq, Eq)]
pub struct Licence {
    /// The name that is stored, such as `ogl-3.0`. Never changes once it has been published.
    pub id: &'static str,
    /// The name that a reader sees, such as `OGL v3.0`.
    pub name: &'static str,
    /// Where the terms can be read.
    pub url: Option<&'static str>,
    /// What kind of terms these are.
    pub family: Family,
    /// The sentence of attribution, with `{work}` and `{name}` left open. See
    /// [`Licence::attribution`].
    pub sentence: &'static str,
    /// Other words for it, in the form that [`Licence::named`] reads. The name itself need not be
    /// repeated.
    pub also: &'static [&'static str],
}

/// Kinds of terms. When a line names two, the one that stands first here decides: `© Crown
/// copyright, OGL v3.0` is printed under the OGL, and a handout stays one whichever agency passed
/// it on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// The Creative Commons licences.
    CreativeCommons,
    /// Licences of a state for its own works: the Open Government and Open Parliament Licences.
    OpenGovernment,
    /// No right is claimed, or all are given up.
    PublicDomain,
    /// The free licence of a site where photographers offer their pictures.
    PictureSite,
    /// Crown and Parliamentary copyright without an open licence.
    Crown,
    /// Handed out for use with one piece of news; the rights stay where they were.
    Handout,
    /// Supplied by an agency under contract.
    Agency,
    /// Ours, or used by permission.
    Reserved,
}

impl Licence {
    /// The licence that is stored under this id.
    pub fn by_id(id: &str) -> Option<&'static Licence> {
        LICENCES.iter().find(|licence| licence.id == id)
    }

    /// The licence that a line of free text names, and the bytes of the text that name it.
    ///
    /// Reads the first [`READ_AT_MOST`] bytes. Case, punctuation and the two spellings of "licence"
    /// do not matter, apart from agencies known by capitals (`PA`, `AP`), which must be capitals.
    /// Addresses of licences count as names.
    pub fn named(text: &str) -> Option<(&'static Licence, Range<usize>)> {
        let words = words(&text[..text.floor_char_boundary(READ_AT_MOST)]);
        let (licence, mut range, mut next) = (0..words.len())
            .flat_map(|at| {
                BY_FIRST_WORD.get(words[at].plain.as_str()).into_iter().flatten().map(move |name| (at, *name))
            })
            .filter_map(|(at, (licence, name))| Some((*licence, at, name.end_in(&words, at)?)))
            .min_by_key(|&(licence, at, end)| (licence.family, licence.url.is_none(), Reverse(end - at), at))
            .map(|(licence, at, end)| (licence, words[at].range.start..words[end - 1].range.end, end))?;
        // "Creative Commons Attribution 2.0 Generic (CC BY 2.0)" says one thing twice.
        while let Some(end) =
            NAMES.iter().filter(|(other, _)| *other == licence).find_map(|(_, name)| name.end_in(&words, next))
        {
            next = end;
            range.end = words[end - 1].range.end;
            if text[range.end..].starts_with(')') && text[range.clone()].contains('(') {
                range.end += 1;
            }
        }
        Some((licence, whole_address(text, range)))
    }

    /// The sentence to print with a picture: the formula that the licence prescribes where it does
    /// (the OGL), otherwise one that names the work, its author and the licence, as Creative
    /// Commons asks.
    pub fn attribution(&self, title: Option<&str>, creator: Option<&str>) -> String {
        let work = match (title, creator) {
            (Some(title), Some(creator)) => format!("“{title}” by {creator}"),
            (Some(title), None) => format!("“{title}”"),
            (None, Some(creator)) => format!("Picture by {creator}"),
            (None, None) => "This picture".to_owned(),
        };
        self.sentence.replace("{name}", self.name).replace("{work}", &work)
    }

    /// Whether the terms keep the picture out of commercial use. A page with advertisements is one.
    pub fn is_non_commercial(&self) -> bool {
        self.has_condition("nc")
    }

    /// Whether the picture must be printed as it is: a crop may already be an adaptation.
    pub fn forbids_changes(&self) -> bool {
        self.has_condition("nd")
    }

    /// Whether an adaptation must be offered on the same terms.
    pub fn is_share_alike(&self) -> bool {
        self.has_condition("sa")
    }

    fn has_condition(&self, letters: &str) -> bool {
        self.family == CreativeCommons && self.id.split('-').any(|part| part == letters)
    }
}

/// How much of a text [`Licence::named`] reads, in bytes. A credit is a line, not a page.
pub const READ_AT_MOST: usize = 4096;

/// A word of a text, as it is compared.
struct Word {
    /// In small letters, with one spelling for each of the [`SAME`] words.
    plain: String,
    /// As it stands.
    raw: String,
    range: Range<usize>,
}

/// A way to say a licence.
struct Name {
    words: Vec<Word>,
    /// Agencies go by capitals that are also small words ("pa").
    exact_capitals: bool,
}

impl Name {
    /// Where this name ends, if `words` say it from `at` on.
    fn end_in(&self, words: &[Word], at: usize) -> Option<usize> {
        let mut next = at;
        for (position, mine) in self.words.iter().enumerate() {
            while position > 0 && words.get(next).is_some_and(Word::is_filler) {
                next += 1;
            }
            let said = words.get(next)?;
            let capitals = self.exact_capitals && mine.raw.chars().all(char::is_uppercase);
            if said.plain != mine.plain || capitals && said.raw != mine.raw {
                return None;
            }
            next += 1;
        }
        while words.get(next).is_some_and(Word::is_filler) {
            next += 1;
        }
        Some(next)
    }
}

impl Word {
    /// Words that may stand inside or behind a name and say nothing more.
    fn is_filler(&self) -> bool {
        #[rustfmt::skip]
        const FILLERS: &[&str] = &[
            "deed", "generic", "international", "intl", "legalcode", "licence", "license",
            "universal", "unported", "v", "version",
        ];
        FILLERS.contains(&self.plain.as_str())
    }
}

/// Different words for the same: the long one first, then the one that names are compared in.
const SAME: &[(&str, &str)] = &[
    ("creativecommons org licenses", "cc"),
    ("creativecommons org", "cc"),
    ("creative commons", "cc"),
    ("attribution", "by"),
    ("share alike", "sa"),
    ("sharealike", "sa"),
    ("non commercial", "nc"),
    ("noncommercial", "nc"),
    ("no derivatives", "nd"),
    ("noderivatives", "nd"),
    ("no derivs", "nd"),
    ("noderivs", "nd"),
    ("open government licence", "ogl"),
    ("open government license", "ogl"),
    ("open parliament licence", "opl"),
    ("open parliament license", "opl"),
    ("open parliament", "opl"),
    ("england wales", "uk"),
    ("england and wales", "uk"),
    ("united states", "us"),
    ("germany", "de"),
    ("deutschland", "de"),
    ("france", "fr"),
    ("australia", "au"),
    ("ireland", "ie"),
    ("netherlands", "nl"),
];

static NAMES: LazyLock<Vec<(&'static Licence, Name)>> = LazyLock::new(|| {
    let names = |licence: &'static Licence| {
        let says = std::iter::once(licence.name).chain(licence.also.iter().copied());
        says.map(move |say| (licence, Name { words: words(say), exact_capitals: licence.family == Agency }))
    };
    LICENCES.iter().flat_map(names).collect()
});

/// Names by the word that they begin with: most words of a credit begin none.
static BY_FIRST_WORD: LazyLock<HashMap<&'static str, Vec<&'static (&'static Licence, Name)>>> = LazyLock::new(|| {
    let mut names: HashMap<_, Vec<_>> = HashMap::new();
    for known in NAMES.iter() {
        if let Some(first) = known.1.words.first() {
            names.entry(first.plain.as_str()).or_default().push(known);
        }
    }
    names
});

/// The words of a text: letters and digits, and a full stop between digits. `v3.0` is `3.0`.
fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut start = None;
    let mut chars = text.char_indices().peekable();
    let mut before = ' ';
    while let Some((at, c)) = chars.next() {
        let after = chars.peek().map(|&(_, c)| c);
        let inside =
            c.is_alphanumeric() || c == '.' && before.is_ascii_digit() && after.is_some_and(|c| c.is_ascii_digit());
        let end = at + c.len_utf8();
        before = c;
        if inside {
            start.get_or_insert(at);
        }
        if (!inside || after.is_none())
            && let Some(from) = start.take()
        {
            let range = from..if inside { end } else { at };
            let raw = text[range.clone()].to_owned();
            let mut plain = raw.to_lowercase();
            if plain.starts_with('v') && plain[1..].starts_with(|c: char| c.is_ascii_digit()) {
                plain.remove(0);
            }
            words.push(Word { plain, raw, range });
        }
    }
    same_words(words)
}

fn same_words(words: Vec<Word>) -> Vec<Word> {
    let mut joined: Vec<Word> = Vec::with_capacity(words.len());
    let mut words = words.into_iter();
    while let Some(mut first) = words.next() {
        let rest = words.as_slice();
        let same = SAME_BY_FIRST_WORD.get(first.plain.as_str()).into_iter().flatten().find(|same| {
            let says = rest.get(..same.rest.len());
            says.is_some_and(|says| says.iter().map(|word| word.plain.as_str()).eq(same.rest.iter().copied()))
        });
        if let Some(same) = same {
            same.short.clone_into(&mut first.plain);
            if let Some(last) = same.rest.len().checked_sub(1).and_then(|at| words.nth(at)) {
                first.range.end = last.range.end;
            }
        }
        joined.push(first);
    }
    joined
}

/// A way to say [`SAME`] words, by its first one.
struct Same {
    rest: Vec<&'static str>,
    short: &'static str,
}

static SAME_BY_FIRST_WORD: LazyLock<HashMap<&'static str, Vec<Same>>> = LazyLock::new(|| {
    let mut same: HashMap<_, Vec<_>> = HashMap::new();
    for &(long, short) in SAME {
        let mut words = long.split(' ');
        same.entry(words.next().unwrap_or_default()).or_default().push(Same { rest: words.collect(), short });
    }
    same
});

/// A name found in a web address stands for the whole address.
fn whole_address(text: &str, range: Range<usize>) -> Range<usize> {
    let start = text[..range.start].rfind(char::is_whitespace).map_or(0, |at| at + 1);
    let start = text.ceil_char_boundary(start);
    let Some(scheme) = text[start..range.start].rfind("http") else {
        return range;
    };
    let end = text[range.end..].find(char::is_whitespace).map_or(text.len(), |at| range.end + at);
    let address = text[start + scheme..end].trim_end_matches(['.', ',', ';', ')', ']', '>', '"']);
    start + scheme..start + scheme + address.len()
}

/// Writes the catalogue out: the Creative Commons licences by version and place, then the rest in
/// full.
macro_rules! catalogue {
    (creative_commons { $($version:tt $dash:literal $space:literal $slash:literal),* $(,)? } $($rest:expr),* $(,)?) => {
        &[
            $(
                catalogue!(@cc "by", "BY", "by", $version, $dash, $space, $slash),
                catalogue!(@cc "by-sa", "BY-SA", "by-sa", $version, $dash, $space, $slash),
                catalogue!(@cc "by-nc", "BY-NC", "by-nc", $version, $dash, $space, $slash),
                catalogue!(@cc "by-nd", "BY-ND", "by-nd", $version, $dash, $space, $slash),
                catalogue!(@cc "by-nc-sa", "BY-NC-SA", "by-nc-sa", $version, $dash, $space, $slash),
                catalogue!(@cc_nc_nd $version, $dash, $space, $slash),
            )*
            $($rest,)*
        ]
    };
    // In version 1.0 the letters stood the other way round.
    (@cc_nc_nd "1.0", $dash:literal, $space:literal, $slash:literal) => {
        catalogue!(@cc "by-nc-nd", "BY-NC-ND", "by-nd-nc", "1.0", $dash, $space, $slash)
    };
    (@cc_nc_nd $version:tt, $dash:literal, $space:literal, $slash:literal) => {
        catalogue!(@cc "by-nc-nd", "BY-NC-ND", "by-nc-nd", $version, $dash, $space, $slash)
    };
    (@cc $id:literal, $name:literal, $path:literal, $version:tt, $dash:literal, $space:literal, $slash:literal) => {
        Licence {
            id: concat!("cc-", $id, "-", $version, $dash),
            name: concat!("CC ", $name, " ", $version, $space),
            url: Some(concat!("https://creativecommons.org/licenses/", $path, "/", $version, "/", $slash)),
            family: CreativeCommons,
            sentence: CREDITED,
            also: &[concat!("cc ", $path, " ", $version, $space)],
        }
    };
}

/// The sentence of the licences that ask for title, author and licence.
const CREDITED: &str = "{work} is licensed under {name}.";
/// The sentence of a picture that an agency supplied.
const SUPPLIED: &str = "{work}, supplied by {name}. All rights reserved.";

/// Every licence that Masthead knows.
pub const LICENCES: &[Licence] = catalogue! {
    creative_commons {
        "4.0" "" "" "",
        "3.0" "" "" "",
        "2.5" "" "" "",
        "2.0" "" "" "",
        "1.0" "" "" "",
        "2.0" "-uk" " UK" "uk/",
        "2.5" "-scotland" " Scotland" "scotland/",
        "3.0" "-igo" " IGO" "igo/",
        "3.0" "-us" " US" "us/",
        "3.0" "-de" " DE" "de/",
        "2.0" "-de" " DE" "de/",
        "3.0" "-fr" " FR" "fr/",
        "2.0" "-fr" " FR" "fr/",
        "3.0" "-au" " AU" "au/",
        "3.0" "-ie" " IE" "ie/",
        "3.0" "-nl" " NL" "nl/",
    }
    // Named without a version: known in kind, but there is no text to link to.
    unversioned("cc-by", "CC BY"),
    unversioned("cc-by-sa", "CC BY-SA"),
    unversioned("cc-by-nc", "CC BY-NC"),
    unversioned("cc-by-nd", "CC BY-ND"),
    unversioned("cc-by-nc-sa", "CC BY-NC-SA"),
    unversioned("cc-by-nc-nd", "CC BY-NC-ND"),

    // The formula is prescribed by the licence for works whose provider asks for no other words.
    Licence {
        id: "ogl-3.0",
        name: "OGL v3.0",
        url: Some("https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"),
        family: OpenGovernment,
        sentence: "Contains public sector information licensed under the Open Government Licence v3.0.",
        also: &["ogl 3", "ogl3", "oglv3", "oglv3.0"],
    },
    Licence {
        id: "ogl-2.0",
        name: "OGL v2.0",
        url: Some("https://www.nationalarchives.gov.uk/doc/open-government-licence/version/2/"),
        family: OpenGovernment,
        sentence: "Contains public sector information licensed under the Open Government Licence v2.0.",
        also: &["ogl 2", "ogl2", "oglv2", "oglv2.0"],
    },
    Licence {
        id: "ogl-1.0",
        name: "OGL v1.0",
        url: Some("https://www.nationalarchives.gov.uk/doc/open-government-licence/version/1/"),
        family: OpenGovernment,
        sentence: "Contains public sector information licensed under the Open Government Licence v1.0.",
        also: &["ogl 1", "ogl1", "oglv1", "oglv1.0"],
    },
    Licence {
        id: "opl-3.0",
        name: "Open Parliament Licence v3.0",
        url: Some("https://www.parliament.uk/site-information/copyright-parliament/open-parliament-licence/"),
        family: OpenGovernment,
        sentence: "Contains Parliamentary information licensed under the Open Parliament Licence v3.0.",
        also: &["opl", "opl 3"],
    },
    Licence {
        id: "ogl",
        name: "OGL",
        url: None,
        family: OpenGovernment,
        sentence: "Contains public sector information licensed under the Open Government Licence.",
        also: &[],
    },

    Licence {
        id: "cc0-1.0",
        name: "CC0 1.0",
        url: Some("https://creativecommons.org/publicdomain/zero/1.0/"),
        family: PublicDomain,
        sentence: "{work} is free of known copyright (CC0 1.0).",
        also: &["cc0", "cc zero", "cc zero 1.0", "cc publicdomain zero 1.0", "cc0 1.0 universal public domain dedication"],
    },
    Licence {
        id: "pdm-1.0",
        name: "Public Domain Mark 1.0",
        url: Some("https://creativecommons.org/publicdomain/mark/1.0/"),
        family: PublicDomain,
        sentence: "{work} is free of known copyright (Public Domain Mark 1.0).",
        also: &["public domain mark", "pdm 1.0", "cc publicdomain mark 1.0", "cc public domain mark 1.0"],
    },
    Licence {
        id: "public-domain",
        name: "Public domain",
        url: None,
        family: PublicDomain,
        sentence: "{work} is in the public domain.",
        also: &["no known copyright restrictions"],
    },

    Licence {
        id: "unsplash",
        name: "Unsplash",
        url: Some("https://unsplash.com/license"),
        family: PictureSite,
        sentence: "{work}, from Unsplash.",
        also: &["unsplash com"],
    },
    Licence {
        id: "pexels",
        name: "Pexels",
        url: Some("https://www.pexels.com/license/"),
        family: PictureSite,
        sentence: "{work}, from Pexels.",
        also: &["pexels com"],
    },
    Licence {
        id: "pixabay",
        name: "Pixabay",
        url: Some("https://pixabay.com/service/license-summary/"),
        family: PictureSite,
        sentence: "{work}, from Pixabay.",
        also: &["pixabay com"],
    },

    Licence {
        id: "crown-copyright",
        name: "Crown copyright",
        url: None,
        family: Crown,
        sentence: "{work}. © Crown copyright.",
        also: &["uk mod crown copyright", "mod crown copyright"],
    },
    Licence {
        id: "parliamentary-copyright",
        name: "Parliamentary copyright",
        url: None,
        family: Crown,
        sentence: "{work}. © Parliamentary copyright.",
        also: &["parliamentary copyright house of commons", "parliamentary copyright house of lords"],
    },

    Licence {
        id: "handout",
        name: "Handout",
        url: None,
        family: Handout,
        sentence: "{work}, handed out for use with this news.",
        also: &["family handout", "supplied photo", "supplied picture"],
    },

    agency("reuters", "Reuters", &["thomson reuters"]),
    agency("ap", "AP", &["AP Photo", "associated press", "AP Images"]),
    agency("pa", "PA Media", &["PA", "PA Wire", "PA Images", "PA Archive", "press association"]),
    agency("afp", "AFP", &["agence france presse", "AFP Photo"]),
    agency("getty", "Getty Images", &["getty", "getty images europe", "istock", "istockphoto"]),
    agency("epa", "EPA", &["EPA EFE", "european pressphoto agency", "EPA Images"]),
    agency("efe", "EFE", &[]),
    agency("dpa", "dpa", &["DPA", "picture alliance"]),
    agency("ansa", "ANSA", &[]),
    agency("alamy", "Alamy", &["alamy stock photo", "alamy live news"]),
    agency("shutterstock", "Shutterstock", &["rex shutterstock", "rex features", "shutterstock com"]),
    agency("adobe-stock", "Adobe Stock", &[]),
    agency("depositphotos", "Depositphotos", &[]),
    agency("dreamstime", "Dreamstime", &[]),
    agency("bloomberg", "Bloomberg", &[]),
    agency("anadolu", "Anadolu", &["anadolu agency", "anadolu images"]),
    agency("xinhua", "Xinhua", &["xinhua news agency"]),
    agency("tass", "TASS", &["itar tass"]),
    agency("swns", "SWNS", &[]),
    agency("zuma", "ZUMA Press", &["zuma press wire"]),

    Licence {
        id: "own",
        name: "Our own picture",
        url: None,
        family: Reserved,
        sentence: "{work}. All rights reserved.",
        also: &["staff photograph", "staff photo", "staff picture"],
    },
    Licence {
        id: "all-rights-reserved",
        name: "All rights reserved",
        url: None,
        family: Reserved,
        sentence: "{work}. All rights reserved; used by permission.",
        also: &["used by permission", "used with permission"],
    },
};

const fn agency(id: &'static str, name: &'static str, also: &'static [&'static str]) -> Licence {
    Licence { id, name, url: None, family: Agency, sentence: SUPPLIED, also }
}

const fn unversioned(id: &'static str, name: &'static str) -> Licence {
    Licence { id, name, url: None, family: CreativeCommons, sentence: CREDITED, also: &[] }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    /// `check("a [name] here", "id")`: the brackets mark what must be found.
    #[track_caller]
    fn check(marked: &str, id: &str) {
        let text = marked.replace(['[', ']'], "");
        let found = Licence::named(&text).map(|(licence, range)| {
            let (before, after) = (&text[..range.start], &text[range.end..]);
            (licence.id, format!("{before}[{}]{after}", &text[range]))
        });
        assert_eq!(found, Some((id, marked.to_owned())));
    }

    #[test]
    fn a_licence_is_found_in_a_line_of_text() {
        check("licensed under [OGL v3.0], via Wikimedia Commons.", "ogl-3.0");
        check("licensed under\u{a0}[OGL\u{202f}v3.0], via", "ogl-3.0");
        check("the [Open Government Licence version 2.0].", "ogl-2.0");
        check("Jane Doe, [CC BY-SA 4.0], via Wikimedia Commons", "cc-by-sa-4.0");
        check("[CC-BY-NC-ND-3.0]", "cc-by-nc-nd-3.0");
        check("[Creative Commons Attribution 2.0 Generic (CC BY 2.0)]", "cc-by-2.0");
        check("[Creative Commons Attribution-NonCommercial-ShareAlike 4.0 International License]", "cc-by-nc-sa-4.0");
        check("photo: [cc by]", "cc-by");
        check("[CC BY 2.0 UK]", "cc-by-2.0-uk");
        check("[CC0], no rights", "cc0-1.0");
        check("© [Crown copyright] 2024", "crown-copyright");
        check("Contains information under the [Open Parliament Licence v3.0]", "opl-3.0");
        check("[Reuters]/Jane Doe", "reuters");
        check("Joe Bloggs/[PA Wire]", "pa");
        check("([Public domain])", "public-domain");
    }

    #[test]
    fn the_address_of_a_licence_is_its_name() {
        check("see [https://creativecommons.org/licenses/by/4.0/].", "cc-by-4.0");
        check("see [http://creativecommons.org/licenses/by-nd-nc/1.0/deed.en] there", "cc-by-nc-nd-1.0");
        check("[https://creativecommons.org/licenses/by-sa/2.0/uk/]", "cc-by-sa-2.0-uk");
        check("[https://creativecommons.org/publicdomain/zero/1.0/]", "cc0-1.0");
        check("[https://creativecommons.org/publicdomain/mark/1.0/]", "pdm-1.0");
        check("[https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/]", "ogl-3.0");
    }

    #[test]
    fn every_licence_is_found_by_its_name_and_by_its_address() {
        for licence in LICENCES {
            let found = |text: &str| Licence::named(text).map(|(licence, _)| licence.id);
            assert_eq!(found(licence.name), Some(licence.id));
            if let Some(url) = licence.url.filter(|_| licence.id != "opl-3.0") {
                assert_eq!(found(url), Some(licence.id), "{url}");
            }
        }
    }

    #[test]
    fn an_open_licence_goes_before_crown_copyright_and_a_handout_before_its_agency() {
        check("© Crown copyright, licensed under [OGL v3.0]", "ogl-3.0");
        check("[Family handout]/PA Media", "handout");
        check("Jane Doe/Getty Images, [CC BY 4.0]", "cc-by-4.0");
    }

    #[test]
    fn small_words_are_not_agencies() {
        for text in ["pa was here", "on the ap", "by and by", "", "no licence at all", "Keir Starmer"] {
            assert_eq!(Licence::named(text), None, "{text}");
        }
    }

    #[test]
    fn ids_are_unique_and_addresses_are_secure() {
        let ids: HashSet<_> = LICENCES.iter().map(|licence| licence.id).collect();
        assert_eq!(ids.len(), LICENCES.len());
        assert!(LICENCES.iter().filter_map(|licence| licence.url).all(|url| url.starts_with("https://")));
        assert_eq!(Licence::by_id("ogl-3.0").map(|licence| licence.name), Some("OGL v3.0"));
        assert_eq!(Licence::by_id("ogl-9.0"), None);
    }

    #[test]
    fn the_sentence_of_attribution_is_the_one_the_licence_asks_for() {
        let sentence = |id| Licence::by_id(id).map(|licence| licence.attribution(Some("Harbour"), Some("Jane Doe")));
        let ogl = "Contains public sector information licensed under the Open Government Licence v3.0.";
        assert_eq!(sentence("ogl-3.0").as_deref(), Some(ogl));
        let cc = "“Harbour” by Jane Doe is licensed under CC BY-SA 4.0.";
        assert_eq!(sentence("cc-by-sa-4.0").as_deref(), Some(cc));
    }

    #[test]
    fn the_conditions_of_creative_commons_are_known() {
        let by = |id| Licence::by_id(id).expect("it is in the catalogue");
        assert!(by("cc-by-nc-nd-4.0").is_non_commercial() && by("cc-by-nc-nd-4.0").forbids_changes());
        assert!(by("cc-by-sa-3.0-de").is_share_alike() && !by("cc-by-sa-3.0-de").is_non_commercial());
        assert!(!by("ogl-3.0").forbids_changes());
    }

    #[test]
    fn any_text_is_read_without_fear() {
        for text in ["é".repeat(READ_AT_MOST), "cc by ".repeat(5_000), "http".repeat(3_000), "©…”\u{a0}v".to_owned()]
        {
            if let Some((_, range)) = Licence::named(&text) {
                assert!(text.get(range).is_some());
            }
        }
    }
}
