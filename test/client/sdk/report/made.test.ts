/** A report of a real gateway's log, and of one that was changed on its way. */
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { csvOf, preambleOf, wordsIn, type MadeReport } from '../../../../client/sdk/index.js';
import { openTown } from '../live-gateway.js';
import { kind } from './events.js';

/** changes the text of one event, once it is set */
let change: ((event: string) => string) | null = null;

const make = () => ee.client.report({ kind: kind('keys-and-directory') });

const changing =
  (real: typeof fetch): typeof fetch =>
  async (...request) => {
    const answer = await real(...request);
    if (change === null || !String(request[0]).includes('/v1/audit/events')) return answer;
    const page = (await answer.json()) as { events: { view: { event: string } }[] };
    for (const { view } of page.events) view.event = change(view.event);
    return new Response(JSON.stringify(page), { status: answer.status });
  };

const { ee } = await openTown({ ee: ['EE-FIN', 'FIU'] }, changing);

beforeAll(async () => {
  // what the tests speak of: an earlier checkpoint proves what came before, and says nothing of the entry
  const { rows } = await make();
  const last = Number(rows.at(-1)!['place']);
  const proved = (now: MadeReport['wholeness']): boolean => now.state === 'PROVED' && now.upTo >= last;
  await vi.waitFor(async () => expect((await make()).wholeness).toSatisfy(proved), { timeout: 30_000 });
});

const complete = (report: MadeReport): string => preambleOf(report, wordsIn('en')).find((line) => /complete/i.test(line))!;

describe('a report of a log', () => {
  it('says up to which leaf its list is proved to be whole, and at which leaf it was read', async () => {
    const report = await make();
    expect(complete(report)).toMatch(/^Complete for what this log recorded, and proved so up to leaf \d+\.$/);
    expect(report.rows.map(({ action }) => action)).toEqual(['DESIGNATE', 'ENTRY']);
    expect(preambleOf(report, wordsIn('en')).at(-1)).toMatch(/^The log is unwitnessed: /);
    expect(csvOf(report, wordsIn('fr'))).toMatch(/Journal sans témoin[^\r]*\r\n$/);
    expect(preambleOf({ ...report, isUnwitnessed: false }, wordsIn('en')).join()).not.toContain('unwitnessed');
    const reads = await ee.client.report({ kind: kind('events') });
    expect(reads.rows.map(({ place }) => place)).toContain(report.reading);
  });

  it('says at which place an event was changed on its way', async () => {
    const honest = await make();
    const place = honest.rows.find(({ action }) => action === 'ENTRY')!.place;
    change = (event) => event.replace('"action":"ENTRY"', '"action":"LOGIN"');
    const report = await make();
    change = null;
    expect(report.wholeness.state).toBe('MISFIT');
    expect(report.wholeness.state === 'MISFIT' && report.wholeness.misfits.map(({ index }) => index)).toEqual([place]);
    expect(complete(report)).toMatch(new RegExp(`^NOT COMPLETE: .* @ ${place}\\.$`));
  });
});
