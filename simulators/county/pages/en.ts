import type { DrawnPage } from './DrawnPage.ts';

const works = 'Alder County Public Works, 555-0110';
const water = 'Alder County Water, 555-0120';
const power = 'Alder County Electric, 555-0130';
const transit = 'Alder County Transit, 555-0140';
const office = 'Alder County Customer Office, 555-0100';

/** The pages in English. */
export const en: Readonly<Record<string, DrawnPage>> = {
  'boil-water': {
    title: 'What a boil-water notice means',
    owner: water,
    text: `
A boil-water notice means that tap water may contain germs. Boil water for one minute at a full boil before you drink it, cook with it or brush your teeth.

Let the water cool and keep it in a clean, covered container. Showering and washing clothes is safe.

A notice ends when two water tests in a row, 24 hours apart, are clean.`,
  },
  'cloudy-water': {
    title: 'Cloudy, brown or smelly tap water',
    owner: water,
    text: `
Brown water comes from rust that moves when a main is repaired or a hydrant is opened. Run the cold tap in the bathtub for five minutes until the water is clear.

Do not wash laundry while the water is brown. White, cloudy water is full of air bubbles and is harmless.

If the water is not clear after two hours, report it.`,
  },
  'start-service': {
    title: 'Start, move or stop water and electric service',
    owner: office,
    text: `
To start service, bring a photo ID and your lease or deed to the customer office. The deposit is 75 dollars for electricity and 50 dollars for water.

Tell us three working days before you move in. To move or stop service, give us your new address so that we can send the last bill.`,
  },
  'pay-bill': {
    title: 'Ways to pay your utility bill',
    owner: office,
    text: `
Bills are due 21 days after they are sent. You can pay by mail, by bank transfer, or in cash or by card at the customer office.

A late fee of 1.5 percent is added after the due date. Service is not cut off before two written reminders.`,
  },
  'bill-help': {
    title: 'Help with paying your bill',
    owner: office,
    text: `
If you cannot pay your bill, ask for a payment plan before the due date. A plan spreads what you owe over up to six months without a fee.

Households with low income can apply for the county relief fund with proof of income. Applications are decided within ten working days.`,
  },
  'read-meter': {
    title: 'How to read your meter',
    owner: office,
    text: `
Read the numbers on your electric meter from left to right. If a pointer stands between two numbers, write down the lower one.

The water meter is in a box near the street. Lift the lid and read the white digits; the red ones are fractions.`,
  },
  'find-leak': {
    title: 'Check your home for a water leak',
    owner: water,
    text: `
Turn off all taps and look at the small triangle on your water meter. If it turns, water is leaking somewhere.

Put a few drops of food coloring into the toilet tank. If color appears in the bowl within 15 minutes, the flapper leaks and should be replaced.`,
  },
  'save-water': {
    title: 'Lawn watering rules and saving water',
    owner: water,
    text: `
From May to September, lawns may be watered before 9 a.m. and after 6 p.m. Even house numbers water on even days, odd numbers on odd days.

New lawns are exempt for 30 days. A second violation costs 40 dollars.`,
  },
  'long-outage': {
    title: 'What to do in a long power outage',
    owner: power,
    text: `
Keep the refrigerator closed: food stays cold for four hours. Throw away meat, milk and leftovers that were above 40 degrees for two hours.

Never run a generator or a grill indoors, not even in the garage. Keep it 20 feet away from windows.

If you depend on medical equipment, register with the electric office so that we can warn you before planned work.`,
  },
  'planned-outage': {
    title: 'Planned power outages',
    owner: power,
    text: `
Customers get a letter at least five days before planned work on power lines. The letter says on which day and between which hours the power will be off.

Unplug computers and televisions before the work begins.`,
  },
  'storm-ready': {
    title: 'Prepare for storms and tornadoes',
    owner: 'Alder County Emergency Management, 555-0150',
    text: `
Keep water for three days, one gallon per person and day, a flashlight, a radio with batteries and your medicines.

When the sirens sound, go to the basement or to an inner room without windows. The sirens are tested on the first Wednesday of each month at 1 p.m.`,
  },
  potholes: {
    title: 'How potholes are repaired',
    owner: works,
    text: `
Potholes on main roads are filled within three working days after they are reported, on other roads within fourteen days. In winter a cold patch is used, which is replaced in spring.

If your car was damaged by a pothole, send a claim form with photos and the repair bill within 180 days.`,
  },
  'snow-plowing': {
    title: 'Snow plowing and winter parking',
    owner: works,
    text: `
Main roads and bus routes are plowed first, side streets when the snow is deeper than three inches. From November to March, do not park on the street between 2 a.m. and 6 a.m.

Owners clear the sidewalk in front of their property within 24 hours after the snow ends.`,
  },
  'street-lights': {
    title: 'Ask for a new street light',
    owner: works,
    text: `
To ask for a new street light, send the form with the signatures of the owners on both sides. A traffic engineer visits the place at night and decides within 60 days.

Broken lights that already exist are repaired within ten days after a report.`,
  },
  'road-permit': {
    title: 'Permits for work and events on roads',
    owner: works,
    text: `
Whoever closes a lane, digs in a street or holds a block party needs a road permit. Apply at least 15 days before with a sketch and proof of insurance. The permit costs 60 dollars; block parties are free.`,
  },
  trash: {
    title: 'Trash and recycling collection',
    owner: works,
    text: `
Trash is collected every week, recycling every second week. Put the cans at the curb before 6 a.m. and three feet apart.

In weeks with a holiday, collection is one day later. The blue can is for paper, cans, and bottles; no plastic bags.`,
  },
  'bulky-items': {
    title: 'Furniture and other bulky items',
    owner: works,
    text: `
A sofa, a mattress or another bulky item is picked up by appointment for 25 dollars. Call at least two days before your collection day.

You can also bring bulky items to the transfer station on County Road 9, which is open Tuesday to Saturday from 8 a.m. to 4 p.m.`,
  },
  'hazardous-waste': {
    title: 'Paint, batteries and other hazardous waste',
    owner: works,
    text: `
Paint, batteries, motor oil and pesticides must not go into the trash. Bring them to the transfer station on the first Saturday of each month, free of charge for residents.

Dried latex paint may go into the trash with its lid off.`,
  },
  'bus-fares': {
    title: 'Bus fares and passes',
    owner: transit,
    text: `
A single ride costs 1.75 dollars, a day pass 4 dollars and a monthly pass 48 dollars. Children under six ride free.

Seniors from 65, students and people with a disability pay half. Passes are sold on the bus and at the customer office.`,
  },
  'bus-bikes': {
    title: 'Bicycles, strollers and pets on the bus',
    owner: transit,
    text: `
Each bus has a rack for two bicycles in front. Show the driver that you want to use it; loading is free.

Fold strollers when the bus is full. Small pets ride in a carrier, and service animals always ride free.`,
  },
  'bus-holidays': {
    title: 'Bus service on holidays and in snow',
    owner: transit,
    text: `
Buses run on the Sunday schedule on Memorial Day and Labor Day. There is no service on Thanksgiving, Christmas and New Year's Day.

In heavy snow, buses use snow routes, which are shown at the stops.`,
  },
  'lost-found': {
    title: 'Lost and found on buses',
    owner: transit,
    text: `
Things that were left on a bus are kept for 30 days at the transit garage. Call or come on weekdays from 9 a.m. to 5 p.m., and describe what you lost.`,
  },
  'dial-a-ride': {
    title: 'Rides for people who cannot use the bus',
    owner: transit,
    text: `
Dial-a-Ride takes people who cannot use a regular bus because of a disability from door to door. Apply with a form that your doctor signs. Book a ride until noon of the day before. A ride costs 3.50 dollars.`,
  },
  'office-hours': {
    title: 'Opening hours of the customer office',
    owner: office,
    text: `
The customer office at the courthouse is open Monday to Friday from 8 a.m. to 4:30 p.m. It is closed on public holidays.

You can call during the same hours.`,
  },
  'tree-trimming': {
    title: 'Trees near power lines and roads',
    owner: power,
    text: `
The county trims trees within ten feet of power lines every four years. Never trim a tree near a line yourself.

Owners keep branches 14 feet above a road and 8 feet above a sidewalk.`,
  },
};
