import type { Language } from '../../../shared/citizens/language.ts';
import type { CountyPage } from '../../../shared/public/countyPage.ts';
import type { Fact } from '../../../shared/public/fact.ts';
import type { LiveTopic } from './askedIntents.ts';
import type { NamedPlace } from './Places.ts';

/** What the assistant answers. Every word of it is a fixed one, or comes from the source that it names. */
export type Answer =
  | { kind: 'emergency' | 'refuse' | 'human' | 'hello' }
  /** Facts that are published. `silent`: since when the control room was not heard, UTC ms; undefined facts: never. */
  | {
      kind: 'live';
      topic: LiveTopic;
      place: NamedPlace | undefined;
      facts: readonly Fact[] | undefined;
      silentSinceMs: number | undefined;
    }
  | { kind: 'page'; page: CountyPage; sentences: readonly string[] }
  | { kind: 'task'; task: 'account' | 'follow' }
  | { kind: 'report'; serviceCode: string | undefined; words: string; address: string | undefined }
  /** Two things fit: the words by which each can be asked for. */
  | { kind: 'choose'; between: readonly ('live' | 'report' | 'account' | 'follow')[] }
  | { kind: 'unknown'; nearest: CountyPage | undefined };

/** A question, and what was said to it. */
export type Turn = { question: string; language: Language; answer: Answer; atMs: number };
