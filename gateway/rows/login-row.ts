/** What a login writes: a leaf in the authority's own stream, once for each request. */
import type { OfficerKey } from '../../domain/authority.js';
import type { Chance, CommitRow } from '../../domain/ports.js';
import { formatInstant, type Instant } from '../../domain/time.js';
import { spokenAs } from '../../domain/vocabulary.js';
import { eventRow } from './bare-row.js';

/** Guard keys of logins, in the order of their signed times. */
export const loginKey = (at: Instant, nonce: string): string => `login:${formatInstant(at)}:${nonce}`;

/** @param login `at` and `nonce` as the request has them signed: the same ones again conflict */
export function loginRow(
  officer: OfficerKey,
  login: { readonly log: string; readonly at: Instant; readonly nonce: string; readonly requestId: string },
  now: Instant,
  chance: Chance,
): CommitRow {
  const actor = { authority: officer.authority, officer: officer.officer, role: spokenAs(officer.roles) };
  const happening = {
    log: login.log,
    at: now,
    outcome: 'DONE' as const,
    correlation: login.requestId,
    actor,
    statement: null,
    policy: null,
    rules: [],
    codes: [],
  };
  const sight = { action: 'LOGIN' as const, parties: [officer.authority], originators: [] };
  const key = loginKey(login.at, login.nonce);
  return {
    ...eventRow(happening, sight, { stage: 'accepted' }, chance),
    expects: [{ key, version: 0 }],
    bumps: [key],
  };
}
