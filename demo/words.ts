/** What failed, for whoever started it: a sentence and what to do where the failure has a code, as a full disk has; the place in our code where it has none. */
import { complaintOf } from '../client/cli/output.js';

export function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (!('code' in error)) return error.stack ?? error.message;
  const { detail, next } = complaintOf(error) as { readonly detail: string; readonly next: string };
  return `${detail} ${next}`;
}
