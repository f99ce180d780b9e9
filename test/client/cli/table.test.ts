import { describe, expect, it } from 'vitest';
import { table } from '../../../client/cli/output.js';

const ID = 'q'.repeat(43);
const widest = (text: string): number => Math.max(...text.split('\n').map(({ length }) => length));

describe('a table', () => {
  it('is drawn where a terminal that nobody widened has room for it', () => {
    expect(table(['holder', 'answer'], [['NG-FIA', 'DELETED']])).toContain('│ NG-FIA │ DELETED │');
  });

  it('comes row by row where it has none: nothing is cut, and a digest stays whole', () => {
    const shown = table(
      ['authority', 'name', 'types', 'root', 'note'],
      [
        ['NG-FIA', 'Financial intelligence '.repeat(5).trim(), 'FIU\nPROSECUTION', `compared\n${ID}`, ''],
        ['VG-FIX', 'Unit', 'FIU', `NOT COMPARED\n${ID}`, 'x'],
      ],
    );
    expect(widest(shown)).toBeLessThanOrEqual(80);
    expect(shown.split('\n\n')).toEqual([
      [
        'authority  NG-FIA',
        'name       Financial intelligence Financial intelligence Financial intelligence',
        '           Financial intelligence Financial intelligence',
        'types      FIU',
        '           PROSECUTION',
        'root       compared',
        `           ${ID}`,
      ].join('\n'),
      ['authority  VG-FIX', 'name       Unit', 'types      FIU', 'root       NOT COMPARED', `           ${ID}`, 'note       x'].join('\n'),
    ]);
  });
});
