import type { Language } from '../../../shared/citizens/language.ts';
import { wordsIn } from './foldText.ts';

/** Words that say nothing about a subject, without accents. */
const emptyWords: Readonly<Record<Language, ReadonlySet<string>>> = {
  en: new Set(
    'a an the i me my we our you your it its is are am was were be been being do does did done doing can could will would should shall may might must have has had having how what when where who which why if of to in on at for from by with about as and or but not no so than then that this these those there here they them their he she his her get gets got getting please tell know want need like much many long any some all out up off into just also only very us im ive id whats hows give make let take use one someone something somebody now today right'.split(
      ' ',
    ),
  ),
  es: new Set(
    'el la los las un una unos unas yo me mi mis nosotros nos nuestra nuestro tu su sus usted ustedes lo le les es son soy era fue ser estar esta estan estoy hay ha he han haber tengo tiene tienen tener puedo puede pueden poder debo debe deben como que cual cuales cuando donde adonde quien quienes por porque para si no ni de del al a en con sin sobre entre y o u pero mas menos muy ya se te este esta esto estos estas ese esa eso quiero necesito saber decir dime favor cuanto cuanta cuantos cuantas cada hacer hago hace algo alguien todo toda todos todas tan va van voy ir ahora hoy uno dos'.split(
      ' ',
    ),
  ),
};

/** Words of a county's life that mean about the same, without accents. */
const alike: Readonly<Record<Language, readonly string[]>> = {
  en: [
    'trash garbage rubbish refuse litter',
    'can bin cart container dumpster',
    'collect collection pickup picked',
    'sofa couch furniture mattress bulky armchair bed',
    'recycling recycle recyclables recyclable',
    'dispose disposal throw discard rid',
    'cost costs price fee charge charges charged expensive',
    'fare ticket ride price cost',
    'fine penalty violation ticketed punished',
    'late overdue penalty',
    'children child kids kid',
    'senior seniors elderly older retired retiree',
    'discount reduced cheaper half',
    'bicycle bicycles bike bikes',
    'pet pets dog dogs cat cats animal animals',
    'electricity electric power energy lights',
    'outage outages blackout outages',
    'tap faucet',
    'bill bills invoice statement',
    'pay payment paying owe pays',
    'help assistance aid support relief',
    'income poor afford',
    'hours open opening opens close closes closing closed',
    'refrigerator fridge freezer',
    'brown rusty discolored orange dirty yellow cloudy milky',
    'odor smell smelly stink taste',
    'lawn grass yard garden sprinkler sprinklers irrigation',
    'watering water irrigate',
    'toilet bathroom',
    'leak leaks leaking leaky drip dripping',
    'start begin connect activate',
    'stop cancel end disconnect terminate',
    'move moving relocate transfer',
    'lost forgot forgotten left found misplaced',
    'wheelchair disability disabled handicapped',
    'snow plow plowing plowed shovel ice',
    'sidewalk pavement walkway',
    'pothole potholes',
    'storm storms tornado tornadoes hurricane',
    'siren sirens alarm warning',
    'lamp light lights streetlight streetlights lamppost lighting',
    'permit permits permission license',
    'apply application request',
    'form paperwork documents document papers',
    'holiday holidays thanksgiving christmas',
    'fill filled repair repaired fix fixed fixes',
    'car vehicle tire auto',
    'claim compensation reimburse reimbursed reimbursement',
    'trim trimming prune pruning branches branch tree trees',
    'paint oil batteries battery chemicals pesticides hazardous',
    'park parking parked',
    'meter meters gauge',
    'read reading dial dials',
    'safe safety dangerous',
    'drink drinking',
    'shower showering bathe bath bathing',
    'laundry clothes washing wash',
    'planned scheduled announced advance notice',
    'pass passes monthly card',
    'deposit',
    'school schools',
  ],
  es: [
    'basura desechos desperdicios residuos',
    'bote contenedor cubo tacho',
    'recolecta recoleccion recogen recoge recogida pasan',
    'sofa sillon mueble muebles colchon cama',
    'reciclaje reciclar reciclable',
    'tirar tiro deshago deshacerme desechar boto botar',
    'cuesta costo cuestan precio cobran cargo cobro vale tarifa recargo',
    'boleto pasaje viaje tarifa tarifas billete',
    'multa infraccion sancion castigo',
    'tarde vencimiento vencida atraso vence vencen recargo',
    'ninos nino hijos menores',
    'mayores ancianos jubilados tercera edad',
    'descuento mitad rebaja',
    'bicicleta bicicletas bici bicis',
    'mascota mascotas perro perros gato gatos animal animales',
    'luz electricidad corriente energia electrico',
    'apagon apagones corte cortes',
    'llave grifo canilla',
    'factura facturas recibo recibos cuenta',
    'pagar pago pagos pague debo',
    'ayuda apoyo asistencia fondo',
    'ingresos pobres recursos',
    'horario abre abierto abierta abren cierra cierran cerrado horas',
    'refrigerador nevera refri congelador',
    'cafe turbia sucia oxidada amarilla blanca marron',
    'olor huele sabor',
    'cesped pasto jardin zacate',
    'regar riego riegan',
    'inodoro bano excusado taza',
    'fuga fugas gotea gotera',
    'iniciar empezar conectar contratar abrir',
    'cancelar terminar dar baja',
    'mudar mudarme mudanza mudarse cambiar',
    'perdidos perdi olvide olvido perdido olvidado dejado',
    'discapacidad discapacitados discapacitado silla ruedas',
    'nieve nevada hielo',
    'acera banqueta anden',
    'bache baches hoyo hoyos',
    'tormenta tormentas tornado tornados huracan',
    'sirena sirenas alarma',
    'lampara luz farola luces alumbrado luminaria',
    'permiso permisos licencia autorizacion',
    'solicitar solicitud pedir pido pedimos solicito tramite',
    'formulario documentos papeles requisitos',
    'festivo festivos feriado navidad accion gracias',
    'tapar tapan reparan repara arreglan arreglar reparar repararse',
    'carro coche auto vehiculo llanta',
    'reclamo reclamar indemnizacion',
    'podar poda podan ramas arbol arboles',
    'pintura aceite pilas baterias quimicos pesticidas',
    'estacionar estacionarme estacione estacionamiento',
    'medidor contador',
    'leer lee lectura leo',
    'banar banarse banarme ducha ducharme',
    'ropa lavar lavo',
    'programado programados anticipacion aviso avisan',
    'pase mensual tarjeta abono',
    'autobus autobuses camion bus',
    'puerta domicilio',
  ],
};

/** Words of the same beginning are forms of one word. */
const STEM = 5;
const stemOf = (word: string): string =>
  word
    .replace(/(?<=.{2}(?:s|x|z|ch|sh))es$/, '')
    .replace(/(?<=.{3})s$/, '')
    .slice(0, STEM);

function groupsOf(lines: readonly string[]): ReadonlyMap<string, ReadonlySet<string>> {
  const groups = new Map<string, Set<string>>();
  for (const line of lines) {
    const stems = line.split(' ').map(stemOf);
    for (const stem of stems) groups.set(stem, new Set([...(groups.get(stem) ?? []), ...stems]));
  }
  return groups;
}
const groups: Readonly<Record<Language, ReadonlyMap<string, ReadonlySet<string>>>> = {
  en: groupsOf(alike.en),
  es: groupsOf(alike.es),
};

/** The stems of the words that say what a text is about. */
export const subjectWords = (text: string, language: Language): string[] =>
  wordsIn(text)
    .filter((word) => word.length > 1 && !emptyWords[language].has(word))
    .map(stemOf);

/** The stems of words that mean about the same as one stem, itself among them. */
export const alikeStems = (stem: string, language: Language): ReadonlySet<string> =>
  groups[language].get(stem) ?? new Set([stem]);
