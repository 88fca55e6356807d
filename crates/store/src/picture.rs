//! The picture library: what is said of each picture, and which articles show it.

use news::{Credit, Id};

use crate::article::{json, parsed_id};
use crate::{Broken, Statement, Store};

macro_rules! columns {
    () => {
        "id, src, name, width, height, bytes, alt, caption, credit, made_at, made_by"
    };
}

queries! {
    "picture";

    /// A picture's columns.
    row PictureRow {
        id: String, src: String, name: String, width: i64, height: i64, bytes: i64, alt: Option<String>,
        caption: Option<String>, credit: Option<String>, made_at: i64, made_by: Option<String>,
    }

    /// How many articles show a picture.
    row UseRow { src: String, uses: i64 }

    /// An article.
    row IdRow { id: String }

    /// What a picture is called.
    row NameRow { id: String, name: String }

    /// What pictures are called.
    all names_of(ids: &str) -> NameRow = "SELECT id, name FROM picture WHERE id IN {list $1}";
    one row_by_id(id: &str) -> PictureRow = concat!("SELECT ", columns!(), " FROM picture WHERE id = $1");
    one row_by_src(src: &str) -> PictureRow = concat!("SELECT ", columns!(), " FROM picture WHERE src = $1");
    all rows_before(at: i64, id: &str, most: i64) -> PictureRow = concat!(
        "SELECT ", columns!(), " FROM picture WHERE (made_at, id) < ($1, $2) ORDER BY made_at DESC, id DESC LIMIT $3");
    all rows_like(pattern: &str, at: i64, id: &str, most: i64) -> PictureRow = concat!(
        "SELECT ", columns!(), " FROM picture WHERE words LIKE $1 ESCAPE '!' AND (made_at, id) < ($2, $3) \
         ORDER BY made_at DESC, id DESC LIMIT $4");
    /// Those that lack a credit, a licence or an alternative text.
    all rows_lacking(at: i64, id: &str, most: i64) -> PictureRow = concat!(
        "SELECT ", columns!(), " FROM picture WHERE (alt IS NULL OR credit IS NULL OR credit NOT LIKE '%\"licence\":\"%') \
         AND (made_at, id) < ($1, $2) ORDER BY made_at DESC, id DESC LIMIT $3");
    all use_rows(srcs: &str) -> UseRow =
        "SELECT src, count(*) AS uses FROM picture_use WHERE src IN {list $1} GROUP BY src";
    all users_of(src: &str, most: i64) -> IdRow =
        "SELECT article_id AS id FROM picture_use WHERE src = $1 ORDER BY article_id DESC LIMIT $2";

    exec insert_row(
        id: &str, src: &str, name: &str, width: i64, height: i64, bytes: i64, alt: Option<&str>, caption: Option<&str>,
        credit: Option<&str>, words: &str, made_at: i64, made_by: Option<&str>,
    ) = "INSERT INTO picture (id, src, name, width, height, bytes, alt, caption, credit, words, made_at, made_by) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT (src) DO NOTHING";
    exec update_row(id: &str, alt: Option<&str>, caption: Option<&str>, credit: Option<&str>, words: &str) =
        "UPDATE picture SET alt = $2, caption = $3, credit = $4, words = $5 WHERE id = $1";
    /// Removes one that no article shows.
    exec remove_unused(id: &str) =
        "DELETE FROM picture WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM picture_use u WHERE u.src = picture.src)";
    exec use_in(src: &str, article_id: &str) =
        "INSERT INTO picture_use (src, article_id) VALUES ($1, $2) ON CONFLICT (src, article_id) DO NOTHING";
    /// Takes an article from every picture.
    exec clear_uses(article_id: &str) = "DELETE FROM picture_use WHERE article_id = $1";
}

/// A picture of the library.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// Its id.
    pub id: Id,
    /// Path below the magazine's address: `/content/images/…`.
    pub src: String,
    /// The name of the file that came.
    pub name: String,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// Size of the original.
    pub bytes: u64,
    /// For those who do not see it.
    pub alt: Option<String>,
    /// Under it, unless an article says otherwise.
    pub caption: Option<String>,
    /// Whose it is.
    pub credit: Option<Credit>,
    /// When it came.
    pub made_at: i64,
    /// Who brought it, as the record of acts writes it.
    pub made_by: Option<String>,
}

impl Picture {
    /// What it is found by: file name, texts and credit in small letters.
    fn words(&self) -> String {
        let credit = self.credit.as_ref().map(|credit| credit.text.as_str());
        [Some(self.name.as_str()), self.alt.as_deref(), self.caption.as_deref(), credit]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" ")
            .to_lowercase()
    }
}

/// The picture with this id.
pub async fn by_id(store: &Store, id: &str) -> Result<Option<Picture>, Broken> {
    row_by_id(store, id).await?.map(picture).transpose()
}

/// The picture at this address.
pub async fn by_src(store: &Store, src: &str) -> Result<Option<Picture>, Broken> {
    row_by_src(store, src).await?.map(picture).transpose()
}

/// Which pictures are wanted.
#[derive(Clone, Debug)]
pub enum Wanted<'a> {
    /// All of them.
    All,
    /// Those that have these words.
    Like(&'a str),
    /// Those that lack a credit, a licence or an alternative text.
    Lacking,
}

/// Pictures from a place of the list on, the newest first.
pub async fn before(store: &Store, wanted: Wanted<'_>, at: i64, id: &str, most: i64) -> Result<Vec<Picture>, Broken> {
    let rows = match wanted {
        Wanted::All => rows_before(store, at, id, most).await?,
        Wanted::Like(words) => rows_like(store, &crate::pattern(words), at, id, most).await?,
        Wanted::Lacking => rows_lacking(store, at, id, most).await?,
    };
    rows.into_iter().map(picture).collect()
}

/// How many articles show each of these pictures; those that no article shows are left out.
pub async fn uses(store: &Store, srcs: &[&str]) -> Result<Vec<(String, i64)>, Broken> {
    let rows = use_rows(store, &json(&srcs)).await?;
    Ok(rows.into_iter().map(|row| (row.src, row.uses)).collect())
}

/// The articles that show a picture (at most 200).
pub async fn used_in(store: &Store, src: &str) -> Result<Vec<Id>, Broken> {
    users_of(store, src, 200).await?.iter().map(|row| parsed_id(&row.id)).collect()
}

/// A new picture; one that is there at the same address stays as it is.
pub fn add(picture: &Picture) -> Statement {
    insert_row(
        picture.id.as_str(),
        &picture.src,
        &picture.name,
        i64::from(picture.width),
        i64::from(picture.height),
        picture.bytes as i64,
        picture.alt.as_deref(),
        picture.caption.as_deref(),
        picture.credit.as_ref().map(json).as_deref(),
        &picture.words(),
        picture.made_at,
        picture.made_by.as_deref(),
    )
}

/// What is said of a picture.
pub fn describe(picture: &Picture) -> Statement {
    update_row(
        picture.id.as_str(),
        picture.alt.as_deref(),
        picture.caption.as_deref(),
        picture.credit.as_ref().map(json).as_deref(),
        &picture.words(),
    )
}

fn picture(row: PictureRow) -> Result<Picture, Broken> {
    let credit = row.credit.map(|text| {
        serde_json::from_str(&text).map_err(|why| Broken::Value(format!("the credit of picture {}: {why}", row.id)))
    });
    Ok(Picture {
        id: parsed_id(&row.id)?,
        src: row.src,
        name: row.name,
        width: row.width as u32,
        height: row.height as u32,
        bytes: row.bytes as u64,
        alt: row.alt,
        caption: row.caption,
        credit: credit.transpose()?,
        made_at: row.made_at,
        made_by: row.made_by,
    })
}
