import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const rows = readFileSync('docs/THREATS.md', 'utf8')
  .split('\n')
  .filter((line) => /^\| [a-zA-Z]/.test(line) && !line.startsWith('| boundary'))
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
const fileIn = (cell: string | undefined): string => /^`([^`]+)`$/.exec(cell ?? '')?.[1] ?? '(no file named)';

describe('the threat model', () => {
  it('has rows', () => {
    expect(rows.length).toBeGreaterThan(15);
  });

  it.each(rows.map(([boundary, threat, control, , test]) => [`${boundary}: ${threat}`, fileIn(control), fileIn(test)]))(
    'names a control and a test that exist for %s',
    (_threat, control, test) => {
      expect(existsSync(control), control).toBe(true);
      expect(existsSync(test), test).toBe(true);
    },
  );
});
