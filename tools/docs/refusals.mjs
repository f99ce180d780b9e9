import { inStep, page, table } from './page.mjs';

/** What each refusal before the law means, and what its receiver does about it. */
const NEXT_STEPS = {
  MALFORMED: ['The request or a statement in it does not have its shape; the detail names the members.', 'Correct the named members.'],
  UNKNOWN_TYPE: ['The statement’s `typ` is none of those listed in the detail.', 'Use a known type.'],
  UNKNOWN_VERSION: ['`v` is not a version that this gateway knows.', 'Use a version of the list in the detail.'],
  NOT_CALLER: ['The request carries no signature of a current session.', 'Open a session and sign the request.'],
  CALLER_MISMATCH: ['The session belongs to somebody else than the signer of the statement.', 'Let the signer hand it in.'],
  ROLE_REQUIRED: ['The officer has none of the roles that may do this.', 'Let an officer with the role act.'],
  NOT_FOUND: ['It does not exist, or one may not know of it: the two look the same.', 'Check the id; ask who holds it.'],
  REPLAY_DETECTED: ['The id was used with other bytes, or the same sealed bytes came before.', 'Use a new id; release what the gateway holds.'],
  CONFLICT: ['What the decision rested on changed meanwhile, again and again.', 'Read anew and decide again.'],
  STEP_NOT_ALLOWED: ['The step cannot follow in this exchange; the detail says what can.', 'Take one of the possible steps.'],
  PART_MISMATCH: ['A part is not of the announced number, size or digest.', 'Send the part again as announced.'],
  TOO_LARGE: ['Larger than the limit in the detail.', 'Send files in parts, and fewer items at once.'],
  RANGE_NOT_SATISFIABLE: ['The range lies outside the part.', 'Ask for a range within it.'],
  SIGNATURE_INVALID: ['The signature does not fit the exact bytes, or they are not in their one spelling.', 'Sign again; never re-encode.'],
  KEY_NOT_TRUSTED: ['No current key of the author signed it.', 'Enrol the key in the directory entry, or use a current one.'],
  WRONG_AUDIENCE: ['`aud` names another log.', 'Sign it for this gateway.'],
  STALE: ['It is dated too far from the gateway’s clock.', 'Set the clock and sign again.'],
  SEALS_MISMATCH: ['The seals are not those that the statement names, or go to other readers.', 'Seal to exactly the named readers’ current keys.'],
  BODY_MISMATCH: ['A body is not the one whose digest its item names.', 'Send the bytes that were signed for.'],
  NOT_OFFERED: ['The protocol knows it and this gateway does not do it.', 'Take another way; docs/PROTOCOL.md says which there are.'],
  LIMIT_REACHED: [
    'More of the same than anybody could read who has to decide; the detail says how many there may be.',
    'Say it in fewer statements, or of an item of its own.',
  ],
  POLICY: ['The law that this gateway applies does not allow it; each broken rule is told, with its source and next step.', 'See the violations, and POLICIES.md.'],
  RATE_LIMITED: ['Too many requests in a short time.', 'Wait as `Retry-After` says.'],
  OVERLOADED: ['Too much is queued; nothing was taken.', 'Wait as `Retry-After` says; the same bytes may be sent again.'],
};

const rulesFor = (rules, code) => rules.filter((rule) => rule.code === code);

export function refusalsPage(statuses, violationCodes, rules) {
  const before = inStep(Object.keys(statuses), NEXT_STEPS, 'REFUSALS.md').map(([code, [meaning, step]]) => [`\`${code}\``, statuses[code], meaning, step]);
  const given = violationCodes
    .filter((code) => rulesFor(rules, code).length > 0)
    .map((code) => {
      const own = rulesFor(rules, code);
      const steps = [...new Set(own.map(({ remedy }) => remedy))];
      return [`\`${code}\``, own.map(({ id }) => `\`${id}\``).join(', '), steps.join(' / ')];
    });
  const reserved = violationCodes.filter((code) => code !== 'RULE_FAILED' && rulesFor(rules, code).length === 0);
  return page('Refusals', 'domain/refusal.ts and policies/table.ts', [
    'A refusal is an RFC 9457 problem. `code` is stable; `detail` holds ids and codes only. What one may not know of and what does not exist look the same.',
    '## Before the law is asked',
    table(['Code', 'Status', 'Meaning', 'Next step'], before),
    '## What the law refuses',
    'Each stands in `violations[]` of a `POLICY` problem, all at once.',
    table(['Code', 'Rules', 'Next step'], given),
    '`RULE_FAILED`: a rule could not be judged, or a fact was absent; the answer is no. It is a fault of the gateway, and its operator is told.',
    ...(reserved.length === 0 ? [] : [`Known to the protocol and given by no rule yet: ${reserved.map((code) => `\`${code}\``).join(', ')}.`]),
  ]);
}
