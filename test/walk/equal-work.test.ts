/** A no takes as many questions to the store for an item that somebody else has as for a digest without an item: time tells nothing. */
import { describe, expect, it } from 'vitest';
import { certain } from '../../domain/result.js';
import { parseDigest, type Digest } from '../../domain/ids.js';
import type { Store } from '../../domain/ports.js';
import { answered, codesOf } from '../support/answered.js';
import { createActor, uuidFrom, type Actor, type Signed } from '../support/actors.js';
import {
  labelOf,
  makeAccess,
  makeConsent,
  makeDeletion,
  makeEnvelope,
  makeItem,
  makeLabel,
  makeRelease,
  makeRevocation,
  type Desk,
  type Item,
} from '../support/letters.js';
import { makeApproval } from '../support/notices.js';
import { enrol } from '../support/test-gateway.js';
import { createChance, createWorld } from '../support/world.js';

const READS: ReadonlySet<string> = new Set(['statement', 'statementById', 'linked', 'titles', 'exchange', 'version']);

/** A store that counts what it is asked. */
function counted(store: Store) {
  const asked: string[] = [];
  const proxy = new Proxy(store, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name, target);
      if (typeof method !== 'function' || !READS.has(String(name))) return method;
      return (...args: unknown[]): unknown => {
        asked.push(String(name));
        return method.apply(target, args);
      };
    },
  });
  return { store: proxy, asked };
}

const absent: Digest = certain(parseDigest(`${'B'.repeat(42)}A`));

async function scene(seed: number) {
  const { store, asked } = counted(createWorld(seed).store);
  const there = await answered(seed, {}, { store });
  const { accept, fia, fix, request, say, desk } = there;
  const caveats = [fia, fix].map(({ id }) => ({ code: 'NO_THIRD_PARTY', by: id })).toSorted((a, b) => (a.by < b.by ? -1 : 1));
  const label = labelOf(fix, { caveats, originators: [fia.id, fix.id].toSorted() });
  let last: Item = request.item;
  for (let step = 0; step < 8; step += 1) {
    last = await makeItem(fix, [fia, fix], `extract ${step}`, desk(), { label, kind: 'EXTRACT', derivedFrom: [last.digest] });
    expect(codesOf(await accept(makeEnvelope({ ...say, message: 'INTERIM_REPLY', items: [last] }, desk()), fix))).toEqual(['ALLOW']);
  }
  const stranger = createActor('KY-FRA', 'FIU', createChance(seed));
  await enrol(there, [stranger]);
  const ask = async (make: (digest: Digest) => Promise<Signed> | Signed, digest: Digest) => {
    const signed = await make(digest);
    asked.length = 0;
    const codes = codesOf(await accept(signed, stranger));
    return { codes, asked: [...asked] };
  };
  return { ...there, stranger, last, ask };
}

interface Probing {
  readonly stranger: Actor;
  readonly fia: Actor;
  readonly last: Item;
}
type Probe = (scene: Probing, digest: Digest, desk: Desk) => Promise<Signed> | Signed;

const PROBES: Record<string, Probe> = {
  'a consent': ({ stranger, fia }, digest, desk) => makeConsent(stranger, fia, stranger, [digest], desk),
  'a certificate of deletion': ({ stranger }, digest, desk) => makeDeletion(stranger, digest, desk),
  'a release': ({ stranger, fia, last }, digest, desk) => makeRelease(stranger, fia, { ...last, digest }, [], desk),
  'a label': ({ stranger, last }, digest, desk) => makeLabel(stranger, { ...last, digest }, desk),
  'an item that is said to be made from it': async ({ stranger, fia }, digest, desk) => {
    const items = [await makeItem(stranger, [fia, stranger], 'made up', desk, { kind: 'EXTRACT', derivedFrom: [digest] })];
    return makeEnvelope({ from: stranger, to: fia, exchange: uuidFrom(desk.chance), message: 'SUBMIT', items }, desk);
  },
};

describe('of an item with many sources, a stranger', () => {
  it.each(Object.entries(PROBES))('makes no more work by %s than where there is none', async (_name, probe) => {
    const { ask, desk, ...there } = await scene(411);
    const make = (digest: Digest) => probe(there, digest, desk());
    const [hidden, none] = [await ask(make, there.last.digest), await ask(make, absent)];
    expect(hidden).toEqual(none);
  });
});

describe('of what others signed, which this process still has at hand, a stranger', () => {
  const NAMING: Record<string, Probe> = {
    'a reading by way of it': ({ stranger, last }, digest, desk) => makeAccess(stranger, last.digest, digest, desk),
    'its revocation': ({ stranger, fia }, digest, desk) => makeRevocation(stranger, fia, digest, desk),
    'an approval of it': ({ stranger }, digest, desk) => makeApproval(stranger, stranger.signing, digest, desk),
  };
  it.each(Object.entries(NAMING))('makes no more work by %s than where there is none', async (_name, probe) => {
    const { ask, desk, ...there } = await scene(414);
    const make = (digest: Digest) => probe(there, digest, desk());
    const [hidden, none] = [await ask(make, there.request.signed.digest), await ask(make, absent)];
    expect(hidden).toEqual(none);
    expect(hidden.codes).toEqual(['NOT_FOUND']);
  });
});

describe('sources', () => {
  it('are named once each', async () => {
    const { accept, fia, fix, found, say, desk } = await answered(412);
    const twice = await makeItem(fix, [fia, fix], 'twice', desk(), { kind: 'EXTRACT', derivedFrom: [found.digest, found.digest] });
    expect(codesOf(await accept(makeEnvelope({ ...say, message: 'INTERIM_REPLY', items: [twice] }, desk()), fix))).toEqual(['MALFORMED']);
  });

  it('that are too many are refused before any is looked up, absent or not', async () => {
    const { ask, stranger, fia, desk } = await scene(413);
    const digests = Array.from({ length: 9 * 32 }, (_, at): Digest => {
      const parsed = parseDigest(
        Buffer.from(Uint8Array.from({ length: 32 }, (_byte, i) => (i === 0 ? at >> 8 : at & 255))).toString('base64url'),
      );
      if (!parsed.ok) throw new Error(parsed.error);
      return parsed.value;
    });
    const { codes, asked } = await ask(async () => {
      const items = await Promise.all(
        Array.from({ length: 9 }, (_, at) =>
          makeItem(stranger, [fia, stranger], `${at}`, desk(), { kind: 'EXTRACT', derivedFrom: digests.slice(at * 32, at * 32 + 32) }),
        ),
      );
      return makeEnvelope({ from: stranger, to: fia, exchange: uuidFrom(desk().chance), message: 'SUBMIT', items }, desk());
    }, absent);
    expect(codes).toEqual(['LIMIT_REACHED']);
    expect(asked.filter((one) => one === 'linked').length).toBeLessThan(10);
  });
});
