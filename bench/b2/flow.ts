/** What the peer does: frames split at their ends, check value, fields, the limit, rows gathered and written by `unnest`. */
const parse = `
const text = msg.payload
if (!text.startsWith('##')) return null
const data = text.slice(6, -4)
const table = global.get('table')
let crc = 0xffff
for (let at = 0; at < data.length; at += 1) crc = table[(crc >> 8) ^ data.charCodeAt(at)]
if (crc !== parseInt(text.slice(-4), 16)) return null
const [head, area] = data.split('CP=&&')
const fields = {}
for (const part of head.split(';')) { const [name, value] = part.split('='); fields[name] = value }
const values = {}
for (const part of area.slice(0, -2).split(/[;,]/)) { const [name, value] = part.split('='); values[name] = value }
const time = values.DataTime
const at = new Date(time.slice(0, 4) + '-' + time.slice(4, 6) + '-' + time.slice(6, 8) + 'T' + time.slice(8, 10) + ':' + time.slice(10, 12) + ':' + time.slice(12, 14) + '+08:00')
const codes = ['a34004', 'a34002', 'a34001', 'LA', 'a01001', 'a01006', 'a01007']
msg.payload = { mn: fields.MN, at, values: codes.map((code) => Number(values[code + '-Rtd'])), over: Number(values['a34004-Rtd']) > 75 }
return msg`

const gather = `
const rows = context.get('rows') || []
rows.push(msg.payload)
const write = () => {
  const all = context.get('rows')
  clearTimeout(context.get('timer'))
  context.set('rows', [])
  context.set('timer', null)
  const column = (index) => all.map((row) => row.values[index])
  const columns = [all.map((row) => row.mn), all.map((row) => row.at), all.map((row) => row.over), ...[0, 1, 2, 3, 4, 5, 6].map(column)]
  global.get('pool').query({ name: 'rows', text: 'insert into public.peer_reading select * from unnest($1::text[], $2::timestamptz[], $3::boolean[], $4::float8[], $5::float8[], $6::float8[], $7::float8[], $8::float8[], $9::float8[], $10::float8[])', values: columns })
    .catch((error) => node.error(error))
}
context.set('rows', rows)
if (rows.length >= 1000) write()
else if (!context.get('timer')) context.set('timer', setTimeout(write, 200))
return null`

export const peerTable = `create table public.peer_reading (mn text, at timestamptz, over boolean, v1 float8, v2 float8, v3 float8,
  v4 float8, v5 float8, v6 float8, v7 float8)`

/** The flow file: three nodes in a row. */
export const flowOf = (port: number) => [
  { id: 'flow', type: 'tab', label: 'bench' },
  {
    ...{ id: 'in', type: 'tcp in', z: 'flow', server: 'server', host: '', port: String(port), datamode: 'stream' },
    ...{ datatype: 'utf8', newline: '\\r\\n', topic: '', trim: false, base64: false, tls: '', wires: [['parse']] },
  },
  { id: 'parse', type: 'function', z: 'flow', func: parse, outputs: 1, wires: [['gather']] },
  { id: 'gather', type: 'function', z: 'flow', func: gather, outputs: 1, wires: [[]] },
]

/** Settings of the peer; `pg` is the driver's folder. */
export const settingsOf = (uiPort: number, pg: string, url: string) => `
const { Pool } = require(${JSON.stringify(pg)})
const table = Uint16Array.from({ length: 256 }, (_, index) => {
  let register = index
  for (let bit = 0; bit < 8; bit += 1) register = register & 1 ? (register >>> 1) ^ 0xa001 : register >>> 1
  return register
})
module.exports = {
  uiPort: ${uiPort}, uiHost: '127.0.0.1', disableEditor: true, flowFile: 'flows.json', credentialSecret: false,
  logging: { console: { level: 'error' } },
  functionGlobalContext: { pool: new Pool({ connectionString: ${JSON.stringify(url)}, max: 10 }), table },
}`
