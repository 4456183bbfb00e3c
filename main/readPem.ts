import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';

const CERTIFICATE =
  /-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----[\s\S]+?-----END (?:TRUSTED |X509 )?CERTIFICATE-----/g;

/** The files that are given for a TLS connection; each is absent where none is given. */
export type PemFiles = { ca?: string | undefined; cert?: string | undefined; key?: string | undefined };

function read(name: string, file: string, refuse: (sentence: string) => Error): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw refuse(`--${name} ${file} cannot be read.`);
  }
}

/** Node takes a file without a certificate for an empty list, and then trusts nobody without saying why. */
function certificates(
  name: string,
  file: string,
  text: string,
  refuse: (sentence: string) => Error,
): X509Certificate[] {
  const found = text.match(CERTIFICATE) ?? [];
  const advice = /PRIVATE KEY/.test(text)
    ? 'It holds a private key.'
    : 'A certificate begins with -----BEGIN CERTIFICATE----- (PEM).';
  if (found.length === 0) throw refuse(`There is no certificate in --${name} ${file}. ${advice}`);
  return found.map((pem) => {
    try {
      return new X509Certificate(pem);
    } catch {
      throw refuse(`A certificate in --${name} ${file} is damaged.`);
    }
  });
}

function privateKey(option: string, text: string, refuse: (sentence: string) => Error): KeyObject {
  try {
    return createPrivateKey(text);
  } catch {
    if (/ENCRYPTED/.test(text))
      throw refuse(`The key in ${option} is encrypted. Give one without a passphrase, readable by Beacon alone.`);
    throw refuse(`There is no private key in ${option}. A key begins with -----BEGIN PRIVATE KEY----- (PEM).`);
  }
}

/**
 * Reads certificates and key of a TLS connection as PEM text; the names of their options begin with `prefix`. Throws
 * what `refuse` makes of a sentence where a file cannot be read, does not hold what it should, or certificate and key
 * do not belong together.
 */
export function readPem(
  files: PemFiles,
  refuse: (sentence: string) => Error,
  prefix = '',
): Record<keyof PemFiles, string | undefined> {
  const [ca, cert, key] = (['ca', 'cert', 'key'] as const).map((name) => {
    const file = files[name];
    return file === undefined ? undefined : read(`${prefix}${name}`, file, refuse);
  });
  if (ca !== undefined) certificates(`${prefix}ca`, files.ca ?? '', ca, refuse);
  if ((cert === undefined) !== (key === undefined))
    throw refuse(`--${prefix}cert FILE and --${prefix}key FILE are needed together.`);
  if (cert !== undefined && key !== undefined) {
    const [own] = certificates(`${prefix}cert`, files.cert ?? '', cert, refuse);
    if (own?.checkPrivateKey(privateKey(`--${prefix}key ${files.key ?? ''}`, key, refuse)) !== true)
      throw refuse(
        `The key in --${prefix}key ${files.key ?? ''} does not belong to the certificate in --${prefix}cert ${files.cert ?? ''}.`,
      );
  }
  return { ca, cert, key };
}
