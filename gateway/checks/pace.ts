/**
 * Everybody reads all that the directory ever said, so no root may fill it. The measures are far above what an authority with the most
 * officers and desks needs, and a year of one of them far below what readers take (10,000 revocations, 20,000 statements).
 */
import type { AuthorityId } from '../../domain/ids.js';
import { refusal, type Refusal } from '../../domain/refusal.js';
import type { Statement } from '../../domain/statement.js';
import { DAY_MS, formatInstant, HOUR_MS, plusMs, type Instant } from '../../domain/time.js';
import type { Library, Volume } from '../read/library.js';

/** Link key of the key revocations of one authority. */
export const revocationsOf = (authority: AuthorityId): string => `revocation ${authority}`;

/** Entries, changes of root and revocations together; a compromised key waits for no hour. */
const HOURLY_MAX = 64;
/** Entries and changes of root. */
const YEARLY_MAX = 512;
/** All keys of the largest entry (256), four times over. */
const REVOCATIONS_YEARLY_MAX = 1_024;
const YEAR_MS = 365 * DAY_MS;

const isUrgent = ({ typ, payload }: Statement): boolean => typ === 'parley-revocation+json' && payload.reason === 'COMPROMISED';

/** @returns why the root has to wait, and until when; null: it has not */
export async function overPace(statement: Statement, author: AuthorityId, library: Library, now: Instant): Promise<Refusal | null> {
  const own = (volumes: readonly Volume[]): readonly Volume[] => volumes.filter(({ stored }) => stored.author === author);
  const revocations = await library.linked('entry', revocationsOf(author));
  const entries = [...(await library.linked('entry', author)), ...own(await library.linked('entry', 'root'))];
  const isRevocation = statement.typ === 'parley-revocation+json';
  const yearly = isRevocation ? waitFor(revocations, REVOCATIONS_YEARLY_MAX, YEAR_MS, now) : waitFor(entries, YEARLY_MAX, YEAR_MS, now);
  if (yearly !== null || isUrgent(statement)) return yearly;
  const paced = [...entries, ...revocations.filter((one) => !isUrgent(one.statement))];
  return waitFor(paced, HOURLY_MAX, HOUR_MS, now);
}

function waitFor(said: readonly Volume[], max: number, withinMs: number, now: Instant): Refusal | null {
  const recent = said.map(({ stored }) => stored.at).filter((at) => plusMs(at, withinMs) > now);
  if (recent.length < max) return null;
  const again = plusMs(recent.toSorted((a, b) => a - b).at(-max)!, withinMs);
  const span = withinMs === HOUR_MS ? 'an hour' : 'a year';
  return refusal('LIMIT_REACHED', `a root says at most ${max} of these in ${span}; the next one is taken after ${formatInstant(again)}`);
}
