/** What an MQTT 5 broker says when it ends a connection (its reason codes), and what to do about it. */
const reasons: Readonly<Record<number, string>> = {
  0x81: 'it found a malformed packet',
  0x82: 'it found an error of the protocol',
  0x87: 'this user may not do what was asked; check its rights',
  0x89: 'it is too busy',
  0x8a: 'this client is banned',
  0x8b: 'it is shutting down',
  0x8d: 'it heard nothing for too long',
  0x8e: 'another client connected with the same name; no two engines may use copies of one data folder',
  0x90: 'it does not take the name of a topic',
  0x93: 'too many messages were under way',
  0x95: 'a message was larger than it takes',
  0x96: 'too many messages came at once',
  0x97: 'a quota is used up',
  0x98: 'an administrator ended it',
  0x9c: 'another server should be used',
  0x9d: 'the server has moved',
  0x9f: 'connections are made too often',
};

/** The reason of a DISCONNECT packet as a sentence for people. */
export function describeDisconnect(reasonCode: number | undefined, reasonString: string | undefined): string {
  const said = reasons[reasonCode ?? 0] ?? (reasonCode ? `reason ${String(reasonCode)}` : undefined);
  const words = [said, reasonString?.slice(0, 200)].filter((each) => each !== undefined && each !== '');
  return words.length === 0
    ? 'The broker closed the connection.'
    : `The broker closed the connection: ${words.join('; ')}.`;
}
