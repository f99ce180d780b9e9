/** Items that a message asks about: for consent, or whether they still hold true. Whoever asks has them, and whoever is asked gave them. */
import type { Digest } from '../../domain/ids.js';
import { successorOf } from '../../domain/register.js';
import { refusal, type Refusal } from '../../domain/refusal.js';
import type { StatementOf } from '../../domain/statement.js';
import type { Gathering } from '../plan.js';
import { handedOn } from './holders.js';
import { heldItem } from './known-to.js';
import { readLabel } from './label-now.js';
import { createKnown, overlong } from './lineage.js';

type Envelope = StatementOf<'parley-envelope+json'>;

/** @returns undefined: a request for consent that does not say what it asks */
function askedAbout({ payload }: Envelope): readonly Digest[] | undefined {
  if (payload.message === 'VERIFY_WITH_SOURCE') return payload.body.items;
  return payload.exchangeType === 'CONSENT_REQUEST' && payload.message === 'SUBMIT' ? payload.body.consent?.items : [];
}

/** An originator is asked, one that was added later too, or whoever handed it on: through that one the originator is (rulings 2). */
export async function strayQuestion(envelope: Envelope, gathering: Gathering): Promise<Refusal | null> {
  const { library, directory } = gathering;
  const { from, to } = envelope.payload;
  const items = askedAbout(envelope);
  if (items === undefined) return refusal('MALFORMED', 'a consent request says what it asks: body.consent');
  for (const digest of items) {
    const found = await heldItem(from, digest, library);
    const tooMuch = found === null ? null : await overlong([digest], gathering);
    if (tooMuch !== null) return tooMuch;
    const originators = found === null ? [] : (await readLabel(found.item, found.volume, library, createKnown())).label.originators;
    if (found !== null && (originators.includes(to) || (await handedOn(to, from, found, library)))) continue;
    // who has the item reads in its label whose it is
    const before = originators.find((one) => successorOf(directory, one) === to);
    const why = `${from} has no ${digest} of which ${to} could be asked`;
    return refusal('NOT_FOUND', before === undefined ? why : `${why}: ${to} came after ${before}, which gave it: ask ${before}`);
  }
  return null;
}
