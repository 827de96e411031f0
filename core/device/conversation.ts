import {
  asciiOf,
  commandNames,
  decode,
  executionReturns,
  findFactor,
  markNames,
  type Message,
  requestReturns,
  systemNames,
  textOf,
} from '../codec/hj212/index.ts'
import { modbusFieldsOf, modbusPartsOf } from './modbus-conversation.ts'
import type { DeviceModel } from './models.ts'
import { type Spoken, type Verdict, Verdict as VerdictShape } from './schema.ts'
import { looksLikeSite, siteFieldsOf, sitePartsOf } from './site-conversation.ts'

/** A frame cut into the parts that a reader sees; `bad` says what is wrong with this part. */
export interface FramePart {
  part: 'head' | 'length' | 'data' | 'crc' | 'ending'
  text: string
  bad?: string
}

/** A decoded field: as sent, and what it means. */
export interface FrameField {
  name: string
  text: string
  meaning: string
  bad?: string
}

export const verdictNames: Record<Verdict, string> = {
  stored: '已入库',
  answered: '已应答',
  repeated: '重复数据，未再入库',
  crc: '校验码不符，未应答',
  length: '长度不符，未应答',
  oversize: '超过最大长度，未应答',
  terminator: '结束符不符，未应答',
  wrong_password: '密码不符，未应答',
  retired: '设备已停用，未应答',
  in_future: '数据时间超前，未入库',
  too_old: '数据时间过早，未入库',
  no_time: '没有数据时间，未入库',
  not_understood: '无法识别，未入库',
  sent: '已发出',
  replaced: '同一编号有新的连接，旧连接已断开',
  parts_missing: '分包上传没有收齐，已收到的各包照常入库',
}

/** Which parts of a split upload did not come; the first sixteen are named. Null when none is missing. */
export function sayMissing(fault: Spoken['fault']): string | null {
  const { pnum, missing } = fault ?? {}
  return pnum !== undefined && missing?.length ? `共 ${pnum} 包，未收到第 ${missing.join('、')} 包` : null
}

/** Verdicts after which a frame counts as received as it should be. */
export const fineVerdicts: readonly Verdict[] = ['stored', 'answered', 'repeated', 'sent']

/** What became of frames that were held back: listed for whoever looks after the devices. */
export const heldVerdicts: readonly Verdict[] = VerdictShape.options.filter(
  (one) => !fineVerdicts.includes(one) && one !== 'replaced',
)

const mask = '******'
const passwordField = /(^|;)PW=([^;&]*)/

/** The text of a frame with the password covered. Bytes beyond ASCII are read as UTF-8, control characters shown as '·'. */
const shown = (bytes: Uint8Array, start: number, end: number) =>
  // eslint-disable-next-line no-control-regex
  textOf(bytes, Math.min(start, bytes.length), Math.min(end, bytes.length)).replace(/[\x00-\x1f\x7f]/g, '·')

/** Covers the password in a frame's bytes: same length, so that the declared length still fits what is seen. */
export function maskPassword(raw: Uint8Array): Uint8Array {
  const text = asciiOf(raw, 0, raw.length)
  const found = /PW=([^;&]*)/.exec(text)
  if (!found) return raw
  const masked = Uint8Array.from(raw)
  masked.fill(42, found.index + 3, found.index + found[0].length)
  return masked
}

type Told = Pick<Spoken, 'way' | 'verdict' | 'fault'>

/** What stands on the line, in parts of which the wrong one is named, whatever the protocol. `model`: undefined of a stranger. */
export function shownParts(raw: Uint8Array, spoken: Told, model?: DeviceModel): FramePart[] {
  if (model?.protocol === 'modbus') return modbusPartsOf(raw, spoken)
  return isSite(raw, model) ? sitePartsOf(raw, spoken) : partsOf(raw, spoken)
}

/** The same as fields with their meanings. */
export function shownFields(raw: Uint8Array, spoken: Told, model?: DeviceModel): FrameField[] {
  if (model?.protocol === 'modbus') return modbusFieldsOf(raw, spoken, model)
  return isSite(raw, model) ? siteFieldsOf(raw, spoken) : fieldsOf(raw, spoken.verdict)
}

/** By its bytes: a device may have been given a number of another protocol, and then that is what must be seen. */
const isSite = (raw: Uint8Array, model: DeviceModel | undefined): boolean =>
  looksLikeSite(raw) || (model !== undefined && model.protocol !== 'hj212' && raw[0] !== 35)

/** The parts of a frame with the wrong one named. Works on any bytes. */
export function partsOf(raw: Uint8Array, { verdict, fault }: Pick<Spoken, 'verdict' | 'fault'>): FramePart[] {
  const ends = raw.at(-1) === 10 ? (raw.at(-2) === 13 ? 2 : 1) : raw.at(-1) === 13 ? 1 : 0
  const tail = raw.length - ends
  const crcAt = Math.max(6, tail - 4)
  const parts: FramePart[] = [
    { part: 'head', text: shown(raw, 0, 2) },
    { part: 'length', text: shown(raw, 2, 6) },
    { part: 'data', text: shown(raw, 6, crcAt).replace(passwordField, `$1PW=${mask}`) },
    { part: 'crc', text: shown(raw, crcAt, tail) },
    { part: 'ending', text: ends === 2 ? '\\r\\n' : ends === 1 ? (raw.at(-1) === 13 ? '\\r' : '\\n') : '' },
  ]
  const wrong = faultOf(verdict, fault)
  return parts.map((part) => (wrong?.part === part.part ? { ...part, bad: wrong.words } : part))
}

function faultOf(verdict: Verdict, fault: Spoken['fault']): { part: FramePart['part']; words: string } | null {
  const { declaredLength, actualLength, expectedCrc, givenCrc } = fault ?? {}
  if (verdict === 'crc') return { part: 'crc', words: `校验码应为 ${expectedCrc ?? '—'}，实为 ${givenCrc ?? '—'}` }
  if (verdict === 'length')
    return { part: 'length', words: `声明长度 ${declaredLength ?? '不是数字'}，实际 ${actualLength ?? '不完整'}` }
  if (verdict === 'oversize') return { part: 'length', words: `声明长度 ${declaredLength ?? '不是数字'}，最大 1024` }
  if (verdict === 'terminator') return { part: 'ending', words: '应以回车换行结束' }
  return null
}

/** The fields of a frame's data segment with their meanings; a field that could not be read says why. */
export function fieldsOf(raw: Uint8Array, verdict: Verdict): FrameField[] {
  const parts = partsOf(raw, { verdict, fault: null })
  const length = parts.at(-1)!.text.length / 2
  const message = decode(raw, Math.min(6, raw.length), Math.max(6, raw.length - 4 - length))
  return [...headerOf(message, verdict), ...dataOf(message, verdict), ...problemsOf(message)]
}

const bad = (when: boolean, words: string) => (when ? { bad: words } : {})

function headerOf(message: Message, verdict: Verdict): FrameField[] {
  const { qn, st, cn, mn, pw } = message
  return [
    ...(qn ? [{ name: 'QN', text: qn, meaning: '请求编号' }] : []),
    ...(st ? [{ name: 'ST', text: st, meaning: systemNames[st] ?? '系统编码' }] : []),
    ...(cn ? [{ name: 'CN', text: cn, meaning: commandNames[cn] ?? '命令编码' }] : []),
    ...(pw
      ? [{ name: 'PW', text: mask, meaning: '通信密码', ...bad(verdict === 'wrong_password', '与登记的密码不符') }]
      : []),
    ...(mn ? [{ name: 'MN', text: mn, meaning: '设备编号', ...bad(verdict === 'retired', '设备已停用') }] : []),
    {
      name: 'Flag',
      text: String(message.flag),
      meaning: `${message.version} 版，${message.wantsAnswer ? '要求应答' : '不要求应答'}`,
    },
    ...(message.split
      ? [
          {
            name: 'PNO',
            text: String(message.pno ?? ''),
            meaning: `分包：第 ${message.pno ?? '—'} 包，共 ${message.pnum ?? '—'} 包`,
          },
        ]
      : []),
  ]
}

const timeFaults: Partial<Record<Verdict, string>> = {
  in_future: '比平台时间超前',
  too_old: '早于可补传的时限',
  no_time: '没有数据时间',
}

function dataOf(message: Message, verdict: Verdict): FrameField[] {
  const { dataTime, readings, fields } = message
  const time = timeFaults[verdict]
  return [
    ...(dataTime !== undefined || time
      ? [
          {
            name: 'DataTime',
            text: dataTime === undefined ? '' : new Date(dataTime).toISOString(),
            meaning: '数据时间',
            ...(time ? { bad: time } : {}),
          },
        ]
      : []),
    ...readings.map(({ code, kind, value, flag }) => {
      const factor = findFactor(code)
      const mark = flag === undefined ? '' : `，${markNames[flag] ?? flag}`
      return { name: `${code}-${kind}`, text: String(value), meaning: `${factor?.name ?? equipment(code)}${mark}` }
    }),
    ...fields.map(({ name, text }) => ({ name, text, meaning: meaningOf(name, text) })),
  ]
}

const equipment = (code: string) => (/^SB\d+$/.test(code) ? `${code.slice(2)} 号设备` : '未知因子')

const meaningOf = (name: string, text: string): string =>
  (name === 'QnRtn' ? requestReturns[Number(text)] : name === 'ExeRtn' ? executionReturns[Number(text)] : undefined) ??
  fieldNames[name] ??
  ''

const fieldNames: Record<string, string> = {
  SystemTime: '系统时间',
  Unit: '控制路数',
  On: '1 开，0 关',
  ValidTo: '指令有效期至',
  MaxRun: '最长运行秒数',
}

const problemNames: Record<Message['problems'][number]['rule'], string> = {
  value_not_a_number: '不是数字',
  time_malformed: '时间格式不对',
  name_malformed: '名称格式不对',
  field_malformed: '格式不对',
  field_missing: '缺少',
  data_unclosed: '数据区没有以 && 结束',
  data_ciphered: '数据区已加密，没有可用的密钥',
}

// The password is never among a problem's words: a malformed one is told without its text.
const problemsOf = (message: Message): FrameField[] =>
  message.problems.map(({ rule, field, text }) => ({
    name: field,
    text: field === 'PW' ? mask : text,
    meaning: '',
    bad: problemNames[rule],
  }))
