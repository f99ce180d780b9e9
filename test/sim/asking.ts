/** Who asks whom on which channel, what is answered, and how a request is withdrawn. */
import { owedBy } from '../../domain/profiles/form.js';
import { PROFILES } from '../../domain/profiles/index.js';
import type { AuthorityType } from '../../domain/vocabulary.js';
import { uuidFrom, type Actor } from '../support/actors.js';
import { labelOf, makeEnvelope, makeItem, makeRequest } from '../support/letters.js';
import { others, pick, type Deed } from './moves.js';
import { confidential, noThirdParty, type Caveat, type Thing } from './things.js';
import { send, type Asked, type Town } from './town.js';

const recipient = ({ id: authority, type: authorityType }: Actor) => ({ authority, authorityType });
const naming = (actor: Actor) => ({ ...recipient(actor), purposes: ['INTELLIGENCE'] });

export const ask: Deed = async (town, me) => {
  const fius = others(town, me).filter(({ type }) => type === 'FIU');
  const to = pick(town, fius);
  if (to === undefined || me.type !== 'FIU') return false;
  const named = town.draw.oneIn(2) ? (fius.find((fiu) => fiu !== to) ?? null) : null;
  const over = named === null ? {} : { profile: 'EGMONT_FIU' };
  const says = named === null ? {} : { intendedRecipients: [naming(named)] };
  const { item, exchange, signed } = await makeRequest(me, to, town.desk(), over, says);
  if (!(await send(town, signed, me))) return true;
  const thing = { item, originators: [me], sources: [], caveats: [noThirdParty(me)], labelEpoch: 0 };
  keep(town, { exchange, opening: signed.digest, over, named, from: me, to, says: 'PARTIAL_REPLY' }, thing);
  return true;
};

function keep(town: Town, asked: Omit<Asked, 'question' | 'acknowledged'>, thing: Thing): void {
  const question = { thing, holder: asked.to, via: asked.opening, added: [] };
  town.asked.push({ ...asked, question, acknowledged: false });
  town.hands.push(question);
}

/** Channels that let something be handed on without consent. What is told of a formal request beside its answer is no answer. */
const ROADS: Readonly<Partial<Record<AuthorityType, { over: object; form: keyof typeof PROFILES; says: Asked['says'] }>>> = {
  ARIN_CONTACT_LE: { over: { profile: 'CARIN', exchangeType: 'ASSET_TRACING_REQUEST' }, form: 'CARIN', says: 'PARTIAL_REPLY' },
  CENTRAL_AUTHORITY_MLA: { over: { profile: 'FORMAL_MLA', exchangeType: 'FORMAL_MLA_REQUEST' }, form: 'FORMAL_MLA', says: 'STATUS_REPLY' },
};

export const hasCounterpart = ({ type }: Actor): boolean => ROADS[type] !== undefined;

const PART = { id: 'a', assistanceType: 'COMPANY_RECORDS', coercive: false };

/** Mostly the team of the asking State is named, now and then somebody else or nobody; some requests are confidential. */
export const askCounterpart: Deed = async (town, me) => {
  const { draw } = town;
  const road = ROADS[me.type];
  const to = others(town, me).find(({ type }) => type === me.type);
  if (road === undefined || to === undefined) return false;
  const isTracing = road.form === 'CARIN';
  const team = town.cast.find(({ type }) => type === 'LAW_ENFORCEMENT')!;
  const named = isTracing && !draw.oneIn(8) ? (draw.oneIn(5) ? pick(town, others(town, me))! : team) : null;
  const isSecret = !isTracing && draw.oneIn(2);
  const caveats: Caveat[] = [noThirdParty(me), ...(isSecret ? [confidential(me)] : [])];
  const desk = town.desk();
  const present = owedBy(PROFILES[road.form].openingForm).map(({ field }) => field);
  const form = { schema: PROFILES[road.form].openingForm.schema, present, _sd: [] };
  const item = await makeItem(me, [to, me], 'what is it about', desk, { itemRole: 'FORM', form, label: labelOf(me, { caveats }) });
  const exchange = uuidFrom(desk.chance);
  const body = {
    ...(named === null ? {} : { intendedRecipients: [naming(named)] }),
    ...(isTracing ? {} : { confidentiality: isSecret ? 'FACT_AND_SUBSTANCE' : 'NONE', parts: [PART] }),
  };
  const signed = makeEnvelope({ from: me, to, exchange, message: 'SUBMIT', items: [item], body, over: road.over }, desk);
  if (!(await send(town, signed, me))) return true;
  const thing = { item, originators: [me], sources: [], caveats, labelEpoch: 0 };
  keep(town, { exchange, opening: signed.digest, over: road.over, named, from: me, to, says: road.says }, thing);
  return true;
};

/** @param word on the recipient that the request names; else it is drawn */
export async function reply(town: Town, request: Asked, thing: Thing, word?: 'REFUSE'): Promise<void> {
  const { from, to, exchange, named, over, says } = request;
  const { draw } = town;
  const said = word ?? (['SILENT', 'SILENT', 'GRANT', 'REFUSE'] as const)[draw.below(4)];
  const body = named === null ? {} : { consentToIntendedRecipients: [{ ...recipient(named), answer: said }] };
  // now and then what it is made from goes with it, which is a release and no answer
  const items = draw.oneIn(8) && thing.sources.length > 0 ? [thing.item, thing.sources[0]!.item] : [thing.item];
  const message = draw.oneIn(6) && says === 'PARTIAL_REPLY' ? 'FINAL_REPLY' : says;
  const signed = makeEnvelope({ from: to, to: from, exchange, message, items, body, over }, town.desk());
  if (await send(town, signed, to)) town.hands.push({ thing, holder: from, via: signed.digest, added: [], answers: request });
}

/** From then on there is nothing to execute, nor to answer. */
export async function withdraw(town: Town, { from, to, exchange, over }: Asked): Promise<void> {
  await send(town, makeEnvelope({ from, to, exchange, message: 'NO_LONGER_REQUIRED', over }, town.desk()), from);
}
