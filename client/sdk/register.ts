/** What an operator signs: designations, the second person's approval of them, and the register of agreements. */
import { parseAuthorityId, type AuthorityId, type Digest } from '../../domain/ids.js';
import { present } from '../../domain/present.js';
import type { AuthorityType, Seat } from '../../domain/vocabulary.js';
import type { ClientContext } from './context.js';
import { rootOf } from './entry.js';
import { ParleyError } from './error.js';
import { certain } from '../../domain/result.js';
import { headOf, makeStatement, type DraftOf } from './statements.js';
import { submissionOf, submit, type Sent } from './submit.js';

export interface DesignationFacts {
  readonly authority: string;
  /** fingerprint of the authority's root, compared out of band */
  readonly root: string;
  readonly types: readonly AuthorityType[];
  /** seats in networks that its entry may claim; absent: as the directory says already, and none of whoever is new */
  readonly networks?: readonly Seat[];
  readonly status: 'ACTIVE' | 'SUSPENDED' | 'OBSERVER';
  /** a code; owed where it suspends */
  readonly reason?: string;
  /** whose successor it is; absent: as the directory says already */
  readonly succeeds?: readonly AuthorityId[];
}

/** The operator's countersignature of designation, by its own root. It never chooses keys. */
export async function designate(context: ClientContext, facts: DesignationFacts): Promise<Sent> {
  const { identity } = context;
  const authority: AuthorityId = certain(parseAuthorityId(facts.authority));
  const { successors, authorities } = (await context.directory(true)).directory;
  const known = authorities.get(authority);
  const networks = facts.networks ?? (known === undefined ? [] : known.designatedSeats);
  const before = facts.succeeds ?? [...successors].flatMap(([before, after]) => (after === authority ? [before] : []));
  const statement = await makeStatement(
    'parley-designation+json',
    {
      ...headOf(context),
      operator: identity.authority,
      authority,
      root: facts.root,
      types: [...facts.types],
      ...(networks === null ? {} : { networks: [...networks] }),
      status: facts.status,
      ...present({ reason: facts.reason }),
      ...(before.length === 0 ? {} : { succeeds: [...before] }),
    },
    rootOf(identity),
  );
  return submit(context, statement, submissionOf(statement));
}

/**
 * The second person's signature: that of the root of this key store, whose public key the deployment names among its approvers.
 *
 * @throws ParleyError `NOT_WAITING` where the directory shows no such designation that waits
 */
export async function approveDesignation(context: ClientContext, designation: Digest): Promise<Sent> {
  const waiting = (await context.directory(true)).waiting.find(({ digest }) => digest === designation);
  if (waiting === undefined)
    throw new ParleyError('NOT_WAITING', `No designation ${designation} waits.`, 'See those that do: parley register waiting');
  const payload = { ...headOf(context), operator: waiting.payload.operator, designation };
  const statement = await makeStatement('parley-designation-approval+json', payload, rootOf(context.identity));
  return submit(context, statement, submissionOf(statement));
}

export type AgreementFacts = Omit<DraftOf<'parley-agreement+json'>, 'v' | 'aud' | 'id' | 'at' | 'operator'>;

/** Enters an agreement in the register, or says anew what it is. */
export async function registerAgreement(context: ClientContext, facts: AgreementFacts): Promise<Sent> {
  const { identity } = context;
  const statement = await makeStatement(
    'parley-agreement+json',
    { ...headOf(context), operator: identity.authority, ...facts },
    rootOf(identity),
  );
  return submit(context, statement, submissionOf(statement));
}
