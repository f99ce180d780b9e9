/** A statement and its receipts, to those who may see them. */
import type { AuthorityId, Digest } from '../../domain/ids.js';
import type { Stage, Store } from '../../domain/ports.js';
import type { Receipt } from '../../domain/receipt.js';
import type { StatementType } from '../../domain/statement.js';
import type { StatementAnswer } from '../../domain/wire/http-answers.js';
import { holdersAlong, releasedOn } from '../cases/holders.js';
import { heardBy, originatorsNow } from '../cases/label-now.js';
import type { Gathering } from '../plan.js';
import type { Library, Volume } from './library.js';
import { isParty } from './parties.js';
import { isConcerned } from './views.js';

/** The walk's own, so that a receipt has the same bytes whoever asks. */
export type ReceiptFor = (statement: Digest, stage: Stage) => Promise<Receipt | null>;

/** As the wire writes it: arrays that may be changed by nobody are copied. */
export const wireReceipt = (receipt: Receipt): StatementAnswer['receipt'] => ({ ...receipt, path: [...receipt.path] });

export interface StatementReader {
  /** Null where there is none, and where there is one that is not for `who`: alike. */
  statement(who: AuthorityId, digest: Digest): Promise<StatementAnswer | null>;
  /** At the stage asked for, else as accepted or, failing that, as refused. Whoever has a view of the leaf may have its receipt. */
  receipt(who: AuthorityId, digest: Digest, stage?: Stage): Promise<Receipt | null>;
}

export function createStatementReader(store: Store, library: Library, receiptFor: ReceiptFor): StatementReader {
  return {
    async statement(who, digest) {
      const volume = await library.sought(digest);
      return volume !== null && (await maySee({ library, store }, volume, who)) ? answerOf(volume, receiptFor) : null;
    },
    async receipt(who, digest, stage) {
      for (const one of stage === undefined ? (['accepted', 'refused'] as const) : [stage]) {
        const leaf = await store.leafOf(digest, one);
        if (leaf !== null && isConcerned(leaf, who)) return receiptFor(digest, one);
      }
      return null;
    },
  };
}

const ABOUT_AN_ITEM: ReadonlySet<StatementType> = new Set(['parley-deletion+json', 'parley-inability+json', 'parley-notice+json']);

export async function maySee(shelf: Pick<Gathering, 'library' | 'store'>, { statement }: Volume, who: AuthorityId): Promise<boolean> {
  const { library } = shelf;
  if (isParty(statement, who)) return true;
  if (statement.typ === 'parley-label+json') return isAbout(statement.payload.item, library, who);
  // new use ends for whoever has something on a consent that ended
  if (statement.typ === 'parley-consent-revocation+json') {
    const grant = (await library.volume(statement.payload.consent))?.statement;
    return grant?.typ === 'parley-consent+json' && (await releasedOn(grant.digest, grant.payload.items, library)).includes(who);
  }
  // the second person and the originators speak to those whom the notice concerns
  if (statement.typ === 'parley-approval+json' || statement.typ === 'parley-consultation+json') {
    const notice = await library.volume(statement.payload.notice);
    return notice !== null && maySee(shelf, notice, who);
  }
  if (!ABOUT_AN_ITEM.has(statement.typ) || !('item' in statement.payload)) return false;
  if ('answers' in statement.payload && (await isAskedBy(statement.payload.answers, library, who))) return true;
  // what a holder says of an item is for who gave it the item, and for the owners of its caveats
  const found = await library.item(statement.payload.item);
  if (found === null) return false;
  const isNotice = statement.typ === 'parley-notice+json';
  return (await heardBy(found, library)).includes(who) || (isNotice && (await originatorsNow(found, shelf)).includes(who));
}

/** An answer is sent to whoever asked for it, who may be an originator of the source alone. */
async function isAskedBy(change: Digest | undefined, library: Library, who: AuthorityId): Promise<boolean> {
  const asked = change === undefined ? null : await library.volume(change);
  return asked?.statement.typ === 'parley-label+json' && asked.statement.payload.originator === who;
}

/** A label change is for every holder of the item, whoever that has become along the releases, and of what was made from it. */
async function isAbout(item: Digest, library: Library, who: AuthorityId): Promise<boolean> {
  if ((await library.linked('held', item)).some((holding) => isParty(holding.statement, who))) return true;
  const found = await library.item(item);
  return found !== null && (await holdersAlong(found, library)).includes(who);
}

export async function answerOf({ stored, submission }: Volume, receiptFor: ReceiptFor): Promise<StatementAnswer | null> {
  const receipt = await receiptFor(stored.digest, 'accepted');
  return receipt && { statement: submission.statement, items: submission.items ?? [], receipt: wireReceipt(receipt) };
}
