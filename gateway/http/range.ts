/** RFC 9110 byte ranges: one range; several, or another unit, are answered with the whole, as the RFC allows. */
export interface Wanted {
  readonly from: number;
  readonly length: number;
  readonly partial: boolean;
}

const ONE = /^bytes=(?:([0-9]{1,15})-([0-9]{0,15})|-([0-9]{1,15}))$/;

/** @returns null where the range lies outside `sizeBytes` */
export function rangeOf(header: string | undefined, sizeBytes: number): Wanted | null {
  const match = header === undefined ? null : ONE.exec(header);
  if (match === null) return { from: 0, length: sizeBytes, partial: false };
  const [, first, last, suffix] = match;
  const from = first === undefined ? Math.max(0, sizeBytes - Number(suffix)) : Number(first);
  const end = last === undefined || last === '' ? sizeBytes : Math.min(sizeBytes, Number(last) + 1);
  return from < end ? { from, length: end - from, partial: true } : null;
}
