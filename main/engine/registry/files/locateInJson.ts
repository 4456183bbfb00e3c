/** Where a fault of the syntax is in a JSON text, from its beginning, and what is wrong there in words. */
export type SyntaxFault = { offset: number; what: string };

const isBlank = (sign: string | undefined): boolean => sign === ' ' || sign === '\n' || sign === '\r' || sign === '\t';

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (isBlank(text[at])) at++;
  return at;
}

function skipString(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}

/** The offset after a value, whatever it holds. */
function skipValue(text: string, from: number): number {
  if (text[from] === '"') return skipString(text, from);
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const sign = text[at];
    if (sign === '"') at = skipString(text, at) - 1;
    else if (sign === '{' || sign === '[') depth++;
    else if (sign === '}' || sign === ']') {
      if (depth === 0) return at;
      if (--depth === 0) return at + 1;
    } else if (depth === 0 && (sign === ',' || isBlank(sign))) return at;
  }
  return text.length;
}

/** The offset of an entry within a list or an object that begins at `from`; undefined where it has no such entry. */
function enter(text: string, from: number, part: string | number): number | undefined {
  const isObject = text[from] === '{';
  let at = skipBlanks(text, from + 1);
  for (let index = 0; at < text.length && text[at] !== '}' && text[at] !== ']'; index++) {
    let key: unknown = index;
    if (isObject) {
      const end = skipString(text, at);
      key = JSON.parse(text.slice(at, end));
      at = skipBlanks(text, skipBlanks(text, end) + 1);
    }
    if (key === part) return at;
    at = skipBlanks(text, skipValue(text, at));
    if (text[at] === ',') at = skipBlanks(text, at + 1);
  }
  return undefined;
}

/** The offset of the value at a path of a valid JSON text, or of the nearest thing around it. */
export function locateInJson(text: string, path: readonly (string | number)[]): number {
  let at = skipBlanks(text, 0);
  for (const part of path) {
    const next = text[at] === '{' || text[at] === '[' ? enter(text, at, part) : undefined;
    if (next === undefined) return at;
    at = next;
  }
  return at;
}

/** What is wrong by the parser's message, and what it means in words. */
const words: readonly (readonly [RegExp, string])[] = [
  [/Expected ',' or '[}\]]'/, 'a comma or the closing bracket is missing'],
  [/Expected ':'/, 'a colon is missing after the name'],
  [/Unterminated string|Bad control character/, 'a text has no closing quotation mark'],
  [/Bad escaped character/, 'a backslash within a text is written twice'],
  [/number|fraction|exponent/i, 'a number is written wrongly'],
  [/after JSON/, 'the file should end here'],
  [/Unexpected end/, 'the file ends before its last bracket is closed'],
];

/** Explains why a text is no JSON. `message`: what the parser said of it. */
export function explainJsonError(text: string, message: string): SyntaxFault {
  const found = /position (\d+)/.exec(message)?.[1];
  const offset = found === undefined ? text.length : Number(found);
  const rest = text.slice(offset);
  if (/^\s*(?:\/\/|\/\*|#)/.test(rest))
    return { offset, what: 'JSON has no comments; write a key "//" with the remark' };
  if (/^[}\]]/.test(rest)) return { offset, what: 'there is a comma too many before this bracket' };
  if (/^[\p{L}'“„]/u.test(rest)) return { offset, what: 'a word stands here without quotation marks (")' };
  return { offset, what: words.find(([pattern]) => pattern.test(message))?.[1] ?? 'something does not belong here' };
}
