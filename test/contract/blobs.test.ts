import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFileBlobs } from '../../adapters/blobs-files/file-blobs.js';
import { createMemoryBlobs } from '../support/memory-blobs.js';
import { blobsContract } from './blobs.contract.js';

blobsContract('blobs in memory', () => Promise.resolve({ blobs: createMemoryBlobs(), close: () => Promise.resolve() }));

blobsContract('blobs in files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'parley-blobs-'));
  return Promise.resolve({ blobs: createFileBlobs(folder), close: () => Promise.resolve(rmSync(folder, { recursive: true })) });
});
