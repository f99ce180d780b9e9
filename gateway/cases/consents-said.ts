/** What was said in a request for consent: it came by statements of its own, and not in the exchange's envelopes. */
import type { Exchange } from '../../domain/exchange.js';
import type { Library, Volume } from '../read/library.js';

/** Grants and refusals of what it asked, and revocations of those grants, in log order: of its originator to its holder, which are its two parties. */
export async function consentsSaid({ type, opening }: Pick<Exchange, 'type' | 'opening'>, library: Library): Promise<readonly Volume[]> {
  const asked = type === 'CONSENT_REQUEST' ? (await library.volume(opening))?.statement : undefined;
  const items = asked?.typ === 'parley-envelope+json' && 'consent' in asked.payload.body ? (asked.payload.body.consent?.items ?? []) : [];
  const said = [...(await library.linkedTo('consent', items)).values()].flat();
  // one that is about some of them is met at each of these
  const answers = new Map(
    said.flatMap((volume) => {
      const { typ, payload } = volume.statement;
      const isAnswer = typ === 'parley-consent+json' || typ === 'parley-consent-refusal+json';
      return isAnswer && payload.request === opening ? [[volume.stored.digest, volume] as const] : [];
    }),
  );
  const ends = await library.linkedTo('ended', [...answers.keys()]);
  return [...answers.values(), ...[...ends.values()].flat()].sort((a, b) => a.stored.index - b.stored.index);
}
