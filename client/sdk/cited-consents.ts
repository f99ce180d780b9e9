/**
 * Before a holder's seal leaves: do the consents that it cites, as their originators signed them, cover the release, or does a notice that two
 * persons signed? It is what the new reader asks too; but a reader who works with the operator asks nothing, and a gateway can say of anything that it was consented to.
 */
import { consentsIn } from '../../domain/basis.js';
import { parseAuthorityId, type Digest } from '../../domain/ids.js';
import type { StatementAnswer } from '../../domain/wire/http-answers.js';
import type { ClientContext } from './context.js';
import { ParleyError } from './error.js';
import { viewThatKnows } from './key-history.js';
import { loggedTimes } from './logged.js';
import { checkNotice } from './notice.js';
import { checkBasis, type Item, type Release } from './reading-order.js';
import { readIfShown } from './shown.js';
import { endedAsTold } from './told.js';

/** @returns why they do not; null: they do, or the basis is none that a client can look at (`checkBasis`) */
export async function uncovered(context: ClientContext, release: Release, item: Item): Promise<string | null> {
  const to = parseAuthorityId(release.payload.to);
  if (!to.ok) return null;
  const { basis } = release.payload;
  const consents = await shown(context, await notEnded(context, consentsIn(basis)));
  const ways = 'notices' in basis ? await shown(context, [...basis.notices, ...basis.approvals]) : [];
  const compacts = consents.map(({ statement }) => statement);
  const view = await viewThatKnows(context, compacts);
  try {
    const receipts = [...consents, ...ways].map(({ receipt }) => receipt);
    const loggedAt = await loggedTimes(receipts, context.gateway, context.clock.now());
    await checkBasis(release, compacts, item, to.value, view, loggedAt);
    await checkNotice(context, release, loggedAt);
    return null;
  } catch (error) {
    if (error instanceof ParleyError) return error.what;
    throw error;
  }
}

/** The end of a consent that the inbox told of holds here, whether or not the gateway remembers it. Its inbox was read when the item was opened. */
async function notEnded({ store }: ClientContext, consents: readonly Digest[]): Promise<readonly Digest[]> {
  const ended = await endedAsTold(store, consents);
  return consents.filter((one) => !ended.includes(one));
}

/** As far as the gateway has them. */
async function shown(context: ClientContext, digests: readonly string[]): Promise<StatementAnswer[]> {
  const answers: StatementAnswer[] = [];
  for (const digest of digests) {
    const answer = await readIfShown(context, digest);
    if (answer !== null) answers.push(answer);
  }
  return answers;
}
