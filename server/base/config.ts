/** Every setting is an environment variable with a default. `npm start -- --help` prints this list. */
export const settings = [
  { name: 'HOST', fallback: '127.0.0.1', help: 'address on which the server listens' },
  { name: 'PORT', fallback: '8080', help: 'HTTP port' },
  { name: 'DATA_DIR', fallback: './data', help: 'files, and the embedded database when DATABASE_URL is not set' },
  { name: 'HJ212_PORT', fallback: '9212', help: 'TCP port for HJ 212 devices' },
  { name: 'MQTT_PORT', fallback: '1883', help: 'port for MQTT 3.1.1 devices' },
  { name: 'MQTT_URL', fallback: '', help: 'an outside MQTT broker instead of our own: mqtt://user:password@host:1883' },
  {
    name: 'WITNESSES',
    fallback: '',
    help: 'file with the key and address of a witness of the evidence log in each line; by default DATA_DIR/witnesses',
  },
  {
    name: 'WITNESS_NAMES',
    fallback: '',
    help: 'with --run=witness: name of the witness, or several with commas between',
  },
  { name: 'WITNESS_PORT', fallback: '0', help: 'with --run=witness: port of the first; 0 takes free ones' },
  {
    name: 'WITNESS_LOGS',
    fallback: '',
    help: 'with --run=witness: file with the keys of the logs; by default DATA_DIR/log/key',
  },
  { name: 'DATABASE_URL', fallback: '', help: 'an outside PostgreSQL (15 or later), login of the application' },
  {
    name: 'DATABASE_OWNER_URL',
    fallback: '',
    help: 'the same database, login that migrates; needed with DATABASE_URL',
  },
  { name: 'DEMO', fallback: '', help: '1: demo people and the movable clock also on an outside database' },
  { name: 'REGION', fallback: '', help: 'region code of the county, when the database does not know it yet' },
  { name: 'PUBLIC_URL', fallback: '', help: 'address printed in QR codes; by default that of HOST and PORT' },
  { name: 'TLS_CERT', fallback: '', help: 'certificate file; with TLS_KEY the server speaks HTTPS' },
  { name: 'TLS_KEY', fallback: '', help: 'key file of TLS_CERT' },
  { name: 'LOG', fallback: 'warn', help: 'log level: debug, info, warn, error' },
  { name: 'SEED', fallback: '7', help: 'seed of the demo county' },
] as const

type Name = (typeof settings)[number]['name']

export interface Settings {
  host: string
  port: number
  dataDir: string
  hj212Port: number
  mqttPort: number
  mqttUrl: string
  witnesses: string
  witness: { names: string[]; port: number; logs: string }
  databaseUrl: string
  ownerUrl: string
  demo: boolean
  region: string
  publicUrl: string
  tls: { cert: string; key: string } | null
  logLevel: string
}

/** Reads the settings; a value that cannot be used is named, all at once. */
export function readSettings(env: Record<string, string | undefined>): Settings {
  const text = (name: Name) => env[name]?.trim() || settings.find((one) => one.name === name)!.fallback
  const faults: string[] = []
  const port = (name: Name) => {
    const value = Number(text(name))
    if (!Number.isInteger(value) || value < 0 || value > 65_535) faults.push(`${name}=${text(name)} is not a port`)
    return value
  }
  if (text('DATABASE_URL') && !text('DATABASE_OWNER_URL'))
    faults.push('DATABASE_URL needs DATABASE_OWNER_URL, the login that migrates')
  if (Boolean(text('TLS_CERT')) !== Boolean(text('TLS_KEY'))) faults.push('TLS_CERT and TLS_KEY belong together')
  const read: Settings = {
    host: text('HOST'),
    port: port('PORT'),
    dataDir: text('DATA_DIR'),
    hj212Port: port('HJ212_PORT'),
    mqttPort: port('MQTT_PORT'),
    mqttUrl: text('MQTT_URL'),
    witnesses: text('WITNESSES'),
    witness: {
      names: text('WITNESS_NAMES').split(',').filter(Boolean),
      port: port('WITNESS_PORT'),
      logs: text('WITNESS_LOGS'),
    },
    databaseUrl: text('DATABASE_URL'),
    ownerUrl: text('DATABASE_OWNER_URL'),
    demo: text('DEMO') === '1',
    region: text('REGION'),
    publicUrl: text('PUBLIC_URL') || `${text('TLS_CERT') ? 'https' : 'http'}://${text('HOST')}:${text('PORT')}`,
    tls: text('TLS_CERT') ? { cert: text('TLS_CERT'), key: text('TLS_KEY') } : null,
    logLevel: text('LOG'),
  }
  if (faults.length > 0) throw new Error(faults.join('\n'))
  return read
}
