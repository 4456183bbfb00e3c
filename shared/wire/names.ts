/** Bytes of an id or another name, in UTF-8: no system that feeds a county has longer ones. */
export const MOST_NAME_BYTES = 200;
/** Bytes of a topic, in UTF-8. */
export const MOST_TOPIC_BYTES = 2048;

/** UTF-8 takes at most so many bytes for what JavaScript counts as one character. */
const BYTES_PER_UNIT = 3;
/** How much of a refused name a sentence repeats. */
const SHOWN = 40;

/**
 * Control characters, separators of lines, halves of characters, and what overrides the direction of writing: none of
 * them belongs in a name, and they could make a line of a log or a row of a screen say something else.
 */
const UNFIT = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]/u;
const EACH_UNFIT = new RegExp(UNFIT, 'gu');

function bytesOf(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return bytes;
}

/** Returns whether a text is longer in UTF-8 than so many bytes. */
export const isLonger = (text: string, bytes: number): boolean =>
  text.length > bytes || (text.length * BYTES_PER_UNIT > bytes && bytesOf(text) > bytes);

/** A name from outside as it may stand in a log: its beginning, with a question mark for each unfit character. */
export const shownName = (name: string): string => `"${name.slice(0, SHOWN).replaceAll(EACH_UNFIT, '?')}"`;

/** Says what is wrong with an id or another name, or undefined. `what` begins the sentence. */
export function nameFault(what: string, name: string): string | undefined {
  if (isLonger(name, MOST_NAME_BYTES))
    return `${what} ${shownName(name)}… is longer than ${String(MOST_NAME_BYTES)} bytes`;
  return UNFIT.test(name) ? `${what} ${shownName(name)} has control characters` : undefined;
}

/** Says what is wrong with an MQTT topic, whose levels are names, or undefined. */
export function topicFault(topic: string): string | undefined {
  if (isLonger(topic, MOST_TOPIC_BYTES))
    return `the topic ${shownName(topic)}… is longer than ${String(MOST_TOPIC_BYTES)} bytes`;
  for (const level of topic.split('/')) {
    const fault = nameFault('the topic level', level);
    if (fault !== undefined) return fault;
  }
  return undefined;
}
