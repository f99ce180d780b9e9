/** How often a root speaks: what counts to its measure, and from when on it counts no more. */
import { describe, expect, it } from 'vitest';
import type { Statement } from '../../../domain/statement.js';
import { DAY_MS, formatInstant, HOUR_MS, instantFromMs, MINUTE_MS, plusMs } from '../../../domain/time.js';
import { overPace, revocationsOf } from '../../../gateway/checks/pace.js';
import type { Library, Volume } from '../../../gateway/read/library.js';
import { createCast } from '../../support/test-gateway.js';

const { fia, fix } = createCast(7);
const now = instantFromMs(1_800_000_000_000);
const entry = { typ: 'parley-entry+json', payload: {} } as Statement;
const revocation = (reason: string): Statement => ({ typ: 'parley-revocation+json', payload: { reason } }) as Statement;
const [lost, compromised] = [revocation('LOST'), revocation('COMPROMISED')];

const said = (count: number, ageMs: number, statement: Statement = entry, author = fia.id): Volume[] =>
  Array.from({ length: count }, () => ({ stored: { at: plusMs(now, -ageMs), author }, statement }) as Volume);

interface Said {
  readonly entries?: readonly Volume[];
  readonly roots?: readonly Volume[];
  readonly revocations?: readonly Volume[];
}

async function waits(statement: Statement, { entries = [], roots = [], revocations = [] }: Said): Promise<boolean> {
  const linked: Library['linked'] = (_, key) =>
    Promise.resolve(key === revocationsOf(fia.id) ? revocations : key === 'root' ? roots : key === fia.id ? entries : []);
  return (await overPace(statement, fia.id, { linked } as Library, now)) !== null;
}

describe('in an hour', () => {
  it('64 entries, changes of root and revocations are said together', async () => {
    const all = { entries: said(31, 1), roots: said(1, 1), revocations: said(32, 1, lost) };
    for (const next of [entry, lost]) expect(await waits(next, all)).toBe(true);
    for (const next of [entry, lost]) expect(await waits(next, { ...all, entries: said(30, 1) })).toBe(false);
    const older = { ...all, entries: [...said(30, 1), ...said(1, HOUR_MS)] };
    expect(await waits(entry, older)).toBe(false);
    expect(await waits(entry, { ...all, entries: said(31, HOUR_MS - 1) })).toBe(true);
  });

  it('a compromised key waits for none of them, and none waits for it', async () => {
    expect(await waits(compromised, { entries: said(64, 1) })).toBe(false);
    for (const next of [entry, lost]) expect(await waits(next, { revocations: said(64, 1, compromised) })).toBe(false);
  });

  it('another authority’s changes of root count to its own measure', async () => {
    expect(await waits(entry, { roots: said(64, 1, entry, fix.id) })).toBe(false);
    expect(await waits(entry, { roots: said(64, 1) })).toBe(true);
  });
});

describe('in a year', () => {
  it('512 entries and changes of root are said, and revocations beside them', async () => {
    const old = { entries: said(511, DAY_MS), roots: said(1, DAY_MS) };
    expect(await waits(entry, old)).toBe(true);
    expect(await waits(lost, old)).toBe(false);
    expect(await waits(entry, { ...old, roots: said(1, 365 * DAY_MS) })).toBe(false);
    expect(await waits(entry, { revocations: said(1_024, DAY_MS, lost) })).toBe(false);
  });

  it('1024 keys are revoked, compromised ones too', async () => {
    for (const next of [lost, compromised]) {
      expect(await waits(next, { revocations: said(1_024, DAY_MS, compromised) })).toBe(true);
      expect(await waits(next, { revocations: [...said(1_023, DAY_MS), ...said(1, 365 * DAY_MS)] })).toBe(false);
    }
  });
});

it('says when the next one is taken: when the first of those that fill the measure is an hour old', async () => {
  const entries = [...said(1, 50 * MINUTE_MS), ...said(63, MINUTE_MS), ...said(1, 40 * MINUTE_MS)];
  const linked: Library['linked'] = (_, key) => Promise.resolve(key === fia.id ? entries : []);
  const refused = await overPace(entry, fia.id, { linked } as Library, now);
  expect(refused?.detail).toContain(`after ${formatInstant(plusMs(now, 20 * MINUTE_MS))}`);
});
