/** What each page is for and how one works on it, in sentences that are read in half a minute; by the page's id. */
export const pageHelp: Readonly<Record<string, readonly string[]>> = {
  situation: [
    'The map shows the county as it is now: traffic by its speed, vehicles, response units, water zones, outages, alarms and incidents. Where signs would hide each other they step aside, with a line to their place.',
    'Choose an alarm, an incident or a thing on the map, and its details open below. Right click on the map (or its menu key) opens an incident there.',
    'Drag the time line, or press a point on it, to see the county as it was. “Back to live” returns.',
  ],
  alarms: [
    'Every alarm, the most urgent first, with what it means and what to do. The positions above say who answers for what; take one to be called for its alarms.',
    'Acknowledge what you have seen, shelve what has to wait, and open an incident for what needs work. The filter stands in the address, so that a link shows the same list.',
  ],
  incidents: [
    'The incidents, with their clocks against the service levels. One opens on a page of its own: times, units, check list, notes, closures, messages.',
    'Each step of the work is one button at the top. “Playbooks” has the check lists and contacts of each type.',
  ],
  dispatch: [
    'Choose a call on the left: the units that would be there first are recommended, with the reason. Sending takes two keys, so that no slip sends anybody.',
    'The map shows the place and the ways of the units. The board below has every unit of the county.',
  ],
  shift: [
    'Take a shift at its beginning, write what the next one must know, and sign its report at the end. Reports of days, weeks and months are saved from here.',
  ],
  transit: [
    'The trips that are in trouble now, those first for whose passengers the wait is longest: what is wrong, and what follows for the vehicle’s next trip and for the people at the stops.',
    'Arrows move in the list, and the details of the vehicle or route stand below; Enter shows it on the map. The time line shows the trips in trouble at that time.',
  ],
  timetable: [
    'The timetables that were read from the county’s folder, on which days each is used, and everything in them that cannot be used: the file, the first row, the reason, and how often.',
  ],
  review: [
    'Choose an incident to look back at: the county as it was, beside what people did at that moment. Play it, or step from entry to entry.',
  ],
  impact: [
    '“Audit” ranks where most is lost per year, with how sure that is. “Plans” says beforehand how a change will be judged: one person writes a plan, another one registers it.',
    '“Results” has what came of every plan, also of those that came to nothing, beside the plain comparison of before and after. A report is saved from there, and `impact verify` computes it again.',
  ],
  administration: [
    'Accounts of people, tokens of wall displays, and the workstations of the control room. Nobody can be given more than the own role.',
  ],
};
