/** What holders and originators say on the lawful ways. */
import { formatInstant } from '../../domain/time.js';
import type { Digest } from '../../domain/ids.js';
import { ORIGIN, signNow, submitted, uuidFrom, type Actor, type Signed } from './actors.js';
import type { Desk } from './letters.js';
import type { SigningKey } from '../../crypto/signing-key.js';

const said = ({ chance, at }: Desk) => ({ v: 1, aud: ORIGIN, id: uuidFrom(chance), at: formatInstant(at) });

export const makeNotice = (holder: Actor, to: Actor, item: Digest, desk: Desk, over: object = {}): Signed =>
  submitted(
    signNow(
      'parley-notice+json',
      {
        ...said(desk),
        holder: holder.id,
        item,
        way: 'EXCULPATORY',
        purpose: 'EXCULPATORY',
        recipient: { authority: to.id, authorityType: to.type },
        legalBasis: 'UNCAC_46',
        ...over,
      },
      holder.signing,
    ),
  );

/** @param by the second officer's key */
export const makeApproval = (authority: Actor, by: SigningKey, notice: Digest, desk: Desk): Signed =>
  submitted(signNow('parley-approval+json', { ...said(desk), authority: authority.id, notice }, by));

export const makeConsultation = (originator: Actor, notice: Digest, answer: 'CONSULT' | 'NO_OBJECTION', desk: Desk): Signed =>
  submitted(signNow('parley-consultation+json', { ...said(desk), originator: originator.id, notice, answer }, originator.signing));

export const makeVerification = (originator: Actor, holder: Actor, item: Digest, desk: Desk, over: object = {}): Signed =>
  submitted(
    signNow(
      'parley-verification+json',
      { ...said(desk), originator: originator.id, holder: holder.id, item, answer: 'CONFIRMED', ...over },
      originator.signing,
    ),
  );
