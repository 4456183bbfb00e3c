/**
 * The endings of each type of file that may be attached; the first one is given, and another one of the list is kept.
 * Text has no ending that a program takes for commands or formulas.
 */
const endings: Readonly<Record<string, readonly [string, ...string[]]>> = {
  'image/jpeg': ['jpg', 'jpeg'],
  'image/png': ['png'],
  'image/webp': ['webp'],
  'image/gif': ['gif'],
  'image/heic': ['heic'],
  'application/pdf': ['pdf'],
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ['docx'],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['xlsx'],
  'application/vnd.oasis.opendocument.text': ['odt'],
  'application/vnd.oasis.opendocument.spreadsheet': ['ods'],
  'text/plain': ['txt', 'log', 'md'],
};

/** What Windows takes for a device, whatever follows. */
const DEVICE_NAME = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i;
/** A dot and what looks like the type of a file; a version such as `.2` does not. */
const ENDING = /\.\s*([a-z][a-z0-9_-]{0,9})$/i;
const MOST_CHARACTERS = 120;

/** Removes all endings: the last one follows the content, and one before it would only mislead. */
function stemOf(name: string): string {
  const stem = name.replace(ENDING, '').replace(/[. ]+$/, '');
  return stem === name ? stem : stemOf(stem);
}

/**
 * The name under which an attachment is shown and saved, whatever its sender called it: in one line, without folders,
 * control characters and characters that change the direction of reading, and with the ending of what its content is
 * (`mediaType`). A type that is not known here gets `.bin`, which nothing opens.
 */
export function attachmentName(name: string, mediaType: string): string {
  const known = endings[mediaType] ?? ['bin'];
  const plain = name
    .normalize('NFC')
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '')
    .replace(/^.*[/\\]/, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/\s+/g, ' ')
    .replace(/[. ]+$/, '')
    .replace(/^[. ]+/, '');
  const given = ENDING.exec(plain)?.[1]?.toLowerCase() ?? '';
  const stem = Array.from(stemOf(plain))
    .slice(0, MOST_CHARACTERS)
    .join('')
    .replace(/[. ]+$/, '');
  const whole = stem === '' ? 'file' : DEVICE_NAME.test(stem) ? `_${stem}` : stem;
  return `${whole}.${known.includes(given) ? given : known[0]}`;
}
