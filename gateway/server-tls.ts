/** Certificate and key of the door: they end sooner than a gateway stops, so what is renewed is taken while it runs. */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import { Failure } from '../domain/failure.js';
import type { Clock } from '../domain/ports.js';

/** PEM */
export interface TlsPair {
  readonly cert: string;
  readonly key: string;
}

export interface TlsFiles {
  readonly inUse: TlsPair;
  /** what lies there now; null: it cannot be read */
  readonly read: () => TlsPair | null;
}

/** of a certificate's term: by then whoever renews in time has renewed it, be it for a year or for six days */
const TOLD_AHEAD = 0.1;

/** What Node would say only where it listens, or, of an empty file, to nobody but clients. */
export function isPair({ cert, key }: TlsPair): boolean {
  try {
    createSecureContext({ cert, key });
    return new X509Certificate(cert).checkPrivateKey(createPrivateKey(key));
  } catch {
    return false;
  }
}

/**
 * @param take new connections get it; those that are open keep theirs
 * @returns looks once. Throws Failure `CONFIG_INVALID` where the certificate that is served has ended or is about to, or what lies there now does not fit
 */
export function renewalOf({ inUse, read }: TlsFiles, take: (pair: TlsPair) => void, { now }: Pick<Clock, 'now'>): () => void {
  let served = inUse;
  return () => {
    const found = read();
    const isNew = found === null || found.cert !== served.cert || found.key !== served.key;
    const fits = found !== null && isNew && isPair(found);
    if (fits) take((served = found));
    const { validFrom, validTo } = new X509Certificate(served.cert);
    const end = Date.parse(validTo);
    const isLate = now() > end - TOLD_AHEAD * (end - Date.parse(validFrom));
    const problems = [
      ...(isNew && !fits ? ['what lies there now is no TLS certificate with its key: the one from before is served on'] : []),
      ...(isLate
        ? [
            `the TLS certificate ${end < now() ? 'ended' : 'ends'} on ${validTo}: put a new one and its key in their place, for clients refuse it from then on`,
          ]
        : []),
    ];
    if (problems.length > 0) throw new Failure('CONFIG_INVALID', problems.join('; '));
  };
}
