import {
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  randomBytes,
} from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { DataFolderError } from '../store/DataFolderError.ts';
import { decrypt, encrypt, SealError } from './sealBytes.ts';

const KEY_BYTES = 32;
const WRAP_INFO = 'beacon desk key, version 1';

/**
 * AES-256 keys, base64url; new content is encrypted with the first. The X25519 key, PEM, receives the keys of a desk
 * that is joined.
 */
const keyFileSchema = z.object({
  keys: z.array(z.object({ id: z.string(), key: z.string() })).min(1),
  publicKey: z.string(),
  privateKey: z.string(),
});
type KeyFile = z.infer<typeof keyFileSchema>;
const wrappedSchema = z.object({ ephemeral: z.string().max(2000), sealed: z.string().max(100_000) });
const wrappedKeysSchema = keyFileSchema.shape.keys;

/**
 * Derives the key for one wrapping from the shared secret of an ephemeral key and the receiver's (as in RFC 9180, with
 * both public keys bound in).
 */
function wrappingKey(own: KeyObject, other: KeyObject, ephemeral: string, receiver: string): Buffer {
  const secret = diffieHellman({ privateKey: own, publicKey: other });
  return Buffer.from(hkdfSync('sha256', secret, `${ephemeral}${receiver}`, WRAP_INFO, KEY_BYTES));
}

const makeKey = (): KeyFile['keys'][number] => ({
  id: randomBytes(6).toString('base64url'),
  key: randomBytes(KEY_BYTES).toString('base64url'),
});

function makeKeyFile(): KeyFile {
  const { publicKey, privateKey } = generateKeyPairSync('x25519');
  return {
    keys: [makeKey()],
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

/** Writes the file as a whole or not at all, and so that nobody else can read it. */
function write(file: string, content: KeyFile): void {
  writeFileSync(`${file}.new`, JSON.stringify(content), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/**
 * The key that the workstations of a desk share: only they can read what crosses the broker encrypted with it. It is
 * made at the first start, handed to a workstation that joins, wrapped for that workstation's own key, and renewed when
 * one is revoked. Earlier keys are kept, so that what was encrypted with them can still be opened.
 */
export class DeskKey {
  readonly #file: string;
  #content: KeyFile;

  private constructor(file: string, content: KeyFile) {
    this.#file = file;
    this.#content = content;
  }

  /**
   * Throws a DataFolderError where there is a file and it cannot be read: with a new key nothing that was encrypted
   * could be opened.
   */
  static load(file: string): DeskKey {
    if (existsSync(file)) {
      try {
        return new DeskKey(file, keyFileSchema.parse(JSON.parse(readFileSync(file, 'utf8'))));
      } catch {
        throw new DataFolderError(
          `The desk's key in ${file} cannot be read. Restore it from a backup; without it every password has to be set anew (remove the file, then use reset-password).`,
        );
      }
    }
    const made = makeKeyFile();
    write(file, made);
    return new DeskKey(file, made);
  }

  /** Reports that a file of keys cannot be read; changes nothing. */
  static faultsOf(file: string): string[] {
    try {
      keyFileSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
      return [];
    } catch {
      return [`The desk's key in ${file} cannot be read.`];
    }
  }

  /** X25519, PEM: for a workstation that wraps the keys of a desk for this one. */
  get publicKey(): string {
    return this.#content.publicKey;
  }

  /**
   * Encrypts a text. `context` says what it is and whose; the same context is needed to decrypt it, so that no
   * encrypted text can be substituted for another.
   */
  seal(text: string, context: string): string {
    return this.encryptBytes(Buffer.from(text), context);
  }

  /** Decrypts a text. Throws a SealError. */
  open(sealed: string, context: string): string {
    return this.decryptBytes(sealed, context).toString('utf8');
  }

  encryptBytes(content: Uint8Array, context: string): string {
    const { id, key } = this.#first;
    return `${id}.${encrypt(Buffer.from(key, 'base64url'), content, context)}`;
  }

  /** Decrypts bytes. Throws a SealError. */
  decryptBytes(sealed: string, context: string): Buffer {
    const [id, body = ''] = sealed.split('.');
    const known = this.#content.keys.find((each) => each.id === id);
    if (known === undefined) throw new SealError('It was sealed with a key that this workstation does not have.');
    return decrypt(Buffer.from(known.key, 'base64url'), body, context);
  }

  has(keyId: string): boolean {
    return this.#content.keys.some(({ id }) => id === keyId);
  }

  /** Makes a key that is not used yet, and returns its id. */
  makeKey(): string {
    const made = makeKey();
    this.#keep([...this.#content.keys, made]);
    return made.id;
  }

  /** From now on new content is encrypted with this key, which must be here. */
  use(keyId: string): void {
    if (this.#first.id === keyId) return;
    this.#keep(this.#content.keys.toSorted((a, b) => Number(b.id === keyId) - Number(a.id === keyId)));
  }

  /** Wraps all keys of the desk for the workstation with this X25519 key (PEM) alone. */
  wrapFor(publicKey: string): string {
    return this.#wrap(publicKey, this.#content.keys);
  }

  /** Wraps one of the keys for the workstation with this X25519 key (PEM) alone. */
  wrapKeyFor(publicKey: string, keyId: string): string {
    return this.#wrap(
      publicKey,
      this.#content.keys.filter(({ id }) => id === keyId),
    );
  }

  /**
   * Takes the keys of a desk that this workstation joins; new content is encrypted with them from then on. Throws a
   * SealError.
   */
  take(wrapped: string): void {
    const keys = this.#unwrap(wrapped);
    this.#keep([...keys, ...this.#content.keys.filter(({ id }) => !keys.some((each) => each.id === id))]);
  }

  /** Takes keys that were wrapped for this workstation, for decrypting only. Throws a SealError. */
  add(wrapped: string): void {
    this.#addUnknown(this.#unwrap(wrapped));
  }

  /**
   * Takes the keys of another file too, for decrypting only; new content is encrypted as before. Throws a
   * DataFolderError where it cannot be read.
   */
  addFrom(file: string): void {
    this.#addUnknown(DeskKey.load(file).#content.keys);
  }

  /**
   * Makes another X25519 key, so that nobody who knows the one of before can unwrap what comes for this workstation.
   */
  renewPair(): void {
    const { publicKey, privateKey } = makeKeyFile();
    const content = { ...this.#content, publicKey, privateKey };
    write(this.#file, content);
    this.#content = content;
  }

  #addUnknown(keys: KeyFile['keys']): void {
    const fresh = keys.filter(({ id }) => !this.has(id));
    if (fresh.length > 0) this.#keep([...this.#content.keys, ...fresh]);
  }

  #keep(keys: KeyFile['keys']): void {
    const content = { ...this.#content, keys };
    write(this.#file, content);
    this.#content = content;
  }

  #wrap(publicKey: string, keys: KeyFile['keys']): string {
    const ephemeral = generateKeyPairSync('x25519');
    const ephemeralPem = ephemeral.publicKey.export({ type: 'spki', format: 'pem' }).toString();
    const key = wrappingKey(ephemeral.privateKey, createPublicKey(publicKey), ephemeralPem, publicKey);
    return JSON.stringify({
      ephemeral: ephemeralPem,
      sealed: encrypt(key, Buffer.from(JSON.stringify(keys)), WRAP_INFO),
    });
  }

  get #first(): KeyFile['keys'][number] {
    const [first] = this.#content.keys;
    if (first === undefined) throw new SealError('There is no key.');
    return first;
  }

  #unwrap(wrapped: string): KeyFile['keys'] {
    try {
      const { ephemeral, sealed } = wrappedSchema.parse(JSON.parse(wrapped));
      const key = wrappingKey(
        createPrivateKey(this.#content.privateKey),
        createPublicKey(ephemeral),
        ephemeral,
        this.#content.publicKey,
      );
      return wrappedKeysSchema.parse(JSON.parse(decrypt(key, sealed, WRAP_INFO).toString('utf8')));
    } catch (error) {
      throw error instanceof SealError ? error : new SealError('These are no wrapped keys.', { cause: error });
    }
  }
}
