/** What people ask the assistant for. `unknown` is what the county has nothing to do with. */
export const askedIntents = [
  'live.outage',
  'live.water',
  'live.road',
  'live.bus',
  'live.all',
  'account',
  'report',
  'follow',
  'human',
  'refuse',
  'emergency',
  'page',
  'unknown',
  'hello',
] as const;
/** One of these. */
export type AskedIntent = (typeof askedIntents)[number];
/** Examples of each, one per line. */
export type IntentTexts = Readonly<Record<AskedIntent, string>>;
/** The kinds of facts that a question about now can be about. */
export type LiveTopic = Extract<AskedIntent, `live.${string}`>;

/** Whether it is a question about now. */
export const isLive = (intent: AskedIntent): intent is LiveTopic => intent.startsWith('live.');
