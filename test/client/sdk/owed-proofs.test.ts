/** What the log signed that it took in has to stand in it, whatever was handed in: a receipt alone delivers nothing. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemChance as chance, systemClock as clock } from '../../../client/cli/clock-system.js';
import { ParleyClient, readInstant, type KeyStore, type Opened, type Sent } from '../../../client/sdk/index.js';
import { readRecord, writeRecord } from '../../../client/sdk/key-store.js';
import { pinWitnesses } from '../../../client/sdk/witness-pins.js';
import type { ReceiptBody } from '../../../domain/receipt.js';
import { DAY_MS, formatInstant, HOUR_MS, plusMs } from '../../../domain/time.js';
import { signCheckpoint } from '../../../crypto/checkpoint.js';
import { createNoteSigner } from '../../../crypto/note-key.js';
import { ORIGIN, witnessSigner } from './log-faces.js';
import { openGateway, type LiveGateway, type Member } from './live-gateway.js';
import { givenNote, noteTo } from './notes.js';
import { receiptBy } from './receipts.js';

let gateway: LiveGateway;
let [owner, holder, third]: Member[] = [];
/** what the operator signs instead: it has the key */
let change: ((body: ReceiptBody) => Partial<ReceiptBody>) | null = null;
let latest: ReceiptBody | null = null;
/** of no leaf is there a text any more */
let isErased = false;
/** what the log signs instead of the checkpoint that it proves by */
let fork: ((note: string) => string) | null = null;

beforeAll(async () => {
  gateway = await openGateway((real) => async (input, init) => {
    const answer = await real(input, init);
    if (fork !== null && String(input).includes('/v1/log/proof/') && answer.ok) {
      const proof = (await answer.json()) as { readonly checkpoint: string };
      return Response.json({ ...proof, checkpoint: fork(proof.checkpoint) });
    }
    if (isErased && String(input).includes('/v1/log/proof/') && answer.ok) {
      const { view: _, ...rest } = (await answer.json()) as { readonly view?: unknown };
      return Response.json(rest);
    }
    if (!String(input).endsWith('/v1/statements') || !answer.ok) return answer;
    const { receipt, ...rest } = (await answer.json()) as { readonly receipt: { readonly body: string } };
    const body = JSON.parse(receipt.body) as ReceiptBody;
    latest = body;
    const told = change === null ? receipt : await receiptBy(gateway.key, { ...body, ...change(body) });
    return Response.json({ ...rest, receipt: told }, { status: answer.status });
  });
  owner = await gateway.join('CH-FIN', 'FIU');
  holder = await gateway.join('EE-FIN', 'FIU');
  third = await gateway.join('LV-FIN', 'FIU');
  await gateway.compareAll();
});
afterAll(() => gateway.running.drain());
beforeEach(async () => {
  change = null;
  for (const { store } of [owner!, holder!]) for (const name of await store.names('proofs/')) await store.remove(name);
});

/** The log says that it took it in, and that it stands where nothing stands. */
const nowhere = ({ statement }: ReceiptBody) => ({ index: 1_000_000, leaf: statement });

/** As if what is owed had been stated so long ago. */
async function overdue({ store }: Member, agoMs = 2 * HOUR_MS): Promise<void> {
  const readAt = formatInstant(plusMs(clock.now(), -agoMs));
  for (const name of await store.names('proofs/'))
    await writeRecord(store, name, { ...((await readRecord(store, name)) as object), readAt });
}

/** Until a checkpoint proved one. */
async function proved({ client }: Member): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if ((await client.checkProofs()).proved === 1) return;
    await clock.sleep(50);
  }
  throw new Error('no checkpoint came');
}

const held = async (): Promise<Opened> => holder!.client.open(await givenNote(owner!.client, holder!.client));
const note = async (): Promise<Sent> => owner!.client.send(noteTo(owner!.client, holder!.client));

const ACTS: readonly (readonly [string, () => Promise<{ by: Member; digest: string }>])[] = [
  ['parley-envelope+json', async () => ({ by: owner!, digest: (await note()).digest })],
  [
    'parley-consent+json',
    async () => {
      const { item } = await givenNote(owner!.client, holder!.client);
      const until = plusMs(clock.now(), DAY_MS);
      change = nowhere;
      const recipient = { authority: third!.client.authority, authorityType: 'FIU' as const };
      const granted = { items: [item], recipient, purposes: ['INTELLIGENCE' as const], until, holder: holder!.client.authority };
      return { by: owner!, digest: (await owner!.client.grantConsent(granted)).consent };
    },
  ],
  [
    'parley-label+json',
    async () => {
      const { item } = await givenNote(owner!.client, holder!.client);
      change = nowhere;
      return { by: owner!, digest: (await owner!.client.retract(item)).digest };
    },
  ],
  [
    'parley-use+json',
    async () => {
      const { item } = await held();
      change = nowhere;
      return { by: holder!, digest: (await holder!.client.recordUse(item.digest, { purpose: 'INTELLIGENCE' })).digest };
    },
  ],
];

describe('an acceptance that the log’s key signed and the log does not hold', () => {
  it.each(ACTS)('is an alarm that names the statement, once its proof is due: %s', async (typ, act) => {
    change = typ === 'parley-envelope+json' ? nowhere : null;
    const { by, digest } = await act();
    const ofIt = async () => (await by.client.checkProofs()).alarms.filter(({ statement }) => statement === digest);
    expect(await ofIt()).toEqual([]);
    await overdue(by);
    const [alarm] = await ofIt();
    expect(alarm).toMatchObject({ typ, check: 'INCLUSION', originator: null });
    // what convicts the key stays
    expect(await by.client.verifyReceipt(alarm!.receipt)).toMatchObject({ ok: true, value: { statement: digest, outcome: 'ALLOW' } });
    expect(await ofIt()).toEqual([alarm]);
  });

  it('is asked for until an officer who was shown it says that it was dealt with; then what convicts the key is kept with when, and what else is owed is owed still', async () => {
    const kept = async () => (await owner!.client.logAlarms()).filter(({ kind }) => kind === 'UNLOGGED');
    change = nowhere;
    const { digest } = await note();
    await overdue(owner!);
    // whoever acknowledges what was raised so far has not been shown this
    expect((await owner!.client.checkProofs(true)).alarms).toMatchObject([{ statement: digest, check: 'INCLUSION' }]);
    expect(await kept()).toEqual([]);
    await note();
    const [alarm] = (await owner!.client.checkProofs()).alarms;
    const before = clock.now();
    expect(await owner!.client.checkProofs(true)).toEqual({ proved: 0, waiting: 1, alarms: [] });
    expect(await owner!.client.checkProofs()).toEqual({ proved: 0, waiting: 1, alarms: [] });
    const { typ, why, receipt } = alarm!;
    const [one, ...others] = await kept();
    expect(one).toMatchObject({ statement: digest, typ, why, receipt });
    expect([one!.at, one!.acknowledgedAt].map((at) => readInstant(at!) >= before)).toEqual([false, true]);
    expect(others).toEqual([]);
    await overdue(owner!);
    expect((await owner!.client.checkProofs()).alarms).toHaveLength(1);
  });

  it('is waited for as long as its receipt says, where an older client kept no time of its own', async () => {
    change = nowhere;
    await note();
    const [name] = await owner!.store.names('proofs/');
    const { readAt: _, ...older } = (await readRecord(owner!.store, name!)) as { readonly readAt: string };
    await writeRecord(owner!.store, name!, older);
    expect(await owner!.client.checkProofs()).toEqual({ proved: 0, waiting: 1, alarms: [] });
  });

  it('is noticed where its receipt names the leaf of an older act', async () => {
    await note();
    const { index, leaf } = latest!;
    change = () => ({ index, leaf });
    const { digest } = await note();
    await proved(owner!);
    await overdue(owner!);
    expect((await owner!.client.checkProofs()).alarms).toMatchObject([{ statement: digest, check: 'OWN_VIEW' }]);
  });
});

it('what the log does not hold is no less left out for a checkpoint that no pinned witness has seen', async () => {
  await note();
  const { index } = latest!;
  change = () => ({ index });
  const { digest } = await note();
  await proved(owner!);
  await overdue(owner!);
  await pinWitnesses(owner!.store, { witnesses: [witnessSigner(1).key], quorum: 1 });
  const pinned = await ParleyClient.connect({ origin: gateway.origin, fetch, store: owner!.store, chance, clock });
  expect((await pinned.checkProofs()).alarms).toMatchObject([{ statement: digest, check: 'INCLUSION' }]);
  await owner!.store.remove('witnesses');
});

describe('what the log holds', () => {
  it('under a checkpoint that the pinned witnesses have not seen is not told as left out', async () => {
    await note();
    await proved(owner!);
    await note();
    await overdue(owner!);
    await pinWitnesses(owner!.store, { witnesses: [witnessSigner(1).key], quorum: 1 });
    const pinned = await ParleyClient.connect({ origin: gateway.origin, fetch, store: owner!.store, chance, clock });
    await expect
      .poll(async () => (await pinned.checkProofs()).alarms)
      .toMatchObject([{ check: 'CHECKPOINT', originator: null, why: expect.stringMatching(/^0 of the 1 witnesses/) as string }]);
    await owner!.store.remove('witnesses');
  });

  it('and tells no more after its years is not proved, and nobody is called a liar for it; before, it is', async () => {
    await note();
    isErased = true;
    const why = async () => {
      for (let tries = 0; tries < 100; tries++, await clock.sleep(50)) {
        const [alarm] = (await owner!.client.checkProofs()).alarms;
        if (alarm?.check === 'OWN_VIEW' || alarm?.check === 'PAST_YEARS') return alarm.why;
      }
      throw new Error('no checkpoint came');
    };
    await overdue(owner!);
    expect(await why()).not.toContain('erased');
    expect((await owner!.client.checkProofs(true)).alarms).toMatchObject([{ check: 'OWN_VIEW' }]);
    await overdue(owner!, 4 * 365 * DAY_MS);
    expect(await why()).toMatch(/stands in the log.*may be erased/);
    expect((await owner!.client.checkProofs()).alarms).toMatchObject([{ check: 'PAST_YEARS' }]);
    // nothing will ever prove it: once that was taken note of, nobody is told of it again
    expect(await owner!.client.checkProofs(true)).toEqual({ proved: 0, waiting: 0, alarms: [] });
    expect(await owner!.client.checkProofs()).toEqual({ proved: 0, waiting: 0, alarms: [] });
    isErased = false;
  });

  it('and was never shown to prove nothing any more is shown first, whoever says that it was dealt with', async () => {
    await note();
    const { store } = owner!;
    const [name] = await store.names('proofs/');
    const owed = (await readRecord(store, name!)) as object;
    // a checkpoint holds it by then, and nobody was told anything
    await proved(owner!);
    await writeRecord(store, name!, owed);
    isErased = true;
    await overdue(owner!, 4 * 365 * DAY_MS);
    const acknowledged = async () => (await owner!.client.checkProofs(true)).alarms;
    expect(await acknowledged()).toMatchObject([{ check: 'PAST_YEARS' }]);
    expect(await acknowledged()).toEqual([]);
    isErased = false;
  });

  it('is owed no more once it is proved', async () => {
    await note();
    await proved(owner!);
    expect(await owner!.client.checkProofs()).toEqual({ proved: 0, waiting: 0, alarms: [] });
  });

  it('is proved though a hundred others are alarms and stay so', async () => {
    change = nowhere;
    await note();
    change = null;
    const [name] = await owner!.store.names('proofs/');
    const owed = (await readRecord(owner!.store, name!)) as object;
    await note();
    const good = (await owner!.store.names('proofs/')).find((one) => one !== name)!;
    const record = (await readRecord(owner!.store, good)) as object;
    await owner!.store.remove(good);
    // in the order of their names the one that can be proved stands behind them all
    const store: KeyStore = {
      ...owner!.store,
      names: async (prefix) => (prefix === 'proofs/' ? [...Array.from({ length: 100 }, () => name!), good] : owner!.store.names(prefix)),
    };
    await writeRecord(owner!.store, good, record);
    await writeRecord(owner!.store, name!, { ...owed, readAt: formatInstant(plusMs(clock.now(), -2 * HOUR_MS)) });
    await proved({ ...owner!, client: await another({ ...owner!, store }) });
    expect(await owner!.store.names('proofs/')).toEqual([name]);
  });

  it('is asked for a hundred at a time', async () => {
    for (let i = 0; i < 121; i++) await writeRecord(owner!.store, `proofs/${i}`, {});
    // what another program proved meanwhile is there no more
    const proving: KeyStore = { ...owner!.store, read: async (one) => (one.startsWith('proofs/') ? null : owner!.store.read(one)) };
    expect(await (await another({ ...owner!, store: proving })).checkProofs()).toEqual({ proved: 0, waiting: 21, alarms: [] });
  });
});

it('is owed, too, where the program died before it kept the receipt: it is handed in again', async () => {
  const dying: KeyStore = {
    ...owner!.store,
    write: async (name, bytes) => {
      if (name.startsWith('proofs/')) throw new RangeError('disk full');
      await owner!.store.write(name, bytes);
    },
  };
  const client = await another({ ...owner!, store: dying });
  await expect(client.send(noteTo(client, holder!.client))).rejects.toThrow('disk full');
  const { sent } = await owner!.client.resend();
  expect(await owner!.store.names('proofs/')).toEqual(sent.map(({ digest }) => `proofs/${digest}`));
  expect(sent).toHaveLength(1);
});

it('is no matter of waiting where the log contradicts itself', async () => {
  await note();
  await proved(owner!);
  fork = (checkpoint) => {
    const size = Number(checkpoint.split('\n')[1]);
    return signCheckpoint({ size, root: new Uint8Array(32) }, createNoteSigner(ORIGIN, 'ED25519', gateway.key.seed));
  };
  await note();
  const told = async () => (await owner!.client.checkProofs()).alarms;
  await expect.poll(told, { timeout: 10_000 }).toMatchObject([{ check: 'CHECKPOINT', why: expect.stringMatching(/^FORK/) as string }]);
  fork = null;
});

const another = ({ store }: Member): Promise<ParleyClient> =>
  ParleyClient.connect({ origin: gateway.origin, fetch, clock, chance, triesMax: 2, store });
