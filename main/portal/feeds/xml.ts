import { escapeText } from '../html.ts';

/** An element of XML: a text, nothing, or further elements. */
export type XmlContent = string | number | null | undefined | readonly Xml[];
/** An element with its name, its attributes and what it contains. */
export type Xml = { name: string; attributes?: Readonly<Record<string, string>>; content?: XmlContent };

/** Makes an element. */
export const element = (name: string, content?: XmlContent, attributes?: Readonly<Record<string, string>>): Xml => ({
  name,
  content,
  ...(attributes !== undefined && { attributes }),
});

function textOf({ name, attributes = {}, content }: Xml): string {
  const head = Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${escapeText(value)}"`)
    .join('');
  if (content === undefined || content === null || content === '' || (Array.isArray(content) && content.length === 0))
    return `<${name}${head}/>`;
  const inner = typeof content === 'object' ? content.map(textOf).join('') : escapeText(String(content));
  return `<${name}${head}>${inner}</${name}>`;
}

/** A whole document. */
export const xmlDocument = (root: Xml): string => `<?xml version="1.0" encoding="utf-8"?>\n${textOf(root)}\n`;
