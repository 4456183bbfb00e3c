import { foldText } from './foldText.ts';

/**
 * What the assistant refuses, whatever else is asked: orders to itself, what others do at home, and where response
 * units are. As text without accents in small letters.
 */
const patterns: readonly RegExp[] = [
  /\b(?:ignore|disregard|forget|override|bypass)\b.{0,30}\b(?:instructions?|rules?|prompts?|guidelines?|above|previous|everything)\b/,
  /\b(?:ignora|ignore|olvida|olvide|desobedece)\b.{0,30}\b(?:instrucciones|reglas|anterior(?:es)?|todo|ordenes)\b/,
  /\b(?:system prompt|developer mode|jailbreak|dan mode|your (?:instructions|prompt|configuration|source code|training data))\b/,
  /\b(?:prompt del sistema|instrucciones del sistema|modo desarrollador|tus (?:instrucciones|reglas)|tu (?:configuracion|codigo))\b/,
  /\b(?:pretend|act as|you are now|roleplay|from now on you)\b|\b(?:finge|actua como|haz como si|ahora eres|a partir de ahora eres)\b/,
  /\b(?:admin|administrator|staff|root|master|wifi|dispatcher)\b.{0,15}\bpasswords?\b|\b(?:password|contrasena|clave)\b.{0,20}\b(?:admin\w*|system|sistema|staff|personal)\b|\b(?:tell|give|show) me (?:the|your|a) passwords?\b/,
  /\b(?:neighbou?rs?|ex|ex wife|ex husband|girlfriends?|boyfriends?|tenants?|landlords?|someone elses?|somebody elses?|other peoples?|another (?:persons?|customers?|account))\b.{0,40}\b(?:bills?|usage|use|uses|using|consumption|account|meter|address|water|power|electricity|home|house|reports?|number)\b/,
  /\b(?:bills?|usage|consumption|account|meter|address|readings?|data)\b.{0,25}\b(?:of|for|from) (?:my |the |a |another )?(?:neighbou?rs?|ex|girlfriend|boyfriend|tenants?|someone|somebody|other (?:person|customer|people)|another)\b/,
  /\b(?:vecin[oa]s?|mi ex|inquilin[oa]s?|casero|otra persona|otro cliente|otra cuenta|otras personas|novi[oa])\b.{0,40}\b(?:factura|recibo|consumo|cuenta|medidor|direccion|agua|luz|casa|gasta|usa|consume)\b/,
  /\b(?:hay alguien|alguien) en (?:la )?casa (?:de|del)\b|\bis (?:anyone|anybody|somebody|someone) home\b/,
  /\b(?:factura|recibo|consumo|cuenta|medidor|direccion|datos|cuanta (?:agua|luz)|cuanta electricidad)\b.{0,25}\b(?:vecin[oa]s?|mi ex|inquilin[oa]s?|otra persona|otro cliente|alguien mas|novi[oa])\b/,
  /\bwho (?:lives|reported|filed|complained|called|owns|made the (?:report|complaint)|sent)\b|\bwhos? (?:living|home) (?:at|in)\b/,
  /\bquien (?:vive|reporto|puso|denuncio|llamo|se quejo|hizo (?:el reporte|la queja)|mando)\b/,
  /\b(?:name|names|phone|address|email)\b.{0,20}\b(?:of|for) (?:the |a |an |all )?(?:person|people|reporter|caller|officers?|customers?|driver|resident|employee|dispatcher|family|owner)\b/,
  /\b(?:nombres?|telefono|direccion|correo)\b.{0,20}\b(?:de la persona|de quien|del (?:oficial|vecino|cliente|conductor|policia|dueno)|de los (?:clientes|vecinos|policias)|de la familia)\b/,
  /\bwhere (?:are|is|do)\b.{0,15}\b(?:police|cops?|patrols?|officers?|sheriffs?|deput(?:y|ies)|ambulances?|units?|squad cars?)\b|\b(?:location|position)s? of (?:the )?(?:police|patrol|officers?|units?|ambulances?|deput\w+)\b/,
  /\bdonde (?:estan?|anda[n]?|hay|patrullan?)\b.{0,15}\b(?:policias?|patrullas?|oficiales|sheriff|ambulancias?|unidades)\b|\badonde va\b.{0,10}\bambulancia\b/,
  /\b(?:anyone|anybody|somebody|someone|nobody|family|they)\b.{0,20}\b(?:at home|away|on vacation)\b|\bhouse\b.{0,25}\b(?:empty|vacant|unoccupied)\b|\bcasa\b.{0,25}\bvacia\b|\bno hay nadie\b.{0,20}\bcasa\b/,
  /\b(?:turn|shut|switch|cut) off (?:the |all |my neighbou?rs? )?(?:power|water|electricity|traffic lights?|signals?)\b.{0,20}\b(?:on|at|in|for|to|of)\b|\b(?:delete|erase|remove|change) (?:all |the |my neighbou?rs? )*(?:reports?|records?|logs?|incidents?|data|database)\b/,
  /\b(?:corta|apaga|desconecta)\b.{0,10}\b(?:la luz|el agua|la electricidad|los semaforos)\b.{0,15}\b(?:en|de|del)\b|\bborra\b.{0,12}\b(?:reportes?|datos|registros?|todo)\b/,
  /\b(?:drop table|select .{1,20} from|script alert|rm rf)\b/,
];

/** Whether the assistant refuses to answer. */
export function isRefused(text: string): boolean {
  const folded = foldText(text);
  return patterns.some((pattern) => pattern.test(folded));
}
