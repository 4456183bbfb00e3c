/** The number of letters by which two words differ (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

const plain = (word: string): string => word.toLowerCase().replaceAll(/[\s_.-]/g, '');

/** One of the two begins with the other. */
const isPart = (a: string, b: string): boolean =>
  Math.min(a.length, b.length) >= 4 && (a.startsWith(b) || b.startsWith(a));

/** The known word that a word resembles, upper and lower case aside; undefined where none does. */
export function similarTo(word: string, known: readonly string[]): string | undefined {
  const given = plain(word);
  const [best] = known
    .map((each) => ({ each, away: distance(given, plain(each)) }))
    .filter(
      ({ each, away }) =>
        isPart(given, plain(each)) || away <= Math.max(1, Math.floor(Math.min(each.length, word.length) / 3)),
    )
    .sort((a, b) => a.away - b.away);
  return best?.each;
}

/** A question after a word that is not known: ` Did you mean \`lanes\`?`; empty where none resembles it. */
export function didYouMean(word: string, known: readonly string[]): string {
  const similar = similarTo(word, known);
  return similar === undefined ? '' : ` Did you mean \`${similar}\`?`;
}
