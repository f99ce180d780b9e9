/** Takes a message of a stock tool apart: what seals it to each reader, and its body. */
import { parseOpenpgpBody } from '../../../crypto/openpgp/body.js';
import { parsePacketFrame, PKESK_TAG } from '../../../crypto/openpgp/packet.js';
import { parsePkesk, type OpenpgpSeal } from '../../../crypto/openpgp/seal.js';
import { certain } from '../../../domain/result.js';

/** @param message binary, not armoured: session key packets, then one SEIPD packet of version 1 */
export function splitOpenpgpMessage(message: Uint8Array): { readonly seals: readonly OpenpgpSeal[]; readonly body: Uint8Array } {
  const seals: OpenpgpSeal[] = [];
  let at = 0;
  for (;;) {
    const { tag, end } = certain(parsePacketFrame(message, at));
    if (tag !== PKESK_TAG) return { seals, body: certain(parseOpenpgpBody(message.subarray(at))) };
    seals.push(certain(parsePkesk(message.subarray(at, end))));
    at = end;
  }
}
