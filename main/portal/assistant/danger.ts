import type { Language } from '../../../shared/citizens/language.ts';
import { foldText } from './foldText.ts';

/**
 * Words that mean that somebody is in danger, as text without accents in small letters. They are fixed: here a wrong
 * alarm costs a line to read, and a missed one a life. Longer phrases keep questions about hydrants and permits out.
 */
const patterns: Readonly<Record<Language, readonly RegExp[]>> = {
  en: [
    /\b(?:house|home|building|apartment|car|kitchen|garage|barn|roof|shed|room|truck|school|bus|stove|chimney|field|forest|woods|neighbors?|neighbours?)\b.{0,25}\b(?:on fire|burning|in flames)\b/,
    /\b(?:there is|theres|i see|seeing|is there|see|got) (?:a |an |big |huge |small |brush |wild )*(?:fire|flames|wildfire)\b(?! (?:hydrant|station|department|ban|permit|drill|truck))/,
    /\b(?:on fire|in flames|caught fire|fire and smoke|help fire|wildfire is)\b|^fire(?: fire)*$/,
    /\bsmoke\b.{0,30}\b(?:coming|from|building|house|inside|pouring|everywhere)\b|\b(?:full of|smell|smelling|see|lots of) smoke\b/,
    /\b(?:smell|smells|smelling|smelled|odor|odour)\b.{0,20}\b(?:gas|propane|rotten eggs)\b|\bgas (?:leak|leaking|smell|odor)|\bleaking gas\b|\bcarbon monoxide\b|\bco alarm\b/,
    /\b(?:not|isnt|cant|cannot|stopped|trouble|hardly|hard time|difficulty) (?:breathing|breathe)\b|\bchoking\b|\bno pulse\b/,
    /\b(?:chest pains?|heart attack|a stroke|stroke symptoms|cardiac arrest|seizures?|overdosed?|unconscious|unresponsive|passed out|collapsed|fainted)\b/,
    /\bbleeding\b|\b(?:badly|seriously|severely) (?:hurt|injured|burned)\b|\b(?:people|person|someone|somebody|driver|child|kid|man|woman|he|she|i|they|passengers?) (?:is|are|was|were|am|got|may be|might be|looks?) (?:badly |seriously |very )?(?:hurt|injured|dying|bleeding|trapped|dead)\b/,
    /\b(?:with|and) (?:injuries|injured|people hurt|people trapped|someone hurt)\b|\btrapped (?:in|inside|under)\b|\bpinned (?:in|under)\b/,
    /\b(?:wires?|cables?|power ?lines?|electric(?:al)? lines?|lines?)\b.{0,15}\b(?:down|fell|fallen|sparking|on the (?:ground|road|street)|hanging)\b|\b(?:downed|fallen|live|sparking) (?:power |electric )?(?:line|wire|cable)s?\b|\btransformer\b.{0,20}\b(?:exploded|explosion|sparks|sparking|fire|smoking)\b/,
    /\b(?:drowning|drowned|fell (?:in|into) the (?:river|lake|water|canal|pond|well)|swept away|stuck in (?:the )?flood|car in (?:the )?(?:river|lake|flood))\b/,
    /\b(?:has|with|holding|pulled|waving) (?:a |the )?(?:gun|knife|weapon)\b|\b(?:shooting|shots fired|shooter|gunshots?|gun shots?|stabbed|stabbing|being attacked|attacking me|assaulted|robbed|robbery|kidnapped|raped?|being beaten|hitting me|beating (?:me|her|him|up))\b/,
    /\b(?:broke|breaking|break|broken) in(?:to)? (?:my|our|the|to my)\b|\b(?:burglar|intruder|prowler)\b|\b(?:someone|somebody|stranger) is (?:in|inside|entering) (?:my|our)\b/,
    /\b(?:kill|hurt|harm|hang|shoot) (?:myself|himself|herself)\b|\bsuicid(?:e|al)\b|\bend my life\b|\b(?:want|going) to die\b|\bjump off\b/,
    /\bexplosions?\b|\bexploded\b|\bblew up\b|\bbuilding collapsed\b|\b(?:is having a baby|in labor|water broke)\b|\bpoison(?:ed|ing)\b|\bswallowed\b|\ballergic reaction\b|\banaphyla\w+/,
    /\b(?:call|need|send|get) (?:me |an? |the |us )*(?:ambulance|paramedics?|fire ?(?:department|truck|fighters?)|police now)\b|\bhelp me please\b|\bits an emergency\b|\bthis is an emergency\b|\b911\b/,
    /\b(?:child|kid|baby|toddler|boy|girl|son|daughter)\b.{0,20}\b(?:missing|locked in|not moving|fell|hit by)\b|\bhit by (?:a |the )?(?:car|bus|truck|train)\b/,
  ],
  es: [
    /\bincendi(?:o|os|ando|andose)\b(?! forestales? (?:temporada|permiso))|\b(?:se (?:esta |estan )?(?:quema|queman|quemando|incendia)|en llamas|ardiendo|hay fuego|veo fuego|llamas)\b|^fuego(?: fuego)*$|\bse quema\b/,
    /\b(?:sale|veo|hay|mucho|lleno de|lleno de) (?:mucho )?humo\b|\bhumo (?:sale|saliendo|en|del|de la)\b/,
    /\b(?:huele|olor|oler|huelo)\b.{0,15}\b(?:gas|propano)\b|\b(?:fuga|escape) de gas\b|\bmonoxido\b/,
    /\bno (?:puede |puedo )?respira(?:r|ndo)?\b|\bdejo de respirar\b|\bse (?:esta )?(?:ahoga|ahogando|asfixia\w*|atraganto|atragantando)\b|\bno tiene pulso\b/,
    /\b(?:dolor(?:es)? (?:de|en el) pecho|infarto|ataque (?:al|cardiaco|del) ?(?:corazon)?|derrame|embolia|convulsion\w*|sobredosis|inconsciente|se desmayo|desmayad[oa]|no reacciona|no despierta)\b/,
    /\b(?:sangra|sangrando|desangra\w*|heridos?|heridas?|lesionad[oa]s?|gravemente|atrapad[oa]s?|se esta muriendo|muriendo)\b/,
    /\b(?:cables?|linea(?:s)? (?:de luz|electricas?|de alta)|poste)\b.{0,25}\b(?:caid[oa]s?|se cayo|se cayeron|chispas?|en el suelo|tirad[oa]s?|colgando)\b|\b(?:cayo|cayeron)\b.{0,12}\b(?:cables?|linea electrica)\b|\btransformador\b.{0,20}\b(?:exploto|chispas|humo|fuego)\b/,
    /\b(?:ahogando|ahogo|cayo al (?:rio|lago|agua|canal|pozo)|se lo llevo (?:el rio|la corriente)|atrapad\w+ en la inundacion)\b/,
    /\b(?:tiene|con|saco|trae) (?:un |una )?(?:pistola|arma|cuchillo|navaja|rifle)\b|\b(?:dispar\w+|balazos?|balacera|tiroteo|apunal\w+|me (?:estan )?(?:atacando|golpeando|pegando)|me (?:ataca|golpea|pega)|asalt\w+|secuestr\w+|viol(?:aron|ada|ando))\b/,
    /\b(?:se meti(?:o|eron)|entr(?:o|aron|ando)|esta(?:n)? (?:entrando|forzando)) (?:a|en) (?:mi|nuestra) casa\b|\bladr(?:on|ones)\b|\bintrusos?\b/,
    /\b(?:matarme|me (?:quiero|voy a) matar|quiero morir(?:me)?|suicid\w+|quitarme la vida|hacerme dano)\b/,
    /\bexplo(?:sion|siones|to|taron)\b|\bse derrumbo\b|\benvenen\w+|\bintoxic\w+|\breaccion alergica\b|\bse trago\b|\bva a dar a luz\b|\b(?:rompio|rompi) (?:la )?fuente\b/,
    /\b(?:manden|llamen|necesito|envien|pidan|necesitamos) (?:a )?(?:un[ao]? |la |los |las )?(?:ambulancia|bomberos|paramedicos)\b|\bes una emergencia\b|\bauxilio\b|\bsocorro\b|\b911\b/,
    /\b(?:nin[oa]|bebe|hij[oa])\b.{0,20}\b(?:perdid[oa]|no se mueve|encerrad[oa]|atropell\w+|se cayo)\b|\batropell(?:o|aron|ado|ada)\b/,
  ],
};

/** Whether somebody seems to be in danger. Every language is looked through: people in fear write as they can. */
export function isDanger(text: string): boolean {
  const folded = foldText(text);
  return Object.values(patterns).some((own) => own.some((pattern) => pattern.test(folded)));
}
