import { parse } from 'yaml';
import type { Language } from '../../../shared/citizens/language.ts';
import { countyPageSchema } from '../../../shared/public/countyPage.ts';
import type { CountyPage } from '../../../shared/public/countyPage.ts';

/** Names of the fields at the head of a page; systems that such pages come from call them differently. */
const fieldNames = {
  title: ['title', 'título', 'titulo'],
  owner: ['owner', 'contact', 'department', 'responsable'],
  date: ['date', 'updated', 'reviewed', 'fecha'],
  expires: ['expires', 'expiry', 'expiration', 'expire', 'valid_until', 'validUntil', 'review_by', 'vence'],
  link: ['link', 'url', 'href', 'source', 'enlace'],
} as const;

/** The head between two lines of three dashes, and what follows it. */
const PAGE = /^\uFEFF?(?:---[ \t]*\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$))?([\s\S]*)$/;

/** A value at the head as text. Beyond the core schema of YAML, a day would become a time in some zone. */
function headText(head: unknown, names: readonly string[]): string | undefined {
  if (typeof head !== 'object' || head === null) return undefined;
  const values = head as Record<string, unknown>;
  const value = names.map((name) => values[name]).find((each) => each !== undefined && each !== null);
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : undefined;
}

/** Reads a page of Markdown with a head of YAML. What is wrong with it is a sentence. */
export function parsePage(text: string, language: Language, id: string): CountyPage | { fault: string } {
  const [, yaml = '', body = ''] = PAGE.exec(text) ?? [];
  let head: unknown;
  try {
    head = parse(yaml);
  } catch (error) {
    return { fault: `Its head cannot be read: ${error instanceof Error ? error.message.split('\n')[0] : ''}` };
  }
  const heading = /^#\s+(.+)$/m.exec(body)?.[1]?.trim();
  const fields = Object.entries(fieldNames).flatMap(([field, names]) => {
    const value = headText(head, names);
    return value === undefined || value === '' ? [] : [[field, value] as const];
  });
  const page = countyPageSchema.safeParse({
    title: heading ?? id,
    ...Object.fromEntries(fields),
    language,
    id,
    text: body.trim(),
  });
  if (page.success) return page.data;
  const [issue] = page.error.issues;
  return { fault: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'It is not understood.'}` };
}
