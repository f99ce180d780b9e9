/** Two authorities on a gateway in memory, and an exchange of theirs driven through the real walk: nothing here reads a table. */
import type { Digest, ExchangeId } from '../../../domain/ids.js';
import { DAY_MS, formatInstant, plusMs } from '../../../domain/time.js';
import { MESSAGES, type ExchangeType, type Message } from '../../../domain/vocabulary.js';
import { readExchange } from '../../../gateway/cases/exchanges.js';
import { createActor, designation, entry, signNow, submitted, uuidFrom, type Actor, type Signed } from '../../support/actors.js';
import { enclosing, makeConsent, makeEnvelope, makeItem, makeRevocation, type Item } from '../../support/letters.js';
import { createTestGateway, type TestGateway } from '../../support/test-gateway.js';
import { watched, type Watched } from '../../support/watched.js';
import { createChance, createWorld } from '../../support/world.js';
import { BEARS_TEXT, bodyOf, BRINGS } from './messages-of.js';
import { entryOf, labelFor, openingBody, openingItem, SETTINGS, type Setting } from './scene.js';

export interface Stage {
  readonly type: ExchangeType;
  readonly setting: Setting;
  readonly gateway: TestGateway;
  readonly watch: Watched;
  readonly R: Actor;
  readonly Q: Actor;
  /** for whom consent is asked */
  readonly third: Actor;
  /** what R holds of Q's, where the exchange is about that */
  readonly held: Digest | null;
}

export interface Run {
  readonly stage: Stage;
  readonly exchange: ExchangeId;
  readonly opening: Digest;
  /** the item that it brought, and the seal of it to Q */
  readonly brought: { readonly item: Digest; readonly proof: Digest };
  /** the newest proposal of conditions */
  proposal: Digest;
  /** texts of the conditions that it proposes, and of those that were accepted */
  terms: { readonly proposed: readonly Digest[]; readonly accepted: readonly Digest[] };
  /** the newest grant */
  grant: Digest;
}

/** `ALLOW`, or the codes with which it was refused. */
export type Answer = readonly string[];

const NO_TERMS: Run['terms'] = { proposed: [], accepted: [] };
const ANSWERS: ReadonlySet<string> = new Set(['INTERIM_REPLY', 'PARTIAL_REPLY', 'FINAL_REPLY']);

const isMessage = (step: string): step is Message => (MESSAGES as readonly string[]).includes(step);

async function enrolled(gateway: TestGateway, actors: readonly Actor[], over: object): Promise<void> {
  for (const actor of actors) {
    const { chance, at } = gateway.desk();
    for (const signed of [designation(gateway.operator, actor, at, chance), entry(actor, at, chance, over)])
      await sure(gateway.walk.acceptStatement(signed.submission, null));
  }
}

type Answered = ReturnType<TestGateway['walk']['acceptStatement']>;
async function sure(answered: Answered): Promise<void> {
  const answer = await answered;
  if (!answer.ok) throw new Error(JSON.stringify(answer.error.refusal, null, 1));
}

export async function setStage(type: Exclude<ExchangeType, 'MATCH_QUERY'>, seed: number): Promise<Stage> {
  const watch = watched(createWorld(seed).store);
  const gateway = createTestGateway(seed, { store: watch.store });
  const setting = SETTINGS[type];
  const chance = createChance(seed + 1);
  const [R, Q] = [createActor('NG-ASK', setting.type, chance), createActor('VG-OWE', setting.type, chance)];
  const third = createActor('NG-POL', 'LAW_ENFORCEMENT', chance);
  await enrolled(gateway, [R, Q], entryOf(setting));
  await enrolled(gateway, [third], {});
  const stage = { type, setting, gateway, watch, R, Q, third, held: null };
  return type === 'CONSENT_REQUEST' ? { ...stage, held: await given(stage) } : stage;
}

/** Q answers an earlier request: consent is asked for what it gave. */
async function given(stage: Stage): Promise<Digest> {
  const before = { ...stage, type: 'FIU_REQUEST' as const };
  const run = await open(before);
  await settle(before);
  const item = await textOf(before, stage.Q);
  const { R, Q, gateway } = stage;
  const answer = makeEnvelope({ from: Q, to: R, exchange: run.exchange, message: 'FINAL_REPLY', items: [item] }, gateway.desk());
  await sure(gateway.walk.acceptStatement(answer.submission, Q.caller));
  return item.digest;
}

export const textOf = ({ gateway, setting, R, Q }: Stage, by: Actor): Promise<Item> =>
  makeItem(by, [R, Q], 'so it is said', gateway.desk(), { label: labelFor(setting.profile, by) });

const envelopeOver = ({ type, setting }: Stage): object => ({
  exchangeType: type,
  profile: setting.profile,
  ...(type === 'DIAGONAL_REQUEST' ? { onBehalfOf: 'NG-POL' } : {}),
});

/**
 * @param more members of the body
 * @returns an exchange in SUBMITTED
 */
export async function open(stage: Stage, more: object = {}): Promise<Run> {
  const { gateway, type, setting, R, Q, third, held } = stage;
  const desk = gateway.desk();
  const item = await makeItem(R, [Q, R], 'asked', desk, openingItem(type, setting, R));
  const exchange = uuidFrom(desk.chance);
  const recipient = { authority: third.id, authorityType: third.type, purposes: ['INTELLIGENCE'] };
  const asked = held === null ? {} : { consent: { items: [held], recipient, until: formatInstant(plusMs(desk.at, 20 * DAY_MS)) } };
  const parent = type === 'MULTI_FIU_REQUEST' ? { parent: uuidFrom(desk.chance) } : {};
  const body = { ...openingBody(type, setting, R, Q, item.digest), ...asked, ...parent, ...more };
  const letter = { from: R, to: Q, exchange, message: 'SUBMIT' as const, items: [item], body, over: envelopeOver(stage) };
  const signed = makeEnvelope(letter, desk);
  await sure(gateway.walk.acceptStatement(signed.submission, R.caller));
  const brought = { item: item.digest, proof: item.sealed.seals[0]!.digest };
  return { stage, exchange, opening: signed.digest, brought, proposal: signed.digest, terms: NO_TERMS, grant: signed.digest };
}

export async function stateOf({ stage, exchange }: Run): Promise<{ state: string; version: number }> {
  const found = await readExchange(exchange, stage.gateway.store);
  return found === null ? { state: 'DRAFT', version: 0 } : { state: found.state, version: found.version };
}

/** Until nothing is due: deliveries, and clocks whose time has come. */
export async function settle({ gateway }: Stage): Promise<void> {
  while ((await gateway.walk.deliverDue()) > 0);
}

/** @param text enclosed where the message needs one; a refused message leaves it unused */
export async function take(run: Run, step: string, actor: 'R' | 'Q', text: Item, isExcused = false): Promise<Answer> {
  if (!isMessage(step)) return decideOn(run, step, actor, text);
  const linked = step === 'MATURE' || step === 'PROMOTE_TO_FORMAL' ? await formalRequest(run.stage, actor) : run.exchange;
  const about = { type: run.stage.type, text: text.digest, proposal: run.proposal, linked, desk: run.stage.gateway.desk(), isExcused };
  const enclosed = ANSWERS.has(step) && run.terms.accepted.length > 0 ? await boundText(run) : text;
  const answer = await say(
    run,
    actor,
    step,
    step === 'UNDECIPHERABLE'
      ? run.brought
      : step === 'VERIFY_WITH_SOURCE'
        ? { items: [actor === 'Q' ? run.brought.item : await disclosed(run.stage)] }
        : bodyOf(step, about),
    BEARS_TEXT.has(step) ? [enclosed] : [],
  );
  if (answer[0] === 'ALLOW' && step === 'CONDITIONS_PROPOSED') run.terms = { proposed: [text.digest], accepted: [] };
  if (answer[0] === 'ALLOW' && step === 'CONDITIONS_ACCEPTED') run.terms = { proposed: [], accepted: run.terms.proposed };
  return answer;
}

/** An answer of Q's that bears what was accepted (46(26)). */
function boundText({ stage: { gateway, setting, R, Q }, terms: { accepted } }: Run): Promise<Item> {
  const label = labelFor(setting.profile, Q) as { readonly caveats: readonly object[] };
  const caveats = [...label.caveats, { code: 'CONDITIONS', by: Q.id, texts: accepted, notBefore: null }];
  return makeItem(Q, [R, Q], 'so it is said', gateway.desk(), { label: { ...label, caveats } });
}

const disclosures = new WeakMap<TestGateway, Promise<Digest>>();

/** What Q told R unasked: R may ask it about that in any exchange. One a stage, made when first asked for. */
export function disclosed(stage: Stage): Promise<Digest> {
  const { gateway, setting, R, Q } = stage;
  const other = {
    ...stage,
    type: 'SPONTANEOUS_DISCLOSURE',
    setting: { ...setting, profile: 'SPONTANEOUS' },
    R: Q,
    Q: R,
    held: null,
  } as const;
  const known = disclosures.get(gateway) ?? open(other).then(({ brought }) => brought.item);
  disclosures.set(gateway, known);
  return known;
}

const formalRequests = new WeakMap<TestGateway, Map<Actor, Promise<ExchangeId>>>();

/** A formal request of the central authority beside one of the two to that beside the other; one a side, made when first asked for. */
export function formalRequest(stage: Stage, actor: 'R' | 'Q'): Promise<ExchangeId> {
  const known = formalRequests.get(stage.gateway) ?? new Map<Actor, Promise<ExchangeId>>();
  formalRequests.set(stage.gateway, known);
  const [from, to] = sidesOf(stage, actor);
  const made = known.get(from) ?? openFormal(stage, from.id.slice(0, 2), to.id.slice(0, 2));
  known.set(from, made);
  return made;
}

async function openFormal(stage: Stage, here: string, there: string): Promise<ExchangeId> {
  const { gateway } = stage;
  const setting = SETTINGS.FORMAL_MLA_REQUEST;
  const name = `${here}${there}`;
  const [R, Q] = [`${here}-CA${name}`, `${there}-CB${name}`].map((id) => createActor(id, setting.type, gateway.desk().chance)) as [
    Actor,
    Actor,
  ];
  await enrolled(gateway, [R, Q], entryOf(setting));
  return (await open({ ...stage, type: 'FORMAL_MLA_REQUEST', setting, R, Q, held: null })).exchange;
}

/** One message of one side. @param enclosed absent: a text, where the message is nothing without one */
export async function say(run: Run, actor: 'R' | 'Q', message: Message, body: object, enclosed?: readonly Item[]): Promise<Answer> {
  const { stage, exchange } = run;
  const [from, to] = sidesOf(stage, actor);
  const items = enclosed ?? (BRINGS.has(message) ? [await textOf(stage, from)] : []);
  const signed = makeEnvelope({ from, to, exchange, message, items, body, over: envelopeOver(stage) }, stage.gateway.desk());
  const answer = await answerTo(stage, signed, from);
  if (answer[0] === 'ALLOW' && message === 'CONDITIONS_PROPOSED') run.proposal = signed.digest;
  return answer;
}

async function decideOn(run: Run, step: string, actor: 'R' | 'Q', text: Item): Promise<Answer> {
  const [from, to] = sidesOf(run.stage, actor);
  // another grant that stands when the first one ends
  if (step === 'PARTIAL_REVOKE') await answerTo(run.stage, statementOf(run, 'PARTIAL_GRANT', from, to, text), from);
  const signed = statementOf(run, step, from, to, text);
  const answer = await answerTo(run.stage, signed, from);
  if (answer[0] === 'ALLOW' && (step === 'GRANT' || step === 'PARTIAL_GRANT')) run.grant = signed.digest;
  return answer;
}

const sidesOf = ({ R, Q }: Stage, actor: 'R' | 'Q'): readonly [from: Actor, to: Actor] => (actor === 'R' ? [R, Q] : [Q, R]);

async function answerTo({ gateway }: Stage, { submission }: Signed, from: Actor): Promise<Answer> {
  const answer = await gateway.walk.acceptStatement(submission, from.caller);
  if (answer.ok) return ['ALLOW'];
  const { code, violations } = answer.error.refusal;
  return code === 'POLICY' ? violations.map((violation) => violation.code) : [code];
}

/** An originator's answer to a request for consent. */
function statementOf({ stage, opening, grant }: Run, step: string, from: Actor, to: Actor, text: Item): Signed {
  const { gateway, third, held } = stage;
  const desk = gateway.desk();
  const items = held === null ? [] : [held];
  const days = step === 'PARTIAL_GRANT' ? 10 : 30;
  const until = formatInstant(plusMs(desk.at, days * DAY_MS));
  if (step === 'REVOKE' || step === 'PARTIAL_REVOKE') return makeRevocation(from, to, grant, desk);
  if (step !== 'REFUSE_CONSENT') return makeConsent(from, to, third, items, desk, { request: opening, until });
  const seals = text.sealed.seals.map((seal) => ({ item: text.digest, kid: seal.kid, seal: seal.digest }));
  const payload = { v: 1, aud: gateway.deps.config.origin, id: uuidFrom(desk.chance), at: formatInstant(desk.at), originator: from.id };
  const about = { holder: to.id, items, recipient: { authority: third.id, authorityType: third.type }, purposes: ['INTELLIGENCE'] };
  const said = { codes: ['CONSENT_OUT_OF_SCOPE'], text: text.digest, seals, request: opening };
  return submitted(signNow('parley-consent-refusal+json', { ...payload, ...about, ...said }, from.signing), enclosing([text]));
}
