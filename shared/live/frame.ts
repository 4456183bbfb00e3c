/**
 * Live data crosses to the screen as packed columns, one buffer per tick and kind: a header, then the columns one after
 * another, each starting on a multiple of 8 bytes, so that the receiver hands views of it to the renderer without
 * copying.
 */
const MAGIC = 0xbea_c0a1;
const HEADER_BYTES = 40;

const arrays = { u8: Uint8Array, u32: Uint32Array, f32: Float32Array, f64: Float64Array } as const;
type ColumnType = keyof typeof arrays;

/**
 * The kinds of frames and their columns. `index` is the row's place in the roster of its kind: for `vehicles` and
 * `units` the stream of that name, for the others the order of the county's lists. NaN means unknown. `quality` is
 * `qualityCode`.
 */
export const frameColumns = {
  /** `flags`: see `vehicleFlag`. */
  vehicles: {
    index: 'u32',
    lon: 'f64',
    lat: 'f64',
    speedMps: 'f32',
    headingDeg: 'f32',
    delayS: 'f32',
    seenAtMs: 'f64',
    quality: 'u8',
    flags: 'u8',
  },
  /** `status`: index into `unitStatuses` (shared/base/values.ts). */
  units: { index: 'u32', lon: 'f64', lat: 'f64', headingDeg: 'f32', seenAtMs: 'f64', status: 'u8' },
  /** `speedRatio`: speed over free flow. `anomaly`: 0 usual, 1 unusual for this time of week. */
  links: { index: 'u32', speedRatio: 'f32', flowVph: 'f32', seenAtMs: 'f64', quality: 'u8', anomaly: 'u8' },
  detectors: { index: 'u32', speedMps: 'f32', flowVph: 'f32', occupancyRatio: 'f32', seenAtMs: 'f64', quality: 'u8' },
  /** `rate`: kW or m³/h over the last interval. `state`: index into `meterStates`. */
  meters: { index: 'u32', rate: 'f32', seenAtMs: 'f64', state: 'u8' },
  /**
   * `value` and `typical`: m³/h inflow of a water zone, kW of a feeder. `state`: index into `zoneStates`. `present`:
   * share of data 0..1.
   */
  zones: { index: 'u32', value: 'f32', typical: 'f32', present: 'f32', seenAtMs: 'f64', state: 'u8' },
} as const satisfies Record<string, Record<string, ColumnType>>;

/** The bits of the column `flags` of a vehicle. */
export const vehicleFlag = { outOfService: 1, bunched: 2, veryLate: 4, doorsOpen: 8 } as const;
/**
 * The states of a meter; the place in this list is the code in frames. `noData`: never heard. `suspect`: the meter is
 * probably faulty, and not the network.
 */
export const meterStates = [
  'noData',
  'normal',
  'leak',
  'highUse',
  'noVoltage',
  'voltage',
  'tamper',
  'stuck',
  'stale',
  'suspect',
] as const;
/** The states of a water zone or feeder; the place in this list is the code in frames. `noData`: never heard. */
export const zoneStates = ['noData', 'normal', 'high', 'low', 'outage', 'stale'] as const;

/** The kinds of frames; the place in this list is the code in a frame's header. */
export const frameKinds = Object.keys(frameColumns) as FrameKind[];
/** The kind of a frame. */
export type FrameKind = keyof typeof frameColumns;
type ArrayOf<T extends ColumnType> = InstanceType<(typeof arrays)[T]>;
/** The columns of a frame of one kind, as typed arrays with one element per row. */
export type FrameData<K extends FrameKind> = {
  [C in keyof (typeof frameColumns)[K]]: ArrayOf<Extract<(typeof frameColumns)[K][C], ColumnType>>;
};
/** A frame: rows of one kind of live data at one time, as columns. `seq` counts the frames of all kinds together. */
export type Frame<K extends FrameKind = FrameKind> = {
  kind: K;
  /** The engine's clock when the frame was made. */
  atMs: number;
  seq: number;
  /** True when rows that are not in it no longer exist; false when it updates some rows. */
  isFull: boolean;
  count: number;
  columns: FrameData<K>;
};

const padded = (bytes: number): number => (bytes + 7) & ~7;

/** Makes empty columns of `count` rows, to be filled and encoded. */
export function makeColumns<K extends FrameKind>(kind: K, count: number): FrameData<K> {
  const entries = Object.entries<ColumnType>(frameColumns[kind]).map(([name, type]) => [name, new arrays[type](count)]);
  return Object.fromEntries(entries) as FrameData<K>;
}

/** Packs a frame into one buffer. Throws a TypeError where a column is missing. */
export function encodeFrame<K extends FrameKind>(frame: Frame<K>): ArrayBuffer {
  const spec = Object.entries<ColumnType>(frameColumns[frame.kind]);
  const size = spec.reduce((sum, [, type]) => sum + padded(frame.count * arrays[type].BYTES_PER_ELEMENT), HEADER_BYTES);
  const buffer = new ArrayBuffer(size);
  const head = new DataView(buffer);
  head.setUint32(0, MAGIC, true);
  head.setUint32(4, frameKinds.indexOf(frame.kind), true);
  head.setUint32(8, frame.count, true);
  head.setUint32(12, frame.isFull ? 1 : 0, true);
  head.setUint32(16, frame.seq >>> 0, true);
  head.setFloat64(24, frame.atMs, true);
  let offset = HEADER_BYTES;
  for (const [name, type] of spec) {
    const source = (frame.columns as Record<string, ArrayOf<ColumnType>>)[name];
    if (source === undefined) throw new TypeError(`frame ${frame.kind} lacks the column ${name}`);
    new arrays[type](buffer, offset, frame.count).set(source.subarray(0, frame.count));
    offset += padded(frame.count * arrays[type].BYTES_PER_ELEMENT);
  }
  return buffer;
}

/** Reads a frame as views into the buffer, without copying; throws a RangeError where the buffer is not a frame. */
export function decodeFrame(buffer: ArrayBuffer): Frame {
  if (buffer.byteLength < HEADER_BYTES) throw new RangeError('frame too short');
  const head = new DataView(buffer);
  const kind = frameKinds[head.getUint32(4, true)];
  if (head.getUint32(0, true) !== MAGIC || kind === undefined) throw new RangeError('not a frame');
  const count = head.getUint32(8, true);
  const columns: Record<string, ArrayOf<ColumnType>> = {};
  let offset = HEADER_BYTES;
  for (const [name, type] of Object.entries<ColumnType>(frameColumns[kind])) {
    columns[name] = new arrays[type](buffer, offset, count);
    offset += padded(count * arrays[type].BYTES_PER_ELEMENT);
  }
  return {
    kind,
    count,
    columns: columns as FrameData<FrameKind>,
    isFull: head.getUint32(12, true) === 1,
    seq: head.getUint32(16, true),
    atMs: head.getFloat64(24, true),
  };
}
