/** Two programs over one key store: what one of them learnt is not written over by the other, which does not know of it. */
import { expect, it } from 'vitest';
import { systemChance as chance, systemClock as clock } from '../../../client/cli/clock-system.js';
import { addDesk } from '../../../client/sdk/enrol.js';
import type { ClientContext } from '../../../client/sdk/context.js';
import { certain } from '../../../domain/result.js';
import { createGeneration, createIdentity, readIdentity, writeIdentity, type Identity } from '../../../client/sdk/identity.js';
import { createMemoryKeyStore, ParleyClient } from '../../../client/sdk/index.js';
import { turnDeskKey } from '../../../client/sdk/enrol.js';
import { createSigningKey } from '../../../crypto/signing-key.js';
import { parseAuthorityId, parseDeskId, parseOfficerId } from '../../../domain/ids.js';
import { factsOf, openGateway } from './live-gateway.js';
import { givenNote } from './notes.js';

const [INTAKE, OTHER] = [certain(parseDeskId('INTAKE')), certain(parseDeskId('OTHER'))];

/** Nothing was published yet. */
const directory = () => Promise.resolve({ directory: { authorities: new Map() } });

it('keeps each generation of a desk, and the root that was made last', async () => {
  const store = createMemoryKeyStore();
  const wanted = { authority: certain(parseAuthorityId('NG-FIA')), officer: certain(parseOfficerId('o.1')), desk: INTAKE };
  const identity = await createIdentity({ ...wanted, suites: ['age-x25519-1'] }, chance, clock.now());
  await writeIdentity(store, identity);
  const context = { identity, store, chance, clock, directory } as unknown as ClientContext;
  // a second program turns the desk's keys and changes the root, and the first one never hears of it
  const turned = await turnDeskKey({ ...context });
  const root = createSigningKey(chance);
  await writeIdentity(store, { ...turned, root });
  await addDesk(context, OTHER, ['age-x25519-1']);
  const kept = await readIdentity(store);
  expect(kept.desks.map(({ desk, generation }) => `${desk}.${generation}`).sort()).toEqual(['INTAKE.1', 'INTAKE.2', 'OTHER.1']);
  expect(kept.root?.kid).toBe(root.kid);
});

it('makes one generation of a number where both turn at once, and tells the other', async () => {
  const store = createMemoryKeyStore();
  const wanted = { authority: certain(parseAuthorityId('NG-FIA')), officer: certain(parseOfficerId('o.1')), desk: INTAKE };
  const identity = await createIdentity({ ...wanted, suites: ['age-x25519-1'] }, chance, clock.now());
  await writeIdentity(store, identity);
  const context = { identity, store, chance, clock, directory } as unknown as ClientContext;
  const both = await Promise.allSettled([turnDeskKey({ ...context }), turnDeskKey({ ...context })]);
  const turned = both.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const refused = both.flatMap((one) => (one.status === 'rejected' ? [one.reason as object] : []));
  expect(refused).toMatchObject([{ code: 'DESK_TURNED' }]);
  const kids = ({ desks }: Identity) => desks.filter(({ generation }) => generation === 2).map(({ keys }) => keys.map(({ kid }) => kid));
  expect(kids(await readIdentity(store))).toEqual(kids(turned[0]!));
  expect(kids(turned[0]!)).toHaveLength(1);
  // one after another each makes its own, whatever it knew when it began
  expect((await turnDeskKey({ ...context })).desks.map(({ generation }) => generation)).toEqual([1, 2, 3]);
});

it('lists the keys that another program turned, whatever this one knew when it began', async () => {
  const gateway = await openGateway();
  const { client: first, store } = await gateway.join('NG-FIA', 'FIU', ['age-x25519-1']);
  const second = await ParleyClient.connect({ origin: gateway.origin, fetch, clock, chance, store });
  await first.turnDeskKey();
  await second.publishEntry();
  const { entry } = (await first.directory(true)).directory.authorities.get(first.authority)!;
  expect([entry?.seq, entry?.desks.map(({ generation }) => generation)]).toEqual([3, [2]]);
  await gateway.running.drain();
});

it('turns the keys of each desk that it holds, and of none twice', async () => {
  const gateway = await openGateway();
  const { client } = await gateway.join('NG-FIA', 'FIU', ['age-x25519-1']);
  await client.addDesk(OTHER, ['age-x25519-1']);
  await client.publishEntry(factsOf('NG-FIA', 'FIU'));
  const listed = async () => {
    const { entry } = (await client.directory(true)).directory.authorities.get(client.authority)!;
    return entry?.desks.map(({ desk, generation }) => `${desk}.${generation}`).sort();
  };
  expect(await listed()).toEqual(['INTAKE.1', 'OTHER.1']);
  await client.turnDeskKey();
  expect(await listed()).toEqual(['INTAKE.2', 'OTHER.2']);
  await gateway.running.drain();
});

it('takes a desk without keys, as an older client kept it of who only designates, for none', async () => {
  const store = createMemoryKeyStore();
  const wanted = { authority: certain(parseAuthorityId('NG-FIA')), officer: certain(parseOfficerId('o.1')), desk: INTAKE, suites: [] };
  const identity = await createIdentity(wanted, chance, clock.now());
  const empty = await createGeneration(wanted.authority, INTAKE, 1, [], chance, clock.now());
  await writeIdentity(store, { ...identity, desks: [empty] });
  const context = { identity: await readIdentity(store), store, chance, clock, directory } as unknown as ClientContext;
  await addDesk(context, INTAKE, ['age-x25519-1']);
  expect((await readIdentity(store)).desks).toMatchObject([{ desk: INTAKE, generation: 1, keys: [{ suite: 'age-x25519-1' }] }]);
});

it('goes on with one new root where both begin at once, whose key is kept', async () => {
  const gateway = await openGateway();
  const { client: first, store } = await gateway.join('NG-FIA', 'FIU', ['age-x25519-1']);
  const second = await ParleyClient.connect({ origin: gateway.origin, fetch, clock, chance, store });
  const replaced = await Promise.all([first.roots.replace(), second.roots.replace()]);
  expect(new Set(replaced.map(({ root }) => root)).size).toBe(1);
  // the entry under it has one number, and one of the two gets it
  const changed = await Promise.allSettled([first.roots.change(), second.roots.change()]);
  expect(changed.map(({ status }) => status)).toContain('fulfilled');
  const { authorities } = (await second.directory(true)).directory;
  expect((await readIdentity(store)).root?.kid).toBe(authorities.get(first.authority)?.root);
  await gateway.running.drain();
});

it('keeps an alarm that another program raised while this one looked', async () => {
  const gateway = await openGateway();
  const { store } = await gateway.join('NG-FIA', 'FIU', ['age-x25519-1']);
  const alarm = { check: 'SLOT', epoch: null, entry: null, why: 'seen by the other one', at: '2026-01-05T09:00:00.000Z' };
  const meanwhile: typeof fetch = async (input, init) => {
    if (String(input).includes('/openings?'))
      await store.write('watch', new TextEncoder().encode(JSON.stringify({ n: 0, size: 0, seq: 0, alarms: [alarm] })));
    return fetch(input, init);
  };
  const second = await ParleyClient.connect({ origin: gateway.origin, fetch: meanwhile, clock, chance, store });
  const looked = async () => {
    for (let tries = 0; tries < 100; tries++, await clock.sleep(50)) {
      const report = await second.watch();
      if (report.epoch > 0) return report;
    }
    throw new Error('no epoch came');
  };
  expect((await looked()).alarms).toEqual([alarm]);
  await gateway.running.drain();
});

it('keeps a caveat that another program added while this one read the item, and what was lifted is gone after the next reading', async () => {
  const gateway = await openGateway();
  const { client: first, store } = await gateway.join('NG-FIA', 'FIU', ['age-x25519-1']);
  const { client: reader } = await gateway.join('EE-FIN', 'FIU', ['age-x25519-1']);
  await gateway.compareAll();
  const note = await givenNote(first, reader);
  const added = { code: 'NOT_FOR_EVIDENCE' as const, by: first.authority };
  const { label } = await first.holding(note.item);
  let isAdded = false;
  const meanwhile: typeof fetch = async (input, init) => {
    const answer = await fetch(input, init);
    if (String(input).endsWith('/v1/access') && !isAdded) {
      isAdded = true;
      await first.addCaveat(note.item, { ...label, caveats: [added] });
    }
    return answer;
  };
  const second = await ParleyClient.connect({ origin: gateway.origin, fetch: meanwhile, clock, chance, store });
  await second.open(note);
  expect((await second.holding(note.item)).label.caveats).toContainEqual(added);
  // what was lifted since stands no more once it is read again
  expect((await reader.open(note)).label.caveats).toContainEqual(added);
  await first.relax(note.item, [added.code]);
  await reader.open(note);
  expect((await reader.holding(note.item)).label.caveats).not.toContainEqual(added);
  await gateway.running.drain();
});

it('does not bring back what another program erased while this one read it', async () => {
  const gateway = await openGateway();
  const { client: giver } = await gateway.join('NG-FIA', 'FIU', ['age-x25519-1']);
  const { client: first, store } = await gateway.join('EE-FIN', 'FIU', ['age-x25519-1']);
  await gateway.compareAll();
  const note = await givenNote(giver, first);
  await first.open(note);
  const meanwhile: typeof fetch = async (input, init) => {
    const answer = await fetch(input, init);
    if (String(input).endsWith('/v1/access')) await first.certifyDeletion(note.item);
    return answer;
  };
  const second = await ParleyClient.connect({ origin: gateway.origin, fetch: meanwhile, clock, chance, store });
  await second.open(note).catch(() => undefined);
  await expect(first.holding(note.item)).rejects.toMatchObject({ code: 'NOT_HELD' });
  await gateway.running.drain();
});
