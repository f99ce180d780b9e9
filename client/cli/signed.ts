/** What a command signed, as every answer under `--json` calls it: `statement`, with its receipt and whatever came of it beside. */
import type { Sent } from '../sdk/index.js';

/** What the receipt says stands in the receipt. */
export const signed = <S extends Sent>({ digest, receiptBody: _said, ...more }: S) => ({ statement: digest, ...more });
