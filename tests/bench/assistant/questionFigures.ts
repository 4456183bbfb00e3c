import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readPages } from '../../../main/engine/portal/readPages.ts';
import { namesOf } from '../../../main/engine/portal/namesOf.ts';
import { readCounty } from '../../../main/engine/registry/loadCounty.ts';
import type { Answer, Turn } from '../../../main/portal/assistant/Answer.ts';
import { answerPart } from '../../../main/portal/assistant/answerParts.ts';
import { Assistant } from '../../../main/portal/assistant/Assistant.ts';
import { plainParagraphs } from '../../../main/portal/assistant/CountyPages.ts';
import { foldText } from '../../../main/portal/assistant/foldText.ts';
import { loadSentenceVectors } from '../../../main/portal/assistant/sentenceVectors.ts';
import { html } from '../../../main/portal/html.ts';
import { contextOf } from '../../../main/portal/pages/layout.ts';
import type { CountyPage, PlaceNames } from '../../../shared/public/countyPage.ts';
import type { Fact } from '../../../shared/public/fact.ts';
import { generateCounty } from '../../../simulators/county/generateCounty.ts';
import { writeCounty } from '../../../simulators/county/writeCounty.ts';
import type { Figures } from '../bench.ts';

const expected = ['page', 'live', 'account', 'report', 'human', 'unknown', 'emergency', 'refuse'] as const;
type Expected = (typeof expected)[number];
const questionSchema = z.object({
  id: z.string(),
  lang: z.enum(['en', 'es']),
  text: z.string().optional(),
  turns: z.array(z.string()).optional(),
  expect: z.enum(expected),
  topic: z.string().optional(),
  has: z.union([z.string(), z.array(z.string())]).optional(),
});
type Question = z.infer<typeof questionSchema>;
/** `kind`: as the questions name it. `text`: the answer as it is read. */
type Asked = { question: Question; answer: Answer; kind: string; text: string; ms: number; isFound: boolean };

const NOW_MS = Date.UTC(2026, 5, 1, 17);
const present = { silentSinceMs: undefined, nowMs: NOW_MS, day: '2026-06-01' };
const [SEED, SCALE] = [1, 0.1];

/** Facts about the first places of the county; the others have none. */
function factsOf({ roads, zones, routes }: PlaceNames): Fact[] {
  const times = { sinceMs: NOW_MS - 3_600_000, changedAtMs: NOW_MS - 600_000 };
  const common = { roads: [], routes: [], line: [], ...times };
  return [
    { ...common, id: '1/closure/1', kind: 'closure', incident: 'crash', roads: roads.slice(0, 1) },
    { ...common, id: '2', kind: 'incident', incident: 'congestion', roads: roads.slice(1, 2) },
    {
      ...common,
      id: '3',
      kind: 'outage',
      incident: 'powerOutage',
      customers: 212,
      ...(zones[0] && { zone: zones[0] }),
    },
    { ...common, id: '4/alert/1', kind: 'service', incident: 'transit', routes: routes.slice(0, 1) },
    { ...common, id: '5', kind: 'water', incident: 'waterMain', roads: roads.slice(2, 3) },
  ];
}

type Fill = (text: string) => string;
/** Puts names of the county in the place of {street} and the like: each question has others. */
function fillWith({ roads, stops, zones, routes }: PlaceNames, number: number, lang: 'en' | 'es'): Fill {
  const pick = (names: readonly string[]): string => names[number % Math.max(1, names.length)] ?? '';
  const word = lang === 'en' ? 'route' : 'la ruta';
  return (text) =>
    text
      .replaceAll(/(\b(?:route|bus|line|ruta|autob[uú]s|l[ií]nea|cami[oó]n) )\{route\}/gi, `$1${pick(routes)}`)
      .replaceAll('{route}', `${word} ${pick(routes)}`)
      .replaceAll(/\{(?:street|road)\}/g, pick(roads))
      .replaceAll('{stop}', pick(stops))
      .replaceAll(/\{(?:zone|place|area)\}/g, pick(zones));
}

const kindOf = (answer: Answer): string =>
  answer.kind === 'task' ? (answer.task === 'follow' ? 'report' : answer.task) : answer.kind;
const plain = (text: string): string => foldText(text).replaceAll(/\b(?:la ruta|route) /g, '');

/** Whether an answer says something that its source does not: a quote that is none, or a fact that is not published. */
function isUnsupported(answer: Answer, facts: readonly Fact[], pages: readonly CountyPage[]): boolean {
  if (answer.kind === 'live') return answer.facts?.some((fact) => !facts.includes(fact)) === true;
  if (answer.kind !== 'page') return false;
  const { page, sentences } = answer;
  const text = plainParagraphs(page.text).join(' ');
  return !pages.includes(page) || sentences.some((sentence) => !text.includes(sentence));
}

const share = (all: readonly Asked[], isRight: (asked: Asked) => boolean): number =>
  all.length === 0 ? 1 : Math.round((1000 * all.filter(isRight).length) / all.length) / 1000;

function figuresOf(asked: readonly Asked[]): Record<string, number> {
  const isKind = ({ question, kind }: Asked): boolean => question.expect === kind;
  const isRight = (each: Asked): boolean => {
    const { question, answer, isFound } = each;
    const isTopic = question.topic === undefined || answer.kind !== 'page' || answer.page.id === question.topic;
    return isKind(each) && isTopic && isFound;
  };
  const of = (expect: Expected): Asked[] => asked.filter(({ question }) => question.expect === expect);
  const times = asked.map(({ ms }) => ms).sort((a, b) => a - b);
  return {
    questions: asked.length,
    intentAccuracy: share(
      asked.filter(({ question }) => question.expect !== 'unknown'),
      isKind,
    ),
    outOfScopeRecall: share(of('unknown'), isKind),
    pageRight: share(of('page'), isRight),
    liveRight: share(of('live'), isRight),
    unknownRight: share(of('unknown'), isRight),
    emergencyRight: share(of('emergency'), isRight),
    refuseRight: share(of('refuse'), isRight),
    medianMs: Math.round((times[times.length >> 1] ?? 0) * 10) / 10,
  };
}

type Setting = { assistant: Assistant; names: PlaceNames; facts: readonly Fact[]; pages: readonly CountyPage[] };

/** Asks the turns of a question one after the other; the last answer is the one that counts. */
async function ask(question: Question, number: number, { assistant, names, facts, pages }: Setting): Promise<Asked> {
  const fill = fillWith(names, number, question.lang);
  const turns: Turn[] = [];
  let ms = 0;
  for (const text of question.turns ?? [question.text ?? '']) {
    const startedAt = performance.now();
    turns.push(await assistant.answer(fill(text), question.lang, turns, { ...present, facts }));
    ms = performance.now() - startedAt;
  }
  const turn = turns.at(-1);
  if (turn === undefined) throw new Error(`The question ${question.id} has no text.`);
  const context = contextOf(turn.language, undefined, NOW_MS);
  const text = html`${answerPart(turn.answer, pages, context)}`.text.replaceAll(/<[^>]*>/g, ' ');
  const wanted = [question.has ?? []].flat().map(fill);
  const isFound = wanted.every((each) => plain(text).includes(plain(each)));
  return { question, answer: turn.answer, kind: kindOf(turn.answer), text, ms, isFound };
}

async function openSetting(folder: string, pagesFolder: string): Promise<Setting> {
  const dir = join(folder, 'county');
  await writeCounty(dir, generateCounty(SEED, SCALE));
  const { county } = await readCounty(dir, NOW_MS);
  if (county === undefined) throw new Error('The simulated county cannot be read.');
  const { pages, faults } = await readPages(pagesFolder === '' ? join(dir, 'pages') : pagesFolder);
  for (const { file, reason } of faults) process.stderr.write(`${file} is left out: ${reason}\n`);
  const names = namesOf(county);
  return { assistant: await Assistant.learn(pages, names, loadSentenceVectors), names, facts: factsOf(names), pages };
}

/** Asks the assistant a set of questions, each in a conversation of its own. */
export async function questionFigures(
  paths: { folder: string; pages: string; questions: string },
  say: (line: string) => void,
): Promise<Figures> {
  const lines = readFileSync(paths.questions, 'utf8').split('\n');
  const questions = lines.filter((line) => line.trim() !== '').map((line) => questionSchema.parse(JSON.parse(line)));
  const setting = await openSetting(paths.folder, paths.pages);
  const asked: Asked[] = [];
  for (const [number, question] of questions.entries()) asked.push(await ask(question, number, setting));
  for (const { question, kind, answer, isFound } of asked) {
    const page = answer.kind === 'page' ? answer.page.id : '';
    const isTopic = question.topic === undefined || page === question.topic;
    if (question.expect !== kind || !isTopic || !isFound)
      say(
        `${question.id} ${question.expect} ${question.topic ?? ''} <> ${kind} ${page}: ${question.text ?? question.turns?.join(' / ') ?? ''}`,
      );
  }
  const unsupported = asked.filter(({ answer }) => isUnsupported(answer, setting.facts, setting.pages)).length;
  const byLanguage = Object.fromEntries(
    (['en', 'es'] as const).map((lang) => [lang, figuresOf(asked.filter(({ question }) => question.lang === lang))]),
  );
  const figures = { ...figuresOf(asked), unsupported };
  for (const [name, value] of Object.entries(figures)) say(`${name.padEnd(24)} ${String(value)}`);
  return { ...figures, byLanguage };
}
