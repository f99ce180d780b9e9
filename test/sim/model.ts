/** The law of releases once more, as naively as can be: from the statements in log order, without facts, rules or versions. */
import type { ConsentPayload } from '../../domain/wire/consent.js';
import type { LabelChangePayload, ReleasePayload } from '../../domain/wire/release.js';
import type { Submission } from '../../domain/wire/submission.js';
import { readCompact } from '../../gateway/read/library.js';
import type { Recorded } from './recorder.js';

interface Logged<T> {
  readonly payload: T;
  readonly digest: string;
  readonly index: number;
  readonly at: number;
}

const text = new TextDecoder();

/** No release was accepted without, at its place in the log, a grant of each originator that covers it and was not ended. */
export function checkReleases(rows: readonly Recorded[], say: (violation: string) => void): void {
  const grants: Logged<ConsentPayload>[] = [];
  const labels: Logged<LabelChangePayload>[] = [];
  const ended = new Set<string>();
  const originators = new Map<string, readonly string[]>();
  for (const { row, leaf } of rows) {
    if (row.statement === null) continue;
    const submission = JSON.parse(text.decode(row.statement.raw)) as Submission;
    for (const compact of submission.items ?? []) {
      const item = readCompact(compact);
      if (item.typ === 'parley-item+json') originators.set(item.digest, item.payload.label.originators);
    }
    const statement = readCompact(submission.statement);
    const logged = { digest: statement.digest, index: leaf.index, at: leaf.at };
    if (statement.typ === 'parley-consent+json') grants.push({ ...logged, payload: statement.payload });
    if (statement.typ === 'parley-label+json') labels.push({ ...logged, payload: statement.payload });
    if (statement.typ === 'parley-consent-revocation+json') ended.add(statement.payload.consent);
    if (statement.typ === 'parley-release+json')
      for (const originator of originators.get(statement.payload.item) ?? [])
        if (
          originator !== statement.payload.holder &&
          !grants.some((grant) => allows(grant, { ...logged, payload: statement.payload }, originator))
        )
          say(`release ${statement.digest} at ${leaf.index} has no consent of ${originator}`);
  }

  function allows(grant: Logged<ConsentPayload>, { payload: release, at }: Logged<ReleasePayload>, originator: string): boolean {
    const { payload } = grant;
    const beaten = labels.some(
      (label) => label.index > grant.index && label.payload.item === release.item && label.payload.originator === originator,
    );
    return (
      'consents' in release.basis &&
      release.basis.consents.some((digest) => digest === grant.digest) &&
      payload.originator === originator &&
      payload.holder === release.holder &&
      payload.recipient.authority === release.to &&
      payload.recipient.authorityType === release.toType &&
      payload.items.includes(release.item) &&
      payload.purposes.includes(release.purpose) &&
      at >= payload.from &&
      at < payload.until &&
      !ended.has(grant.digest) &&
      !beaten
    );
  }
}
