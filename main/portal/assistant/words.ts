import type { Language } from '../../../shared/citizens/language.ts';

/** What the assistant says in its own fixed words. */
type AssistantWords = {
  title: string;
  lead: string;
  you: string;
  machine: string;
  label: string;
  hint: string;
  send: string;
  anew: string;
  kinds: Readonly<Record<'emergency' | 'refuse' | 'hello', string>>;
  human: (county: string) => string;
  humanWho: string;
  humanReport: string;
  nothing: Readonly<Record<'live.outage' | 'live.water' | 'live.road' | 'live.bus' | 'live.all', string>>;
  nothingAt: (what: string, place: string) => string;
  notAllWell: string;
  noTimes: string;
  nowLink: string;
  pageFrom: (title: string) => string;
  owner: (owner: string) => string;
  dated: (day: string) => string;
  holdsUntil: (day: string) => string;
  more: string;
  account: string;
  follow: string;
  followLink: string;
  understood: string;
  about: string;
  where: string;
  words: string;
  continueReport: string;
  choose: string;
  choices: Readonly<Record<'live' | 'report' | 'account' | 'follow', string>>;
  unknown: string;
  nearest: (title: string) => string;
  askPerson: string;
  busy: string;
  empty: string;
};

const en: AssistantWords = {
  title: 'Ask a question',
  lead: 'An automatic assistant answers, in English or Spanish. It only says what the county has published, and says when it does not know.',
  you: 'You',
  machine: 'Automatic answer',
  label: 'Your question',
  hint: 'For example: Is Main Street closed? Please write nothing about persons.',
  send: 'Ask',
  anew: 'Begin anew',
  kinds: {
    emergency:
      'If somebody is in danger, call 911 now. For thoughts of suicide, call or text 988. Nobody reads this chat in an emergency. Stay away from fallen wires, smoke and the smell of gas, and call from a safe place.',
    refuse:
      'This is not answered here. The assistant says nothing about other people, their homes or accounts, about where response units are, and takes no orders.',
    hello:
      'You can ask what is going on now, what the county’s pages say, and how to report a problem. You can ask for a person at any time.',
  },
  human: (county) =>
    `This is an automatic assistant, not a person. People of ${county} read every report that you send.`,
  humanWho: 'These offices answer for the county’s pages:',
  humanReport: 'Write to a person with a report',
  nothing: {
    'live.outage': 'No power outage is published',
    'live.water': 'No work on water mains and no water notice is published',
    'live.road': 'No closure and no incident on roads is published',
    'live.bus': 'No change of bus service is published',
    'live.all': 'Nothing is published',
  },
  nothingAt: (what, place) => `${what} for ${place} at this moment.`,
  notAllWell: 'This does not mean that all is well: not everything is known, and not all is published.',
  noTimes: 'The assistant does not know when single buses come.',
  nowLink: 'All that is going on now',
  pageFrom: (title) => `From the page “${title}”:`,
  owner: (owner) => `Responsible: ${owner}.`,
  dated: (day) => `As of ${day}.`,
  holdsUntil: (day) => `Valid until ${day}.`,
  more: 'Read the whole page',
  account: 'Your use is only shown to you, after you have signed in, and not in this conversation.',
  follow: 'With its number you see what became of a report.',
  followLink: 'Find a request',
  understood: 'You want to report a problem. This was understood:',
  about: 'About',
  where: 'Where',
  words: 'Your words',
  continueReport: 'Check and send the report',
  choose: 'What do you mean?',
  choices: {
    live: 'What is going on now',
    report: 'Report a problem',
    account: 'My use and my bill',
    follow: 'What became of my report',
  },
  unknown: 'I do not know. Nothing that the county has published answers this.',
  nearest: (title) => `The nearest page is “${title}”.`,
  askPerson: 'Ask a person',
  busy: 'Many people are asking at this moment. Please try again in a minute.',
  empty: 'Write a question.',
};

const es: AssistantWords = {
  title: 'Haga una pregunta',
  lead: 'Responde un asistente automático, en inglés o español. Solo dice lo que el condado ha publicado, y dice cuando no sabe.',
  you: 'Usted',
  machine: 'Respuesta automática',
  label: 'Su pregunta',
  hint: 'Por ejemplo: ¿Está cerrada la calle Main? Por favor no escriba nada sobre personas.',
  send: 'Preguntar',
  anew: 'Empezar de nuevo',
  kinds: {
    emergency:
      'Si alguien está en peligro, llame al 911 ahora. Si piensa en el suicidio, llame o escriba al 988. Nadie lee este chat en una emergencia. Aléjese de cables caídos, humo y olor a gas, y llame desde un lugar seguro.',
    refuse:
      'Esto no se responde aquí. El asistente no dice nada sobre otras personas, sus casas o cuentas, ni sobre dónde están las unidades de respuesta, y no recibe órdenes.',
    hello:
      'Puede preguntar qué pasa ahora, qué dicen las páginas del condado y cómo reportar un problema. Puede pedir hablar con una persona en cualquier momento.',
  },
  human: (county) =>
    `Esto es un asistente automático, no una persona. Personas de ${county} leen cada reporte que usted envía.`,
  humanWho: 'Estas oficinas responden por las páginas del condado:',
  humanReport: 'Escriba a una persona con un reporte',
  nothing: {
    'live.outage': 'No hay ningún corte de luz publicado',
    'live.water': 'No hay trabajos en tuberías ni avisos de agua publicados',
    'live.road': 'No hay cierres ni incidentes en calles publicados',
    'live.bus': 'No hay cambios de servicio de autobuses publicados',
    'live.all': 'No hay nada publicado',
  },
  nothingAt: (what, place) => `${what} para ${place} en este momento.`,
  notAllWell: 'Esto no significa que todo esté bien: no se sabe todo, y no se publica todo.',
  noTimes: 'El asistente no sabe cuándo llega cada autobús.',
  nowLink: 'Todo lo que pasa ahora',
  pageFrom: (title) => `De la página «${title}»:`,
  owner: (owner) => `Responsable: ${owner}.`,
  dated: (day) => `Del ${day}.`,
  holdsUntil: (day) => `Válida hasta el ${day}.`,
  more: 'Leer la página completa',
  account: 'Su consumo solo se le muestra a usted, después de identificarse, y no en esta conversación.',
  follow: 'Con su número puede ver qué pasó con un reporte.',
  followLink: 'Buscar una solicitud',
  understood: 'Usted quiere reportar un problema. Se entendió esto:',
  about: 'Sobre',
  where: 'Dónde',
  words: 'Sus palabras',
  continueReport: 'Revisar y enviar el reporte',
  choose: '¿Qué quiere decir?',
  choices: {
    live: 'Qué pasa ahora',
    report: 'Reportar un problema',
    account: 'Mi consumo y mi factura',
    follow: 'Qué pasó con mi reporte',
  },
  unknown: 'No lo sé. Nada de lo que el condado ha publicado responde a esto.',
  nearest: (title) => `La página más cercana es «${title}».`,
  askPerson: 'Preguntar a una persona',
  busy: 'Muchas personas preguntan en este momento. Intente de nuevo en un minuto.',
  empty: 'Escriba una pregunta.',
};

/** What the assistant says in its own fixed words, by language. */
export const assistantWords: Readonly<Record<Language, AssistantWords>> = { en, es };
