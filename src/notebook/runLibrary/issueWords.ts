// The first fault that a check found, as "where: expected this, got that".
import * as v from 'valibot';

/** A check's own words where it has any; `whole` names what was checked. */
export function issueWords(issue: v.BaseIssue<unknown>, whole: string): string {
  const expected = issue.message.startsWith('Invalid ') ? (issue.expected ?? String(issue.requirement)) : issue.message;
  return `${v.getDotPath(issue) ?? whole}: expected ${expected}, got ${issue.received}`;
}
