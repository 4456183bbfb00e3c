import type { ContractPort, StreamMessage, StreamName } from '../../../shared/contract/contract.ts';
import type { FrameKind } from '../../../shared/live/frame.ts';
import type { DomainSet } from '../domains/DomainSet.ts';
import type { ScreenOrigin } from '../base/engine.ts';
import type { PeopleService } from '../people/PeopleService.ts';
import { RequestTurns } from './RequestTurns.ts';
import { Session } from './Session.ts';
import type { SessionSources } from './Session.ts';
import { SessionSeat } from './SessionSeat.ts';

/** Screens of one account or one display token; of more, the oldest are closed. */
const MOST_PER_PERSON = 64;

type ScreensOptions = Omit<SessionSources, 'frame' | 'turns'> & { domains: DomainSet; people: PeopleService };

/** All screens that are connected. A frame is encoded once for all screens at the same cursor. */
export class Screens {
  readonly #sessions = new Set<Session>();
  readonly #sources: SessionSources;
  readonly #people: PeopleService;
  readonly #domains: DomainSet;
  readonly #encoded = new Map<string, { bytes: ArrayBuffer; cursor: number } | undefined>();

  constructor({ domains, people, ...sources }: ScreensOptions) {
    this.#domains = domains;
    this.#people = people;
    people.onChange(() => this.review());
    this.#sources = { ...sources, turns: new RequestTurns(), frame: (kind, cursor) => this.#frame(kind, cursor) };
  }

  get count(): number {
    return this.#sessions.size;
  }

  connect(port: ContractPort, origin: ScreenOrigin): void {
    const openSeat = (onChange: () => void): SessionSeat => new SessionSeat({ people: this.#people, origin, onChange });
    let session: Session;
    try {
      session = new Session(port, this.#sources, openSeat);
    } catch (error) {
      this.#sources.log('error', `A screen could not be connected: ${String(error)}`);
      port.close();
      return;
    }
    this.#sessions.add(session);
    port.onClose(() => {
      this.#sessions.delete(session);
      session.ended();
    });
  }

  publish<S extends StreamName>(stream: S, data: StreamMessage<S>): void {
    for (const session of this.#sessions) session.publish(stream, data);
  }

  /**
   * Checks at every screen whether the person there still has the right to it: rights change, and sessions end with
   * time.
   */
  review(): void {
    for (const session of this.#sessions) session.review();
    this.#limit();
  }

  pump(): void {
    this.#encoded.clear();
    for (const session of this.#sessions) session.pump();
  }

  close(): void {
    for (const session of this.#sessions) session.close();
    this.#sessions.clear();
  }

  #limit(): void {
    if (this.#sessions.size <= MOST_PER_PERSON) return;
    const byPerson = Map.groupBy(this.#sessions, ({ person }) => person?.id);
    byPerson.delete(undefined);
    for (const sessions of byPerson.values())
      for (const oldest of sessions.slice(0, -MOST_PER_PERSON))
        oldest.close(`${String(MOST_PER_PERSON)} newer ones were opened with the same account or token`);
  }

  #frame(kind: FrameKind, cursor: number): { bytes: ArrayBuffer; cursor: number } | undefined {
    const key = `${kind}:${String(cursor)}`;
    if (this.#encoded.has(key)) return this.#encoded.get(key);
    const made = this.#domains.frame(kind, cursor, this.#sources.nowMs());
    this.#encoded.set(key, made);
    return made;
  }
}
