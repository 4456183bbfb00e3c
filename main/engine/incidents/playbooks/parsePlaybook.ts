import { LineCounter, isNode, parseDocument } from 'yaml';
import type { Document } from 'yaml';
import type { z } from 'zod';
import { playbookSchema } from '../../../../shared/incidents/playbook.ts';
import type { Playbook } from '../../../../shared/incidents/playbook.ts';
import { MOST_PLAYBOOK_CHARACTERS } from '../../../../shared/incidents/playbookState.ts';
import type { PlaybookFault } from '../../../../shared/incidents/playbookState.ts';

/** YAML aliases can expand a small file into an endless one. */
const MOST_ALIASES = 20;
const MOST_FAULTS = 20;

type Parsed = { playbook: Playbook } | { faults: PlaybookFault[] };

/** Reads a playbook (YAML 1.2, so JSON too). Faults are reported by line and column, both from 1; never throws. */
export function parsePlaybook(text: string): Parsed {
  if (text.length > MOST_PLAYBOOK_CHARACTERS)
    return {
      faults: [{ line: 1, column: 1, reason: `A playbook has ${MOST_PLAYBOOK_CHARACTERS} characters at most.` }],
    };
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const faultAt = (offset: number, reason: string): PlaybookFault => ({
    line: Math.max(1, lines.linePos(offset).line),
    column: Math.max(1, lines.linePos(offset).col),
    reason,
  });
  if (document.errors.length > 0)
    return { faults: document.errors.slice(0, MOST_FAULTS).map(({ pos, message }) => faultAt(pos[0], message)) };
  let content: unknown;
  try {
    content = document.toJS({ maxAliasCount: MOST_ALIASES });
  } catch (error) {
    return { faults: [faultAt(0, error instanceof Error ? error.message : String(error))] };
  }
  const checked = playbookSchema.safeParse(content);
  if (checked.success) return { playbook: checked.data };
  return {
    faults: checked.error.issues
      .slice(0, MOST_FAULTS)
      .map((issue) => faultAt(offsetOf(document, issue), reasonOf(issue))),
  };
}

/** The offset in the text of what an issue is about; where that is missing, the offset of what should hold it. */
function offsetOf(document: Document, issue: z.core.$ZodIssue): number {
  const path = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : issue.path;
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return document.contents?.range?.[0] ?? 0;
}

function reasonOf(issue: z.core.$ZodIssue): string {
  const place = issue.path.map((part) => (typeof part === 'number' ? `number ${part + 1}` : String(part))).join(', ');
  return place === '' ? issue.message : `${place}: ${issue.message}`;
}
