//! What came from elsewhere and has no room here yet: it is kept as it came, and not shown.

crate::words! {
    /// What it is.
    What {
        /// A comment that readers saw.
        Comment = "comment",
        /// A comment that they did not see.
        CommentHeld = "comment held back",
        /// Another site's word that it links here.
        Pingback = "pingback",
        /// An entry of a live report.
        LiveEntry = "live entry",
        /// What editors wrote among themselves.
        Note = "desk note",
        /// A comment of a kind that only a plugin knows.
        OtherComment = "other comment",
        /// Fields of an article that have no room here.
        Rest = "rest",
        /// An item of a type that only a plugin or theme knows.
        Item = "item",
    }
}
