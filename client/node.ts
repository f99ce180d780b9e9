/** What a program on Node needs beside the SDK (`parley/node`): a key store in a folder, time and chance, files that stay, and what must be seen. */
export { alarmLines, readStanding, type Standing } from './cli/alarms.js';
export { systemChance, systemClock } from './cli/clock-system.js';
export { createFileKeyStore, openFileKeyStore } from './cli/file-key-store.js';
export { createFolder, replaceFile } from './durable-file.js';
