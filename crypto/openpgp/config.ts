/** The one configuration that every call of openpgp.js in this folder gets: what gpg 2.2 and sq 0.27 read and write. */
import { config, type Config } from 'openpgp';

/** SEIPDv1 and v4 keys: GnuPG 2.2 opens neither AEAD packets nor v6 keys. protocol.md 4 */
export const OPENPGP_4: Config = { ...config, aeadProtect: false, v6Keys: false, minRSABits: 2048 };
