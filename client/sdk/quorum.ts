/** The authority's quorum: whoever holds the root deals a key's shares to officers; some of them together open what no desk opens. */
import { decodeBase64url, encodeBase64url } from '../../crypto/base64url.js';
import { dealQuorum } from '../../crypto/quorum.js';
import type { OfficerId } from '../../domain/ids.js';
import type { Instant } from '../../domain/time.js';
import type { EntryPayload } from '../../domain/wire/directory.js';
import type { Quorum } from '../../domain/wire/quorum.js';
import { boundWithOwn } from './bound.js';
import type { ClientContext } from './context.js';
import { ownEntry, type DirectoryView } from './directory.js';
import { publishEntry } from './enrol.js';
import { publicKeysOf, rootOf, type OfficerRow } from './entry.js';
import { ParleyError, PolicyRefusal } from './error.js';
import { certain } from '../../domain/result.js';
import { shareAfter, type Sharing } from './keyring.js';
import { lastDealing } from './own-entries.js';
import { canAct } from './officer-standing.js';
import { onlyByQuorum, stillNeeded } from './quorum-needed.js';
import { ownShare, putRing } from './quorum-ring.js';
import type { Sent } from './submit.js';

export interface QuorumFacts {
  /** how many of them beside whoever asks */
  readonly need: number;
  readonly holders: readonly OfficerId[];
  /** what the last dealing alone opens is lost, and whoever asks knows it */
  readonly givesUp?: boolean;
}

/** Where these say why nothing is dealt, nothing could be published either, or the same again helps. */
const WAITED_FOR: ReadonlySet<string> = new Set(['GATEWAY_UNREACHABLE', 'ENTRY_CHANGED']);

type Row = Pick<OfficerRow, 'encryption'> & { readonly officer: string };

/**
 * Deals a new key: its shares go to the gateway sealed, its public half into the next entry, and what this key store holds of desk
 * secrets is wrapped to it. Officers who hold other desks' secrets wrap theirs: `parley keys share`.
 *
 * @throws ParleyError `ROOT_NOT_HERE`, `NO_SUCH_OFFICER`, `QUORUM_UNFIT`, `QUORUM_NEEDED`, `ROLE_REQUIRED` where the root's holder is no SUPERVISOR
 */
export async function setUpQuorum(context: ClientContext, facts: QuorumFacts): Promise<Sent & Sharing> {
  const { entry } = await boundWithOwn(context);
  if (entry !== null) requireFit(context, entry, facts.holders, await context.directory());
  const needed = entry === null || facts.givesUp ? [] : await onlyByQuorum(context, entry, entry.officers);
  if (needed.length > 0) throw stillNeeded(needed);
  const publish = async (above: number): Promise<Sent> => {
    const quorum = await deal(context, facts, entry, entry?.officers ?? [], above);
    return publishEntry(context, undefined, undefined, { quorum });
  };
  // the key store need not have seen every dealing, as where it was set up anew
  const sent = await publish(await lastDealing(context)).catch((error: unknown) => publish(generationIn(error)));
  return { ...sent, ...(await shareAfter(context)) };
}

/** The gateway would say so once the shares are made, and of holders who cannot agree not at all. */
function requireFit({ identity, clock }: ClientContext, entry: EntryPayload, holders: readonly OfficerId[], view: DirectoryView): void {
  rootOf(identity);
  if (!entry.officers.some(({ officer, roles }) => officer === identity.officer && roles.includes('SUPERVISOR')))
    throw new ParleyError(
      'ROLE_REQUIRED',
      `Whoever holds the root keeps a quorum’s shares at the gateway as a SUPERVISOR, and the entry lists ${identity.officer} as none.`,
      'Publish the entry with SUPERVISOR among its "roles": parley entry FACTS.json',
    );
  const unable = unableOf(entry.officers, holders, view, clock.now());
  if (unable.length > 0)
    throw new ParleyError(
      'QUORUM_UNFIT',
      `They can agree to nothing now, by a key that was revoked or by their term: ${unable.join(', ')}.`,
      'Admit their new cards first, or name others. See them: parley officer list',
    );
}

/** A refusal says which dealing was the highest. A gateway's word does not use up the numbers that there are. */
const GENERATION_TOLD_MAX = 100_000;

/** @throws what it is given, where it names none */
function generationIn(error: unknown): number {
  const told = error instanceof PolicyRefusal ? /^quorum\.generation: above (\d{1,6}),/.exec(error.what)?.[1] : undefined;
  if (told === undefined || Number(told) > GENERATION_TOLD_MAX) throw error;
  return Number(told);
}

/** @param above generations that were dealt, also where the last entry lists none */
async function deal(
  context: ClientContext,
  { need, holders }: QuorumFacts,
  entry: EntryPayload | null,
  officers: readonly Row[],
  above: number,
): Promise<Quorum> {
  const { identity, chance } = context;
  rootOf(identity);
  if (need < 2 || need >= holders.length || new Set(holders).size !== holders.length || holders.length > 16)
    throw new ParleyError(
      'QUORUM_UNFIT',
      'A quorum has 3 to 16 holders, each once, and needs at least two but not all: whoever asks is not counted.',
      'Name one holder more than are needed.',
    );
  const known: readonly Row[] = [...officers, { officer: identity.officer, encryption: publicKeysOf(identity).encryption }];
  const rows = holders.map((officer) => {
    const row = known.findLast((one) => one.officer === officer);
    if (row !== undefined)
      return {
        officer,
        encryption: {
          ...row.encryption,
          kid: row.encryption.kid as Quorum['kid'],
          publicKey: certain(decodeBase64url(row.encryption.publicKey)),
        },
      };
    throw new ParleyError('NO_SUCH_OFFICER', `${officer} is no officer of the newest entry.`, 'See them: parley officer list');
  });
  const dealt = await dealQuorum('age-pq-1', holders, need, chance);
  const generation = Math.max(entry?.quorum?.generation ?? 0, above) + 1;
  await putRing(context, dealt, generation, rows);
  const { kid, suite, publicKey } = dealt.key;
  const listed = dealt.shares.map(({ commitment }, n) => ({ officer: holders[n]!, commitment }));
  return { generation, suite, kid, publicKey: encodeBase64url(publicKey), need, holders: listed };
}

/**
 * The quorum that the next entry must list where its officers change: dealt anew when a holder leaves or has other keys, since a share
 * that is out cannot be called back, and one that is sealed to a lost key is none. Where it alone opens something, whoever is to recover
 * that is admitted first and the dealing stays.
 *
 * @returns undefined where it stays as it is; null where too few are left, or somebody leaves and it cannot be dealt anew now: whoever must
 * go goes at once, and the quorum ends with them
 * @throws ParleyError `ENTRY_CHANGED`, `QUORUM_NEEDED`
 */
export async function quorumAfter(
  context: ClientContext,
  entry: EntryPayload | null,
  officers: readonly Row[],
): Promise<Quorum | null | undefined> {
  const quorum = entry?.quorum;
  if (entry === null || quorum === undefined) return undefined;
  const before = new Map(entry.officers.map(({ officer, encryption }) => [officer as string, encryption.kid as string]));
  const isSame = ({ officer }: { readonly officer: OfficerId }): boolean =>
    officer === context.identity.officer || officers.some((one) => one.officer === officer && one.encryption.kid === before.get(officer));
  if (quorum.holders.every(isSame)) return undefined;
  const holders = quorum.holders
    .map(({ officer }) => officer)
    .filter((holder) => officers.some(({ officer }) => officer === holder) || holder === context.identity.officer);
  const isLeaving = holders.length < quorum.holders.length;
  const needed = await onlyByQuorum(context, entry, officers);
  if (needed.length > 0 && isLeaving) throw stillNeeded(needed);
  if (needed.length > 0) return undefined;
  if (holders.length <= quorum.need) return null;
  try {
    if ((await boundWithOwn(context)).entry?.seq !== entry.seq)
      throw new ParleyError('ENTRY_CHANGED', 'Another entry was published meanwhile.', 'Nothing was dealt. Do it again.');
    return await deal(context, { need: quorum.need, holders }, entry, officers, quorum.generation);
  } catch (error) {
    if (isLeaving && error instanceof ParleyError && !WAITED_FOR.has(error.code)) return null;
    throw error;
  }
}

export interface QuorumShown {
  readonly kid: string;
  readonly generation: number;
  readonly need: number;
  readonly holders: readonly OfficerId[];
  /** holders who are listed and can agree to nothing now: a key of theirs was revoked, or their term is not now */
  readonly unable: readonly OfficerId[];
  /** does the own share open? null: this officer holds none */
  readonly ownShareOpens: boolean | null;
}

/** @returns null where the newest entry has no quorum */
export async function showQuorum(context: ClientContext): Promise<QuorumShown | null> {
  const view = await context.directory(true);
  const entry = ownEntry(view, context.identity);
  const quorum = entry?.quorum;
  if (quorum === undefined) return null;
  const { kid, generation, need } = quorum;
  const holders = quorum.holders.map(({ officer }) => officer);
  const isHolder = holders.includes(context.identity.officer);
  const ownShareOpens = isHolder ? await opens(context, quorum) : null;
  return { kid, generation, need, holders, unable: unableOf(entry!.officers, holders, view, context.clock.now()), ownShareOpens };
}

const unableOf = (
  officers: EntryPayload['officers'],
  holders: readonly OfficerId[],
  { directory }: DirectoryView,
  now: Instant,
): readonly OfficerId[] => holders.filter((holder) => officers.some((one) => one.officer === holder && !canAct(one, directory, now)));

async function opens(context: ClientContext, quorum: Quorum): Promise<boolean> {
  try {
    await ownShare(context, quorum);
    return true;
  } catch (error) {
    if (error instanceof ParleyError && error.code === 'QUORUM_SHARE_MISSING') return false;
    throw error;
  }
}
