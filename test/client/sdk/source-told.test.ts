/** What an originator said of a source, and only the inbox of who reads the extract told: the first reading holds the gateway to it. */
import { expect, it } from 'vitest';
import { systemClock as clock } from '../../../client/cli/clock-system.js';
import { cursorOf } from '../../../crypto/cursor.js';
import type { Opened } from '../../../client/sdk/index.js';
import type { ReceiptBody } from '../../../domain/receipt.js';
import { DAY_MS, plusMs } from '../../../domain/time.js';
import { openTown } from './live-gateway.js';
import { givenNote, noteTo, READ, waitFor } from './notes.js';
import { receiptBy } from './receipts.js';

let hidden: readonly string[] = [];
/** what the gateway says in the place of a statement that it showed before */
let instead: { readonly digest: string; readonly answer: (shown: Response) => Promise<Response> } | null = null;

const { gateway, ee, ng, pl } = await openTown(
  { ee: ['EE-FIN', 'FIU'], ng: ['NG-FIA', 'FIU'], pl: ['PL-POL', 'LAW_ENFORCEMENT'] },
  (real) => async (input, init) => {
    const answer = await real(input, init);
    if (instead !== null && String(input).endsWith(`/v1/statements/${instead.digest}`)) return instead.answer(answer);
    if (hidden.length === 0 || !String(input).endsWith('/v1/access')) return answer;
    const left = Object.fromEntries(hidden.map((member) => [member, []]));
    return Response.json({ ...((await answer.json()) as object), ...left }, { status: answer.status });
  },
);

/** What EE-FIN gave NG-FIA, as it is read now. */
const given = () => givenNote(ee.client, ng.client);

/** An extract of it, released to PL-POL on EE-FIN's consent. */
async function extractOf(source: Opened) {
  const draft = noteTo(ng.client, ee.client);
  const sent = await ng.client.send({ ...draft, items: [{ ...draft.items[0]!, sources: [source] }] });
  const made = await ng.client.open({ item: sent.items[0]!.statement.digest, via: sent.digest, ...READ });
  const recipient = { authority: pl.client.authority, authorityType: 'LAW_ENFORCEMENT' } as const;
  const until = plusMs(clock.now(), 30 * DAY_MS);
  const items = [made.item.digest];
  const { consent } = await ee.client.grantConsent({ items, recipient, purposes: ['INTELLIGENCE'], until, holder: ng.client.authority });
  const basis = { consents: [consent] };
  const to = { to: recipient.authority, toType: recipient.authorityType };
  const { release } = await ng.client.release(made, { ...to, purpose: 'INTELLIGENCE', legalBasis: 'DOMESTIC_LAW:1', until, basis });
  return { item: made.item.digest, via: release, ...READ };
}

const caveats = () => [{ code: 'NOT_FOR_EVIDENCE' as const, by: ee.client.authority }];

it('is demanded where it came after the item was given, and not of what was made after it, whose own label bears it', async () => {
  const first = await given();
  const source = await ng.client.open(first);
  const reading = await extractOf(source);
  const added = await ee.client.addCaveat(source.item.digest, { ...source.label, caveats: caveats() });
  await waitFor(pl.client, ({ statement }) => statement?.digest === added.digest);
  // as an older client kept it, on a gateway's word
  await pl.store.write('told', new TextEncoder().encode(JSON.stringify({ after: cursorOf(1_000_000_000) })));
  hidden = ['sourceLabels'];
  await expect(pl.client.open(reading)).rejects.toMatchObject({ check: 'LABEL' });
  // nor where it shows the statement itself no more, or signs that it was refused before the item was given
  for (const answer of [
    () => Promise.resolve(Response.json({ code: 'NOT_FOUND', detail: 'no such statement', violations: [] }, { status: 404 })),
    async (shown: Response) => {
      const said = (await shown.json()) as { readonly receipt: { readonly body: string } };
      const body = JSON.parse(said.receipt.body) as ReceiptBody;
      const refusal = { ...body, stage: 'refused', outcome: 'DENY', index: 1 } as const;
      return Response.json({ ...said, receipt: await receiptBy(gateway.key, refusal) });
    },
  ]) {
    instead = { digest: added.digest, answer };
    await expect(pl.client.open(reading)).rejects.toMatchObject({ check: 'LABEL' });
  }
  instead = null;
  hidden = ['sourceLabels', 'receipts'];
  await expect(pl.client.open(reading)).rejects.toMatchObject({ check: 'RECEIPT' });
  hidden = [];
  const borne = expect.arrayContaining(caveats()) as unknown;
  expect((await pl.client.open(reading)).label.caveats).toEqual(borne);
  const later = await extractOf(await ng.client.open(first));
  expect((await pl.client.open(later)).label.caveats).toEqual(borne);
});
