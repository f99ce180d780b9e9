/** A file of evidence about a request for consent that was refused: with the text of the refusal, and who read it. */
import { expect, it } from 'vitest';
import { unzipSync } from 'fflate';
import { systemClock as clock } from '../../../../client/cli/clock-system.js';
import { defaultLabel, verifyEvidenceFile } from '../../../../client/sdk/index.js';
import { DAY_MS, plusMs } from '../../../../domain/time.js';
import { readerOf, textOf, whole } from '../../../tamper/genuine.js';
import { openTown } from '../live-gateway.js';
import { noteTo, waitFor } from '../notes.js';

const { owner, holder } = await openTown({ owner: ['EE-FIN', 'FIU'], holder: ['CH-FIN', 'FIU'] }, undefined, {
  PARLEY_PROOF_DELAY_MS: '1000',
});

it('holds for both of its parties', async () => {
  const note = noteTo(owner.client, holder.client);
  const sent = await owner.client.send(note);
  await waitFor(holder.client, ({ statement }) => statement?.digest === sent.digest);
  const cell = {
    items: [sent.items[0]!.statement.digest],
    recipient: { authority: owner.client.authority, authorityType: 'FIU' as const },
    purposes: ['INTELLIGENCE' as const],
    until: plusMs(clock.now(), 30 * DAY_MS),
  };
  const { exchangeType: _type, message: _message, body: _body, items: _items, ...facts } = note;
  const asked = await holder.client.askConsent({ ...facts, to: owner.client.authority, cell });
  await waitFor(owner.client, ({ statement }) => statement?.digest === asked.digest);
  const label = defaultLabel('SPONTANEOUS', owner.client.authority);
  const refusal = { codes: ['CONSENT_OUT_OF_SCOPE'], text: 'It would reach beyond what it was given for.', label };
  const { digest: via } = await owner.client.refuseRequest(await owner.client.consentRequestOf(asked.exchange), refusal);
  const { statement } = await waitFor(holder.client, ({ kind }) => kind === 'consent-refusal');
  const { text } = statement!.payload as { readonly text: typeof sent.digest };
  await holder.client.open({ item: text, via, purpose: 'INTELLIGENCE', justification: 'CASE_WORK' });
  for (const { client } of [owner, holder]) {
    const file = await whole((await client.makeEvidence(asked.exchange)).bytes());
    const report = await verifyEvidenceFile(readerOf(file), { root: client.identity.root!.kid });
    expect(report.wrong).toBeNull();
    const told = textOf(unzipSync(file)['timeline.txt']!);
    expect(told).toContain('CONSENT_REFUSE');
    expect(told).toContain('ACCESS');
  }
});
