import protobuf from 'protobufjs/light.js';
import type { MessageSpec } from '../../../../shared/public/gtfsRealtime.ts';
import type { Decoded } from './jsonMessage.ts';

/** Builds the reflection types of a schema, which maps the names of messages to their fields. */
export function protobufTypes(messages: Record<string, MessageSpec>): (name: string) => protobuf.Type {
  // Both schemas are proto2, where a field that was sent as 0 is not the same as one that was not sent; the library's
  // JSON form means proto3 unless the edition is given.
  const nested = Object.fromEntries(
    Object.entries(messages).map(([name, fields]) => [name, { edition: 'proto2', fields }]),
  );
  const root = protobuf.Root.fromJSON({ nested }).resolveAll();
  return (name) => root.lookupType(name);
}

type Limits = { mostBytes: number; longs: NumberConstructor | BigIntConstructor };

/**
 * Decodes a payload into a plain object that has only the fields that were sent, or returns the reason for its refusal.
 * Never throws. Field names are in camel case; `longs` gives the type of 64-bit numbers. The caller names the object's
 * type and must make sure that it fits the schema.
 */
export function protobufMessage<T>(type: protobuf.Type, payload: Uint8Array, { mostBytes, longs }: Limits): Decoded<T> {
  if (payload.length > mostBytes) return { refusal: { reason: 'tooLarge', detail: `${String(payload.length)} bytes` } };
  try {
    return { message: type.toObject(type.decode(payload), { longs }) as T };
  } catch (error) {
    return { refusal: { reason: 'notProtobuf', detail: error instanceof Error ? error.message : String(error) } };
  }
}
