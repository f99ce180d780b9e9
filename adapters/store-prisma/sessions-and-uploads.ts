/** What lives beside the log: sessions, uploads with their parts, blind keyrings. */
import type { Store } from '../../domain/ports.js';
import type { PrismaClient } from './generated/postgresql/client.js';
import { ownBytes, toUpload } from './rows.js';

type Sessions = Pick<Store, 'putSession' | 'putKeyring' | 'keyring' | 'countKeyrings'>;
type Uploads = Pick<
  Store,
  'putUpload' | 'upload' | 'putPart' | 'parts' | 'openUploads' | 'staleUploads' | 'hasParts' | 'bodyFolder' | 'claimUpload' | 'dropUpload'
>;

export function sessionsOf(db: PrismaClient): Sessions {
  return {
    async putSession(session) {
      const row = { ...session, key: ownBytes(session.key) };
      await db.session.upsert({ where: { id: session.id }, create: row, update: row });
    },
    async putKeyring(authority, name, bytes, replaced) {
      // one statement on either database: of two at once the second finds the first, and changes nothing
      const put =
        replaced === null
          ? await db.$executeRaw`
              INSERT INTO keyring (authority, name, bytes) VALUES (${authority}, ${name}, ${ownBytes(bytes)}) ON CONFLICT DO NOTHING`
          : await db.$executeRaw`
              UPDATE keyring SET bytes = ${ownBytes(bytes)}
              WHERE authority = ${authority} AND name = ${name} AND bytes = ${ownBytes(replaced)}`;
      return put === 1;
    },
    async keyring(authority, name) {
      const row = await db.keyring.findUnique({ where: { authority_name: { authority, name } } });
      return row && row.bytes;
    },
    countKeyrings: (authority, prefix) => db.keyring.count({ where: { authority, name: { startsWith: prefix } } }),
  };
}

export function uploadsOf(db: PrismaClient): Uploads {
  return {
    async putUpload(upload) {
      await db.upload.upsert({ where: { id: upload.id }, create: { ...upload }, update: {} });
    },
    async upload(id) {
      const row = await db.upload.findUnique({ where: { id } });
      return row && toUpload(row);
    },
    async putPart(upload, part) {
      const row = { ...part, upload, leafHash: ownBytes(part.leafHash) };
      await db.part.upsert({ where: { upload_n: { upload, n: part.n } }, create: row, update: row });
    },
    async parts(upload) {
      const rows = await db.part.findMany({ where: { upload }, orderBy: { n: 'asc' } });
      return rows.map(({ n, sizeBytes, leafHash }) => ({ n, sizeBytes, leafHash }));
    },
    openUploads: (owner, since) => db.upload.count({ where: { owner, claimedBy: null, createdAt: { gte: since } } }),
    async staleUploads(before, limit) {
      const rows = await db.upload.findMany({
        where: { claimedBy: null, createdAt: { lt: before } },
        orderBy: { createdAt: 'asc' },
        take: limit,
      });
      return rows.map(toUpload);
    },
    async bodyFolder(name) {
      // of two at once the second finds the first, and changes nothing
      if (name !== null) await db.$executeRaw`INSERT INTO body_folder (one, name) VALUES (1, ${name}) ON CONFLICT DO NOTHING`;
      return (await db.bodyFolder.findUnique({ where: { one: 1 } }))?.name ?? null;
    },
    hasParts: async () => (await db.part.findFirst()) !== null,
    async claimUpload(id, statement) {
      await db.upload.updateMany({ where: { id, claimedBy: null }, data: { claimedBy: statement } });
    },
    async dropUpload(id) {
      // the upload last: a sweep that ends in between is made again
      await db.part.deleteMany({ where: { upload: id } });
      await db.upload.deleteMany({ where: { id } });
    },
  };
}
