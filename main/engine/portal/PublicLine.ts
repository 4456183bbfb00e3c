import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { rm } from 'node:fs/promises';
import { timingSafeEqual } from 'node:crypto';
import type { MonotonicMs } from '../../../shared/base/clock.ts';
import { MessageBudget } from '../../../shared/base/MessageBudget.ts';
import { accessFault } from '../../../shared/contract/accessFault.ts';
import { portalLineSchema, publicQuestions, publicStreams } from '../../../shared/public/publicContract.ts';
import type {
  EngineLine,
  PortalLine,
  PublicErrorCode,
  PublicMessage,
  PublicStream,
  QuestionInput,
  QuestionName,
  QuestionOutput,
} from '../../../shared/public/publicContract.ts';
import type { Log } from '../base/engine.ts';
import { RequestError } from '../base/RequestError.ts';

/** The engine's answers to the public contract. */
export type PublicHandlers = {
  [N in QuestionName]: (input: QuestionInput<N>) => QuestionOutput<N> | Promise<QuestionOutput<N>>;
};
type PublicLineOptions = {
  line: PortalLine;
  handlers: PublicHandlers;
  /** The whole of every stream, for a portal that has just connected. */
  snapshot: () => { [S in PublicStream]: PublicMessage<S> };
  monotonicMs: () => MonotonicMs;
  log: Log;
};

const MOST_LINE_BYTES = 64_000;
const MOST_UNREAD_BYTES = 16_000_000;
/** What the portal may ask per second and at once. A portal that asks for more is read more slowly. */
const BUDGET = { perSecond: 200, atOnce: 400 };
const MOST_UNDER_WAY = 32;
const READ_AGAIN_MS = 20;
const HELLO_MS = 5000;
/** A portal that was started again may come before the end of the old one was noticed. */
const MOST_SOCKETS = 4;

const isSame = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b);

const publicCodes: Partial<Record<string, PublicErrorCode>> = {
  badInput: 'badInput',
  notFound: 'notFound',
  refused: 'refused',
};

/** One connection of a portal: lines of JSON in both directions. */
class PortalSocket {
  readonly #socket: Socket;
  readonly #options: PublicLineOptions;
  readonly #budget: MessageBudget;
  readonly #helloTimer: NodeJS.Timeout;
  #isKnown = false;
  #rest: Buffer = Buffer.alloc(0);
  #underWay = 0;
  #readTimer: NodeJS.Timeout | undefined;

  constructor(socket: Socket, options: PublicLineOptions) {
    this.#socket = socket;
    this.#options = options;
    this.#budget = new MessageBudget(BUDGET.perSecond, BUDGET.atOnce, options.monotonicMs());
    this.#helloTimer = setTimeout(() => socket.destroy(), HELLO_MS).unref();
    socket.on('data', (chunk) => this.#read(chunk));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      clearTimeout(this.#helloTimer);
      clearTimeout(this.#readTimer);
    });
  }

  publish<S extends PublicStream>(stream: S, message: PublicMessage<S>): void {
    if (!this.#isKnown) return;
    // Parsing drops what the schema does not name.
    const checked = publicStreams[stream].safeParse(message);
    if (checked.success) this.#send({ type: 'stream', stream, data: checked.data });
    // Nobody would catch an error here, as timers and listeners publish.
    else this.#options.log('error', `A message of ${stream} for the portal breaks the contract and is not sent.`);
  }

  #send(line: EngineLine): void {
    if (this.#socket.destroyed) return;
    this.#socket.write(`${JSON.stringify(line)}\n`);
    if (this.#socket.writableLength > MOST_UNREAD_BYTES) this.#end('It does not read what it is sent.');
  }

  #end(reason: string): void {
    this.#options.log('warn', `The connection of the portal was ended: ${reason}`);
    this.#socket.destroy();
  }

  #read(chunk: Buffer): void {
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    this.#drain();
  }

  /** Takes whole lines as far as the budget goes; what is left waits, and so does the socket. */
  #drain(): void {
    while (!this.#socket.destroyed) {
      const end = this.#rest.indexOf(10);
      if (end < 0 && this.#rest.length <= MOST_LINE_BYTES) break;
      if (end < 0 || end > MOST_LINE_BYTES) {
        this.#end('A line is too long.');
        return;
      }
      if (this.#underWay >= MOST_UNDER_WAY || !this.#budget.take(end, this.#options.monotonicMs())) {
        this.#socket.pause();
        this.#readTimer = setTimeout(() => this.#drain(), READ_AGAIN_MS);
        return;
      }
      const line = this.#rest.subarray(0, end).toString('utf8');
      this.#rest = this.#rest.subarray(end + 1);
      this.#obey(line);
    }
    this.#socket.resume();
  }

  #obey(text: string): void {
    const line = portalLineSchema.safeParse(asJson(text));
    if (!line.success) {
      this.#end('It sent something else than the contract has.');
      return;
    }
    if (line.data.type === 'hello') this.#greet(line.data.secret);
    else if (this.#isKnown) void this.#answer(line.data.id, line.data.name, line.data.input);
    else this.#end('It did not give the secret.');
  }

  #greet(secret: string): void {
    if (!isSame(Buffer.from(secret), Buffer.from(this.#options.line.secret))) {
      this.#end('The secret is wrong.');
      return;
    }
    clearTimeout(this.#helloTimer);
    this.#isKnown = true;
    const whole = this.#options.snapshot();
    for (const stream of Object.keys(publicStreams) as PublicStream[]) this.publish(stream, whole[stream]);
  }

  async #answer(id: number, name: QuestionName, input: unknown): Promise<void> {
    this.#underWay++;
    try {
      const question = publicQuestions[name];
      const fault = accessFault(question, undefined, 'public');
      if (fault !== undefined) throw new RequestError('refused', fault);
      const asked = question.input.safeParse(input);
      if (!asked.success) throw new RequestError('badInput', 'The input is not understood.');
      const handler = this.#options.handlers[name] as (input: unknown) => unknown;
      // Parsing drops what the schema does not name.
      this.#send({ type: 'answer', id, output: question.output.parse(await handler(asked.data)) });
    } catch (error) {
      const isKnown = error instanceof RequestError;
      if (!isKnown) this.#options.log('error', `The question ${name} of the portal failed: ${String(error)}`);
      const code = (isKnown ? publicCodes[error.code] : undefined) ?? 'busy';
      // What a fault of Beacon says is not for the public.
      this.#send({ type: 'error', id, code, message: isKnown ? error.message : 'Try again later.' });
    } finally {
      this.#underWay--;
    }
  }
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The engine's end of the local connection to the portal. */
export class PublicLine {
  readonly #options: PublicLineOptions;
  readonly #server: Server;
  readonly #sockets = new Map<Socket, PortalSocket>();

  constructor(options: PublicLineOptions) {
    this.#options = options;
    this.#server = createServer((socket) => this.#accept(socket));
    this.#server.on('error', (error) => options.log('error', `The portal cannot reach the engine: ${String(error)}`));
  }

  /** Begins to listen. A socket that a dead engine left there is removed. */
  async start(): Promise<void> {
    const { path } = this.#options.line;
    if (process.platform !== 'win32') await rm(path, { force: true });
    await new Promise<void>((resolve) => {
      this.#server.once('error', () => resolve());
      this.#server.listen(path, resolve);
    });
  }

  publish<S extends PublicStream>(stream: S, message: PublicMessage<S>): void {
    for (const socket of this.#sockets.values()) socket.publish(stream, message);
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets.keys()) socket.destroy();
    if (this.#server.listening) await new Promise((resolve) => this.#server.close(resolve));
  }

  #accept(socket: Socket): void {
    const [oldest] = this.#sockets.keys();
    if (this.#sockets.size >= MOST_SOCKETS) oldest?.destroy();
    this.#sockets.set(socket, new PortalSocket(socket, this.#options));
    socket.on('close', () => this.#sockets.delete(socket));
  }
}
