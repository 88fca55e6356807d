import type { Finding, Papers, Severity } from "../api/types";

export const SEVERITIES: readonly Severity[] = ["must", "should", "note"];

export const isOpen = (finding: Finding) => finding.ignored === null;
export const openOf = (findings: Finding[]) => findings.filter(isOpen);
export const isMark = (finding: Finding) => finding.kind.startsWith("mark-") && finding.fix !== null && isOpen(finding);

/** Numbers into `findings` (which the editor's marks refer to) by severity, each in the order of the text. */
export function bySeverity(findings: Finding[]): { severity: Severity; numbers: number[] }[] {
  return SEVERITIES.map((severity) => ({
    severity,
    numbers: findings
      .map((_, number) => number)
      .filter((number) => findings[number]?.severity === severity && isOpen(findings[number]))
      .sort((a, b) => inText(findings[a], findings[b]) || a - b),
  })).filter(({ numbers }) => numbers.length > 0);
}

export function countOpen(findings: Finding[]): Record<Severity, number> {
  const counts = { must: 0, should: 0, note: 0 };
  for (const finding of openOf(findings)) counts[finding.severity] += 1;
  return counts;
}

/** What is about the whole article comes first. */
function inText(a: Finding | undefined, b: Finding | undefined): number {
  const [left, right] = [key(a), key(b)];
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const step = (left[at] ?? -1) - (right[at] ?? -1);
    if (step !== 0) return step;
  }
  return 0;
}

const key = (finding: Finding | undefined) => (finding?.place ? [...finding.place.path, finding.place.start] : []);

/** The field where a finding about the whole article is mended. */
export function fieldOf(finding: Finding): keyof Papers | null {
  if (finding.place) return null;
  return FIELDS[finding.kind] ?? null;
}

const FIELDS: Record<string, keyof Papers> = {
  "no-byline": "authors",
  "no-date": "dated",
  "no-section": "section",
  "no-standfirst": "standfirst",
  "no-headline": "headline",
  "image-no-credit": "lead_picture",
  "image-no-licence": "lead_picture",
  "image-no-alt": "lead_picture",
  "image-alt-filename": "lead_picture",
};

/** The same finding after a new check: what a person set aside or mended keeps its place on the screen. */
export const sameFinding = (a: Finding, b: Finding) => a.kind === b.kind && a.exact === b.exact && a.message === b.message;
