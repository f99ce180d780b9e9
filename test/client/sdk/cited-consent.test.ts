/** A gateway that says that consent was given: the seal leaves the holder's client for what the originators signed, and for nothing else. */
import { beforeEach, describe, expect, it } from 'vitest';
import { systemClock as clock } from '../../../client/cli/clock-system.js';
import type { ClientContext } from '../../../client/sdk/context.js';
import { certain } from '../../../domain/result.js';
import type { Opened, ReleaseDraft } from '../../../client/sdk/index.js';
import { decodeBase64url, encodeBase64url } from '../../../crypto/base64url.js';
import { digestOf } from '../../../crypto/statement.js';
import type { Digest } from '../../../domain/ids.js';
import { DAY_MS, plusMs } from '../../../domain/time.js';
import type { Submission } from '../../../domain/wire/submission.js';
import { openTown } from './live-gateway.js';
import { noteTo, waitFor } from './notes.js';

let lie: ((path: string) => Response | null) | null = null;
let posted: Submission[] = [];
let opened: Opened;
const until = plusMs(clock.now(), 30 * DAY_MS);
const recipient = { authority: 'EE-POL', authorityType: 'LAW_ENFORCEMENT' } as const;

const { owner, holder, third } = await openTown(
  { owner: ['CH-FIN', 'FIU'], holder: ['EE-FIN', 'FIU'], third: ['EE-POL', 'LAW_ENFORCEMENT'] },
  (real) => async (input, init) => {
    const { pathname } = new URL(String(input));
    if (pathname === '/v1/statements') posted.push(JSON.parse(new TextDecoder().decode(init?.body as Uint8Array)) as Submission);
    return lie?.(pathname) ?? real(input, init);
  },
);

beforeEach(async () => {
  lie = null;
  opened = await given();
  posted = [];
});

async function given(): Promise<Opened> {
  const sent = await owner.client.send(noteTo(owner.client, holder.client));
  await waitFor(holder.client, ({ statement }) => statement?.digest === sent.digest);
  const item = sent.items[0]!.statement.digest;
  return holder.client.open({ item, via: sent.digest, purpose: 'INTELLIGENCE', justification: 'CASE_WORK' });
}

const granted = async (item: Digest): Promise<Digest> =>
  (
    await owner.client.grantConsent({
      items: [item],
      recipient: { ...recipient, authority: third.client.authority },
      purposes: ['INTELLIGENCE'],
      until,
      holder: holder.client.authority,
    })
  ).consent;

const release = (consents: readonly Digest[]) =>
  holder.client.release(opened, {
    to: recipient.authority,
    toType: recipient.authorityType,
    purpose: 'INTELLIGENCE',
    legalBasis: 'DOMESTIC_LAW:1',
    until,
    basis: { consents: [...consents] } satisfies ReleaseDraft['basis'],
  });

const sealsPosted = (): number => posted.flatMap(({ seals = [] }) => seals).length;

describe('a release', () => {
  it('hands its seal over for a consent that its originator signed', async () => {
    await release([await granted(opened.item.digest)]);
    expect(sealsPosted()).toBe(1);
  });

  it('is sealed anew by its reader for as long as that one has the item', async () => {
    const { release: via } = await release([await granted(opened.item.digest)]);
    await third.client.open({ item: opened.item.digest, via, purpose: 'INTELLIGENCE', justification: 'CASE_WORK' });
    await third.client.turnDeskKey();
    expect(await third.client.resealOpen()).toMatchObject({ resealed: [opened.item.digest], left: [] });
  });

  it('hands none over for a consent that the gateway made up', async () => {
    const { item } = await given();
    const { door } = (holder.client as unknown as { readonly context: ClientContext }).context;
    const answer = (await door.get(`/v1/statements/${await granted(item.digest)}`)) as { readonly statement: string };
    const [header, payload, signature] = answer.statement.split('.') as [string, string, string];
    const words = JSON.parse(new TextDecoder().decode(certain(decodeBase64url(payload)))) as object;
    const forged = encodeBase64url(new TextEncoder().encode(JSON.stringify({ ...words, items: [opened.item.digest] })));
    const statement = [header, forged, signature].join('.');
    posted = [];
    lie = (path) => (path === `/v1/statements/${digestOf(statement)}` ? Response.json({ ...answer, statement }) : null);
    await expect(release([digestOf(statement)])).rejects.toMatchObject({ code: expect.any(String) as string });
    expect(sealsPosted()).toBe(0);
  });

  it('hands none over where nothing covers it, and the gateway says why not, as it would', async () => {
    const other = await granted((await given()).item.digest);
    posted = [];
    for (const cited of [[], [other]])
      await expect(release(cited)).rejects.toMatchObject({
        code: 'POLICY',
        codes: expect.arrayContaining([expect.stringMatching(/CONSENT/)]) as [],
      });
    expect(posted).toHaveLength(2);
    expect(sealsPosted()).toBe(0);
  });

  it('hands none over on a consent whose end the inbox told of, whatever the gateway remembers', async () => {
    const consent = await granted(opened.item.digest);
    const { digest } = await owner.client.revokeConsent(consent);
    await waitFor(holder.client, ({ statement }) => statement?.digest === digest);
    opened = await holder.client.open({ item: opened.item.digest, via: opened.via, purpose: 'INTELLIGENCE', justification: 'CASE_WORK' });
    posted = [];
    await expect(release([consent])).rejects.toMatchObject({ codes: expect.arrayContaining(['CONSENT_EXPIRED_OR_REVOKED']) as [] });
    expect(posted).toHaveLength(1);
    expect(sealsPosted()).toBe(0);
  });

  it('says so where the gateway takes it all the same', async () => {
    const real = await holder.client.recordUse(opened.item.digest, { purpose: 'INTELLIGENCE' });
    lie = (path) => (path === '/v1/statements' ? Response.json({ receipt: real.receipt }, { status: 202 }) : null);
    await expect(release([])).rejects.toMatchObject({ code: expect.stringMatching(/CONSENT_NOT_VERIFIED|RECEIPT_INVALID/) as string });
    expect(sealsPosted()).toBe(0);
  });
});
