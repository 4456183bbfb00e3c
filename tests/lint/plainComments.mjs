// @ts-check
/** Words that a stranger stumbles over in a comment, each with what to say in its place. */
const instead = {
  'tell|tells|told|telling': 'report, publish, notify, say or know',
  'deed|deeds': 'action',
  'stranger|strangers': 'unknown device, or unknown workstation',
  anew: 'again',
  'book|books': 'the name of the class',
  whoever: 'the person, or the workstation, that',
  'thereby|hereof|whence|hither|henceforth|aught|amiss': 'a plain word',
  sick: 'faulty',
  'obey|obeys|obeyed': 'carry out',
  'twin|twins': 'copy',
  'stumble|stumbles|stumbled': 'fail',
  'lay|lays|laid': 'put, or place',
};
const bannedWords = Object.entries(instead).map(([words, better]) => ({
  pattern: new RegExp(`\\b(?:${words})\\b`, 'i'),
  better,
}));
/** "A row a feed" reads like a riddle; "a row per feed" does not. */
const rate =
  /\b(?:an?|one|once|two|\d[\d,]*) (?:\w+ )?a (?:second|minute|hour|day|row|feed|series|sample|tick|message|screen)\b/i;
const LONGEST = 120;

/** @type {import('eslint').Rule.RuleModule} */
const plain = {
  meta: {
    type: 'suggestion',
    schema: [],
    messages: {
      word: 'Say "{{better}}" in place of "{{word}}": a comment is read by people who know the field, not the project.',
      rate: 'Say "per" in "{{word}}".',
      long: 'Lines of comments have at most {{most}} columns.',
    },
  },
  create: (context) => ({
    Program() {
      for (const comment of context.sourceCode.getAllComments()) {
        const { loc } = comment;
        if (loc === null || loc === undefined) continue;
        // Names of code are not words, and a phrase may go on in the next line.
        const value = comment.value.replaceAll(/`[^`]*`/g, '').replaceAll(/\s*\n\s*\*?\s*/g, ' ');
        for (const { pattern, better } of bannedWords) {
          const word = pattern.exec(value)?.[0];
          if (word !== undefined) context.report({ loc, messageId: 'word', data: { word, better } });
        }
        const riddle = rate.exec(value)?.[0];
        if (riddle !== undefined) context.report({ loc, messageId: 'rate', data: { word: riddle } });
        for (let line = loc.start.line; line <= loc.end.line; line++)
          if ((context.sourceCode.lines[line - 1] ?? '').length > LONGEST)
            context.report({ loc, messageId: 'long', data: { most: String(LONGEST) } });
      }
    },
  }),
};

/** A lint plugin of the project: comments in words that a stranger understands at first reading. */
export const plainComments = { rules: { plain } };
