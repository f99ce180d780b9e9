import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { alias: { '#native': fileURLToPath(new URL('./crypto/native/node.ts', import.meta.url)) } },
  test: { include: ['test/domain/**/*.test.ts', 'test/policies/**/*.test.ts'], exclude: ['test/domain/machines/**'], testTimeout: 30_000 },
});
