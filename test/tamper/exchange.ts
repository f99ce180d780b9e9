/** A real exchange over HTTP with everything that evidence can hold: a request, its answer, a refusal, accesses, a consent and a release. */
import { systemClock as clock } from '../../client/cli/clock-system.js';
import { answerForm, defaultLabel, type ParleyClient } from '../../client/sdk/index.js';
import { REQUEST_FIELDS, requestTo } from '../client/sdk/drafts.js';
import type { ExchangeId } from '../../domain/ids.js';
import { DAY_MS, plusMs } from '../../domain/time.js';
import type { LiveGateway } from '../client/sdk/live-gateway.js';
import { waitFor } from '../client/sdk/notes.js';

/** Words that must be in no file of evidence. */
export const SECRET_WORDS = [REQUEST_FIELDS.facts, 'Subject-1 owns it.'] as const;

export interface Played {
  readonly requesting: ParleyClient;
  readonly requested: ParleyClient;
  readonly third: ParleyClient;
  readonly exchange: ExchangeId;
}

export async function playExchange(gateway: LiveGateway): Promise<Played> {
  const { client: requesting } = await gateway.join('NG-FIA', 'FIU');
  const { client: requested } = await gateway.join('VG-FIX', 'FIU');
  const { client: third } = await gateway.join('NG-EFCX', 'LAW_ENFORCEMENT');
  await gateway.compareAll();
  const sent = await requesting.send(requestTo(requesting, requested));
  const entry = await waitFor(requested, ({ statement }) => statement?.digest === sent.digest);
  const why = { purpose: 'INTELLIGENCE', justification: 'CASE_WORK' } as const;
  await requested.open({ item: entry.items[0]!.digest, via: sent.digest, ...why });
  await requested.acknowledge(sent.exchange);
  const answer = await requested.followUp(sent.exchange, {
    message: 'FINAL_REPLY',
    body: {},
    items: [
      {
        content: {
          role: 'FORM',
          schema: answerForm('BVI_BILATERAL_FIU'),
          fields: { answer: SECRET_WORDS[1], evaluation: { scheme: 'ADMIRALTY_6x6', source: 'A', information: '1' }, asOf: '2026-11-01' },
        },
        label: defaultLabel('BVI_BILATERAL_FIU', requested.authority),
        language: 'en',
      },
    ],
  });
  const item = answer.items[0]!.statement.digest;
  await waitFor(requesting, ({ statement }) => statement?.digest === answer.digest);
  const opened = await requesting.open({ item, via: answer.digest, ...why });
  const release = {
    to: third.authority,
    toType: 'LAW_ENFORCEMENT',
    purpose: 'INTELLIGENCE',
    legalBasis: 'DOMESTIC_LAW:1',
    until: plusMs(clock.now(), 30 * DAY_MS),
  } as const;
  await requesting.release(opened, { ...release, basis: { consents: [] } }).then(
    () => Promise.reject(new Error('a release without consent was let through')),
    () => undefined,
  );
  const asked = await requesting.askConsent({
    ...requestTo(requesting, requested),
    cell: {
      items: [item],
      recipient: { authority: third.authority, authorityType: 'LAW_ENFORCEMENT' },
      purposes: ['INTELLIGENCE', 'INVESTIGATION'],
      until: plusMs(clock.now(), 90 * DAY_MS),
    },
  });
  await waitFor(requested, ({ statement }) => statement?.digest === asked.digest);
  const { consent } = await requested.grantRequest(await requested.consentRequestOf(asked.exchange));
  await waitFor(requesting, ({ kind }) => kind === 'consent');
  const { release: via } = await requesting.release(opened, { ...release, basis: { consents: [consent] } });
  await waitFor(third, ({ kind, statement }) => kind === 'release' && statement?.digest === via);
  // its holder has it by its delivery alone
  await requested.retract(item);
  await waitFor(requesting, ({ kind }) => kind === 'label');
  // of a key that signed nothing here: a revocation that a file has and that changes nothing
  await requested.revokeKey(requested.identity.encryption.kid, 'SCHEDULED');
  return { requesting, requested, third, exchange: sent.exchange };
}
