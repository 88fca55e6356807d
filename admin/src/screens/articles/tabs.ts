/** The statuses an article goes through, in their order; first, all of them. */
export const TABS = ["", "draft", "in review", "ready", "scheduled", "published", "withdrawn"] as const;
