import type { StreamMessage, StreamName } from '../../../shared/contract/contract.ts';

/** A stream whose messages are rows that can be sent in several messages, one after another. */
type RowStream = 'alarms' | 'alarmsThen' | 'incidents' | 'reports' | 'vehicles' | 'units';

/** Rows of one message: some hundred kilobytes at the most. */
const PIECE_ROWS: { readonly [S in RowStream]: number } = {
  alarms: 250,
  alarmsThen: 250,
  incidents: 25,
  reports: 250,
  vehicles: 1000,
  units: 1000,
};
/** Messages that may wait behind the snapshot of their stream; with more it is begun again. */
const MOST_LATE = 200;

const isRowStream = (stream: StreamName): stream is RowStream => Object.hasOwn(PIECE_ROWS, stream);

/**
 * Cuts a message into pieces that say the same one after another: the first one replaces what is known, the others add
 * to it.
 */
export function piecesOf<S extends StreamName>(stream: S, message: StreamMessage<S>): StreamMessage<S>[] {
  if (!isRowStream(stream)) return [message];
  const name = 'rows' in message ? 'rows' : 'changed';
  const rows = (message as Partial<Record<typeof name, readonly unknown[]>>)[name] ?? [];
  const size = PIECE_ROWS[stream];
  if (rows.length <= size) return [message];
  const rest = { isFull: false, ...('removed' in message && { removed: [] }) };
  return Array.from({ length: Math.ceil(rows.length / size) }, (_, index) => ({
    ...(index === 0 ? message : rest),
    [name]: rows.slice(index * size, (index + 1) * size),
  })) as StreamMessage<S>[];
}

type AnyMessage = StreamMessage<StreamName>;
/** `late`: how many messages came behind the snapshot. */
type Waiting = { pieces: AnyMessage[]; late: number };

/**
 * What waits to be sent to one screen, because a snapshot goes in pieces as fast as the screen reads them. What happens
 * meanwhile waits behind it, so that the order of a stream is kept.
 */
export class StreamOutbox {
  readonly #waiting = new Map<StreamName, Waiting>();
  readonly #send: (stream: StreamName, message: AnyMessage) => void;
  readonly #whole: (stream: StreamName) => AnyMessage;

  /** `whole` gives the snapshot of a stream. */
  constructor(send: (stream: StreamName, message: AnyMessage) => void, whole: (stream: StreamName) => AnyMessage) {
    this.#send = send;
    this.#whole = whole;
  }

  /** Sends the snapshot of a stream in place of all that waits: its first piece now. */
  sendWhole(stream: StreamName): void {
    this.#waiting.delete(stream);
    this.publish(stream, this.#whole(stream));
  }

  publish(stream: StreamName, message: AnyMessage): void {
    const waiting = this.#waiting.get(stream);
    const pieces = piecesOf(stream, message);
    if (waiting === undefined) {
      const [first, ...rest] = pieces;
      if (rest.length > 0) this.#waiting.set(stream, { pieces: rest, late: 0 });
      if (first !== undefined) this.#send(stream, first);
    } else if ('isFull' in message && message.isFull) this.#waiting.set(stream, { pieces, late: 0 });
    else if (waiting.late >= MOST_LATE) this.sendWhole(stream);
    else {
      waiting.pieces.push(...pieces);
      waiting.late++;
    }
  }

  /** Sends one message of each stream that waits, and further ones while there is room. */
  pump(hasRoom: () => boolean): void {
    while (this.#waiting.size > 0)
      for (const [stream, waiting] of [...this.#waiting]) {
        if (!hasRoom()) return;
        const message = waiting.pieces.shift();
        if (waiting.pieces.length === 0) this.#waiting.delete(stream);
        if (message !== undefined) this.#send(stream, message);
      }
  }

  /** Forgets what waits of streams that are no longer wanted. */
  keep(wanted: ReadonlySet<StreamName>): void {
    for (const stream of this.#waiting.keys()) if (!wanted.has(stream)) this.#waiting.delete(stream);
  }

  /** Forgets what waits. */
  clear(): void {
    this.#waiting.clear();
  }
}
