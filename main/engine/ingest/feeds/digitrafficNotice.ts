import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import type { Notice } from '../../../../shared/base/values.ts';
import { jsonMessage } from './jsonMessage.ts';
import type { Decoded } from './jsonMessage.ts';
import { isPlace } from './plausible.ts';

/** A real message has some kilobytes; one that unpacks to more than this is refused. */
const MOST_BYTES = 1_000_000;

const announcement = z.object({
  language: z.string().nullish(),
  title: z.string().nullish(),
  location: z.object({ description: z.string().nullish() }).nullish(),
  comment: z.string().nullish(),
  additionalInformation: z.string().nullish(),
  timeAndDuration: z.object({ startTime: z.string().nullish(), endTime: z.string().nullish() }).nullish(),
});
/** A GeoJSON feature of the "simple" form; the geometry is of any kind, or null. */
const situationSchema = z.object({
  type: z.literal('Feature'),
  geometry: z.object({ type: z.string(), coordinates: z.unknown() }).nullish(),
  properties: z.object({
    situationId: z.string().min(1).max(120),
    situationType: z.string(),
    trafficAnnouncementType: z.string().nullish(),
    releaseTime: z.string().nullish(),
    versionTime: z.string().nullish(),
    announcements: z.array(announcement),
  }),
});
export type Situation = z.output<typeof situationSchema>;

/** The bytes of the JSON text: the stream sends gzip in base64; plain gzip or plain JSON is accepted too. */
function unpacked(payload: Uint8Array): Uint8Array {
  const [first, second] = payload;
  if (first === 0x7b) return payload;
  const packed =
    first === 0x1f && second === 0x8b ? payload : Buffer.from(Buffer.from(payload).toString('latin1'), 'base64');
  return gunzipSync(packed, { maxOutputLength: MOST_BYTES });
}

/** Reads a situation from its packed form, or returns the reason for its refusal. Never throws. */
export function digitrafficSituation(payload: Uint8Array): Decoded<Situation> {
  if (payload.length > MOST_BYTES)
    return { refusal: { reason: 'tooLarge', detail: `${String(payload.length)} bytes` } };
  let bytes: Uint8Array;
  try {
    bytes = unpacked(payload);
  } catch (error) {
    const isTooLarge = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    return {
      refusal: {
        reason: isTooLarge ? 'tooLarge' : 'notJson',
        detail: isTooLarge ? `more than ${String(MOST_BYTES)} bytes unpacked` : 'not gzip in base64',
      },
    };
  }
  return jsonMessage(situationSchema, bytes);
}

/** The first position of any GeoJSON geometry. */
function firstPosition(coordinates: unknown): [number, number] | undefined {
  let inner = coordinates;
  // A MultiPolygon nests four deep.
  for (let depth = 0; depth < 4 && Array.isArray(inner) && Array.isArray(inner[0]); depth++) inner = inner[0];
  if (!Array.isArray(inner)) return undefined;
  const [lon, lat] = inner as unknown[];
  return typeof lon === 'number' && typeof lat === 'number' && isPlace(lon, lat) ? [lon, lat] : undefined;
}

const timeOf = (text: string | null | undefined): number | undefined => {
  const atMs = Date.parse(text ?? '');
  return Number.isNaN(atMs) ? undefined : atMs;
};

function severityOf({ situationType, trafficAnnouncementType }: Situation['properties']): Notice['severity'] {
  const hinders =
    situationType === 'TRAFFIC_ANNOUNCEMENT' &&
    trafficAnnouncementType !== 'ENDED' &&
    trafficAnnouncementType !== 'RETRACTED';
  return hinders ? 'warning' : 'info';
}

/** A traffic announcement, road work, weight restriction or exempted transport in words. */
export function digitrafficNotice({ geometry, properties }: Situation, receivedAtMs: number): Notice {
  const told =
    properties.announcements.find(({ language }) => /^en/i.test(language ?? '')) ?? properties.announcements[0];
  const words = [told?.location?.description, told?.comment, told?.additionalInformation].flatMap(
    (text) => text?.trim() || [],
  );
  const position = firstPosition(geometry?.coordinates);
  const startsMs = timeOf(told?.timeAndDuration?.startTime);
  const endsMs = timeOf(told?.timeAndDuration?.endTime);
  return {
    kind: 'notice',
    noticeId: `digitraffic:${properties.situationId}`,
    source: 'Digitraffic',
    title: told?.title?.trim() || properties.situationType,
    text: words.join('\n'),
    severity: severityOf(properties),
    atMs: timeOf(properties.versionTime) ?? timeOf(properties.releaseTime) ?? receivedAtMs,
    quality: 'good',
    ...(position && { lon: position[0], lat: position[1] }),
    ...(startsMs !== undefined && { startsMs }),
    ...(endsMs !== undefined && { endsMs }),
  };
}
