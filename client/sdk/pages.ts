/** Answers that come page by page, each with where the next one begins: read to the last, and by no gateway for ever. */
import type { z } from 'zod';
import { readAnswer, unreadable } from './answers.js';
import type { ClientContext } from './context.js';

/** Of 200 each or more: more than any reading here is of. */
const PAGES_MAX = 10_000;

/**
 * @param ask for the page behind `after`
 * @param after where the first one begins; absent: at the beginning
 * @throws ParleyError `ANSWER_UNREADABLE` where a page leads back, or there are more than 10,000
 */
export async function* pagesOf<C extends string | number, P extends { readonly next?: C | undefined }>(
  ask: (after: C | undefined) => Promise<P>,
  after?: NoInfer<C>,
): AsyncGenerator<P> {
  const asked = new Set<C | undefined>([after]);
  for (let at: C | undefined = after; ;) {
    const page = await ask(at);
    yield page;
    at = page.next;
    if (at === undefined) return;
    if (asked.has(at) || asked.size >= PAGES_MAX) throw unreadable('pages without end');
    asked.add(at);
  }
}

/** @param path of the first page, with its query @param what a page should be, as `exchanges` */
export const pagesAt = <S extends z.ZodType<{ readonly next?: string | undefined }>>(
  { door }: Pick<ClientContext, 'door'>,
  path: string,
  schema: S,
  what: string,
): AsyncGenerator<z.output<S>> =>
  pagesOf<string, z.output<S>>(async (after) =>
    readAnswer(schema, await door.get(after === undefined ? path : `${path}&after=${encodeURIComponent(after)}`), what),
  );
