import protobuf from 'protobufjs/light.js';
import type { Decoded } from './jsonMessage.ts';

/** A field by its number on the wire; the names are the specification's. */
type FieldSpec = { id: number; type: string; rule?: 'repeated' | 'required' };
export type MessageSpec = Record<string, FieldSpec>;

/** Builds the reflection types of a schema: message names to their fields. */
export function protobufTypes(messages: Record<string, MessageSpec>): (name: string) => protobuf.Type {
  // Both schemas are proto2, where a field that was sent as 0 is not the same as one that was not sent; the library's
  // JSON form is proto3 unless told.
  const nested = Object.fromEntries(
    Object.entries(messages).map(([name, fields]) => [name, { edition: 'proto2', fields }]),
  );
  const root = protobuf.Root.fromJSON({ nested }).resolveAll();
  return (name) => root.lookupType(name);
}

type Limits = { mostBytes: number; longs: NumberConstructor | BigIntConstructor };

/**
 * A payload as a plain object that has only the fields that were sent, or the reason why not. Never throws. Field names
 * are camel case; 64-bit numbers come as `longs` says. The caller names the object's type, which the schema must
 * warrant.
 */
export function protobufMessage<T>(type: protobuf.Type, payload: Uint8Array, { mostBytes, longs }: Limits): Decoded<T> {
  if (payload.length > mostBytes) return { refusal: { reason: 'tooLarge', detail: `${String(payload.length)} bytes` } };
  try {
    return { message: type.toObject(type.decode(payload), { longs, bytes: Array }) as T };
  } catch (error) {
    return { refusal: { reason: 'notProtobuf', detail: error instanceof Error ? error.message : String(error) } };
  }
}
