/** Sessions, uploads and keyrings in memory. */
import type { Digest, Uuid } from '../../domain/ids.js';
import type { PartRow, SessionRow, Store, UploadRow } from '../../domain/ports.js';

type Desk = Pick<
  Store,
  | 'putSession'
  | 'session'
  | 'dropSessions'
  | 'putUpload'
  | 'upload'
  | 'putPart'
  | 'parts'
  | 'openUploads'
  | 'hasParts'
  | 'bodyFolder'
  | 'staleUploads'
  | 'claimUpload'
  | 'dropUpload'
  | 'putKeyring'
  | 'keyring'
  | 'countKeyrings'
>;

export function memoryDesk(): Desk {
  const sessions = new Map<string, SessionRow>();
  const uploads = new Map<Uuid, UploadRow>();
  let bodyFolder: string | null = null;
  const parts = new Map<Uuid, Map<number, PartRow>>();
  const keyrings = new Map<string, Uint8Array>();
  return {
    putSession: (session) => Promise.resolve(void sessions.set(session.id, session)),
    session: (id) => Promise.resolve(sessions.get(id) ?? null),
    dropSessions(before, limit) {
      const ended = [...sessions.values()].filter(({ until }) => until < before).sort((a, b) => a.until - b.until);
      for (const { id } of ended.slice(0, limit)) sessions.delete(id);
      return Promise.resolve(Math.min(limit, ended.length));
    },
    putUpload(upload) {
      if (!uploads.has(upload.id)) uploads.set(upload.id, upload);
      return Promise.resolve();
    },
    upload: (id) => Promise.resolve(uploads.get(id) ?? null),
    putPart(upload, part) {
      parts.set(upload, (parts.get(upload) ?? new Map<number, PartRow>()).set(part.n, part));
      return Promise.resolve();
    },
    parts: (upload) => Promise.resolve([...(parts.get(upload)?.values() ?? [])].sort((a, b) => a.n - b.n)),
    openUploads(owner, since) {
      const open = [...uploads.values()].filter((one) => one.owner === owner && one.claimedBy === null && one.createdAt >= since);
      return Promise.resolve(open.length);
    },
    staleUploads(before, limit) {
      const stale = [...uploads.values()].filter((upload) => upload.claimedBy === null && upload.createdAt < before);
      return Promise.resolve(stale.sort((a, b) => a.createdAt - b.createdAt).slice(0, limit));
    },
    bodyFolder: (name: string | null) => Promise.resolve((bodyFolder ??= name)),
    hasParts: () => Promise.resolve(parts.size > 0),
    claimUpload(id: Uuid, statement: Digest) {
      const upload = uploads.get(id);
      if (upload?.claimedBy === null) uploads.set(id, { ...upload, claimedBy: statement });
      return Promise.resolve();
    },
    dropUpload(id) {
      uploads.delete(id);
      parts.delete(id);
      return Promise.resolve();
    },
    putKeyring(authority, name, bytes, replaced) {
      const kept = keyrings.get(`${authority}/${name}`);
      const fits = kept === undefined ? replaced === null : replaced !== null && Buffer.compare(kept, replaced) === 0;
      if (fits) keyrings.set(`${authority}/${name}`, bytes);
      return Promise.resolve(fits);
    },
    keyring: (authority, name) => Promise.resolve(keyrings.get(`${authority}/${name}`) ?? null),
    countKeyrings: (authority, prefix) =>
      Promise.resolve([...keyrings.keys()].filter((name) => name.startsWith(`${authority}/${prefix}`)).length),
  };
}
