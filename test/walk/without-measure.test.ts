/** What one authority repeats without end costs the others no more: its readings and uses have a measure, and the worker reads none of what has none. */
import { describe, expect, it } from 'vitest';
import { DAY_MS, formatInstant, plusMs } from '../../domain/time.js';
import type { LinkKind, Store } from '../../domain/ports.js';
import { standingOf } from '../../gateway/cases/erase.js';
import { COUNTED_MAX } from '../../gateway/checks/quota.js';
import { answered, codesOf } from '../support/answered.js';
import { labelOf, makeAccess, makeDeletion, makeEnvelope, makeItem, makeLabel, makeUse } from '../support/letters.js';

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
