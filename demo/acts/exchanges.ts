import { join } from 'node:path';
import {
  formatInstant,
  readAuthority,
  readDigest,
  readExchangeId,
  readInstant,
  type EnvelopeDraft,
  type FollowUp,
  type InboxEntry,
  type Opened,
  type ParleyClient,
  type ReleaseDraft,
} from '../../client/sdk/index.js';
import { draftOf, type Content } from '../items.js';
import { createFileStage } from './file-stage.js';
import { sentBy, type Seat } from './seat.js';

type EnvelopeFacts = Omit<EnvelopeDraft, 'to' | 'items' | 'exchange' | 'prev' | 'deadline' | 'suites'>;

export interface Sending extends EnvelopeFacts {
  readonly to: string;
  readonly items: readonly Content[];
  /** until when the answer is needed, RFC 3339 */
  readonly deadline?: string;
}

export interface Following extends Omit<FollowUp, 'items' | 'suites'> {
  readonly exchange: string;
  readonly items?: readonly Content[];
}

export interface Reading {
  readonly item: string;
  readonly via: string;
  readonly purpose: ReleaseDraft['purpose'];
}

const WAIT_S = 2;
const WAITS_MAX = 15;

const choiceIn = (body: object | undefined): unknown =>
  body !== undefined && 'confidentiality' in body ? body.confidentiality : undefined;

export const exchanges = ({ client, folder }: Seat) => ({
  async send({ to, items, deadline, ...facts }: Sending, bold?: boolean) {
    const us = await client(bold);
    const chosen = choiceIn(facts.body);
    const drafts = await Promise.all(
      items.map(async (item) => ({ ...draftOf(item, facts.profile, us.authority, chosen), ...(await sourcesOf(item, us)) })),
    );
    const date = deadline === undefined ? {} : { deadline: readInstant(deadline) };
    const sent = await us.send({ ...facts, ...date, to: readAuthority(to), items: drafts });
    return { ...sentBy(sent), exchange: sent.exchange as string };
  },
  async follow({ exchange, items = [], ...next }: Following, bold?: boolean) {
    const us = await client(bold);
    const id = readExchangeId(exchange);
    const { profile, from, body } = (await us.exchange(id)).opening;
    const chosen = from === us.authority ? choiceIn(body) : undefined;
    const sent = await us.followUp(id, { ...next, items: items.map((item) => draftOf(item, profile, us.authority, chosen)) });
    return { ...sentBy(sent), items: sent.items.map(({ statement }) => statement.digest as string) };
  },
  async acknowledge({ exchange, handlerRef }: { exchange: string; handlerRef: string }) {
    return sentBy(await (await client()).acknowledge(readExchangeId(exchange), { handlerRef }));
  },
  async exchange({ exchange }: { exchange: string }) {
    const { summary } = await (await client()).exchange(readExchangeId(exchange));
    const { state, clocks, parts, agreements } = summary;
    return { state, clocks, parts, agreements };
  },
  /** waits for what is new in the inbox: the first entry of that kind, and message where one is given */
  async receive({ kind, message }: { kind: InboxEntry['kind']; message?: string }) {
    const us = await client();
    for (let waits = 0; waits < WAITS_MAX; waits++) {
      const after = await us.readCursor();
      const { entries } = await us.inboxPage({ ...(after === null ? {} : { after }), waitS: WAIT_S });
      for (const entry of entries) {
        await us.keepCursor(entry.cursor);
        const read = receivedOf(entry);
        if (read !== null && entry.kind === kind && (message === undefined || read.message === message)) return read;
      }
    }
    throw new RangeError(`no ${message ?? kind} came in ${WAIT_S * WAITS_MAX} s`);
  },
  async open({ item, via, purpose }: Reading) {
    const us = await client();
    const file = createFileStage(join(folder, `${item}.bin`));
    const request = { item: readDigest(item), via: readDigest(via), purpose, justification: 'CASE_WORK' as const };
    return openedOf(await us.open(request, file.stage), file.digest());
  },
});

async function sourcesOf({ sources = [] }: Content, us: ParleyClient) {
  return sources.length === 0 ? {} : { sources: await Promise.all(sources.map((source) => us.holding(source))) };
}

function receivedOf({ statement, items, exchange, index }: InboxEntry) {
  if (statement === null) return null;
  const message = statement.typ === 'parley-envelope+json' ? statement.payload.message : null;
  const codes = statement.typ === 'parley-consent-refusal+json' ? statement.payload.codes : [];
  return {
    digest: statement.digest as string,
    message,
    codes,
    exchange: exchange as string | null,
    index,
    items: items.map((item) => ({ digest: item.digest as string, role: item.payload.itemRole, sizeBytes: item.payload.size })),
  };
}

function openedOf({ label, content, access, release, consents }: Opened, sha256: string) {
  return {
    ...sentBy(access),
    label: {
      level: label.level,
      tlp: label.tlp,
      purposes: label.purposes,
      originators: label.originators,
      caveats: label.caveats.map(({ code, by }) => `${code} (${by})`),
    },
    fields: content.role === 'FORM' ? Object.fromEntries(content.fields) : {},
    text: content.role === 'TEXT' ? content.text : null,
    sha256: content.role === 'FILE' ? sha256 : null,
    holder: release === null ? null : (release.payload.holder as string),
    consents: consents.map(({ digest, payload }) => ({ digest, originator: payload.originator, until: formatInstant(payload.until) })),
  };
}
