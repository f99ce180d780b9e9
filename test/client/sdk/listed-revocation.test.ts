/** A key's end cannot be kept from a client that never saw it: the entry lists it, and an epoch binds the entry. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemChance as chance, systemClock as clock } from '../../../client/cli/clock-system.js';
import { ParleyClient } from '../../../client/sdk/index.js';
import { certain } from '../../../domain/result.js';
import { parseDeskId } from '../../../domain/ids.js';
import { requestTo } from './drafts.js';
import { openGateway, type LiveGateway, type Member } from './live-gateway.js';
import { noteTo } from './notes.js';

let gateway: LiveGateway;
let [owner, reader]: Member[] = [];
/** what the gateway makes of its directory */
let shown: (directory: Directory) => object = (directory) => directory;
/** the answers to statements, which the gateway took in */
let areLost = false;

interface Directory {
  readonly revocations: readonly string[];
  readonly authorities: readonly { readonly authority: string; readonly entry: string }[];
}

beforeEach(async () => {
  shown = (directory) => directory;
  areLost = false;
  gateway = await openGateway((real) => async (input, init) => {
    const answer = await real(input, init);
    if (areLost && String(input).endsWith('/v1/statements')) throw new TypeError('fetch failed');
    if (!String(input).endsWith('/v1/directory')) return answer;
    return Response.json(shown((await answer.json()) as Directory));
  });
  owner = await gateway.join('CH-FIN', 'FIU', ['age-pq-1']);
  reader = await gateway.join('EE-FIN', 'FIU', ['age-pq-1']);
  await gateway.compareAll();
});
afterEach(() => gateway.running.drain());

const endOfDesk = () => owner!.client.revokeKey(owner!.client.identity.desks[0]!.keys[0]!.kid, 'LOST');
const doubtsOf = async (member: Member) => (await member.client.directory(true)).doubts.map(({ authority, code }) => [authority, code]);

describe('a revoked key', () => {
  it('stands in the authority’s next entry, which is published with it and confirms nothing', async () => {
    const before = (await owner!.client.directory(true)).directory.authorities.get(owner!.client.authority)!.entry!;
    const revoked = await endOfDesk();
    expect(revoked.notListed).toBeNull();
    const { directory, doubts } = await reader!.client.directory(true);
    const entry = directory.authorities.get(owner!.client.authority)!.entry!;
    expect([entry.seq, entry.revocations, doubts]).toEqual([before.seq + 1, [revoked.digest], []]);
    expect(entry.lastConfirmedAt).toEqual(before.lastConfirmedAt);
    const second = await owner!.client.revokeKey(owner!.client.identity.signing.kid, 'SCHEDULED');
    const next = (await reader!.client.directory(true)).directory.authorities.get(owner!.client.authority)!.entry!;
    expect(next.revocations).toEqual([revoked.digest, second.digest]);
  });

  it('is missed by whoever never saw its revocation: an alarm, and nothing is sealed to that authority', async () => {
    await endOfDesk();
    shown = (directory) => ({ ...directory, revocations: [] });
    expect(await doubtsOf(reader!)).toEqual([['CH-FIN', 'REVOCATION_WITHHELD']]);
    await expect(reader!.client.send(requestTo(reader!.client, owner!.client))).rejects.toMatchObject({ code: 'REVOCATION_WITHHELD' });
    shown = (directory) => directory;
    expect(await doubtsOf(reader!)).toEqual([]);
  });

  it('has ended where the entry cannot be published from here, and that is said', async () => {
    const { kid } = owner!.client.identity.signing;
    await owner!.client.addDesk(certain(parseDeskId('NIGHT')), ['age-pq-1']);
    const revoked = await owner!.client.revokeKey(kid, 'SCHEDULED');
    expect(revoked.notListed).toMatchObject({ code: 'ENTRY_DIFFERS' });
    const { directory } = await reader!.client.directory(true);
    expect([directory.revoked.has(kid as never), directory.authorities.get(owner!.client.authority)!.entry!.revocations]).toEqual([
      true,
      undefined,
    ]);
  });

  describe('whose answer was lost', () => {
    const handedInAgain = async (revoke: () => Promise<unknown>) => {
      areLost = true;
      const { inOutbox } = (await revoke().catch((error: unknown) => error)) as { inOutbox: string };
      areLost = false;
      return { inOutbox, again: await owner!.client.resend() };
    };

    it('stands in the entry once it is handed in again', async () => {
      const { inOutbox, again } = await handedInAgain(endOfDesk);
      expect(again.sent).toMatchObject([{ digest: inOutbox }]);
      expect(again.notListed).toBeNull();
      const { directory } = await reader!.client.directory(true);
      expect(directory.authorities.get(owner!.client.authority)!.entry!.revocations).toEqual([inOutbox]);
    });

    it('stands there whatever is handed in again behind it', async () => {
      areLost = true;
      const { inOutbox } = (await endOfDesk().catch((error: unknown) => error)) as { inOutbox: string };
      await expect(owner!.client.send(noteTo(owner!.client, reader!.client))).rejects.toMatchObject({ code: 'GATEWAY_UNREACHABLE' });
      areLost = false;
      const store = {
        ...owner!.store,
        names: async (prefix: string) => (await owner!.store.names(prefix)).toSorted((a) => (a.endsWith(inOutbox) ? -1 : 1)),
      };
      const again = await (await ParleyClient.connect({ origin: gateway.origin, fetch, clock, chance, store })).resend();
      expect(again.sent.map(({ message }) => message)).toEqual([null, 'SUBMIT']);
      expect(again.notListed).toBeNull();
    });

    it('needs no session for being handed in again: of the key that signs it in it may be the end', async () => {
      areLost = true;
      const { kid } = owner!.client.identity.auth;
      const { inOutbox } = (await owner!.client.revokeKey(kid, 'LOST').catch((error: unknown) => error)) as { inOutbox: string };
      areLost = false;
      const again = await ParleyClient.connect({ origin: gateway.origin, fetch, clock, chance, store: owner!.store });
      expect((await again.resend()).sent).toMatchObject([{ digest: inOutbox }]);
    });

    it('has ended where the entry cannot be published, and that is said there and of a second revocation', async () => {
      const { kid } = owner!.client.identity.signing;
      const revoke = () => owner!.client.revokeKey(kid, 'SCHEDULED');
      await owner!.client.addDesk(certain(parseDeskId('NIGHT')), ['age-pq-1']);
      const { again } = await handedInAgain(revoke);
      expect(again.notListed).toMatchObject({ code: 'ENTRY_DIFFERS' });
      await expect(revoke()).rejects.toMatchObject({ code: 'CONFLICT', next: expect.stringContaining('parley entry confirm') as string });
    });
  });

  it('has not ended where its revocation is refused: nothing says that it had', async () => {
    const foreign = reader!.client.identity.signing.kid;
    const refused = await owner!.client.revokeKey(foreign, 'LOST').catch((error: unknown) => error);
    expect(refused).toMatchObject({ next: expect.not.stringContaining('The key has ended') as string });
    expect((refused as { code: string }).code).not.toBe('CONFLICT');
  });

  it('is listed already where a second revocation is refused: nothing is left to do', async () => {
    await endOfDesk();
    await expect(endOfDesk()).rejects.toMatchObject({ code: 'CONFLICT', next: expect.not.stringContaining('entry confirm') as string });
  });
});
