/** What one authority repeats without end costs the others no more: its readings and uses have a measure, and the worker reads none of what has none. */
import { describe, expect, it } from 'vitest';
import { DAY_MS, formatInstant, plusMs } from '../../domain/time.js';
import type { LinkKind, Store } from '../../domain/ports.js';
import { standingOf } from '../../gateway/cases/erase.js';
import { COUNTED_MAX } from '../../gateway/checks/quota.js';
import { answered, codesOf } from '../support/answered.js';
import {
  labelOf,
  makeAccess,
  makeConsent,
  makeDeletion,
  makeEnvelope,
  makeItem,
  makeLabel,
  makeRevocation,
  makeUse,
} from '../support/letters.js';
import { uuidFrom } from '../support/actors.js';

/** Every question about a link, by kind and key. */
function watched(store: Store): string[] {
  const asked: string[] = [];
  const [linked, links] = [store.linked.bind(store), store.links.bind(store)];
  store.linked = (kind, key, ...rest) => (asked.push(`${kind} ${key}`), linked(kind, key, ...rest));
  store.links = (kind, keys, ...rest) => (asked.push(...keys.map((key) => `${kind} ${key}`)), links(kind, keys, ...rest));
  return asked;
}

describe('readings and uses of one item', () => {
  it.each(['access', 'use'] as const satisfies readonly LinkKind[])(
    'are counted by authority (%s), and stop at their measure',
    async (kind) => {
      const { accept, fia, fix, found, reply, desk, store } = await answered(861);
      const act = () => (kind === 'access' ? makeAccess(fia, found.digest, reply.digest, desk()) : makeUse(fia, found.digest, desk()));
      const guard = `quota ${kind} ${found.digest} ${fia.id}`;
      // many at once are not in each other's way
      const answers = await Promise.all(Array.from({ length: 20 }, () => accept(act(), fia)));
      expect(answers.map((answer) => codesOf(answer).join())).toEqual(Array.from({ length: 20 }, () => 'ALLOW'));
      expect(await store.version(guard)).toBe(20);
      const version = store.version.bind(store);
      store.version = async (key) => (key === guard ? COUNTED_MAX[kind]!.max : version(key));
      expect(codesOf(await accept(act(), fia))).toEqual(['LIMIT_REACHED']);
      // its issuer's count is its own, and taking back and deleting have no such measure
      const own = kind === 'access' ? makeAccess(fix, found.digest, reply.digest, desk()) : makeUse(fix, found.digest, desk());
      expect(codesOf(await accept(own, fix))).toEqual(['ALLOW']);
      const retract = makeLabel(fix, found, desk(), { change: 'RETRACT', label: undefined });
      expect(codesOf(await accept(retract, fix))).toEqual(['ALLOW']);
      expect(codesOf(await accept(makeDeletion(fia, found.digest, desk(), { answers: retract.digest }), fia))).toEqual(['ALLOW']);
    },
  );

  it('are looked at by retention until everybody has been found, and no longer', async () => {
    const { accept, fia, found, reply, desk, store, walk, world } = await answered(862);
    expect(codesOf(await accept(makeAccess(fia, found.digest, reply.digest, desk()), fia))).toEqual(['ALLOW']);
    const [read] = await store.linked('access', found.digest);
    const linked = store.linked.bind(store);
    store.linked = (kind, key, limit, after) => {
      if (kind !== 'access') return linked(kind, key, limit, after);
      if (after !== undefined && after >= 0) throw new Error('looked further');
      return Promise.resolve(Array.from({ length: limit! }, () => read!));
    };
    const item = (await walk.library.item(found.digest))!;
    const standing = await standingOf(item, [], { library: walk.library, store }, world.clock.now());
    expect(standing.isUnread).toBe(false);
  });
});

describe('answers to one request for consent', () => {
  it('stop at their measure, and another request, and an end, have room all the same', async () => {
    const { accept, fia, fix, efcx, found, say, desk, walk } = await answered(864);
    const more = await makeItem(fix, [fia, fix], 'what else was found', desk());
    expect(codesOf(await accept(makeEnvelope({ ...say, message: 'INTERIM_REPLY', items: [more] }, desk()), fix))).toEqual(['ALLOW']);
    const ask = async () => {
      const consent = {
        items: [found.digest, more.digest],
        recipient: { authority: efcx.id, authorityType: efcx.type, purposes: ['INTELLIGENCE', 'INVESTIGATION'] },
        until: formatInstant(plusMs(desk().at, 30 * DAY_MS)),
      };
      const opening = { from: fia, to: fix, exchange: uuidFrom(desk().chance), message: 'SUBMIT', body: { consent } } as const;
      const request = makeEnvelope({ ...opening, over: { exchangeType: 'CONSENT_REQUEST' } }, desk());
      expect(codesOf(await accept(request, fia))).toEqual(['ALLOW']);
      await walk.deliverDue();
      return request.digest;
    };
    const [first, second] = [await ask(), await ask()];
    const grants = Array.from({ length: 257 }, (_, n) =>
      makeConsent(fix, fia, efcx, [n % 2 === 0 ? found.digest : more.digest], desk(), { request: first }),
    );
    const codes: string[] = [];
    for (const grant of grants) codes.push(...codesOf(await accept(grant, fix)));
    expect(codes).toEqual([...Array.from({ length: 256 }, () => 'ALLOW'), 'LIMIT_REACHED']);
    expect(codesOf(await accept(makeConsent(fix, fia, efcx, [found.digest], desk(), { request: second }), fix))).toEqual(['ALLOW']);
    expect(codesOf(await accept(makeRevocation(fix, fia, grants[0]!.digest, desk()), fix))).toEqual(['ALLOW']);
  });
});

describe('the worker', () => {
  it('tells of a label’s day whatever was said of what the item is made from', async () => {
    const { accept, fia, fix, found, say, desk, store, walk, world } = await answered(863);
    const destroyBy = plusMs(desk().at, 60 * DAY_MS);
    const label = labelOf(fix, { destroyBy: formatInstant(destroyBy) });
    const extract = await makeItem(fix, [fia, fix], 'made from it', desk(), { kind: 'EXTRACT', label, derivedFrom: [found.digest] });
    expect(codesOf(await accept(makeEnvelope({ ...say, message: 'INTERIM_REPLY', items: [extract] }, desk()), fix))).toEqual(['ALLOW']);
    while ((await walk.deliverDue()) > 0);
    const from = await store.leafCount();
    const asked = watched(store);
    world.clock.advance(31 * DAY_MS);
    while ((await walk.deliverDue()) > 0);
    expect(asked).not.toContain(`label ${found.digest}`);
    const told = (await store.inbox(fia.id, from, 50)).flatMap(({ views }) => views.map(({ event }) => new TextDecoder().decode(event)));
    expect(told.filter((event) => event.includes('RETENTION_REVIEW') && event.includes(extract.digest))).not.toEqual([]);
  });
});
