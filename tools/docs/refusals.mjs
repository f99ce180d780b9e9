import { page, table } from './page.mjs';

const rulesFor = (rules, code) => rules.filter((rule) => rule.code === code);

/**
 * @param before what comes before the law: `domain/before-the-law.ts`
 * @param own what a client says by itself: `client-codes.mjs`
 * @param evidence what can be wrong with a file of evidence: `client/sdk/evidence/codes.ts`
 */
export function refusalsPage(statuses, before, violationCodes, rules, own, evidence) {
  const first = Object.entries(before).map(([code, { rule, source, meaning, next }]) => [`\`${code}\``, statuses[code], `\`${rule}\``, meaning, source, next]);
  const given = violationCodes
    .filter((code) => rulesFor(rules, code).length > 0)
    .map((code) => {
      const own = rulesFor(rules, code);
      const steps = [...new Set(own.map(({ remedy }) => remedy))];
      return [`\`${code}\``, own.map(({ id }) => `\`${id}\``).join(', '), steps.join(' / ')];
    });
  const reserved = violationCodes.filter((code) => code !== 'RULE_FAILED' && rulesFor(rules, code).length === 0);
  return page('Refusals', 'domain/before-the-law.ts, policies/table.ts and client/', [
    'A refusal is an RFC 9457 problem. `code` is stable; `detail` holds ids and codes only. What one may not know of and what does not exist look the same.',
    '## Before the law is asked',
    'Each carries its rule, source and next step beside `code` and `detail`; `POLICY` (422) carries violations instead.',
    table(['Code', 'Status', 'Rule', 'Meaning', 'Source', 'Next step'], first),
    '## What the law refuses',
    'Each stands in `violations[]` of a `POLICY` problem, all at once.',
    table(['Code', 'Rules', 'Next step'], given),
    '`RULE_FAILED`: a rule could not be judged, or a fact was absent; the answer is no. It is a fault of the gateway, and its operator is told.',
    ...(reserved.length === 0 ? [] : [`Known to the protocol and given by no rule yet: ${reserved.map((code) => `\`${code}\``).join(', ')}.`]),
    '## What a client says by itself',
    'Codes of this repository’s SDK and command line, given before or after the gateway was asked, each with its sentences and next steps, `…` for what is filled in. What names a check of the reader’s order shows nothing of an item, and no step stands there: report it to the operator and to the sender. A file of evidence that does not hold is told by a code of the list after this one, an answer that is no problem of the gateway’s by `HTTP_` and its status, what cannot be read or written by `FILE_UNUSABLE`, and words that are no command by `USAGE`.',
    table(['Code', 'What it says', 'Next step'], own),
    '## What is wrong with a file of evidence',
    'The first thing that `parley verify` finds, by a closed list; what comes after it was not looked at. Of each: do not rely on the file; ask who gave it to you.',
    table(
      ['Code', 'What it says'],
      Object.entries(evidence).map(([code, meaning]) => [`\`${code}\``, meaning]),
    ),
  ]);
}
