import { createConnection } from 'node:net';
import type { Socket } from 'node:net';
import type { Fact } from '../../shared/public/fact.ts';
import {
  engineLineSchema,
  LISTED_MS,
  MOST_LISTED,
  publicQuestions,
  publicStreams,
} from '../../shared/public/publicContract.ts';
import type {
  PortalLine,
  PublicErrorCode,
  PublicMessage,
  PublicRequest,
  PublicStream,
  QuestionInput,
  QuestionName,
  QuestionOutput,
} from '../../shared/public/publicContract.ts';

const statuses: Readonly<Record<PublicErrorCode, number>> = { badInput: 400, notFound: 404, refused: 403, busy: 503 };

/** Why the engine did not answer, and what it said. */
export class AnswerError extends Error {
  override readonly name = 'AnswerError';
  readonly code: PublicErrorCode;
  /** The status of HTTP for it. */
  readonly statusCode: number;
  constructor(code: PublicErrorCode, message: string) {
    super(message);
    this.code = code;
    this.statusCode = statuses[code];
  }
}

type Waiting = { resolve: (output: unknown) => void; reject: (error: AnswerError) => void; timer: NodeJS.Timeout };

const CONNECT_AGAIN_MS = 500;
const ANSWER_MS = 10_000;
/** More questions than this are refused at once, so that a flood of them fills no memory. */
const MOST_WAITING = 500;
/** The engine says once per second that it is there. */
const SILENT_MS = 5000;

/**
 * The portal's end of its connection to the engine. What the engine publishes is kept here, so that pages are read
 * without asking it; when it is gone, the last of it is still shown, with its age.
 */
export class EngineClient {
  readonly #line: PortalLine;
  readonly #monotonicMs: () => number;
  readonly #waiting = new Map<number, Waiting>();
  #socket: Socket | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isStopped = false;
  #nextId = 0;
  #county: PublicMessage<'county'> | undefined;
  #facts: readonly Fact[] | undefined;
  #pages: PublicMessage<'pages'> | undefined;
  /** The newest first. */
  #requests: readonly PublicRequest[] = [];
  #byNumber: ReadonlyMap<string, PublicRequest> = new Map();
  #vitals: { nowMs: number; heardMs: number } | undefined;
  #version = 0;

  constructor(line: PortalLine, monotonicMs: () => number) {
    this.#line = line;
    this.#monotonicMs = monotonicMs;
  }

  start(): void {
    this.#connect();
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    this.#socket?.destroy();
  }

  /** The county, undefined until the engine was heard for the first time. */
  get county(): PublicMessage<'county'> | undefined {
    return this.#county;
  }

  /** What is published, the most important first; undefined where nothing is known. */
  get facts(): readonly Fact[] | undefined {
    return this.#facts;
  }

  /** The county's pages and the names of its map, undefined until the engine was heard for the first time. */
  get pages(): PublicMessage<'pages'> | undefined {
    return this.#pages;
  }

  /** Changes with everything that the engine publishes beside its clock. */
  get version(): number {
    return this.#version;
  }

  /** The requests of the last 90 days, the newest first. */
  get requests(): readonly PublicRequest[] {
    return this.#requests;
  }

  /**
   * The requests of some numbers: those that are known here, and the others by one question to the engine. Numbers that
   * nobody was given are left out. Rejects with an AnswerError.
   */
  async find(numbers: readonly string[]): Promise<PublicRequest[]> {
    const known = this.#byNumber;
    const others = numbers.filter((number) => !known.has(number));
    const asked = others.length === 0 ? [] : (await this.ask('request.find', { numbers: others })).requests;
    const found = new Map(asked.map((request) => [request.number, request]));
    return numbers.flatMap((number) => known.get(number) ?? found.get(number) ?? []);
  }

  /** The county's time now (UTC ms), which goes on while the engine is away. */
  nowMs(): number {
    const vitals = this.#vitals;
    return vitals === undefined ? Date.now() : vitals.nowMs + (this.#monotonicMs() - vitals.heardMs);
  }

  /** Since when nothing was heard of the engine (county time), where that is too long; undefined while it is there. */
  get silentSinceMs(): number | undefined {
    const vitals = this.#vitals;
    return vitals !== undefined && this.#monotonicMs() - vitals.heardMs > SILENT_MS ? vitals.nowMs : undefined;
  }

  /** Asks the engine. Rejects with an AnswerError. */
  async ask<N extends QuestionName>(name: N, input: QuestionInput<N>): Promise<QuestionOutput<N>> {
    const socket = this.#socket;
    if (socket === undefined || socket.connecting || this.#waiting.size >= MOST_WAITING)
      throw new AnswerError('busy', 'The control room cannot be reached at this moment.');
    const id = this.#nextId++;
    const output = await new Promise<unknown>((resolve, reject) => {
      const timer = setTimeout(
        () => this.#settle(id, (each) => each.reject(new AnswerError('busy', 'The control room does not answer.'))),
        ANSWER_MS,
      );
      this.#waiting.set(id, { resolve, reject, timer });
      socket.write(`${JSON.stringify({ type: 'ask', id, name, input })}\n`);
    });
    return publicQuestions[name].output.parse(output) as QuestionOutput<N>;
  }

  #connect(): void {
    const socket = createConnection(this.#line.path);
    this.#socket = socket;
    socket.on('connect', () => socket.write(`${JSON.stringify({ type: 'hello', secret: this.#line.secret })}\n`));
    socket.on('error', () => socket.destroy());
    // The readline module also ends a line at U+2028, which people may write.
    let rest = '';
    socket.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) this.#take(line, socket);
    });
    socket.on('close', () => {
      if (this.#socket === socket) this.#socket = undefined;
      for (const id of [...this.#waiting.keys()])
        this.#settle(id, (each) => each.reject(new AnswerError('busy', 'The control room was lost.')));
      if (!this.#isStopped) this.#timer = setTimeout(() => this.#connect(), CONNECT_AGAIN_MS);
    });
  }

  #take(text: string, socket: Socket): void {
    try {
      const line = engineLineSchema.parse(JSON.parse(text));
      if (line.type === 'stream') this.#publish(line.stream, line.data);
      else if (line.type === 'answer') this.#settle(line.id, (each) => each.resolve(line.output));
      else this.#settle(line.id, (each) => each.reject(new AnswerError(line.code, line.message)));
    } catch {
      // An engine of another version: begin again, rather than show half of what it says.
      socket.destroy();
    }
  }

  #settle(id: number, how: (waiting: Waiting) => void): void {
    const waiting = this.#waiting.get(id);
    if (waiting === undefined) return;
    this.#waiting.delete(id);
    clearTimeout(waiting.timer);
    how(waiting);
  }

  #publish(stream: PublicStream, data: unknown): void {
    switch (stream) {
      case 'county':
        this.#county = publicStreams.county.parse(data);
        break;
      case 'vitals':
        this.#vitals = { ...publicStreams.vitals.parse(data), heardMs: this.#monotonicMs() };
        return;
      case 'facts':
        this.#facts = publicStreams.facts.parse(data).facts;
        break;
      case 'pages':
        this.#pages = publicStreams.pages.parse(data);
        break;
      case 'requests':
        this.#takeRequests(publicStreams.requests.parse(data));
        break;
      default:
        stream satisfies never;
    }
    this.#version++;
  }

  /** Keeps what the engine itself would list, in the order of the lists, so that a page costs no sorting. */
  #takeRequests({ isFull, changed }: PublicMessage<'requests'>): void {
    const all = new Map(isFull ? [] : this.#byNumber);
    for (const request of changed) all.set(request.number, request);
    const sinceMs = this.nowMs() - LISTED_MS;
    this.#requests = [...all.values()]
      .filter(({ receivedAtMs }) => receivedAtMs >= sinceMs)
      .sort((a, b) => b.receivedAtMs - a.receivedAtMs)
      .slice(0, MOST_LISTED);
    this.#byNumber = new Map(this.#requests.map((request) => [request.number, request]));
  }
}
