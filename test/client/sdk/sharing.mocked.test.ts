/** What is published is published: where keys cannot be shared yet, that is said, nothing is lost, and `shareDesks` does it later. */
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type * as ClockSystem from '../../../client/cli/clock-system.js';
import { systemChance as chance, systemClock as clock } from '../../../client/cli/clock-system.js';
import type { ClientContext } from '../../../client/sdk/context.js';
import type { DirectoryView } from '../../../client/sdk/directory.js';
import { turnDeskKey } from '../../../client/sdk/enrol.js';
import { readIdentity, type Identity } from '../../../client/sdk/identity.js';
import { certain } from '../../../domain/result.js';
import { ParleyClient, type Seat } from '../../../client/sdk/index.js';
import { trustedTree } from '../../../client/sdk/trusted-epoch.js';
import { parseOfficerId } from '../../../domain/ids.js';
import { DAY_MS, plusMs } from '../../../domain/time.js';
import type { MovableClock } from '../../../testing/movable-clock.js';
import { cardOf, newcomer as meet, seat } from './colleague.js';
import { openTown, type Member } from './live-gateway.js';
import { noteTo } from './notes.js';

vi.mock('../../../client/cli/clock-system.js', async (original) => {
  const real = await original<typeof ClockSystem>();
  const { createMovableClock } = await import('../../../testing/movable-clock.js');
  return { ...real, systemClock: createMovableClock(real.systemClock, real.systemClock.now()) };
});

const officer = (code: string) => certain(parseOfficerId(code));
const READ = { purpose: 'INTELLIGENCE', justification: 'CASE_WORK' } as const;
let root: ParleyClient;

/** the checkpoint that the root's client is shown for as long as it is set: no newer one */
let frozen: Uint8Array | null = null;
/** the answer to the next statement gets lost, however often it is sent */
let isCut = false;
/** nothing can be asked about entries */
let isAway = false;
/** once, between a look for a keyring and what is put in its place */
let meanwhile: (() => Promise<unknown>) | null = null;
/** once, before a look for a keyring */
let ahead: (() => Promise<unknown>) | null = null;
const flaky: typeof fetch = async (input, init) => {
  if (ahead !== null && init?.method === 'GET' && String(input).includes('/v1/keyrings/')) {
    const act = ahead;
    ahead = null;
    await act();
  }
  if (isAway && String(input).includes('/openings')) throw new TypeError('away');
  const response = await fetch(input, init);
  if (meanwhile !== null && init?.method === 'GET' && String(input).includes('/v1/keyrings/')) {
    const act = meanwhile;
    meanwhile = null;
    await act();
  }
  if (isCut && String(input).endsWith('/v1/statements')) throw new TypeError('cut');
  return frozen !== null && String(input).endsWith('/v1/checkpoint') ? new Response(frozen as BodyInit) : response;
};
/** Waits in earnest for what may come, and not for what cannot: the client counts what it asked to sleep, not what it slept. */
const hasty = { ...clock, sleep: (ms: number) => clock.sleep(frozen === null ? ms : Math.min(ms, 20)) };
const connect = (member: Pick<Member, 'store'>) =>
  ParleyClient.connect({ origin: gateway.origin, fetch: flaky, clock: hasty, chance, triesMax: 2, store: member.store });

async function freeze(): Promise<void> {
  frozen = new Uint8Array(await (await fetch(`${gateway.origin}/v1/checkpoint`)).arrayBuffer());
}

const newcomer = async (code: string) => (await meet(gateway, root, partner.client, code)).client;

async function admitted(code: string, over: Partial<Seat> = {}): Promise<ParleyClient> {
  const client = await newcomer(code);
  await root.admitOfficer(cardOf(client), seat(over));
  return client;
}

async function newMail() {
  const sent = await partner.client.send(noteTo(partner.client, root));
  return { item: sent.items[0]!.statement.digest, via: sent.digest, ...READ };
}
const generationOf = (client: ParleyClient) => client.identity.desks.at(-1)!.generation;
const LATER = { notShared: { code: 'ENTRY_NOT_BOUND', what: expect.stringContaining('NG-FIA') as unknown }, shared: [] };

const { gateway, owner, partner } = await openTown({ owner: ['NG-FIA', 'FIU'], partner: ['VG-FIX', 'FIU'] });

beforeAll(async () => {
  root = await connect(owner);
});
beforeEach(() => {
  frozen = null;
  isCut = false;
  isAway = false;
});

describe('keys that cannot be shared yet', () => {
  it('are shared later, as often as one likes: the officer is admitted', async () => {
    const colleague = await newcomer('o.2');
    await freeze();
    expect(await root.admitOfficer(cardOf(colleague), seat())).toMatchObject({ ...LATER, receiptBody: { outcome: 'ALLOW' } });
    expect((await colleague.fetchKeyrings()).missing).toEqual(['INTAKE.1']);
    await expect(root.shareDesks()).rejects.toMatchObject({ code: 'ENTRY_NOT_BOUND' });
    frozen = null;
    for (const again of [1, 2]) expect(await root.shareDesks(), `${again}`).toEqual(['INTAKE.1']);
    expect((await colleague.fetchKeyrings()).fetched).toEqual(['INTAKE.1']);
  });

  it('are turned, and not made a second time: mail that was sealed to them opens', async () => {
    const before = generationOf(root);
    await freeze();
    expect(await root.turnDeskKey()).toMatchObject({ ...LATER, receiptBody: { outcome: 'ALLOW' } });
    expect(generationOf(root)).toBe(before + 1);
    const mail = await newMail();
    frozen = null;
    expect(await root.turnDeskKey()).toMatchObject({ notShared: null });
    expect((await root.open(mail)).content.role).toBe('FORM');
    expect((await readIdentity(owner.store)).desks.map(({ generation }) => generation)).toEqual([1, 2, 3]);
  });

  it('are those of a dismissed officer’s desk: the same process goes on with the new ones', async () => {
    await admitted('o.3');
    const before = generationOf(root);
    await freeze();
    expect(await root.dismissOfficer(officer('o.3'))).toMatchObject({ ...LATER, quorumEnded: false });
    expect(generationOf(root)).toBe(before + 1);
    const mail = await newMail();
    frozen = null;
    await root.turnDeskKey();
    expect(generationOf(root)).toBe(before + 2);
    expect((await root.open(mail)).content.role).toBe('FORM');
  });

  it('are not lost with the answer: what the gateway took is what the next act goes on from', async () => {
    await admitted('o.4');
    const before = generationOf(root);
    isCut = true;
    await expect(root.dismissOfficer(officer('o.4'))).rejects.toMatchObject({ code: 'GATEWAY_UNREACHABLE' });
    isCut = false;
    const mail = await newMail();
    await expect(root.dismissOfficer(officer('o.4'))).rejects.toMatchObject({
      code: 'NO_SUCH_OFFICER',
      next: expect.stringContaining('parley keys share') as unknown,
    });
    await root.turnDeskKey();
    expect(generationOf(root)).toBe(before + 2);
    expect((await root.open(mail)).content.role).toBe('FORM');
  });

  it('are shared by two at once: whoever comes second looks anew, and both are answered', async () => {
    const colleague = await admitted('o.7');
    await colleague.fetchKeyrings();
    const theirs: unknown[] = [];
    meanwhile = async () => theirs.push(await colleague.shareDesks());
    const shared = await root.shareDesks();
    expect(theirs).toEqual([shared]);
    expect(shared).toContain(`INTAKE.${generationOf(root)}`);
    const third = await admitted('o.8');
    expect((await third.fetchKeyrings()).missing).toEqual([]);
  });

  it('are not put back by who looked at the entry before a colleague was admitted', async () => {
    await admitted('o.9');
    const elsewhere = await connect(owner);
    const tenth = await newcomer('o.10');
    ahead = () => elsewhere.admitOfficer(cardOf(tenth), seat());
    await root.shareDesks();
    expect((await tenth.fetchKeyrings()).missing).toEqual([]);
  });

  it('are shared without a generation that no entry ever listed, such as one that a killed program left', async () => {
    await admitted('o.6');
    const before = generationOf(root);
    const context = Reflect.get(root, 'context') as ClientContext & { identity: Identity };
    // it was published nowhere that this program looks
    const directory = () => Promise.resolve({ directory: { authorities: new Map() } } as unknown as DirectoryView);
    for (let turns = 0; turns < 2; turns += 1) context.identity = await turnDeskKey({ ...context, directory });
    await root.publishEntry();
    const shared = await root.shareDesks();
    expect(shared).toContain(`INTAKE.${before + 2}`);
    expect(shared).not.toContain(`INTAKE.${before + 1}`);
  });
});

describe('a holder who is dismissed while no checkpoint binds the entry', () => {
  const noHolder: Partial<Seat> = { roles: ['COMPLIANCE'], desks: [] };
  it('goes at once, and the quorum with them; it is dealt anew once one does', async () => {
    for (const code of ['c.1', 'c.2', 'c.3', 'c.4', 'c.5']) await admitted(code, noHolder);
    await root.quorum.setUp({ need: 2, holders: ['c.1', 'c.2', 'c.3', 'c.4'].map(officer) });
    await freeze();
    await root.publishEntry();
    expect(await root.dismissOfficer(officer('c.4'))).toMatchObject({ ...LATER, quorumEnded: true });
    expect((await root.officers()).map((one) => String(one.officer))).not.toContain('c.4');
    frozen = null;
    expect(await root.quorum.setUp({ need: 2, holders: ['c.1', 'c.2', 'c.3', 'c.5'].map(officer) })).toMatchObject({ notShared: null });
    expect(await root.quorum.show()).toMatchObject({ generation: 2 });
  });

  it('is listed still where the gateway cannot be reached: then nothing happened, and the quorum goes on', async () => {
    await root.publishEntry();
    isAway = true;
    await expect(root.dismissOfficer(officer('c.3'))).rejects.toMatchObject({ code: 'GATEWAY_UNREACHABLE' });
    isAway = false;
    expect(await root.quorum.show()).toMatchObject({ generation: 2, holders: ['c.1', 'c.2', 'c.3', 'c.5'] });
  });
});

describe('a log that was idle for days', () => {
  /** Days in which nothing is written: what falls due in the first ones is. */
  async function weekend(client: ParleyClient): Promise<void> {
    const context = Reflect.get(client, 'context') as ClientContext;
    const seen = async () => certain(await trustedTree(context)).seenAt;
    for (let tries = 0; tries < 5; tries++) {
      const before = await seen();
      (clock as MovableClock).moveTo(plusMs(clock.now(), 3 * DAY_MS));
      await clock.sleep(500);
      if ((await seen()) === before) return;
    }
    throw new Error('the log is never idle');
  }

  it('is good for the first message afterwards', async () => {
    await weekend(partner.client);
    // a process of its own, as the command line is: it has not signed in yet
    const client = await connect(partner);
    expect((await client.send(noteTo(client, root))).receiptBody.outcome).toBe('ALLOW');
  });

  it('is good for the first sharing afterwards', async () => {
    const colleague = await newcomer('o.5');
    await weekend(root);
    const client = await connect(owner);
    expect(await client.admitOfficer(cardOf(colleague), seat())).toMatchObject({ notShared: null });
    expect((await colleague.fetchKeyrings()).missing).toEqual([]);
  });
});
