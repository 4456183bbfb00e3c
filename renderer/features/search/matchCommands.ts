/** Something that the palette can do. */
export type Command = { id: string; label: string; /** Its key outside the palette. */ shortcut?: string; run: () => void };

/** Commands with every word of the text in their label, those that begin with it first; all of them for an empty text. */
export function matchCommands(commands: readonly Command[], text: string): Command[] {
  const wanted = text.trim().toLowerCase();
  const words = wanted.split(/\s+/).filter((word) => word !== '');
  const begins = (command: Command): number => (command.label.toLowerCase().startsWith(wanted) ? 0 : 1);
  return commands.filter(({ label }) => words.every((word) => label.toLowerCase().includes(word))).sort((a, b) => begins(a) - begins(b));
}
