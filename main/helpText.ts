const startHelp = `Beacon: the operations control center of a small county.

  npm start -- [options]

  --web             serve to a browser instead of opening the application
  --wall            open the wall display on every screen (application only)
  --broker URL      the county's own broker (mqtt, mqtts, ws, wss) instead of the embedded one;
                    credentials in BEACON_MQTT_USERNAME and BEACON_MQTT_PASSWORD
  --ca FILE         the broker's certificate authority (PEM)
  --cert FILE, --key FILE   our own certificate and its key (PEM)
  --data DIR        the data folder
  --county DIR      another county
  --port N          the port of the web address (4680; 0 for any)
  --no-simulator    no simulated county; needs --county
  --scenario NAME   what happens in the simulated county (demo)
  --seed N          which simulated county (42)
  --scale N         its size (1: about 50,000 people)
  --speed N         how fast its time runs (1)
  --clock SOURCE    wall, or broker: the time of an accelerated county
  --help            this list
`;

const engineHelp = `The engine alone, under plain Node, with the web address as its only screen.

  npm run engine -- --broker URL --county DIR [options]

  --data DIR        the data folder
  --listen ADDR     where to serve (127.0.0.1:4680); only this machine can reach it
  --ca FILE, --cert FILE, --key FILE   certificates for the broker (PEM)
  --clock SOURCE    wall, or broker: the time of an accelerated county
  --help            this list
`;

export const helpText = (role: 'start' | 'engine'): string => (role === 'engine' ? engineHelp : startHelp);
