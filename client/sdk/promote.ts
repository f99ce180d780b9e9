/** From informal to formal: a draft of the sender's own data alone, and an account of what it may not take along (7.2 [D]). */
import type { AuthorityId, Digest, ExchangeId } from '../../domain/ids.js';
import { MACHINES } from '../../domain/machines/index.js';
import { present } from '../../domain/present.js';
import { PROFILES } from '../../domain/profiles/index.js';
import type { AuthorityType, ExchangeType, ProfileId, Purpose } from '../../domain/vocabulary.js';
import type { ClientContext } from './context.js';
import { readExchangeFacts } from './envelope.js';
import { nullIfRefused, ParleyError } from './error.js';
import { explainAsSaid, type Explanation } from './explain.js';
import { readEnvelopes } from './messages.js';
import { openItem } from './open.js';
import { formIssues, profileForm } from './profile-form.js';
import type { Item } from './reading-order.js';

export interface Promotion {
  readonly profile: ProfileId;
  readonly type?: ExchangeType;
  /** absent: the other side of the exchange */
  readonly to?: AuthorityId;
  readonly toType?: AuthorityType;
  readonly purpose: Purpose;
}

/** An item that did not go along, and what would let it. */
export interface LeftOut {
  readonly item: Digest;
  readonly issuer: AuthorityId;
  readonly kind: string;
  readonly itemRole: string;
  readonly originators: readonly AuthorityId[];
  /** code and owner */
  readonly caveats: readonly { readonly code: string; readonly by: AuthorityId }[];
  /** could it be handed on beside the request, and what would make that lawful? null: it is not held here any more */
  readonly release: Explanation | null;
}

export interface Promoted {
  readonly to: AuthorityId;
  /** own words, by the names of the new form */
  readonly form: Readonly<Record<string, unknown>>;
  /** the name that each of them bore before, by its new one */
  readonly from: Readonly<Record<string, string>>;
  /** of the opening, where it is one's own */
  readonly facts: {
    readonly legalBasis?: readonly string[];
    readonly matterType?: string;
    readonly language?: string;
    readonly pairCase?: string;
  };
  /** empty where the addressee is not the other side: an exchange is told only to who knows it */
  readonly relatesTo: readonly ExchangeId[];
  /** own files, to be attached again */
  readonly files: readonly Digest[];
  readonly leftOut: readonly LeftOut[];
  /** its opener says in the exchange what came of it, by PROMOTE_TO_FORMAL */
  readonly isTold: boolean;
}

/** What asks the same under another name in the forms of informal exchanges, by its name in a formal one. What it is for is said anew. */
const SAME_MATTER: Readonly<Record<string, readonly string[]>> = {
  conductingAuthority: ['requestingUnit'],
  offence: ['offenceSummary'],
  factualSummary: ['facts'],
  assistance: ['assistanceConsidered', 'informationSought', 'questions'],
  persons: ['subjects', 'person'],
};

interface Given {
  readonly item: Item;
  readonly via: Digest;
}

/**
 * Takes own items of kind OWN along and nothing else: whatever was received, and whatever was made from it, stays behind.
 *
 * @throws ParleyError `NO_FORM` where such an exchange has none on the profile
 */
export async function promoteExchange(context: ClientContext, exchange: ExchangeId, wanted: Promotion): Promise<Promoted> {
  const form = profileForm(wanted.profile, 'opening', wanted.type);
  if (form === null)
    throw new ParleyError('NO_FORM', `Such an exchange has no form on ${wanted.profile}.`, 'See which do: parley form list.');
  const { opening } = await readExchangeFacts(context, exchange);
  const me = context.identity.authority;
  const isMine = opening.from === me;
  const other = isMine ? opening.to : opening.from;
  const given = await itemsOf(context, exchange);
  const own = given.filter(({ item }) => isOwn(item, me));
  const to = wanted.to ?? other;
  const values: Record<string, unknown> = {};
  // what was said later holds
  for (const one of own.filter(({ item }) => item.payload.itemRole === 'FORM')) Object.assign(values, await fieldsOf(context, one));
  const left: LeftOut[] = [];
  // one after the other: a long exchange is no reason to ask a hundred things at once
  for (const { item } of given.filter((one) => !own.includes(one))) left.push(await leftOut(context, item, to, wanted));
  const { legalBasis, matterType, language, pairCase } = opening;
  const fit = fitting(form, values);
  return {
    to,
    form: Object.fromEntries(fit.map(([name, before]) => [name, values[before]])),
    from: Object.fromEntries(fit),
    facts: isMine ? { legalBasis, matterType, language, ...present({ pairCase }) } : {},
    relatesTo: to === other ? [exchange] : [],
    files: own.filter(({ item }) => item.payload.itemRole !== 'FORM').map(({ item }) => item.digest),
    leftOut: left,
    isTold:
      isMine &&
      (wanted.type ?? PROFILES[wanted.profile].exchangeTypes[0]) === 'FORMAL_MLA_REQUEST' &&
      MACHINES[opening.exchangeType].table.some(({ step }) => step === 'PROMOTE_TO_FORMAL'),
  };
}

const isOwn = ({ payload: { issuer, kind, derivedFrom, label } }: Item, me: AuthorityId): boolean =>
  issuer === me && kind === 'OWN' && derivedFrom.length === 0 && label.originators.every((originator) => originator === me);

async function itemsOf(context: ClientContext, exchange: ExchangeId): Promise<Given[]> {
  const found = new Map<Digest, Given>();
  for (const { envelope, items } of await readEnvelopes(context, exchange))
    for (const item of items) found.set(item.digest, { item, via: envelope.digest });
  return [...found.values()];
}

/** Read again as any item is: the reading is stated, logged and checked. */
async function fieldsOf(context: ClientContext, { item, via }: Given): Promise<Record<string, unknown>> {
  const { content } = await openItem(context, { item: item.digest, via, purpose: 'MLA_PREPARATION', justification: 'CASE_WORK' });
  return content.role === 'FORM' ? Object.fromEntries(content.fields) : {};
}

/**
 * Fields of the new form that bear the same name, or ask the same under another, and take the value; files are attached anew, and named by
 * that.
 *
 * @returns new name and old
 */
function fitting(form: Parameters<typeof formIssues>[0], values: Readonly<Record<string, unknown>>): [string, string][] {
  const takes = (name: string, value: unknown): boolean =>
    !formIssues(form, { [name]: value }).some(({ field }) => field.split('.')[0] === name);
  return form.fields.flatMap(({ name }): [string, string][] => {
    const before = [name, ...(SAME_MATTER[name] ?? [])].find((one) => one in values && takes(name, values[one]));
    return before === undefined || name === 'attachments' ? [] : [[name, before]];
  });
}

async function leftOut(context: ClientContext, item: Item, to: AuthorityId, { profile, toType, purpose }: Promotion): Promise<LeftOut> {
  const { issuer, kind, itemRole, label } = item.payload;
  const asType = toType ?? PROFILES[profile].pairs[0]?.to[0];
  const asked = { item: item.digest, to, purpose, ...present({ toType: asType }) };
  const release = await explainAsSaid(context, asked).catch(nullIfRefused);
  const caveats = label.caveats.map(({ code, by }) => ({ code, by }));
  return { item: item.digest, issuer, kind, itemRole, originators: label.originators, caveats, release };
}
