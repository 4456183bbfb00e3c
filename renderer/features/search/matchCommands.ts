/** A command of the palette; `refusal` says why it cannot be given now. */
export type Command = {
  id: string;
  label: string;
  refusal?: string;
  /** The command's key outside the palette. */ shortcut?: string;
  run: () => void;
};

/**
 * The commands of whose label every word of the text begins a word, those that begin with the text first; all commands
 * for an empty text.
 */
export function matchCommands(commands: readonly Command[], text: string): Command[] {
  const wanted = text.trim().toLowerCase();
  const words = wanted.split(/\s+/).filter((word) => word !== '');
  const begins = (command: Command): number => (command.label.toLowerCase().startsWith(wanted) ? 0 : 1);
  const hasWord = (label: string, start: string): boolean =>
    label
      .toLowerCase()
      .split(/\W+/)
      .some((word) => word.startsWith(start));
  return commands
    .filter(({ label }) => words.every((word) => hasWord(label, word)))
    .sort((a, b) => begins(a) - begins(b));
}
