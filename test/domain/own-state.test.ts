/** An authority is of the State that its code and its first entry name: it moves nowhere by its own word. */
import { describe, expect, it } from 'vitest';
import { foreignTerritory } from '../../domain/own-state.js';
import type { EntryPayload } from '../../domain/wire/directory.js';

const entry = (authority: string, territory: string): EntryPayload => ({ authority, territory }) as unknown as EntryPayload;

describe('the territory of an entry', () => {
  it('is the one that the code begins with', () => {
    expect(foreignTerritory(entry('VG-OWE', 'VG'), [])).toBeNull();
    expect(foreignTerritory(entry('VG-OWE', 'ZA'), [])).toContain('the code VG-OWE says VG');
  });

  it.each(['CARIN-OBS', 'OP', 'EU-POL', 'UK-FIU', 'EL-FIU', 'UN-DOC', 'XK-FIU'])(
    'is said by the entry where the code %s names no State',
    (code) => {
      expect(foreignTerritory(entry(code, 'NL'), [])).toBeNull();
    },
  );

  it('stays the one of the entries before', () => {
    expect(foreignTerritory(entry('CARIN-OBS', 'NL'), [entry('CARIN-OBS', 'NL')])).toBeNull();
    expect(foreignTerritory(entry('CARIN-OBS', 'BE'), [entry('CARIN-OBS', 'NL')])).toContain('it was NL before');
  });
});
