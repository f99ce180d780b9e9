/** Lies about markings: a caveat less, a retraction kept back. */
import { inboxLines } from '../../client/cli/commands/audit.js';
import { encodeBase64url, decodeBase64url } from '../../crypto/base64url.js';
import { digestOf } from '../../crypto/statement.js';
import { certain } from '../../domain/result.js';
import { PURPOSE, refusalOf, telling, type Lie, type Rows } from './lie.js';
import type { Json } from './town.js';

const utf8 = new TextEncoder();
const text = new TextDecoder();

/** The item statement without its caveats: the gateway has no key of its issuer's to sign it again. */
function withoutCaveats(answer: Json): Json {
  const [header, payload, signature] = String(answer['item']).split('.') as [string, string, string];
  const item = JSON.parse(text.decode(certain(decodeBase64url(payload)))) as { label: object };
  const stripped = encodeBase64url(utf8.encode(JSON.stringify({ ...item, label: { ...item.label, caveats: [] } })));
  return { ...answer, item: [header, stripped, signature].join('.') };
}

/** The label statements with this one at the end, and without its receipt. */
function liftedLast(answer: Json, lifted: string): Json {
  const labels = answer['labels'] as string[];
  const last = labels.filter((one) => digestOf(one) === lifted);
  const receipts = (answer['receipts'] as Rows).filter((receipt) => !String(receipt['body']).includes(lifted));
  return { ...answer, receipts, labels: [...labels.filter((one) => !last.includes(one)), ...last] };
}

export const readingLies: readonly Lie[] = [
  {
    kind: 'strip a caveat',
    told: 'an item’s label has lost its caveats',
    by: 'the reader, who is shown nothing',
    check: 'ITEM_STATEMENT',
    async run(town) {
      const note = await town.note();
      return telling(town, { path: '/v1/access', change: withoutCaveats }, () =>
        refusalOf(() => town.reader.client.open({ ...note, ...PURPOSE })),
      );
    },
  },
  {
    kind: 'strip a caveat',
    told: 'a caveat that its originator added later is not shown to who saw it before',
    by: 'the reader, who is shown nothing',
    check: 'LABEL',
    async run(town) {
      const note = await town.note();
      const { label } = await town.reader.client.open({ ...note, ...PURPOSE });
      await town.owner.client.addCaveat(note.item, {
        ...label,
        caveats: [...label.caveats, { code: 'NO_EXPORT', by: town.owner.client.authority }],
      });
      await town.reader.client.open({ ...note, ...PURPOSE });
      return telling(town, { path: '/v1/access', change: (answer) => ({ ...answer, labels: [] }) }, () =>
        refusalOf(() => town.reader.client.open({ ...note, ...PURPOSE })),
      );
    },
  },
  {
    kind: 'strip a caveat',
    told: 'a caveat that its originator added later is not shown to who looks for the first time',
    by: 'the reader, whose inbox told of it: it is shown nothing',
    check: 'LABEL',
    async run(town) {
      const note = await town.note();
      const { label } = await town.owner.client.open({ ...note, ...PURPOSE });
      const { digest } = await town.owner.client.addCaveat(note.item, {
        ...label,
        caveats: [...label.caveats, { code: 'NO_EXPORT', by: town.owner.client.authority }],
      });
      await town.delivered(digest);
      return telling(town, { path: '/v1/access', change: (answer) => ({ ...answer, labels: [] }) }, () =>
        refusalOf(() => town.reader.client.open({ ...note, ...PURPOSE })),
      );
    },
  },
  {
    kind: 'strip a caveat',
    told: 'a caveat that was set anew is shown before the word that had lifted it, and nothing says when that was logged',
    by: 'the reader, who is shown nothing',
    check: 'LABEL',
    async run(town) {
      const note = await town.note();
      const { client } = town.owner;
      const { label } = await client.open({ ...note, ...PURPOSE });
      const stricter = { ...label, caveats: [...label.caveats, { code: 'NO_EXPORT' as const, by: client.authority }] };
      await client.addCaveat(note.item, stricter);
      const lifted = await client.relax(note.item, ['NO_EXPORT']);
      const { digest } = await client.addCaveat(note.item, stricter);
      await town.delivered(digest);
      return telling(town, { path: '/v1/access', change: (answer) => liftedLast(answer, lifted.digest) }, () =>
        refusalOf(() => town.reader.client.open({ ...note, ...PURPOSE })),
      );
    },
  },
  {
    kind: 'withhold a retraction',
    told: 'a retraction that was logged as delivered is in no inbox',
    by: 'the holder, who compares its stream with its inbox',
    check: 'INBOX_WITHHELD',
    async run(town) {
      const note = await town.note();
      const { digest } = await town.owner.client.retract(note.item);
      const { reader } = town;
      await town.delivered(digest);
      await town.published();
      const kept = (answer: Json): unknown =>
        'entries' in answer
          ? { ...answer, entries: (answer['entries'] as Rows).filter(({ statement }) => !String(statement).startsWith(LABEL_HEADER)) }
          : answer;
      return telling(town, { path: '/v1/inbox', change: kept }, async () => {
        const { withheld, proof } = await reader.client.checkInbox();
        return proof.isComplete && withheld.some(({ statement }) => statement === digest) ? 'INBOX_WITHHELD' : null;
      });
    },
  },
  {
    kind: 'withhold a retraction',
    told: 'a delivery is in no inbox, and in no event of the log either',
    by: 'the holder, who calls no inbox whole that its stream does not prove',
    check: 'EVENT_HIDDEN',
    async run(town) {
      await town.note();
      await town.published();
      const isKept = (row: Json): boolean => !JSON.stringify(row).includes('\\"action\\":\\"DELIVER\\"');
      return telling(
        town,
        { path: '/v1/audit/events', change: (answer) => ({ ...answer, events: (answer['events'] as Rows).filter(isKept) }) },
        async () => {
          const { withheld, proof } = await town.reader.client.checkInbox();
          const says = inboxLines({ withheld, proof }).join('\n');
          return withheld.length === 0 && !says.includes('in your inbox') ? (proof.misfits[0]?.check ?? null) : null;
        },
      );
    },
  },
];

/** how every label statement begins, whoever signed it */
const LABEL_HEADER = encodeBase64url(utf8.encode('{"alg":"Ed25519","typ":"parley-label+json","kid":"')).slice(0, -2);
