/** A refusal of consent, with its sealed text or without one. */
import { formatInstant } from '../../domain/time.js';
import { ORIGIN, signNow, submitted, uuidFrom, type Actor, type Signed } from './actors.js';
import { enclosing, type Desk, type Item } from './letters.js';

interface Parties {
  readonly originator: Actor;
  readonly holder: Actor;
  readonly to: Actor;
}

export function refuseWith(text: Item | null, request: string, { originator, holder, to }: Parties, item: Item, desk: Desk): Signed {
  const seals = text?.sealed.seals.map(({ kid, digest: seal }) => ({ item: text.digest, kid, seal })) ?? [];
  const payload = {
    v: 1,
    aud: ORIGIN,
    id: uuidFrom(desk.chance),
    at: formatInstant(desk.at),
    originator: originator.id,
    holder: holder.id,
    items: [item.digest],
    recipient: { authority: to.id, authorityType: to.type },
    purposes: ['INTELLIGENCE'],
    codes: ['CONSENT_OUT_OF_SCOPE'],
    ...(text === null ? {} : { text: text.digest }),
    seals,
    request,
  };
  const signed = signNow('parley-consent-refusal+json', payload, originator.signing);
  return text === null ? submitted(signed) : submitted(signed, enclosing([text]));
}
