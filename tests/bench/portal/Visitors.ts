import { Agent, get } from 'node:http';

/** What was measured of answers. */
export type Answers = { tookMs: number[]; leaks: string[]; failed: number; firstPageBytes: number };

/**
 * What people open during an outage: mostly the first page, sometimes the same as data, a list, a form or what programs
 * ask for.
 */
const paths = [
  '/en',
  '/es',
  '/en',
  '/now.geojson',
  '/en',
  '/en/requests',
  '/es',
  '/es/report/power',
  '/en',
  '/now.atom',
  '/en',
  '/open311/v2/services.json',
];
const FIRST_PAGE = '/en';

/** People who read a portal at once, each with an address of their own, which the reverse proxy forwards. */
export class Visitors {
  readonly answers: Answers = { tookMs: [], leaks: [], failed: 0, firstPageBytes: 0 };
  readonly #base: string;
  readonly #mark: string;
  readonly #agent: Agent;
  #isOver = false;
  #work: Promise<unknown> = Promise.resolve();

  /** `mark`: a word in everything that is not public. */
  constructor(base: string, mark: string, atOnce: number) {
    this.#base = base;
    this.#mark = mark;
    this.#agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  }

  /** Lets `atOnce` of `people` read at every moment. */
  start(people: number, atOnce: number): void {
    let person = 0;
    this.#work = Promise.all(
      Array.from({ length: atOnce }, async (_, at) => {
        for (let turn = at; !this.#isOver; turn++) {
          person = (person + 1) % people;
          await this.read(paths[turn % paths.length] ?? FIRST_PAGE, person);
        }
      }),
    );
  }

  async stop(): Promise<void> {
    this.#isOver = true;
    await this.#work;
    this.#agent.destroy();
  }

  /** Reads a page as one person, and returns all of it with its headers; empty where that failed. */
  read(path: string, person: number): Promise<string> {
    const startedMs = performance.now();
    const address = `10.${person >> 16}.${(person >> 8) & 255}.${person & 255}`;
    return new Promise((resolve) => {
      const request = get(
        `${this.#base}${path}`,
        { agent: this.#agent, headers: { 'x-forwarded-for': address } },
        (answer) => {
          let text = JSON.stringify(answer.headers);
          answer.setEncoding('utf8').on('data', (part: string) => (text += part));
          answer.on('end', () => {
            this.#note(path, text, answer.statusCode === 200, performance.now() - startedMs);
            resolve(text);
          });
        },
      );
      request.on('error', () => {
        this.answers.failed++;
        resolve('');
      });
    });
  }

  #note(path: string, text: string, isGood: boolean, tookMs: number): void {
    this.answers.tookMs.push(tookMs);
    if (!isGood) this.answers.failed++;
    if (text.includes(this.#mark)) this.answers.leaks.push(path);
    if (path === FIRST_PAGE) this.answers.firstPageBytes = Math.max(this.answers.firstPageBytes, text.length);
  }
}
