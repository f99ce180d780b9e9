/**
 * What one authority of a story can do: each act is a call of the SDK, in the authority's own process, with its own keys.
 * Arguments and answers are plain data, since they cross a process border.
 */
import { createHash } from 'node:crypto';
import { open as openFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  enrol,
  ParleyClient,
  pinRoot,
  readAuthority,
  readDesk,
  readDigest,
  readExchangeId,
  readInstant,
  readOfficer,
  formatInstant,
  type Chance,
  type Clock,
  type ConsentAsking,
  type EntryFacts,
  type EnvelopeDraft,
  type FollowUp,
  type InboxEntry,
  type KeyStore,
  type Opened,
  type Receipt,
  type ReleaseDraft,
  type Stage,
} from '../client/sdk/index.js';
import { draftOf, type Content } from './items.js';

type EnvelopeFacts = Omit<EnvelopeDraft, 'to' | 'items' | 'exchange' | 'prev' | 'deadline' | 'suites'>;

export interface Sending extends EnvelopeFacts {
  readonly to: string;
  readonly items: readonly Content[];
}

export interface Following extends Omit<FollowUp, 'items' | 'suites'> {
  readonly exchange: string;
  readonly items?: readonly Content[];
}

export interface Asking extends Omit<ConsentAsking, 'to' | 'cell' | 'explanation' | 'exchange' | 'deadline'> {
  readonly to: string;
  readonly item: string;
  readonly recipient: { readonly authority: string; readonly authorityType: ConsentAsking['cell']['recipient']['authorityType'] };
  readonly recipientPurposes: ConsentAsking['cell']['purposes'];
  /** RFC 3339 */
  readonly until: string;
}

export interface Releasing extends Omit<ReleaseDraft, 'until' | 'label' | 'disclosed' | 'suites'> {
  readonly item: string;
  readonly until: string;
  /** tries what nobody may: the label without its caveats */
  readonly stripped?: boolean;
}

export interface Reading {
  readonly item: string;
  readonly via: string;
  readonly purpose: ReleaseDraft['purpose'];
}

/** One authority: its keys, its time, and how it reaches the gateway. */
export interface Seat {
  readonly store: KeyStore;
  readonly clock: Clock;
  readonly chance: Chance;
  /** where files that were opened are put */
  readonly folder: string;
  /** @param bold leave every check to the gateway, for trying what is refused */
  client(bold?: boolean): Promise<ParleyClient>;
  /** says where the gateway is, for this process and for the command line later */
  reach(origin: string): Promise<void>;
}

const WAIT_S = 2;
const WAITS_MAX = 15;

export function createActs(seat: Seat) {
  return { ...enrolment(seat), ...exchanges(seat), ...consents(seat), ...evidence(seat) };
}
export type Acts = ReturnType<typeof createActs>;

const enrolment = ({ store, clock, chance, client, reach }: Seat) => ({
  /** @returns the root's fingerprint, to be compared out of band, and its public key */
  async enrol(args: { authority: string; officer: string; desk: string; suites: readonly ('age-pq-1' | 'openpgp-4')[] }) {
    const names = { authority: readAuthority(args.authority), officer: readOfficer(args.officer), desk: readDesk(args.desk) };
    const { root } = await enrol(store, { ...names, suites: args.suites }, chance, clock.now());
    if (root === null) throw new RangeError('a new identity has its root');
    return { root: root.kid as string, publicKey: Buffer.from(root.publicKey).toString('base64url') };
  },
  async connect({ origin, roots }: { origin: string; roots: readonly { authority: string; root: string }[] }) {
    await reach(origin);
    for (const { authority, root } of roots) await pinRoot(store, authority, root);
    return (await client()).gateway;
  },
  async designate(args: { authority: string; root: string; types: EntryFacts['types'] }) {
    return sentBy(await (await client()).designate({ ...args, status: 'ACTIVE' }));
  },
  publish: async (facts: EntryFacts) => sentBy(await (await client()).publishEntry(facts)),
  /** a new generation of the desk's encryption keys, and the entry that says so, signed by the root */
  turn: async () => (await client()).turnDeskKey(),
});

const exchanges = ({ client, folder }: Seat) => ({
  async send({ to, items, ...facts }: Sending, bold?: boolean) {
    const us = await client(bold);
    const drafts = items.map((item) => draftOf(item, facts.profile, us.authority));
    const sent = await us.send({ ...facts, to: readAuthority(to), items: drafts });
    return { ...sentBy(sent), exchange: sent.exchange as string };
  },
  async follow({ exchange, items = [], ...next }: Following, bold?: boolean) {
    const us = await client(bold);
    const id = readExchangeId(exchange);
    const { profile } = (await us.exchange(id)).opening;
    return sentBy(await us.followUp(id, { ...next, items: items.map((item) => draftOf(item, profile, us.authority)) }));
  },
  async acknowledge({ exchange, handlerRef }: { exchange: string; handlerRef: string }) {
    return sentBy(await (await client()).acknowledge(readExchangeId(exchange), { handlerRef }));
  },
  async exchange({ exchange }: { exchange: string }) {
    const { summary } = await (await client()).exchange(readExchangeId(exchange));
    return { state: summary.state, clocks: summary.clocks };
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

const consents = ({ client }: Seat) => ({
  async askConsent({ item, recipient, recipientPurposes, until, to, ...facts }: Asking) {
    const us = await client();
    const cell = {
      items: [readDigest(item)],
      recipient: { ...recipient, authority: readAuthority(recipient.authority) },
      purposes: recipientPurposes,
      until: readInstant(until),
    };
    const sent = await us.askConsent({ ...facts, to: readAuthority(to), cell });
    return { ...sentBy(sent), exchange: sent.exchange as string };
  },
  async grant({ exchange, until }: { exchange: string; until: string }) {
    const us = await client();
    const request = await us.consentRequestOf(readExchangeId(exchange));
    const sent = await us.grantRequest(request, { until: readInstant(until) });
    return { ...sentBy(sent), consent: sent.consent as string };
  },
  /** @param text absent: a refusal that gives no reason, which the gateway does not take */
  async refuseConsent({ exchange, codes, text }: { exchange: string; codes: readonly string[]; text?: string }, bold?: boolean) {
    const us = await client(bold);
    const request = await us.consentRequestOf(readExchangeId(exchange));
    const { label } = draftOf({ role: 'TEXT', text: '' }, request.payload.profile, us.authority);
    return sentBy(await us.refuseRequest(request, { codes, label, ...(text === undefined ? {} : { text }) }));
  },
  async release({ item, until, stripped, ...draft }: Releasing, bold?: boolean) {
    const us = await client(bold);
    const holding = await us.holding(item);
    const label = stripped === true ? { label: { ...holding.label, caveats: [] } } : {};
    const sent = await us.release(holding, { ...draft, ...label, until: readInstant(until) });
    return { ...sentBy(sent), release: sent.release as string };
  },
});

const evidence = ({ client, clock }: Seat) => ({
  disclosureReport: async () => (await client()).disclosureReport(),
  /** what this authority tried and was refused, as its own log tells it: others' tries are not its affair */
  async ownRefusals() {
    const us = await client();
    const denied = (await us.auditEvents()).filter(({ event }) => event.outcome === 'DENY' && event.actor.authority === us.authority);
    return denied.map(({ index, event }) => ({ index, action: event.action, counterparty: event.counterparty ?? '', codes: event.codes }));
  },
  /** asks for every proof that is owed for what was read here, until none waits */
  async proofs() {
    const us = await client();
    let proved = 0;
    for (let tries = 0; tries < WAITS_MAX; tries++) {
      const report = await us.checkProofs();
      proved += report.proved;
      if (report.waiting === 0) return { proved, alarms: report.alarms };
      await clock.sleep(500);
    }
    return { proved, alarms: [{ statement: '', why: 'still waiting' }] };
  },
  /** what proves the receipt to a stranger, without any further question to the gateway */
  async proofOf({ receipt }: { receipt: Receipt }) {
    const us = await client();
    const body = await us.verifyReceipt(receipt);
    if (!body.ok) throw new RangeError(body.error);
    for (let tries = 0; tries < WAITS_MAX; tries++) {
      const proof = await us.readProof(body.value.index);
      if (proof.ok) return proof.value;
      await clock.sleep(500);
    }
    throw new RangeError('no checkpoint came');
  },
});

const sentBy = ({ digest, receipt, receiptBody }: { digest: string; receipt: Receipt; receiptBody: { index: number; at: string } }) => ({
  digest,
  receipt,
  index: receiptBody.index,
  at: receiptBody.at,
});

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

/** Shown under its name only when its end was proved. */
function createFileStage(path: string): { readonly stage: Stage; digest(): string } {
  const hash = createHash('sha256');
  const partial = `${path}.part`;
  let file: Awaited<ReturnType<typeof openFile>> | null = null;
  const close = async (): Promise<void> => {
    await file?.close();
    file = null;
  };
  return {
    digest: () => hash.digest('hex'),
    stage: {
      async write(bytes) {
        file ??= await openFile(partial, 'w', 0o600);
        await file.write(bytes);
        hash.update(bytes);
      },
      async keep() {
        await close();
        await rename(partial, path);
      },
      async discard() {
        await close();
        await rm(partial, { force: true });
      },
    },
  };
}
