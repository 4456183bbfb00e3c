/**
 * Control characters other than tab and line breaks, and the characters that change the direction of reading: with them
 * a text can show other than it says.
 */
const HIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u061C\u202A-\u202E\u2066-\u2069]/g;

/** A text without control characters and without changes of the direction of reading. */
export const withoutHidden = (text: string): string => text.replace(HIDDEN, '');
