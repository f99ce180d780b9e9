/** A gateway that lies in what only it knows: whose root is whose, how many labels there are, what became of a statement. */
import { beforeAll, describe, expect, it } from 'vitest';
import { type EnvelopeDraft, type Opened, type ReadingRequest } from '../../../client/sdk/index.js';
import { systemClock as clock } from '../../../client/cli/clock-system.js';
import type { Digest } from '../../../domain/ids.js';
import { DAY_MS, plusMs } from '../../../domain/time.js';
import { openTown, type Member } from './live-gateway.js';
import { disclosedForm, disclosureTo } from './notes.js';

type Json = Record<string, unknown>;
let lie: { readonly path: string; readonly change: (answer: Json) => unknown } | null = null;
let given: { readonly opened: Opened; readonly release: Digest };

const lying =
  (real: typeof fetch): typeof fetch =>
  async (input, init) => {
    const response = await real(input, init);
    if (lie === null || !String(input).endsWith(lie.path)) return response;
    const answer = (await response.json()) as Json;
    return new Response(JSON.stringify(lie.change(answer) ?? answer), {
      status: response.ok ? response.status : 202,
      headers: { 'Content-Type': 'application/json' },
    });
  };

const telling = async <T>(path: string, change: (answer: Json) => unknown, act: () => Promise<T>): Promise<string> => {
  lie = { path, change };
  try {
    await act();
    return 'BELIEVED';
  } catch (error) {
    return (error as { code: string }).code;
  } finally {
    lie = null;
  }
};

const spontaneous = (from: Member, to: Member): EnvelopeDraft => disclosureTo(to.client, [disclosedForm(from.client)]);

const reading = (item: Digest, via: Digest): ReadingRequest => ({ item, via, purpose: 'INTELLIGENCE', justification: 'CASE_WORK' });

const { sender, reader, third } = await openTown(
  { sender: ['CH-FIN', 'FIU'], reader: ['EE-FIN', 'FIU'], third: ['EE-POL', 'LAW_ENFORCEMENT'] },
  lying,
);

beforeAll(async () => {
  const sent = await sender.client.send(spontaneous(sender, reader));
  const opened = await reader.client.open(reading(sent.items[0]!.statement.digest, sent.digest));
  const [item, until] = [opened.item, plusMs(clock.now(), 30 * DAY_MS)];
  await sender.client.addCaveat(item.digest, item.payload.label);
  const again = await reader.client.open(reading(item.digest, sent.digest));
  const recipient = { authority: third.client.authority, authorityType: 'LAW_ENFORCEMENT' } as const;
  const { consent } = await sender.client.grantConsent({
    items: [item.digest],
    recipient,
    purposes: ['INTELLIGENCE'],
    until,
    holder: reader.client.authority,
  });
  const { release } = await reader.client.release(again, {
    to: recipient.authority,
    toType: recipient.authorityType,
    purpose: 'INTELLIGENCE',
    legalBasis: 'DOMESTIC_LAW:1',
    until,
    basis: { consents: [consent] },
  });
  given = { opened: again, release };
});

describe('a client before a gateway that lies', () => {
  const readByThird = () => third.client.open(reading(given.opened.item.digest, given.release));
  const readByReader = () => reader.client.open(reading(given.opened.item.digest, given.opened.via));

  it('is shown fewer labels than the releasing holder saw, and shows nothing', async () => {
    expect(await telling('/v1/access', (answer) => void (answer.labels = []), readByThird)).toBe('LABEL');
  });

  it('is shown fewer labels than it saw itself, and shows nothing', async () => {
    expect(await telling('/v1/access', (answer) => void (answer.labels = []), readByReader)).toBe('LABEL');
  });

  it('is shown one label many times, and counts it once', async () => {
    const twice = (answer: Json): void => void (answer.labels = [...(answer.labels as string[]), ...(answer.labels as string[])]);
    expect(await telling('/v1/access', twice, readByThird)).toBe('LABEL');
  });

  it('believes no consent of an originator whose root was never compared, nor a holder’s release', async () => {
    for (const unknown of [sender, reader]) {
      const { store } = third;
      const kept = new Map<string, Uint8Array>();
      for (const name of await store.names(`roots/${unknown.client.authority}_`)) kept.set(name, (await store.read(name))!);
      expect(kept.size).toBeGreaterThan(0);
      for (const name of kept.keys()) await store.remove(name);
      await third.client.directory(true);
      await expect(readByThird()).rejects.toMatchObject({ code: 'ROOT_NOT_COMPARED' });
      for (const [name, bytes] of kept) await store.write(name, bytes);
      await third.client.directory(true);
    }
    expect((await readByThird()).content.role).toBe('FORM');
  });

  it('does not take the receipt of a refusal for an acceptance', async () => {
    const smooth = (answer: Json): Json => ({ receipt: answer.receipt });
    const draft = { ...spontaneous(reader, sender), legalBasis: [] };
    expect(await telling('/v1/statements', smooth, () => reader.client.send(draft))).toBe('RECEIPT_INVALID');
  });

  it('keeps nothing of what was refused, as if it had been accepted', async () => {
    const smooth = (answer: Json): Json => ({ receipt: answer.receipt });
    const { store } = reader;
    const kept = () => Promise.all(['proofs/', 'done/', 'outbox/'].map((kind) => store.names(kind)));
    const before = await kept();
    const draft = { ...spontaneous(reader, sender), legalBasis: [] };
    expect(await telling('/v1/statements', smooth, () => reader.client.send(draft))).toBe('RECEIPT_INVALID');
    expect(await kept()).toEqual(before);
  });
});
