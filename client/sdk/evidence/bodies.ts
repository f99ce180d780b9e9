/** The sealed bodies of an exchange's items, as they lie at the gateway: nothing is opened. */
import type { ExchangeId } from '../../../domain/ids.js';
import type { ReadingPurpose } from '../../../domain/oversight.js';
import type { StatementOf } from '../../../domain/statement.js';
import type { ClientContext } from '../context.js';
import { verifiedParts } from '../download.js';
import { PolicyRefusal } from '../error.js';
import { stateAccess, type ReadingRequest } from '../open.js';
import { readStatement, readStatementOf } from '../statements.js';
import { carriedBy } from './check-statements.js';
import { readPages } from './collect.js';

type Item = StatementOf<'parley-item+json'>;

/** Why the bodies are read: the access statement says it, and the log keeps it. */
export type BodyReading = Pick<ReadingRequest, 'purpose' | 'justification'>;

export interface Bodies {
  readonly bodies: readonly { readonly item: Item; readonly bytes: AsyncIterable<Uint8Array> }[];
  readonly withheld: readonly { readonly item: string; readonly code: string }[];
}
export const NO_BODIES: Bodies = { bodies: [], withheld: [] };

/** States each reading now; the bytes, each part held to the issuer's digest, come when they are asked for. */
export async function readBodies(
  context: ClientContext,
  exchange: ExchangeId,
  purpose: ReadingPurpose,
  reading: BodyReading,
): Promise<Bodies> {
  const { entries } = await readPages(context, exchange, purpose);
  const bodies: { item: Item; bytes: AsyncIterable<Uint8Array> }[] = [];
  const withheld: { item: string; code: string }[] = [];
  for (const { statement, items } of entries) {
    const giver = statement === undefined ? null : readStatement(statement);
    for (const compact of giver?.ok ? items : []) {
      const item = readStatementOf('parley-item+json', compact);
      if (!giver?.ok || !item.ok || !carriedBy(giver.value).includes(item.value.digest)) continue;
      try {
        const { answer } = await stateAccess(context, { item: item.value.digest, via: giver.value.digest, ...reading });
        bodies.push({ item: item.value, bytes: verifiedParts(context, item.value, answer.body) });
      } catch (error) {
        if (!(error instanceof PolicyRefusal)) throw error;
        withheld.push({ item: item.value.digest, code: error.codes.join('+') });
      }
    }
  }
  return { bodies, withheld };
}
