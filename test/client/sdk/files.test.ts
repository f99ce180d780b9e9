import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { systemChance as chance, systemClock as clock } from '../../../client/cli/clock-system.js';
import { defaultLabel, ParleyClient, type EnvelopeDraft, type FileSource, type Stage } from '../../../client/sdk/index.js';
import { openTown } from './live-gateway.js';
import { disclosedForm, disclosureTo } from './notes.js';

const MIB = 1024 * 1024;
const SIZE = 20 * MIB + 12_345;
/** parts that left, by number; the wire is cut after so many */
let puts: number[] = [];
let cutAfter = Number.POSITIVE_INFINITY;

const cuttable =
  (real: typeof fetch): typeof fetch =>
  async (input, init) => {
    if (init?.method !== 'PUT') return real(input, init);
    if (puts.length >= cutAfter) throw new TypeError('the wire was cut');
    puts.push(Number(String(input).split('/').at(-1)));
    return real(input, init);
  };

const { gateway, sender, reader } = await openTown({ sender: ['CH-FIN', 'FIU'], reader: ['EE-FIN', 'FIU'] }, cuttable);

/** The same bytes each time it is read, unless `salt` differs. */
function file(salt: number): FileSource {
  return {
    sizeBytes: SIZE,
    async *open() {
      for (let at = 0; at < SIZE; at += MIB) yield new Uint8Array(Math.min(MIB, SIZE - at)).fill((at / MIB + salt) & 0xff);
    },
  };
}

async function hashOf(source: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256');
  for await (const bytes of source) hash.update(bytes);
  return hash.digest('hex');
}

const spontaneous = (content: FileSource): EnvelopeDraft =>
  disclosureTo(reader.client, [
    disclosedForm(sender.client),
    {
      content: { role: 'FILE', file: content, name: 'list.bin', mediaType: 'application/octet-stream', resume: 'list' },
      label: defaultLabel('SPONTANEOUS', sender.client.authority),
    },
  ]);

function hashingStage(): Stage & { result(): string | null } {
  const hash = createHash('sha256');
  let kept: string | null = null;
  return {
    write: async (bytes) => void hash.update(bytes),
    keep: async () => void (kept = hash.digest('hex')),
    discard: async () => undefined,
    result: () => kept,
  };
}

describe('a file of several parts', () => {
  it('goes in by parts and comes out the same, its name sealed in the form', async () => {
    puts = [];
    const sent = await sender.client.send(spontaneous(file(0)));
    expect(puts).toEqual([0, 1, 2]);
    const [form, body] = sent.items.map(({ statement }) => statement.digest);
    const opened = await reader.client.open({ item: form!, via: sent.digest, purpose: 'INTELLIGENCE', justification: 'CASE_WORK' });
    expect(opened.content.role === 'FORM' && opened.content.fields.get('attachments')).toMatchObject([{ name: 'list.bin' }]);
    const stage = hashingStage();
    const seen: number[] = [];
    await reader.client.open({ item: body!, via: sent.digest, purpose: 'INTELLIGENCE', justification: 'CASE_WORK' }, stage, (done) =>
      seen.push(done),
    );
    expect(stage.result()).toBe(await hashOf(file(0).open()));
    expect(seen.length).toBe(3);
  });

  it('resumes after a cut with the parts that are missing', async () => {
    [puts, cutAfter] = [[], 2];
    await expect(sender.client.send(spontaneous(file(1)))).rejects.toMatchObject({ code: 'GATEWAY_UNREACHABLE' });
    cutAfter = Number.POSITIVE_INFINITY;
    const sent = await sender.client.send(spontaneous(file(1)));
    expect(puts).toEqual([0, 1, 2]);
    const stage = hashingStage();
    await reader.client.open(
      { item: sent.items[1]!.statement.digest, via: sent.digest, purpose: 'INTELLIGENCE', justification: 'CASE_WORK' },
      stage,
    );
    expect(stage.result()).toBe(await hashOf(file(1).open()));
  });

  it('starts anew under another key where the file changed in between', async () => {
    [puts, cutAfter] = [[], 2];
    await expect(sender.client.send(spontaneous(file(2)))).rejects.toMatchObject({ code: 'GATEWAY_UNREACHABLE' });
    cutAfter = Number.POSITIVE_INFINITY;
    await sender.client.send(spontaneous(file(3)));
    expect(puts).toEqual([0, 1, 0, 1, 2]);
  });

  it.each([
    ['ends first', false],
    ['is cut before it ends', true],
  ])('is sealed once, where another program sends it at once after it changed, and %s', async (_what, isCut) => {
    [puts, cutAfter] = [[], Number.POSITIVE_INFINITY];
    const sealed = new Map<string, Set<string>>();
    const noted: typeof fetch = async (input, init) => {
      const hash = createHash('sha256').update(init?.method === 'PUT' ? (init.body as Uint8Array) : '');
      if (init?.method === 'PUT') sealed.set(String(input), (sealed.get(String(input)) ?? new Set()).add(hash.digest('hex')));
      return fetch(input, init);
    };
    const cut: typeof fetch = (input, init) =>
      isCut && String(input).endsWith('/v1/statements') ? Promise.reject(new TypeError('cut')) : noted(input, init);
    let second: Promise<unknown> | null = null;
    // the second one begins, and ends, while the first one's first part is under way
    const slow: typeof fetch = async (input, init) => {
      if (init?.method === 'PUT')
        await (second ??= program(cut)
          .then((client) => client.send(spontaneous(changed(file(5)))))
          .catch(() => null));
      return noted(input, init);
    };
    const program = (over: typeof fetch) =>
      ParleyClient.connect({ origin: gateway.origin, fetch: over, clock, chance, triesMax: 2, store: sender.store });
    const first = await (await program(slow)).send(spontaneous(file(5))).catch((error: unknown) => error);
    // one key and nonce seal one plaintext
    expect([...sealed.values()].map(({ size }) => size)).toEqual([...sealed.keys()].map(() => 1));
    expect(first).toMatchObject({ code: 'FILE_CHANGED' });
    const sent = await (await program(noted)).send(spontaneous(file(5)));
    const stage = hashingStage();
    await reader.client.open(
      { item: sent.items[1]!.statement.digest, via: sent.digest, purpose: 'INTELLIGENCE', justification: 'CASE_WORK' },
      stage,
    );
    expect(stage.result()).toBe(await hashOf(file(5).open()));
    expect((await sender.store.names('parts/')).concat(await sender.store.names('uploads/'))).toEqual([]);
  });
});

/** As it was, but for its last bytes. */
const changed = (source: FileSource): FileSource => ({
  ...source,
  async *open() {
    let at = 0;
    for await (const bytes of source.open()) {
      at += bytes.length;
      yield at === SIZE ? bytes.map((byte) => byte ^ 0xff) : bytes;
    }
  },
});
