/** A date that nobody means is no date: it is refused by its shape, at once, and nothing is counted from it. */
import { describe, expect, it } from 'vitest';
import { createHolidayCalendars } from '../../adapters/calendar-holidays/holidays.js';
import { answered, codesOf } from '../support/answered.js';
import { makeConsent, makeEnvelope, makeInability, makeItem, makeLabel, REQUEST_FORM, requestBody } from '../support/letters.js';
import { uuidFrom } from '../support/actors.js';
import { makeNotice } from '../support/notices.js';

const EMERGENCY = { way: 'EMERGENCY', purpose: 'IMMINENT_THREAT', reason: 'THREAT_TO_LIFE' };
const NOBODY_MEANS = [
  '0000-01-01T00:00:00Z',
  '0001-01-01T00:00:00Z',
  '1000-01-01T00:00:00Z',
  '1969-06-01T00:00:00Z',
  '1989-12-31T23:59:59Z',
  '2200-01-01T00:00:00Z',
  '9999-12-30T00:00:00Z',
];

describe('a statement that names a time which nobody means', () => {
  it('is MALFORMED, whatever it names', async () => {
    const { accept, walk, fia, fix, efcx, found, desk } = await answered(601, {}, { calendars: createHolidayCalendars() });
    const form = { ...REQUEST_FORM, present: [...REQUEST_FORM.present, 'deadlineReason'] };
    const asked = await makeItem(fia, [fix, fia], 'asked', desk(), { itemRole: 'FORM', form });
    const request = { from: fia, to: fix, message: 'SUBMIT' as const, items: [asked], body: requestBody(fix, asked.digest) };
    for (const time of NOBODY_MEANS) {
      const hidden = [{ code: 'CONFIDENTIAL_UNTIL', by: fix.id, until: time }];
      const said = [
        [makeNotice(fia, efcx, found.digest, desk(), { ...EMERGENCY, disclosedAt: time }), fia],
        [makeLabel(fix, found, desk(), { change: 'ADD', label: { ...found.label, destroyBy: time } }), fix],
        [makeLabel(fix, found, desk(), { label: { ...found.label, caveats: hidden } }), fix],
        [makeInability(fia, found.digest, desk(), { until: time }), fia],
        [makeConsent(fix, fia, efcx, [found.digest], desk(), { until: time }), fix],
        [makeEnvelope({ ...request, exchange: uuidFrom(desk().chance), over: { deadline: time } }, desk()), fia],
      ] as const;
      for (const [signed, by] of said) expect([time, ...codesOf(await accept(signed, by))]).toEqual([time, 'MALFORMED']);
    }
    await expect(walk.deliverDue()).resolves.toBeGreaterThan(0);
  });

  it('is told so before anything is counted from a disclosure that is yet to come', async () => {
    const { accept, fia, efcx, found, desk } = await answered(602, {}, { calendars: createHolidayCalendars() });
    const notice = makeNotice(fia, efcx, found.digest, desk(), { ...EMERGENCY, disclosedAt: '2199-12-31T23:59:59Z' });
    expect(codesOf(await accept(notice, fia))).toEqual(['MALFORMED']);
  });
});
