import { MOST_ADDRESS, MOST_WORDS } from '../../shared/citizens/serviceRequest.ts';
import { serviceOf } from '../../shared/citizens/services.ts';
import type { Service } from '../../shared/citizens/services.ts';
import type { Language } from '../../shared/citizens/language.ts';
import type { PublicMessage, QuestionInput } from '../../shared/public/publicContract.ts';
import type { Words } from './words/words.ts';

/** The fields of a form as they came: each is one text, or several where it was sent several times. */
export type Fields = Readonly<Record<string, unknown>>;
/** What a citizen wants to say, as the engine takes it. */
export type Submission = Omit<QuestionInput<'request.submit'>, 'channel' | 'apiKey'>;
/** What is wrong with a field, in a sentence. */
export type FieldFault = { field: string; sentence: string };
type Read = { submission: Submission } | { faults: FieldFault[] };

/** A county ends at a line on a map, and what is reported may lie beside it. */
const MARGIN_DEGREES = 0.02;

/** One text of a form; empty where it is absent. */
export function fieldText(fields: Fields, name: string): string {
  const value = fields[name];
  return typeof value === 'string' ? value.trim() : '';
}

/** All texts of a field that may be sent several times. */
export function fieldTexts(fields: Fields, name: string): string[] {
  const value = fields[name];
  const all: unknown[] = Array.isArray(value) ? value : [value];
  return all.filter((each): each is string => typeof each === 'string' && each.trim() !== '');
}

/** A number as people write it, also with a comma; undefined for anything else. */
function coordinate(text: string, most: number): number | undefined {
  if (!/^[+-]?\d{1,3}(?:[.,]\d{1,12})?$/.test(text)) return undefined;
  const value = Number(text.replace(',', '.'));
  return Math.abs(value) <= most ? value : undefined;
}

type Place = { lon: number; lat: number };

/** The place in a form: degrees, nothing, or what is wrong with it. */
export function readPlace(
  latText: string,
  lonText: string,
  county: PublicMessage<'county'> | undefined,
): Place | 'none' | 'unreadable' | 'outside' {
  if (latText === '' && lonText === '') return 'none';
  const [lat, lon] = [coordinate(latText, 90), coordinate(lonText, 180)];
  if (lat === undefined || lon === undefined) return 'unreadable';
  const [west, south, east, north] = county?.bounds ?? [-180, -90, 180, 90];
  const isInside =
    lon >= west - MARGIN_DEGREES &&
    lon <= east + MARGIN_DEGREES &&
    lat >= south - MARGIN_DEGREES &&
    lat <= north + MARGIN_DEGREES;
  return isInside ? { lon, lat } : 'outside';
}

/** Whether a value can be given for an attribute. */
const isChoice = ({ values }: Service['attributes'][number], value: string): boolean =>
  values.length === 0 ? value.length <= 500 : values.some(({ key }) => key === value);

/** The answers to a service's questions, or the codes of those that are missing or wrong. */
export function readAttributes(
  service: Service,
  valuesOf: (code: string) => string[],
): { attributes: { code: string; values: string[] }[]; wrong: string[] } {
  const wrong: string[] = [];
  const attributes = service.attributes.flatMap((attribute) => {
    const { code, isRequired, datatype } = attribute;
    const values = valuesOf(code);
    const isWrong =
      (isRequired && values.length === 0) ||
      (values.length > 1 && datatype !== 'multivaluelist') ||
      !values.every((value) => isChoice(attribute, value));
    if (isWrong) wrong.push(code);
    return values.length === 0 ? [] : [{ code, values }];
  });
  return { attributes, wrong };
}

/** Reads the form of a report. What is wrong with it is said in the language of the form. */
export function readReport(
  code: string,
  fields: Fields,
  language: Language,
  words: Words,
  county: PublicMessage<'county'> | undefined,
): Read {
  const service = serviceOf(code);
  const [text, address] = [fieldText(fields, 'words'), fieldText(fields, 'address')];
  const place = readPlace(fieldText(fields, 'lat'), fieldText(fields, 'long'), county);
  const { attributes, wrong } = readAttributes(service, (each) => fieldTexts(fields, `attribute-${each}`));
  const faults: FieldFault[] = [];
  const add = (field: string, sentence: string): void => void faults.push({ field, sentence });
  if (address.length > MOST_ADDRESS) add('address', words.faults.address);
  if (place === 'none' && address === '') add('address', words.faults.place);
  if (place === 'unreadable') add('lat', words.faults.coordinates);
  if (place === 'outside') add('lat', words.faults.outside(county?.name ?? ''));
  for (const { code: each, question } of service.attributes)
    if (wrong.includes(each)) add(`attribute-${each}`, words.faults.attribute(question[language]));
  if (text === '') add('words', words.faults.words);
  if (text.length > MOST_WORDS) add('words', words.faults.tooLong);
  if (faults.length > 0) return { faults };
  return {
    submission: {
      serviceCode: service.code,
      text,
      language,
      ...(address !== '' && { address }),
      ...(typeof place === 'object' && place),
      ...(attributes.length > 0 && { attributes }),
    },
  };
}
