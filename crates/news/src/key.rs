//! Keys for programs that talk to the API.

use crate::Id;

/// A key made by `masthead key new`: reading with the content key, writing
/// with the admin key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// Also the `kid` of the tokens it signs.
    pub id: Id,
    /// What it is for, in the words of who made it.
    pub name: String,
    /// 26 hexadecimal characters, for reading what is public.
    pub content: String,
    /// 64 hexadecimal characters: the secret that signs Ghost's admin tokens
    /// (HS256), which is why it cannot be kept as a hash.
    pub secret: String,
    /// Whose it is: it may what that member of staff may. A key of nobody is a program's.
    pub staff: Option<Id>,
}

impl Key {
    /// The admin key as Ghost clients expect it: `id:secret`.
    pub fn admin(&self) -> String {
        format!("{}:{}", self.id, self.secret)
    }
}
