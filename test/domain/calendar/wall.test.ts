import { describe, expect, it } from 'vitest';
import { instantOfWall } from '../../../domain/calendar/wall.js';
import { formatInstant } from '../../../domain/time.js';

const at = (day: string, minute: number, zone: string) => formatInstant(instantOfWall(day, minute, zone));

describe('the clock on the wall', () => {
  it('shows a time once on most days', () => {
    expect(at('2026-02-06', 510, 'Europe/London')).toBe('2026-02-06T08:30:00.000Z');
    expect(at('2026-02-06', 510, 'Asia/Kolkata')).toBe('2026-02-06T03:00:00.000Z');
  });

  it('after a change of the clocks shows what it shows', () => {
    expect(at('2026-03-29', 540, 'Europe/London')).toBe('2026-03-29T08:00:00.000Z');
    expect(at('2026-10-25', 540, 'Europe/London')).toBe('2026-10-25T09:00:00.000Z');
  });

  it('takes a time that is left out as much later, and the first of a time that comes twice', () => {
    expect(at('2026-03-29', 90, 'Europe/London')).toBe('2026-03-29T01:30:00.000Z');
    expect(at('2026-10-25', 90, 'Europe/London')).toBe('2026-10-25T00:30:00.000Z');
  });
});
