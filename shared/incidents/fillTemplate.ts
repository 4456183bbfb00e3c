/** The names that a text of a playbook may contain in braces. */
const placeholders = ['id', 'title', 'place', 'type', 'priority', 'county', 'time'] as const;
type Placeholder = (typeof placeholders)[number];
/** The text that replaces each placeholder. */
export type TemplateFacts = Record<Placeholder, string>;

const isPlaceholder = (name: string): name is Placeholder => placeholders.some((known) => known === name);

const PLACEHOLDER = /\{([^{}]*)\}/g;

/** The names in braces that are no placeholders. */
export function unknownPlaceholders(text: string): string[] {
  return [...text.matchAll(PLACEHOLDER)].map(([, name = '']) => name).filter((name) => !isPlaceholder(name));
}

/** The text with its placeholders filled in; other names in braces stay, so that somebody sees them. */
export function fillTemplate(text: string, facts: TemplateFacts): string {
  return text.replaceAll(PLACEHOLDER, (whole, name: string) => (isPlaceholder(name) ? facts[name] : whole));
}
