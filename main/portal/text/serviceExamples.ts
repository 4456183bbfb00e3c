import type { Example } from './TextClassifier.ts';

/** What people write about each service, in English and Spanish, one text per line. */
const texts: Readonly<Record<string, string>> = {
  pothole: `
    There is a big pothole in the right lane
    Deep hole in the road, my tire went flat
    Pot holes all along the street after the winter
    The pavement is broken up and cars swerve around it
    The sidewalk is cracked and lifted, people trip over it
    Street surface is crumbling at the edge
    A sinkhole is opening in the asphalt
    The curb is broken and the road needs paving
    Bumpy road, the patch from last year came out
    Hay un bache muy grande en la calle
    Un hoyo profundo en el carril derecho, se me ponchó la llanta
    El pavimento está roto
    La acera está levantada y la gente se tropieza
    La banqueta está quebrada
    Muchos baches después del invierno
    El asfalto se está hundiendo
    El bordillo está roto y la calle necesita asfalto
    Pothole in front of the school
    Two potholes at the corner need to be filled
    A hole in the sidewalk
    Hay un bache en la esquina
    El bache frente a la escuela es enorme
    Un hueco en la calle dañó mi llanta
    Hay huecos en la acera`,
  signal: `
    The traffic light is stuck on red
    Traffic signal is out at the intersection
    The stop light is dark in all directions
    The walk button does nothing when you press it
    The crosswalk signal never changes for pedestrians
    The green light is too short and cars back up
    The signal is flashing yellow and red
    The light was hit by a truck and points the wrong way
    No green arrow for the left turn
    El semáforo está atascado en rojo
    El semáforo no funciona en el cruce
    El semáforo está apagado
    El botón para cruzar no hace nada
    La señal de peatones nunca cambia
    El semáforo parpadea en amarillo
    La luz verde dura muy poco
    Un camión golpeó el semáforo
    The traffic light does not work
    Traffic signal stuck on red at Main Street
    The crosswalk button is broken
    El semáforo está dañado
    El botón del cruce de peatones está roto`,
  streetlight: `
    The street light in front of our house is out
    Streetlight flickers all night
    Street lamp burned out, the corner is very dark
    The lamp post is on during the day
    Several lights on the block do not work and it is dark at night
    The light pole is leaning and the lamp is broken
    No lighting along the path to the park
    Lamp out on pole number 12
    La farola de la esquina no prende
    El alumbrado público está apagado
    La luz de la calle parpadea toda la noche
    El poste de luz está apagado y la calle está muy oscura
    Las lámparas de la cuadra no funcionan de noche
    La farola está encendida de día
    Falta alumbrado en el camino del parque
    La luminaria está rota
    Street light is out
    The street lights on our block are dark
    The streetlight at the corner does not turn on
    El alumbrado de la calle no funciona
    Farola apagada
    La lámpara de la calle está fundida`,
  debris: `
    A branch is lying across the road
    A tree fell and blocks the lane
    There is a mattress in the middle of the street
    Gravel spilled all over the road
    A ladder fell off a truck and lies on the highway
    Dead deer on the roadway
    Broken glass and metal parts in the lane after a crash
    Something big on the road, cars drive around it
    Rocks slid onto the road
    Una rama cayó sobre la calle
    Un árbol caído bloquea el camino
    Hay un colchón en medio de la carretera
    Piedras en la carretera
    Un animal muerto en la calle
    Vidrios rotos en el carril
    Se cayó la carga de un camión y bloquea el paso
    Hay un objeto grande tirado en la vía
    Debris in the road
    A fallen tree blocks the street
    A big branch is in the lane
    Hay un árbol caído en la calle
    Una rama bloquea el carril
    Hay basura y escombros en medio de la carretera`,
  flooding: `
    The road is flooded after the rain
    The storm drain is clogged with leaves
    Water stands on the street and cars cannot pass
    Catch basin is blocked and the corner floods
    The underpass is under water
    The creek came over the road
    A big puddle covers the whole crosswalk when it rains
    The culvert is plugged and water runs over the path
    La calle está inundada por la lluvia
    El desagüe está tapado con hojas
    La alcantarilla está tapada y se inunda la esquina
    El agua de lluvia no baja y los carros no pasan
    El paso a desnivel está lleno de agua
    Un charco enorme cubre el cruce
    El arroyo se desbordó sobre el camino
    La coladera no traga el agua
    Flooded street, the drain does not take the water
    The storm drain is blocked
    Flooding at the corner whenever it rains
    Inundación en la esquina
    La alcantarilla está tapada
    El desagüe no traga el agua de lluvia
    Un charco grande que no baja`,
  water: `
    Our tap water is brown and smells bad
    Low water pressure since this morning
    No water in the whole house
    Water is coming up out of the ground near the main
    A water main broke and water shoots up
    The hydrant is leaking
    The water tastes like chlorine
    My water meter leaks
    A pipe burst under the street
    El agua de la llave sale café y huele mal
    Hay poca presión de agua desde la mañana
    No hay agua en la casa
    Sale agua del suelo, hay una fuga
    Se rompió la tubería principal
    El hidrante está goteando
    El agua sabe a cloro
    Fuga de agua en el medidor
    Reventó un tubo debajo de la calle
    Brown water comes from the tap
    A leak at the water meter
    No water pressure
    The water from the faucet is yellow
    Fuga de agua en la calle
    No sale agua de la llave
    El agua sale amarilla
    No tengo agua`,
  power: `
    The power is out in our neighborhood
    No electricity since last night
    The lights in my house flicker and dim
    A power line is down on the ground
    The transformer made a loud bang and we lost power
    Wires are hanging low and sparking
    Brownout, the voltage is too low
    Is there an outage, we have no electric power
    El apagón dejó sin luz a todo el barrio
    No hay electricidad desde anoche
    Se fue la luz en mi casa
    Las luces de la casa parpadean y bajan
    Un cable eléctrico está caído
    El transformador explotó y no tenemos luz
    Los cables cuelgan y sacan chispas
    El voltaje está muy bajo
    No power on our street
    Power outage since this morning
    A downed power line
    The electricity keeps going out
    No tengo luz
    Apagón en mi calle
    Se fue la electricidad
    Hay un cable de luz en el suelo`,
  transit: `
    The bus did not come this morning
    The bus shelter has broken glass
    The bus stop sign is missing
    The bus was thirty minutes late
    The driver passed my stop without stopping
    The bench at the bus stop is broken
    No schedule is posted at the stop
    The wheelchair ramp of the bus did not work
    The bus was too full to get on
    El autobús no pasó esta mañana
    La parada de autobús tiene el vidrio roto
    Falta el letrero de la parada
    El camión llegó media hora tarde
    El chofer no paró en mi parada
    La banca de la parada está rota
    No hay horario en la parada
    La rampa del autobús no funcionó
    El bus venía demasiado lleno
    The bus is late every day
    The bus stop has no bench
    Bus never came
    The bus shelter is dirty and broken
    El autobús llega tarde
    La parada no tiene banca
    El camión nunca pasó por la parada`,
  other: `
    Graffiti on the wall of the library
    Trash was not picked up this week
    Somebody dumped garbage behind the school
    An abandoned car has been parked here for weeks
    The grass in the park is not cut
    A neighbor makes noise every night
    A stray dog runs around the playground
    A tree needs trimming
    The building is vacant and the windows are broken
    A question about my taxes
    Hay grafiti en la pared de la biblioteca
    No recogieron la basura esta semana
    Alguien tiró basura detrás de la escuela
    Un carro abandonado lleva semanas aquí
    El pasto del parque está muy alto
    Un vecino hace ruido todas las noches
    Un perro suelto en el parque infantil
    Hay que podar un árbol
    Una pregunta sobre mis impuestos
    There is trash everywhere
    Garbage and dumping in the alley
    Graffiti on a sign
    An abandoned car on our street
    Loud noise at night
    Basura en el callejón
    Grafiti en un letrero
    Un carro abandonado en la calle
    Mucho ruido de noche
    The sidewalk is icy and nobody shovels the snow
    Hay nieve y hielo en la acera`,
};

/** Examples from which the classifier learns what the words of a report are about. */
export const serviceExamples: readonly Example<string>[] = Object.entries(texts).flatMap(([label, lines]) =>
  lines
    .trim()
    .split('\n')
    .map((line) => ({ text: line.trim(), label })),
);
