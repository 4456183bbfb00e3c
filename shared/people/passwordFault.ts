const FEWEST = 10;
const MOST = 200;
const FEWEST_DIFFERENT = 5;

/**
 * The normal form of a password, the same whatever keyboard and system it was typed with (NIST SP 800-63B, 3.1.1.2).
 */
export const normalPassword = (password: string): string => password.normalize('NFKC');

/**
 * What is wrong with a new password, in a sentence for the person, or undefined. The rules ask for length instead of
 * kinds of characters, and refuse what a guesser tries first (NIST SP 800-63B).
 */
export function passwordFault(password: string, name: string): string | undefined {
  const characters = Array.from(normalPassword(password));
  if (characters.length < FEWEST) return `A password has at least ${FEWEST} characters.`;
  if (characters.length > MOST) return `A password has at most ${MOST} characters.`;
  if (new Set(characters).size < FEWEST_DIFFERENT)
    return `A password has at least ${FEWEST_DIFFERENT} different characters.`;
  const [plain, plainName] = [normalPassword(password).toLowerCase(), name.trim().normalize('NFKC').toLowerCase()];
  if (plainName !== '' && plain.replaceAll(plainName, '').length < FEWEST / 2)
    return 'A password is more than the name.';
  return undefined;
}
