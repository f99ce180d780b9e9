/** Who takes part in the measurements: an operator, NG-FIA who asks and VG-FIX who answers, as in story 1. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemChance } from '../adapters/chance-system.js';
import { createSystemClock } from '../adapters/clock-system.js';
import { rootOf } from '../client/sdk/entry.js';
import { certain } from '../domain/result.js';
import {
  createMemoryKeyStore,
  defaultLabel,
  enrol,
  openingForm,
  ParleyClient,
  type EnvelopeDraft,
  type Identity,
  type KeyStore,
} from '../client/sdk/index.js';
import type { SigningKey } from '../crypto/signing-key.js';
import { parseAuthorityId, parseDeskId, parseOfficerId, type AuthorityId } from '../domain/ids.js';
import type { Suite } from '../domain/vocabulary.js';

export const LOG_ORIGIN = 'bench.parley.example/log';
export const clock = createSystemClock();

export interface Member {
  readonly store: KeyStore;
  readonly identity: Identity;
  readonly root: SigningKey;
}

export interface Cast {
  readonly operator: Member;
  readonly sender: Member;
  readonly recipient: Member;
  /** shared by the gateways of one run, so that one set of submissions fits them all */
  readonly gatewayKeyFile: string;
  remove(): void;
}

export async function createCast(): Promise<Cast> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-bench-keys-'));
  return {
    operator: await member('XX-OPS'),
    sender: await member('NG-FIA'),
    recipient: await member('VG-FIX'),
    gatewayKeyFile: join(folder, 'gateway.json'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The same keys with nothing remembered of any gateway: what saw one log does not go on with another of the same name. */
export async function newcomers(cast: Cast): Promise<Cast> {
  const copy = async (member: Member): Promise<Member> => {
    const store = createMemoryKeyStore();
    for (const name of await member.store.names('')) await store.write(name, (await member.store.read(name)) ?? new Uint8Array());
    return { ...member, store };
  };
  return { ...cast, operator: await copy(cast.operator), sender: await copy(cast.sender), recipient: await copy(cast.recipient) };
}

const SUITES_HELD: readonly Suite[] = ['age-pq-1'];

async function member(authority: string): Promise<Member> {
  const store = createMemoryKeyStore();
  const wanted = {
    authority: certain(parseAuthorityId(authority)),
    officer: certain(parseOfficerId('o1')),
    desk: certain(parseDeskId('INTAKE')),
    suites: SUITES_HELD,
  };
  const identity = await enrol(store, wanted, systemChance, clock.now());
  return { store, identity, root: rootOf(identity) };
}

export const connect = (url: string, store: KeyStore, fetcher: typeof fetch = fetch): Promise<ParleyClient> =>
  ParleyClient.connect({ origin: url, store, clock, chance: systemChance, fetch: fetcher });

/** The operator designates both, each publishes its entry and compares the other's root. */
export async function enrolCast(cast: Cast, url: string): Promise<void> {
  const operator = await connect(url, cast.operator.store);
  for (const { identity, root } of [cast.sender, cast.recipient])
    await operator.designate({ authority: identity.authority, root: root.kid, types: ['FIU'], status: 'ACTIVE' });
  for (const [own, other] of [
    [cast.sender, cast.recipient],
    [cast.recipient, cast.sender],
  ] as const) {
    const client = await connect(url, own.store);
    await client.publishEntry({
      name: own.identity.authority,
      territory: own.identity.authority.slice(0, 2),
      types: ['FIU'],
      languages: ['en'],
      clearance: 'RESTRICTED',
      timeZone: 'UTC',
      presumedConsent: [],
      roles: ['OFFICER', 'COMPLIANCE'],
    });
    for (const { identity, root } of [own, other]) await client.pinRoot(identity.authority, root.kid);
  }
}

/** A request as story 1 opens with: its form is 4 KiB when padded, and is sealed to both sides' desks. */
export const requestDraft = ({ sender, recipient }: Cast): EnvelopeDraft =>
  requestOf(sender.identity.authority, recipient.identity.authority);

export function requestOf(from: AuthorityId, addressee: string): EnvelopeDraft {
  const profile = 'BVI_BILATERAL_FIU';
  const label = defaultLabel(profile, from);
  const fields = Object.fromEntries(
    openingForm(profile)
      .fields.filter(({ mandatory }) => mandatory)
      .map(({ name }) => [name, SENTENCE]),
  );
  return {
    exchangeType: 'FIU_REQUEST',
    profile,
    fromType: 'FIU',
    to: certain(parseAuthorityId(addressee)),
    toType: 'FIU',
    legalBasis: ['RECIPROCITY'],
    framework: ['EGMONT_PRINCIPLES'],
    purposes: ['INTELLIGENCE'],
    matterType: 'INTELLIGENCE',
    language: 'en',
    urgency: 'ROUTINE',
    message: 'SUBMIT',
    body: {
      reciprocity: true,
      intendedRecipients: [],
      alsoRequestedVia: [],
      periodFrom: '2026-01-01',
      periodTo: '2026-06-30',
    },
    items: [{ content: { role: 'FORM', schema: openingForm(profile), fields }, label, language: 'en' }],
  };
}

const SENTENCE = 'Payments through accounts of the company are to be understood; see the enclosed account of events. '.repeat(2);
