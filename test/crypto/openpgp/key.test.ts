import { enums, generateKey, readKey, reformatKey, type Key } from 'openpgp';
import { describe, expect, it } from 'vitest';
import { createOpenpgpKey, OPENPGP_KEY_BYTES_MAX, parseOpenpgpKey } from '../../../crypto/openpgp/key.js';
import { kidOf } from '../../../crypto/signing-key.js';
import { dateOf, DAY_MS, plusMs } from '../../../domain/time.js';
import { concat, NOW } from './fixtures.js';

const pair = await createOpenpgpKey('VG-FIX', NOW);
const refusal = async (key: Uint8Array, at = NOW): Promise<string> => {
  const parsed = await parseOpenpgpKey(key, at);
  return parsed.ok ? 'parsed' : parsed.error;
};

/** Under nistP256, made once: ECDSA draws signatures of many lengths, and what is refused here is the curve and nothing by chance. */
const P256 = Buffer.from(
  [
    'xlIEawYlABMIKoZIzj0DAQcCAwQJMsNI9ein1Xso-',
    '4q3wFFHu9UInbW6frgMHRzt9xfqgMKCQk46urrAr5o6DxypyE61rHpluw7JEtwAlQSToXXJzQF4wsATBBMTCgCFBYJrBiUAAwsJBwkQyYa62LGNQTxFFAAAA',
    'AAAHAAgc2FsdEBub3RhdGlvbnMub3BlbnBncGpzLm9yZ15-',
    'yotCiF0XOEza2__7VZp5b7C7JIamr_8lTA1OBLphBRUKCA4MBBYAAgECGQECmwMCHgEWIQSTtt7Hm-',
    'Bv8meKcqLJhrrYsY1BPAAAaTUBAMADPZmvM-3gqw48c5x38l8f8HcBG_ipHMCz46dg5qbkAPwLEqPktHMslkFQi4RcY-TQZMBvoCj-',
    '2sfqFj0gNkxKTc5WBGsGJQASCCqGSM49AwEHAgME2urSPZa7oK_TvCTELHVmBUJfEv_sNkV5urGQtO_GzOpLx2Dw9fmZCvyNi_JWo0bhV0hBdfwZi0Vhsd7C',
    'UC4p8wMBCAfCvgQYEwoAcAWCawYlAAkQyYa62LGNQTxFFAAAAAAAHAAgc2FsdEBub3RhdGlvbnMub3BlbnBncGpzLm9yZxHE7PDYcRV36-',
    'wq5CIoq1Ho0Hc8PD3QieH2aVwe_eFBApsMFiEEk7bex5vgb_JninKiyYa62LGNQTwAAAoHAP4zUZPeTdMI2PsyNMDq2vpXVJxIcr1Ul-',
    'GziHmKLTufsgD_UOMWTkuY41NOfQPK4gkJdcUzgt_MakUWO_B39pa8v2c',
  ].join(''),
  'base64url',
);
const made = async (options: Partial<Parameters<typeof generateKey>[0]>): Promise<Uint8Array> => {
  const { publicKey } = await generateKey({ userIDs: [{ name: 'x' }], date: dateOf(NOW), ...options, format: 'binary' });
  return publicKey;
};

describe('an OpenPGP key of ours', () => {
  it('is of version 4, Ed25519 with a curve25519Legacy subkey, made at the given instant, named by the authority', async () => {
    const key: Key = await readKey({ binaryKey: pair.publicKey });
    expect(key.keyPacket.version).toBe(4);
    expect(key.getUserIDs()).toEqual(['VG-FIX']);
    expect(key.getCreationTime()).toEqual(dateOf(NOW));
    expect(key.getAlgorithmInfo()).toEqual({ algorithm: 'eddsaLegacy', curve: 'ed25519Legacy' });
    expect(key.subkeys.map((subkey) => subkey.getAlgorithmInfo())).toEqual([{ algorithm: 'ecdh', curve: 'curve25519Legacy' }]);
  });

  it('parses as what seals go to', async () => {
    const parsed = await parseOpenpgpKey(pair.publicKey, NOW);
    expect(parsed).toMatchObject({
      ok: true,
      value: { kid: pair.kid, algorithm: 'ecdh', encryptionKeyId: expect.stringMatching(/^[0-9a-f]{16}$/) },
    });
    expect(pair.kid).toBe(kidOf('openpgp-4', pair.publicKey));
  });
});

describe('a partner key', () => {
  it('may be RSA of 2048 bits', async () => {
    const parsed = await parseOpenpgpKey(await made({ type: 'rsa', rsaBits: 2048 }), NOW);
    expect(parsed).toMatchObject({ ok: true, value: { algorithm: 'rsa' } });
  });

  it('is refused where it is a secret key', async () => expect(await refusal(pair.secretKey)).toContain('not exactly one'));
  it('is refused where it is two keys', async () =>
    expect(await refusal(concat(pair.publicKey, pair.publicKey))).toContain('not exactly one'));
  it('is refused where it is too long', async () => expect(await refusal(new Uint8Array(OPENPGP_KEY_BYTES_MAX + 1))).toContain('longer'));
  it('is refused where it is no key', async () => expect(await refusal(Uint8Array.of(1, 2, 3))).toContain('not an OpenPGP public key'));
  it('is refused before its creation', async () => expect(await refusal(pair.publicKey, plusMs(NOW, -DAY_MS))).toContain('sealed to'));
  it('is refused once it has expired', async () => {
    const key = await made({ type: 'ecc', curve: 'curve25519Legacy', keyExpirationTime: 3600 });
    expect(await refusal(key)).toBe('parsed');
    expect(await refusal(key, plusMs(NOW, DAY_MS))).toContain('sealed to');
  });
  it('is refused where its subkey binding is altered', async () => {
    const altered = pair.publicKey.slice();
    altered[altered.length - 1]! ^= 1;
    expect(await refusal(altered)).toContain('sealed to');
  });
  it('is refused with another curve', async () => expect(await refusal(P256)).toContain('version 4'));
  it.each([
    ['the new Curve25519 packets, which gpg 2.2 does not know', { type: 'curve25519' }],
    ['version 6', { type: 'curve25519', config: { v6Keys: true } }],
  ] as const)('is refused with %s', async (_what, options) => expect(await refusal(await made(options))).toContain('version 4'));
});

describe('an RSA key that no seal can be made to', () => {
  it.each([
    ['is of the algorithm that RFC 9580 retired, which no seal of ours may name', { algorithm: enums.publicKey.rsaEncrypt }, 'version 4'],
    ['has the exponent 1, under which what is sealed stands in the clear', { e: 1 }, 'exponent'],
    ['has an even exponent, under which nothing opens', { e: 2 }, 'exponent'],
  ] as const)('is refused where it %s, though its own signatures hold', async (_what, change, why) => {
    const { privateKey } = await generateKey({ type: 'rsa', rsaBits: 2048, userIDs: [{ name: 'x' }], date: dateOf(NOW), format: 'object' });
    const { keyPacket } = privateKey.subkeys[0]!;
    if ('algorithm' in change) keyPacket.algorithm = change.algorithm;
    else (keyPacket.publicParams as { e: Uint8Array }).e = Uint8Array.of(change.e);
    const { publicKey } = await reformatKey({ privateKey, userIDs: [{ name: 'x' }], date: dateOf(NOW), format: 'binary' });
    expect(await refusal(publicKey)).toContain(why);
  });
});

describe('a key under which every secret is zero', () => {
  it('is refused, though its own signatures hold', async () => {
    const { privateKey } = await generateKey({
      type: 'ecc',
      curve: 'curve25519Legacy',
      userIDs: [{ name: 'x' }],
      date: dateOf(NOW),
      format: 'object',
    });
    const { keyPacket } = privateKey.subkeys[0]!;
    const params = keyPacket.publicParams as { Q: Uint8Array };
    params.Q = Uint8Array.from({ length: 33 }, (_, n) => (n === 0 ? 0x40 : 0));
    const { publicKey } = await reformatKey({ privateKey, userIDs: [{ name: 'x' }], date: dateOf(NOW), format: 'binary' });
    expect(await refusal(publicKey)).toBe('a curve25519 key of small order');
  });
});
