import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { fileTypeFromBuffer } from 'file-type';
import type { CountyMs } from '../../../shared/base/clock.ts';
import { MOST_ATTACHMENT_BYTES } from '../../../shared/contract/incidentRequests.ts';
import type { FileShelf } from '../base/FileShelf.ts';
import { isFileThere, keepHashedFile, readPiece } from '../base/hashedFiles.ts';
import { RequestError } from '../base/RequestError.ts';
import type { AttachedFile } from './IncidentCommands.ts';

/**
 * The types of file that may be attached. None of them runs when it is opened. The content decides on the type; a
 * name's ending says nothing.
 */
const allowedTypes: readonly string[] = [
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/gif',
  'image/heic',
  'application/pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.oasis.opendocument.text',
  'application/vnd.oasis.opendocument.spreadsheet',
];
const UPLOAD_MS = 600_000;
const MOST_UPLOADS = 8;

type Upload = { chunks: Buffer[]; bytes: number; sinceMs: number };

/**
 * The kind of file that the bytes are, or undefined where it may not be attached. Text is UTF-8 without control
 * characters.
 */
async function mediaTypeOf(content: Uint8Array): Promise<string | undefined> {
  const found = await fileTypeFromBuffer(content);
  if (found !== undefined) return allowedTypes.includes(found.mime) ? found.mime : undefined;
  return isPlainText(content) ? 'text/plain' : undefined;
}

function isPlainText(content: Uint8Array): boolean {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(content);
    const hasControls = content.some((byte) => byte < 32 && byte !== 9 && byte !== 10 && byte !== 13);
    // A page or a drawing with scripts in it is text as well.
    return !hasControls && !/^\s*<(?:!doctype|html|svg|\?xml|script)/i.test(text);
  } catch {
    return false;
  }
}

/**
 * Pictures and documents of incidents, each kept once under its SHA-256 in `attachments/` of the data folder. The
 * record holds the hash, so a file that was changed afterwards is detected. Uploaded pieces wait in memory until their
 * file is attached.
 */
export class AttachmentStore {
  readonly #folder: string;
  readonly #nowMs: () => CountyMs;
  readonly #uploads = new Map<string, Upload>();
  /**
   * Also keeps files that were attached at other workstations; whether such a file may be attached is checked here
   * again.
   */
  readonly shelf: FileShelf = {
    has: (hash) => isFileThere(this.#file(hash)),
    piece: (hash, offset) => readPiece(this.#file(hash), offset),
    keep: async (hash, content) => {
      if ((await mediaTypeOf(content)) === undefined) return false;
      await keepHashedFile(this.#file(hash), content);
      return true;
    },
  };

  constructor(dataDir: string, nowMs: () => CountyMs) {
    this.#folder = join(dataDir, 'attachments');
    this.#nowMs = nowMs;
  }

  /**
   * Takes a piece of a file; returns how many bytes of the file have arrived. `owner` keeps the uploads of people
   * apart.
   */
  put(owner: string, uploadId: string, offset: number, data: string): number {
    this.#forgetOld();
    const key = `${owner} ${uploadId}`;
    if (offset === 0) this.#uploads.delete(key);
    const upload = this.#uploads.get(key) ?? { chunks: [], bytes: 0, sinceMs: this.#nowMs() };
    if (offset !== upload.bytes)
      throw new RequestError('refused', 'A piece of the file is missing. Send it again from its beginning.');
    if (!this.#uploads.has(key) && this.#uploads.size >= MOST_UPLOADS)
      throw new RequestError('unavailable', 'Too many files are being sent at once. Try again in a moment.');
    const piece = Buffer.from(data, 'base64');
    if (upload.bytes + piece.length > MOST_ATTACHMENT_BYTES) {
      this.#uploads.delete(key);
      throw new RequestError('refused', 'A file may have 10 MB.');
    }
    upload.chunks.push(piece);
    upload.bytes += piece.length;
    this.#uploads.set(key, upload);
    return upload.bytes;
  }

  /**
   * Keeps an uploaded file, which is durable when this resolves. Rejects with a RequestError where it may not be
   * attached.
   */
  async keep(owner: string, uploadId: string): Promise<AttachedFile> {
    const key = `${owner} ${uploadId}`;
    const upload = this.#uploads.get(key);
    if (upload === undefined || upload.bytes === 0)
      throw new RequestError('refused', 'There is no such file, or it waited too long. Send it again.');
    const content = Buffer.concat(upload.chunks);
    const mediaType = await mediaTypeOf(content);
    this.#uploads.delete(key);
    if (mediaType === undefined)
      throw new RequestError(
        'refused',
        'Only pictures (JPEG, PNG, WebP, GIF, HEIC), PDF, text, and Office and OpenDocument files can be attached; this is none, whatever its name says.',
      );
    const hash = createHash('sha256').update(content).digest('hex');
    await keepHashedFile(this.#file(hash), content);
    return { hash, mediaType, bytes: content.length };
  }

  /** A piece of a file, base64, and the length of the whole. Rejects with a RequestError where it is not here. */
  async read(hash: string, offset: number): Promise<{ data: string; bytes: number }> {
    const piece = await this.shelf.piece(hash, offset);
    if (piece === undefined) throw new RequestError('notFound', 'This file is not kept at this workstation.');
    return { data: Buffer.from(piece.content).toString('base64'), bytes: piece.bytes };
  }

  /** Files are spread over 256 folders, which keeps each folder small. */
  #file(hash: string): string {
    return join(this.#folder, hash.slice(0, 2), hash);
  }

  #forgetOld(): void {
    for (const [key, { sinceMs }] of this.#uploads) if (this.#nowMs() - sinceMs > UPLOAD_MS) this.#uploads.delete(key);
  }
}
