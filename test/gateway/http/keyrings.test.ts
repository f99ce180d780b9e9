import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digestOfBytes } from '../../../crypto/digest.js';
import type { Store } from '../../../domain/ports.js';
import type { OfficerRole } from '../../../domain/vocabulary.js';
import { KEYRING_BYTES_MAX } from '../../../domain/wire/http-requests.js';
import { QUORUMS_MAX } from '../../../gateway/http/routes/bytes.js';
import { createMemoryStore } from '../../support/memory-store.js';
import { openGate, type Gate, type Session } from './gate.js';

let gate: Gate;
/** after each look for a keyring; another process's may come between that and the deed */
let looked = (): Promise<void> => Promise.resolve();
const memory = createMemoryStore();
const store: Store = {
  ...memory,
  async keyring(...asked) {
    const found = await memory.keyring(...asked);
    await looked();
    return found;
  },
};
const sessions = new Map<OfficerRole, Session>();

beforeAll(async () => {
  gate = await openGate({ store });
  for (const role of ['OFFICER', 'SUPERVISOR', 'COMPLIANCE'] as const)
    sessions.set(role, await gate.openSession(await gate.enrolMember(`AA-${role}`, ['CENTRAL_AUTHORITY_MLA'], [role])));
});
afterAll(() => gate.close());

const FIRST = new Uint8Array([1, 2]);
/** @param replaced what the request says is kept */
const put = async (name: string, role: OfficerRole, body: Uint8Array = FIRST, replaced: Uint8Array | null = null): Promise<unknown> => {
  const query = replaced === null ? '' : `?replaces=${digestOfBytes(replaced)}`;
  const answer = await gate.ask({ path: `/v1/keyrings/${name}${query}`, method: 'PUT', body, session: sessions.get(role) });
  return answer.status === 204 ? 204 : [answer.status, ((await answer.json()) as { code: string }).code];
};
const read = (name: string, role: OfficerRole): Promise<Response> =>
  gate.ask({ path: `/v1/keyrings/${name}`, session: sessions.get(role) });
const kept = async (role: OfficerRole) => new Uint8Array(await (await read('INTAKE.1', role)).arrayBuffer());

/** So many look before the first of them goes on. */
function atOnce(number: number): () => Promise<void> {
  let go = (): void => undefined;
  const allLooked = new Promise<void>((resolve) => (go = resolve));
  let looks = 0;
  return () => {
    looks += 1;
    if (looks === number) go();
    return allLooked;
  };
}

describe('a keyring', () => {
  it('is put by an officer of its desk, or by a SUPERVISOR, and by nobody else', async () => {
    expect(await put('INTAKE.1', 'OFFICER')).toBe(204);
    expect(await put('OTHER.1', 'OFFICER')).toEqual([403, 'ROLE_REQUIRED']);
    expect(await put('INTAKE.1', 'SUPERVISOR')).toBe(204);
    // listed at the desk by its entry, and still no handler of exchanges
    expect(await put('INTAKE.1', 'COMPLIANCE')).toEqual([403, 'ROLE_REQUIRED']);
  });

  it('is of a desk and a generation that an entry of its authority names', async () => {
    expect(await put('OTHER.1', 'SUPERVISOR')).toEqual([404, 'NOT_FOUND']);
    expect(await put('INTAKE.2', 'SUPERVISOR')).toEqual([404, 'NOT_FOUND']);
  });

  it('is read by any officer of the authority as it was put, and by no other authority', async () => {
    expect(await put('INTAKE.1', 'OFFICER', new Uint8Array([7, 8]), FIRST)).toBe(204);
    expect(await put('INTAKE.1', 'SUPERVISOR', new Uint8Array([9]), FIRST)).toBe(204);
    const answer = await read('INTAKE.1', 'OFFICER');
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'private, no-store']);
    expect([...new Uint8Array(await answer.arrayBuffer())]).toEqual([7, 8]);
    expect([...new Uint8Array(await (await read('INTAKE.1', 'SUPERVISOR')).arrayBuffer())]).toEqual([9]);
    expect((await read('INTAKE.1', 'COMPLIANCE')).status).toBe(404);
  });

  it('takes the place of the one that its request names: one that comes again, at another process, puts none back', async () => {
    const [first, second, third] = [1, 2, 3].map((n) => new Uint8Array([n, n])) as [Uint8Array, Uint8Array, Uint8Array];
    const told = [
      [first, await kept('OFFICER')],
      [second, first],
      [third, second],
    ] as const;
    for (const one of told) {
      expect(await put('INTAKE.1', 'OFFICER', ...one)).toBe(204);
      // an answer that was lost on the way is asked for again
      expect(await put('INTAKE.1', 'OFFICER', ...one)).toBe(204);
    }
    for (const earlier of told.slice(0, 2)) expect(await put('INTAKE.1', 'OFFICER', ...earlier)).toEqual([409, 'CONFLICT']);
    expect(await put('INTAKE.1', 'OFFICER', first)).toEqual([409, 'CONFLICT']);
    expect(await kept('OFFICER')).toEqual(third);
  });

  it('takes no place that another took meanwhile', async () => {
    const before = await kept('OFFICER');
    const two = [new Uint8Array([3]), new Uint8Array([4])];
    looked = atOnce(2);
    const answers = await Promise.all(two.map((bytes) => put('INTAKE.1', 'OFFICER', bytes, before)));
    const [there] = await kept('OFFICER');
    for (const [n, answer] of answers.entries()) expect(answer).toEqual(there === two[n]![0] ? 204 : [409, 'CONFLICT']);
    expect(answers).toContain(204);
  });

  it('of a quorum is put once: its shares are kept nowhere else', async () => {
    const name = `QUORUM.${'A'.repeat(43)}`;
    expect(await put(name, 'OFFICER')).toEqual([403, 'ROLE_REQUIRED']);
    expect(await put(name, 'SUPERVISOR')).toBe(204);
    for (const replaced of [null, FIRST]) expect(await put(name, 'SUPERVISOR', new Uint8Array([0]), replaced)).toEqual([409, 'CONFLICT']);
    // an answer that was lost on the way is asked for again
    expect(await put(name, 'SUPERVISOR')).toBe(204);
    expect([...new Uint8Array(await (await read(name, 'SUPERVISOR')).arrayBuffer())]).toEqual([1, 2]);
    expect(await put('QUORUM.1', 'SUPERVISOR')).toEqual([400, 'MALFORMED']);
  });

  it('of a quorum is put once also where two come at the same moment: whoever was answered that it is kept finds it kept', async () => {
    const name = `QUORUM.${'C'.repeat(42)}A`;
    const two = [new Uint8Array([3]), new Uint8Array([4])];
    looked = atOnce(2);
    const answers = await Promise.all(two.map((bytes) => put(name, 'SUPERVISOR', bytes)));
    const there = new Uint8Array(await (await read(name, 'SUPERVISOR')).arrayBuffer())[0];
    for (const [n, answer] of answers.entries()) expect(answer).toEqual(there === two[n]![0] ? 204 : [409, 'CONFLICT']);
  });

  it('of a quorum is one of so many: its names are named by nobody before', async () => {
    const nameOf = (n: number) => `QUORUM.${Buffer.from(new Uint8Array(32).fill(n)).toString('base64url')}`;
    for (let n = 1; (await gate.world.store.countKeyrings('AA-SUPERVISOR' as never, 'QUORUM.')) < QUORUMS_MAX; n++)
      expect(await put(nameOf(n), 'SUPERVISOR'), String(n)).toBe(204);
    const more = `QUORUM.${Buffer.from(new Uint8Array(32).fill(1, 1)).toString('base64url')}`;
    expect(await put(more, 'SUPERVISOR')).toEqual([422, 'LIMIT_REACHED']);
    // what is kept is answered for as before, and so are desks
    expect(await put(nameOf(1), 'SUPERVISOR')).toBe(204);
    expect(await put('INTAKE.1', 'SUPERVISOR', FIRST, await kept('SUPERVISOR'))).toBe(204);
  });

  it('has the name of a desk and a generation, and at most 64 KiB', async () => {
    for (const name of ['INTAKE', 'INTAKE.0', 'intake.1', 'INTAKE.1.1'])
      expect(await put(name, 'SUPERVISOR'), name).toEqual([400, 'MALFORMED']);
    expect(await put('INTAKE.1', 'OFFICER', new Uint8Array(0))).toEqual([400, 'MALFORMED']);
    expect(await put('INTAKE.1', 'OFFICER', new Uint8Array(KEYRING_BYTES_MAX), await kept('OFFICER'))).toBe(204);
    expect(await put('INTAKE.1', 'OFFICER', new Uint8Array(KEYRING_BYTES_MAX + 1))).toEqual([413, 'TOO_LARGE']);
  });
});
