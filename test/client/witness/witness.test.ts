import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHttpsWitnesses } from '../../../adapters/witness-https/witnesses.js';
import { systemChance } from '../../../client/cli/clock-system.js';
import { beginWitness, createWitnessKey, readLogsFile, readWitnessKey } from '../../../client/witness/files.js';
import { createWitnessMemory, openWitnessMemory, type WitnessMemory } from '../../../client/witness/memory.js';
import { serveWitness, type RunningWitness } from '../../../client/witness/server.js';
import { createWitness, REQUEST_BYTES_MAX } from '../../../client/witness/witness.js';
import { cosignatureIn, formatAddCheckpoint } from '../../../crypto/add-checkpoint.js';
import { formatVerifierKey } from '../../../crypto/note-key.js';
import { CONVICTS_NOBODY } from '../../support/witness-town.js';
import { leaves, logSigner, NOW, noteOf, ORIGIN, witnessSigner } from '../sdk/log-faces.js';

const signer = witnessSigner(1);
const logs = new Map([[ORIGIN, [logSigner.key]]]);
const deps = { signer, logs, clock: { now: () => NOW }, ...CONVICTS_NOBODY };
const ask = (oldSize: number, size: number, history?: string): string =>
  formatAddCheckpoint({ oldSize, proof: [], note: noteOf(leaves(size, history)) });
const notesIn = async (state: string): Promise<string[]> => (await readdir(state)).filter((name) => name.endsWith('.note'));
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-witness-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('a witness', () => {
  it('remembers durably before its signature leaves, and not at all where it cannot', async () => {
    const order: string[] = [];
    const memory: WitnessMemory = {
      last: () => Promise.resolve({ checkpoint: null, note: null, turn: 0 }),
      remember: () =>
        order.length === 0 ? (order.push('failed'), Promise.reject(new Error('disk full'))) : Promise.resolve(order.push('kept') > 0),
    };
    const watched = { key: signer.key, sign: (message: Uint8Array) => (order.push('signed'), signer.sign(message)) };
    const witness = createWitness({ ...deps, signer: watched, memory });
    await expect(witness.addCheckpoint(ask(0, 5))).rejects.toThrow('disk full');
    expect((await witness.addCheckpoint(ask(0, 5))).status).toBe(200);
    expect(order).toEqual(['failed', 'kept', 'signed']);
  });

  it('signs one of two histories that are shown at once, and after a restart still that one', async () => {
    const state = join(folder, 'race');
    await createWitnessMemory(state);
    const witness = createWitness({ ...deps, memory: await openWitnessMemory(state) });
    const answers = await Promise.all([witness.addCheckpoint(ask(0, 5)), witness.addCheckpoint(ask(0, 5, 'b'))]);
    expect(answers.map(({ status, body }) => [status, status === 409 ? body : ''])).toEqual([
      [200, ''],
      [409, '5\n'],
    ]);
    const again = createWitness({ ...deps, memory: await openWitnessMemory(state) });
    expect((await again.addCheckpoint(ask(5, 5, 'b'))).status).toBe(409);
    expect((await again.addCheckpoint(ask(5, 5))).status).toBe(200);
    expect(await notesIn(state)).toHaveLength(1);
  });

  it('lets no stranger’s request wait before a log’s own, nor look at what it remembers', async () => {
    let looked = 0;
    const memory: WitnessMemory = {
      last: () => Promise.resolve({ checkpoint: null, note: null, turn: (looked += 1) - looked }),
      remember: () => Promise.resolve(true),
    };
    const witness = createWitness({ ...deps, memory });
    const unsigned = ask(0, 5).replace(/(— \S+ )\S+/, `$1${Buffer.alloc(68).toString('base64')}`);
    const answers = await Promise.all([unsigned, 'junk', ask(6, 5)].map((request) => witness.addCheckpoint(request)));
    expect(answers.map(({ status }) => status)).toEqual([403, 400, 400]);
    expect(looked).toBe(0);
    expect((await witness.addCheckpoint(ask(0, 5))).status).toBe(200);
  });

  it('contradicts itself not even where two processes under its key share its folder', async () => {
    for (let round = 0; round < 20; round += 1) {
      const state = join(folder, `twice${round}`);
      await createWitnessMemory(state);
      const each = async () => createWitness({ ...deps, memory: await openWitnessMemory(state) });
      const [one, other] = [await each(), await each()];
      const first = await Promise.all([one.addCheckpoint(ask(0, 5)), other.addCheckpoint(ask(0, 6, 'b'))]);
      const signed = first.filter(({ status }) => status === 200);
      expect(signed).toHaveLength(1);
      // whichever it was, both hold to it, and remember one note
      const [size, history] = first[0] === signed[0] ? ([5, undefined] as const) : ([6, 'b'] as const);
      for (const witness of [one, other]) expect((await witness.addCheckpoint(ask(size, size, history))).status).toBe(200);
      expect(await notesIn(state)).toHaveLength(1);
    }
  });

  it('goes on from the file of a time when it kept one without a number', async () => {
    const state = join(folder, 'before');
    await createWitnessMemory(state);
    const first = createWitness({ ...deps, memory: await openWitnessMemory(state) });
    expect((await first.addCheckpoint(ask(0, 5))).status).toBe(200);
    const [name] = await notesIn(state);
    await rename(join(state, name!), join(state, name!.replace(/\.1\.note$/, '.note')));
    const again = createWitness({ ...deps, memory: await openWitnessMemory(state) });
    expect((await again.addCheckpoint(ask(0, 5, 'b'))).status).toBe(409);
    expect((await again.addCheckpoint(ask(5, 5))).status).toBe(200);
  });

  it('has a key only where it has a folder too, and a folder is never begun anew for a key that is there', async () => {
    const [key, state] = [join(folder, 'begun.key'), join(folder, 'begun')];
    await writeFile(join(folder, 'file'), '');
    await expect(beginWitness({ key, state: join(folder, 'file', 'state') }, 'witness.test/w7', systemChance)).rejects.toThrow();
    await beginWitness({ key, state }, 'witness.test/w7', systemChance);
    expect((await readWitnessKey(key)).key.name).toBe('witness.test/w7');
    await rm(state, { recursive: true });
    await expect(beginWitness({ key, state }, 'witness.test/w7', systemChance)).rejects.toMatchObject({ code: 'WITNESS_KEY_EXISTS' });
    await expect(openWitnessMemory(state)).rejects.toMatchObject({ code: 'WITNESS_STATE_DAMAGED' });
  });

  it('does not sign once its folder is lost, nor where another stands in its place', async () => {
    const state = join(folder, 'lost');
    await expect(openWitnessMemory(state)).rejects.toMatchObject({ code: 'WITNESS_STATE_DAMAGED' });
    await createWitnessMemory(state);
    const witness = createWitness({ ...deps, memory: await openWitnessMemory(state) });
    expect((await witness.addCheckpoint(ask(0, 5))).status).toBe(200);
    await rm(state, { recursive: true });
    await expect(witness.addCheckpoint(ask(0, 5, 'b'))).rejects.toMatchObject({ code: 'WITNESS_STATE_DAMAGED' });
    await mkdir(state);
    await expect(openWitnessMemory(state)).rejects.toMatchObject({ code: 'WITNESS_STATE_DAMAGED' });
  });

  it('does not sign once it has forgotten', async () => {
    const state = join(folder, 'damaged');
    await createWitnessMemory(state);
    const witness = createWitness({ ...deps, memory: await openWitnessMemory(state) });
    await witness.addCheckpoint(ask(0, 5));
    await writeFile(join(state, (await notesIn(state))[0]!), 'rubbish');
    await expect(witness.addCheckpoint(ask(0, 5))).rejects.toThrow(/WITNESS_STATE_DAMAGED/);
  });
});

describe('a witness on a socket', () => {
  let running: RunningWitness;
  const failures: unknown[] = [];
  let broken = false;
  beforeAll(async () => {
    await createWitnessMemory(join(folder, 'served'));
    const kept = await openWitnessMemory(join(folder, 'served'));
    const memory: WitnessMemory = {
      ...kept,
      last: (origin) => (broken ? Promise.reject(new Error('disk gone')) : kept.last(origin)),
    };
    running = await serveWitness(createWitness({ ...deps, memory }), { host: '127.0.0.1', port: 0 }, (error) => failures.push(error));
  });
  afterAll(() => running.close());
  const post = (body: BodyInit) => fetch(`${running.url}/add-checkpoint`, { method: 'POST', body });

  it('answers the gateway’s own adapter: a signature, a size, a contradiction', async () => {
    const witnesses = createHttpsWitnesses(fetch);
    const signed = await witnesses.addCheckpoint(running.url, ask(0, 5));
    expect(signed.kind === 'cosigned' && cosignatureIn(signed.lines, noteOf(leaves(5)), signer.key).ok).toBe(true);
    expect(await witnesses.addCheckpoint(running.url, ask(0, 9))).toEqual({ kind: 'conflict', size: 5 });
    expect(await witnesses.addCheckpoint(running.url, ask(5, 9))).toEqual({ kind: 'inconsistent' });
    expect(await witnesses.addCheckpoint(running.url, 'rubbish')).toEqual({ kind: 'silent', why: 'status 400' });
    const size = await post(ask(0, 9));
    expect([size.status, size.headers.get('content-type'), await size.text()]).toEqual([409, 'text/x.tlog.size', '5\n']);
  });

  it('has one route and one method, and a longest request', async () => {
    expect((await fetch(`${running.url}/`)).status).toBe(404);
    expect((await fetch(`${running.url}/add-checkpoint`)).status).toBe(405);
    expect((await post(Uint8Array.of(0xff))).status).toBe(400);
    expect((await post(new Uint8Array(REQUEST_BYTES_MAX + 1)).catch(() => ({ status: 400 }))).status).toBe(400);
  });

  it('says nothing of what went wrong inside, and signs nothing', async () => {
    broken = true;
    const answer = await post(ask(5, 5));
    broken = false;
    expect([answer.status, await answer.text(), failures.length]).toEqual([500, '', 1]);
  });
});

describe('a witness’s files', () => {
  it('hold one key for ever', async () => {
    const path = join(folder, 'key.json');
    const made = await createWitnessKey(path, 'witness.test/w9', systemChance);
    expect((await readWitnessKey(path)).key).toEqual(made.key);
    await expect(createWitnessKey(path, 'witness.test/w9', systemChance)).rejects.toThrow(/WITNESS_KEY_EXISTS/);
    await expect(createWitnessKey(join(folder, 'other.json'), 'two words', systemChance)).rejects.toThrow(/Not the name of a witness/);
    expect((await readFile(path, 'utf8')).includes(Buffer.from(made.key.publicKey).toString('base64url'))).toBe(false);
    await expect(readWitnessKey(join(folder, 'absent.json'))).rejects.toThrow(/FILE_UNREADABLE/);
    for (const text of ['rubbish', '{"name":"w","seed":"AA"}', '{"seed":"AA"}', 'null']) {
      await writeFile(join(folder, 'wrong.json'), text);
      await expect(readWitnessKey(join(folder, 'wrong.json'))).rejects.toThrow(/is not a witness’s key/);
    }
  });

  it('list the logs that it watches, and tell every problem at once', async () => {
    const path = join(folder, 'logs');
    await writeFile(path, `# ours\n\n${formatVerifierKey(logSigner.key)}\n`);
    expect(await readLogsFile(path)).toEqual(logs);
    await writeFile(path, `rubbish\n${formatVerifierKey(signer.key)}\n`);
    await expect(readLogsFile(path)).rejects.toThrow(/line 1: not a verifier key.*line 2: not the key of a log/);
    await writeFile(path, '# none\n');
    await expect(readLogsFile(path)).rejects.toThrow(/names no log/);
  });
});
