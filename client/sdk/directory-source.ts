/** The directory as one client has it: read anew where it is owed, and with the root that is kept here as a compared one. */
import type { Clock } from '../../domain/ports.js';
import { MINUTE_MS, type Instant } from '../../domain/time.js';
import type { ClientContext } from './context.js';
import { readDirectory, type DirectoryView } from './directory.js';
import type { Door } from './door.js';
import type { Identity } from './identity.js';
import type { KeyStore } from './key-store.js';

/** How old a directory may be for reading; for sealing it is asked again. */
const DIRECTORY_AGE_MS_MAX = MINUTE_MS;

export function directorySource(door: Door, store: KeyStore, identity: () => Identity, clock: Clock): ClientContext['directory'] {
  let known: { readonly view: DirectoryView; readonly at: Instant } | null = null;
  return async (fresh = false) => {
    const now = clock.now();
    if (known === null || fresh || now - known.at > DIRECTORY_AGE_MS_MAX)
      known = { view: withOwnRoot(await readDirectory(door, store), identity()), at: now };
    return known.view;
  };
}

/** Whoever keeps the root here needs to compare it with nobody; another one that the gateway shows stays uncompared. */
function withOwnRoot(view: DirectoryView, { authority, root }: Identity): DirectoryView {
  const shown = view.directory.authorities.get(authority)?.root;
  return root === null || shown !== root.kid || view.pins[authority] !== undefined
    ? view
    : { ...view, pins: { ...view.pins, [authority]: root.kid } };
}
