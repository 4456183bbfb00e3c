import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { pieceSchema } from '../../../../../main/engine/sync/peerMessages.ts';
import type { FileMessage, Piece } from '../../../../../main/engine/sync/peerMessages.ts';
import { FileExchange } from '../../../../../main/engine/sync/FileExchange.ts';
import type { FileShelf } from '../../../../../main/engine/base/FileShelf.ts';
import { namedFiles } from '../../../../../main/engine/sync/namedFiles.ts';
import { DeskKey } from '../../../../../main/engine/people/DeskKey.ts';
import { MOST_ATTACHMENT_BYTES, MOST_CHUNK_BYTES } from '../../../../../shared/contract/incidentRequests.ts';
import { entryOf } from '../../../../support/logEntries.ts';
import { seededBytes } from '../../../../support/seededBytes.ts';
import { temporaryFolder } from '../../../../support/temporaryFolder.ts';

/** Sealed with the key of another desk. */
const otherwise = (): string =>
  DeskKey.load(join(temporaryFolder(), 'desk-key.json')).encryptBytes(content.subarray(0, 100), 'x');
const content = seededBytes(1, 2 * MOST_CHUNK_BYTES + 1000);
const hash = createHash('sha256').update(content).digest('hex');
const attached = entryOf('a.1', 1, 1000, {
  event: {
    kind: 'incident.attached',
    incidentId: 'I',
    hash,
    name: 'x.png',
    mediaType: 'image/png',
    bytes: content.length,
  },
});

/** Files in memory, under whatever name a test likes. */
function memoryShelf(files = new Map<string, Uint8Array>()): FileShelf & { files: Map<string, Uint8Array> } {
  return {
    files,
    has: (name) => Promise.resolve(files.has(name)),
    piece: (name, offset) =>
      Promise.resolve(
        files.has(name)
          ? { content: files.get(name)!.subarray(offset, offset + MOST_CHUNK_BYTES), bytes: files.get(name)!.length }
          : undefined,
      ),
    keep: (name, bytes) => Promise.resolve(files.set(name, bytes).size > 0),
  };
}

/**
 * Workstations of one key, whose messages arrive at once unless `meddle` makes something else of a piece, or nothing.
 */
function room(...ids: string[]) {
  const seal = DeskKey.load(join(temporaryFolder(), 'desk-key.json'));
  const time = { nowMs: 0 };
  const wrong: string[] = [];
  const sent: FileMessage[] = [];
  const meddle: { piece: (piece: Piece) => Piece | undefined } = { piece: (piece) => piece };
  const gone = new Set<string>();
  const stations = new Map<string, { shelf: ReturnType<typeof memoryShelf>; files: FileExchange }>();
  const deliver = async (message: FileMessage): Promise<void> => {
    await Promise.resolve();
    sent.push(message);
    if (message.kind === 'want') await stations.get(message.want.to)?.files.asked(message.want);
    const piece = message.kind === 'piece' ? meddle.piece(message.piece) : undefined;
    if (piece !== undefined) await stations.get(piece.to)?.files.given(piece);
  };
  for (const id of ids) {
    const shelf = memoryShelf();
    const files = new FileExchange({
      shelves: { attachment: shelf, report: memoryShelf() },
      seal,
      own: () => id,
      monotonicMs: () => time.nowMs,
      peers: () => ids.filter((each) => each !== id && !gone.has(each)),
      send: (message) => void deliver(message),
      onWrong: (from) => wrong.push(from),
      onFault: (error) => wrong.push(String(error)),
    });
    files.name(namedFiles([attached]));
    stations.set(id, { shelf, files });
  }
  return { at: (id: string) => stations.get(id)!, time, wrong, sent, meddle, gone };
}

it('brings a file in pieces from where it came to be, by itself, and only to whom the log names it', async () => {
  const { at, sent } = room('a.1', 'b.1', 'c.1');
  at('a.1').shelf.files.set(hash, content);
  at('b.1').files.tick();
  await expect.poll(() => at('b.1').files.awaited()).toHaveLength(1);
  at('b.1').files.tick();
  await expect.poll(() => Buffer.from(at('b.1').shelf.files.get(hash) ?? []).equals(content)).toBe(true);
  expect(at('b.1').files.awaited()).toEqual([]);
  expect(sent.filter(({ kind }) => kind === 'piece')).toHaveLength(3);
  expect(
    sent.some(
      (message) => message.kind === 'piece' && Buffer.from(message.piece.sealed).includes(content.subarray(0, 30)),
    ),
  ).toBe(false);
  at('a.1').shelf.files.set('f'.repeat(64), content);
  await at('a.1').files.asked({ from: 'b.1', to: 'a.1', hash: 'f'.repeat(64), offset: 0 });
  expect(sent.at(-1)).toMatchObject({ kind: 'piece', piece: { bytes: 0, sealed: '' } });
  expect(
    namedFiles([
      entryOf('a.1', 2, 0, { event: { ...attached.event, hash: '../../desk-key' } as typeof attached.event }),
    ]),
  ).toEqual([]);
});

it.each<[string, (piece: Piece) => Piece]>([
  ['changed on the way', (piece) => ({ ...piece, sealed: `${piece.sealed.slice(0, -6)}AAAAAA` })],
  ['that was sealed with another key', (piece) => ({ ...piece, sealed: otherwise() })],
  ['of a file that is longer than the log says', (piece) => ({ ...piece, bytes: piece.bytes + 1 })],
  ['of a file that is too long', (piece) => ({ ...piece, bytes: MOST_ATTACHMENT_BYTES + 1 })],
])('refuses a piece %s, counts it, and takes the file from another', async (_name, spoil) => {
  const { at, wrong, meddle } = room('a.1', 'b.1', 'c.1');
  at('a.1').shelf.files.set(hash, content);
  at('c.1').shelf.files.set(hash, content);
  meddle.piece = (piece) => (piece.from === 'a.1' ? spoil(piece) : piece);
  expect(await at('b.1').files.fetch(hash)).toBe(true);
  expect(wrong).toEqual(['a']);
  expect(at('b.1').shelf.files.get(hash)).toEqual(content);
});

it('keeps nothing whose hash is another, and says that nobody has it until somebody has', async () => {
  const { at, wrong, time } = room('a.1', 'b.1');
  at('a.1').shelf.files.set(hash, Buffer.alloc(content.length, 7));
  expect(await at('b.1').files.fetch(hash)).toBe(false);
  expect([wrong, at('b.1').shelf.files.size]).toEqual([['a'], 0]);
  expect(at('b.1').files.awaited()).toEqual([{ hash, holder: 'a', state: 'nobody' }]);
  at('a.1').shelf.files.set(hash, content);
  expect(await at('b.1').files.fetch(hash)).toBe(true);
  expect(time.nowMs).toBe(0);
});

it('asks elsewhere where no answer comes, and again when somebody is there who was not', async () => {
  const { at, time, meddle, gone } = room('a.1', 'b.1', 'c.1');
  at('a.1').shelf.files.set(hash, content);
  meddle.piece = () => undefined;
  gone.add('c.1');
  const fetched = at('b.1').files.fetch(hash);
  await expect.poll(() => at('b.1').files.awaited()[0]?.state).toBe('coming');
  time.nowMs = 6000;
  at('b.1').files.tick();
  expect(await fetched).toBe(false);
  meddle.piece = (piece) => piece;
  at('c.1').shelf.files.set(hash, content);
  gone.delete('c.1');
  at('b.1').files.tick();
  await expect.poll(() => at('b.1').shelf.files.has(hash)).toBe(true);
});

it('reads no message with a piece that is too long', () => {
  const piece = { from: 'a.1', to: 'b.1', hash, offset: 0, bytes: content.length };
  const key = DeskKey.load(join(temporaryFolder(), 'desk-key.json'));
  expect(
    pieceSchema.safeParse({ ...piece, sealed: key.encryptBytes(content.subarray(0, MOST_CHUNK_BYTES), 'x') }).success,
  ).toBe(true);
  expect(pieceSchema.safeParse({ ...piece, sealed: key.encryptBytes(content, 'x') }).success).toBe(false);
});
