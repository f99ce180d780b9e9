/** Each fold goes once through a log of any length; here it is held against one that looks through the whole log for each thing it says. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AuditRead } from '../../../../client/sdk/audit.js';
import { countExchange } from '../../../../client/sdk/report/counters.js';
import { FINAL, foldExchanges } from '../../../../client/sdk/report/exchanges.js';
import { questionOf, type Row } from '../../../../client/sdk/report/index.js';
import { isAsked, isWithin } from '../../../../client/sdk/report/question.js';
import { foldTries } from '../../../../client/sdk/report/tries.js';
import { digest, uuid } from '../../../support/ids.js';
import { NOW, rowsOf, THEM, THIRD, US, viewOf, type Over } from './events.js';

const SAID: Readonly<Record<string, string | null>> = {
  SEND: null,
  CONSENT_GRANT: 'GRANT',
  CONSENT_REFUSE: 'REFUSE_CONSENT',
  CONSENT_REVOKE: 'REVOKE',
};
const MOVING = ['SEND', 'SEND', 'CLOCK_DUE', 'CLOCK_LAPSE', ...Object.keys(SAID)];
const ACTIONS = [...MOVING, 'DELIVER', 'RELEASE', 'ACCESS', 'USE', 'LABEL_CHANGE', 'KEY_REVOKE', 'REPORT'];
const someOf = (...values: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...values);
const maybe = <T>(name: string, arbitrary: fc.Arbitrary<T>): fc.Arbitrary<Readonly<Record<string, T>>> =>
  fc.option(arbitrary, { freq: 3 }).map((value) => (value === null ? {} : { [name]: value }));

const date = fc.integer({ min: 0, max: 60 }).map((days) => new Date(NOW + (days - 40) * 86_400_000).toISOString());
const anEvent = fc
  .record({
    action: someOf(...ACTIONS),
    outcome: someOf('ALLOW', 'ALLOW', 'DENY', 'DONE'),
    by: someOf(US, THEM, 'GATEWAY'),
    to: someOf(US, THEM, THIRD),
    codes: fc.oneof(fc.subarray(['ACK_DEFAULT', 'REPLAY_DETECTED', 'USE_BEYOND_PURPOSE', 'NOT_FOUND']), fc.constant(['SILENCE_30D'])),
    consents: fc.subarray([digest('one'), digest('two')]),
    until: maybe('until', date),
    destroyBy: maybe('destroyBy', date),
    details: maybe('details', fc.constant(['GROUND'])),
    cut: maybe('cut', fc.constant(true)),
    exchange: maybe('exchange', fc.nat(1).map(uuid)),
    item: maybe('item', someOf(digest('x'), digest('y'))),
    items: maybe('items', fc.subarray([digest('x'), digest('y')])),
    message: maybe('message', someOf('SUBMIT', 'ACKNOWLEDGE', 'REFUSE', 'FINAL_REPLY', 'CLOSE')),
    statement: maybe('statement', someOf(digest('one'), digest('two'))),
    officer: maybe('officer', someOf('o1', 'o2')),
  })
  .map(({ by, to, until, destroyBy, details, cut, exchange, item, items, message, statement, officer, ...rest }) => {
    const object = { ...exchange, ...item, ...items, ...message, ...statement };
    return { ...rest, ...until, ...destroyBy, ...details, ...cut, counterparty: to, actor: { authority: by, ...officer }, object } as Over;
  });
/** few kinds of events, each often, so that repeats are frequent, and so is what is all but a repeat */
const aLog = fc
  .tuple(
    fc.array(anEvent, { minLength: 1, maxLength: 6 }),
    fc.array(fc.tuple(fc.nat(), maybe('outcome', someOf('ALLOW', 'DENY')), maybe('message', someOf('SUBMIT', 'CLOSE'))), { maxLength: 30 }),
  )
  .map(([kinds, picked]) =>
    viewOf(
      ...picked.map(([kind, outcome, message]) => {
        const event = kinds[kind % kinds.length]!;
        return { ...event, ...outcome, object: { ...event.object, ...message } } as Over;
      }),
    ),
  );
const holds = (law: (events: AuditRead[]) => void): void => fc.assert(fc.property(aLog, law), { numRuns: 200 });

/** what a log says of one exchange, from its opening */
function storyOf(id: string, events: readonly AuditRead[]) {
  const about = events.filter(({ event }) => event.object.exchange === id && event.outcome !== 'DENY');
  const opening = about.findIndex(({ event }) => event.action === 'SEND');
  const since = opening < 0 ? [] : about.slice(opening);
  const isMissed = ({ event: { action, codes } }: AuditRead): boolean =>
    action === 'CLOCK_DUE' || (action === 'CLOCK_LAPSE' && codes[0]?.startsWith('SILENCE_') !== true);
  const said = since.filter(({ event }) => Object.hasOwn(SAID, event.action));
  return {
    id,
    said: said.map(({ index, event }) => [index, SAID[event.action] ?? event.object.message ?? '']),
    missed: since.filter(isMissed),
  };
}

const isAlike = ({ event: a }: AuditRead, { event: b }: AuditRead): boolean =>
  a.action === b.action &&
  a.actor.authority === b.actor.authority &&
  (a.actor.officer ?? '') === (b.actor.officer ?? '') &&
  a.counterparty === b.counterparty &&
  (['item', 'exchange', 'message'] as const).every((name) => a.object[name] === b.object[name]) &&
  (!a.codes.includes('NOT_FOUND') || (a.object.item ?? a.object.exchange) !== undefined || a.object.statement === b.object.statement) &&
  String([...a.codes].sort()) === String([...b.codes].sort());

describe('one look at each event', () => {
  it('puts the same exchanges together as looking for each of them', () => {
    holds((events) => {
      const naive = [0, 1].map((n) => storyOf(uuid(n), events)).filter(({ said }) => said.length > 0);
      const folded = [...foldExchanges(events).values()].map(({ id, said, missed }) => ({
        id: id as string,
        said: said.map(({ place, message }) => [place, message]),
        missed: missed.map(({ place }) => events[place]),
      }));
      expect(folded.sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual(naive);
    });
  });

  it('folds the same tries as holding each denial against every other', () => {
    holds((events) => {
      const denied = events.filter(({ event }) => event.outcome === 'DENY');
      const naive = denied
        .filter((read, at) => denied.findIndex((other) => isAlike(read, other)) === at)
        .map((read) => [read.index, denied.filter((other) => isAlike(read, other)).length]);
      expect(foldTries(events).map(({ first, times }) => [first.index, times])).toEqual(naive);
    });
  });

  it('counts the days to the first and to the last answer', () => {
    holds((events) => {
      const question = questionOf({}, events, US, NOW);
      for (const story of foldExchanges(events).values()) {
        // an event a day
        const places = story.said.filter(({ by }) => by === story.requested).map(({ place, message }) => ({ place, message }));
        const final = places.filter(({ message }) => FINAL.has(message)).at(-1);
        expect(countExchange(story, question).days).toEqual({
          ...(places[0] === undefined ? {} : { daysToFirst: places[0].place - story.place }),
          ...(final === undefined ? {} : { daysToFinal: final.place - story.place }),
        });
      }
    });
  });

  it('shows of a time, an item or a counterpart what a report of those events alone shows', () => {
    const narrowed = { from: '2026-06-05T00:00:00.000Z', to: '2026-06-25T00:00:00.000Z', item: digest('x'), counterpart: THEM };
    holds((events) => {
      const left = events.filter((read) => isWithin(read.event.at, narrowed) && isAsked(read, narrowed));
      // how a consent ended may stand outside of that time
      // and so may the delivery that tells who got the text of a refused one
      // or the sending that tells in which exchange what is read came
      const bare = (rows: readonly Row[]) =>
        rows
          .filter(({ action }) => action !== 'CONSENT_REFUSE')
          .map(({ consents: _, exchange, ...row }) => (row['action'] === 'SEND' ? { ...row, exchange } : row));
      expect(bare(rowsOf('who-saw', events, narrowed))).toEqual(bare(rowsOf('who-saw', left)));
      // and a use in that time may rest on a release from before
      const tries = (rows: readonly Row[]) => rows.filter(({ outcome }) => outcome === 'DENY');
      expect(tries(rowsOf('use-outside-purpose', events, narrowed))).toEqual(tries(rowsOf('use-outside-purpose', left)));
      for (const name of ['refused', 'caveat-changes', 'security', 'keys-and-directory', 'events'])
        expect(rowsOf(name, events, narrowed), name).toEqual(rowsOf(name, left));
    });
  });

  it('lists the same grants that end, each with the releases that used it', () => {
    holds((events) => {
      const allowed = events.map(({ event }) => event).filter(({ outcome }) => outcome !== 'DENY');
      const citing = (action: string, consent: string) =>
        allowed.flatMap((event) => (event.action === action ? event.consents : [])).filter((one) => one === consent).length;
      const [from, to] = ['2026-06-01T00:00:00.000Z', '2026-07-10T00:00:00.000Z'];
      const naive = events
        .filter(({ event: { action, outcome, until = '', object } }) => {
          const isGrant = action === 'CONSENT_GRANT' && outcome === 'ALLOW';
          return isGrant && until >= from && until < to && citing('CONSENT_REVOKE', object.statement ?? '') === 0;
        })
        .map(({ index, event }) => [index, citing('RELEASE', event.object.statement ?? '')]);
      const rows = rowsOf('consents-expiring', events, { from, to });
      expect(rows.map(({ place, uses }) => [place, uses]).sort(([a], [b]) => Number(a) - Number(b))).toEqual(naive);
      expect(rows.map(({ until }) => until)).toEqual(rows.map(({ until }) => until).sort());
    });
  });
});

it('two tries that found nothing are one line only where the same statement was handed in again, for the log says not what they looked for', () => {
  const unfound = (statement?: string): Over => ({
    action: 'RELEASE',
    outcome: 'DENY',
    codes: ['NOT_FOUND'],
    counterparty: THIRD,
    object: statement === undefined ? { item: digest('item') } : { item: undefined, statement: digest(statement) },
  });
  const times = (...tries: readonly Over[]): unknown[] => rowsOf('refused', viewOf(...tries)).map((row) => row['times']);
  expect(times(unfound('one'), unfound('another'), unfound('one'))).toEqual([2, 1]);
  expect(times(unfound(), unfound())).toEqual([2]);
});
