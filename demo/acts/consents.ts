import { readAuthority, readDigest, readExchangeId, readInstant, type ConsentAsking, type ReleaseDraft } from '../../client/sdk/index.js';
import { draftOf } from '../items.js';
import { sentBy, type Seat } from './seat.js';

export interface Asking extends Omit<ConsentAsking, 'to' | 'cell' | 'explanation' | 'exchange' | 'deadline'> {
  readonly to: string;
  readonly item: string;
  readonly recipient: { readonly authority: string; readonly authorityType: ConsentAsking['cell']['recipient']['authorityType'] };
  readonly recipientPurposes: ConsentAsking['cell']['purposes'];
  /** RFC 3339 */
  readonly until: string;
}

export interface Releasing extends Omit<ReleaseDraft, 'until' | 'label' | 'disclosed' | 'suites'> {
  readonly item: string;
  readonly until: string;
  /** tries what nobody may: the label without its caveats */
  readonly stripped?: boolean;
}

/** A release that is only asked about. */
export type Wondering = Pick<Releasing, 'item' | 'to' | 'toType' | 'purpose'>;

export const consents = ({ client }: Seat) => ({
  async explainRelease({ item, ...draft }: Wondering) {
    const us = await client();
    const { allowed, violations, missing } = await us.explainRelease({ ...draft, item: readDigest(item) });
    return { allowed, violations: violations.map(({ code, source }) => ({ code, source })), missing };
  },
  async askConsent({ item, recipient, recipientPurposes, until, to, ...facts }: Asking) {
    const us = await client();
    const cell = {
      items: [readDigest(item)],
      recipient: { ...recipient, authority: readAuthority(recipient.authority) },
      purposes: recipientPurposes,
      until: readInstant(until),
    };
    const sent = await us.askConsent({ ...facts, to: readAuthority(to), cell });
    return { ...sentBy(sent), exchange: sent.exchange as string };
  },
  async grant({ exchange, until }: { exchange: string; until: string }) {
    const us = await client();
    const request = await us.consentRequestOf(readExchangeId(exchange));
    const sent = await us.grantRequest(request, { until: readInstant(until) });
    return { ...sentBy(sent), consent: sent.consent as string };
  },
  /** @param text absent: a refusal that gives no reason, which the gateway does not take */
  async refuseConsent({ exchange, codes, text }: { exchange: string; codes: readonly string[]; text?: string }, bold?: boolean) {
    const us = await client(bold);
    const request = await us.consentRequestOf(readExchangeId(exchange));
    const { label } = draftOf({ role: 'TEXT', text: '' }, request.payload.profile, us.authority);
    return sentBy(await us.refuseRequest(request, { codes, label, ...(text === undefined ? {} : { text }) }));
  },
  async release({ item, until, stripped, ...draft }: Releasing, bold?: boolean) {
    const us = await client(bold);
    const holding = await us.holding(item);
    const label = stripped === true ? { label: { ...holding.label, caveats: [] } } : {};
    // what the gateway is to refuse may have been allowed before
    const sent = await us.release(holding, { ...draft, ...label, until: readInstant(until), again: bold === true });
    return { ...sentBy(sent), release: sent.release as string };
  },
});
