import type { Commodity } from '../county/county.ts';

/**
 * Where a status word is shown. `alarm`: it raises an alarm or is part of one; `list`: an item of the work list;
 * `meter`: the meter's page alone.
 */
type Shown = 'alarm' | 'list' | 'meter';

type Meaning = {
  /** The reason in the work list and on the meter's page. */
  says: string;
  shown: Shown;
  /** What is to be done; empty where nothing is. */
  task: string;
  /** Words of real devices, as their feeds write them. */
  words: readonly string[];
  /**
   * Finds further words of this meaning, written in small letters with single hyphens between their parts. The first
   * meaning whose pattern matches counts.
   */
  pattern?: RegExp;
};

/**
 * Every meaning that a status word of a meter, feeder or zone can have, with what follows from it. Docs and work list
 * are made from this table, most serious meanings first after those that mean nothing now. A word of no meaning is
 * listed as unknown.
 */
export const statusMeanings = {
  notNow: {
    says: 'was so in the past, or leaves open whether it is so',
    shown: 'meter',
    task: '',
    words: [
      'PREV_LEAKAGE',
      'LEAKAGE_PREVIOUSLY',
      'TAMPER_PREV_MONTH',
      'NO_FLOW_PREV_MONTH',
      'LEAKAGE_OR_NO_USAGE',
      'prevLeak',
      'outageInPastIntervals',
      'PREV_MINIMUM_FLOW',
    ],
    pattern: /prev|hist|past|no-?usage|^no-|not-/,
  },
  information: {
    says: 'is no trouble',
    shown: 'meter',
    task: '',
    words: [
      'OK',
      'no_alarm',
      'NO_FLOW',
      'NO_FLOW_THIS_MONTH',
      'UNDERFLOW',
      'MINIMUM_FLOW',
      'SUMMER_TIME',
      'THREE_PHASE_METER',
      'BUSY',
      'P_PROCESSOR_RESET',
      'RESET',
    ],
    pattern: /^(ok|busy|underflow|minimum-flow|summer-time|winter-time|(single|three)-phase-meter|(processor-)?reset)$/,
  },
  breakerOpen: {
    says: 'The breaker is open',
    shown: 'alarm',
    task: 'Send a line crew.',
    words: ['breakerOpen', 'BREAKER_OPENED'],
    pattern: /^breaker-?open(ed)?$/,
  },
  breakerClosed: {
    says: 'The breaker is closed',
    shown: 'meter',
    task: '',
    words: ['breakerClosed', 'BREAKER_CLOSE'],
    pattern: /^breaker-?closed?$/,
  },
  lastGasp: {
    says: 'Without power',
    shown: 'alarm',
    task: 'Compare with calls; send a line crew.',
    words: ['lastGasp', 'LAST_GASP', 'POWER_OUTAGE', 'POWER_FAIL'],
    pattern: /last-?gasp|power-?(outage|fail)/,
  },
  powerRestored: {
    says: 'Power is back',
    shown: 'meter',
    task: '',
    words: ['powerRestored', 'POWER_UP'],
    pattern: /power-?(restored|up)\b/,
  },
  phaseLost: {
    says: 'A phase has lost its voltage',
    shown: 'alarm',
    task: 'Send a line crew.',
    words: ['phaseLost', 'PHASE_LOSS', 'MISSING_PHASE', 'L2_VOLTAGE_LOST'],
    pattern: /phase-?(l?[123]-?)?(lost|loss|missing|fail)|(lost|loss-of|missing)-?phase|voltage-?(lost|missing|loss)/,
  },
  tamper: {
    says: 'Tampered with: an opened cover, a magnet or a broken seal',
    shown: 'list',
    task: 'Have revenue protection inspect it.',
    words: ['tamper', 'SABOTAGE_ENCLOSURE', 'SEAL_BROKEN', 'COVER_OPEN', 'FRAUD', 'MAGNET', 'MANIPULATION'],
    pattern: /tamper|sabotage|fraud|manipulat|magnet|seal-?broken|(cover|case|terminal|enclosure|lid)-?(is-)?open/,
  },
  removed: {
    says: 'Taken off: the meter, or its radio module',
    shown: 'list',
    task: 'Have revenue protection inspect it.',
    words: ['MODULE_REMOVED', 'METER_REMOVED', 'REMOVAL'],
    pattern: /remov(ed|al)|dismount|unmount|demount/,
  },
  reverseFlow: {
    says: 'Water: flowed back towards the network. Electricity: fed in, which is generation',
    shown: 'list',
    task: 'Water: have the backflow preventer checked, for hygiene.',
    words: [
      'reverseFlow',
      'WRONG_FLOW_DIRECTION',
      'REVERSE_FLOW',
      'BACKFLOW',
      'back_flow',
      'REVERSED',
      'REVERSE_THIS_MONTH',
    ],
    // "PHASE_SEQUENCE_REVERSED" is about the wiring, so the last part must match the whole word.
    pattern:
      /(wrong|reverse|backward|negative)-?flow|flow-?(reverse|backward)|back-?flow|^reversed?(-this-month)?$|^(energy-)?(export|generation|feed-?in)/,
  },
  burst: {
    says: 'Says that a pipe has burst',
    shown: 'alarm',
    task: 'Tell the customer today.',
    words: ['burst', 'BURST', 'PIPE_BURST', 'BURSTING'],
    pattern: /burst/,
  },
  leak: {
    says: 'Says that water leaks',
    shown: 'list',
    task: 'Tell the customer.',
    words: ['leak', 'LEAKAGE', 'LEAK_FLOW_HIGH', 'LEAK_FLOW_LOW', 'PERMANENT_LEAK', 'T_LEAKAGE'],
    pattern: /leak/,
  },
  frost: {
    says: 'Near freezing',
    shown: 'list',
    task: 'Tell the customer today: the pipe may freeze.',
    words: ['FROST', 'FROST_RISK', 'FREEZING', 'LOW_TEMPERATURE'],
    pattern: /frost|freez|ice-|(low|cold)-?temp/,
  },
  flooded: {
    says: 'Under water',
    shown: 'list',
    task: 'Have the meter pit looked at.',
    words: ['submarine', 'FLOODED'],
    pattern: /submarine|submerged|flood/,
  },
  air: {
    says: 'Air in the pipe',
    shown: 'list',
    task: 'Have the connection vented; the register counts air.',
    words: ['AIR', 'AIR_IN_PIPE', 'BUBBLES'],
    pattern: /^air\b|air-in|bubble/,
  },
  dry: {
    says: 'No water in the pipe',
    shown: 'list',
    task: 'Find out whether the supply is shut off; otherwise inspect the meter.',
    words: ['dry', 'DRY', 'EMPTY_PIPE'],
    pattern: /^dry$|dry-?(pipe|run)|empty-?pipe|pipe-?empty/,
  },
  blocked: {
    says: 'The meter does not turn',
    shown: 'list',
    task: 'Plan an exchange.',
    words: ['METER_BLOCKED', 'BLOCKED', 'STUCK'],
    pattern: /block(ed|age)|stuck|jammed/,
  },
  highFlow: {
    says: 'More flow than the meter can measure',
    shown: 'list',
    task: 'Check the size of the meter, and what the customer draws.',
    words: ['OVERFLOW', 'OVERLOAD', 'FLOW_TOO_HIGH', 'Q4_EXCEEDED'],
    pattern: /over-?(flow|load|current)|(flow|current)-?(is-)?(too-)?high|high-?(flow|current)|exceeded/,
  },
  batteryLow: {
    says: 'The battery is nearly empty',
    shown: 'list',
    task: 'Exchange the battery or the meter.',
    words: ['batteryLow', 'POWER_LOW', 'LOW_BATTERY', 'BATTERY_END_OF_LIFE', 'BATTERY_VOLTAGE_ERROR', 'BATTERY'],
    pattern: /battery|power-?low|low-?power/,
  },
  clock: {
    says: 'The clock of the meter is wrong',
    shown: 'list',
    task: 'Set the clock: times of use are billed by it.',
    words: ['RTC_ERROR', 'CLOCK_ERROR', 'P_CLOCK_HAND_ERROR', 'INVALID_TIME'],
    pattern: /\brtc\b|clock|(invalid|wrong)-?(date|time)|(date|time)-?(invalid|wrong|error)/,
  },
  wiring: {
    says: 'Wired wrongly',
    shown: 'list',
    task: 'Send a technician: consumption is measured wrongly.',
    words: [
      'CODE_203_PHASE_SEQUENCE_REVERSED',
      'CODE_204_TOTAL_ACTIVE_ENERGY_NEGATIVE_DUE_TO_INCORRECT_V_OR_A_CONNECTIONS',
    ],
    pattern: /phase-?sequence|(incorrect|wrong).*connection|wiring/,
  },
  permanentError: {
    says: 'A permanent error, or a broken part of the meter',
    shown: 'list',
    task: 'Plan an exchange.',
    words: [
      'PERMANENT_ERROR',
      'CODE_101_EEPROM_ERROR',
      'SW_ERROR',
      'CRC_ERROR',
      'SENSOR_ERROR',
      'MEASUREMENT_ERROR',
      'MEASUREMENT',
      'HF',
      'P_MBUS_DISCONNECTED',
      'P_DETECTION_WITHOUT_CHANGES',
    ],
    pattern:
      /permanent-?(error|fault)|(eeprom|memory|ram|rom|flash|sw|hw|software|hardware|crc|sensor|measurement|transducer|system|mbus|processor)-?(error|fault|fail|defect|disconnected)|^(hf|measurement|defect|detection-without-changes)$/,
  },
  temporaryError: {
    says: 'A temporary error',
    shown: 'list',
    task: 'Inspect the meter if it lasts.',
    words: ['TEMPORARY_ERROR'],
    pattern: /temporary-?(error|fault)/,
  },
  generalAlarm: {
    says: 'An alarm or error that the device does not name',
    shown: 'list',
    task: 'Read the meter’s own list of alarms.',
    words: ['ALARM', 'general_alarm', 'ERROR'],
    pattern: /^((general|any)-)?(alarm|error)$/,
  },
  offline: {
    says: 'Its gateway says that it is not connected',
    shown: 'list',
    task: 'Check the gateway.',
    words: ['offline'],
    pattern: /^(offline|disconnected)$/,
  },
} as const satisfies Record<string, Meaning>;

/** What a device's status word means to Beacon; the name is also Beacon's own word for it. */
export type StatusMeaning = keyof typeof statusMeanings;
/** All meanings, in the order of the table. */
export const statusMeaningIds = Object.keys(statusMeanings) as StatusMeaning[];

const table: Readonly<Record<StatusMeaning, Meaning>> = statusMeanings;

/** Brings `leakFlowHigh`, `LEAK_FLOW_HIGH`, `P_LEAK` and `leak-flow-high` into one form. */
const normalized = (word: string): string =>
  word
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .replace(/[\s_.-]+/g, '-')
    .toLowerCase()
    .replace(/^[pt]-(?=.)/, '');

const literal = new Map(
  statusMeaningIds.flatMap((id) => [id, ...table[id].words].map((word) => [normalized(word), id] as const)),
);

const MOST_REMEMBERED = 1000;
const remembered = new Map<string, StatusMeaning | undefined>();

/** What a device's own word means; undefined for a word that is in no list and fits no pattern. */
export function statusMeaning(word: string): StatusMeaning | undefined {
  if (remembered.has(word)) return remembered.get(word);
  const plain = normalized(word);
  const found = literal.get(plain) ?? statusMeaningIds.find((id) => table[id].pattern?.test(plain));
  if (remembered.size < MOST_REMEMBERED) remembered.set(word, found);
  return found;
}

/** A word's place in the list, its reason and task; a word of no meaning is listed as unknown. */
export function describeStatus(
  word: string,
  commodity: Commodity,
): { shown: Shown; says: string; task: string; meaning: StatusMeaning | undefined } {
  const meaning = statusMeaning(word);
  if (meaning === undefined)
    return {
      meaning,
      shown: 'list',
      says: `Says “${word}”, which is not in the table of status words`,
      task: 'Find out what the device means by it.',
    };
  if (meaning === 'notNow' || meaning === 'information')
    return { meaning, ...table[meaning], says: `${word}: ${table[meaning].says}` };
  if (meaning !== 'reverseFlow') return { meaning, ...table[meaning] };
  return commodity === 'water'
    ? {
        meaning,
        shown: 'list',
        says: 'Water flowed back towards the network',
        task: 'Have the backflow preventer checked, for hygiene.',
      }
    : { meaning, shown: 'meter', says: 'Fed in, which is generation', task: '' };
}
