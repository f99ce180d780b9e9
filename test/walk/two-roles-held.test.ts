/** What one body has in two roles: as its FIU by an envelope, as its police by a consent that ends. Neither serves the other. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Digest } from '../../domain/ids.js';
import { DAY_MS, formatInstant, plusMs } from '../../domain/time.js';
import type { Violation } from '../../domain/violation.js';
import { createActor, uuidFrom, type Actor, type Signed } from '../support/actors.js';
import { codesOf } from '../support/answered.js';
import { makeAccess, makeConsent, makeEnvelope, makeItem, makeRelease, makeRequest, makeUse, type Item } from '../support/letters.js';
import { enrol, type TestGateway } from '../support/test-gateway.js';
import { openTwoRoles, TYPES } from '../support/two-roles.js';
import { createChance } from '../support/world.js';

const [AS_FIU, AS_POLICE] = TYPES.map((holderType) => ({ holderType })) as [object, object];
const FOR_POLICE = { purpose: 'INVESTIGATION' };

let gateway: TestGateway;
let fix: Actor;
let police: Actor;
/** the body as its FIU, and the same body as its police: other desk, other officer, other keys */
let asFiu: Actor;
let asPolice: Actor;
let item: Item;
let envelope: Digest;
let consent: Digest;

const accept = (actor: Actor | null, { submission }: Signed) => gateway.walk.acceptStatement(submission, actor?.caller ?? null);
const codes = async (actor: Actor | null, signed: Signed): Promise<string[]> => codesOf(await accept(actor, signed));
const desk = () => gateway.desk();
const inDays = (days: number): string => formatInstant(plusMs(desk().at, days * DAY_MS));

const use = (actor: Actor, over: object) => codes(actor, makeUse(actor, item.digest, desk(), over));
const handOver = async (over: object = {}) =>
  makeRelease(asFiu, asPolice, item, [consent], desk(), { ...AS_FIU, ...FOR_POLICE, until: inDays(2), ...over });

beforeEach(async () => {
  ({ gateway, fix, asFiu, asPolice } = await openTwoRoles(74));
  police = createActor('NG-POL', 'LAW_ENFORCEMENT', createChance(11));
  await enrol(gateway, [police]);
  const request = await makeRequest(fix, asFiu, desk());
  expect(await codes(fix, request.signed)).toEqual(['ALLOW']);
  await gateway.walk.deliverDue();
  ({ item } = request);
  envelope = request.signed.digest;
  const purposes = ['INVESTIGATION', 'INTELLIGENCE'];
  const grant = makeConsent(fix, asFiu, asPolice, [item.digest], desk(), { purposes, until: inDays(1) });
  expect(await codes(fix, grant)).toEqual(['ALLOW']);
  consent = grant.digest;
});

describe('what a body has in one role', () => {
  it('is held by none of its others, whatever consent is there', async () => {
    expect(await use(asPolice, { ...AS_POLICE, ...FOR_POLICE })).toContain('NOT_HOLDER');
    expect(await use(asFiu, {})).toEqual(['ALLOW']);
    expect(await use(asFiu, FOR_POLICE)).toEqual(['USE_BEYOND_PURPOSE']);
    const asThePolice = await makeRelease(asPolice, police, item, [], desk(), AS_POLICE);
    expect(await codes(asPolice, asThePolice)).toContain('NOT_HOLDER');
  });

  it('goes to another of them by a release that says as which it acts', async () => {
    const unsaid = await accept(asFiu, await handOver({ holderType: undefined }));
    const step = { rule: 'holding/capacity', code: 'MISSING_FIELD', remedy: { action: 'complete-field', fields: ['holderType'] } };
    expect(unsaid).toMatchObject({ ok: false, error: { refusal: { violations: [step] } } });
    expect(await codes(asFiu, await handOver({ basis: { reseal: true } }))).toEqual([
      'TLP_EXCEEDED',
      'USE_BEYOND_PURPOSE',
      'NO_THIRD_PARTY_CONSENT',
    ]);
    expect(await codes(asFiu, await handOver())).toEqual(['ALLOW']);
  });
});

describe('what a body has in two roles', () => {
  let release: Digest;
  beforeEach(async () => {
    const signed = await handOver();
    expect(await codes(asFiu, signed)).toEqual(['ALLOW']);
    release = signed.digest;
  });
  const ofViolation = async (signed: Signed, actor: Actor): Promise<readonly Violation[]> => {
    const answer = await accept(actor, signed);
    return answer.ok ? [] : answer.error.refusal.violations;
  };

  it('is used and handed on as one of them, and says as which', async () => {
    const [unsaid] = await ofViolation(makeUse(asFiu, item.digest, desk()), asFiu);
    expect(unsaid).toMatchObject({
      ...{ rule: 'holding/capacity', code: 'MISSING_FIELD', offenders: TYPES },
      remedy: { action: 'complete-field', fields: ['holderType'] },
    });
    const onward = await ofViolation(await makeRelease(asFiu, police, item, [], desk()), asFiu);
    expect(onward.map(({ rule }) => rule)).toContain('holding/capacity');
  });

  it('is used by each for what it has it for, and as long', async () => {
    const [fiu, crime] = [
      { ...AS_FIU, ...FOR_POLICE },
      { ...AS_POLICE, ...FOR_POLICE },
    ];
    expect(await use(asPolice, crime)).toEqual(['ALLOW']);
    expect(await use(asPolice, AS_POLICE)).toEqual(['ALLOW']);
    // what the police was granted opens nothing to the FIU
    expect(await use(asFiu, fiu)).toEqual(['USE_BEYOND_PURPOSE']);
    expect(await use(asFiu, AS_FIU)).toEqual(['ALLOW']);
    gateway.world.clock.advance(DAY_MS + 1);
    expect(await use(asPolice, crime)).toEqual(['USE_BEYOND_PURPOSE', 'CONSENT_EXPIRED_OR_REVOKED']);
    expect(await use(asPolice, AS_POLICE)).toEqual(['CONSENT_EXPIRED_OR_REVOKED']);
    expect(await use(asFiu, AS_FIU)).toEqual(['ALLOW']);
    gateway.world.clock.advance(DAY_MS);
    expect(await use(asPolice, AS_POLICE)).toContain('RETENTION_EXPIRED');
    expect(await use(asFiu, AS_FIU)).toEqual(['ALLOW']);
  });

  it('is read as what gave it says', async () => {
    const read = (actor: Actor, via: Digest, purpose: string) => codes(actor, makeAccess(actor, item.digest, via, desk(), { purpose }));
    expect(await read(asPolice, release, 'INVESTIGATION')).toEqual(['ALLOW']);
    expect(await read(asFiu, envelope, 'INVESTIGATION')).toEqual(['USE_BEYOND_PURPOSE']);
    expect(await read(asFiu, envelope, 'INTELLIGENCE')).toEqual(['ALLOW']);
    const back = makeAccess(fix, item.digest, envelope, desk());
    expect(await codes(fix, back)).toEqual(['ALLOW']);
  });

  it('is handed on by the one of them that still has it', async () => {
    const grant = makeConsent(fix, asFiu, police, [item.digest], desk());
    expect(await codes(fix, grant)).toEqual(['ALLOW']);
    gateway.world.clock.advance(2 * DAY_MS + 1);
    const onward = async (actor: Actor, role: object) => codes(actor, await makeRelease(actor, police, item, [grant.digest], desk(), role));
    expect(await onward(asPolice, AS_POLICE)).toEqual(['RETENTION_EXPIRED']);
    expect(await onward(asFiu, AS_FIU)).toEqual(['ALLOW']);
  });

  it('is sealed anew within the role and its time, and in none else', async () => {
    const anew = async (actor: Actor, role: object, days: number) =>
      codes(actor, await makeRelease(actor, asPolice, item, [], desk(), { ...role, basis: { reseal: true }, until: inDays(days) }));
    expect(await anew(asPolice, AS_POLICE, 1)).toEqual(['ALLOW']);
    expect(await anew(asPolice, AS_POLICE, 900)).toEqual(['RETENTION_EXPIRED']);
    expect(await anew(asFiu, AS_FIU, 900)).toEqual(['TLP_EXCEEDED', 'NO_THIRD_PARTY_CONSENT']);
    gateway.world.clock.advance(DAY_MS + 1);
    expect(await use(asPolice, AS_POLICE)).toEqual(['CONSENT_EXPIRED_OR_REVOKED']);
  });

  it('bears what the one added for the other, in what that one makes of it', async () => {
    const { caveats } = item.label as { caveats: object[] };
    const label = { ...item.label, caveats: [...caveats, { code: 'NO_EXPORT', by: asFiu.id }] };
    expect(await codes(asFiu, await handOver({ label }))).toEqual(['ALLOW']);
    const extract = async (maker: Actor, more: readonly object[]) => {
      const over = { ...item.label, originators: [maker.id, fix.id], caveats: [...caveats, ...more] };
      const made = await makeItem(maker, [maker, fix], 'extract', desk(), { label: over, kind: 'EXTRACT', derivedFrom: [item.digest] });
      const exchange = uuidFrom(desk().chance);
      return codes(maker, makeEnvelope({ from: maker, to: fix, exchange, message: 'SUBMIT', items: [made] }, desk()));
    };
    expect(await extract(asFiu, [])).not.toContain('CAVEAT_WEAKENED');
    expect(await extract(asPolice, [])).toContain('CAVEAT_WEAKENED');
    expect(await extract(asPolice, [{ code: 'NO_EXPORT', by: asFiu.id }])).not.toContain('CAVEAT_WEAKENED');
  });
});
