import { describe, expect, it } from 'vitest';
import { reportDisclosures } from '../../../../client/sdk/disclosures.js';
import { REPORT_KINDS } from '../../../../client/sdk/report/index.js';
import { digest } from '../../../support/ids.js';
import { answer, EXCHANGE, request, rowsOf, THEM, THIRD, US, viewOf, type Over } from './events.js';

const ITEM = digest('item');
const CONSENT = digest('consent');
const grant = (over: Over = {}): Over => ({
  action: 'CONSENT_GRANT',
  counterparty: THIRD,
  purpose: 'PROSECUTION_JUDICIAL',
  until: '2026-07-10T00:00:00.000Z',
  ...over,
  object: { statement: CONSENT, item: ITEM, items: [ITEM] },
});
const release = (over: Over = {}): Over => ({
  action: 'RELEASE',
  actor: { authority: THEM },
  counterparty: THIRD,
  basis: 'CONSENT',
  consents: [CONSENT],
  object: { item: ITEM },
  ...over,
});
const refusal = (over: Over = {}): Over => ({
  action: 'RELEASE',
  outcome: 'DENY',
  codes: ['NO_THIRD_PARTY_CONSENT'],
  object: { item: ITEM },
  counterparty: THIRD,
  ...over,
});
const column = (rows: readonly Readonly<Record<string, unknown>>[], name: string): unknown[] => rows.map((row) => row[name]);

describe('reports of the log', () => {
  it('say who was given an item and who opened it, why, on which basis', () => {
    const access: Over = {
      action: 'ACCESS',
      actor: { authority: THEM },
      counterparty: THEM,
      justification: 'CASE_WORK',
      basis: 'ENVELOPE',
      object: { item: ITEM },
    };
    const events = viewOf(
      answer('FINAL_REPLY', { object: { items: [ITEM, digest('other')] } }),
      access,
      { ...access, outcome: 'DENY' },
      answer('CLOSE'),
    );
    const rows = rowsOf('who-saw', events, { item: ITEM });
    expect(column(rows, 'action')).toEqual(['SEND', 'ACCESS']);
    expect(rows[1]).toMatchObject({ by: THEM, justification: 'CASE_WORK', basis: 'ENVELOPE', officer: '' });
    expect(rowsOf('who-saw', events, { item: digest('nothing') })).toEqual([]);
  });

  it.each([
    ['who-saw', { action: 'ACCESS' }],
    ['third-parties', { action: 'RELEASE', counterparty: THIRD }],
    ['refused', { action: 'RELEASE', outcome: 'DENY' }],
    ['use-outside-purpose', { action: 'USE', outcome: 'DENY', codes: ['USE_BEYOND_PURPOSE'] }],
    ['caveat-changes', { action: 'LABEL_CHANGE', basis: 'RETRACT' }],
    ['erasures', { action: 'DELETE' }],
    ['lawful-notices', { action: 'NOTICE' }],
    ['security', { action: 'SEND', outcome: 'DENY', codes: ['SIGNATURE_INVALID'] }],
    ['keys-and-directory', { action: 'ENTRY' }],
    ['past-retention', { action: 'SEND', actor: { authority: THEM }, counterparty: US, destroyBy: '2026-06-02T00:00:00.000Z' }],
    ['events', { action: 'SEND' }],
  ] as const)('%s names the statement that a row is about, as evidence has it', (name, over) => {
    const rows = rowsOf(name, viewOf({ ...over, object: { item: ITEM, statement: digest('said') } }));
    expect(column(rows, 'statement')).toEqual([digest('said')]);
    expect(REPORT_KINDS.get(name)?.columns).toContain('statement');
  });

  it('tell of the text of a refused consent, and of nothing else that was asked about', () => {
    const refused = { action: 'CONSENT_REFUSE', outcome: 'ALLOW', counterparty: THIRD, purpose: 'INVESTIGATION' } as const;
    const statement = digest('no');
    const events = viewOf(
      { ...refused, object: { item: digest('asked'), text: ITEM, statement, exchange: EXCHANGE } },
      { action: 'DELIVER', outcome: 'DONE', actor: { authority: 'GATEWAY' }, counterparty: THEM, object: { statement } },
      { ...refused, cut: true, object: { item: ITEM, statement: digest('textless') } },
    );
    const rows = rowsOf('who-saw', events, { counterpart: THEM });
    expect(rows).toMatchObject([{ action: 'CONSENT_REFUSE', by: US, to: THEM, item: [ITEM], exchange: EXCHANGE, purpose: '', statement }]);
    expect(rowsOf('who-saw', events, { item: ITEM })).toEqual(rows);
    expect(rowsOf('who-saw', events, { item: digest('asked') })).toEqual([]);
  });

  it('leave out no envelope that had no room to name its items', () => {
    expect(rowsOf('who-saw', viewOf(answer('FINAL_REPLY', { cut: true })), { item: ITEM })).toMatchObject([{ item: ['NOT_LISTED'] }]);
  });

  it('name the one item of an event that had no room for more, and show it with no other', () => {
    const events = viewOf(release({ cut: true }));
    for (const item of [null, ITEM]) expect(rowsOf('third-parties', events, { item })).toMatchObject([{ item: [ITEM] }]);
    expect(rowsOf('third-parties', events, { item: digest('other') })).toEqual([]);
  });

  it('show with a reading the exchange that gave the item by then', () => {
    const read: Over = { action: 'ACCESS', object: { item: ITEM } };
    const other = '00000000-0000-4000-8000-000000000002';
    const sent = (exchange: string): Over => answer('FINAL_REPLY', { object: { exchange, item: ITEM } });
    const rows = rowsOf('who-saw', viewOf(read, sent(EXCHANGE), read, release(), sent(other), read));
    expect(column(rows, 'exchange')).toEqual(['', EXCHANGE, EXCHANGE, EXCHANGE, other, `${EXCHANGE}; ${other}`]);
  });

  it('name every third party with the consent for each, who granted it and until when', () => {
    const rows = rowsOf(
      'third-parties',
      viewOf(grant(), release(), release({ basis: 'RESEAL' }), refusal(), release({ basis: 'EXEMPTION(X)', consents: [] })),
    );
    expect(column(rows, 'consents')).toEqual([[`${CONSENT} (${US} – UNTIL 2026-07-10T00:00:00.000Z)`], []]);
    expect(column(rows, 'basis')).toEqual(['CONSENT', 'EXEMPTION(X)']);
  });

  it('count what was released once more on the same terms once, and what went on other terms apart', () => {
    const [first, second] = ['2026-07-01T00:00:00.000Z', '2026-07-09T00:00:00.000Z'];
    const events = viewOf(
      grant(),
      release({ until: second }),
      release({ until: first }),
      release({ purpose: 'TAX' }),
      release({ counterparty: THEM }),
      release({ object: { item: digest('other') } }),
      release({ basis: 'EXEMPTION(X)', consents: [] }),
    );
    const rows = rowsOf('third-parties', events);
    expect(column(rows, 'times')).toEqual([2, 1, 1, 1, 1]);
    expect(rows[0]).toMatchObject({ place: 1, until: second, last: '2026-06-03T10:00:00.000Z' });
    const [total] = rowsOf('quarterly', events).filter(({ figure }) => figure === 'thirdPartyDisclosures');
    expect(total).toMatchObject({ value: 5 });
    expect(reportDisclosures(events, US).disclosures.map(({ times }) => times)).toEqual([2, 1, 1, 1, 1]);
    // of an event that had no room for its item nobody knows whether it is of the same
    const unnamed = release({ cut: true, object: { item: undefined } });
    expect(column(rowsOf('third-parties', viewOf(unnamed, unnamed)), 'times')).toEqual([1, 1]);
  });

  it('show no revoked consent as one that holds, and mark what was read or used after its end', () => {
    const revoke: Over = { action: 'CONSENT_REVOKE', consents: [CONSENT], object: { item: ITEM } };
    const by: Over = { actor: { authority: THIRD }, counterparty: THIRD, consents: [CONSENT], object: { item: ITEM } };
    const read: Over = { ...by, action: 'ACCESS', basis: 'RELEASE' };
    const events = viewOf(grant(), release({ until: '2026-07-10T00:00:00.000Z' }), read, revoke, read, {
      ...by,
      action: 'USE',
      consents: [],
    });
    const ended = `${CONSENT} (${US} – REVOKED 2026-06-04T10:00:00.000Z)`;
    expect(rowsOf('third-parties', events)).toMatchObject([{ consents: [ended], until: ['REVOKED 2026-06-04T10:00:00.000Z'] }]);
    expect(column(rowsOf('who-saw', events), 'consents')).toEqual([[ended], [ended], [`${ended} AFTER_END`]]);
    expect(column(rowsOf('use-outside-purpose', events), 'consents')).toEqual([[`${ended} AFTER_END`]]);
    // one that had run out before it was revoked ended then
    const late = viewOf(grant({ until: '2026-06-03T00:00:00.000Z' }), release(), revoke, read);
    expect(column(rowsOf('who-saw', late), 'consents').at(-1)).toEqual([`${CONSENT} (${US} – UNTIL 2026-06-03T00:00:00.000Z) AFTER_END`]);
    // whose grant has left the log after its years
    expect(column(rowsOf('third-parties', viewOf(release(), revoke)), 'consents')).toEqual([
      [`${CONSENT} (REVOKED 2026-06-02T10:00:00.000Z)`],
    ]);
  });

  it('fold repeats of one try into one line with a count, and keep another try apart', () => {
    const rows = rowsOf('refused', viewOf(refusal(), refusal(), refusal({ counterparty: THEM }), refusal()));
    expect(rows.map(({ times, to, codes }) => [times, to, codes])).toEqual([
      [3, THIRD, ['NO_THIRD_PARTY_CONSENT']],
      [1, THEM, ['NO_THIRD_PARTY_CONSENT']],
    ]);
    expect(rows[0]).toMatchObject({ at: '2026-06-01T10:00:00.000Z', last: '2026-06-04T10:00:00.000Z' });
  });

  it('tell what is overdue still, what was met late, and what is blocked', () => {
    const due = (clock: string): Over => ({
      action: 'CLOCK_DUE',
      outcome: 'DONE',
      actor: { authority: 'GATEWAY' },
      codes: [clock],
      basis: 'DUE 2026-06-02T00:00:00.000Z',
      object: { exchange: EXCHANGE },
    });
    const late = viewOf(request(), due('ACK_DEFAULT'), answer('ACKNOWLEDGE'), due('BVI_21D'));
    expect(rowsOf('overdue', late).map(({ state, clock, last }) => [state, clock, last])).toEqual([
      ['MET_LATE', 'ACK_DEFAULT', '2026-06-03T10:00:00.000Z'],
      ['OVERDUE', 'BVI_21D', ''],
    ]);
    expect(rowsOf('overdue', late, { from: '2026-06-04T00:00:00.000Z' })).toHaveLength(1);
    const withdrawn = viewOf(request(), due('ACK_DEFAULT'), answer('NO_LONGER_REQUIRED', { actor: { authority: THEM } }));
    expect(rowsOf('overdue', withdrawn)).toMatchObject([{ state: 'WITHDRAWN', last: '2026-06-03T10:00:00.000Z' }]);
    expect(rowsOf('overdue', late, { counterpart: THIRD })).toEqual([]);
    const blocked = rowsOf('overdue', viewOf(request(), answer('POSTPONE', { details: ['ONGOING_PROCEEDINGS'] })));
    expect(blocked).toMatchObject([{ state: 'BLOCKED', details: ['POSTPONE', 'ONGOING_PROCEEDINGS'], counterpart: THEM }]);
    expect(rowsOf('overdue', viewOf(request(), answer('POSTPONE'), answer('FINAL_REPLY')))).toEqual([]);
  });

  it('call a period that ran out in vain overdue, and not the silence after an answer, which closes a matter', () => {
    const lapse = (clock: string): Over => ({ action: 'CLOCK_LAPSE', outcome: 'DONE', codes: [clock], object: { exchange: EXCHANGE } });
    const rows = rowsOf('overdue', viewOf(request(), lapse('SILENCE_30D'), lapse('CONSENT_30D')));
    expect(column(rows, 'clock')).toEqual(['CONSENT_30D']);
  });

  it('list consents that end soon, not those that were revoked or end later', () => {
    const events = viewOf(grant(), release(), release());
    expect(rowsOf('consents-expiring', events)).toMatchObject([{ daysLeft: 10, uses: 2, consents: CONSENT, to: THIRD }]);
    expect(rowsOf('consents-expiring', events, { to: '2026-07-01T00:00:00.000Z' })).toEqual([]);
    expect(rowsOf('consents-expiring', viewOf(grant(), { action: 'CONSENT_REVOKE', consents: [CONSENT] }))).toEqual([]);
  });

  it('list what is held past its originator’s date, and past the defaults after the exchange closed; what was deleted is not held', () => {
    const given = (over: Over = {}) => request({ ...over, object: { items: [ITEM] } });
    expect(rowsOf('past-retention', viewOf(given({ destroyBy: '2026-06-15T00:00:00.000Z' })))).toMatchObject([
      { state: 'DESTROY_BY', item: ITEM, by: THEM },
    ]);
    expect(rowsOf('past-retention', viewOf(given({ destroyBy: '2026-07-15T00:00:00.000Z' })))).toEqual([]);
    expect(
      rowsOf('past-retention', viewOf(given({ destroyBy: '2026-06-15T00:00:00.000Z' }), { action: 'DELETE', object: { item: ITEM } })),
    ).toEqual([]);
    const closed = viewOf(given(), answer('CLOSE'));
    expect(rowsOf('past-retention', closed)).toEqual([]);
    expect(rowsOf('past-retention', closed, { to: '2027-07-01T00:00:00.000Z' })).toMatchObject([{ state: 'REVIEW' }]);
    expect(rowsOf('past-retention', closed, { to: '2031-07-01T00:00:00.000Z' })).toMatchObject([{ state: 'DELETE_OR_REJUSTIFY' }]);
  });

  it('list what is held past the end of the last release that gave it, but not what came by envelope too, nor one’s own', () => {
    const handed = (until: string, over: Over = {}): Over => ({
      action: 'RELEASE',
      actor: { authority: THEM },
      counterparty: US,
      until,
      ...over,
      object: { item: ITEM },
    });
    const [june, july] = ['2026-06-15T00:00:00.000Z', '2026-07-15T00:00:00.000Z'] as const;
    const given = request({ object: { items: [ITEM] } });
    const listed = (...events: Over[]) => rowsOf('past-retention', viewOf(...events)).map(({ state, due }) => [state, due]);
    expect(listed(handed(june))).toEqual([['RELEASE_ENDED', june]]);
    expect(listed(handed(july), handed(june))).toEqual([]);
    expect(listed(handed(june), handed(july))).toEqual([]);
    expect(listed(handed(june), handed(july, { actor: { authority: US }, basis: 'RESEAL' }))).toEqual([['RELEASE_ENDED', june]]);
    expect(listed(given, handed(june))).toEqual([]);
    expect(listed(handed(june), given)).toEqual([]);
    const own = answer('INTERIM_REPLY', { object: { items: [ITEM] } });
    expect(listed(own, handed(june))).toEqual([]);
    expect(listed(own, { action: 'DELETE', object: { item: ITEM } }, handed(june))).toEqual([['RELEASE_ENDED', june]]);
    const left = viewOf(given, answer('CLOSE'), handed(june));
    expect(rowsOf('past-retention', left, { to: '2027-07-01T00:00:00.000Z' })).toMatchObject([{ state: 'REVIEW' }]);
  });

  it('count what goes to one body in two roles as two disclosures', () => {
    const to = (toType: 'FIU' | 'LAW_ENFORCEMENT'): Over => ({ action: 'RELEASE', counterparty: THIRD, toType, object: { item: ITEM } });
    const events = viewOf(to('FIU'), to('LAW_ENFORCEMENT'), to('FIU'));
    expect(column(rowsOf('third-parties', events), 'times')).toEqual([2, 1]);
  });

  it('choose notices, caveats, keys and security each by what they are', () => {
    const events = viewOf(
      { action: 'NOTICE', basis: 'EXCULPATORY', object: { item: ITEM } },
      { action: 'APPROVE', basis: 'EXCULPATORY', object: { item: ITEM } },
      { action: 'APPROVE', basis: 'ACTIVE' },
      { action: 'LABEL_CHANGE', basis: 'ADD', details: ['NOT_FOR_EVIDENCE'], object: { item: ITEM } },
      { action: 'ENTRY', details: ['OVERSEER NG-PROS'] },
      { action: 'KEY_REVOKE', basis: 'COMPROMISED' },
      { action: 'KEY_REVOKE', basis: 'SCHEDULED' },
      { outcome: 'DENY', codes: ['REPLAY_DETECTED'] },
      { action: 'REPORT', outcome: 'DONE', actor: { authority: THIRD }, basis: 'WHO_SAW' },
      { action: 'REPORT', outcome: 'DONE', basis: 'WHO_SAW' },
    );
    expect(column(rowsOf('lawful-notices', events), 'action')).toEqual(['NOTICE', 'APPROVE']);
    expect(column(rowsOf('caveat-changes', events), 'details')).toEqual([['NOT_FOR_EVIDENCE']]);
    expect(column(rowsOf('keys-and-directory', events), 'action')).toEqual(['APPROVE', 'ENTRY', 'KEY_REVOKE', 'KEY_REVOKE']);
    expect(rowsOf('security', events).map(({ action, place }) => [action, place])).toEqual([
      ['KEY_REVOKE', 5],
      ['SEND', 7],
      ['REPORT', 8],
    ]);
    expect(
      rowsOf('use-outside-purpose', viewOf({ action: 'USE', outcome: 'DENY', codes: ['USE_BEYOND_PURPOSE'] }, { action: 'USE' })),
    ).toHaveLength(1);
    expect(rowsOf('events', events)).toHaveLength(events.length);
  });

  it('say what was deleted and erased, what was due to go, and what was held back and why', () => {
    const events = viewOf(
      { action: 'LABEL_CHANGE', basis: 'RETRACT', object: { item: ITEM } },
      {
        action: 'RETENTION_DUE',
        outcome: 'DONE',
        actor: { authority: 'GATEWAY' },
        basis: 'DUE 2026-06-02T00:00:00.000Z',
        object: { item: ITEM },
      },
      { action: 'INABILITY', basis: 'UNASKED(LEGAL_HOLD)', object: { item: ITEM } },
      { action: 'DELETE', basis: 'UNASKED', actor: { officer: 'o1' }, object: { item: ITEM } },
      { action: 'ERASE', outcome: 'DONE', actor: { authority: 'GATEWAY' }, basis: 'BODY 4096 SEALS 2', object: { item: ITEM } },
      { action: 'PRUNE', outcome: 'DONE', actor: { authority: 'GATEWAY' }, basis: '0-99' },
    );
    const rows = rowsOf('erasures', events);
    expect(column(rows, 'action')).toEqual(['RETENTION_DUE', 'INABILITY', 'DELETE', 'ERASE', 'PRUNE']);
    expect(rows[3]).toMatchObject({ by: 'GATEWAY', item: [ITEM], basis: 'BODY 4096 SEALS 2' });
  });

  it('name a use that rests on a consent, to whoever gave the item and to whoever uses it', () => {
    const use = (over: Over = {}): Over => ({
      action: 'USE',
      actor: { authority: THIRD },
      purpose: 'PROSECUTION_JUDICIAL',
      ...over,
      object: { item: ITEM },
    });
    const originators = rowsOf('use-outside-purpose', viewOf(use(), grant(), release(), use()));
    expect(originators).toMatchObject([
      { place: 3, outcome: 'ALLOW', by: THIRD, consents: [`${CONSENT} (${US} – UNTIL 2026-07-10T00:00:00.000Z)`] },
    ]);
    // it sees no grant that was given to another
    expect(rowsOf('use-outside-purpose', viewOf(release(), use()))).toMatchObject([{ place: 1, consents: [CONSENT] }]);
    const granted = (over: Over = {}, purpose = 'PROSECUTION_JUDICIAL') =>
      rowsOf('use-outside-purpose', viewOf(grant(over), use({ purpose })));
    expect(granted()).toHaveLength(1);
    expect(granted({}, 'INTELLIGENCE')).toEqual([]);
    expect(granted({ until: '2026-06-02T10:00:00.000Z' })).toEqual([]);
    expect(granted({ counterparty: THEM })).toEqual([]);
    expect(rowsOf('use-outside-purpose', viewOf(release({ consents: [] }), use()))).toEqual([]);
    // nothing that one role of a body was given reaches the use by another
    for (const [given, rows] of [
      ['COURT', 0],
      ['PROSECUTION', 2],
    ] as const)
      for (const said of [grant({ toType: given }), release({ toType: given })])
        expect(
          rowsOf('use-outside-purpose', viewOf(said, use({ holderType: 'PROSECUTION' }), use({ holderType: 'PROSECUTION' }))),
        ).toHaveLength(rows);
  });

  it('keep of each request the fields that article 17 lists, for five years', () => {
    const events = viewOf(
      request(),
      answer('ACKNOWLEDGE', { about: { ...request().about!, handlerRef: 'VG-12' } }),
      answer('REFUSE', { details: ['DISPROPORTIONATE'] }),
    );
    const [row] = rowsOf('request-records', events, { nameOf: (code) => (code === THEM ? 'An FIU' : null) });
    expect(row).toEqual({
      at: '2026-06-01T10:00:00.000Z',
      exchange: EXCHANGE,
      requesting: [THEM, 'An FIU'],
      requested: [US, 'o1'],
      reference: ['NG-7', 'VG-12'],
      kind: ['FIU_REQUEST', 'INTELLIGENCE'],
      purpose: 'INTELLIGENCE',
      legalBasis: ['RECIPROCITY', 'MLAT:NG-VG'],
      subject: digest('request'),
      measures: [`2026-06-02 ${US} ACKNOWLEDGE`, `2026-06-03 ${US} REFUSE DISPROPORTIONATE`],
      keptUntil: '2031-06-01T10:00:00.000Z',
      place: 0,
    });
  });

  it('keep the record of a leap day until the day after it would be', () => {
    const kept = (at: string) => column(rowsOf('request-records', viewOf(request({ at }))), 'keptUntil');
    expect(kept('2028-02-29T10:00:00.000Z')).toEqual(['2033-03-01T10:00:00.000Z']);
    expect(kept('2027-02-28T10:00:00Z')).toEqual(['2032-02-28T10:00:00.000Z']);
    expect(kept('2027-02-31T10:00:00.000Z')).toEqual(['']);
  });

  it('sum a quarter up', () => {
    const due: Over = {
      action: 'CLOCK_DUE',
      outcome: 'DONE',
      actor: { authority: 'GATEWAY' },
      codes: ['BVI_21D'],
      object: { exchange: EXCHANGE },
    };
    const access: Over = { action: 'ACCESS', actor: { officer: 'o1' }, object: { item: ITEM } };
    const rows = rowsOf(
      'quarterly',
      viewOf(request(), due, refusal(), refusal(), grant(), release(), access, access, { action: 'NOTICE', basis: 'EXCULPATORY' }),
    );
    expect(rows.map(({ figure, of, value }) => [figure, of, value].join(' '))).toEqual([
      'overdue  1',
      'overdue BVI_21D 1',
      'refusedAttempts  1',
      'refusedAttempts NO_THIRD_PARTY_CONSENT 1',
      'consentsUsed  1',
      'thirdPartyDisclosures  1',
      `thirdPartyDisclosures ${THEM} > ${THIRD} 1`,
      'exculpatory  1',
      'emergency  0',
      'readings  2',
      'readings o1 2',
      'reportsRead  0',
    ]);
  });

  it('count only what lies in the time and with the authority that is asked about', () => {
    for (const [name, kind] of REPORT_KINDS) {
      const events = viewOf(request({ object: { items: [ITEM] } }), refusal(), release(), { action: 'REPORT', outcome: 'DONE' });
      const beyond = rowsOf(name, events, { from: '2026-08-01T00:00:00.000Z' });
      expect(
        beyond.filter(({ value }) => value !== 0),
        kind.code,
      ).toEqual([]);
    }
  });
});
