/** A note that needs nothing beforehand, for tests that are about who reads it. */
import { systemClock as clock } from '../../../client/cli/clock-system.js';
import { defaultLabel, openingForm, type EnvelopeDraft, type InboxEntry, type ParleyClient } from '../../../client/sdk/index.js';

const FIELDS = { relevance: 'A link.', facts: 'An account was closed.', evaluation: 'A1', asOf: '2026-11-01' };

/** A spontaneous disclosure from one FIU to another. */
export const noteTo = (from: ParleyClient, to: ParleyClient): EnvelopeDraft => ({
  exchangeType: 'SPONTANEOUS_DISCLOSURE',
  profile: 'SPONTANEOUS',
  fromType: 'FIU',
  to: to.authority,
  toType: 'FIU',
  legalBasis: ['UNCAC_46_4'],
  framework: ['EGMONT_PRINCIPLES'],
  purposes: ['INTELLIGENCE'],
  matterType: 'INTELLIGENCE',
  language: 'en',
  urgency: 'ROUTINE',
  message: 'SUBMIT',
  body: { spontaneousBasis: 'UNCAC_46_4' },
  items: [
    {
      content: { role: 'FORM', schema: openingForm('SPONTANEOUS'), fields: FIELDS },
      label: defaultLabel('SPONTANEOUS', from.authority),
      language: 'en',
    },
  ],
});

export async function waitFor(client: ParleyClient, wanted: (entry: InboxEntry) => boolean): Promise<InboxEntry> {
  for (let tries = 0; tries < 50; tries++) {
    for await (const entry of client.inbox()) if (wanted(entry)) return entry;
    await clock.sleep(50);
  }
  throw new Error('nothing came');
}
