import { protobufTypes } from './protobufMessage.ts';

const scalar = (
  first: number,
): Record<
  'intValue' | 'longValue' | 'floatValue' | 'doubleValue' | 'booleanValue' | 'stringValue',
  { id: number; type: string }
> => ({
  intValue: { id: first, type: 'uint32' },
  longValue: { id: first + 1, type: 'uint64' },
  floatValue: { id: first + 2, type: 'float' },
  doubleValue: { id: first + 3, type: 'double' },
  booleanValue: { id: first + 4, type: 'bool' },
  stringValue: { id: first + 5, type: 'string' },
});

/**
 * The part of sparkplug_b.proto (Eclipse Tahu) that Beacon reads, with its field numbers. Data sets, bytes and files
 * carry no single number and are left out.
 */
const typeOf = protobufTypes({
  Payload: {
    timestamp: { id: 1, type: 'uint64' },
    metrics: { id: 2, type: 'Metric', rule: 'repeated' },
    seq: { id: 3, type: 'uint64' },
  },
  Metric: {
    name: { id: 1, type: 'string' },
    alias: { id: 2, type: 'uint64' },
    timestamp: { id: 3, type: 'uint64' },
    datatype: { id: 4, type: 'uint32' },
    isHistorical: { id: 5, type: 'bool' },
    isNull: { id: 7, type: 'bool' },
    properties: { id: 9, type: 'PropertySet' },
    ...scalar(10),
    templateValue: { id: 18, type: 'Template' },
  },
  Template: { metrics: { id: 2, type: 'Metric', rule: 'repeated' }, isDefinition: { id: 5, type: 'bool' } },
  PropertySet: {
    keys: { id: 1, type: 'string', rule: 'repeated' },
    values: { id: 2, type: 'PropertyValue', rule: 'repeated' },
  },
  PropertyValue: { type: { id: 1, type: 'uint32' }, isNull: { id: 2, type: 'bool' }, ...scalar(3) },
});

export const sparkplugPayloadType = typeOf('Payload');

type Scalar = {
  intValue?: number;
  longValue?: bigint;
  floatValue?: number;
  doubleValue?: number;
  booleanValue?: boolean;
  stringValue?: string;
};
export type SparkplugMetric = Scalar & {
  name?: string;
  alias?: bigint;
  /** Epoch milliseconds. */
  timestamp?: bigint;
  datatype?: number;
  isHistorical?: boolean;
  isNull?: boolean;
  properties?: { keys?: string[]; values?: (Scalar & { type?: number; isNull?: boolean })[] };
  templateValue?: { metrics?: SparkplugMetric[]; isDefinition?: boolean };
};
export type SparkplugPayload = { timestamp?: bigint; metrics?: SparkplugMetric[]; seq?: bigint };

const BOOLEAN = 11;

/** The command that makes an edge node send its births again. */
export const rebirthPayload = (atMs: number): Uint8Array =>
  sparkplugPayloadType
    .encode({
      timestamp: atMs,
      metrics: [{ name: 'Node Control/Rebirth', timestamp: atMs, datatype: BOOLEAN, booleanValue: true }],
    })
    .finish();
