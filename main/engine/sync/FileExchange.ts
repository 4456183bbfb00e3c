import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import type { MonotonicMs } from '../../../shared/base/clock.ts';
import { workstationOf } from '../../../shared/record/logEntry.ts';
import { MOST_ATTACHMENT_BYTES, MOST_CHUNK_BYTES } from '../../../shared/contract/incidentRequests.ts';
import type { FileShelves } from '../base/FileShelf.ts';
import type { FileMessage, Piece, Want } from './peerMessages.ts';
import type { NamedFile } from './namedFiles.ts';

const ANSWER_MS = 5000;
/**
 * A workstation that did not answer for a file, does not have it, or gave a wrong one is not asked for that file again
 * for this long.
 */
const SILENT_MS = 15_000;
const ABSENT_MS = 60_000;
const WRONG_MS = 600_000;
/** The most files that are on their way at once, one piece of each. */
const MOST_COMING = 2;
const MOST_SERVING = 32;
const LOOKED_AT_ONCE = 50;
/** Screens are shown at most this many awaited files. */
const MOST_TOLD = 200;

/** How the desk's keys encrypt pieces; `open` throws where a piece is not what was encrypted. */
export type PieceSeal = {
  encryptBytes: (content: Uint8Array, context: string) => string;
  decryptBytes: (sealed: string, context: string) => Uint8Array;
};

/** `nobody`: no workstation that is heard now has the file. */
type AwaitedFile = {
  hash: string;
  /** The workstation that the file came from. */ holder: string;
  state: 'coming' | 'waiting' | 'nobody';
};

type Coming = {
  /** Sequence of the workstation that gives the file. */ peer: string;
  pieces: Uint8Array[];
  got: number;
  hash: Hash;
  bytes: number | undefined;
  askedAtMs: number;
};
type Wanted = NamedFile & {
  state: AwaitedFile['state'];
  coming: Coming | undefined;
  isUrgent: boolean;
  /** By workstation: until when it is not asked. */ passedOver: Map<string, number>;
  waiting: ((isHere: boolean) => void)[];
};

type FileExchangeOptions = {
  shelves: FileShelves;
  seal: PieceSeal;
  /** The sequence that is written here now. */
  own: () => string;
  /** The sequences of those members that are heard now. */
  peers: () => readonly string[];
  send: (message: FileMessage) => void;
  /** Called when a workstation gave something that is not the file. */
  onWrong: (workstationId: string) => void;
  onFault: (error: unknown) => void;
  monotonicMs: () => MonotonicMs;
};

const contextOf = (hash: string, offset: number): string => `file ${hash} from ${offset}`;

/**
 * Transfers the files that the log names between workstations. A file that is not here is asked for piece by piece,
 * first from the workstation where it came from and then from any that is connected, and is kept when its SHA-256 is
 * what the log says. Pieces are encrypted with the desk's key. A workstation that gives something else is passed over
 * for a while, and counted.
 */
export class FileExchange {
  readonly #options: FileExchangeOptions;
  readonly #named = new Map<string, NamedFile>();
  /** Files that were not yet looked for on the shelves. */
  #unknown: NamedFile[] = [];
  readonly #wanted = new Map<string, Wanted>();
  #serving = 0;
  #isLooking = false;

  constructor(options: FileExchangeOptions) {
    this.#options = options;
  }

  /** Takes the files that the log names. */
  name(files: readonly NamedFile[]): void {
    for (const file of files) {
      if (this.#named.has(file.hash)) continue;
      this.#named.set(file.hash, file);
      this.#unknown.push(file);
    }
  }

  /** Files that are not here, for screens. */
  awaited(): AwaitedFile[] {
    return [...this.#wanted.values()].slice(0, MOST_TOLD).map(({ hash, holder, state }) => ({ hash, holder, state }));
  }

  /** The workstation that a file came from; undefined where the log names no such file. */
  holderOf(hash: string): string | undefined {
    return this.#named.get(hash)?.holder;
  }

  /**
   * Fetches a file before all others. Resolves true when it is here, false where the log does not name it or no
   * connected workstation has it.
   */
  async fetch(hash: string): Promise<boolean> {
    const file = this.#named.get(hash);
    if (file === undefined) return false;
    if (await this.#options.shelves[file.kind].has(hash)) return true;
    const wanted = this.#want(file);
    const { promise, resolve } = Promise.withResolvers<boolean>();
    wanted.isUrgent = true;
    wanted.passedOver.clear();
    wanted.waiting.push(resolve);
    this.#askForMore();
    return promise;
  }

  /** Must be called several times per second. */
  tick(): void {
    const nowMs = this.#options.monotonicMs();
    for (const wanted of this.#wanted.values())
      if (wanted.coming !== undefined && nowMs - wanted.coming.askedAtMs > ANSWER_MS) this.#passOver(wanted, SILENT_MS);
    this.#askForMore();
    void this.#look();
  }

  /** Answers a peer that asks for a piece; a file that the log does not name is not given. */
  async asked({ from, hash, offset }: Want): Promise<void> {
    if (this.#serving >= MOST_SERVING) return;
    this.#serving++;
    try {
      const file = this.#named.get(hash);
      const piece = file && (await this.#options.shelves[file.kind].piece(hash, offset));
      const answer =
        piece === undefined
          ? { bytes: 0, sealed: '' }
          : { bytes: piece.bytes, sealed: this.#options.seal.encryptBytes(piece.content, contextOf(hash, offset)) };
      this.#options.send({ kind: 'piece', piece: { from: this.#options.own(), to: from, hash, offset, ...answer } });
    } finally {
      this.#serving--;
    }
  }

  /** Takes a piece that came; one that was not asked for is ignored. */
  async given(piece: Piece): Promise<void> {
    const wanted = this.#wanted.get(piece.hash);
    const coming = wanted?.coming;
    if (wanted === undefined || coming === undefined || piece.from !== coming.peer || piece.offset !== coming.got)
      return;
    if (piece.bytes === 0) {
      this.#passOver(wanted, ABSENT_MS);
      return;
    }
    const content = this.#contentOf(piece, wanted, coming);
    if (content === undefined) {
      this.#refuse(wanted, coming);
      return;
    }
    coming.bytes = piece.bytes;
    coming.pieces.push(content);
    coming.got += content.length;
    coming.hash.update(content);
    if (coming.got < piece.bytes) this.#ask(wanted, coming);
    else await this.#finish(wanted, coming);
  }

  #contentOf({ hash, offset, bytes, sealed }: Piece, wanted: Wanted, coming: Coming): Uint8Array | undefined {
    if (bytes > MOST_ATTACHMENT_BYTES || bytes !== (coming.bytes ?? wanted.bytes ?? bytes)) return undefined;
    try {
      const content = this.#options.seal.decryptBytes(sealed, contextOf(hash, offset));
      return content.length === 0 || content.length > MOST_CHUNK_BYTES || offset + content.length > bytes
        ? undefined
        : content;
    } catch {
      return undefined;
    }
  }

  async #finish(wanted: Wanted, coming: Coming): Promise<void> {
    // No further piece is expected while the file is being written.
    coming.askedAtMs = Number.POSITIVE_INFINITY;
    try {
      const isWhole =
        coming.hash.digest('hex') === wanted.hash &&
        (await this.#options.shelves[wanted.kind].keep(wanted.hash, Buffer.concat(coming.pieces)));
      if (!isWhole) this.#refuse(wanted, coming);
      else {
        this.#wanted.delete(wanted.hash);
        for (const tell of wanted.waiting) tell(true);
      }
    } catch (error) {
      this.#options.onFault(error);
      this.#passOver(wanted, SILENT_MS);
    }
    this.#askForMore();
  }

  #refuse(wanted: Wanted, { peer }: Coming): void {
    this.#options.onWrong(workstationOf(peer));
    this.#passOver(wanted, WRONG_MS);
  }

  /** Passes over a workstation that has failed, and asks another one. */
  #passOver(wanted: Wanted, ms: number): void {
    if (wanted.coming !== undefined)
      wanted.passedOver.set(workstationOf(wanted.coming.peer), this.#options.monotonicMs() + ms);
    wanted.coming = undefined;
    wanted.state = 'waiting';
    this.#askForMore();
  }

  #askForMore(): void {
    const all = [...this.#wanted.values()];
    let coming = all.filter((each) => each.coming !== undefined).length;
    for (const wanted of [...all.filter(({ isUrgent }) => isUrgent), ...all.filter(({ isUrgent }) => !isUrgent)]) {
      if (wanted.coming !== undefined) continue;
      const peer = this.#peerFor(wanted);
      if (peer === undefined) {
        wanted.state = 'nobody';
        for (const tell of wanted.waiting.splice(0)) tell(false);
      } else if (coming < MOST_COMING) {
        coming++;
        wanted.coming = { peer, pieces: [], got: 0, hash: createHash('sha256'), bytes: undefined, askedAtMs: 0 };
        this.#ask(wanted, wanted.coming);
      } else wanted.state = 'waiting';
    }
  }

  /** Chooses the peer to ask: first the workstation that the file came from. */
  #peerFor({ holder, passedOver }: Wanted): string | undefined {
    const nowMs = this.#options.monotonicMs();
    const able = this.#options.peers().filter((peer) => (passedOver.get(workstationOf(peer)) ?? 0) <= nowMs);
    return able.find((peer) => workstationOf(peer) === holder) ?? able[0];
  }

  #ask(wanted: Wanted, coming: Coming): void {
    wanted.state = 'coming';
    coming.askedAtMs = this.#options.monotonicMs();
    this.#options.send({
      kind: 'want',
      want: { from: this.#options.own(), to: coming.peer, hash: wanted.hash, offset: coming.got },
    });
  }

  #want(file: NamedFile): Wanted {
    const known = this.#wanted.get(file.hash);
    if (known !== undefined) return known;
    const wanted: Wanted = {
      ...file,
      state: 'waiting',
      coming: undefined,
      isUrgent: false,
      passedOver: new Map(),
      waiting: [],
    };
    this.#wanted.set(file.hash, wanted);
    return wanted;
  }

  /** Checks which of the named files are here, some at a time. */
  async #look(): Promise<void> {
    if (this.#isLooking || this.#unknown.length === 0) return;
    this.#isLooking = true;
    try {
      const batch = this.#unknown.splice(0, LOOKED_AT_ONCE);
      for (const file of batch) if (!(await this.#options.shelves[file.kind].has(file.hash))) this.#want(file);
    } catch (error) {
      this.#options.onFault(error);
    } finally {
      this.#isLooking = false;
    }
  }
}
