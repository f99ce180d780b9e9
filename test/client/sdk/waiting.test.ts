/** Which acts are the same: one that waits in the outbox, or was taken in, is not done a second time unnoticed. */
import { describe, expect, it } from 'vitest';
import type { ClientContext } from '../../../client/sdk/context.js';
import { ParleyError } from '../../../client/sdk/error.js';
import { createMemoryKeyStore, type KeyStore } from '../../../client/sdk/key-store.js';
import { readStatement } from '../../../client/sdk/statements.js';
import { keepInOutbox } from '../../../client/sdk/submit.js';
import { forgetDone, keepDone, OUTBOX, refuseDone, refuseWhileWaiting } from '../../../client/sdk/waiting.js';
import { createSigningKey } from '../../../crypto/signing-key.js';
import { signStatement } from '../../../crypto/statement.js';
import { certain } from '../../../domain/result.js';
import type { Statement, StatementType } from '../../../domain/statement.js';
import { formatInstant, plusMs, type Instant } from '../../../domain/time.js';
import { FIA, FIX, LATER, NOW } from '../../support/facts.js';
import { digest, uuid } from '../../support/ids.js';
import { sampleOf } from '../../support/wire.js';
import { createChance } from '../../support/world.js';

const key = createSigningKey(createChance(1));
const made = async (typ: StatementType, over: object = {}): Promise<Statement> =>
  certain(readStatement(await signStatement(typ, { ...sampleOf(typ), ...over }, key)));

const codeOf = (error: unknown): string => {
  if (error instanceof ParleyError) return error.code;
  throw error;
};

const wait = (store: KeyStore, { digest, compact }: Statement) =>
  store.write(`${OUTBOX}${digest}`, new TextEncoder().encode(JSON.stringify({ statement: compact })));

/** How the second fares while the first one has no answer. */
async function whileWaiting(first: Statement, second: Statement): Promise<unknown> {
  const store = createMemoryKeyStore();
  await wait(store, first);
  return refuseWhileWaiting(store, second).catch(codeOf);
}

/** A key store that did the first, and how the second fares there. */
function doneStore() {
  const store = createMemoryKeyStore();
  const at = (now: Instant) => ({ store, clock: { now: () => now } }) as unknown as ClientContext;
  const again = (second: Statement, now = NOW) => refuseDone(at(now), second).catch(codeOf);
  return { store, again };
}

const ANEW = { id: uuid(9), at: formatInstant(plusMs(NOW, 1)) };
const label = (caveats: readonly object[]) => ({ ...(sampleOf('parley-release+json') as { label: object }).label, caveats });
const added = (until: string) => label([{ code: 'CONFIDENTIAL_UNTIL', by: FIA, until }]);

describe('while one has no answer', () => {
  it('the same message of the same exchange is not sent anew, whatever it says', async () => {
    const first = await made('parley-envelope+json');
    expect(await whileWaiting(first, first)).toBeUndefined();
    const anew = { id: uuid(9), sentAt: ANEW.at };
    expect(await whileWaiting(first, await made('parley-envelope+json', anew))).toBe('WAITING');
    expect(await whileWaiting(first, await made('parley-envelope+json', { ...anew, exchange: uuid(8) }))).toBeUndefined();
    expect(await whileWaiting(first, await made('parley-consent+json'))).toBeUndefined();
  });

  it('a grant of the same is not made anew, for whatever time; one of something else is', async () => {
    const first = await made('parley-consent+json');
    expect(await whileWaiting(first, await made('parley-consent+json', ANEW))).toBe('WAITING');
    const until = formatInstant(plusMs(LATER, 1));
    expect(await whileWaiting(first, await made('parley-consent+json', { ...ANEW, until }))).toBe('WAITING');
    expect(await whileWaiting(first, await made('parley-consent+json', { ...ANEW, items: [digest('other')] }))).toBeUndefined();
  });

  it('a release of the same is told by what its holder adds: the rest of its label came with the item', async () => {
    const first = await made('parley-release+json');
    const of = async (over: object) => whileWaiting(first, await made('parley-release+json', { ...ANEW, ...over }));
    expect(await of({ labelEpoch: 7, label: label([{ code: 'NO_EXPORT', by: FIX }]) })).toBe('WAITING');
    expect(await of({ label: label([{ code: 'NO_EXPORT', by: FIA }]) })).toBeUndefined();
    expect(await of({ item: digest('other') })).toBeUndefined();
    const dated = await made('parley-release+json', { label: added('2027-01-01T00:00:00Z') });
    const later = await made('parley-release+json', { ...ANEW, label: added('2027-01-02T00:00:00Z') });
    expect(await whileWaiting(dated, later)).toBe('WAITING');
  });

  it('a root names no second one; the same one, and what another root says, waits for nothing', async () => {
    const named = (kid: string) => ({ kid: digest(kid), publicKey: 'AA' });
    const word = (old: string, root: string) => made('parley-root+json', { ...ANEW, old: named(old), root: named(root) });
    const first = await word('old', 'one');
    expect(await whileWaiting(first, await word('old', 'two'))).toBe('WAITING');
    expect(await whileWaiting(first, await made('parley-root+json', { old: named('old'), root: named('one') }))).toBeUndefined();
    expect(await whileWaiting(first, await word('other', 'two'))).toBeUndefined();
    expect(await whileWaiting(await made('parley-consent+json'), first)).toBeUndefined();
    // numbered by its root
    expect(await whileWaiting(await made('parley-entry+json'), await made('parley-entry+json', ANEW))).toBeUndefined();
  });

  it('the same is never put beside it: whoever dies the moment after would leave two', async () => {
    const [first, second] = [await made('parley-consent+json'), await made('parley-consent+json', ANEW)];
    const store = createMemoryKeyStore();
    await wait(store, first);
    const dying = { store: { ...store, remove: () => Promise.reject(new Error('died')) } } as unknown as ClientContext;
    await expect(keepInOutbox(dying, second, { statement: second.compact })).rejects.toMatchObject({ code: 'WAITING' });
    expect(await store.names(OUTBOX)).toEqual([`${OUTBOX}${first.digest}`]);
  });

  it('what is not readable keeps nothing back', async () => {
    const store = createMemoryKeyStore();
    for (const [n, text] of ['{', 'null', '{}', '{"statement":7}', '{"statement":"a.b.c"}'].entries())
      await store.write(`${OUTBOX}${digest(`n${n}`)}`, new TextEncoder().encode(text));
    await expect(refuseWhileWaiting(store, await made('parley-consent+json'))).resolves.toBeUndefined();
  });
});

describe('what was taken in', () => {
  it('is not granted a second time until it ends, and is once it was revoked', async () => {
    const { store, again } = doneStore();
    const [first, second] = [await made('parley-consent+json'), await made('parley-consent+json', ANEW)];
    expect(await again(second)).toBeUndefined();
    await keepDone(store, first);
    expect(await again(second)).toBe('DONE_BEFORE');
    expect(await again(second, LATER)).toBeUndefined();
    expect(await again(await made('parley-consent+json', { ...ANEW, items: [digest('other')] }))).toBeUndefined();
    // another one of the same was done since: to end the first ends nothing of it
    await forgetDone(store, second);
    expect(await again(second)).toBe('DONE_BEFORE');
    await forgetDone(store, first);
    expect(await again(second)).toBeUndefined();
  });

  it('is not taken back a second time ever, and tightened as often as it pleases', async () => {
    const { store, again } = doneStore();
    const { label: _, ...rest } = sampleOf('parley-label+json') as { label?: object };
    const retraction = await made('parley-label+json', { ...rest, change: 'RETRACT' });
    for (const one of [await made('parley-label+json'), retraction]) await keepDone(store, one);
    expect(await again(await made('parley-label+json', ANEW))).toBeUndefined();
    expect(await again(retraction, plusMs(LATER, 1))).toBe('DONE_BEFORE');
  });

  it('is released once, and sealed again for other keys as often as they turn', async () => {
    const { store, again } = doneStore();
    const [first, second] = [await made('parley-release+json'), await made('parley-release+json', ANEW)];
    await keepDone(store, first);
    expect(await again(second)).toBe('DONE_BEFORE');
    const basis = { reseal: true };
    const resealed = await made('parley-release+json', { basis });
    await keepDone(store, resealed);
    expect(await again(await made('parley-release+json', { ...ANEW, basis }))).toBeUndefined();
  });
});
