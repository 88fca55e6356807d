//! What the built-in register says about copy, and what it must not say.

use jiff::civil::{Date, date};
use record::offices::{EMBEDDED, Register, Unknown, Verdict, raw};

const SEED_DAY: Date = date(2025, 8, 18);

/// What the register finds wrong in a text of that day, a line each.
fn findings(text: &str, day: Date) -> Vec<String> {
    let register = Register::embedded();
    let now = |claim: &&record::offices::Claim| claim.year.is_none_or(|year| year >= day.year());
    let claims = register.claims(text);
    let messages = claims.iter().filter(now).filter_map(|claim| {
        let (title, name) = (&text[claim.title.clone()], &text[claim.name.clone()]);
        register.verdict(title, name, day).message(title, name, day)
    });
    messages.collect()
}

#[track_caller]
fn finds(text: &str, day: Date, expected: &[&str]) {
    assert_eq!(findings(text, day), expected, "{text}");
}

#[track_caller]
fn says_nothing(text: &str, day: Date) {
    finds(text, day, &[]);
}

/// The claims of a text as `title = name`, so that a test shows that the place was seen at all.
fn claims(text: &str) -> Vec<String> {
    let claims = Register::embedded().claims(text);
    claims.iter().map(|claim| format!("{} = {}", &text[claim.title.clone()], &text[claim.name.clone()])).collect()
}

#[track_caller]
fn held(title: &str, name: &str, day: Date) {
    let verdict = Register::embedded().verdict(title, name, day);
    assert!(matches!(verdict, Verdict::Held { .. }), "{title} {name}: {verdict:?}");
}

#[track_caller]
fn unknown(title: &str, name: &str, day: Date, why: Unknown) {
    match Register::embedded().verdict(title, name, day) {
        Verdict::Unknown(reason) => assert_eq!(reason, why, "{title} {name}"),
        other => panic!("{title} {name}: {other:?}"),
    }
}

#[track_caller]
fn holders(title: &str, day: Date, expected: &[&str]) {
    let holders = Register::embedded().holders(title, day, "gb");
    assert_eq!(holders.iter().map(|held| held.person.name.as_str()).collect::<Vec<_>>(), expected, "{title}");
}

#[test]
fn a_chancellor_who_has_left_is_found() {
    finds(
        "German Chancellor Olaf Scholz and other leaders have signalled similar increases.",
        SEED_DAY,
        &["Olaf Scholz was not German Chancellor on 18 August 2025: Friedrich Merz was, since 6 May 2025"],
    );
}

#[test]
fn a_minister_in_a_post_that_he_never_held_is_found() {
    finds(
        "Cabinet Office Minister Stephen Kinnock outlined three key objectives for the summit.",
        SEED_DAY,
        &["Stephen Kinnock was not Cabinet Office Minister on 18 August 2025 but Minister for Care \
           (Department of Health and Social Care), since 8 July 2024"],
    );
}

#[test]
fn the_american_defence_secretary_is_not_held_against_the_british_one() {
    let text = "The US position was further clarified by Defence Secretary Pete Hegseth, who declared that.";
    assert_eq!(claims(text), ["Defence Secretary = Pete Hegseth"]);
    says_nothing(text, SEED_DAY);
    says_nothing("US Defense Secretary Pete Hegseth said so.", SEED_DAY);
    held("Defence Secretary", "John Healey", SEED_DAY);
}

#[test]
fn a_president_who_is_not_in_the_register_is_left_alone_in_either_spelling() {
    says_nothing("Trump suggested Ukrainian President Volodymyr Zelensky could end it.", SEED_DAY);
    says_nothing("“President Zelenskyy of Ukraine can end the war,” he wrote.", SEED_DAY);
    says_nothing("They met French President Emmanuel Macron and London Mayor Sadiq Khan.", SEED_DAY);
}

#[test]
fn the_holder_of_an_office_is_known_by_day() {
    holders("chancellor of the exchequer", SEED_DAY, &["Rachel Reeves"]);
    holders("the Chancellor", date(2010, 1, 1), &["Alistair Darling"]);
    holders("Home Secretary", date(2022, 10, 1), &["Suella Braverman"]);
    holders("the Prime Minister", date(1985, 1, 1), &["Margaret Thatcher"]);
    holders("German Chancellor", SEED_DAY, &["Friedrich Merz"]);
    holders("president of the United States", date(1962, 10, 22), &["John Kennedy"]);
    holders("shadow chancellor", SEED_DAY, &[]);
}

#[test]
fn two_people_of_one_surname_stay_two() {
    let named = Register::embedded().named("Kinnock");
    let names: Vec<&str> = named.iter().map(|person| person.name.as_str()).collect();
    assert_eq!(names.len(), 2, "{names:?}");
    assert!(names.contains(&"Stephen Kinnock"), "{names:?}");
    finds(
        "Foreign Secretary Ed Miliband flew to Washington.",
        date(2008, 5, 1),
        &[
            "Ed Miliband was not Foreign Secretary on 1 May 2008 but Chancellor of the Duchy of Lancaster (Cabinet Office), \
           from 28 June 2007 to 3 October 2008 and Minister for the Cabinet Office (Cabinet Office), from 28 June 2007 to \
           3 October 2008",
        ],
    );
}

#[test]
fn one_person_in_two_sources_is_one() {
    assert_eq!(Register::embedded().named("Donald Trump").len(), 1);
}

#[test]
fn british_titles_are_known_as_copy_writes_them() {
    for (title, name) in [
        ("Prime Minister", "Sir Keir Starmer"),
        ("PM", "Keir Starmer"),
        ("the Prime Minister", "Starmer"),
        ("Chancellor", "Rachel Reeves"),
        ("UK Chancellor", "Reeves"),
        ("Deputy Prime Minister", "Angela Rayner"),
        ("Housing Secretary", "Angela Rayner"),
        ("Health Secretary", "Wes Streeting"),
        ("Foreign Secretary", "David Lammy"),
        ("Energy Secretary", "Ed Miliband"),
        ("Business Secretary", "Jonathan Reynolds"),
        ("Work and Pensions Secretary", "Liz Kendall"),
        ("Technology Secretary", "Peter Kyle"),
        ("Northern Ireland Secretary", "Hilary Benn"),
        ("Scottish Secretary", "Ian Murray"),
        ("Lord Chancellor", "Shabana Mahmood"),
        ("Leader of the Commons", "Lucy Powell"),
        ("Environment, Food and Rural Affairs Secretary", "Steve Reed"),
        ("health minister", "Stephen Kinnock"),
        ("care minister", "Stephen Kinnock"),
        ("Treasury minister", "Torsten Bell"),
        ("security minister", "Dan Jarvis"),
        ("policing minister", "Dame Diana Johnson"),
        ("junior defence minister", "Luke Pollard"),
        ("Chief Secretary to the Treasury", "Darren Jones"),
        ("Attorney General", "Lord Hermer"),
        ("Cabinet Office minister", "Nick Thomas-Symonds"),
        ("Labour’s housing minister", "Matthew Pennycook MP"),
    ] {
        held(title, name, SEED_DAY);
    }
}

#[test]
fn foreign_titles_are_known_as_copy_writes_them() {
    for (title, name) in [
        ("US President", "Donald Trump"),
        ("U.S. President", "Donald J. Trump"),
        ("President", "Trump"),
        ("Vice-President", "JD Vance"),
        ("Vice President", "J.D. Vance"),
        ("Germany’s chancellor", "Friedrich Merz"),
        ("Chancellor", "Merz"),
        ("President", "Xi"),
        ("Brazilian President", "Luiz Inacio Lula da Silva"),
        ("Turkish President", "Erdogan"),
        ("Prime Minister of India", "Narendra Modi"),
        ("European Commission President", "Ursula von der Leyen"),
    ] {
        held(title, name, SEED_DAY);
    }
}

#[test]
fn a_qualified_title_says_nothing_about_the_office() {
    for title in [
        "former Prime Minister",
        "then-Chancellor",
        "ex-prime minister",
        "shadow chancellor",
        "Shadow Health Secretary",
        "acting Home Secretary",
        "President-elect",
        "the late Prime Minister",
        "former Conservative chancellor",
        "former UK prime minister",
        "deputy chancellor",
    ] {
        unknown(title, "Rishi Sunak", SEED_DAY, Unknown::Qualified);
    }
}

#[test]
fn titles_that_are_no_office_of_the_register_say_nothing() {
    for title in
        ["Sen.", "Rep.", "Governor", "Mayor of London", "Danish Prime Minister", "Secretary of State", "", "King"]
    {
        unknown(title, "Rishi Sunak", SEED_DAY, Unknown::Title);
    }
    says_nothing("Gov. Rick Scott met Sen. Tim Scott and Rep. John Smith.", SEED_DAY);
}

#[test]
fn an_office_held_before_is_told_with_its_days() {
    finds(
        "Prime Minister Rishi Sunak said on Monday that he would.",
        SEED_DAY,
        &[
            "Rishi Sunak was Prime Minister from 25 October 2022 to 5 July 2024, not on 18 August 2025: Keir Starmer was, \
           since 5 July 2024",
        ],
    );
    finds(
        "“Not yet,” said the chancellor, Jeremy Hunt, on Monday.",
        SEED_DAY,
        &["Jeremy Hunt was chancellor from 14 October 2022 to 5 July 2024, not on 18 August 2025: Rachel Reeves was, \
           since 5 July 2024"],
    );
    finds(
        "Joe Biden, the US president, arrived.",
        SEED_DAY,
        &[
            "Joe Biden was US president from 20 January 2021 to 20 January 2025, not on 18 August 2025: Donald Trump was, \
           since 20 January 2025",
        ],
    );
}

#[test]
fn an_office_held_only_later_is_found() {
    finds(
        "Home Secretary Shabana Mahmood announced it.",
        date(2025, 3, 3),
        &[
            "Shabana Mahmood was Home Secretary since 5 September 2025, not on 3 March 2025: Yvette Cooper was, from 5 July \
           2024 to 5 September 2025",
        ],
    );
}

#[test]
fn after_a_snapshot_its_source_is_silent() {
    unknown("Chancellor", "Jeremy Hunt", date(2026, 6, 20), Unknown::Date);
    unknown("Health Secretary", "Wes Streeting", date(2027, 1, 1), Unknown::Date);
    unknown("German Chancellor", "Olaf Scholz", date(2026, 8, 23), Unknown::Date);
}

#[test]
fn another_source_may_know_more_of_a_later_day() {
    // The British file ends in June 2026; the list of the world's leaders knows July.
    let verdict = Register::embedded().verdict("Prime Minister", "Keir Starmer", date(2026, 8, 1));
    assert!(verdict.is_wrong(), "{verdict:?}");
    assert!(verdict.sources().iter().any(|source| source.licence == "CC BY-SA 4.0"));
}

#[test]
fn of_days_before_a_present_holder_nothing_is_known() {
    unknown("German Chancellor", "Olaf Scholz", date(2025, 5, 1), Unknown::Date);
    unknown("Canadian Prime Minister", "Mark Carney", SEED_DAY, Unknown::Date);
    unknown("Canadian Prime Minister", "Justin Trudeau", SEED_DAY, Unknown::Date);
}

#[test]
fn on_the_days_of_a_change_both_are_right() {
    for name in ["Rishi Sunak", "Keir Starmer"] {
        held("Prime Minister", name, date(2024, 7, 5));
        held("Prime Minister", name, date(2024, 7, 6));
    }
    assert!(Register::embedded().verdict("Prime Minister", "Rishi Sunak", date(2024, 7, 9)).is_wrong());
}

#[test]
fn a_former_president_keeps_the_title_in_american_copy() {
    says_nothing("President Clinton’s memoir and President Obama’s library were named.", SEED_DAY);
    says_nothing("It began under President George W. Bush and President Bill Clinton.", SEED_DAY);
    unknown("President", "Joe Biden", date(2026, 3, 1), Unknown::Past);
    assert!(Register::embedded().verdict("President", "Joe Biden", SEED_DAY).is_wrong());
    assert!(Register::embedded().verdict("US President", "Joe Biden", date(2026, 3, 1)).is_wrong());
}

#[test]
fn a_minister_of_long_ago_is_history() {
    says_nothing("Prime Minister Margaret Thatcher sold them, and Chancellor Nigel Lawson paid.", SEED_DAY);
    assert!(Register::embedded().verdict("Chancellor", "George Osborne", SEED_DAY).is_wrong());
}

#[test]
fn the_president_of_an_association_is_no_president_of_a_state() {
    for text in [
        "the president of the American Action Forum, Douglas Holtz-Eakin,",
        "Javier Palomarez, president of the United States Hispanic Chamber of Commerce, said.",
    ] {
        says_nothing(text, SEED_DAY);
    }
}

#[test]
fn a_stranger_in_a_home_office_is_not_accused_without_the_country() {
    unknown("Health Secretary", "Margaret Ashdown", SEED_DAY, Unknown::Name);
    unknown("Health Secretary", "Robert F. Kennedy Jr.", SEED_DAY, Unknown::Name);
    assert!(Register::embedded().verdict("UK Health Secretary", "Margaret Ashdown", SEED_DAY).is_wrong());
}

#[test]
fn a_misspelt_name_is_another_checks_business() {
    unknown("British Prime Minister", "Kier Starmer", SEED_DAY, Unknown::Name);
    unknown("Turkish President", "Tayyip Erdogan", SEED_DAY, Unknown::Name);
}

#[test]
fn a_sentence_about_another_year_is_not_about_the_day() {
    says_nothing("In 2022 Prime Minister Rishi Sunak promised the same.", SEED_DAY);
    says_nothing("Prime Minister Boris Johnson signed the treaty in December 2020.", SEED_DAY);
    finds(
        "That was in 2022. Prime Minister Boris Johnson agrees.",
        SEED_DAY,
        &[
            "Boris Johnson was Prime Minister from 24 July 2019 to 6 September 2022, not on 18 August 2025: Keir Starmer \
           was, since 5 July 2024",
        ],
    );
}

#[test]
fn lists_and_possessives_are_no_claims() {
    for text in [
        "He met the prime minister, Rachel Reeves and Yvette Cooper.",
        "They thanked Rachel Reeves, the prime minister, and the staff.",
        "The Prime Minister’s wife Victoria Starmer came.",
        "Trump’s Defense Secretary John Healey spoke.",
        "Scottish Health Secretary Jeremy Hunt spoke.",
        "former chancellor and prime minister Rishi Sunak spoke.",
        "They told us Prime Minister.",
        "What would a President Trump do?",
        "The Prime Minister said Rachel Reeves had agreed.",
        "The chancellor of Oxford University, Chris Patten, said.",
    ] {
        assert_eq!(claims(text), [""; 0], "{text}");
    }
}

#[test]
fn the_ways_of_copy_to_give_an_office_are_seen() {
    for (text, expected) in [
        ("Chancellor Rachel Reeves said.", "Chancellor = Rachel Reeves"),
        ("The Chancellor, Rachel Reeves, said.", "Chancellor = Rachel Reeves"),
        ("Rachel Reeves, the Chancellor, said.", "Chancellor = Rachel Reeves"),
        ("Rachel Reeves, chancellor of the exchequer, said.", "chancellor of the exchequer = Rachel Reeves"),
        ("On Monday Rachel Reeves, the UK’s chancellor, said.", "UK’s chancellor = Rachel Reeves"),
        ("UK Chancellor Rachel Reeves Defies Critics", "UK Chancellor = Rachel Reeves"),
        ("former Chancellor Jeremy Hunt’s plan", "former Chancellor = Jeremy Hunt"),
        ("Deputy Prime Minister and Housing Secretary Angela Rayner left", "Housing Secretary = Angela Rayner"),
        (
            "Foreign Secretary Lord Cameron of Chipping Norton flew",
            "Foreign Secretary = Lord Cameron of Chipping Norton",
        ),
        ("President Trump Tuesday said", "President = Trump"),
        (
            "President of the European Commission Ursula von der Leyen",
            "President of the European Commission = Ursula von der Leyen",
        ),
    ] {
        assert_eq!(claims(text), [expected], "{text}");
    }
}

#[test]
fn no_claim_points_outside_its_text() {
    let pieces = [
        "the Prime Minister",
        ", ",
        "’s",
        "Rachel Reeves",
        "—",
        "of the",
        "US",
        " ",
        "former-",
        "é",
        "\n",
        "President",
        ".",
    ];
    let mut state = 7_u32;
    for _ in 0..3_000 {
        let mut text = String::new();
        for _ in 0..8 {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            text.push_str(pieces[(state >> 16) as usize % pieces.len()]);
        }
        for claim in Register::embedded().claims(&text) {
            assert!(text.get(claim.title.clone()).is_some() && text.get(claim.name.clone()).is_some(), "{text:?}");
            assert!(!claim.name.is_empty() && text.get(claim.range()).is_some(), "{text:?}");
            let _ = Register::embedded().verdict(&text[claim.title], &text[claim.name], SEED_DAY);
        }
    }
}

#[test]
fn a_long_text_of_nothing_but_titles_comes_to_an_end() {
    for piece in
        ["Prime Minister ", "the prime minister, ", "Sir Lord ", "former ", "Secretary of State for the ", "Rachel "]
    {
        let text = piece.repeat(300_000 / piece.len());
        let _ = Register::embedded().claims(&text);
        let _ = Register::embedded().verdict(&text, &text, SEED_DAY);
    }
}

#[test]
fn the_folder_in_the_repository_is_a_register() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/offices");
    let register = Register::read(&folder).unwrap();
    assert_eq!(register.sources().count(), EMBEDDED.len());
    assert_eq!(register.people().count(), Register::embedded().people().count());
}

#[test]
fn a_register_in_a_folder_stands_in_for_the_built_in_one() {
    let folder = tempfile::tempdir().unwrap();
    for source in EMBEDDED.iter().filter(|source| source.folder == "world") {
        let own = folder.path().join("ours");
        std::fs::create_dir(&own).unwrap();
        source.files.parse().unwrap().files().write(&own).unwrap();
    }
    let register = Register::read(folder.path()).unwrap();
    assert_eq!(register.sources().count(), 1);
    assert!(register.verdict("German Chancellor", "Olaf Scholz", SEED_DAY).is_wrong());
    assert!(register.named("Rachel Reeves").is_empty());
}

#[test]
fn a_broken_folder_is_refused_with_the_place() {
    let folder = tempfile::tempdir().unwrap();
    let complaint = Register::read(folder.path()).unwrap_err().to_string();
    assert!(complaint.ends_with("no folder in it holds a source.toml"), "{complaint}");
    std::fs::create_dir(folder.path().join("ours")).unwrap();
    std::fs::write(folder.path().join("ours/source.toml"), "name = 3").unwrap();
    let complaint = Register::read(folder.path()).unwrap_err().to_string();
    assert!(complaint.contains("people.tsv"), "{complaint}");
}

#[test]
fn the_built_in_tables_are_what_their_makers_published() {
    let Some(reference) = std::env::var_os("MASTHEAD_REFERENCE") else {
        eprintln!("skipped: the collections of office-holders (MASTHEAD_REFERENCE is not set)");
        return;
    };
    let offices = std::path::Path::new(&reference).join("offices");
    for (collection, day, folder) in [
        ("ifg", date(2026, 6, 19), "ifg"),
        ("us/executive.yaml", date(2026, 6, 19), "us"),
        ("world/all-leaders-current.csv", date(2026, 8, 22), "world"),
    ] {
        let made = raw::read(&offices.join(collection), day).unwrap();
        let kept = EMBEDDED.iter().find(|source| source.folder == folder).unwrap();
        assert!(made == kept.files.parse().unwrap(), "{folder} is not made of {collection}");
    }
}

#[test]
fn the_seed_page_has_two_wrong_offices_and_no_more() {
    let Some(reference) = std::env::var_os("MASTHEAD_REFERENCE") else {
        eprintln!("skipped: the seed page (MASTHEAD_REFERENCE is not set)");
        return;
    };
    let folder = std::path::Path::new(&reference).join("seed");
    let page = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.extension().is_some_and(|e| e == "txt"));
    let text = std::fs::read_to_string(page.unwrap()).unwrap();
    let found = findings(&text, SEED_DAY);
    assert_eq!(found.len(), 2, "{found:#?}");
    assert!(found[0].contains("Stephen Kinnock") && found[1].contains("Olaf Scholz"), "{found:#?}");
}
