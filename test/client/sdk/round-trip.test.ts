import { describe, expect, it } from 'vitest';
import { answerForm, defaultLabel, withCaveats } from '../../../client/sdk/index.js';
import { DAY_MS, plusMs } from '../../../domain/time.js';
import { systemClock as clock } from '../../../client/cli/clock-system.js';
import { REQUEST_FIELDS, requestTo } from './drafts.js';
import { waitFor } from './notes.js';
import { openTown } from './live-gateway.js';

const { ng, vg, efcx } = await openTown({ ng: ['NG-FIA', 'FIU'], vg: ['VG-FIX', 'FIU'], efcx: ['NG-EFCX', 'LAW_ENFORCEMENT'] });

describe('one exchange over a real gateway', () => {
  it('goes from a sealed request to a released answer', async () => {
    const sent = await ng.client.send(requestTo(ng.client, vg.client));
    expect(sent.receiptBody).toMatchObject({ stage: 'accepted', outcome: 'ALLOW', statement: sent.digest });

    const entry = await waitFor(vg.client, ({ kind, statement }) => kind === 'envelope' && statement?.digest === sent.digest);
    const request = await vg.client.open({
      item: entry.items[0]!.digest,
      via: sent.digest,
      purpose: 'INTELLIGENCE',
      justification: 'CASE_WORK',
    });
    expect(request.content.role === 'FORM' && Object.fromEntries(request.content.fields)).toEqual(REQUEST_FIELDS);

    await vg.client.acknowledge(sent.exchange);
    const blank = {
      content: { role: 'TEXT', text: ' \n' },
      label: defaultLabel('BVI_BILATERAL_FIU', vg.client.authority),
      language: 'en',
    } as const;
    const nothing = vg.client.followUp(sent.exchange, { message: 'FINAL_REPLY', body: {}, items: [blank] });
    await expect(nothing).rejects.toMatchObject({ code: 'NOTHING_SAID' });
    // a finding without its day says something else
    const half = {
      ...blank,
      content: { role: 'FORM', schema: answerForm('BVI_BILATERAL_FIU'), fields: { answer: 'Subject-1 owns it.' } },
    } as const;
    const torn = vg.client.followUp(sent.exchange, { message: 'FINAL_REPLY', body: {}, items: [half] });
    await expect(torn).rejects.toMatchObject({ code: 'FIELDS_TORN' });
    const answer = await vg.client.followUp(sent.exchange, {
      message: 'FINAL_REPLY',
      body: {},
      items: [
        {
          content: {
            role: 'FORM',
            schema: answerForm('BVI_BILATERAL_FIU'),
            fields: {
              answer: 'Subject-1 owns it.',
              evaluation: { scheme: 'ADMIRALTY_6x6', source: 'A', information: '1' },
              asOf: '2026-11-01',
            },
          },
          label: defaultLabel('BVI_BILATERAL_FIU', vg.client.authority),
          language: 'en',
        },
      ],
    });
    const item = answer.items[0]!.statement.digest;
    await waitFor(ng.client, ({ statement }) => statement?.digest === answer.digest);
    const opened = await ng.client.open({ item, via: answer.digest, purpose: 'INTELLIGENCE', justification: 'CASE_WORK' });
    expect(opened.content.role === 'FORM' && opened.content.fields.get('answer')).toBe('Subject-1 owns it.');

    const release = {
      to: efcx.client.authority,
      toType: 'LAW_ENFORCEMENT',
      purpose: 'INTELLIGENCE',
      legalBasis: 'DOMESTIC_LAW:1',
      until: plusMs(clock.now(), 30 * DAY_MS),
    } as const;
    await expect(ng.client.release(opened, { ...release, basis: { consents: [] } })).rejects.toMatchObject({
      codes: expect.arrayContaining(['NO_THIRD_PARTY_CONSENT']) as unknown,
    });

    const asked = await ng.client.askConsent({
      ...requestTo(ng.client, vg.client),
      cell: {
        items: [item],
        recipient: { authority: efcx.client.authority, authorityType: 'LAW_ENFORCEMENT' },
        purposes: ['INTELLIGENCE', 'INVESTIGATION'],
        until: plusMs(clock.now(), 90 * DAY_MS),
      },
    });
    await waitFor(vg.client, ({ statement }) => statement?.digest === asked.digest);
    const { consent } = await vg.client.grantRequest(await vg.client.consentRequestOf(asked.exchange));
    await waitFor(ng.client, ({ kind }) => kind === 'consent');

    // what the holder adds binds its reader, and no third party
    const label = withCaveats(opened.label, [{ code: 'ACTION_LIMIT', by: ng.client.authority, limit: 'NONE' }]);
    const { release: via } = await ng.client.release(opened, { ...release, label, basis: { consents: [consent] } });
    await waitFor(efcx.client, ({ kind, statement }) => kind === 'release' && statement?.digest === via);
    const third = await efcx.client.open({ item, via, purpose: 'INTELLIGENCE', justification: 'CASE_WORK' });
    expect(third.content.role === 'FORM' && third.content.fields.get('answer')).toBe('Subject-1 owns it.');
    expect(third.consents.map(({ digest }) => digest)).toEqual([consent]);
    expect(third.envelope).toBeNull();
    expect([third.label, third.itemLabel]).toEqual([label, opened.label]);
    const faced = efcx.client.recordUse(item, { purpose: 'INTELLIGENCE', action: 'INQUIRIES' });
    await expect(faced).rejects.toMatchObject({ codes: ['TIPPING_OFF_RISK'] });

    const report = await vg.client.disclosureReport();
    expect(report.disclosures).toMatchObject([{ item, to: 'NG-EFCX', consents: [consent] }]);
    expect((await ng.client.disclosureReport()).refused).toMatchObject([{ to: 'NG-EFCX', times: 1 }]);
    await clock.sleep(600);
    // of its own entry, and of what it read
    expect(await efcx.client.checkProofs()).toMatchObject({ proved: 2, alarms: [] });
  });
});
