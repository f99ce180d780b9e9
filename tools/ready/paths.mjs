import { fileURLToPath } from 'node:url';

const root = new URL('../../', import.meta.url);

/** Absolute path of a file given relative to the repository. */
export const inRoot = (path = '') => fileURLToPath(new URL(path, root));
