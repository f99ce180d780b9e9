import { describe, expect, it } from 'vitest';
import { systemChance as chance, systemClock as clock } from '../../../client/cli/clock-system.js';
import { certain } from '../../../domain/result.js';
import { formatRoot, ParleyClient, parseRoot, readCard } from '../../../client/sdk/index.js';
import { openSeal } from '../../../crypto/open.js';
import { signStatement } from '../../../crypto/statement.js';
import { parseDeskId, parseOfficerId } from '../../../domain/ids.js';
import { DAY_MS, plusMs } from '../../../domain/time.js';
import { cardOf, newcomer as meet, seat } from './colleague.js';
import { openTown } from './live-gateway.js';
import { noteTo, waitFor } from './notes.js';

const READ = { purpose: 'INTELLIGENCE', justification: 'CASE_WORK' } as const;

const { gateway, root, partner } = await openTown({ root: ['NG-FIA', 'FIU'], partner: ['VG-FIX', 'FIU'] });

const newcomer = (code: string) => meet(gateway, root.client, partner.client, code);

/** The partner writes to the authority. @returns how its one item is read */
async function newMail() {
  const sent = await partner.client.send(noteTo(partner.client, root.client));
  return { item: sent.items[0]!.statement.digest, via: sent.digest, ...READ };
}

describe('an officer who is admitted', () => {
  it('opens no session before, and afterwards reads what the desk received before and after', async () => {
    const old = await newMail();
    const colleague = await newcomer('o.2');
    await expect(colleague.client.fetchKeyrings()).rejects.toMatchObject({ code: 'NOT_ADMITTED' });
    await expect(colleague.client.exchanges()).rejects.toMatchObject({ code: 'NOT_CALLER' });

    await root.client.admitOfficer(cardOf(colleague.client), seat());
    await expect(colleague.client.open(old)).rejects.toMatchObject({ code: 'SEAL' });
    expect(await colleague.client.fetchKeyrings()).toEqual({ fetched: ['INTAKE.1'], missing: [] });
    expect((await colleague.client.open(old)).content.role).toBe('FORM');

    await root.client.turnDeskKey();
    const fresh = await newMail();
    expect(await colleague.client.fetchKeyrings()).toEqual({ fetched: ['INTAKE.2'], missing: [] });
    expect((await colleague.client.open(fresh)).content.role).toBe('FORM');
    expect((await root.client.open(fresh)).content.role).toBe('FORM');
    // what was fetched is kept: another process of the same officer needs the gateway for nothing
    const again = await ParleyClient.connect({ origin: gateway.origin, fetch, clock, chance, store: colleague.store });
    expect(again.identity.desks.map(({ generation }) => generation)).toEqual([1, 2]);
    expect(await again.fetchKeyrings()).toEqual({ fetched: [], missing: [] });
  });

  it('writes in the name of the authority, and the partner believes it', async () => {
    const colleague = await newcomer('o.3');
    await root.client.admitOfficer(cardOf(colleague.client), seat());
    await colleague.client.fetchKeyrings();
    const sent = await colleague.client.send(noteTo(colleague.client, partner.client));
    await waitFor(partner.client, ({ statement }) => statement?.digest === sent.digest);
    const opened = () => partner.client.open({ item: sent.items[0]!.statement.digest, via: sent.digest, ...READ });
    expect((await opened()).content.role).toBe('FORM');
    // admitted again with the same keys: what they signed before stays signed
    await root.client.admitOfficer(cardOf(colleague.client), seat({ from: clock.now() }));
    expect((await opened()).content.role).toBe('FORM');
  });

  it('is listed for longer with the same keys, roles and desks, for which nobody needs the card again', async () => {
    const colleague = await newcomer('o.7');
    const row = async () => (await root.client.officers()).find(({ officer }) => officer === 'o.7')!;
    const { officer } = cardOf(colleague.client);
    const begins = plusMs(clock.now(), 5 * DAY_MS);
    await root.client.admitOfficer(cardOf(colleague.client), seat({ from: begins, until: plusMs(clock.now(), 9 * DAY_MS) }));
    const before = await row();
    const until = plusMs(clock.now(), 300 * DAY_MS);
    await root.client.prolongOfficer(officer, until);
    expect(await row()).toEqual({ ...before, until });
    // prolonged is not cut short
    await expect(root.client.prolongOfficer(officer, plusMs(until, -DAY_MS))).rejects.toMatchObject({ code: 'TERM_LONGER' });
    for (const who of ['o.1', 'o.99'])
      await expect(root.client.prolongOfficer(certain(parseOfficerId(who)), until)).rejects.toMatchObject({ code: 'NO_SUCH_OFFICER' });
    await expect(colleague.client.prolongOfficer(officer, plusMs(until, DAY_MS))).rejects.toMatchObject({ code: 'ROOT_NOT_HERE' });
    await root.client.revokeKey(before.auth.kid, 'SCHEDULED');
    await expect(root.client.prolongOfficer(officer, plusMs(until, DAY_MS))).rejects.toMatchObject({ code: 'CARD_REVOKED' });
    await root.client.dismissOfficer(officer);
  });

  it('cannot publish an entry, turn a desk or admit anybody: that is the root’s', async () => {
    const colleague = await newcomer('o.4');
    await root.client.admitOfficer(cardOf(colleague.client), seat());
    const another = await newcomer('o.5');
    await colleague.client.fetchKeyrings();
    const before = colleague.client.identity.desks.length;
    for (const act of [
      () => colleague.client.turnDeskKey(),
      () => colleague.client.admitOfficer(cardOf(another.client), seat()),
      () => colleague.client.dismissOfficer(certain(parseOfficerId('o.4'))),
    ])
      await expect(act()).rejects.toMatchObject({ code: 'ROOT_NOT_HERE' });
    expect(colleague.client.identity.desks).toHaveLength(before);
  });

  it('is listed with the others when the authority publishes its entry again', async () => {
    const before = (await root.client.officers()).map(({ officer }) => officer);
    expect(before).toContain('o.4');
    await root.client.publishEntry();
    expect((await root.client.officers()).map(({ officer }) => officer).sort()).toEqual([...before].sort());
  });
});

describe('a card', () => {
  it('is refused where a key is not the one that its id names, and of another authority', async () => {
    const colleague = await newcomer('o.6');
    const card = colleague.client.card;
    const swapped = { ...card, encryption: { ...card.encryption, kid: card.signing.kid } };
    expect(() => readCard(JSON.stringify(swapped))).toThrow('is not');
    for (const text of ['{}', 'card', JSON.stringify({ ...card, secret: 'A' }), ' '.repeat(20_000)])
      expect(() => readCard(text)).toThrow('no officer’s card');
    await expect(partner.client.admitOfficer(card, seat())).rejects.toMatchObject({ code: 'CARD_OF_ANOTHER' });
  });

  it('is admitted to a desk that there is, for a term that is to come, with keys that are good: else all that is wrong is said at once', async () => {
    const colleague = await newcomer('o.10');
    const card = cardOf(colleague.client);
    const nowhere = certain(parseDeskId('NOWHERE'));
    const past = plusMs(clock.now(), -DAY_MS);
    for (const [over, code] of [
      [{ desks: [nowhere] }, 'NO_SUCH_DESK'],
      [{ until: past }, 'TERM_ENDED'],
      [{ from: plusMs(clock.now(), 2 * DAY_MS), until: plusMs(clock.now(), DAY_MS) }, 'TERM_ENDED'],
    ] as const)
      await expect(root.client.admitOfficer(card, seat(over))).rejects.toMatchObject({ code });
    await root.client.admitOfficer(card, seat());
    await root.client.revokeKey(card.auth.kid, 'SCHEDULED');
    await expect(root.client.admitOfficer(card, seat())).rejects.toMatchObject({ code: 'CARD_REVOKED' });
    const wrong = root.client.admitOfficer(card, seat({ roles: ['COMPLIANCE'], desks: [nowhere], until: past }));
    await expect(wrong).rejects.toMatchObject({
      code: 'NOT_ADMISSIBLE',
      what: expect.stringMatching(/revoked: auth.*COMPLIANCE reads no content.*NOWHERE.*The term ends/) as unknown,
    });
    await root.client.dismissOfficer(card.officer);
  });

  it('whose keys serve two roles is refused by the gateway', async () => {
    const colleague = await newcomer('o.7');
    const card = cardOf(colleague.client);
    const desk = root.client.identity.desks.at(-1)!.keys.find(({ suite }) => suite === 'age-pq-1')!;
    const encryption = { suite: 'age-pq-1' as const, kid: desk.kid, publicKey: Buffer.from(desk.publicKey).toString('base64url') };
    for (const wrong of [
      { ...card, auth: card.signing },
      { ...card, encryption },
    ])
      await expect(root.client.admitOfficer(wrong, seat())).rejects.toMatchObject({
        code: 'KEY_NOT_TRUSTED',
        what: 'one key in two roles',
      });
    const theirs = { ...card, signing: partner.client.card.signing };
    await expect(root.client.admitOfficer(theirs, seat())).rejects.toMatchObject({
      code: 'KEY_NOT_TRUSTED',
      what: expect.stringContaining('in another role already') as unknown,
    });
    const unsound = { ...card, encryption: { ...card.encryption, publicKey: card.encryption.publicKey.replace(/^.{8}/, '________') } };
    await expect(root.client.admitOfficer(unsound, seat())).rejects.toMatchObject({ code: 'KEY_NOT_TRUSTED' });
  });
});

describe('a list of officers', () => {
  it('marks those whose keys were revoked and whose term is not now', async () => {
    const [lost, retired, later, good] = [await newcomer('l.1'), await newcomer('l.2'), await newcomer('l.3'), await newcomer('l.4')];
    const soon = plusMs(clock.now(), 1_500);
    await root.client.admitOfficer(cardOf(retired.client), seat({ until: soon }));
    await root.client.admitOfficer(cardOf(later.client), seat({ from: plusMs(clock.now(), DAY_MS) }));
    for (const one of [lost, good]) await root.client.admitOfficer(cardOf(one.client), seat());
    await root.client.revokeKey(lost.client.card.encryption.kid, 'LOST');
    await root.client.revokeKey(good.client.card.encryption.kid, 'SCHEDULED');
    while (clock.now() < soon) await clock.sleep(50);
    const standings = new Map(
      (await root.client.officers()).map(({ officer, standing, revoked }) => [String(officer), [standing, revoked]]),
    );
    expect(standings.get('l.1')).toEqual(['REVOKED', ['signing', 'auth', 'encryption']]);
    expect(standings.get('l.2')).toEqual(['ENDED', []]);
    expect(standings.get('l.3')).toEqual(['NOT_YET', []]);
    expect(standings.get('l.4')).toEqual(['REVOKED', ['encryption']]);
    expect(standings.get('o.1')).toEqual(['GOOD', []]);
    for (const code of ['l.1', 'l.2', 'l.3', 'l.4']) await root.client.dismissOfficer(certain(parseOfficerId(code)));
  });
});

describe('an officer who is dismissed', () => {
  it('neither signs in nor opens what is sealed to the new generation; the others do, and what is held is sealed anew', async () => {
    const [leaver, stayer] = [await newcomer('o.8'), await newcomer('o.9')];
    for (const one of [leaver, stayer]) await root.client.admitOfficer(cardOf(one.client), seat());
    const old = await newMail();
    for (const { client } of [leaver, stayer]) {
      await client.fetchKeyrings();
      await client.open(old);
    }
    await root.client.open(old);
    const generation = root.client.identity.desks.at(-1)!.generation;

    await root.client.dismissOfficer(certain(parseOfficerId('o.8')));
    expect(root.client.identity.desks.at(-1)!.generation).toBe(generation + 1);
    const fresh = await newMail();
    await expect(leaver.client.open(fresh)).rejects.toMatchObject({ code: 'NOT_CALLER' });
    await expect(leaver.client.fetchKeyrings()).rejects.toMatchObject({ code: 'NOT_ADMITTED' });
    expect(await stayer.client.fetchKeyrings()).toEqual({ fetched: [`INTAKE.${generation + 1}`], missing: [] });
    await stayer.client.open(fresh);
    await root.client.open(fresh);

    const { resealed, left } = await root.client.resealOpen();
    expect(resealed).toContain(old.item);
    expect(left).toEqual([]);
    expect(await root.client.resealOpen()).toMatchObject({ resealed: [], left: [] });
    const anew = await root.client.holding(old.item);
    expect((await stayer.client.open({ ...old, via: anew.via })).seal.kid).toBe(anew.seal.kid);

    // even with the seals in hand
    for (const { item, seal } of [anew, await root.client.holding(fresh.item)]) {
      const { id, issuer, keyCommitment } = item.payload;
      for (const key of leaver.client.identity.desks.flatMap(({ keys }) => keys))
        expect(await openSeal({ id, issuer, format: 'age', keyCommitment }, seal.bytes, key)).toMatchObject({ ok: false });
    }
  });

  it('must be one, and another than the root’s holder', async () => {
    for (const code of ['o.1', 'nobody'])
      await expect(root.client.dismissOfficer(certain(parseOfficerId(code)))).rejects.toMatchObject({ code: 'NO_SUCH_OFFICER' });
  });
});

describe('COMPLIANCE alone', () => {
  it('reads the audit and never content: it sits at no desk and gets no secret', async () => {
    const auditor = await newcomer('o.10');
    await expect(root.client.admitOfficer(cardOf(auditor.client), seat({ roles: ['COMPLIANCE'] }))).rejects.toMatchObject({
      code: 'DESK_NOT_FOR_ROLE',
    });
    await root.client.admitOfficer(cardOf(auditor.client), seat({ roles: ['COMPLIANCE'], desks: [] }));
    const mail = await newMail();
    expect(await auditor.client.fetchKeyrings()).toEqual({ fetched: [], missing: [] });
    expect(auditor.client.identity.desks).toEqual([]);
    expect((await auditor.client.auditEvents()).length).toBeGreaterThan(0);
    for (const act of [() => auditor.client.open(mail), () => auditor.client.exchanges(), () => auditor.client.inboxPage()])
      await expect(act()).rejects.toMatchObject({ code: 'ROLE_REQUIRED' });
  });
});

describe('a keyring', () => {
  it('that a gateway changed, mixed up or had signed by nobody of the newest entry is not believed', async () => {
    const colleague = await newcomer('o.11');
    await root.client.admitOfficer(cardOf(colleague.client), seat());
    const stranger = await newcomer('o.12');
    let lie: (honest: Uint8Array) => Promise<Uint8Array> | Uint8Array = (honest) => honest;
    const lying: typeof fetch = async (input, init) => {
      const response = await fetch(input, init);
      if (!String(input).includes('/v1/keyrings/')) return response;
      const bytes = await lie(new Uint8Array(await response.arrayBuffer()));
      return new Response(bytes as BodyInit, { status: response.status });
    };
    const client = await ParleyClient.connect({ origin: gateway.origin, fetch: lying, clock, chance, triesMax: 2, store: colleague.store });
    const payloadOf = (honest: Uint8Array): Record<string, unknown> =>
      JSON.parse(Buffer.from(Buffer.from(honest).toString().split('.')[1]!, 'base64url').toString()) as Record<string, unknown>;
    const signedBy = (key: typeof root.client.identity.signing, over: object) => async (honest: Uint8Array) =>
      new TextEncoder().encode(await signStatement('parley-keyring+json', { ...payloadOf(honest), ...over }, key));
    const own = root.client.identity.signing;
    const lies: Record<string, typeof lie> = {
      'no keyring': () => new TextEncoder().encode('x'),
      'another’s signature': signedBy(stranger.client.identity.signing, {}),
      'an auth key': signedBy(root.client.identity.auth, {}),
      'another log': signedBy(own, { aud: 'parley.test/other' }),
      'another desk': signedBy(own, { desk: 'OTHER' }),
      'another generation': signedBy(own, { generation: 99 }),
      'an unknown member': signedBy(own, { more: 1 }),
      'another commitment': signedBy(own, { keyCommitment: 'A'.repeat(43) }),
      'nothing for me': signedBy(own, { wrapped: [{ officer: 'o.1', kid: 'A'.repeat(43), seal: 'AA' }] }),
      'an altered byte': (honest) => honest.map((byte, n) => (n === honest.length - 2 ? (byte === 65 ? 66 : 65) : byte)),
    };
    for (const [name, told] of Object.entries(lies)) {
      lie = told;
      await expect(client.fetchKeyrings(), name).rejects.toMatchObject({ code: 'KEYRING_REFUSED' });
      expect(client.identity.desks).toEqual([]);
    }
    lie = (honest) => honest;
    expect((await client.fetchKeyrings()).missing).toEqual([]);
    expect(client.identity.desks.length).toBeGreaterThan(0);
  });
});

describe('a root that goes to a colleague', () => {
  it('is followed by partners, who write and read on, and its former holder can be dismissed', async () => {
    const { client: next } = await newcomer('o.next');
    await root.client.admitOfficer(cardOf(next), seat({ roles: ['OFFICER', 'SUPERVISOR'] }));
    // whoever lacks a desk's keys could not publish it again
    await expect(next.roots.take()).rejects.toMatchObject({ code: 'ENTRY_DIFFERS' });
    await next.fetchKeyrings();
    const before = await newMail();
    const { root: made, sent } = await next.roots.take();
    expect([sent, (await next.roots.take()).root.kid]).toEqual([null, made.kid]);
    // what a person carries over says which key is meant; the fingerprint alone, or another key, hands the root to nobody
    expect(parseRoot(formatRoot(made))).toEqual({ ok: true, value: { kid: made.kid, publicKey: made.publicKey } });
    for (const slip of [made.kid, formatRoot({ ...made, kid: root.client.identity.root!.kid })]) expect(parseRoot(slip).ok).toBe(false);
    expect(await root.client.roots.hand(made)).not.toBeNull();
    // the old one is an officer as others are, and may not sign an entry any more
    expect(root.client.identity.root).toBeNull();
    await expect(root.client.roots.hand(made)).rejects.toMatchObject({ code: 'ROOT_NOT_HERE' });

    expect((await next.roots.take()).sent).not.toBeNull();
    expect(next.identity.root?.kid).toBe(made.kid);
    const view = await partner.client.directory(true);
    expect([view.doubts, view.pins['NG-FIA']]).toEqual([[], made.kid]);
    const after = await newMail();
    for (const mail of [before, after]) expect((await next.open(mail)).content.role).toBe('FORM');
    expect((await root.client.watch()).alarms).toEqual([]);
    expect((await next.watch()).alarms).toEqual([]);
    await next.dismissOfficer(root.client.identity.officer);
    await expect(root.client.send(noteTo(root.client, partner.client))).rejects.toMatchObject({ code: 'NOT_CALLER' });
    await next.send(noteTo(next, partner.client));
  });
});
