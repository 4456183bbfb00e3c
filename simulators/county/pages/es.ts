import type { DrawnPage } from './DrawnPage.ts';

const works = 'Obras Públicas del condado Alder, 555-0110';
const water = 'Agua del condado Alder, 555-0120';
const power = 'Electricidad del condado Alder, 555-0130';
const transit = 'Transporte del condado Alder, 555-0140';
const office = 'Oficina de clientes del condado Alder, 555-0100';

/** The pages in Spanish. */
export const es: Readonly<Record<string, DrawnPage>> = {
  'boil-water': {
    title: 'Qué significa un aviso de hervir el agua',
    owner: water,
    text: `
Un aviso de hervir el agua significa que el agua de la llave puede tener gérmenes. Hierva el agua durante un minuto antes de beberla, cocinar o cepillarse los dientes.

Deje enfriar el agua y guárdela en un recipiente limpio y tapado. Bañarse y lavar ropa es seguro.

El aviso termina cuando dos pruebas seguidas del agua, con 24 horas entre ellas, salen limpias.`,
  },
  'cloudy-water': {
    title: 'Agua turbia, café o con mal olor',
    owner: water,
    text: `
El agua café viene del óxido que se mueve cuando se repara una tubería o se abre un hidrante. Deje correr el agua fría de la tina durante cinco minutos hasta que salga clara.

No lave ropa mientras el agua salga café. El agua blanca y turbia tiene burbujas de aire y no hace daño.

Si el agua no sale clara después de dos horas, repórtelo.`,
  },
  'start-service': {
    title: 'Iniciar, mudar o cancelar el servicio de agua y luz',
    owner: office,
    text: `
Para iniciar el servicio, traiga una identificación con foto y su contrato de renta o escritura a la oficina de clientes. El depósito es de 75 dólares para la luz y 50 dólares para el agua.

Avísenos tres días hábiles antes de mudarse. Para mudar o cancelar el servicio, denos su nueva dirección para enviarle la última factura.`,
  },
  'pay-bill': {
    title: 'Formas de pagar su factura',
    owner: office,
    text: `
Las facturas vencen 21 días después de enviarse. Puede pagar por correo, por transferencia, o en efectivo o con tarjeta en la oficina de clientes.

Después del vencimiento se agrega un cargo de 1.5 por ciento. El servicio no se corta antes de dos avisos por escrito.`,
  },
  'bill-help': {
    title: 'Ayuda para pagar su factura',
    owner: office,
    text: `
Si no puede pagar su factura, pida un plan de pagos antes del vencimiento. El plan reparte lo que debe en hasta seis meses sin cargo.

Los hogares con pocos ingresos pueden solicitar el fondo de ayuda del condado con un comprobante de ingresos. Las solicitudes se deciden en diez días hábiles.`,
  },
  'read-meter': {
    title: 'Cómo leer su medidor',
    owner: office,
    text: `
Lea los números de su medidor de luz de izquierda a derecha. Si una aguja está entre dos números, anote el menor.

El medidor de agua está en una caja cerca de la calle. Levante la tapa y lea los dígitos blancos; los rojos son fracciones.`,
  },
  'find-leak': {
    title: 'Revise si hay una fuga de agua en su casa',
    owner: water,
    text: `
Cierre todas las llaves y mire el pequeño triángulo del medidor de agua. Si gira, hay una fuga en alguna parte.

Ponga unas gotas de colorante en el tanque del inodoro. Si aparece color en la taza en 15 minutos, hay que cambiar la válvula.`,
  },
  'save-water': {
    title: 'Reglas para regar el césped y ahorrar agua',
    owner: water,
    text: `
De mayo a septiembre, el césped se puede regar antes de las 9 de la mañana y después de las 6 de la tarde. Los números pares riegan los días pares, los impares los días impares.

El césped nuevo está exento durante 30 días. La segunda infracción cuesta 40 dólares.`,
  },
  'long-outage': {
    title: 'Qué hacer en un apagón largo',
    owner: power,
    text: `
Mantenga cerrado el refrigerador: la comida se conserva fría cuatro horas. Tire la carne, la leche y las sobras que estuvieron a más de 40 grados durante dos horas.

Nunca use un generador o un asador dentro de la casa, ni en la cochera. Póngalo a 20 pies de las ventanas.

Si depende de un equipo médico, regístrese en la oficina de electricidad para que le avisemos antes de trabajos programados.`,
  },
  'planned-outage': {
    title: 'Cortes de luz programados',
    owner: power,
    text: `
Los clientes reciben una carta al menos cinco días antes de trabajos programados en las líneas de luz. La carta dice qué día y entre qué horas se corta la luz.

Desconecte computadoras y televisores antes de que empiece el trabajo.`,
  },
  'storm-ready': {
    title: 'Prepárese para tormentas y tornados',
    owner: 'Manejo de Emergencias del condado Alder, 555-0150',
    text: `
Tenga agua para tres días, un galón por persona y día, una linterna, un radio de pilas y sus medicinas.

Cuando suenen las sirenas, vaya al sótano o a un cuarto interior sin ventanas. Las sirenas se prueban el primer miércoles de cada mes a la 1 de la tarde.`,
  },
  potholes: {
    title: 'Cómo se reparan los baches',
    owner: works,
    text: `
Los baches en calles principales se tapan en tres días hábiles después del reporte, en otras calles en catorce días. En invierno se usa un parche frío, que se cambia en primavera.

Si un bache dañó su carro, envíe un formulario de reclamo con fotos y la factura de la reparación en un plazo de 180 días.`,
  },
  'snow-plowing': {
    title: 'Nieve: limpieza de calles y estacionamiento en invierno',
    owner: works,
    text: `
Primero se limpia la nieve de las calles principales y rutas de autobús, y las calles laterales cuando hay más de tres pulgadas. De noviembre a marzo, no se estacione en la calle entre las 2 y las 6 de la mañana.

Los dueños limpian la acera frente a su propiedad en las 24 horas después de que deja de nevar.`,
  },
  'street-lights': {
    title: 'Pedir una nueva luz en la calle',
    owner: works,
    text: `
Para pedir una nueva luz en la calle, envíe el formulario con las firmas de los dueños de ambos lados. Un ingeniero visita el lugar de noche y decide en 60 días.

Las luces existentes que no funcionan se reparan en diez días después de un reporte.`,
  },
  'road-permit': {
    title: 'Permisos para obras y eventos en la calle',
    owner: works,
    text: `
Quien cierra un carril, excava en una calle o hace una fiesta de barrio necesita un permiso. Solicítelo al menos 15 días antes con un plano y un comprobante de seguro. El permiso cuesta 60 dólares; las fiestas de barrio son gratis.`,
  },
  trash: {
    title: 'Recolección de basura y reciclaje',
    owner: works,
    text: `
La basura se recoge cada semana, el reciclaje cada dos semanas. Ponga los botes en la banqueta antes de las 6 de la mañana, con tres pies entre ellos.

En semanas con un día festivo, la recolección es un día después. El bote azul es para papel, latas y botellas; sin bolsas de plástico.`,
  },
  'bulky-items': {
    title: 'Muebles y otros artículos grandes',
    owner: works,
    text: `
Un sofá, un colchón u otro artículo grande se recoge con cita por 25 dólares. Llame al menos dos días antes de su día de recolección.

También puede llevar artículos grandes a la estación de transferencia en County Road 9, abierta de martes a sábado de 8 de la mañana a 4 de la tarde.`,
  },
  'hazardous-waste': {
    title: 'Pintura, pilas y otros residuos peligrosos',
    owner: works,
    text: `
La pintura, las pilas, el aceite de motor y los pesticidas no van a la basura. Llévelos a la estación de transferencia el primer sábado de cada mes, gratis para residentes.

La pintura de látex seca puede ir a la basura sin tapa.`,
  },
  'bus-fares': {
    title: 'Tarifas y pases de autobús',
    owner: transit,
    text: `
Un viaje cuesta 1.75 dólares, un pase de un día 4 dólares y un pase mensual 48 dólares. Los niños menores de seis años viajan gratis.

Las personas de 65 años o más, los estudiantes y las personas con discapacidad pagan la mitad. Los pases se venden en el autobús y en la oficina de clientes.`,
  },
  'bus-bikes': {
    title: 'Bicicletas, carriolas y mascotas en el autobús',
    owner: transit,
    text: `
Cada autobús tiene adelante un portabicicletas para dos bicicletas. Avise al conductor que quiere usarlo; es gratis.

Doble la carriola cuando el autobús esté lleno. Las mascotas pequeñas viajan en una jaula, y los animales de servicio siempre viajan gratis.`,
  },
  'bus-holidays': {
    title: 'Autobuses en días festivos y con nieve',
    owner: transit,
    text: `
Los autobuses circulan con el horario de domingo el Memorial Day y el Labor Day. No hay servicio el Día de Acción de Gracias, Navidad y Año Nuevo.

Con mucha nieve, los autobuses usan rutas de nieve, que se muestran en las paradas.`,
  },
  'lost-found': {
    title: 'Objetos perdidos en los autobuses',
    owner: transit,
    text: `
Lo que se olvidó en un autobús se guarda 30 días en el taller de transporte. Llame o venga entre semana de 9 de la mañana a 5 de la tarde, y describa lo que perdió.`,
  },
  'dial-a-ride': {
    title: 'Viajes para personas que no pueden usar el autobús',
    owner: transit,
    text: `
Dial-a-Ride lleva de puerta a puerta a personas que no pueden usar un autobús regular por una discapacidad. Haga la solicitud con un formulario firmado por su médico. Reserve antes del mediodía del día anterior. Un viaje cuesta 3.50 dólares.`,
  },
  'office-hours': {
    title: 'Horario de la oficina de clientes',
    owner: office,
    text: `
La oficina de clientes en el palacio de justicia abre de lunes a viernes de 8 de la mañana a 4:30 de la tarde. Cierra los días festivos.

Puede llamar en el mismo horario.`,
  },
  'tree-trimming': {
    title: 'Árboles cerca de líneas de luz y calles',
    owner: power,
    text: `
El condado poda los árboles a menos de diez pies de las líneas de luz cada cuatro años. Nunca pode usted un árbol cerca de una línea.

Los dueños mantienen las ramas a 14 pies sobre la calle y a 8 pies sobre la acera.`,
  },
};
