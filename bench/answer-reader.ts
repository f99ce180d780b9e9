/** Reads HTTP/1.1 answers with a Content-Length off one connection, one at a time. */

const HEAD_END = '\r\n\r\n';

/** @param done called once an answer, with its status and, for whoever wants it, its body */
export function createAnswerReader(done: (status: number, body: () => string) => void): (chunk: Buffer) => void {
  let held: Buffer = Buffer.alloc(0);
  return (chunk) => {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    const headEnd = held.indexOf(HEAD_END);
    if (headEnd < 0) return;
    const head = held.toString('latin1', 0, headEnd);
    const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
    if (length === undefined) throw new Error('an answer without Content-Length');
    const from = headEnd + HEAD_END.length;
    const end = from + Number(length);
    if (held.length < end) return;
    const answer = held.subarray(from, end);
    held = held.subarray(end);
    done(Number(head.slice(9, 12)), () => answer.toString());
  };
}
