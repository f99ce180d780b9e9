import { describe, expect, it } from 'vitest';
import type { AuditEvent } from '../../../domain/audit-event.js';
import { parseOfficerId } from '../../../domain/ids.js';
import { certain } from '../../../domain/result.js';
import { eventFor, leafViews, type Happening } from '../../../gateway/audit/events.js';
import type { Sight } from '../../../gateway/plan.js';
import { FIA, FIX, NOW, PROS } from '../../support/facts.js';
import { digest, instant, uuid } from '../../support/ids.js';
import { createChance } from '../../support/world.js';

const EXCHANGE = uuid(1);
const ANNA = certain(parseOfficerId('anna'));
const happening: Happening = {
  log: 'parley.example/test',
  at: NOW,
  outcome: 'ALLOW',
  correlation: 'c',
  actor: { authority: FIA, officer: null, role: null },
  statement: digest('s'),
  policy: null,
  rules: [],
  codes: [],
};
const about = { profile: 'EGMONT_FIU', fromType: 'FIU', toType: 'FIU', matterType: 'INTELLIGENCE', urgency: 'ROUTINE', ownCase: 'NG-1' };
const sight: Sight = {
  action: 'SEND',
  parties: [FIA, FIX],
  originators: [PROS],
  about,
  details: ['WORKLOAD', 'WORKLOAD'],
  items: [
    { item: digest('mine'), originators: [FIA] },
    { item: digest('theirs'), originators: [PROS] },
  ],
  until: instant('2026-12-01T00:00:00Z'),
  destroyBy: instant('2027-01-01T00:00:00Z'),
};

describe('what an event says to whom', () => {
  it('tells both parties of the matter and of all items', () => {
    for (const view of [FIA, FIX])
      expect(eventFor(view, happening, sight)).toMatchObject({
        about,
        details: ['WORKLOAD'],
        object: { items: [digest('mine'), digest('theirs')] },
        until: '2026-12-01T00:00:00.000Z',
        destroyBy: '2027-01-01T00:00:00.000Z',
      });
  });

  it('tells an originator that is no party of its own item, and of nothing else', () => {
    const event = eventFor(PROS, happening, sight);
    expect(event.object.items).toEqual([digest('theirs')]);
    expect([event.about, event.details, event.destroyBy]).toEqual([undefined, undefined, undefined]);
  });

  it('names who acted to its own authority alone', () => {
    const acted: Happening = { ...happening, actor: { authority: FIA, officer: ANNA, role: 'SENDER' } };
    expect(eventFor(FIA, acted, sight).actor).toEqual({ authority: FIA, officer: ANNA, role: 'SENDER' });
    for (const view of [FIX, PROS]) expect(eventFor(view, acted, sight).actor).toEqual({ authority: FIA });
  });

  it('tells which exchange, and what of it, to its parties alone', () => {
    const of = { exchangeType: 'INTELLIGENCE', message: 'ANSWER', seal: digest('seal'), answers: digest('asked'), text: digest('text') };
    const within: Sight = { ...sight, ...of, exchange: EXCHANGE, item: digest('theirs') };
    expect(eventFor(FIX, happening, within).object).toMatchObject({ ...of, exchange: EXCHANGE });
    const { statement } = happening;
    expect(eventFor(PROS, happening, within).object).toEqual({ item: digest('theirs'), items: [digest('theirs')], statement });
  });

  it('of an act that looks like another one abroad says which it was, and why, to its own authority alone', () => {
    const opened: Sight = { ...sight, action: 'QUORUM_ACCESS', abroad: 'ACCESS', justification: 'nobody is left who could' };
    expect(eventFor(FIA, happening, opened)).toMatchObject({ action: 'QUORUM_ACCESS', justification: 'nobody is left who could' });
    for (const view of [FIX, PROS]) {
      const event = eventFor(view, happening, opened);
      expect([event.action, event.justification]).toEqual(['ACCESS', undefined]);
    }
    expect(eventFor(PROS, happening, { ...sight, justification: 'as read' }).justification).toBe('as read');
  });

  it('leaves out what does not fit, and says so; that it happened never', () => {
    const items = Array.from({ length: 64 }, (_, n) => ({ item: digest(`i${n}`), originators: [FIA] }));
    const rules = Array.from({ length: 32 }, (_, n) => `a-rule-with-a-long-name-indeed-${n}`);
    const { views } = leafViews({ ...happening, rules }, { ...sight, items }, createChance(1));
    for (const { event } of views) expect(event.length).toBeLessThanOrEqual(4_096);
    const [mine] = views.map(({ event }) => JSON.parse(new TextDecoder().decode(event)) as AuditEvent);
    expect(mine).toMatchObject({ cut: true, action: 'SEND', outcome: 'ALLOW', rules });
    expect([mine?.about, mine?.details, mine?.object.items]).toEqual([undefined, undefined, undefined]);
  });

  it('is never more than 4 KiB, however much there is to say, and is written all the same', () => {
    const codes = Array.from({ length: 32 }, (_, n) => `${'C'.repeat(140)}${n}`);
    const counterparty = Array.from({ length: 300 }, (_, n) => `ZZ-A-NAME-OF-SOME-AUTHORITY-${n}`).join('+');
    const { views } = leafViews({ ...happening, codes }, { ...sight, counterparty }, createChance(1));
    expect(views).not.toEqual([]);
    for (const { event } of views) {
      expect(event.length).toBeLessThanOrEqual(4_096);
      const said = JSON.parse(new TextDecoder().decode(event)) as AuditEvent;
      expect(said).toMatchObject({ cut: true, action: 'SEND', outcome: 'ALLOW', codes: codes.slice(0, 8) });
      expect(said.counterparty?.split('+')).toEqual(counterparty.split('+').slice(0, 16));
    }
  });

  it('salts each view by itself, so that nobody guesses one from the public leaf', () => {
    const chance = createChance(1);
    const salts = [1, 2].flatMap(() => leafViews(happening, sight, chance).views.map(({ salt }) => Buffer.from(salt).toString('hex')));
    expect(salts).toHaveLength(6);
    expect(new Set(salts).size).toBe(6);
  });
});
