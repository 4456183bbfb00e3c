import { isClosed } from '../../../shared/citizens/serviceRequest.ts';
import { services, serviceOf } from '../../../shared/citizens/services.ts';
import type { Service } from '../../../shared/citizens/services.ts';
import type { OwnWords, PublicRequest } from '../../../shared/public/publicContract.ts';
import { element } from '../feeds/xml.ts';
import type { Xml } from '../feeds/xml.ts';
import { wordsOf } from '../words/words.ts';
import { fieldElements } from './answers.ts';

/** Changes with the list of services. */
const CHANGESET = '2026-12-01T00:00:00Z';
const words = wordsOf.en;

/** Where the API is, and who answers for it. */
export function discovery(base: string, countyName: string, isSimulated: boolean): { json: unknown; xml: Xml } {
  const [contact, keyService] = [
    `${countyName} operations center`,
    `The administrators of the ${countyName} operations center issue API keys.`,
  ];
  const endpoint = {
    specification: 'http://wiki.open311.org/GeoReport_v2',
    url: `${base}/v2`,
    changeset: CHANGESET,
    type: isSimulated ? 'test' : 'production',
  };
  const formats = ['text/xml', 'application/json'];
  return {
    json: { changeset: CHANGESET, contact, key_service: keyService, endpoints: [{ ...endpoint, formats }] },
    xml: element('discovery', [
      ...fieldElements({ changeset: CHANGESET, contact, key_service: keyService }),
      element('endpoints', [
        element('endpoint', [
          ...fieldElements(endpoint),
          element(
            'formats',
            formats.map((each) => element('format', each)),
          ),
        ]),
      ]),
    ]),
  };
}

const serviceFields = ({ code, name, description, attributes, keywords, group }: Service): ServiceFields => ({
  service_code: code,
  service_name: name.en,
  description: description.en,
  metadata: attributes.length > 0,
  type: 'realtime',
  keywords: keywords.join(','),
  group: group.en,
});
type ServiceFields = Record<string, string | boolean>;

/** All services. */
export const serviceList = (): { json: unknown; xml: Xml } => ({
  json: services.map(serviceFields),
  xml: element(
    'services',
    services.map((service) => element('service', fieldElements(serviceFields(service)))),
  ),
});

/** The questions of a service. */
export function definition({ code, attributes }: Service): { json: unknown; xml: Xml } {
  const rows = attributes.map(({ code: own, datatype, isRequired, question, values }, index) => ({
    fields: {
      variable: true,
      code: own,
      datatype,
      required: isRequired,
      datatype_description: null,
      order: index + 1,
      description: question.en,
    },
    values: values.map(({ key, name }) => ({ key, name: name.en })),
  }));
  return {
    json: { service_code: code, attributes: rows.map(({ fields, values }) => ({ ...fields, values })) },
    xml: element('service_definition', [
      element('service_code', code),
      element(
        'attributes',
        rows.map(({ fields, values }) =>
          element('attribute', [
            ...fieldElements(fields),
            element(
              'values',
              values.map((value) => element('value', fieldElements(value))),
            ),
          ]),
        ),
      ),
    ]),
  };
}

const w3c = (atMs: number): string => new Date(atMs).toISOString().replace(/\.\d+Z$/, 'Z');

/** A request as Open311 has it. `own`: what only the program that posted it gets. */
function requestFields(
  request: PublicRequest,
  own: OwnWords | undefined,
  countyName: string,
): Record<string, string | number | null> {
  const { number, state, reason, serviceCode, changedAtMs, receivedAtMs, expectedAtMs, road, lat, lon } = request;
  return {
    service_request_id: number,
    status: isClosed(state) ? 'closed' : 'open',
    status_notes: reason === undefined ? words.states[state] : `${words.states[state]}: ${reason}`,
    service_name: serviceOf(serviceCode).name.en,
    service_code: serviceCode,
    description: own?.text ?? request.releasedText ?? null,
    agency_responsible: countyName,
    service_notice: null,
    requested_datetime: w3c(receivedAtMs),
    updated_datetime: w3c(changedAtMs),
    expected_datetime: w3c(expectedAtMs),
    address: own?.address ?? (road === undefined ? null : `${words.nearRoad} ${road}`),
    address_id: null,
    zipcode: null,
    lat: own?.lat ?? lat ?? null,
    long: own?.lon ?? lon ?? null,
    media_url: null,
    // A finer state, which clients of the specification do not look for.
    extended_status: state,
  };
}

/** Requests. `owned`: what the program that asks posted itself, by number. */
export function requestList(
  requests: readonly PublicRequest[],
  owned: ReadonlyMap<string, OwnWords>,
  countyName: string,
): { json: unknown; xml: Xml } {
  const rows = requests.map((each) => requestFields(each, owned.get(each.number), countyName));
  return {
    json: rows,
    xml: element(
      'service_requests',
      rows.map((row) => element('request', fieldElements(row))),
    ),
  };
}

/** A list with one request of which only some fields are known. */
export const oneRequest = (fields: Readonly<Record<string, string | null>>): { json: unknown; xml: Xml } => ({
  json: [fields],
  xml: element('service_requests', [element('request', fieldElements(fields))]),
});
