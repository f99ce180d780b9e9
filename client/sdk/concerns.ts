/** What a sender is told about an addressee before anything is sealed: warnings, which refuse nothing. */
import type { AuthorityId } from '../../domain/ids.js';
import { agreementsBetween, successorOf } from '../../domain/register.js';
import { confirmedAt, isStale, staleFrom } from '../../domain/staleness.js';
import { formatInstant, type Instant } from '../../domain/time.js';
import type { AuthorityType, ExchangeType, ProfileId } from '../../domain/vocabulary.js';
import { declaredAs } from '../../domain/wire/declarations.js';
import type { DirectoryView } from './directory.js';
import { ownEndings, type Ending } from './own-ends.js';

export interface Concern {
  readonly code: 'ENTRY_STALE' | 'SUCCEEDED' | 'NO_AGREEMENT' | 'NO_PRIOR_CONSULTATION';
  readonly sentence: string;
}

export interface Correspondence {
  readonly from: AuthorityId;
  readonly fromType: AuthorityType;
  readonly to: AuthorityId;
  readonly toType: AuthorityType;
  readonly profile: ProfileId;
  /** what is about to be opened; absent: it is not looked at */
  readonly exchangeType?: ExchangeType;
  readonly body?: object;
}

const day = (at: Instant): string => formatInstant(at).slice(0, 10);

type Directories = Pick<DirectoryView, 'directory'>;

/** Does its entry still hold, and is it still there? Whatever goes to it, on whichever channel. */
export function concernsWith({ directory }: Directories, to: AuthorityId, now: Instant): readonly Concern[] {
  const concerns: Concern[] = [];
  const entry = directory.authorities.get(to)?.entry;
  if (entry && isStale(entry, now))
    concerns.push({
      code: 'ENTRY_STALE',
      sentence: `${to} last confirmed its entry on ${day(confirmedAt(entry))}: ask whether it still holds. It ends on ${day(entry.validUntil)}.`,
    });
  const successor = successorOf(directory, to);
  if (successor !== null)
    concerns.push({
      code: 'SUCCEEDED',
      sentence: `${successor} came after ${to}: open new matters with it. For what ${to} gave or asked, ${to} answers still, whoever acts for it now.`,
    });
  return concerns;
}

/** @returns empty where nothing is known against it, and where the directory has no entry: sealing says that */
export function concernsAbout(
  { directory }: Directories,
  { from, fromType, to, toType, profile, exchangeType, body = {} }: Correspondence,
  now: Instant,
): readonly Concern[] {
  const concerns = [...concernsWith({ directory }, to, now)];
  const wants = (id: AuthorityId, type: AuthorityType): boolean => {
    const said = directory.authorities.get(id)?.entry;
    return said ? declaredAs(said, type).law?.requiresMou === true : false;
  };
  const asking = [wants(from, fromType) ? [from] : [], wants(to, toType) ? [to] : []].flat();
  if (asking.length > 0 && agreementsBetween(directory, from, to, profile, day(now)).length === 0)
    concerns.push({
      code: 'NO_AGREEMENT',
      sentence: `The law of ${asking.join(' and ')} wants a memorandum, and the register has none with ${profile} in force between you.`,
    });
  // advice, and no condition: practitioners talk first ([S¶29-30]); whether they did by another way nobody here knows
  const { relatesTo = [] } = body as { readonly relatesTo?: readonly string[] };
  if (exchangeType === 'FORMAL_MLA_REQUEST' && relatesTo.length === 0)
    concerns.push({
      code: 'NO_PRIOR_CONSULTATION',
      sentence: `It names no earlier exchange with ${to} (relatesTo): ask first what it needs, by an INFORMAL_CONSULTATION, unless you have.`,
    });
  return concerns;
}

export interface StaleEntry {
  readonly authority: AuthorityId;
  readonly confirmedAt: string;
  readonly staleFrom: string;
  readonly validUntil: string;
  readonly isStale: boolean;
  /** by time alone, so that nobody can write to it */
  readonly ends: readonly Ending[];
}

/**
 * Whom the operator reminds, the longest silent first: whose entry is stale, or to whom, or to one of whose desks, nobody can write.
 *
 * @param withinMs also those of whom that will be so within this time
 */
export function staleEntries({ directory }: DirectoryView, now: Instant, withinMs: number): readonly StaleEntry[] {
  const entries = [...directory.authorities.values()].flatMap(({ entry }) => (entry === null ? [] : [entry]));
  return entries
    .map((entry) => ({ entry, ends: ownEndings({ directory }, entry.authority, now, withinMs).filter(({ of }) => of !== 'OFFICER') }))
    .filter(({ entry, ends }) => staleFrom(entry) - withinMs <= now || ends.length > 0)
    .sort((a, b) => confirmedAt(a.entry) - confirmedAt(b.entry))
    .map(({ entry, ends }) => ({
      authority: entry.authority,
      confirmedAt: formatInstant(confirmedAt(entry)),
      staleFrom: formatInstant(staleFrom(entry)),
      validUntil: formatInstant(entry.validUntil),
      isStale: isStale(entry, now),
      ends,
    }));
}
