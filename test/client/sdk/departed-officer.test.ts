/** What an officer signed stays readable after the officer has left, and nothing that is signed later does. */
import { describe, expect, it } from 'vitest';
import { systemChance as chance, systemClock as clock } from '../../../client/cli/clock-system.js';
import type { ClientContext } from '../../../client/sdk/context.js';
import { readDirectory, verifySigner } from '../../../client/sdk/directory.js';
import { createDoor } from '../../../client/sdk/door.js';
import { createUuid } from '../../../domain/uuid.js';
import { certain } from '../../../domain/result.js';
import { createMemoryKeyStore, ParleyClient } from '../../../client/sdk/index.js';
import { viewThatKnows } from '../../../client/sdk/key-history.js';
import { makeStatement } from '../../../client/sdk/statements.js';
import { encodeBase64url } from '../../../crypto/base64url.js';
import { createSigningKey } from '../../../crypto/signing-key.js';
import { signStatement } from '../../../crypto/statement.js';
import { parseOfficerId } from '../../../domain/ids.js';
import { DAY_MS, formatInstant, HOUR_MS, plusMs } from '../../../domain/time.js';
import { cardOf, newcomer, seat } from './colleague.js';
import { openTown } from './live-gateway.js';
import { noteTo, waitFor } from './notes.js';

const READ = { purpose: 'INTELLIGENCE', justification: 'CASE_WORK' } as const;

const { gateway, root, partner, pros } = await openTown({
  root: ['NG-FIA', 'FIU'],
  partner: ['VG-FIX', 'FIU'],
  pros: ['NG-PROS', 'PROSECUTION'],
});

async function colleague(code: string): Promise<ParleyClient> {
  const { client } = await newcomer(gateway, root.client, partner.client, code);
  await root.client.admitOfficer(cardOf(client), seat());
  await client.fetchKeyrings();
  return client;
}

/** A reader who has never met this directory before: what it knows of keys, this gateway served. */
function firstMeeting(): ClientContext {
  const store = createMemoryKeyStore();
  const door = createDoor({ origin: gateway.origin, fetch, clock, chance, triesMax: 2 }, () =>
    Promise.reject(new RangeError('no session')),
  );
  return { door, store, clock, directory: () => readDirectory(door, store) } as unknown as ClientContext;
}

const useBy = ({ identity, gateway: { origin } }: ParleyClient) =>
  makeStatement(
    'parley-use+json',
    {
      v: 1,
      aud: origin,
      id: createUuid(chance),
      at: formatInstant(clock.now()),
      holder: identity.authority,
      item: 'A'.repeat(43),
      purpose: 'INTELLIGENCE',
    },
    identity.signing,
  );

describe('an officer who has left', () => {
  it('leaves behind what opens still, for whoever had never seen the officer’s key', async () => {
    const officer = await colleague('o.2');
    const sent = await officer.send(noteTo(officer, partner.client));
    await waitFor(partner.client, ({ statement }) => statement?.digest === sent.digest);
    await root.client.dismissOfficer(certain(parseOfficerId('o.2')));

    const reader = await ParleyClient.connect({ origin: gateway.origin, fetch, clock, chance, triesMax: 2, store: partner.store });
    const opened = await reader.open({ item: sent.items[0]!.statement.digest, via: sent.digest, ...READ });
    expect(opened.content.role).toBe('FORM');
  });

  it('leaves behind a notice on which a disclosure is read still', async () => {
    const officer = await colleague('o.5');
    const sent = await partner.client.send(noteTo(partner.client, root.client));
    await waitFor(root.client, ({ statement }) => statement?.digest === sent.digest);
    const item = sent.items[0]!.statement.digest;
    const opened = await root.client.open({ item, via: sent.digest, ...READ });
    const recipient = { authority: pros.client.authority, authorityType: 'PROSECUTION' as const };
    const told = { item, recipient, legalBasis: 'UNCAC_46', way: 'EXCULPATORY', impossible: 'HEARING_UNDER_WAY' } as const;
    const notice = await officer.giveNotice(told);
    const approval = await root.client.approveNotice(notice.digest);
    const { release } = await root.client.release(opened, {
      to: recipient.authority,
      toType: 'PROSECUTION',
      purpose: 'EXCULPATORY',
      legalBasis: 'UNCAC_46',
      basis: { notices: [notice.digest], approvals: [approval.digest] },
      until: plusMs(clock.now(), 30 * DAY_MS),
    });
    await waitFor(pros.client, ({ statement }) => statement?.digest === release);
    await root.client.dismissOfficer(certain(parseOfficerId('o.5')));
    const reader = await ParleyClient.connect({ origin: gateway.origin, fetch, clock, chance, triesMax: 2, store: pros.store });
    const read = await reader.open({ item, via: release, purpose: 'EXCULPATORY', justification: 'EXCULPATORY_REVIEW' });
    expect(read.release?.digest).toBe(release);
  });

  it('ended with the entry that no longer lists the key, whatever the key had been given', async () => {
    const officer = await colleague('o.3');
    const { identity } = officer;
    await root.client.dismissOfficer(certain(parseOfficerId('o.3')));
    const context = firstMeeting();
    const later = await useBy(officer);
    expect((await readDirectory(context.door, context.store)).directory.officerKeys.has(later.kid)).toBe(false);
    const view = await viewThatKnows(context, [later.compact]);
    const judged = (when: number) => verifySigner(later, identity.authority, view, plusMs(clock.now(), when));
    expect(await judged(0)).toEqual({ ok: false, error: 'the key was not valid then' });
    expect(await judged(300 * HOUR_MS)).toEqual({ ok: false, error: 'the key was not valid then' });
    const key = view.directory.officerKeys.get(later.kid)!;
    expect(key.until).toBeLessThanOrEqual(clock.now());
    expect((await verifySigner(later, identity.authority, view, key.from)).ok).toBe(true);
  });

  it('is not made up by a gateway: an entry that the root did not sign says nothing of any key', async () => {
    const officer = await colleague('o.4');
    await root.client.dismissOfficer(certain(parseOfficerId('o.4')));
    const context = firstMeeting();
    const { kid } = officer.identity.signing;
    const answer = (await context.door.get(`/v1/directory/keys/${kid}`, false)) as { entries: string[] };
    expect(answer.entries).toHaveLength(2);
    const payload = Buffer.from(answer.entries[0]!.split('.')[1]!, 'base64url');
    const forged = await signStatement('parley-entry+json', new Uint8Array(payload), officer.identity.signing);
    const statement = (await useBy(officer)).compact;
    const served = async (entries: readonly string[]) => {
      const door = {
        ...context.door,
        get: (path: string) => (path.includes('/keys/') ? Promise.resolve({ entries }) : context.door.get(path, false)),
      };
      return (await viewThatKnows({ ...context, door } as ClientContext, [statement])).directory.officerKeys.has(kid);
    };
    expect(await served(answer.entries)).toBe(true);
    expect(await served([forged, answer.entries[1]!])).toBe(false);
    expect(await served([answer.entries[0]!])).toBe(false);
    expect(await served([answer.entries[1]!, answer.entries[0]!])).toBe(false);
  });
});

describe('a root whose time is over, in other hands', () => {
  it('makes up no officer who left after it, nor one who is to leave', async () => {
    const own = root.client.identity.root!;
    const context = firstMeeting();
    const real = await context.directory();
    const entry = real.directory.authorities.get(root.client.authority)!.entry!;
    const made = createSigningKey(chance);
    const row = { ...entry.officers[0]!, officer: 'o.99', until: plusMs(clock.now(), 9_000 * DAY_MS) };
    const officer = { ...row, signing: { kid: made.kid, publicKey: encodeBase64url(made.publicKey) } };
    const dated = ({ from, until, ...more }: typeof officer) => ({ ...more, from: formatInstant(from), until: formatInstant(until) });
    const forged = (seq: number, at: number, officers: readonly (typeof officer)[]) => {
      const desks = entry.desks.map((desk) => ({ ...desk, from: formatInstant(desk.from), until: formatInstant(desk.until) }));
      const { lastConfirmedAt: _, ...said } = entry;
      const times = { at: formatInstant(plusMs(clock.now(), at)), validUntil: formatInstant(entry.validUntil) };
      const payload = { ...said, ...times, seq, desks, officers: officers.map(dated) };
      return signStatement('parley-entry+json', payload, own);
    };
    const statement = await signStatement(
      'parley-use+json',
      JSON.parse(Buffer.from((await useBy(root.client)).compact.split('.')[1]!, 'base64url').toString()) as object,
      made,
    );
    const ended = async (term: object, at: number) => {
      const entries = [await forged(500, -2 * HOUR_MS, [officer]), await forged(501, at, entry.officers.slice(0, 1) as (typeof officer)[])];
      const door = { get: () => Promise.resolve({ entries }) };
      const roots = new Map([...real.directory.roots].map(([kid, one]) => [kid, { ...one, ...term }]));
      const view = { ...real, directory: { ...real.directory, roots } };
      const shown = await viewThatKnows({ ...context, door, directory: () => Promise.resolve(view) } as unknown as ClientContext, [
        statement,
      ]);
      return shown.directory.officerKeys.get(made.kid)?.until ?? null;
    };
    const over = plusMs(clock.now(), -HOUR_MS);
    expect(await ended({}, 300 * DAY_MS)).toBeNull();
    expect(await ended({}, -1_000)).toBeGreaterThan(over);
    expect(await ended({ changedAt: over }, -1_000)).toBe(over);
    expect(await ended({ replacedAt: over }, -1_000)).toBe(over);
  });
});

describe('a key that was compromised', () => {
  it('marks for its readers what it signed since it was doubtful; it is read all the same, and what is older bears no mark', async () => {
    const client = await colleague('o.77');
    const mail = async () => {
      const sent = await client.send(noteTo(client, partner.client));
      await waitFor(partner.client, ({ statement }) => statement?.digest === sent.digest);
      return { item: sent.items[0]!.statement.digest, via: sent.digest, ...READ };
    };
    const before = await mail();
    const since = plusMs(clock.now(), 1);
    const after = await mail();
    await root.client.revokeKey(client.identity.signing.kid, 'COMPROMISED', since);
    await expect(client.exchanges()).rejects.toMatchObject({ code: 'NOT_CALLER' });
    expect((await partner.client.open(before)).doubts).toEqual([]);
    const { content, doubts } = await partner.client.open(after);
    expect(content.role).toBe('FORM');
    const mark = { authority: 'NG-FIA', kid: client.identity.signing.kid, since };
    expect(doubts).toMatchObject([
      { typ: 'parley-item+json', ...mark },
      { typ: 'parley-envelope+json', ...mark },
    ]);
  });
});
