import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { MOST_CHUNK_BYTES } from '../../../shared/contract/incidentRequests.ts';

export const isFileThere = async (file: string): Promise<boolean> =>
  (await stat(file).catch(() => undefined)) !== undefined;

/**
 * Keeps a file that is named by its hash, so that the same name is the same content. It is written as a whole or not at
 * all, and is durable when this resolves.
 */
export async function keepHashedFile(file: string, content: Uint8Array): Promise<void> {
  if (await isFileThere(file)) return;
  await mkdir(dirname(file), { recursive: true });
  const temporary = `${file}.${randomUUID()}.new`;
  const handle = await open(temporary, 'wx');
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(temporary, file);
}

/**
 * Reads at most `MOST_CHUNK_BYTES` from an offset on, and the length of the whole; undefined where there is no such
 * file.
 */
export async function readPiece(
  file: string,
  offset: number,
): Promise<{ content: Uint8Array; bytes: number } | undefined> {
  const handle = await open(file).catch(() => undefined);
  if (handle === undefined) return undefined;
  try {
    const { size } = await handle.stat();
    const { buffer, bytesRead } = await handle.read(
      Buffer.alloc(Math.min(MOST_CHUNK_BYTES, Math.max(0, size - offset))),
      { position: offset },
    );
    return { content: buffer.subarray(0, bytesRead), bytes: size };
  } finally {
    await handle.close();
  }
}
