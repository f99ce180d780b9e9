/** Bytes that are the same each time: a counter, shifted by `seed`. */
export const countedBytes = (length: number, seed = 0): Uint8Array =>
  Uint8Array.from({ length }, (_, i) => (i * 31 + (i >> 8) + seed) & 0xff);
