import { describe, expect, it } from 'vitest';
import { alarmAfter, alarmKey, alarmsOf, parseAlarmKey } from '../../../domain/calendar/timers.js';
import { moveClocks } from '../../../domain/clocks.js';
import { plusMs } from '../../../domain/time.js';
import { instant, uuid } from '../../support/ids.js';
import { clockContext } from '../clock-context.js';

const now = instant('2026-03-02T10:00:00Z');
const clocks = moveClocks([], { step: 'DELIVERY_RECEIPT', clock: 'START' }, clockContext({ now }));
const id = uuid(3);
const [ack, answer] = clocks as [(typeof clocks)[number], (typeof clocks)[number]];

describe('alarms', () => {
  it('are one a clock: its reminder, or its date where it is too short for one', () => {
    expect(alarmsOf({ id, version: 2, clocks }).map(({ key, due }) => [key, due])).toEqual([
      [`clock ${id} 0 2 DUE`, plusMs(ack.due, 1)],
      [`clock ${id} 1 2 REMIND`, answer.remindAt],
    ]);
  });

  it('are set by the version that set the date, for clocks that run', () => {
    expect(alarmsOf({ id, version: 3, clocks })).toEqual([]);
    const standing = [
      { ...ack, metAt: now },
      { ...answer, suspendedAt: now },
    ];
    expect(alarmsOf({ id, version: 2, clocks: standing })).toEqual([]);
  });

  it('follow each other to the last', () => {
    const alarm = { exchange: id, index: 1, armed: 2 };
    expect(alarmAfter({ ...alarm, stage: 'REMIND' }, answer)).toMatchObject({ key: `clock ${id} 1 2 DUE`, due: answer.due + 1 });
    expect(alarmAfter({ ...alarm, stage: 'DUE' }, answer)).toMatchObject({ key: `clock ${id} 1 2 ESCALATE`, due: answer.due + 1 });
    expect(alarmAfter({ ...alarm, stage: 'ESCALATE' }, answer)).toBeNull();
  });

  it('are read back from their keys', () => {
    const alarm = { exchange: id, index: 1, armed: 2, stage: 'REMIND' as const };
    expect(parseAlarmKey(alarmKey(alarm))).toEqual({ ok: true, value: alarm });
    expect(parseAlarmKey('digest NG-FIA').ok).toBe(false);
  });
});
