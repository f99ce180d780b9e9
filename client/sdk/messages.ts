/** The messages of an exchange, as they were signed. What is sealed in them is opened item by item, and each such reading is logged. */
import type { Digest, ExchangeId } from '../../domain/ids.js';
import type { StatementOf } from '../../domain/statement.js';
import { decodeBase64url } from '../../crypto/base64url.js';
import { exchangeAnswer } from '../../domain/wire/http-answers.js';
import type { ClientContext } from './context.js';
import { verifySigner } from './directory.js';
import { certain } from './ids.js';
import { viewThatKnows } from './key-history.js';
import { readStatementOf } from './statements.js';

export interface SignedMessage {
  readonly envelope: StatementOf<'parley-envelope+json'>;
  /** its payload as it was signed: times are RFC 3339 */
  readonly said: Readonly<Record<string, unknown>>;
  readonly items: readonly { readonly digest: Digest; readonly itemRole: string }[];
  /** its officer's pseudonym; null: the signature is not that of an officer known here, and `why` says what is wrong */
  readonly officer: string | null;
  readonly why: string | null;
}

const PAGE = 100;

/** Oldest first. Reading them opens nothing and leaves no leaf. A message that is not readable, or of another exchange, is left out. */
export async function readMessages(context: ClientContext, exchange: ExchangeId): Promise<SignedMessage[]> {
  const messages: SignedMessage[] = [];
  for (let after: string | undefined = ''; after !== undefined;) {
    const query: string = after === '' ? '' : `&after=${after}`;
    const page = exchangeAnswer.parse(await context.door.get(`/v1/exchanges/${exchange}?limit=${PAGE}${query}`));
    const view = await viewThatKnows(
      context,
      page.envelopes.map(({ statement }) => statement),
    );
    for (const { statement, items } of page.envelopes) {
      const read = readStatementOf('parley-envelope+json', statement);
      if (!read.ok || read.value.payload.exchange !== exchange) continue;
      const { from, sentAt } = read.value.payload;
      const signer = await verifySigner(read.value, from, view, sentAt);
      messages.push({
        envelope: read.value,
        said: saidIn(statement),
        items: items
          .map((compact) => readStatementOf('parley-item+json', compact))
          .flatMap((item) => (item.ok ? [{ digest: item.value.digest, itemRole: item.value.payload.itemRole }] : [])),
        officer: signer.ok ? signer.value.officer : null,
        why: signer.ok ? null : signer.error,
      });
    }
    after = page.next;
  }
  return messages;
}

/** Of a statement whose shape was checked. */
const saidIn = (compact: string): Readonly<Record<string, unknown>> =>
  JSON.parse(new TextDecoder().decode(certain(decodeBase64url(compact.split('.')[1] ?? '')))) as Readonly<Record<string, unknown>>;
