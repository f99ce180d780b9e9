/** What those do who check on an authority: they read reports of the log, and a log that somebody changed on the way. */
import { ParleyClient, readAuthority, readInstant, REPORT_KINDS, type ReportKind } from '../../client/sdk/index.js';
import type { Seat } from './seat.js';

export interface Reporting {
  readonly name: string;
  readonly of?: string;
  /** RFC 3339 */
  readonly from?: string;
  readonly to?: string;
}

const kindOf = (name: string): ReportKind => {
  const kind = REPORT_KINDS.get(name);
  if (kind === undefined) throw new RangeError(`no report ${name}`);
  return kind;
};

export const reports = ({ store, clock, chance, client }: Seat) => ({
  async report({ name, of, from, to }: Reporting) {
    const { rows, wholeness, reading } = await (
      await client()
    ).report({
      kind: kindOf(name),
      ...(of === undefined ? {} : { of: readAuthority(of) }),
      ...(from === undefined ? {} : { from: readInstant(from) }),
      ...(to === undefined ? {} : { to: readInstant(to) }),
    });
    return { rows, wholeness, reading };
  },
  /** the same officer, but somebody on the way changes one word of one event. @returns at which place that is noticed */
  async readTampered({ origin, place, word, instead }: { origin: string; place: number; word: string; instead: string }) {
    const us = await ParleyClient.connect({ origin, fetch: changing(place, word, instead), store, clock, chance });
    const { wholeness } = await us.report({ kind: kindOf('third-parties') });
    return wholeness.state === 'MISFIT' ? wholeness.misfits.map(({ check, index }) => ({ check, index })) : [];
  },
});

/** A wire that delivers every byte as it is, but for one word of one event. */
function changing(place: number, word: string, instead: string): typeof fetch {
  return async (...request) => {
    const answer = await fetch(...request);
    if (!String(request[0]).includes('/v1/audit/events')) return answer;
    const page = (await answer.json()) as { readonly events: readonly { readonly index: number; readonly view: { event: string } }[] };
    for (const { index, view } of page.events) if (index === place) view.event = view.event.replaceAll(word, instead);
    return new Response(JSON.stringify(page), { status: answer.status, headers: { 'Content-Type': 'application/json' } });
  };
}
