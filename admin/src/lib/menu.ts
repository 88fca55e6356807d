/** A line of a menu: a link, an act, or one of several that can be chosen. */
export interface Choice {
  text: string;
  href?: string;
  /** Opens in a tab of its own. */
  away?: boolean;
  act?: () => void;
  chosen?: boolean;
  danger?: boolean;
  /** Whether a line is drawn above it. */
  line?: boolean;
}
