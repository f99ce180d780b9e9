/** Who may see a statement: those it was made by, for or about. An envelope is never shown to a third party. */
import type { AuthorityId } from '../../domain/ids.js';
import type { Statement } from '../../domain/statement.js';

/** @returns null: anybody, because it stands in the public directory */
function partiesOf({ typ, payload }: Statement): readonly string[] | null {
  switch (typ) {
    case 'parley-envelope+json':
      return [payload.from, payload.to];
    case 'parley-consent+json':
      return [payload.originator, payload.holder, payload.recipient.authority];
    // whoever was not to get it does not learn that there is something to get
    case 'parley-consent-refusal+json':
    case 'parley-consent-revocation+json':
      return [payload.originator, payload.holder];
    case 'parley-notice+json':
      return [payload.holder, payload.recipient.authority, ...(payload.deputy === undefined ? [] : [payload.deputy])];
    case 'parley-approval+json':
      return [payload.authority];
    case 'parley-consultation+json':
      return [payload.originator];
    case 'parley-verification+json':
      return [payload.originator, payload.holder];
    case 'parley-release+json':
      return [payload.holder, payload.to];
    case 'parley-label+json':
      return [payload.originator];
    case 'parley-access+json':
      return [payload.reader];
    case 'parley-quorum-request+json':
      return [payload.authority];
    // to whoever asked, once enough agreed, by the quorum's own route alone
    case 'parley-quorum-share+json':
      return [];
    case 'parley-use+json':
    case 'parley-deletion+json':
    case 'parley-inability+json':
      return [payload.holder];
    case 'parley-item+json':
      return [payload.issuer];
    case 'parley-session+json':
      return [];
    case 'parley-entry+json':
    case 'parley-designation+json':
    case 'parley-designation-approval+json':
    case 'parley-agreement+json':
    case 'parley-revocation+json':
    case 'parley-root+json':
      return null;
  }
}

export const isParty = (statement: Statement, who: AuthorityId): boolean => partiesOf(statement)?.includes(who) ?? true;
