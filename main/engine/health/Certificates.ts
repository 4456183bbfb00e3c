import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { WallMs } from '../../../shared/base/clock.ts';
import type { Condition } from '../domains/kit/Condition.ts';

const DAY_MS = 86_400_000;
/** A certificate that ends sooner than this is named, and raises an alarm. */
const SOON_MS = 30 * DAY_MS;
/** Files are read again after this long: a renewal changes them. */
const READ_EVERY_MS = 3_600_000;

type Sources = {
  /** The end of the certificate that the broker showed, UTC ms. */
  brokerEndsMs: () => number | undefined;
  /** The files of this workstation's own certificates, by what they are for. */
  files: Readonly<Record<string, string>>;
  wallMs: () => WallMs;
};

const dayOf = (atMs: number): string => new Date(atMs).toISOString().slice(0, 10);

function endOf(file: string): number | undefined {
  try {
    return Date.parse(new X509Certificate(readFileSync(file)).validTo);
  } catch {
    // A file that is being replaced is read again later.
    return undefined;
  }
}

/** When the certificates end by which devices and people reach this workstation. */
export class Certificates {
  readonly #sources: Sources;
  readonly #read = new Map<string, { atMs: number; endsMs: number | undefined }>();

  constructor(sources: Sources) {
    this.#sources = sources;
  }

  /** The end of each, UTC ms, by what it is for. */
  ends(): Record<string, number> {
    const { brokerEndsMs, files } = this.#sources;
    const all = [
      ['broker', brokerEndsMs()] as const,
      ...Object.entries(files).map(([use, file]) => [use, this.#endOfFile(file)] as const),
    ];
    return Object.fromEntries(all.filter((each): each is [string, number] => each[1] !== undefined));
  }

  warnings(): string[] {
    return this.#ending().map(({ use, endsMs, isOver }) =>
      use === 'broker'
        ? `The certificate of the broker ${isOver ? 'ended' : 'ends'} on ${dayOf(endsMs)}. Have it renewed, or the connection will be lost.`
        : `The certificate of the ${use} ${isOver ? 'ended' : 'ends'} on ${dayOf(endsMs)}. Put a renewed one in its place, or browsers will refuse it.`,
    );
  }

  conditions(): Condition[] {
    return this.#ending().map(({ use, endsMs, isOver }) => ({
      rule: 'maintenance.certificate',
      domain: 'maintenance',
      priority: isOver ? 3 : 4,
      subject: { kind: 'system', id: `certificate-${use.replace(' ', '-')}` },
      title: `The certificate of the ${use} ${isOver ? 'has ended' : 'ends soon'}`,
      place: 'Control room',
      cause: `It is valid until ${dayOf(endsMs)}.`,
      consequence: use === 'broker' ? 'The picture stands still from then on.' : 'Browsers refuse it from then on.',
      action:
        use === 'broker'
          ? 'Have the certificate of the broker renewed.'
          : 'Put a renewed certificate and key in place of their files.',
      evidence: [{ label: 'Ends, UTC', text: dayOf(endsMs) }],
      onDelayMs: 0,
      offDelayMs: 2000,
    }));
  }

  #ending(): { use: string; endsMs: number; isOver: boolean }[] {
    const nowMs = this.#sources.wallMs();
    return Object.entries(this.ends())
      .filter(([, endsMs]) => endsMs - nowMs <= SOON_MS)
      .map(([use, endsMs]) => ({ use, endsMs, isOver: endsMs <= nowMs }));
  }

  #endOfFile(file: string): number | undefined {
    const nowMs = this.#sources.wallMs();
    const known = this.#read.get(file);
    if (known !== undefined && Math.abs(nowMs - known.atMs) < READ_EVERY_MS) return known.endsMs;
    const endsMs = endOf(file);
    this.#read.set(file, { atMs: nowMs, endsMs });
    return endsMs;
  }
}
