/** An officer who was away while entries followed one another: what an epoch binds is learnt by its digest, and believed by its signature. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemChance as chance, systemClock as clock } from '../../../client/cli/clock-system.js';
import type { ClientContext } from '../../../client/sdk/context.js';
import { keptEntries } from '../../../client/sdk/directory-belief.js';
import { learnEntries } from '../../../client/sdk/missed-entries.js';
import { makeEntry } from '../../../client/sdk/entry.js';
import { certain } from '../../../domain/result.js';
import { createIdentity } from '../../../client/sdk/identity.js';
import { createMemoryKeyStore, type WatchReport } from '../../../client/sdk/index.js';
import { createSigningKey, type SigningKey } from '../../../crypto/signing-key.js';
import { parseAuthorityId, parseDeskId, parseOfficerId } from '../../../domain/ids.js';
import type { RootTerm } from '../../../domain/roots.js';
import { NOW } from '../../support/facts.js';
import { cardOf, newcomer, seat } from './colleague.js';
import { FACTS } from './entry-facts.js';
import { openGateway, type LiveGateway, type Member } from './live-gateway.js';

let gateway: LiveGateway;
let root: Member;
let partner: Member;
/** what the gateway tells of an entry that is asked for by its digest */
let told: ((answer: { entry: string }) => { entry: string } | null) | null = null;

const lying: typeof fetch = async (input, init) => {
  const response = await fetch(input, init);
  if (told === null || !String(input).includes('/v1/directory/entries/')) return response;
  const answer = told((await response.json()) as { entry: string });
  const headers = { 'Content-Type': 'application/json' };
  return answer === null
    ? new Response('{"code":"NOT_FOUND"}', { status: 404, headers })
    : new Response(JSON.stringify(answer), { headers });
};

beforeAll(async () => {
  gateway = await openGateway();
  root = await gateway.join('NG-FIA', 'FIU');
  partner = await gateway.join('VG-FIX', 'FIU');
});
afterAll(() => gateway.running.drain());

const boundSize = async (): Promise<number> => Number((await (await fetch(`${gateway.origin}/v1/checkpoint`)).text()).split('\n')[1]);

/** A new entry, and an epoch that binds it. */
async function newEntry(): Promise<void> {
  const { receiptBody } = await root.client.publishEntry();
  while ((await boundSize()) <= receiptBody.index) await clock.sleep(20);
}

/** An officer who looked last before two entries. */
async function away(code: string) {
  const { client } = await newcomer(gateway, root.client, partner.client, code, lying);
  await root.client.admitOfficer(cardOf(client), seat());
  await newEntry();
  expect((await client.watch()).alarms).toEqual([]);
  await newEntry();
  await newEntry();
  return client;
}

const checksOf = ({ alarms }: WatchReport): readonly string[] => alarms.map(({ check }) => check);

describe('an officer who was away over two entries', () => {
  it('learns the one in between, and has no alarm of it then or later', async () => {
    const officer = await away('o.2');
    expect(checksOf(await officer.watch())).toEqual([]);
    await newEntry();
    expect(checksOf(await officer.watch())).toEqual([]);
  });

  it('has an alarm where the gateway keeps it back, or shows another one for it', async () => {
    const [robbed, deceived] = [await away('o.3'), await away('o.4')];
    told = () => null;
    expect(checksOf(await robbed.watch())).toContain('ENTRY_UNKNOWN');
    const others: { entry: string }[] = [];
    told = (answer) => others[others.push(answer) - 2] ?? null;
    expect(checksOf(await deceived.watch())).toContain('ENTRY_UNKNOWN');
    expect(others.length).toBeGreaterThan(0);
    told = null;
  });
});

describe('an entry that an epoch binds', () => {
  const FIA = certain(parseAuthorityId('NG-FIA'));
  const [own, stranger] = [createSigningKey(chance), createSigningKey(chance)];
  const TERMS: readonly RootTerm[] = [
    { authority: FIA, kid: own.kid, publicKey: null, after: 0, through: Infinity, changedAt: null, replacedAt: null },
  ];
  const made = async (key: SigningKey, seq: number, authority = FIA) => {
    const wanted = {
      authority,
      officer: certain(parseOfficerId('o.1')),
      desk: certain(parseDeskId('INTAKE')),
      suites: ['age-x25519-1' as const],
    };
    const identity = { ...(await createIdentity(wanted, chance, NOW)), root: key };
    return makeEntry(identity, FACTS, {
      aud: 'parley.test/log',
      seq,
      now: NOW,
      chance,
      last: null,
      confirms: true,
      colleagues: [],
      revocations: [],
    });
  };

  it('is learnt where a root of the authority’s signed it and no other one of its number is known', async () => {
    const [one, two, rival, forged, foreign] = await Promise.all([
      made(own, 1),
      made(own, 2),
      made(own, 2),
      made(stranger, 3),
      made(own, 3, certain(parseAuthorityId('VG-FIX'))),
    ]);
    const all = [one, two, rival, forged, foreign];
    const asked: string[] = [];
    const get = (path: string) => {
      asked.push(path);
      return Promise.resolve({ entry: all.find(({ digest }) => path.endsWith(digest))!.compact });
    };
    const store = createMemoryKeyStore();
    const context = { door: { get }, store, identity: { authority: FIA } } as unknown as ClientContext;
    await learnEntries(context, [one.digest, two.digest], TERMS);
    await learnEntries(
      context,
      all.map(({ digest }) => digest),
      TERMS,
    );
    expect(asked).toHaveLength(5);
    expect((await keptEntries(store, FIA, TERMS)).map(({ compact }) => compact)).toEqual([one.compact, two.compact]);
  });
});
