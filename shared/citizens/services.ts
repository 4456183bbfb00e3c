import type { InBoth } from './language.ts';

/** A question that a service asks beyond place and words, as Open311 has it. */
export type ServiceAttribute = {
  code: string;
  datatype: 'string' | 'number' | 'datetime' | 'text' | 'singlevaluelist' | 'multivaluelist';
  isRequired: boolean;
  question: InBoth;
  /** What can be chosen, where it is a list. */
  values: readonly { key: string; name: InBoth }[];
};
/** What a citizen can ask for. `days`: within how many days the county promises an answer. */
export type Service = {
  code: string;
  group: InBoth;
  name: InBoth;
  description: InBoth;
  keywords: readonly string[];
  days: number;
  attributes: readonly ServiceAttribute[];
};

const roads: InBoth = { en: 'Roads', es: 'Calles y carreteras' };
const utilities: InBoth = { en: 'Water and power', es: 'Agua y electricidad' };
const transit: InBoth = { en: 'Buses', es: 'Autobuses' };
const others: InBoth = { en: 'Other', es: 'Otros' };

const choice = (
  code: string,
  isRequired: boolean,
  question: InBoth,
  values: Readonly<Record<string, InBoth>>,
): ServiceAttribute => ({
  code,
  datatype: 'singlevaluelist',
  isRequired,
  question,
  values: Object.entries(values).map(([key, name]) => ({ key, name })),
});

/** The services of the county. Reports of other systems name them by the same codes. */
export const services: readonly [Service, ...Service[]] = [
  {
    code: 'pothole',
    group: roads,
    name: { en: 'Pothole', es: 'Bache' },
    description: {
      en: 'A hole or a broken edge in a road or on a sidewalk.',
      es: 'Un hoyo o un borde roto en la calle o en la acera.',
    },
    keywords: ['pothole', 'road', 'sidewalk', 'bache', 'acera'],
    days: 14,
    attributes: [
      choice(
        'surface',
        false,
        { en: 'Where is the hole?', es: '¿Dónde está el hoyo?' },
        {
          lane: { en: 'In a lane', es: 'En un carril' },
          shoulder: { en: 'At the edge of the road', es: 'En el borde de la calle' },
          sidewalk: { en: 'On the sidewalk', es: 'En la acera' },
        },
      ),
    ],
  },
  {
    code: 'signal',
    group: roads,
    name: { en: 'Traffic signal or crosswalk button', es: 'Semáforo o botón de cruce' },
    description: {
      en: 'A signal that is dark, stuck or damaged, or a button that does nothing.',
      es: 'Un semáforo apagado, trabado o dañado, o un botón que no funciona.',
    },
    keywords: ['signal', 'traffic light', 'crosswalk', 'semáforo', 'cruce'],
    days: 2,
    attributes: [
      choice(
        'fault',
        true,
        { en: 'What is wrong?', es: '¿Qué pasa?' },
        {
          dark: { en: 'It is dark', es: 'Está apagado' },
          stuck: { en: 'It is stuck', es: 'Está trabado' },
          button: { en: 'The button does nothing', es: 'El botón no funciona' },
          damaged: { en: 'It is damaged', es: 'Está dañado' },
        },
      ),
    ],
  },
  {
    code: 'streetlight',
    group: roads,
    name: { en: 'Street light', es: 'Alumbrado público' },
    description: {
      en: 'A street light that is out, flickers or burns by day.',
      es: 'Una luz apagada, que parpadea o que está encendida de día.',
    },
    keywords: ['street light', 'lamp', 'alumbrado', 'farola'],
    days: 10,
    attributes: [],
  },
  {
    code: 'debris',
    group: roads,
    name: { en: 'Something on the road', es: 'Objeto en la calle' },
    description: {
      en: 'A branch, a load or another thing that lies on a road.',
      es: 'Una rama, una carga u otra cosa en la calle.',
    },
    keywords: ['debris', 'branch', 'obstacle', 'rama', 'obstáculo'],
    days: 1,
    attributes: [],
  },
  {
    code: 'flooding',
    group: roads,
    name: { en: 'Water on the road, blocked drain', es: 'Agua en la calle, desagüe tapado' },
    description: {
      en: 'A road or a path under water, or a storm drain that takes none.',
      es: 'Una calle o un camino con agua, o un desagüe que no traga.',
    },
    keywords: ['flooding', 'drain', 'inundación', 'desagüe'],
    days: 2,
    attributes: [],
  },
  {
    code: 'water',
    group: utilities,
    name: { en: 'Drinking water', es: 'Agua potable' },
    description: {
      en: 'Water that comes out of the ground, low pressure, or water that looks or smells wrong.',
      es: 'Agua que sale del suelo, poca presión, o agua con color u olor extraño.',
    },
    keywords: ['water', 'leak', 'pressure', 'agua', 'fuga', 'presión'],
    days: 2,
    attributes: [],
  },
  {
    code: 'power',
    group: utilities,
    name: { en: 'Electric power', es: 'Electricidad' },
    description: {
      en: 'No power, flickering lights, or damage to a line. Keep away from lines on the ground and call 911.',
      es: 'Sin luz, luces que parpadean o una línea dañada. Aléjese de los cables caídos y llame al 911.',
    },
    keywords: ['power', 'outage', 'electricity', 'luz', 'apagón', 'electricidad'],
    days: 1,
    attributes: [],
  },
  {
    code: 'transit',
    group: transit,
    name: { en: 'Bus or bus stop', es: 'Autobús o parada' },
    description: {
      en: 'A damaged stop, a missing sign, or trouble with a bus.',
      es: 'Una parada dañada, un letrero que falta, o un problema con un autobús.',
    },
    keywords: ['bus', 'stop', 'shelter', 'autobús', 'parada'],
    days: 7,
    attributes: [],
  },
  {
    code: 'other',
    group: others,
    name: { en: 'Something else', es: 'Otra cosa' },
    description: {
      en: 'Anything else that the county should know.',
      es: 'Cualquier otra cosa que el condado deba saber.',
    },
    keywords: ['other', 'otro'],
    days: 14,
    attributes: [],
  },
];

const byCode = new Map(services.map((service) => [service.code, service]));
const other = services.at(-1) ?? services[0];

/** The service of a code, or the last one, which takes everything else. */
export const serviceOf = (code: string): Service => byCode.get(code) ?? other;
/** Whether the county has a service of this code. */
export const hasService = (code: string): boolean => byCode.has(code);
