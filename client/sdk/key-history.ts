/**
 * Keys of officers who have left: the directory serves each authority's newest entry, and what a departed officer signed must open
 * for as long as it is kept. Until when such a key was good, the root's own entries say.
 */
import { listsOfficerKey, type OfficerKey } from '../../domain/authority.js';
import type { KeyId } from '../../domain/ids.js';
import { termOf } from '../../domain/roots.js';
import type { StatementOf } from '../../domain/statement.js';
import { keyAnswer } from '../../domain/wire/http-answers.js';
import { understood } from './answers.js';
import type { ClientContext } from './context.js';
import type { DirectoryView } from './directory.js';
import { believedEntry } from './directory-belief.js';
import { PolicyRefusal } from './error.js';
import { readStatement, readStatementOf } from './statements.js';

type Entry = StatementOf<'parley-entry+json'>;

/** A directory that holds the keys of these statements, if any entry ever did: the newest first, then what came before it. */
export async function viewThatKnows(context: ClientContext, compacts: readonly (string | undefined)[]): Promise<DirectoryView> {
  const kids = new Set(
    compacts.flatMap((compact) => {
      const read = compact === undefined ? null : readStatement(compact);
      return read?.ok ? [read.value.kid] : [];
    }),
  );
  let view = await context.directory();
  if ([...kids].some((kid) => !isListed(view, kid))) view = await context.directory(true);
  const officerKeys = new Map(view.directory.officerKeys);
  for (const kid of kids) {
    const key = isListed(view, kid) ? null : await endedKey(context, view, kid);
    if (key !== null) officerKeys.set(kid, key);
  }
  return { ...view, directory: { ...view.directory, officerKeys } };
}

/** Does the newest entry of its authority list it? What an older one says of its end is not the last word. */
function isListed({ directory }: DirectoryView, kid: KeyId): boolean {
  const key = directory.officerKeys.get(kid);
  const entry = key === undefined ? null : directory.authorities.get(key.authority)?.entry;
  return entry?.officers.some(({ signing }) => signing.kid === kid) ?? false;
}

/** @returns the key with the end that the entry after its last one gave it; null where the gateway shows none that holds */
async function endedKey(context: ClientContext, view: DirectoryView, kid: KeyId): Promise<OfficerKey | null> {
  const [last, next] = await entriesAbout(context, kid);
  if (last === undefined) return null;
  const { authority } = last.payload;
  const known = view.directory.authorities.get(authority);
  const officer = last.payload.officers.find(({ signing }) => signing.kid === kid);
  if (known === undefined || officer === undefined) return null;
  const terms = [...view.directory.roots.values()].filter((term) => term.authority === authority);
  for (const entry of next === undefined ? [last] : [last, next])
    if (!(await believedEntry(entry.compact, authority, terms)).ok) return null;
  // the very next one: a later one would leave room for what it does not say
  if (next?.payload.seq !== last.payload.seq + 1 || next.payload.at > context.clock.now() || listsOfficerKey(next.payload, kid))
    return null;
  const { roles, clearance, from, until } = officer;
  const term = termOf(last.payload, terms);
  // whoever got hold of a former root writes what date they like: its word ends with its time
  const ends = [next.payload.at, until, term?.changedAt ?? until, term?.replacedAt ?? until];
  const end = ends.reduce((a, b) => (a < b ? a : b));
  return { authority, officer: officer.officer, use: 'signing', publicKey: officer.signing.publicKey, roles, clearance, from, until: end };
}

async function entriesAbout({ door }: ClientContext, kid: KeyId): Promise<readonly Entry[]> {
  try {
    const answer = understood(keyAnswer, await door.get(`/v1/directory/keys/${kid}`, false));
    const read = (answer?.entries ?? []).map((compact) => readStatementOf('parley-entry+json', compact));
    return read.flatMap((entry) => (entry.ok ? [entry.value] : []));
  } catch (error) {
    if (error instanceof PolicyRefusal && error.status === 404) return [];
    throw error;
  }
}
