/** More are not under way at once; what is older than that is known to others, or has never met one. */
const MOST_ANNOUNCED = 200;

type Act = {
  actId: string;
  /** Its entry in the log, once there is one. */ entry: { sequence: string; seq: number } | undefined;
  settle: (isAnnounced: boolean) => void;
};

/**
 * What the leader is about to do by itself, on its way to the others: its id stands in the beats, from before it is
 * done until some other workstation has its entry. The broker keeps the last beat, so that whoever leads next knows of
 * it even where the leader was alone and died.
 */
export class AutomaticActions {
  #acts: Act[] = [];
  /** What each other workstation has announced. */
  readonly #heard = new Map<string, readonly string[]>();

  /** What the next beat says. */
  announced(): string[] {
    return this.#acts.map(({ actId }) => actId);
  }

  isKnown(actId: string): boolean {
    return (
      this.#acts.some((act) => act.actId === actId) || [...this.#heard.values()].some((acts) => acts.includes(actId))
    );
  }

  /** Resolves true when the broker has shown a beat with it, false where the broker is lost before. */
  announce(actId: string): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    this.#acts = [...this.#acts, { actId, entry: undefined, settle: resolve }].slice(-MOST_ANNOUNCED);
    return promise;
  }

  written(actId: string, sequence: string, seq: number): void {
    const act = this.#acts.find((each) => each.actId === actId);
    if (act !== undefined) act.entry = { sequence, seq };
  }

  echoed(acts: readonly string[]): void {
    for (const act of this.#acts) if (acts.includes(act.actId)) act.settle(true);
  }

  hear(from: string, acts: readonly string[]): void {
    this.#heard.set(from, acts);
  }

  /** Drops what others have in their logs. */
  forget(isElsewhere: (sequence: string, seq: number) => boolean): void {
    this.#acts = this.#acts.filter(({ entry }) => entry === undefined || !isElsewhere(entry.sequence, entry.seq));
  }

  /** The broker is gone: what is not announced yet is not done. */
  lost(): void {
    for (const act of this.#acts) act.settle(false);
    this.#acts = this.#acts.filter(({ entry }) => entry !== undefined);
  }
}
