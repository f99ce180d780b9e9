import { beforeEach, describe, expect, it } from 'vitest';
import { verifyCheckpoint } from '../../crypto/checkpoint.js';
import { cosign } from '../../crypto/cosignature.js';
import { parseNote } from '../../crypto/note.js';
import { DAY_MS, HOUR_MS, instantFromMs, MINUTE_MS, plusMs, type Instant } from '../../domain/time.js';
import { createLogReader } from '../../gateway/read/log.js';
import { createServed } from '../../gateway/read/served.js';
import { createCast, createGatewayKeys, createTestGateway, enrol, openWalk, type TestGateway } from '../support/test-gateway.js';
import { ORIGIN } from '../support/actors.js';
import { createMemoryStore } from '../support/memory-store.js';
import { createWorldClock, WORLD_START } from '../support/world.js';
import { checkpointOf, memoryMark, openWitnessTown, type WitnessTown } from '../support/witness-town.js';

const keys = createGatewayKeys(1_000_004);
let town: WitnessTown;
let mark: ReturnType<typeof memoryMark>;
let gateway: TestGateway;
let fresh: ReturnType<typeof createCast>[keyof ReturnType<typeof createCast>][];

const trust = (quorum: number) => ({
  origin: ORIGIN,
  logKeys: [{ name: ORIGIN, algorithm: 'ED25519' as const, publicKey: keys.publicKey }],
  witnesses: town.signers.map(({ key }) => key),
  quorum,
});
const served = () => createServed(gateway.store, town.policy);
const askAll = () => Promise.allSettled(gateway.walk.witnesses.map((name) => gateway.walk.askWitness(name)));
/** one more authority, and a checkpoint over it */
async function grow(): Promise<number> {
  await enrol(gateway, [fresh.shift()!]);
  await gateway.walk.publishCheckpoint();
  return (await gateway.store.latestCheckpoint())!.size;
}
/** the same process on a database that was set back to nothing */
const onRestored = (over: object = {}) =>
  openWalk({ ...gateway.world, store: createMemoryStore() }, gateway.operator, keys, createMemoryStore(), {
    witnessing: { policy: town.policy, witnesses: town.witnesses },
    mark,
    ...over,
  }).walk;
/** what witness w1 answers to `body`, by a clock that says `at` */
function signedAt(body: string, at: Instant): string {
  const note = parseNote(body.slice(body.indexOf('\n\n') + 2));
  if (!note.ok) throw new Error(note.error);
  return cosign(note.value.text, town.signers[0]!, at);
}

beforeEach(() => {
  town = openWitnessTown(keys, createWorldClock(WORLD_START));
  mark = memoryMark();
  gateway = createTestGateway(7, { witnessing: { policy: town.policy, witnesses: town.witnesses }, mark });
  fresh = Object.values(createCast(77));
});

describe('witnesses', () => {
  it('cosign what was published, and what is served verifies under the quorum', async () => {
    const size = await grow();
    expect(await served().newest()).toBeNull();
    await askAll();
    const newest = await served().newest();
    const verified = verifyCheckpoint(newest!.note, trust(3));
    expect(verified).toMatchObject({ ok: true, value: { checkpoint: { size } } });
    expect(await served().witnessing()).toMatchObject({
      quorum: 2,
      size,
      witnesses: [{ name: 'w1', signed: true }, { signed: true }, { signed: true }],
    });
  });

  it('are shown the proof from what they signed before, and are not asked twice', async () => {
    const first = await grow();
    await askAll();
    await askAll();
    await grow();
    await askAll();
    expect(town.asked.filter((one) => one.startsWith('w1'))).toEqual(['w1 old 0', `w1 old ${first}`]);
    expect(verifyCheckpoint((await served().newest())!.note, trust(3)).ok).toBe(true);
  });

  it('below the quorum leave the older checkpoint in place, and proofs with it', async () => {
    const first = await grow();
    await askAll();
    for (const name of ['w2', 'w3']) town.lies.set(name, () => ({ kind: 'silent', why: 'asleep' }));
    const second = await grow();
    const nobody = createCast(78).fia.caller;
    const asked = await askAll();
    expect(asked.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
    expect((await served().newest())!.size).toBe(first);
    const log = createLogReader(gateway.store, served());
    expect([(await log.proof(first - 1, nobody))!.size, await log.proof(second - 1, nobody)]).toEqual([first, null]);
    expect(await log.tile(`tile/0/000.p/${second}`)).not.toBeNull();
    town.lies.delete('w3');
    await askAll();
    expect((await served().newest())!.size).toBe(second);
  });

  it('that answer later add their signature to the same checkpoint', async () => {
    town.lies.set('w3', () => ({ kind: 'silent', why: 'asleep' }));
    await grow();
    await askAll();
    expect(verifyCheckpoint((await served().newest())!.note, trust(3)).ok).toBe(false);
    town.lies.delete('w3');
    await askAll();
    expect(verifyCheckpoint((await served().newest())!.note, trust(3)).ok).toBe(true);
  });

  it('that signed what we lost by dying sign it again', async () => {
    const size = await grow();
    const { addCosignatures } = gateway.store;
    gateway.store.addCosignatures = () => Promise.reject(new Error('killed'));
    await askAll();
    gateway.store.addCosignatures = addCosignatures;
    expect(await served().newest()).toBeNull();
    await askAll();
    expect(town.asked.filter((one) => one.startsWith('w1'))).toEqual(['w1 old 0', 'w1 old 0', `w1 old ${size}`]);
    expect((await served().newest())!.size).toBe(size);
  });

  it('are not believed without a signature of their own', async () => {
    await grow();
    for (const [name, lines] of [
      ['w1', ''],
      ['w2', '— witness.test/w2 AAAA\n'],
    ] as const)
      town.lies.set(name, () => ({ kind: 'cosigned', lines }));
    expect((await askAll()).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled']);
    expect(await gateway.store.cosignatures(1)).toHaveLength(1);
    expect(gateway.walk.behind).toBeNull();
  });

  it.each([
    ['after now', plusMs(WORLD_START, HOUR_MS), false],
    ['in the last second that can be written', instantFromMs(253_402_300_799_000), false],
    ['before the checkpoint was made', plusMs(WORLD_START, -HOUR_MS), false],
    ['at the beginning of time', instantFromMs(0), false],
    ['a little ahead', plusMs(WORLD_START, 4 * MINUTE_MS), true],
    ['a little behind', plusMs(WORLD_START, -4 * MINUTE_MS), true],
  ])('that sign %s are kept only where clocks may differ so', async (_when, at, isKept) => {
    await grow();
    town.lies.set('w1', (body) => ({ kind: 'cosigned', lines: signedAt(body, at) }));
    const asked = gateway.walk.askWitness('w1');
    if (isKept) await asked;
    else
      await expect(asked).rejects.toThrow(/^WITNESS_UNAVAILABLE: w1: it says that it signed at .*: its clock is wrong, or this machine’s/);
    expect(await gateway.store.cosignatures(1)).toHaveLength(isKept ? 1 : 0);
    expect(gateway.walk.behind).toBeNull();
  });

  it('sign now a checkpoint that this machine dated ahead, before its clock was set', async () => {
    await grow();
    const clock = { ...gateway.world.clock, now: () => plusMs(WORLD_START, -HOUR_MS) };
    town.lies.set('w1', (body) => ({ kind: 'cosigned', lines: signedAt(body, clock.now()) }));
    await openWalk(gateway.world, gateway.operator, keys, gateway.store, { ...gateway.deps, clock }).walk.askWitness('w1');
    expect(await gateway.store.cosignatures(1)).toHaveLength(1);
  });

  it('may say again when they signed, however long ago', async () => {
    await grow();
    let said = '';
    town.lies.set('w1', (body) => ({ kind: 'cosigned', lines: (said ||= signedAt(body, WORLD_START)) }));
    await gateway.walk.askWitness('w1');
    gateway.world.clock.advance(3 * DAY_MS);
    const restarted = openWalk(gateway.world, gateway.operator, keys, gateway.store, gateway.deps).walk;
    await restarted.askWitness('w1');
    expect(await gateway.store.cosignatures(1)).toHaveLength(1);
  });

  it('do not stop a message that is on its way while one hangs', async () => {
    await grow();
    let answer = (): void => undefined;
    town.lies.set('w1', () => new Promise((resolve) => (answer = () => resolve({ kind: 'silent', why: 'late' }))));
    const hanging = gateway.walk.askWitness('w1').catch(() => undefined);
    expect(await grow()).toBeGreaterThan(0);
    await Promise.all(['w2', 'w3'].map((name) => gateway.walk.askWitness(name)));
    expect((await served().newest())!.n).toBe(2);
    answer();
    await hanging;
  });
});

describe('a log behind what was cosigned', () => {
  it('does not begin to serve, by the mark alone', async () => {
    const size = await grow();
    await askAll();
    expect(checkpointOf(mark.note!).size).toBe(size);
    const restored = onRestored({ witnessing: undefined });
    await expect(restored.stand()).rejects.toThrow(
      `LOG_BEHIND: the log ends at 0 leaves, and ${size} were shown before; restore the newer data`,
    );
  });

  it('does not begin to serve, by its witnesses alone', async () => {
    await grow();
    await askAll();
    mark.note = null;
    await expect(onRestored().stand()).rejects.toThrow(/LOG_BEHIND: w1: it cosigned \d+ leaves, and the log ends at 0; w2: /);
  });

  it('does not begin to serve on an older copy that its witnesses had signed whole', async () => {
    await grow();
    await askAll();
    const older = await gateway.store.latestCheckpoint();
    await grow();
    await askAll();
    mark.note = null;
    gateway.store.latestCheckpoint = () => Promise.resolve(older);
    gateway.store.newestCosigned = () => Promise.resolve(older);
    const restored = openWalk(gateway.world, gateway.operator, keys, gateway.store, gateway.deps).walk;
    await expect(restored.stand()).rejects.toThrow(/LOG_BEHIND: w1: it cosigned \d+ leaves, and the log ends at \d+; w2: /);
  });

  it('begins where the mark and the witnesses agree, or remember nothing', async () => {
    await expect(onRestored().stand()).resolves.toBeUndefined();
    await grow();
    await askAll();
    await expect(gateway.walk.stand()).resolves.toBeUndefined();
  });

  it('is noticed when it grew past the mark with another history', async () => {
    await grow();
    await askAll();
    const kept = mark.note;
    // beside the mark nothing would be written
    mark.note = null;
    const other = createTestGateway(8, { mark });
    await enrol(other, Object.values(createCast(78)));
    mark.note = kept;
    const { mark: _mark, ...unmarked } = other.deps;
    await openWalk(other.world, other.operator, other.keys, other.store, unmarked).walk.publishCheckpoint();
    await expect(other.walk.stand()).rejects.toThrow(/the log is another one at \d+ leaves/);
    // and what was shown stays known
    expect(mark.note).toBe(kept);
  });

  it('is held against the newest that was ever shown, though fewer witnesses sign now', async () => {
    await grow();
    await askAll();
    for (const name of ['w2', 'w3']) town.lies.set(name, () => ({ kind: 'silent', why: 'asleep' }));
    await grow();
    const { note } = (await gateway.store.latestCheckpoint())!;
    mark.note = note;
    await askAll();
    expect(mark.note).toBe(note);
  });

  it('takes nothing more while it runs, and publishes nothing', async () => {
    await grow();
    await askAll();
    mark.note = mark.note!.replace(/\n\d+\n/, '\n9999\n');
    await expect(gateway.walk.publishCheckpoint()).rejects.toThrow(/LOG_BEHIND/);
    await expect(grow()).rejects.toThrow(/LOG_BEHIND/);
    expect(gateway.walk.behind).toMatch(/9999 were shown before/);
  });

  it('stays so where the mark cannot be read', async () => {
    mark.note = 'rubbish';
    await expect(gateway.walk.stand()).rejects.toThrow(
      /the mark beside the database is not readable .*; put your copy of cosigned.note there/,
    );
    // nobody is told to begin a new log for it
    await expect(gateway.walk.stand()).rejects.not.toThrow(/this log is over/);
    mark.note = 'another.log/x\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n— x AAAAAAA=\n';
    await expect(gateway.walk.stand()).rejects.toThrow(/of the log another.log/);
  });

  it('is not so because one witness of many says it', async () => {
    await grow();
    town.lies.set('w1', () => ({ kind: 'conflict', size: 10_000 }));
    expect((await askAll()).map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
    expect(gateway.walk.behind).toBeNull();
    town.lies.set('w2', () => ({ kind: 'inconsistent' }));
    await grow();
    await askAll();
    expect(gateway.walk.behind).toMatch(/^w1: it cosigned 10000 leaves.*w2: it cosigned another history/);
    town.lies.clear();
    await askAll();
    expect(gateway.walk.behind).toBeNull();
  });

  it('is so because one says it without whom there is no quorum', async () => {
    town = openWitnessTown(keys, createWorldClock(WORLD_START), 3);
    gateway = createTestGateway(7, { witnessing: { policy: town.policy, witnesses: town.witnesses }, mark });
    await grow();
    town.lies.set('w1', () => ({ kind: 'inconsistent' }));
    await askAll();
    expect(gateway.walk.behind).toMatch(/^w1: it cosigned another history/);
    // nobody ends a log over what a witness says and has not signed
    await expect(grow()).rejects.toThrow(
      /^LOG_BEHIND: w1: it cosigned another history of this log; ask those who say so first.*second copy of this log/,
    );
  });

  it('is not so because another process of the gateway was faster', async () => {
    await grow();
    town.lies.set('w1', async () => {
      town.lies.delete('w1');
      return { kind: 'conflict', size: await grow() };
    });
    await gateway.walk.askWitness('w1');
    expect(gateway.walk.behind).toBeNull();
  });
});
