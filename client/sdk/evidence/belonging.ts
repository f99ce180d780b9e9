/**
 * That all of it is of this exchange: its envelopes, what they carried, and what was said of that. Whatever else of the log a maker may have
 * is as genuine, and would tell another story here.
 */
import type { Statement } from '../../../domain/statement.js';
import type { EvidenceManifest } from '../../../domain/wire/evidence.js';
import { carriedBy, restsOn, type CheckedItem, type CheckedStatement } from './check-statements.js';
import { wrong } from './codes.js';
import { NO_STATEMENT, type ReadLeaf } from './dossier.js';
import { memberName } from './layout.js';

const ELSEWHERE = 'it is of another exchange';

/** @throws EvidenceWrong `STATEMENT_DIFFERS`, `ITEM_UNGIVEN`, `EVENT_DIFFERS` */
export function checkBelonging(
  statements: readonly Pick<CheckedStatement, 'statement' | 'leaf'>[],
  items: readonly Pick<CheckedItem, 'item'>[],
  leaves: readonly ReadLeaf[],
  { exchange }: Pick<EvidenceManifest, 'exchange'>,
): void {
  const said = new Set<string>();
  const carried = new Set<string>();
  const isOfIt = ({ event: { object } }: ReadLeaf): boolean => object.exchange === exchange || carried.has(object.item ?? '');
  for (let before = -1; before < said.size;) {
    before = said.size;
    for (const { statement, leaf } of statements) {
      if (said.has(statement.digest) || !(leaf.event.object.exchange === exchange || isAbout(statement, carried, said))) continue;
      said.add(statement.digest);
      for (const item of carriedBy(statement)) carried.add(item);
    }
  }
  const stray = statements.find(({ statement }) => !said.has(statement.digest));
  if (stray !== undefined) wrong('STATEMENT_DIFFERS', memberName('statement', stray.statement.digest), ELSEWHERE);
  const loose = items.find(({ item }) => !carried.has(item.digest));
  if (loose !== undefined) wrong('ITEM_UNGIVEN', memberName('item', loose.item.digest), ELSEWHERE);
  // of a statement that the maker may not see, one leaf says what it is about, and its delivery does not
  const told = new Set(leaves.filter(isOfIt).map(({ body }) => body.statement as string));
  // a reading of the log is about none, and one of this exchange says nothing of another
  told.delete(NO_STATEMENT);
  const stranger = leaves.find((leaf) => !said.has(leaf.body.statement) && !told.has(leaf.body.statement) && !isOfIt(leaf));
  if (stranger !== undefined) wrong('EVENT_DIFFERS', memberName('view', stranger.index), ELSEWHERE);
}

/** Is it said of something that the exchange carried, or of something that was said of that? */
function isAbout(statement: Statement, carried: ReadonlySet<string>, said: ReadonlySet<string>): boolean {
  const { typ, payload } = statement;
  if (typ === 'parley-consent+json' || typ === 'parley-consent-refusal+json') return payload.items.some((item) => carried.has(item));
  const { items, statements } = restsOn(statement);
  // an envelope is of the exchange that it names; of a release its item decides, whatever it cites
  if (typ === 'parley-envelope+json') return false;
  return items.length > 0 ? items.some((item) => carried.has(item)) : statements.some((digest) => said.has(digest));
}
