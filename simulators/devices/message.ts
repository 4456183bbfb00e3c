/** What a device says: one MQTT message. `atMs` is when it is sent. */
export type Message = { topic: string; payload: string; qos: 0 | 1; atMs: number; isRetained?: true };

export const jsonMessage = (topic: string, qos: 0 | 1, atMs: number, body: object): Message => ({
  topic,
  payload: JSON.stringify(body),
  qos,
  atMs,
});
