/** Lies in receipts: the operator has the key that signs them, and signs what did not happen. */
import { systemClock as clock } from '../../client/cli/clock-system.js';
import { certain } from '../../domain/result.js';
import { digestOf } from '../../crypto/statement.js';
import type { Digest } from '../../domain/ids.js';
import type { ReceiptBody } from '../../domain/receipt.js';
import { DAY_MS, formatInstant, parseInstant, plusMs } from '../../domain/time.js';
import type { Opened } from '../../client/sdk/index.js';
import { receiptBy } from '../client/sdk/receipts.js';
import { noteTo, waitFor } from '../client/sdk/notes.js';
import { PURPOSE, refusalOf, telling, type Lie, type Rows } from './lie.js';
import type { Json, Member, Town } from './town.js';

const bodyOf = (receipt: Json): ReceiptBody => JSON.parse(String(receipt['body'])) as ReceiptBody;

/** The receipts of an answer, those about one of these signed anew. */
const resigned =
  (town: Town, of: readonly string[], change: (body: ReceiptBody) => Partial<ReceiptBody>) =>
  async (answer: Json): Promise<Json> => ({
    ...answer,
    receipts: await Promise.all(
      (answer['receipts'] as Rows).map(async (receipt) => {
        const body = bodyOf(receipt);
        return of.includes(body.statement) ? receiptBy(town.gateway.key, { ...body, ...change(body) }) : receipt;
      }),
    ),
  });

export const REFUSED = { stage: 'refused', outcome: 'DENY' } as const;

/** What the owner gave the reader, handed on to a third authority on the owner's consent until in a day. */
async function handedOn(town: Town, code: string) {
  const third = await town.gateway.join(code, 'FIU');
  await town.gateway.compareAll();
  const note = await town.note();
  const held = await town.reader.client.open({ ...note, ...PURPOSE });
  const until = plusMs(clock.now(), DAY_MS);
  const to = third.client.authority;
  const { consent } = await town.owner.client.grantConsent({
    items: [note.item],
    recipient: { authority: to, authorityType: 'FIU' },
    purposes: ['INTELLIGENCE'],
    until,
    holder: town.reader.client.authority,
  });
  const given = { to, toType: 'FIU', purpose: 'INTELLIGENCE', legalBasis: 'DOMESTIC_LAW:1', until } as const;
  const { release } = await town.reader.client.release(held, { ...given, basis: { consents: [consent] } });
  await waitFor(third.client, ({ statement }) => statement?.digest === release);
  return { consent, release, until, open: () => third.client.open({ item: note.item, via: release, ...PURPOSE }) };
}

const bindsExport = ({ label }: Opened): boolean => label.caveats.some(({ code }) => code === 'NO_EXPORT');

/** A caveat that was set, lifted and set anew. @returns the lifting and the second setting */
async function setAnew(town: Town, item: Digest, { label }: Opened): Promise<readonly Digest[]> {
  const { client } = town.owner;
  const stricter = { ...label, caveats: [...label.caveats, { code: 'NO_EXPORT' as const, by: client.authority }] };
  await client.addCaveat(item, stricter);
  const lifted = await client.relax(item, ['NO_EXPORT']);
  const { digest } = await client.addCaveat(item, stricter);
  await town.delivered(digest);
  return [lifted.digest, digest];
}

/** The places of two label statements changed, and their order with them where the answer is to look as it should. */
const exchanged =
  (town: Town, [first, second]: readonly Digest[], labels: 'labels' | 'sourceLabels', isReordered = true) =>
  async (answer: Json): Promise<Json> => {
    const bodies = (answer['receipts'] as Rows).map(bodyOf);
    const placeOf = (one: Digest): number => bodies.find(({ statement }) => statement === one)!.index;
    const places = new Map([
      [first!, placeOf(second!)],
      [second!, placeOf(first!)],
    ]);
    const all = answer[labels] as string[];
    const [a, b] = [first, second].map((wanted) => all.find((one) => digestOf(one) === wanted)!);
    const swapped = all.map((one) => (one === a ? b! : one === b ? a! : one));
    const told = await resigned(town, [first!, second!], ({ statement }) => ({ index: places.get(statement)! }))(answer);
    return { ...told, [labels]: isReordered ? swapped : all };
  };

/** To the reader of an extract, of the source: is what was set anew gone? */
async function liftedOfSource(town: Town, isReordered: boolean): Promise<string | null> {
  const note = await town.note();
  const source = await town.reader.client.open({ ...note, ...PURPOSE });
  const draft = noteTo(town.reader.client, town.owner.client);
  const sent = await town.reader.client.send({ ...draft, items: [{ ...draft.items[0]!, sources: [source] }] });
  await waitFor(town.owner.client, ({ statement }) => statement?.digest === sent.digest);
  const pair = await setAnew(town, note.item, source);
  const reading = { item: sent.items[0]!.statement.digest, via: sent.digest, ...PURPOSE };
  const opened = await telling(town, { path: '/v1/access', change: exchanged(town, pair, 'sourceLabels', isReordered) }, () =>
    town.owner.client.open(reading),
  );
  return bindsExport(opened) ? 'LABEL' : null;
}

/** What the owner's client alarms about once the promised delay is over, of an act whose receipt is signed anew. */
async function actAlarm(town: Town, act: (owner: Member) => Promise<unknown>, change: (body: ReceiptBody) => Partial<ReceiptBody>) {
  const owner = await town.again(town.owner);
  const forged = async (answer: Json): Promise<Json> => {
    const body = bodyOf(answer['receipt'] as Json);
    return { ...answer, receipt: await receiptBy(town.gateway.key, { ...body, ...change(body) }) };
  };
  await telling(town, { path: '/v1/statements', change: forged }, () => act(owner));
  await town.published();
  await clock.sleep(1_050);
  return (await owner.client.checkProofs()).alarms[0]?.check ?? null;
}

export const receiptLies: readonly Lie[] = [
  {
    kind: 'forge a receipt',
    told: 'a message is taken in by a receipt alone, and is logged nowhere',
    by: 'the sender, in its next status',
    check: 'INCLUSION',
    run: (town) =>
      actAlarm(
        town,
        ({ client }) => client.send(noteTo(client, town.reader.client)),
        ({ statement, index }) => ({ index: index + 1_000, leaf: statement }),
      ),
  },
  {
    kind: 'forge a receipt',
    told: 'a retraction is not logged, and its receipt names the leaf of the message that it takes back',
    by: 'the originator, in its next status',
    check: 'OWN_VIEW',
    async run(town) {
      const sent = await town.owner.client.send(noteTo(town.owner.client, town.reader.client));
      const { index, leaf } = sent.receiptBody;
      return actAlarm(
        town,
        ({ client }) => client.retract(sent.items[0]!.statement.digest),
        () => ({ index, leaf }),
      );
    },
  },
  {
    kind: 'forge a receipt',
    told: 'a reading is not logged, and its receipt names the leaf of an older reading',
    by: 'the reader, in its next status',
    check: 'OWN_VIEW',
    async run(town) {
      const reader = await town.again(town.reader);
      const note = await town.note();
      let older: ReceiptBody | null = null;
      const asOlder = async (answer: Json): Promise<Json> => {
        const body = bodyOf(answer['receipt'] as Json);
        older ??= body;
        return { ...answer, receipt: await receiptBy(town.gateway.key, { ...older, statement: body.statement }) };
      };
      await telling(town, { path: '/v1/access', change: asOlder }, async () => {
        await reader.client.open({ ...note, ...PURPOSE });
        await reader.client.open({ ...note, ...PURPOSE });
      });
      await town.published();
      await clock.sleep(1_050);
      return (await reader.client.checkProofs()).alarms[0]?.check ?? null;
    },
  },
  {
    kind: 'forge a receipt',
    told: 'a message that the rules refused is handed out all the same',
    by: 'the reader, who is shown nothing',
    check: 'RECEIPT',
    async run(town) {
      const note = await town.note();
      return telling(town, { path: '/v1/access', change: resigned(town, [note.via], () => REFUSED) }, () =>
        refusalOf(() => town.reader.client.open({ ...note, ...PURPOSE })),
      );
    },
  },
  {
    kind: 'forge a receipt',
    told: 'a release rests on a consent that the rules refused',
    by: 'the new reader, who is shown nothing',
    check: 'CONSENT',
    async run(town) {
      const { consent, open } = await handedOn(town, 'LV-FIN');
      return telling(town, { path: '/v1/access', change: resigned(town, [consent], () => REFUSED) }, () => refusalOf(open));
    },
  },
  {
    kind: 'forge a receipt',
    told: 'a release that was taken in when the consent had ended bears a time of before',
    by: 'the new reader, who is shown nothing',
    check: 'CONSENT',
    async run(town) {
      const { release, until, open } = await handedOn(town, 'LT-FIN');
      const later = ({ at }: ReceiptBody) => ({ at: formatInstant(plusMs(certain(parseInstant(at)), until - clock.now() + DAY_MS)) });
      return telling(town, { path: '/v1/access', change: resigned(town, [release], later) }, () => refusalOf(open));
    },
  },
  {
    kind: 'strip a caveat',
    told: 'a caveat that was set anew is given the place of the word that had lifted it, and that word its place, by receipts that are signed anew',
    by: 'the reader, for whom it stands: its owner dated the lifting before',
    check: 'LABEL',
    async run(town) {
      const note = await town.note();
      const pair = await setAnew(town, note.item, await town.owner.client.open({ ...note, ...PURPOSE }));
      const opened = await telling(town, { path: '/v1/access', change: exchanged(town, pair, 'labels') }, () =>
        town.reader.client.open({ ...note, ...PURPOSE }),
      );
      return bindsExport(opened) ? 'LABEL' : null;
    },
  },
  {
    kind: 'strip a caveat',
    told: 'the same of a source, to the reader of an extract',
    by: 'that reader, for whom it stands',
    check: 'LABEL',
    run: (town) => liftedOfSource(town, true),
  },
  {
    kind: 'strip a caveat',
    told: 'the same, and the two are shown in the order of before',
    by: 'that reader, for whom it stands',
    check: 'LABEL',
    run: (town) => liftedOfSource(town, false),
  },
];
